"""Check this environment: the walk from this desk to Genesys Cloud, its findings as they come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gcdesk.phrase import Phrase
from gcdesk.ui.check_rows import CheckRows, report_lines
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import said
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.chat.doctor.check import Check

_SIZE = QSize(160 * GRID, 150 * GRID)


class DoctorDialog(QDialog):
    """Asks by signals and is told by calls.

    Signals:
        run_requested: Begin the walk; answer with `add` for each finding, and with `over`.
        stop_requested: The dialog closes; nothing more needs to be told.
    """

    run_requested = Signal()
    stop_requested = Signal()

    def __init__(self, environment: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment = one_line(environment)
        self._checks: list[Check] = []
        self._begun = datetime.now(UTC)
        self.setWindowTitle(self.tr("Check this environment"))
        self.says = QLabel(self)
        self.says.setWordWrap(True)
        set_role(self.says, "strong")
        means = QLabel(
            self.tr("No message is sent. IDs and secrets are masked, so the report can go into a ticket."),
            self,
        )
        means.setWordWrap(True)
        set_role(means, "muted")
        self.rows = CheckRows(self)
        self.copy_button = QPushButton(self.tr("Copy report"), self)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report()))
        self.again_button = QPushButton(self.tr("Run again"), self)
        self.again_button.clicked.connect(self.run)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.again_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.says)
        column.addWidget(means)
        column.addWidget(self.rows, 1)
        column.addLayout(buttons)
        self.resize(_SIZE)

    def run(self) -> None:
        """Begin the walk, from the beginning."""
        self._checks = []
        self._begun = datetime.now(UTC)
        self.rows.clear()
        self.says.setText(self.tr("Checking {name}…").format(name=self._environment))
        self.copy_button.setEnabled(False)
        self.again_button.setEnabled(False)
        self.run_requested.emit()

    def add(self, check: Check) -> None:
        """One more finding."""
        self._checks.append(check)
        self.rows.add(check)

    def over(self) -> None:
        """The walk has come to its end."""
        self.says.setText(said(self._summary()))
        self.rows.show_gravest()
        self.copy_button.setEnabled(True)
        self.again_button.setEnabled(True)

    def report(self) -> str:
        """All findings as plain text, in English: it goes into a ticket."""
        head = f"gcdesk, {self._begun:%Y-%m-%d %H:%M} UTC, {self._environment}"
        return "\n".join([head, *(report_lines(check) for check in self._checks), self._summary()])

    def done(self, result: int) -> None:
        """Qt: closed in whatever way, so the walk ends."""
        self.stop_requested.emit()
        super().done(result)

    def _summary(self) -> str:
        failed = sum(check.status.value == "failed" for check in self._checks)
        warned = sum(check.status.value == "warning" for check in self._checks)
        every = len(self._checks)
        if failed:
            return Phrase(
                "{failed} of {every} steps failed. Begin with the first one.", failed=failed, every=every
            )
        if warned:
            return Phrase(
                "Nothing failed; {warned} of {every} steps deserve a look.", warned=warned, every=every
            )
        return Phrase("All is well.")
