"""Boxes and round marks to tick, drawn from the tokens so that they are seen in both themes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from gcdesk.ui import style
from gcdesk.ui.glyphs import placed, side_of
from gcdesk.ui.tokens import GRID

_MARK: Final = 16
_HEIGHT: Final = 24
MARK_ROOM: Final = _MARK + 2 * GRID
"""Pixels before the title."""


def _prepare(button: QAbstractButton, title: str) -> None:
    # The text itself stays empty: an "&" in it would make a keyboard shortcut.
    button.setAccessibleName(title)


def _size(button: QAbstractButton, title: str) -> QSize:
    metrics = QFontMetrics(button.font())
    return QSize(MARK_ROOM + metrics.horizontalAdvance(title) + GRID, max(_HEIGHT, metrics.height() + GRID))


def _paint(button: QAbstractButton, title: str, *, round_mark: bool) -> None:
    look = style.tokens()
    enabled = button.isEnabled()
    with QPainter(button) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = placed(button, QRectF(1.5, (button.height() - _MARK) / 2 + 0.5, _MARK - 2, _MARK - 2))
        corner = mark.width() / 2 if round_mark else GRID
        if button.hasFocus():
            painter.setPen(QPen(QColor(look.ring), 4))
            painter.drawRoundedRect(mark, corner, corner)
        filled = look.accent if enabled else look.disabled
        edge = look.focus if button.hasFocus() else look.field_border
        ticked = button.isChecked()
        painter.setPen(QPen(QColor(filled if ticked else edge if enabled else look.border), 1.5))
        painter.setBrush(QColor(filled if ticked else look.field))
        painter.drawRoundedRect(mark, corner, corner)
        if ticked:
            _paint_tick(painter, mark, QColor(look.on_accent), round_mark=round_mark)
        painter.setPen(QColor(look.text if enabled else look.muted))
        room = QRectF(button.rect()).adjusted(MARK_ROOM, 0, 0, 0)
        shown = QFontMetrics(button.font()).elidedText(
            title, Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(placed(button, room), Qt.AlignmentFlag.AlignVCenter | side_of(button), shown)


def _paint_tick(painter: QPainter, mark: QRectF, ink: QColor, *, round_mark: bool) -> None:
    if round_mark:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(mark.center(), 3, 3)
        return
    painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    middle = mark.center()
    painter.drawPolyline([middle + QPointF(-3.5, 0), middle + QPointF(-1, 2.5), middle + QPointF(3.5, -2.5)])


class TickBox(QCheckBox):
    """One of several that may be ticked."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        _prepare(self, title)

    def sizeHint(self) -> QSize:
        """The mark and the title."""
        return _size(self, self.title)

    def hitButton(self, _position: object) -> bool:
        """All of it can be pressed, not the mark alone."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and title."""
        _paint(self, self.title, round_mark=False)


class TickRound(QRadioButton):
    """One of several of which only one can be ticked."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        _prepare(self, title)

    def sizeHint(self) -> QSize:
        """The mark and the title."""
        return _size(self, self.title)

    def hitButton(self, _position: object) -> bool:
        """All of it can be pressed, not the mark alone."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and title."""
        _paint(self, self.title, round_mark=True)
