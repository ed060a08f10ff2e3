"""What the session's parts have in common."""

from __future__ import annotations

from gcdesk.guest.moment import Moment


class Part:
    """A part of a session that keeps times or hopes of its own; it overrides what concerns it.

    Every part in `session.parts` is asked for `next_wake` and told of everything below.
    """

    @property
    def next_wake(self) -> float | None:
        """Monotonic seconds at which `tick` wants to be called, None if time does not matter."""
        return None

    def tick(self, now: Moment, /) -> None:
        """Time passed; called at every wake of the session, whoever asked for it."""

    def configured(self, new_session: bool, now: Moment, /) -> None:
        """The service took the session, for the first time or after a break; requests are answered again."""

    def read_only(self, now: Moment, /) -> None:
        """The conversation has ended: nothing more can be said in it."""

    def broken(self, now: Moment, /) -> None:
        """The connection broke: what was asked for on it will never be answered."""

    def over(self, now: Moment, /) -> None:
        """The session is being closed or has ended: nothing goes out any more, nothing shall wake it."""
