"""A sentence across a dialog, with the buttons that answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID


class Banner(QFrame):
    """A sentence across the dialog, with the buttons that answer it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._text)
        column.addLayout(self._buttons)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty if there is none."""
        return self._text.text()

    def show_text(self, text: str, role: str, answers: Sequence[tuple[str, Callable[[], None]]] = ()) -> None:
        """Show a sentence on a "failed" or "warned" ground, and a button for each answer."""
        self.clear()
        set_role(self, role)
        self._text.setText(text)
        self.setAccessibleName(text)
        for words, act in answers:
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.setVisible(bool(text))

    def clear(self) -> None:
        """Take the sentence and its buttons away."""
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._text.clear()
        self.hide()
