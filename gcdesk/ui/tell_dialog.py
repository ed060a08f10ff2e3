"""Says what became of something, a sentence a line, with one more thing to do where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui.plain_text import one_line
from gcdesk.ui.settings_page import note
from gcdesk.ui.tokens import GRID

_WIDTH = 110 * GRID


class TellDialog(QDialog):
    """A few sentences.

    Args:
        title: What the dialog is about.
        lines: The sentences.
        answer: The words and the deed of a second button.
        parent: The Qt parent.
    """

    def __init__(
        self,
        title: str,
        lines: Sequence[str],
        answer: tuple[str, Callable[[], None]] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.text = "\n".join(one_line(line) for line in lines if line)
        self.setAccessibleDescription(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        for line in self.text.splitlines():
            column.addWidget(note(line, self, ""))
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        self.answer_button: QPushButton | None = None
        if answer is not None:
            words, act = answer
            self.answer_button = QPushButton(words, self)
            self.answer_button.setAutoDefault(False)
            self.answer_button.clicked.connect(self.accept)
            self.accepted.connect(act)
            buttons.addWidget(self.answer_button)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
