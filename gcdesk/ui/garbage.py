"""Keeps Python's cyclic garbage collector in the thread of the window.

It runs in whichever thread happens to allocate. In one that asks the keyring it would destroy widgets there, which Qt
answers with a warning at best and a crash at worst.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_TICK_MS = 1000


class Garbage(QObject):
    """Switches automatic collection off, and collects from a timer instead, by the interpreter's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """What exists now stays: leave it out of all collections, so that none takes long."""
        gc.freeze()

    def collect(self) -> None:
        """Collect the oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def restore(self) -> None:
        """Let Python collect as before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
