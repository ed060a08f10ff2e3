"""Pacing, so that the service never has to refuse for speed (guest API, section 8)."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

from gcdesk.guest.limits import Limits

MARGIN = 1.05
"""Timers under Qt are coarse, so gaps get five per cent more."""

MINUTE = 60 * MARGIN


class Window:
    """What may happen `allowed` times within any minute; all times are monotonic seconds."""

    def __init__(self, allowed: int) -> None:
        self.allowed = allowed
        self._times: deque[float] = deque(maxlen=allowed)

    def at(self, leaving: int = 0) -> float:
        """The earliest time for one more, so that `leaving` more could follow it at once; at least one can go."""
        usable = max(1, self.allowed - leaving)
        return self._times[-usable] + MINUTE if len(self._times) >= usable else -math.inf

    def use(self, now: float) -> None:
        """Count one."""
        self._times.append(now)

    def used(self, now: float) -> int:
        """How many still count."""
        return sum(time + MINUTE > now for time in self._times)

    def empty_at(self) -> float:
        """When nothing counts any more."""
        return self._times[-1] + MINUTE if self._times else -math.inf

    def clear(self) -> None:
        """Forget what was counted."""
        self._times.clear()

    def copy(self) -> Window:
        """The same counts, to plan ahead on."""
        twin = Window(self.allowed)
        twin._times.extend(self._times)
        return twin


class Pace:
    """When the next message or request may go out; all times are monotonic seconds.

    Messages follow a steady rate with a small reserve for a quick start; all requests of one connection stay below
    the number a minute allows, and so do its health checks. Configures and pages of the history count for the
    session, whatever the connection. A wait the service asked for holds everything but the configuring of a new
    connection, and outlives the connection. `changes` grows whenever something is counted.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.gap = MARGIN / limits.messages_per_second
        self.requests = Window(limits.requests_per_minute)
        self.echoes = Window(limits.echoes_per_minute)
        self.configures = Window(limits.configures_per_minute)
        self.history = Window(limits.history_per_minute)
        self._next_message = -math.inf
        self._last_echo = -math.inf
        self.held_until = -math.inf
        self.changes = 0

    def hold(self, now: float, seconds: float) -> None:
        """Hold all sending for as long as the service asked."""
        self.held_until = max(self.held_until, now + seconds * MARGIN)

    def renew_connection(self) -> None:
        """A new connection has a fresh minute."""
        self.requests.clear()
        self.echoes.clear()
        self.changes += 1

    # When the next one may go

    def message_at(self, now: float) -> float:
        """The earliest time for the next message."""
        return max(self._burst_at(0), self.request_at(now))

    def request_at(self, now: float) -> float:
        """The earliest time for the next request that is not a message."""
        return max(now, self.requests.at(), self.held_until)

    def typing_at(self, now: float) -> float:
        """The earliest time to tell that the customer types, which never keeps a message waiting."""
        return max(self._burst_at(1), self._minor_at(now))

    def echo_at(self, now: float) -> float:
        """The earliest time for the next health check, which never keeps anything else waiting."""
        rested = self._last_echo + self._limits.echo_cooldown * MARGIN
        return max(rested, self.echoes.at(), self._minor_at(now))

    def configure_at(self, now: float) -> float:
        """The earliest time to configure the session again."""
        return max(now, self.configures.at())

    def history_at(self, now: float) -> float:
        """The earliest time to read a page of the history."""
        return max(now, self.history.at(), self.held_until)

    def messages_at(self, now: float, count: int) -> Sequence[float]:
        """The earliest times for the next messages, one after another, if nothing else goes out meanwhile."""
        ahead = Pace(self._limits)
        ahead._next_message, ahead.held_until = self._next_message, self.held_until
        ahead.requests = self.requests.copy()
        times = []
        for _ in range(count):
            now = ahead.message_at(now)
            ahead.message_sent(now)
            times.append(now)
        return times

    @property
    def burst_free_at(self) -> float:
        """When as many messages as ever may follow one another at once again."""
        return self._next_message

    def burst_used(self, now: float) -> int:
        """How many of the messages that may follow one another at once have gone; full means the next one waits."""
        used = math.ceil((self._next_message - now) / self.gap - 1e-6) if self._next_message > now else 0
        return min(used, self._limits.message_burst)

    # Counting

    def message_sent(self, now: float) -> None:
        """Count a message, which is a request too."""
        self._next_message = max(self._next_message, now) + self.gap
        self.request_sent(now)

    def request_sent(self, now: float) -> None:
        """Count a request."""
        self.requests.use(now)
        self.changes += 1

    def echo_sent(self, now: float) -> None:
        """Count a health check, which is a request too."""
        self._last_echo = now
        self.echoes.use(now)
        self.request_sent(now)

    def configure_sent(self, now: float) -> None:
        """Count a configure, which is a request too."""
        self.configures.use(now)
        self.request_sent(now)

    def history_read(self, now: float) -> None:
        """Count a page of the history, which comes over HTTP and is no request on the connection."""
        self.history.use(now)
        self.changes += 1

    def _burst_at(self, leaving: int) -> float:
        """When a message may go, so that `leaving` more could follow it at once, as far as the burst has room."""
        return self._next_message - max(0, self._limits.message_burst - 1 - leaving) * self.gap

    def _minor_at(self, now: float) -> float:
        return max(now, self.requests.at(self._limits.requests_reserved), self.held_until)
