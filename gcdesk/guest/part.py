"""What the session's parts have in common."""

from __future__ import annotations

from typing import Protocol

from gcdesk.guest.moment import Moment


class Part(Protocol):
    """A part of a session that keeps times of its own."""

    @property
    def next_wake(self) -> float | None:
        """Monotonic seconds at which `tick` wants to be called, None if time does not matter."""

    def tick(self, now: Moment) -> None:
        """Time passed; called at every wake of the session, whoever asked for it."""
