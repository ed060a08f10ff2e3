"""What each frame of the service means to the session (guest API, sections 3, 4 and 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gcdesk.errors import CustomAttributeError
from gcdesk.guest import events, received
from gcdesk.guest.events import AttributeStatus
from gcdesk.guest.expiry import epoch_seconds
from gcdesk.guest.inbox import direction_of, is_written, sender_of
from gcdesk.guest.message import Direction
from gcdesk.guest.moment import Moment
from gcdesk.guest.outbox import Outgoing
from gcdesk.guest.pulse import is_ping
from gcdesk.guest.received import ReceivedFrame, StructuredMessage
from gcdesk.guest.refusing import Refusing
from gcdesk.guest.states import State
from gcdesk.phrase import Phrase

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_ATTRIBUTES_TOO_LARGE = 4013


class Hearing:
    """Takes the frames of one session, by their body's type."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.refusing = Refusing(session)
        self._by_body: dict[type, Callable[[ReceivedFrame, Any, Moment], None]] = {
            received.SessionResponse: self._session_response,
            received.StructuredMessage: self._structured_message,
        }

    def on(self, body: type, handler: Callable[[ReceivedFrame, Any, Moment], None]) -> None:
        """Let a part of the session take the frames with that kind of body."""
        self._by_body[body] = handler

    def hear(self, frame: ReceivedFrame, now: Moment) -> None:
        """Take a frame in; whatever it holds, nothing is raised."""
        refusal = frame.refusal
        if refusal is not None:
            self.refusing.take(frame, refusal, now)
            return
        by_body = self._by_body.get(type(frame.body))
        if by_body is not None:
            by_body(frame, frame.body, now)

    def _session_response(self, frame: ReceivedFrame, body: received.SessionResponse, now: Moment) -> None:
        session = self._session
        if session.renewing.is_closing:
            session.renewing.closed_old(now)
            return
        if not body.connected and session.renewing.wanted:
            # The closing of the old session is confirmed late.
            return
        if not body.connected and not body.read_only:
            return
        configuring = session.connecting.is_configuring
        limit = body.max_custom_data_bytes
        session.emit(
            events.SessionConfigured(
                now.utc,
                body.new_session,
                body.read_only,
                limit,
                _expiry(body.expiration_date),
                session.connecting.configure_seconds(now) if configuring else 0.0,
            )
        )
        if limit is not None:
            session.attribute_limit = limit
        if session.allowed is None or body.allowed_types or body.max_file_kilobytes is not None:
            # A later answer that says nothing of files changes nothing about them.
            session.allowed = body
        self._check_limit(limit, now)
        session.expiry.agreed(body, now)
        if configuring:
            session.configured(body.read_only, body.new_session, now)
        elif body.read_only and session.state is State.CONFIGURED:
            session.read_only(now)
        else:
            session.sign_in.answered(frame.tracing_id, now)

    def _check_limit(self, limit: int | None, now: Moment) -> None:
        session, delivery = self._session, self._session.sending.delivery
        if limit is None or limit < 0 or delivery.status is not AttributeStatus.PENDING:
            return
        size = delivery.size
        if size > limit and delivery.refused():
            error = CustomAttributeError(
                Phrase(
                    "The custom attributes take {size} bytes; this deployment allows {limit}.",
                    size=size,
                    limit=limit,
                ),
                "Shorten or remove some, then start again.",
                code=_ATTRIBUTES_TOO_LARGE,
            )
            session.emit(events.ErrorRaised(now.utc, error, fatal=False))
            session.sending.report_attributes(now)

    def _structured_message(self, frame: ReceivedFrame, body: StructuredMessage, now: Moment) -> None:
        session = self._session
        session.expiry.heard(frame, body, now)
        if session.pulse.heard(frame, body, now):
            return
        session.connecting.retry.stable()
        inbound = direction_of(body) is Direction.INBOUND
        own = session.sending.outbox.find(frame, body) if inbound else None
        if own is not None:
            self._own_echo(own, frame, body, now)
            return
        if inbound and is_ping(frame, body):
            return
        inbox = session.transcript.inbox
        if inbox.has(body.id or (frame.tracing_id if inbound else "")):
            return
        if is_written(body):
            if not inbound:
                session.emit(events.TypingChanged(now.utc, on=False, seconds=0.0, sender=sender_of(body)))
            session.transcript.arrived(body, frame.tracing_id, frame.text, now)
        inbox.see(body.id or (frame.tracing_id if inbound else ""))
        for event in body.events:
            self._event(frame, body, event, now)

    def _own_echo(self, own: Outgoing, frame: ReceivedFrame, body: StructuredMessage, now: Moment) -> None:
        session = self._session
        if own.is_sent:
            # Another connection of this token told of it too, or it was sent again although the service had it.
            session.transcript.inbox.see(body.id, own.key)
            return
        session.pulse.may_type_again()
        session.sending.confirm(own, frame.text, body, now)

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
        if event.presence == "Join" and direction is Direction.INBOUND:
            session.sending.join_echoed(frame.tracing_id, now)
        elif event.presence == "SignIn" and direction is Direction.INBOUND:
            session.sign_in.seen(sender_of(body).name, now)
        elif event.presence == "Disconnect" and read_only and session.state is State.CONFIGURED:
            session.read_only(now, "The other side ended the conversation.")


def _expiry(date: float | None) -> datetime | None:
    seconds = epoch_seconds(date)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
