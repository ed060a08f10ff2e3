"""Pacing, so that the service never has to refuse for speed (guest API, section 8)."""

from __future__ import annotations

from collections import deque

from gcdesk.guest.limits import Limits

_MARGIN = 1.05


class Pace:
    """When the next message or request may go out; all times are monotonic seconds.

    Messages follow a steady rate with a small reserve for a quick start; all requests of one connection stay below
    the number a minute allows. A wait the service asked for holds everything. Timers under Qt are coarse, so gaps
    get five per cent more.
    """

    def __init__(self, limits: Limits) -> None:
        self._gap = _MARGIN / limits.messages_per_second
        self._reserve = max(0, limits.message_burst - 1) * self._gap
        self._requests: deque[float] = deque(maxlen=limits.requests_per_minute)
        self._next_message = float("-inf")
        self._held_until = float("-inf")

    def hold(self, now: float, seconds: float) -> None:
        """Hold all sending for as long as the service asked."""
        self._held_until = max(self._held_until, now + seconds * _MARGIN)

    def renew_connection(self) -> None:
        """A new connection has a fresh minute."""
        self._requests.clear()

    def message_at(self, now: float) -> float:
        """The earliest time for the next message."""
        return max(self._next_message - self._reserve, self.request_at(now))

    def request_at(self, now: float) -> float:
        """The earliest time for the next request that is not a message."""
        full = self._requests[0] + 60 * _MARGIN if len(self._requests) == self._requests.maxlen else now
        return max(now, full, self._held_until)

    def message_sent(self, now: float) -> None:
        """Count a message, which is a request too."""
        self._next_message = max(self._next_message, now) + self._gap
        self.request_sent(now)

    def request_sent(self, now: float) -> None:
        """Count a request."""
        self._requests.append(now)
