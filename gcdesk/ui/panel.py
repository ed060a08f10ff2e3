"""The ground that cards, pickers and other content stand on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gcdesk.ui import style
from gcdesk.ui.fonts import text_font
from gcdesk.ui.parts import Stack
from gcdesk.ui.plain_text import PlainText
from gcdesk.ui.tokens import CORNER, GRID, TYPE_LABEL, TYPE_SMALL

PANEL_MARGIN: Final = 3 * GRID


def heading(text: str, parent: QWidget) -> PlainText:
    """A title inside content."""
    return PlainText(text, parent, font=text_font(bold=True))


def quiet(text: str, parent: QWidget) -> PlainText:
    """A description inside content."""
    return PlainText(text, parent, font=text_font(TYPE_LABEL), ink="muted")


def small(text: str, parent: QWidget, ink: str = "muted") -> PlainText:
    """A side remark inside content."""
    return PlainText(text, parent, font=text_font(TYPE_SMALL), ink=ink)


def paint_panel(painter: QPainter, area: QRectF) -> None:
    """Draw a bubble-coloured ground with round corners and a thin edge."""
    look = style.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.line), 1))
    painter.setBrush(QColor(look.bubble))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
    painter.setBrush(Qt.BrushStyle.NoBrush)


class Panel(Stack):
    """Parts below each other on a ground of their own."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, margin=PANEL_MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        with QPainter(self) as painter:
            paint_panel(painter, QRectF(self.rect()))
