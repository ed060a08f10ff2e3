"""How often and how long to try again after a break (guest API, section 5)."""

from __future__ import annotations

from collections.abc import Callable

from gcdesk.guest.limits import Limits


class Retry:
    """Pauses between tries until the budget is used up; times are monotonic seconds.

    The budget is only given back once the service has sent something beyond the session's own answer, so that a
    service which breaks each connection at once is not tried for ever.
    """

    def __init__(self, limits: Limits, jitter: Callable[[], float]) -> None:
        self._pause = limits.reconnect_pause
        self.budget = limits.reconnect_budget
        self._jitter = jitter
        self._since: float | None = None
        self.attempt = 0

    def plan(self, now: float, at_least: float = 0.0) -> float | None:
        """Seconds to wait before the next try, None when the budget is used up.

        Args:
            now: Monotonic seconds.
            at_least: Seconds the service asked to wait.
        """
        if self._since is None:
            self._since = now
        pause = max(self._pause * (0.8 + 0.4 * self._jitter()), at_least)
        if now + pause - self._since > self.budget:
            return None
        self.attempt += 1
        return pause

    def excuse(self, now: float) -> None:
        """The time until now does not count, because nothing could be tried."""
        if self._since is not None:
            self._since = now

    def stable(self) -> None:
        """The connection works: the whole budget is there again."""
        self._since = None
        self.attempt = 0
