"""Small signs of the customer: that they type, and health checks; each has a cooldown of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcdesk.guest import events, frames
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.received import ReceivedFrame, StructuredMessage
from gcdesk.guest.states import State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_PING = "ping"


class Pulse(Part):
    """Typing and health checks of one session (guest API, sections 3.2 and 5)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._typed_at = float("-inf")
        self._echo_owed = False
        self._echoes: dict[str, float] = {}

    @property
    def next_wake(self) -> float | None:
        """When a health check that was asked for too early may go."""
        if not self._echo_owed or self._session.state is not State.CONFIGURED:
            return None
        return self._session.sending.pace.echo_at(float("-inf"))

    def typing(self, now: Moment) -> bool:
        """Tell that the customer types; False if the cooldown, the state or the deployment says no."""
        session = self._session
        if (
            session.state is not State.CONFIGURED
            or session.sending.pace.typing_at(now.monotonic) > now.monotonic
        ):
            return False
        if now.monotonic - self._typed_at <= session.options.limits.typing_cooldown:
            return False
        if session.deployment is not None and not session.deployment.show_user_typing:
            return False
        self._typed_at = now.monotonic
        session.sending.send_message(frames.typing_message(), now)
        return True

    def may_type_again(self) -> None:
        """An own message arrived: the typing cooldown starts over (guest API, section 5)."""
        self._typed_at = float("-inf")

    def echo(self, now: Moment) -> bool:
        """Ask for a sign of life; False if the session is not configured, or if it has to wait.

        What is too soon after the last one, or for the budget, is asked for as soon as it may be.
        """
        session = self._session
        if session.state is not State.CONFIGURED:
            return False
        self._echo_owed = session.sending.pace.echo_at(now.monotonic) > now.monotonic
        if self._echo_owed:
            return False
        tracing_id = session.new_id()
        self._echoes[tracing_id] = now.monotonic
        session.sending.transmit(frames.Echo(token=session.options.token, tracing_id=tracing_id), now)
        return True

    def heard(self, frame: ReceivedFrame, body: StructuredMessage, now: Moment) -> bool:
        """Whether a message is the answer to a health check asked here; then the round trip is told."""
        asked_at = self._answered(frame, body)
        if asked_at is None:
            return False
        self._session.emit(events.RoundTrip(now.utc, now.monotonic - asked_at))
        return True

    def refused(self, tracing_id: str) -> None:
        """The health check with that tracing ID, if it was one, will not be answered."""
        self._echoes.pop(tracing_id, None)

    def tick(self, now: Moment, /) -> None:
        """Ask what had to wait."""
        if self._echo_owed:
            self.echo(now)

    def broken(self, _now: Moment, /) -> None:
        """What was asked on the old connection will not be answered; a new one is a sign of life."""
        self._echoes.clear()
        self._echo_owed = False

    def over(self, _now: Moment, /) -> None:
        """Nobody is asked any more."""
        self._echo_owed = False

    def _answered(self, frame: ReceivedFrame, body: StructuredMessage) -> float | None:
        for tracing_id in (frame.tracing_id, body.metadata.get("customMessageId", "")):
            if tracing_id in self._echoes:
                return self._echoes.pop(tracing_id)
        if is_ping(frame, body) and self._echoes and not frame.tracing_id:
            return self._echoes.pop(next(iter(self._echoes)))
        return None


def is_ping(frame: ReceivedFrame, body: StructuredMessage) -> bool:
    """Whether it is the answer to a health check, asked here or by another client of this token."""
    return frame.type == "response" and body.text == _PING
