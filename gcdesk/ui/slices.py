"""Long work in short slices, so that the window goes on meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer

_SLICE: Final = 0.008
_END: Final = object()


class Slices(QObject):
    """Does one piece of work at a time; what takes no longer than one slice is done at once.

    Args:
        parent: Whoever owns it; with it the work ends.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[object] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go)

    @property
    def busy(self) -> bool:
        """Whether there is work left."""
        return self._work is not None

    def start(self, work: Iterator[object]) -> None:
        """Begin; each step of the iterator should take a millisecond at most. Work under way is given up."""
        self._work = work
        self._go()

    def stop(self) -> None:
        """Give up the work under way."""
        self._work = None
        self._timer.stop()

    def _go(self) -> None:
        work = self._work
        ends = time.perf_counter() + _SLICE
        while work is not None and time.perf_counter() < ends:
            ended = next(work, _END) is _END
            if self._work is not work:
                # A step began other work, or stopped this.
                return
            if ended:
                self.stop()
                return
        if not self._timer.isActive():
            self._timer.start()
