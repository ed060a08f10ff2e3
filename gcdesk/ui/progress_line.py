"""A thin line that fills as bytes move."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gcdesk.ui import style
from gcdesk.ui.parts import Part

translate = QCoreApplication.translate

_HEIGHT: Final = 4
_WIDTH: Final = 160


class ProgressLine(Part):
    """How much of a whole is done; nothing is filled where the whole is not known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(_HEIGHT)

    def show_share(self, done: int, whole: int | None) -> None:
        """Show `done` of `whole` bytes."""
        self._share = min(1.0, done / whole) if whole else 0.0
        words = translate("Content", "{percent} % done").format(percent=round(100 * self._share))
        self.setAccessibleName(words)
        self.update()

    def fit(self, width: int) -> QSize:
        """A line."""
        return QSize(min(width, _WIDTH), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and what is done."""
        look = style.tokens()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.line))
            painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
            painter.setBrush(QColor(look.accent))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share, self.height()), 2, 2)
