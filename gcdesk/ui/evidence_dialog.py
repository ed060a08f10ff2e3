"""What goes into the evidence of a chat, and where it goes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui.settings_page import note
from gcdesk.ui.style import set_role
from gcdesk.ui.ticks import TickBox
from gcdesk.ui.tokens import GRID

_WIDTH = 120 * GRID


class EvidenceDialog(QDialog):
    """Says what evidence holds, and asks whether personal data stays in it."""

    save_requested = Signal(bool)
    """Save it as a page and as JSON; whether personal data stays in."""

    copy_requested = Signal(bool)
    """Copy it as Markdown; whether personal data stays in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Evidence for a ticket"))
        holds = self.tr(
            "Transcript, frames, timings, attributes, message IDs, versions and the environment: one page that needs "
            "nothing else, and the same as JSON beside it. Tokens and IDs of the deployment are masked always."
        )
        self.personal = TickBox(self.tr("Leave personal data as it is"), self)
        means = self.tr(
            "Otherwise attribute values, the CRM ID, names, e-mail addresses, phone, account and card numbers are "
            "masked too."
        )
        self.personal.setAccessibleDescription(means)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.copy_button = QPushButton(self.tr("&Copy as Markdown"), self)
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        self.save_button = QPushButton(self.tr("&Save…"), self)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        set_role(self.save_button, "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        for button in (self.cancel_button, self.copy_button, self.save_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(note(holds, self, ""))
        column.addWidget(self.personal)
        column.addWidget(note(means, self, "small"))
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self.save_button.setFocus()

    def _save(self) -> None:
        self.accept()
        self.save_requested.emit(self.personal.isChecked())

    def _copy(self) -> None:
        self.accept()
        self.copy_requested.emit(self.personal.isChecked())
