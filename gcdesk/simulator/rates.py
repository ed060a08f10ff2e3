"""Rate limits (guest API, section 8)."""

import math
from collections import deque


class RateLimit:
    """Allows so many calls in any stretch of so many seconds. Refused calls do not count."""

    def __init__(self, allowed: int, seconds: float) -> None:
        self.allowed = allowed
        self._seconds = seconds
        self._taken: deque[float] = deque()

    def take(self, now: float) -> int:
        """0 when the call at `now` (seconds) is allowed, else the whole seconds after which it will be."""
        while self._taken and self._taken[0] <= now - self._seconds:
            self._taken.popleft()
        if len(self._taken) < self.allowed:
            self._taken.append(now)
            return 0
        return max(1, math.ceil(self._taken[0] + self._seconds - now))


MESSAGES_PER_SESSION = (5, 1.0)
REQUESTS_PER_CONNECTION = (60, 60.0)
CONFIGURES_PER_SESSION = (60, 60.0)
ECHOES_PER_CONNECTION = (2, 60.0)
HISTORY_PER_SESSION = (10, 60.0)
PLATFORM_PER_CLIENT = (300, 60.0)
CONNECTIONS_PER_DEPLOYMENT = (1000, 60.0)
