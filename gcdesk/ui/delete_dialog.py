"""Asks before anything is deleted for good."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui.settings_page import note
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

_WIDTH = 100 * GRID


class DeleteDialog(QDialog):
    """One question; accepted if the person agrees. Enter does not delete, a key of its own does.

    Args:
        question: What would be deleted.
        parent: The Qt parent.
    """

    def __init__(self, question: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Delete"))
        self.setAccessibleDescription(question)
        self.delete_button = QPushButton(self.tr("&Delete"), self)
        self.delete_button.setAutoDefault(False)
        self.delete_button.clicked.connect(self.accept)
        set_role(self.delete_button, "danger")
        self.keep_button = QPushButton(self.tr("&Keep"), self)
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        column.addWidget(note(question, self, ""))
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self.keep_button.setFocus()
