"""The small line above a message."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from gcdesk.ui import style
from gcdesk.ui.fonts import text_font
from gcdesk.ui.glyphs import side_of
from gcdesk.ui.tokens import TYPE_SMALL


class MessageHeader(QLabel):
    """Who wrote a message, and when; painted here, for the style sheet takes its time with each label."""

    def __init__(self, parent: QWidget, *, end: bool) -> None:
        super().__init__(parent)
        self._end = end
        self._ink = "muted"
        self._font = text_font(TYPE_SMALL)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @property
    def line_height(self) -> int:
        """The pixels that its line takes."""
        return QFontMetrics(self._font).height()

    def set_ink(self, ink: str) -> None:
        """Write in this colour of the tokens."""
        self._ink = ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, cut to fit."""
        words = QFontMetrics(self._font).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        with QPainter(self) as painter:
            painter.setFont(self._font)
            painter.setPen(QColor(getattr(style.tokens(), self._ink)))
            painter.drawText(self.rect(), side_of(self, end=self._end) | Qt.AlignmentFlag.AlignVCenter, words)
