"""What each frame of the service means to the session (guest API, sections 3, 4 and 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gcdesk.errors import ConnectionLostError, CustomAttributeError, GcdeskError
from gcdesk.guest import codes, events, received
from gcdesk.guest.events import AttributeStatus
from gcdesk.guest.inbox import Inbox, direction_of, sender_of
from gcdesk.guest.message import Delivery, Direction
from gcdesk.guest.moment import Moment
from gcdesk.guest.received import ReceivedFrame, StructuredMessage
from gcdesk.guest.states import State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_CLEARED = "The conversation was ended."
_ATTRIBUTES_TOO_LARGE = 4013
_ABOUT_MESSAGES = frozenset({400, 408, 409, 429, 4010, 4011, _ATTRIBUTES_TOO_LARGE, 4020, 4029, 5000})
_SERVER_FAILURES = range(500, 600)
_PING = "ping"
_WRITTEN = frozenset({"Text", "Structured", "Message"})


class Hearing:
    """Takes the frames of one session, by their body's type."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._inbox = Inbox()
        self.clear_id = ""
        self.end_reason = ""
        self._by_body: dict[type, Callable[[ReceivedFrame, Any, Moment], None]] = {
            received.SessionResponse: self._session_response,
            received.StructuredMessage: self._structured_message,
            received.SessionExpired: self._session_expired,
            received.SessionCleared: self._session_cleared,
            received.ConnectionClosed: self._connection_closed,
            received.Logout: self._logout,
        }

    def on(self, body: type, handler: Callable[[ReceivedFrame, Any, Moment], None]) -> None:
        """Let a part of the session take the frames with that kind of body."""
        self._by_body[body] = handler

    def hear(self, frame: ReceivedFrame, now: Moment) -> None:
        """Take a frame in; whatever it holds, nothing is raised."""
        refusal = frame.refusal
        if refusal is not None:
            self._refused(frame, refusal, now)
            return
        by_body = self._by_body.get(type(frame.body))
        if by_body is not None:
            by_body(frame, frame.body, now)

    def _session_response(self, _frame: ReceivedFrame, body: received.SessionResponse, now: Moment) -> None:
        session = self._session
        if not body.connected and not body.read_only:
            return
        configuring = session.is_configuring()
        limit = body.max_custom_data_bytes
        session.emit(
            events.SessionConfigured(
                now.utc,
                body.new_session,
                body.read_only,
                limit,
                _expiry(body.expiration_date),
                session.configure_seconds(now) if configuring else 0.0,
            )
        )
        if session.configured_once and configuring and body.new_session:
            session.emit(
                events.ErrorRaised(
                    now.utc,
                    ConnectionLostError(
                        "The earlier chat is gone: after the break the service began a new session.",
                        "Go on here as a new chat; look the earlier conversation up in Genesys Cloud.",
                    ),
                    fatal=False,
                )
            )
        if limit is not None:
            session.attribute_limit = limit
        self._check_limit(limit, now)
        if configuring:
            session.configured(body.read_only, body.new_session, now)
        elif body.read_only and session.state is State.CONFIGURED:
            session.read_only(now)

    def _check_limit(self, limit: int | None, now: Moment) -> None:
        session, delivery = self._session, self._session.sending.delivery
        if limit is None or limit < 0 or delivery.status is not AttributeStatus.PENDING:
            return
        size = delivery.size
        if size > limit and delivery.refused():
            error = CustomAttributeError(
                f"The custom attributes take {size} bytes; this deployment allows {limit}.",
                "Shorten or remove some, then start again.",
                code=_ATTRIBUTES_TOO_LARGE,
            )
            session.emit(events.ErrorRaised(now.utc, error, fatal=False))
            session.sending.report_attributes(now)

    def _structured_message(self, frame: ReceivedFrame, body: StructuredMessage, now: Moment) -> None:
        session = self._session
        asked_at = self._answered_echo(frame, body)
        if asked_at is not None:
            session.emit(events.RoundTrip(now.utc, now.monotonic - asked_at))
            return
        session.retry.stable()
        inbound = direction_of(body) is Direction.INBOUND
        own = session.sending.outbox.find(frame, body) if inbound else ""
        if own:
            self._own_echo(own, frame, body, now)
            return
        if inbound and frame.type == "response" and body.text == _PING:
            # The answer to a health check of an earlier connection, or of another client of this token.
            return
        if not self._inbox.is_new(body.id or (frame.tracing_id if inbound else "")):
            return
        if body.type in _WRITTEN or (body.type != "Event" and (body.text or body.content)):
            if direction_of(body) is Direction.OUTBOUND:
                session.emit(events.TypingChanged(now.utc, on=False, seconds=0.0, sender=sender_of(body)))
            session.emit(events.MessageAdded(now.utc, self._inbox.message(frame, body, now.utc)))
        for event in body.events:
            self._event(frame, body, event, now)

    def _answered_echo(self, frame: ReceivedFrame, body: StructuredMessage) -> float | None:
        """When the health check was asked that this frame answers; None if it is none."""
        echoes = self._session.echoes
        for tracing_id in (frame.tracing_id, body.metadata.get("customMessageId", "")):
            if tracing_id in echoes:
                return echoes.pop(tracing_id)
        if frame.type == "response" and body.text == _PING and echoes and not frame.tracing_id:
            return echoes.pop(next(iter(echoes)))
        return None

    def _own_echo(self, own: str, frame: ReceivedFrame, body: StructuredMessage, now: Moment) -> None:
        session = self._session
        self._inbox.is_new(body.id or own)
        outgoing = session.sending.outbox.finish(own)
        session.may_type_again()
        session.emit(events.MessageChanged(now.utc, outgoing.echoed(frame, body)))
        self._attributes_echoed(own, now)

    def _attributes_echoed(self, tracing_id: str, now: Moment) -> None:
        if self._session.sending.delivery.echoed(tracing_id):
            self._session.sending.report_attributes(now)

    def _event(
        self, frame: ReceivedFrame, body: StructuredMessage, event: received.GuestEvent, now: Moment
    ) -> None:
        session, direction = self._session, direction_of(body)
        if event.kind == "Typing":
            if direction is Direction.OUTBOUND:
                session.emit(
                    events.TypingChanged(now.utc, event.typing_on, event.typing_seconds, sender_of(body))
                )
            return
        if event.kind != "Presence":
            return
        read_only = body.metadata.get("readOnly", "").lower() == "true"
        session.emit(events.PresenceSeen(now.utc, event.presence, direction, sender_of(body), read_only))
        if event.presence == "Join" and direction is Direction.INBOUND and session.sending.join_id:
            if frame.tracing_id in ("", session.sending.join_id):
                session.sending.joined = True
                self._attributes_echoed(session.sending.join_id, now)
        elif event.presence == "Disconnect" and read_only and session.state is State.CONFIGURED:
            session.read_only(now, "The other side ended the conversation.")

    def _refused(self, frame: ReceivedFrame, refusal: GcdeskError, now: Moment) -> None:
        session = self._session
        configuring = session.is_configuring()
        if configuring:
            code = refusal.code or 5000
            session.not_configured(
                codes.service_error(code, refusal.detail, refusal.retry_after, during_configure=True), now
            )
            return
        if codes.is_fatal(refusal, during_configure=False):
            session.stop(refusal, now)
            return
        tracing_id = self._refused_message(frame, refusal)
        session.emit(events.ErrorRaised(now.utc, refusal, fatal=False, tracing_id=tracing_id))
        if refusal.retry_after is not None:
            session.sending.pace.hold(now.monotonic, refusal.retry_after)
            session.emit(events.HeldBack(now.utc, refusal.retry_after, refusal))
        if isinstance(refusal, codes.ClearNotAllowedError) or tracing_id == self.clear_id:
            self.clear_id = ""
        session.echoes.pop(tracing_id, None)
        self._return_attributes(tracing_id, refusal, now)
        self._return_message(tracing_id, refusal, now)

    def _refused_message(self, frame: ReceivedFrame, refusal: GcdeskError) -> str:
        """The tracing ID of the own frame a refusal is about; errors as plain text often name none."""
        session = self._session
        if frame.tracing_id:
            return frame.tracing_id
        if refusal.code in _ABOUT_MESSAGES or refusal.code in _SERVER_FAILURES:
            return session.sending.outbox.oldest() or (
                "" if session.sending.joined else session.sending.join_id
            )
        return ""

    def _return_attributes(self, tracing_id: str, refusal: GcdeskError, now: Moment) -> None:
        session = self._session
        if refusal.code == _ATTRIBUTES_TOO_LARGE:
            # A frame known not to carry the present set carried an earlier one, which was replaced since.
            present = not tracing_id or session.sending.delivery.carrier_of(tracing_id) is not None
            changed = present and session.sending.delivery.refused()
        else:
            changed = session.sending.delivery.returned(tracing_id)
        if changed:
            session.sending.report_attributes(now)

    def _return_message(self, tracing_id: str, refusal: GcdeskError, now: Moment) -> None:
        session = self._session
        later = refusal.retry_after is not None
        if tracing_id and tracing_id == session.sending.join_id:
            session.sending.join_id, session.sending.join_owed = "", later
        elif session.sending.outbox.is_under_way(tracing_id):
            if later:
                changed = session.sending.outbox.put_back(tracing_id).become(Delivery.QUEUED)
            else:
                changed = session.sending.outbox.fail(tracing_id).become(
                    Delivery.FAILED, failure=str(refusal)
                )
            session.emit(events.MessageChanged(now.utc, changed))

    def _session_expired(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self._session.stop(codes.service_error(4006, "session expired"), now)

    def _session_cleared(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self.end_reason = _CLEARED
        self._session.leave(now, _CLEARED)

    def _connection_closed(self, _frame: ReceivedFrame, body: received.ConnectionClosed, now: Moment) -> None:
        if self.clear_id:
            self._session.leave(now, _CLEARED)
        elif body.reason == "signedIn":
            self._session.leave(now, "The service closed the chat, because the customer signed in elsewhere.")
        else:
            self._session.stop(
                ConnectionLostError(
                    "The service closed this connection: too many connections use the same session.",
                    "Close other windows that resume this chat, then start again.",
                ),
                now,
            )

    def _logout(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self._session.leave(now, "The service closed the chat, because the customer logged out.")


def _expiry(seconds: float | None) -> datetime | None:
    if not seconds or seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
