"""The few signs of the window, drawn as lines, so that they are sharp at every scale and in every colour.

Beside them, what widgets that paint themselves share: where a thing stands when one reads from the right.
"""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

Glyph = Literal[
    "check", "cross", "bang", "ring", "arc", "chevron", "eye", "eye-off", "dot", "hollow", "pause", "play"
]

# Shapes live on a square of 16 units and are scaled to whatever they are painted into.
_UNITS: Final = 16.0
_LINES: Final[dict[str, tuple[tuple[tuple[float, float], ...], ...]]] = {
    "check": (((3.5, 8.5), (6.8, 11.7), (12.5, 4.8)),),
    "cross": (((4.2, 4.2), (11.8, 11.8)), ((11.8, 4.2), (4.2, 11.8))),
    "bang": (((8.0, 3.2), (8.0, 9.2)), ((8.0, 12.6), (8.0, 12.7))),
    "chevron": (((4.5, 6.3), (8.0, 9.8), (11.5, 6.3)),),
    "pause": (((5.8, 4.0), (5.8, 12.0)), ((10.2, 4.0), (10.2, 12.0))),
    "play": (((5.5, 3.8), (12.0, 8.0), (5.5, 12.2), (5.5, 3.8)),),
}
_DOT_RADIUS: Final = 4.0
_ICON_SCALES: Final = (1.0, 2.0, 3.0)


def paint_glyph(painter: QPainter, glyph: Glyph, where: QRectF, colour: str, angle: float = 0.0) -> None:
    """Paint a sign into the middle of a rectangle; `angle` in degrees turns the arc of a running step."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(where.width(), where.height())
    painter.translate(where.center() - QPointF(side / 2, side / 2))
    painter.scale(side / _UNITS, side / _UNITS)
    pen = QPen(QColor(colour), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if glyph == "dot":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(8, 8), _DOT_RADIUS, _DOT_RADIUS)
    elif glyph == "hollow":
        painter.drawEllipse(QPointF(8, 8), _DOT_RADIUS - 0.6, _DOT_RADIUS - 0.6)
    elif glyph == "ring":
        pen.setWidthF(1.4)
        painter.setPen(pen)
        painter.drawEllipse(QPointF(8, 8), 4.5, 4.5)
    elif glyph == "arc":
        painter.drawArc(QRectF(3, 3, 10, 10), round(-angle * 16), 270 * 16)
    elif glyph in ("eye", "eye-off"):
        pen.setWidthF(1.4)
        painter.setPen(pen)
        _paint_eye(painter, struck=glyph == "eye-off")
    else:
        for line in _LINES[glyph]:
            painter.drawPolyline([QPointF(x, y) for x, y in line])
    painter.restore()


def _paint_eye(painter: QPainter, *, struck: bool) -> None:
    lids = QPainterPath(QPointF(1.5, 8))
    lids.quadTo(QPointF(8, 0.5), QPointF(14.5, 8))
    lids.quadTo(QPointF(8, 15.5), QPointF(1.5, 8))
    painter.drawPath(lids)
    painter.drawEllipse(QPointF(8, 8), 2.2, 2.2)
    if struck:
        painter.drawLine(QPointF(3, 13.5), QPointF(13, 2.5))


def glyph_icon(glyph: Glyph, colour: str, size: int = 16) -> QIcon:
    """A sign as an icon of `size` pixels at 100 %, with sharp versions for 200 and 300 %."""
    icon = QIcon()
    for scale in _ICON_SCALES:
        pixmap = QPixmap(QSize(size, size) * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_glyph(painter, glyph, QRectF(pixmap.rect()), colour)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        icon.addPixmap(pixmap)
        # Or the style would tint it in a selected row.
        icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def placed(widget: QWidget, where: QRectF) -> QRectF:
    """Where something stands in a widget that was laid out from the left, mirrored if one reads from the right."""
    if not widget.isRightToLeft():
        return where
    return QRectF(widget.width() - where.right(), where.top(), where.width(), where.height())


def side_of(widget: QWidget, *, end: bool = False) -> Qt.AlignmentFlag:
    """The side where lines begin in a widget, or end, whatever language the text on it is in."""
    side = Qt.AlignmentFlag.AlignRight if end is not widget.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    # Absolute, for Qt turns the side round once more where the text itself reads from the right.
    return side | Qt.AlignmentFlag.AlignAbsolute


def paint_line(
    painter: QPainter, widget: QWidget, text: str, font: QFont, colour: str, left: float, right: float
) -> float:
    """Paint one line into the vertical middle of a widget, cut to fit, and return how wide it is.

    left, right: pixels as laid out from the left.
    """
    measure = QFontMetricsF(font)
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, right - left))
    middle = Qt.AlignmentFlag.AlignVCenter | side_of(widget)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(placed(widget, QRectF(left, 0, max(0.0, right - left), widget.height())), middle, shown)
    return measure.horizontalAdvance(shown)
