"""Says that a customer signs in through the browser, and lets the person give up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui.plain_text import one_line
from gcdesk.ui.settings_page import note
from gcdesk.ui.tokens import GRID

_WIDTH = 100 * GRID


class SignInDialog(QDialog):
    """Beside the window, not before it: chats go on while somebody signs in. `rejected` means to give up.

    Args:
        name: The environment's.
        parent: The window.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sign in"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        where = self.tr("A customer signs in to {name}.").format(name=one_line(name))
        how = self.tr("Sign in on the page that opens in the browser. gcdesk sees no password.")
        self.text = f"{where} {how}"
        self.setAccessibleDescription(self.text)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(note(where, self, "strong"))
        column.addWidget(note(how, self, ""))
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
