"""What the service does with each request of a guest (guest API, sections 2 to 4 and 6).

The service knows sessions and connections but no sockets: it is handed text, and sends through a connection.
"""

from collections.abc import Callable
from typing import Protocol

from . import answers, bot
from .answers import ALLOWED_MEDIA, BLOCKED_EXTENSIONS, MAX_ATTRIBUTE_BYTES, push, response, string_error
from .deployment import is_deployment
from .faults import FaultPlan
from .jwt import JwtMint
from .messages import GuestMessage
from .options import SimulatorOptions
from .rates import RateLimit
from .reading import RefusedError, bad_request
from .record import Record, iso_time
from .requests import Request, read_request, tracing_id_of
from .sessions import MAX_CONNECTIONS, Conversation, Line, Session, Sessions
from .speaker import Speaker

_CONFIGURE_FAULTS = {
    "400-configure": (400, "Deployment not found"),
    "401-configure": (401, "User is unauthorized"),
    "403-configure": (403, "Turn on the Feature Toggle or fix the configuration."),
    "404-configure": (404, "Not found"),
    "500-configure": (500, "Internal server error"),
}
_RATE_TEXT = "Message rate too high for this session"
_FEATURE_OFF = "Turn on the Feature Toggle or fix the configuration."


class Caller(Line, Protocol):
    """What the service needs of a connection."""

    session: Session | None
    requests: RateLimit
    echoes: RateLimit

    def cut(self) -> None:
        """Drop the connection without a closing handshake, after what was sent before."""


