"""The one place where a chat looks at the clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from gcdesk.guest.moment import Moment


class Clock:
    """Reads this computer's two clocks; a test puts its own in place."""

    def now(self) -> Moment:
        """Monotonic seconds and UTC, read together."""
        return Moment(time.monotonic(), datetime.now(UTC))
