"""The composer's text field: grows with what is written, and Enter sends."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from gcdesk.ui.tokens import CONTROL_HEIGHT, GRID

MOST_LINES: Final = 6


class ComposerInput(QPlainTextEdit):
    """One to six lines high; Enter emits `enter`, Shift and Enter begin a new line."""

    enter = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(GRID)
        self.textChanged.connect(self._grow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends; a key that is held down sends once."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self.enter.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the lines differently."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def sizeHint(self) -> QSize:
        """As high as the text, between one line and six."""
        return QSize(200, self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(80, CONTROL_HEIGHT)

    def _wanted_height(self) -> int:
        lines = min(MOST_LINES, self._lines())
        return max(CONTROL_HEIGHT, lines * self.fontMetrics().lineSpacing() + 5 * GRID)

    def _lines(self) -> int:
        """How many lines the text takes, counted no further than needed."""
        count = 0
        block = self.document().begin()
        while block.isValid() and count <= MOST_LINES:
            # Asking for its place makes Qt wrap the block, which it else does only when it is painted.
            self.document().documentLayout().blockBoundingRect(block)
            count += max(1, block.layout().lineCount())
            block = block.next()
        return max(1, count)

    def _grow(self) -> None:
        wanted = self._wanted_height()
        more = self._lines() > MOST_LINES
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if self.height() != wanted:
            self.setFixedHeight(wanted)
