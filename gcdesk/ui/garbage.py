"""Keeps Python's cyclic garbage collector in the thread of the window, and out of a person's way.

It runs in whichever thread happens to allocate. In one that asks the keyring it would destroy widgets there, which Qt
answers with a warning at best and a crash at worst. And a look at everything that fifty chats hold takes longer than
a person should wait: what is young is looked at often, what is old when nobody looks at the window.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_TICK_MS = 250
_TICKS_OF_YOUTH = 8
_BETWEEN_WHOLE = 600.0


class Garbage(QObject):
    """Switches automatic collection off, and collects from a timer instead."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._ticks = 0
        self._whole_at = time.monotonic()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """What exists now stays: leave it out of all collections but the whole ones."""
        gc.freeze()

    def collect(self) -> None:
        """Collect what is young, and everything from time to time while no window of the program is in use."""
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if not active and time.monotonic() - self._whole_at > _BETWEEN_WHOLE:
            self.collect_all()
            return
        self._ticks += 1
        if self._ticks < _TICKS_OF_YOUTH:
            gc.collect(0)
        else:
            self._ticks = 0
            gc.collect(1)
            gc.freeze()

    def collect_all(self) -> None:
        """Collect everything, however long it takes."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._whole_at = time.monotonic()

    def restore(self) -> None:
        """Let Python collect as before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
