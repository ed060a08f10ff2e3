"""Tells of many small changes as of few, so that a talkative chat costs the window little."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from gcdesk.guest import events

_PAUSE = 0.05

# They come by the dozen, and change nothing but figures and a chat's last line.
_CHATTER = (
    events.FrameSent,
    events.FrameReceived,
    events.MessageAdded,
    events.MessageChanged,
    events.MessageMoved,
    events.TypingChanged,
    events.BudgetChanged,
)


class Calm:
    """Calls `tell` at once after a quiet time; what comes sooner is told together when the pause is over.

    Args:
        tell: What to call.
        parent: Whoever owns it; with it the pause ends.
    """

    def __init__(self, tell: Callable[[], None], parent: QObject) -> None:
        self._tell = tell
        self._told_at = -_PAUSE
        self._timer = QTimer(parent, singleShot=True)
        self._timer.timeout.connect(self.now)

    def tell_of(self, event: events.Event) -> None:
        """Tell soon of what comes by the dozen, and of anything else now."""
        (self.soon if isinstance(event, _CHATTER) else self.now)()

    def now(self) -> None:
        """Tell without waiting, for what a person must not see late."""
        self._timer.stop()
        self._told_at = time.monotonic()
        self._tell()

    def soon(self) -> None:
        """Tell at once if it has been quiet, else when the pause is over."""
        if self._timer.isActive():
            return
        left = self._told_at + _PAUSE - time.monotonic()
        if left <= 0:
            self.now()
        else:
            self._timer.start(max(1, round(left * 1000)))
