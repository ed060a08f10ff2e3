"""The findings of a walk, one row each: a sign, the word for it, what was found, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gcdesk.ui.checklist import StepRow
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import marked, said
from gcdesk.ui.step import Step, StepStatus
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import QT_TRANSLATE_NOOP, listed

if TYPE_CHECKING:
    from gcdesk.chat.doctor.check import Check

translate = QCoreApplication.translate

# What is longer stands below the title.
_LONGEST_BESIDE: Final = 20

_STATUSES: Final = {
    "ok": StepStatus.DONE,
    "warning": StepStatus.WARNED,
    "failed": StepStatus.FAILED,
    "skipped": StepStatus.WAITING,
}
_WORDS: Final = {
    "ok": QT_TRANSLATE_NOOP("Doctor", "ok"),
    "warning": QT_TRANSLATE_NOOP("Doctor", "warning"),
    "failed": QT_TRANSLATE_NOOP("Doctor", "failed"),
    "skipped": QT_TRANSLATE_NOOP("Doctor", "skipped"),
}


def check_words(check: Check) -> str:
    """How a check went, in a word."""
    return marked("Doctor", _WORDS[check.status.value])


def report_lines(check: Check) -> str:
    """A check as plain text, for a ticket: in English, as whoever reads it may not know the window's language."""
    measured = f" ({check.measured})" if check.measured else ""
    line = f"{check.status.value:<8} {check.name:<12} {one_line(check.title)}{one_line(measured)}"
    return f"{line}\n{'':<22} {one_line(check.hint)}" if check.hint else line


class CheckRows(QScrollArea):
    """Rows that appear as the findings come, the newest one in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Findings"))
        self._grave: list[tuple[StepStatus, StepRow]] = []
        self._follows = True
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 2 * GRID, 0)
        self._column.setSpacing(1)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._follow)

    def clear(self) -> None:
        """Take all rows away."""
        self._grave.clear()
        self._follows = True
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            if item is not None and (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()

    def add(self, check: Check) -> None:
        """Show one more finding."""
        row = StepRow(self._inside)
        status, measured = _STATUSES[check.status.value], one_line(said(check.measured))
        short = len(measured) <= _LONGEST_BESIDE
        beside = listed((measured if short else "", check_words(check)))
        below = "" if short else measured
        title, hint = one_line(said(check.title)), one_line(said(check.hint))
        row.set_step(Step(check.name, status, title, below, beside, hint))
        self._column.insertWidget(self._column.count() - 1, row)
        if status in (StepStatus.FAILED, StepStatus.WARNED):
            self._grave.append((status, row))

    def show_gravest(self) -> None:
        """Bring what deserves a look into sight: the first failure, else the first warning, else the first row."""
        failed = [row for status, row in self._grave if status is StepStatus.FAILED]
        rows = failed or [row for _, row in self._grave]
        self._follows = False
        self.verticalScrollBar().setValue(rows[0].y() if rows else 0)

    def _follow(self, _least: int, most: int) -> None:
        if self._follows:
            self.verticalScrollBar().setValue(most)
