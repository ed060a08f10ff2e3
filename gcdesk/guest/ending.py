"""How a session ends: left, ended by the customer, closed by the service, or stopped by an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcdesk.errors import ConnectionLostError, GcdeskError, WishError
from gcdesk.guest import codes, events, frames, received
from gcdesk.guest.connecting import NORMAL_CLOSURE
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.received import ReceivedFrame
from gcdesk.guest.states import ENDED, State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_CLEARED = "The conversation was ended."


class Ending(Part):
    """The end of one session, told apart by its reason."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._clear_id = ""
        self._reason = ""
        hearing = session.hearing
        hearing.on(received.SessionExpired, self._session_expired)
        hearing.on(received.SessionCleared, self._session_cleared)
        hearing.on(received.ConnectionClosed, self._connection_closed)
        hearing.on(received.Logout, self._logout)

    def leave(self, now: Moment, reason: str) -> None:
        """Close the connection; the conversation stays open for the agent. Does nothing after the end."""
        session = self._session
        if session.state is State.CLOSING or session.state in ENDED:
            return
        self._reason = self._reason or reason
        if session.state in (State.CONNECTED, State.CONFIGURED, State.READ_ONLY) or (
            session.state is State.RECONNECTING and session.connecting.is_configuring
        ):
            session.become(State.CLOSING, now, reason)
            self._silence(now)
            session.wants_close = NORMAL_CLOSURE
        else:
            self._end(State.CLOSED, reason, None, now)

    def stop(self, error: GcdeskError, now: Moment) -> None:
        """End the session because of an error; does nothing after the end."""
        if self._session.state in ENDED:
            return
        self._session.emit(events.ErrorRaised(now.utc, error, fatal=True))
        self._end(State.ERROR, error.title, error, now)

    def closed(self, now: Moment) -> None:
        """The closing that was asked for is done."""
        if self._session.state is State.CLOSING:
            self._end(State.CLOSED, self._reason, None, now)

    def clear(self, now: Moment) -> None:
        """End the conversation from the customer's side. Raises WishError where that is not allowed."""
        session = self._session
        if session.deployment is not None and not session.deployment.clear_enabled:
            raise WishError(
                "This deployment does not let the customer end the conversation.",
                "Leave the chat instead, or turn on conversation clear in the messenger configuration.",
            )
        if not session.can_clear:
            raise WishError("The conversation cannot be ended right now.")
        self._clear_id = session.sending.send_message(frames.clear_message(), now)

    def refused(self, tracing_id: str, refusal: GcdeskError) -> None:
        """The service refused something; if it was the end of the conversation, that goes on."""
        if isinstance(refusal, codes.ClearNotAllowedError) or tracing_id == self._clear_id:
            self._clear_id = ""

    def _session_expired(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self.stop(codes.service_error(4006, "session expired"), now)

    def _session_cleared(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self._reason = _CLEARED
        self.leave(now, _CLEARED)

    def _connection_closed(self, _frame: ReceivedFrame, body: received.ConnectionClosed, now: Moment) -> None:
        if self._clear_id:
            self.leave(now, _CLEARED)
        elif body.reason == "signedIn":
            self.leave(now, "The service closed the chat, because the customer signed in elsewhere.")
        else:
            self.stop(
                ConnectionLostError(
                    "The service closed this connection: too many connections use the same session.",
                    "Close other windows that resume this chat, then start again.",
                ),
                now,
            )

    def _logout(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self.leave(now, "The service closed the chat, because the customer logged out.")

    def _silence(self, now: Moment) -> None:
        self._session.sending.silence()
        for part in self._session.parts:
            part.over(now)

    def _end(self, state: State, reason: str, error: GcdeskError | None, now: Moment) -> None:
        session = self._session
        if state is State.ERROR and session.state not in (State.IDLE, State.CONNECTING):
            session.wants_close = NORMAL_CLOSURE
        self._silence(now)
        session.sending.fail_all(reason, now)
        session.become(state, now, reason)
        session.finished = True
        session.emit(events.Ended(now.utc, reason, error))
