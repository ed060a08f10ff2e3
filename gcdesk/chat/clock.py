"""The one place where a chat looks at the clock."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from gcdesk.guest.moment import Moment

# A session's times go on while the computer sleeps: what expires, expires. Python's own steady clock stands still
# then on Linux and macOS, but both systems have one that does not; on Windows it goes on anyway.
if sys.platform == "linux":

    def steady_seconds() -> float:
        """Seconds on a clock that nobody sets and that goes on while the computer sleeps."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

elif sys.platform == "darwin":

    def steady_seconds() -> float:
        """Seconds on a clock that nobody sets and that goes on while the computer sleeps."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)

else:

    def steady_seconds() -> float:
        """Seconds on a clock that nobody sets and that goes on while the computer sleeps."""
        return time.monotonic()


class Clock:
    """Reads this computer's two clocks; a test puts its own in place."""

    def now(self) -> Moment:
        """Steady seconds and UTC, read together."""
        return Moment(steady_seconds(), datetime.now(UTC))
