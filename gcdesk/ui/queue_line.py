"""The line below the composer that says what holds messages back; empty while nothing does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from gcdesk.guest.budget import Budget
from gcdesk.ui.style import set_role

translate = QCoreApplication.translate

_TICK_MS: Final = 100
_SHORT: Final = 0.3
"""Seconds that one message may wait without a word."""


_NOTHING_KNOWN: Final = Budget(())


def _now() -> datetime:
    return datetime.now(UTC)


class QueueLine(QLabel):
    """Counts the messages that wait, and the time until the next one goes.

    Args:
        parent: The Qt parent.
        clock: Gives the time in UTC.
    """

    def __init__(self, parent: QWidget, clock: Callable[[], datetime] = _now) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, "small")
        self._clock = clock
        self._budget: Budget | None = None
        self._waiting = self._batch = 0
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(self._show)
        self.hide()

    def show_queue(self, waiting: int, budget: Budget | None) -> None:
        """Show that so many messages wait, and until when by a budget; nothing where nothing is held back."""
        self._budget = budget
        self._waiting = waiting
        # How many were meant to go in one go, as long as some of them still wait.
        self._batch = max(self._batch, waiting) if waiting else 0
        self._show()

    def _show(self) -> None:
        words = self._words(self._budget or _NOTHING_KNOWN)
        self.setText(words)
        self.setVisible(bool(words))
        if words and not self._ticking.isActive():
            self._ticking.start()
        elif not words:
            self._ticking.stop()

    def _words(self, budget: Budget) -> str:
        held, dial = self._left(budget.held_until), self._left(budget.dial_at)
        if held > 0:
            template = translate("Composer", "The service asked to wait {seconds} s more")
            return template.format(seconds=_amount(held))
        if dial > 0:
            template = translate("Composer", "Connecting waits for its turn, {seconds} s more")
            return template.format(seconds=_amount(dial))
        next_in = self._left(budget.next_at)
        if not self._waiting or (self._waiting == 1 and next_in <= _SHORT):
            return ""
        number = self._batch - self._waiting + 1
        if next_in <= 0:
            template = translate("Composer", "Sending {number} of {count}")
            return template.format(number=number, count=self._batch)
        template = translate("Composer", "Sending {number} of {count}, next in {seconds} s")
        return template.format(number=number, count=self._batch, seconds=_amount(next_in))

    def _left(self, until: datetime | None) -> float:
        return (until - self._clock()).total_seconds() if until is not None else 0.0


def _amount(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"
