"""An event loop whose time jumps ahead when nothing is left to do, so that hours pass in seconds.

Sockets stay real. Both ends of a connection have to live in the loop: on loopback, what one end has written the other
can read at once, so a loop that finds nothing to read really has nothing left but to wait.
"""

from __future__ import annotations

import asyncio
import selectors
from datetime import UTC, datetime, timedelta
from typing import Any

from gcdesk.chat.clock import Clock
from gcdesk.guest.moment import Moment

_PATIENCE = 0.0005
"""Real seconds to wait for a socket before time jumps."""

_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Waits for hardly any time, and counts the rest as passed."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None or timeout <= _PATIENCE:
            return super().select(timeout)
        ready = super().select(_PATIENCE)
        if not ready:
            self.skipped += timeout - _PATIENCE
        return ready


class WarpedLoop(asyncio.SelectorEventLoop):
    """A loop in which waiting takes no time."""

    def __init__(self) -> None:
        self._warped = _Selector()
        super().__init__(self._warped)

    def time(self) -> float:
        return super().time() + self._warped.skipped


class WarpedClock(Clock):
    """Both clocks as the loop's time has them, the one with a date from `began` on."""

    def __init__(self, loop: asyncio.AbstractEventLoop, began: datetime = _BEGAN) -> None:
        self._loop = loop
        self._start = loop.time()
        self._began = began

    def now(self) -> Moment:
        seconds = self._loop.time()
        return Moment(seconds, self._began + timedelta(seconds=seconds - self._start))

    def epoch(self) -> float:
        """Seconds since 1970."""
        return self.now().utc.timestamp()