class TooManyError(Exception):
    """A request over a rate limit."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Service:
    """The guest side of the simulated Genesys Cloud. `base` is where its files are, such as http://127.0.0.1:80."""

    def __init__(self, options: SimulatorOptions, faults: FaultPlan, record: Record, base: str) -> None:
        self._options = options
        self._faults = faults
        self._record = record
        self._base = base
        self._sessions = Sessions(options.session_seconds)
        self._speaker = Speaker(options)
        self._mint = JwtMint()
        self._actions: dict[str, Callable[[Caller, Session, Request], None]] = {
            "onMessage": self._on_message,
            "echo": self._echo,
            "getJwt": self._get_jwt,
            "getConfiguration": self._get_configuration,
            "closeSession": self._close_session,
            "onAttachment": self._no_uploads,
            "getAttachment": self._no_uploads,
            "deleteAttachment": self._no_uploads,
        }

    @property
    def conversations(self) -> list[Conversation]:
        """Every conversation that has not been cleared, oldest first."""
        return [session.conversation for session in self._sessions.all()]

    def receive(self, caller: Caller, text: str) -> None:
        """Answer one text frame. Never raises for what a client sent."""
        try:
            self._take(caller.requests)
            request = read_request(text)
            if request.action in {"configureSession", "configureAuthenticatedSession"}:
                self._configure(caller, request)
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
        if caller.session is not None and caller in caller.session.lines:
            caller.session.lines.remove(caller)
        caller.session = None

    async def close(self) -> None:
        """Stop answering. No task is left afterwards."""
        await self._speaker.close()

    def _now(self) -> float:
        return self._options.clock()

    def _take(self, limit: RateLimit) -> None:
        wait = limit.take(self._now())
        if wait:
            raise TooManyError(wait)

    def _dispatch(self, caller: Caller, request: Request) -> None:
        session = caller.session
        if session is None or session.token != request.token:
            raise RefusedError(4007, "session not found")
        if not session.expired(self._now()):
            self._actions[request.action](caller, session, request)
        elif request.action == "echo":
            # A health check after the expiry is how a client learns of it (guest API, section 5).
            caller.send(response("SessionExpiredEvent", {}, tracing_id=request.tracing_id))
        else:
            raise RefusedError(4006, "session expired")

    def _configure(self, caller: Caller, request: Request) -> None:
        if self._faults.strike("drop-before-session"):
            caller.cut()
            return
        for fault in ("429", "429-configure"):
            if wait := self._faults.hold(fault, self._now()):
                raise TooManyError(wait)
        for fault, (code, text) in _CONFIGURE_FAULTS.items():
            if self._faults.strike(fault):
                raise RefusedError(code, text)
        if not is_deployment(self._options, request.deployment_id):
            raise RefusedError(400, "Deployment not found")
        if request.action == "configureAuthenticatedSession":
            # The deployment's config says that signing in is off.
            raise RefusedError(403, _FEATURE_OFF)
        session, is_new = self._resumed_or_new(request)
        self._attach(caller, session)
        caller.send(self._session_response(session, request, is_new=is_new))
        if self._faults.strike("drop-after-session"):
            caller.cut()

    def _resumed_or_new(self, request: Request) -> tuple[Session, bool]:
        now = self._now()
        session = self._sessions.get(request.token)
        if session is None:
            session = self._sessions.open(request.token, now)
            self._take(session.configure_rate)
            session.read_only = not request.start_new and self._faults.strike("read-only")
            return session, not session.read_only
        self._take(session.configure_rate)
        if session.expired(now):
            raise RefusedError(4006, "session expired")
        if request.start_new:
            session.hush()
            session.read_only = False
            session.conversation = Conversation()
        return session, request.start_new

    def _attach(self, caller: Caller, session: Session) -> None:
        if caller.session is session and caller in session.lines:
            return
        self.leave(caller)
        caller.session = session
        session.lines.append(caller)
        if len(session.lines) > MAX_CONNECTIONS:
            _dismiss(session.lines.pop(0))

    def _session_response(self, session: Session, request: Request, *, is_new: bool) -> answers.Frame:
        session.touch(self._now())
        body = {
            "connected": True,
            "newSession": is_new,
            "readOnly": session.read_only,
            "maxCustomDataBytes": MAX_ATTRIBUTE_BYTES,
            "allowedMedia": ALLOWED_MEDIA,
            "blockedExtensions": BLOCKED_EXTENSIONS,
            "clearedExistingSession": False,
            "durationSeconds": session.seconds,
            "expirationDate": int(session.expires_at),
        }
        return response("SessionResponse", body, tracing_id=request.tracing_id)

    def _on_message(self, caller: Caller, session: Session, request: Request) -> None:
        message = request.message
        if message is None:
            raise AssertionError("onMessage was read without a message")
        for key in request.ignored:
            self._record.event(
                "ignored", connection=caller.number, field=key, reason="not read since June 2026"
            )
        self._take(session.message_rate)
        if not self._strike_message_faults(caller, session, message):
            self._check_allowed(session, message)
            self._accept(caller, session, message, request.tracing_id)

    def _strike_message_faults(self, caller: Caller, session: Session, message: GuestMessage) -> bool:
        """Let a fault spoil the message. Returns whether nothing is to be answered; a refusal is raised."""
        if message.events == ("Typing",):
            return False
        if wait := self._faults.hold("429-message", self._now()):
            raise TooManyError(wait)
        if self._faults.strike("4006"):
            self._expire(session)
            raise RefusedError(4006, "session expired")
        if self._faults.strike("4007"):
            self.leave(caller)
            raise RefusedError(4007, "session not found")
        if message.text is not None and self._faults.strike("4011"):
            raise RefusedError(4011, "Message length 5000 is larger than 4096")
        if message.attributes is not None and self._faults.strike("4013"):
            raise RefusedError(4013, "Custom Attributes in channel metadata is larger than 2048 bytes")
        if self._faults.strike("drop-after-message"):
            caller.cut()
            return True
        return False

    def _check_allowed(self, session: Session, message: GuestMessage) -> None:
        if session.read_only and "Clear" not in message.events:
            raise RefusedError(409, "The session is read-only.")
        if "Clear" in message.events and not self._options.conversation_clear:
            raise RefusedError(403, "Conversation clear is not enabled for this deployment.")
        if "Typing" in message.events and not self._options.user_typing:
            raise RefusedError(403, _FEATURE_OFF)
        if message.has_attachment:
            raise RefusedError(4000, "File upload is not available for this deployment.")

    def _accept(
        self, caller: Caller, session: Session, message: GuestMessage, tracing_id: str | None
    ) -> None:
        conversation = session.conversation
        session.touch(self._now())
        if message.attributes:
            conversation.participant_data.update(message.attributes)
            self._record.event(
                "participant data",
                connection=caller.number,
                conversation=conversation.conversation_id,
                attributes=dict(conversation.participant_data),
            )
        echo = self._echo_of(message)
        conversation.message_ids.append(echo["id"])
        if not self._faults.strike("no-echo"):
            session.broadcast(push("StructuredMessage", echo, tracing_id=tracing_id))
        if "Clear" in message.events:
            self._clear(session)
        elif message.events != ("Typing",):
            self._react(caller, session, message)

    def _react(self, caller: Caller, session: Session, message: GuestMessage) -> None:
        if self._faults.strike("expired"):
            self._expire(session)
            session.broadcast(response("SessionExpiredEvent", {}))
            return
        if not self._faults.strike("no-reply"):
            steps = self._answer_to(session, message)
            if steps:
                self._speaker.answer(session, steps)
        if self._faults.strike("close-1000"):
            caller.close(1000)

    def _expire(self, session: Session) -> None:
        session.hush()
        session.expires_at = self._now()

    def _answer_to(self, session: Session, message: GuestMessage) -> list[bot.Step]:
        scene = bot.Scene(session.conversation, self._base, self._now())
        if message.kind != "Event":
            return bot.answer(message, scene)
        if "Join" not in message.events or session.conversation.greeted:
            return []
        session.conversation.greeted = True
        return bot.greeting(scene)

    def _echo_of(self, message: GuestMessage) -> answers.Frame:
        buttons = [item for item in message.content if item["contentType"] == "ButtonResponse"]
        channel: answers.Frame = {"messageId": answers.dashed_id()}
        if message.attributes is not None:
            channel["metadata"] = {"customAttributes": message.attributes}
        return answers.structured(
            # A pressed button comes back as Structured with its label, in whichever form it was sent.
            "Structured" if buttons else message.kind,
            "Inbound",
            iso_time(self._now()),
            text=message.text or (buttons[0]["buttonResponse"]["text"] if buttons else message.text),
            content=list(message.content) or None,
            events=list(message.raw_events) or None,
            channel=channel,
            metadata=message.metadata,
        )

    def _clear(self, session: Session) -> None:
        session.hush()
        self._sessions.forget(session)
        session.broadcast(push("SessionClearedEvent", {}))
        for line in tuple(session.lines):
            _dismiss(line)

    def _close_session(self, caller: Caller, session: Session, request: Request) -> None:
        body = {"connected": False, "newSession": False, "readOnly": True}
        caller.send(response("SessionResponse", body, tracing_id=request.tracing_id))
        # From read-only the same connection goes on to configure a new chat (guest API, section 6).
        kept = caller if session.read_only else None
        for line in tuple(session.lines):
            if line is not kept:
                _dismiss(line)
        self.leave(caller)

    def _echo(self, caller: Caller, session: Session, request: Request) -> None:
        self._take(caller.echoes)
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
        jwt, expires = self._mint.issue(session.conversation.conversation_id, self._now())
        caller.send(response("JwtResponse", {"jwt": jwt, "exp": expires}, tracing_id=request.tracing_id))

    def _get_configuration(self, caller: Caller, session: Session, request: Request) -> None:
        if not is_deployment(self._options, request.deployment_id):
            bad_request("Deployment not found.")
        body = {
            "allowedMedia": ALLOWED_MEDIA,
            "blockedExtensions": BLOCKED_EXTENSIONS,
            "maxCustomDataBytes": MAX_ATTRIBUTE_BYTES,
            "messageRoutingEnabled": True,
            "sessionDurationSeconds": session.seconds,
        }
        caller.send(response("GetConfigurationResponse", body, tracing_id=request.tracing_id))

    def _no_uploads(self, caller: Caller, _session: Session, request: Request) -> None:
        text = "File upload is not available for this deployment."
        if not request.errors_as_json:
            raise RefusedError(4000, text)
        timestamp = iso_time(self._now())
        caller.send(answers.url_error(4000, text, request.attachment_id, timestamp, request.tracing_id))


def _dismiss(line: Line) -> None:
    line.send(push("ConnectionClosedEvent", {}))
    line.close(1000)
