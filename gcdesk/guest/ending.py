"""How a session ends: left, ended by the customer, closed by the service, or stopped by an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcdesk.errors import ClearUnansweredError, GcdeskError, TooManyConnectionsError, WishError
from gcdesk.guest import codes, events, frames, received
from gcdesk.guest.connecting import NORMAL_CLOSURE
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.received import ReceivedFrame
from gcdesk.guest.states import ENDED, State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

CLEARED = "The conversation was ended."
_LEFT = "The chat was left."
_LEFT_OPEN = "The chat was left; the conversation stays open."
_UNANSWERED = "The chat was left; the service did not confirm that the conversation ended."
_OPEN = (State.CONFIGURED, State.READ_ONLY)
_SPENDING = (codes.SessionExpiredError, codes.SessionNotFoundError, codes.CannotDowngradeError)


class Ending(Part):
    """The end of one session, told apart by its reason."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._clear_wanted = self._clear_sent = False
        self._clear_id = ""
        self._clear_by: float | None = None
        self._reason = ""
        self.token_spent = False
        """Whether the service takes the token no more, or would begin a new conversation for it."""
        hearing = session.hearing
        hearing.on(received.SessionExpired, self._session_expired)
        hearing.on(received.SessionCleared, self._session_cleared)
        hearing.on(received.ConnectionClosed, self._connection_closed)
        hearing.on(received.Logout, self._logout)

    @property
    def can_clear(self) -> bool:
        """Whether the conversation may be ended from here, as far as the deployment says."""
        session = self._session
        allowed = session.deployment is None or session.deployment.clear_enabled
        return allowed and not self._clear_wanted and session.state in _OPEN and not session.renewing.wanted

    @property
    def next_wake(self) -> float | None:
        """When to send the wish to end, after what was said before it, or to stop waiting for an answer."""
        if self._clear_by is not None:
            return self._clear_by
        return self._session.sending.pace.request_at(float("-inf")) if self._clear_is_next else None

    def tick(self, now: Moment, /) -> None:
        """End the conversation if that is what comes next, or leave without an answer."""
        if self._clear_by is not None and now.monotonic >= self._clear_by:
            self._session.emit(events.ErrorRaised(now.utc, ClearUnansweredError(), fatal=False))
            self.leave(now, _UNANSWERED)
        elif self._clear_is_next:
            self._send_clear(now)

    def is_proved_by(self, new_session: bool) -> bool:
        """Whether the session that the service just took proves the end that was asked for before a break."""
        return new_session and self._clear_sent

    def broken(self, _now: Moment, /) -> None:
        """What was to end on the old connection is asked for again on the next one."""
        self._clear_id, self._clear_by = "", None

    def over(self, _now: Moment, /) -> None:
        """Nothing is asked for any more."""
        self._clear_wanted, self._clear_by = False, None

    def leave(self, now: Moment, reason: str = "") -> None:
        """Close the connection; the conversation stays open for the agent. Does nothing after the end."""
        session = self._session
        if session.state is State.CLOSING or session.state in ENDED:
            return
        left = _LEFT_OPEN if session.state is State.CONFIGURED else _LEFT
        self._reason = reason = self._reason or reason or left
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
        self.token_spent = self.token_spent or isinstance(error, _SPENDING)
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
        if self._clear_wanted:
            raise WishError("The conversation is being ended already.", "Wait for the service, or leave.")
        if not self.can_clear:
            raise WishError("The conversation cannot be ended right now.")
        self._clear_wanted, self._clear_sent = True, False
        self.tick(now)

    @property
    def _clear_is_next(self) -> bool:
        session = self._session
        ready = self._clear_wanted and not self._clear_id and session.state in _OPEN
        return ready and not session.connecting.is_configuring and not session.sending.has_waiting

    def _send_clear(self, now: Moment) -> None:
        sending = self._session.sending
        if sending.pace.request_at(now.monotonic) <= now.monotonic:
            self._clear_id = sending.send_message(frames.clear_message(), now)
            self._clear_sent = True
            self._clear_by = now.monotonic + self._session.options.limits.clear_timeout

    def refused(self, tracing_id: str, refusal: GcdeskError) -> None:
        """The service refused something; if it was the end of the conversation, that goes on, or is asked again."""
        if not self._clear_id:
            return
        if isinstance(refusal, codes.ClearNotAllowedError) or tracing_id == self._clear_id:
            self._clear_id, self._clear_by, self._clear_sent = "", None, False
            self._clear_wanted = isinstance(refusal, codes.TooManyRequestsError)

    def _session_expired(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self.stop(codes.service_error(4006, "session expired"), now)

    def _session_cleared(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self._reason = CLEARED
        self.token_spent = True
        self.leave(now, CLEARED)

    def _connection_closed(self, _frame: ReceivedFrame, body: received.ConnectionClosed, now: Moment) -> None:
        if self._clear_sent:
            self.token_spent = True
            self.leave(now, CLEARED)
        elif self._session.renewing.wanted:
            # Closing all connections of the old session may include this one.
            self._session.connecting.dial_again(now)
        elif body.reason == "signedIn":
            self.token_spent = True
            self.leave(now, "The service closed the chat, because the customer signed in elsewhere.")
        else:
            self.stop(TooManyConnectionsError(), now)

    def _logout(self, _frame: ReceivedFrame, _body: object, now: Moment) -> None:
        self.token_spent = True
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
