"""The composer's text field: grows with what is written, and Enter sends."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from gcdesk.ui.tokens import CONTROL_HEIGHT, GRID

MOST_LINES: Final = 6

_NO_MODIFIER: Final = Qt.KeyboardModifier.NoModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


def local_files(data: QMimeData) -> list[Path]:
    """The files of this computer that were dragged or copied; none if anything else is among them."""
    urls = data.urls() if data.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


class ComposerInput(QPlainTextEdit):
    """One to six lines high; Enter emits `enter`, Shift and Enter begin a new line."""

    enter = Signal()

    recall = Signal(int)
    """Up was pressed in the first line (-1) or Down in the last (1): the person looks for an earlier text."""

    files_pasted = Signal(object)
    """A list of `pathlib.Path`: files that were pasted or dropped here."""

    picture_pasted = Signal(object)
    """A QImage that was pasted."""

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
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() in (_NO_MODIFIER, _KEYPAD) and self._is_at_edge(step):
            self.recall.emit(step)
            return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self.enter.emit()

    def _is_at_edge(self, step: int) -> bool:
        """Whether the cursor cannot go further up (-1) or down (1)."""
        cursor = self.textCursor()
        return not cursor.movePosition(
            QTextCursor.MoveOperation.Up if step < 0 else QTextCursor.MoveOperation.Down
        )

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files and pictures are taken too."""
        return bool(local_files(source)) or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Files and pictures become attachments; where there is text as well, the text is meant."""
        files = local_files(source)
        if files:
            self.files_pasted.emit(files)
        elif source.hasImage() and not source.hasText():
            image = source.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.picture_pasted.emit(image)
        else:
            super().insertFromMimeData(source)

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
