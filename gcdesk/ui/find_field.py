"""The field above the chat list: find a chat by its CRM ID or by what was said in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.style import theme, tokens

_PAUSE_MS = 120


class FindField(QLineEdit):
    """A line that says what is sought once typing has paused for a moment.

    Args:
        parent: The Qt parent.
    """

    sought = Signal(str)
    """The text to look for; empty for nothing."""

    entered = Signal()
    """Enter: take the first that was found."""

    down = Signal()
    """Go on into the list."""

    left = Signal()
    """Escape in an empty field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find-chat")
        self.setPlaceholderText(self.tr("Find a chat"))
        self.setAccessibleName(self.tr("Find a chat by CRM ID or text"))
        self._last = ""
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.seek)
        self._clear = QAction(self.tr("Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        # Buttons elsewhere are taller than this line, which would push the sign off its middle.
        self.setStyleSheet(
            "QToolButton { min-height: 0; padding: 0; border: none; background: transparent; }"
        )
        self.textChanged.connect(self._changed)
        theme().changed.connect(self._dress)
        self._dress()

    def seek(self) -> None:
        """Say at once what is sought."""
        self._pause.stop()
        if (text := self.text().strip()) != self._last:
            self._last = text
            self.sought.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter takes the first chat, Down goes into the list, Escape clears and then leaves."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.seek()
                self.entered.emit()
            case Qt.Key.Key_Down:
                self.seek()
                self.down.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
                self.seek()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if text.strip():
            self._pause.start()
        else:
            # Nothing to look for takes no time, and whoever clears the field wants the list back.
            self.seek()

    def _dress(self) -> None:
        self._clear.setIcon(glyph_icon("cross", tokens().muted))
