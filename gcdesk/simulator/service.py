"""What the service does with each request of a guest (guest API, sections 2 to 4 and 6).

The service knows sessions and connections but no sockets: it is handed text, and sends through a connection.
"""

from collections.abc import Callable

from . import answers, bot
from .admission import FEATURE_OFF, Admission, Caller
from .answers import MAX_ATTRIBUTE_BYTES, push, response, string_error
from .attachments import Attachment
from .conversations import Conversation
from .customers import Customer
from .deployment import allowed_media, is_deployment
from .expiry import ExpiryWatch
from .messages import GuestMessage
from .options import SimulatorOptions
from .reading import RefusedError, bad_request
from .record import iso_time
from .requests import Request, read_request, tracing_id_of
from .sessions import Session
from .speaker import Speaker
from .state import State, TooManyError

_RATE_TEXT = "Message rate too high for this session"


class Service:
    """The guest side of the simulated Genesys Cloud."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._options = state.options
        self._faults = state.faults
        self._expiry = ExpiryWatch(state)
        self._admission = Admission(state, self._expiry)
        self._speaker = Speaker(state.options, state.attachments)
        self._bot = _bot_of(state.options)
        self._actions: dict[str, Callable[[Caller, Session, Request], None]] = {
            "onMessage": self._on_message,
            "echo": self._echo,
            "getJwt": self._get_jwt,
            "getConfiguration": self._get_configuration,
            "closeSession": self._close_session,
            "onAttachment": self._on_attachment,
            "getAttachment": self._get_attachment,
            "deleteAttachment": self._delete_attachment,
        }

    @property
    def conversations(self) -> list[Conversation]:
        """Every conversation there ever was, oldest first."""
        return list(self._state.sessions.conversations)

    def receive(self, caller: Caller, text: str) -> None:
        """Answer one text frame. Never raises for what a client sent."""
        try:
            self._state.take(caller.requests)
            request = read_request(text)
            if request.action in {"configureSession", "configureAuthenticatedSession"}:
                self._admission.configure(caller, request)
            else:
                self._dispatch(caller, request)
        except RefusedError as refused:
            caller.send(string_error(refused.code, refused.text, tracing_id_of(text)))
        except TooManyError as refused:
            caller.send(answers.too_many_requests(refused.retry_after, _RATE_TEXT, tracing_id_of(text)))

    def receive_binary(self, caller: Caller) -> None:
        """Refuse a binary frame: the guest API knows text frames only."""
        caller.send(string_error(400, "Request failed. Only text frames are read."))

    def leave(self, caller: Caller) -> None:
        """The connection is gone. Its session and conversation stay (guest API, section 6)."""
        self._admission.leave(caller)

    def uploaded(self, attachment: Attachment, data: bytes) -> None:
        """A file has been put where its link said. Tells the session whether it may be sent now."""
        now = self._now()
        try:
            body = self._state.attachments.take(attachment, data, now)
        except RefusedError as refused:
            failed = {
                "attachmentId": attachment.attachment_id,
                "errorCode": refused.code,
                "errorMessage": refused.text,
                "timestamp": iso_time(now),
            }
            attachment.session.broadcast(push("UploadFailureEvent", failed))
            return
        attachment.session.broadcast(push("UploadSuccessEvent", {**body, "timestamp": iso_time(now)}))

    def log_out(self, customer: Customer) -> None:
        """Log a customer out everywhere: no session of theirs serves anybody any more."""
        self._state.customers.revoke(customer)
        for session in self._state.sessions.all():
            if session.sign_in is not None and session.sign_in.revoked and not session.signed_out:
                session.signed_out = True
                session.hush()
                session.broadcast(push("LogoutEvent", {}))

    def disconnect(self, conversation: Conversation) -> None:
        """End a conversation from the platform's side, and say so if the deployment does."""
        for session in self._state.sessions.all():
            if session.conversation is conversation and not conversation.ending:
                session.hush()
                self._speaker.answer(session, [bot.Disconnect()])

    def tick(self) -> None:
        """Act on what the clock says by now."""
        self._expiry.look()

    async def close(self) -> None:
        """Stop answering. No task is left afterwards."""
        self._expiry.close()
        await self._speaker.close()

    def _now(self) -> float:
        return self._state.now()

    def _dispatch(self, caller: Caller, request: Request) -> None:
        session = caller.session
        if session is None or session.token != request.token:
            raise RefusedError(4007, "session not found")
        if session.signed_out:
            raise RefusedError(403, "Try to authenticate again")
        if not session.expired(self._now()):
            self._actions[request.action](caller, session, request)
        elif request.action == "echo":
            # A health check after the expiry is how a client learns of it (guest API, section 5).
            caller.send(response("SessionExpiredEvent", {}, tracing_id=request.tracing_id))
        else:
            raise RefusedError(4006, "session expired")

    def _on_message(self, caller: Caller, session: Session, request: Request) -> None:
        message = request.message
        if message is None:
            raise AssertionError("onMessage was read without a message")
        for key in request.ignored:
            self._state.record.event(
                "ignored", connection=caller.number, field=key, reason="not read since June 2026"
            )
        self._state.take(session.message_rate)
        if message.events != ("Typing",):
            self._strike_message_faults(caller, session)
        if self._repeated(caller, session, request):
            return
        self._check_allowed(session, message)
        self._accept(caller, session, message, request.tracing_id)

    def _strike_message_faults(self, caller: Caller, session: Session) -> None:
        """Raises RefusedError for a fault that takes the session along."""
        if self._faults.strike("4006"):
            session.expire(self._now())
            raise RefusedError(4006, "session expired")
        if self._faults.strike("4007"):
            self.leave(caller)
            raise RefusedError(4007, "session not found")

    def _repeated(self, caller: Caller, session: Session, request: Request) -> bool:
        """Whether this message was accepted before: then its echo goes out again, and nothing else happens.

        Assumed: that the service tells a message sent twice, after a break say, by its tracing ID. The guest API
        says only that the tracing ID is fresh for each request and comes back on the echo.
        """
        accepted = session.accepted.get(request.tracing_id or "")
        if accepted is None:
            return False
        self._state.record.event(
            "repeated",
            connection=caller.number,
            conversation=session.conversation.conversation_id,
            message=accepted.message_id,
            tracingId=request.tracing_id,
        )
        if not self._faults.strike("no-echo"):
            caller.send(push("StructuredMessage", accepted.body, tracing_id=request.tracing_id))
        return True

    def _check_writable(self, session: Session, *, clearing: bool = False) -> None:
        if self._options.sign_in == "required" and session.sign_in is None:
            # Guests may configure but not speak here (guest API, section 1.4); which code says so is assumed.
            raise RefusedError(403, "Try to authenticate again")
        if session.read_only and not clearing:
            raise RefusedError(409, "The session is read-only.")

    def _check_allowed(self, session: Session, message: GuestMessage) -> None:
        self._check_writable(session, clearing="Clear" in message.events)
        if "Clear" in message.events and not self._options.conversation_clear:
            raise RefusedError(403, "Conversation clear is not enabled for this deployment.")
        if "Typing" in message.events and not self._options.user_typing:
            raise RefusedError(403, FEATURE_OFF)
        if message.attachment_id is not None and not self._options.uploads:
            raise RefusedError(4000, "File upload is not available for this deployment.")

    def _accept(
        self, caller: Caller, session: Session, message: GuestMessage, tracing_id: str | None
    ) -> None:
        echo = self._echo_of(session, message)
        if message.events != ("Typing",):
            self._keep(session, echo, tracing_id)
        self._merge_attributes(caller, session, message)
        if message.events == ("Typing",) or not self._faults.strike("no-echo"):
            session.broadcast(push("StructuredMessage", echo, tracing_id=tracing_id))
        if "Clear" in message.events:
            self.clear(session)
        elif message.events != ("Typing",):
            self._react(session, message)

    def _keep(self, session: Session, echo: answers.Frame, tracing_id: str | None) -> None:
        now = self._now()
        entry = session.conversation.add(echo, now, tracing_id)
        if tracing_id is not None:
            session.accepted[tracing_id] = entry
        if entry.kind != "Event":
            session.touch(now)
            # A message after the end lands in the same conversation again (guest API, section 5).
            session.conversation.ending = ""

    def _merge_attributes(self, caller: Caller, session: Session, message: GuestMessage) -> None:
        if not message.attributes:
            return
        conversation = session.conversation
        conversation.participant_data.update(message.attributes)
        self._state.record.event(
            "participant data",
            connection=caller.number,
            conversation=conversation.conversation_id,
            attributes=dict(conversation.participant_data),
        )

    def _react(self, session: Session, message: GuestMessage) -> None:
        if self._faults.strike("expired"):
            session.expire(self._now())
            session.broadcast(response("SessionExpiredEvent", {}))
            return
        if not self._faults.strike("no-reply"):
            steps = self._answer_to(session, message)
            if steps:
                self._speaker.answer(session, steps)

    def _answer_to(self, session: Session, message: GuestMessage) -> list[bot.Step]:
        scene = bot.Scene(session.conversation, self._state.base, self._now())
        if message.kind != "Event":
            return self._bot.answer(message, scene)
        if "Join" not in message.events or session.conversation.greeted:
            return []
        session.conversation.greeted = True
        return self._bot.greeting(scene)

    def _echo_of(self, session: Session, message: GuestMessage) -> answers.Frame:
        now = self._now()
        content = list(message.content)
        if message.attachment_id is not None:
            content = [self._state.attachments.send(session, message.attachment_id, now)]
        buttons = [item for item in content if item["contentType"] == "ButtonResponse"]
        channel: answers.Frame = {"messageId": answers.dashed_id()}
        if message.attributes is not None:
            channel["metadata"] = {"customAttributes": message.attributes}
        signed_in = {} if session.sign_in is None else {"authenticated": "true"}
        return answers.structured(
            # A pressed button comes back as Structured with its label, in whichever form it was sent.
            "Structured" if buttons else message.kind,
            "Inbound",
            iso_time(now),
            text=message.text or (buttons[0]["buttonResponse"]["text"] if buttons else message.text),
            content=content or None,
            events=list(message.raw_events) or None,
            channel=channel,
            metadata={**message.metadata, **signed_in},
        )

    def clear(self, session: Session) -> None:
        """Clear a conversation: told on every connection of its session, and the token is forgotten."""
        self._state.sessions.end(session, "cleared")
        self._state.attachments.forget(session)
        session.broadcast(push("SessionClearedEvent", {}))
        session.dismiss(push("ConnectionClosedEvent", {}))

    def _close_session(self, caller: Caller, session: Session, request: Request) -> None:
        body = {"connected": False, "newSession": False, "readOnly": True}
        caller.send(response("SessionResponse", body, tracing_id=request.tracing_id))
        # From read-only the same connection goes on to configure a new chat (guest API, section 6).
        kept = caller if session.read_only else None
        if request.close_all:
            session.dismiss(push("ConnectionClosedEvent", {}), but=kept)
        elif kept is None:
            caller.send(push("ConnectionClosedEvent", {}))
            caller.close(1000)
        self.leave(caller)

    def _echo(self, caller: Caller, session: Session, request: Request) -> None:
        self._state.take(caller.echoes)
        body = {
            "text": request.echo_text,
            "type": "Text",
            "direction": "Inbound",
            "id": answers.hex_id(),
            "metadata": {
                "durationSeconds": str(session.seconds),
                "expirationDate": str(int(session.expires_at)),
            },
        }
        caller.send(response("StructuredMessage", body, tracing_id=request.tracing_id))

    def _get_jwt(self, caller: Caller, session: Session, request: Request) -> None:
        seconds = self._options.jwt_seconds
        jwt, expires = self._state.mint.issue("history", session.session_id, seconds, self._now())
        caller.send(response("JwtResponse", {"jwt": jwt, "exp": expires}, tracing_id=request.tracing_id))

    def _get_configuration(self, caller: Caller, session: Session, request: Request) -> None:
        if not is_deployment(self._options, request.deployment_id):
            bad_request("Deployment not found.")
        body = {
            "allowedMedia": allowed_media(self._options),
            "blockedExtensions": list(self._options.blocked_extensions),
            "maxCustomDataBytes": MAX_ATTRIBUTE_BYTES,
            "messageRoutingEnabled": True,
            "sessionDurationSeconds": session.seconds,
        }
        caller.send(response("GetConfigurationResponse", body, tracing_id=request.tracing_id))

    def _on_attachment(self, caller: Caller, session: Session, request: Request) -> None:
        if request.offer is None:
            raise AssertionError("onAttachment was read without a file")
        now = self._now()
        try:
            self._check_writable(session)
            body = self._state.attachments.offer(session, request.attachment_id, request.offer, now)
        except RefusedError as refused:
            if not request.errors_as_json:
                raise
            refusal = (refused.code, refused.text, request.attachment_id, iso_time(now), request.tracing_id)
            caller.send(answers.url_error(*refusal))
            return
        caller.send(response("PresignedUrlResponse", body, tracing_id=request.tracing_id))

    def _get_attachment(self, caller: Caller, session: Session, request: Request) -> None:
        try:
            body = self._state.attachments.fresh_link(session, request.attachment_id or "", self._now())
        except RefusedError as refused:
            _refuse(caller, request, refused)
            return
        caller.send(response("PresignedUrlResponse", body, tracing_id=request.tracing_id))

    def _delete_attachment(self, caller: Caller, session: Session, request: Request) -> None:
        attachment_id = request.attachment_id or ""
        try:
            self._state.attachments.delete(session, attachment_id)
        except RefusedError as refused:
            _refuse(caller, request, refused)
            return
        body = {"attachmentId": attachment_id}
        caller.send(push("AttachmentDeletedResponse", body, tracing_id=request.tracing_id))


def _bot_of(options: SimulatorOptions) -> bot.Bot:
    if options.flow is None:
        return bot
    # The built-in bot is to start without what reads a flow.
    from .flow_bot import FlowBot

    return FlowBot(options.flow)


def _refuse(caller: Caller, request: Request, refused: RefusedError) -> None:
    """Refuse in the form that was asked for; both are the service's (guest API, section 4)."""
    if not request.errors_as_json:
        raise refused
    status = 404 if refused.code == 4009 else 400
    caller.send(answers.error_message(status, refused.code, refused.text, request.tracing_id))
