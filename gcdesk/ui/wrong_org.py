"""Asks before a chat begins with the credentials of another org."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gcdesk.errors import GcdeskError
from gcdesk.ui.said import said
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID


class WrongOrgDialog(QDialog):
    """Says which two orgs are meant, masked, and lets the person cancel or start all the same."""

    start_anyway = Signal()

    def __init__(self, environment: str, error: GcdeskError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Another org"))
        self.says = QLabel(said(error.title), self)
        self.means = QLabel(
            self.tr(
                "No chat was started. Start anyway only if you know that {name} may be tested with them; "
                "gcdesk does not ask again for {name} until it is closed."
            ).format(name=environment),
            self,
        )
        set_role(self.says, "strong")
        set_role(self.means, "muted")
        for label in (self.says, self.means):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.start_button = QPushButton(self.tr("Start anyway"), self)
        # Enter, which started the chat a moment ago, must not confirm.
        self.start_button.setAutoDefault(False)
        self.start_button.clicked.connect(self._start)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        for label in (self.says, self.means):
            column.addWidget(label)
        column.addLayout(buttons)
        self.setMinimumWidth(110 * GRID)

    def _start(self) -> None:
        self.accept()
        self.start_anyway.emit()
