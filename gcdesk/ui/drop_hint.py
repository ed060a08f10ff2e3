"""Says, while files are dragged over a conversation, what dropping them does."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gcdesk.ui import style
from gcdesk.ui.fonts import text_font
from gcdesk.ui.tokens import CORNER, GRID, TYPE_TITLE

translate = QCoreApplication.translate

_VEIL: Final = 225
"""How much of what lies below is covered, of 255."""


class DropHint(QWidget):
    """Covers a conversation until the files are dropped or carried away.

    Args:
        over: What it covers.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._words = ""
        # What is dragged goes through it to the conversation.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAcceptDrops(False)
        over.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def offer(self) -> None:
        """Files can be dropped here."""
        self._words = translate("Content", "Drop here to attach")
        self.setAccessibleName(self._words)
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what it covers has another size."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the veil, a dashed frame and the words."""
        look = style.tokens()
        veil = QColor(look.canvas)
        veil.setAlpha(_VEIL)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), veil)
            painter.setPen(QPen(QColor(look.focus), 2, Qt.PenStyle.DashLine))
            frame = QRectF(self.rect()).adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
            painter.drawRoundedRect(frame, CORNER, CORNER)
            painter.setPen(QColor(look.text))
            painter.setFont(text_font(TYPE_TITLE, bold=True))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
