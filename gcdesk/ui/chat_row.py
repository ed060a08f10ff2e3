"""How a row of the chat list is drawn, from left to right or from right to left."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QDate, QLocale, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gcdesk.ui.chat_entry import ChatEntry, Section
from gcdesk.ui.chat_list_model import ENTRY_ROLE, Index
from gcdesk.ui.style import scaled, text_font, tokens
from gcdesk.ui.tokens import CORNER, GRID, TYPE_BODY, TYPE_SMALL

_ROW_HEIGHT: Final = 50
_HEADING_HEIGHT: Final = 32
_DOT: Final = 8
_MOST_COUNTED: Final = 99
# The CRM customer ID says more than the environment, which keeps room for a few letters.
_LEAST_ENVIRONMENT: Final = 8 * GRID
_LONGEST: Final = 200


class ChatRow(QStyledItemDelegate):
    """Paints chats and headings to the tokens.

    Args:
        parent: The Qt parent.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tells_environment = False
        """Whether rows say which environment a chat is in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Qt: headings are lower than chats."""
        heading = index.data(ENTRY_ROLE) is None
        return QSize(40 * GRID, scaled(_HEADING_HEIGHT if heading else _ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        line = _Line(painter, area, direction)
        entry: ChatEntry | None = index.data(ENTRY_ROLE)
        if entry is None:
            _paint_heading(line, str(index.data()))
        else:
            state: QStyle.StateFlag = option.state
            _paint_ground(painter, area, state)
            _paint_entry(line, entry, entry.environment if self.tells_environment else "")
        painter.restore()


def when(at: datetime, section: Section, today: QDate | None = None) -> str:
    """The time of day where the heading says the day, else the day; in this desk's time zone."""
    here = at.astimezone()
    day = QDate(here.year, here.month, here.day)
    if day == (today if today is not None else QDate.currentDate()) or section is Section.YESTERDAY:
        return f"{here:%H:%M}"
    return str(QLocale().toString(day, "d MMM"))


class _Line:
    """Puts texts and shapes side by side from the leading edge of a row, in either direction."""

    def __init__(self, painter: QPainter, area: QRect, direction: Qt.LayoutDirection) -> None:
        self.painter = painter
        self.area = area
        self._direction = direction

    def place(self, left: int, top: int, width: int, height: int) -> QRect:
        """A rectangle of the row, as if it were drawn from left to right."""
        wanted = QRect(self.area.left() + left, self.area.top() + top, width, height)
        return QStyle.visualRect(self._direction, self.area, wanted)

    def write(self, text: str, where: QRect, size: int, colour: str, *, bold: bool = False) -> int:
        """Write as much of a text as fits, and return how wide it became."""
        font = text_font(size, bold=bold)
        metrics = QFontMetrics(font)
        fitting = metrics.elidedText(text[:_LONGEST], Qt.TextElideMode.ElideRight, where.width())
        rightward = self._direction is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rightward else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        # What customers and agents write has a direction of its own, whatever the window's is.
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        self.painter.drawText(QRectF(where), fitting, option)
        return metrics.horizontalAdvance(fitting)


def _width(text: str, size: int, *, bold: bool = False) -> int:
    return QFontMetrics(text_font(size, bold=bold)).horizontalAdvance(text)


def _paint_heading(line: _Line, text: str) -> None:
    height = scaled(4 * GRID)
    where = line.place(2 * GRID, line.area.height() - height - GRID, line.area.width() - 4 * GRID, height)
    line.write(text.upper(), where, TYPE_SMALL, tokens().muted, bold=True)


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if not selected and not state & QStyle.StateFlag.State_MouseOver:
        return
    look = tokens()
    focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(QPen(QColor(look.focus), 2) if focused else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.selected if selected else look.hover))
    painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), CORNER, CORNER)


def _paint_entry(line: _Line, entry: ChatEntry, environment: str) -> None:
    look, area = tokens(), line.area
    half = (area.height() - 4 * GRID) // 2
    start, end = 7 * GRID, area.width() - 2 * GRID
    dot = line.place(2 * GRID, 2 * GRID + (half - _DOT) // 2, _DOT, _DOT)
    line.painter.setPen(Qt.PenStyle.NoPen)
    line.painter.setBrush(QColor(look.dot(entry.dot)))
    line.painter.drawEllipse(QRectF(dot))

    time = when(entry.at, entry.section)
    time_width = _width(time, TYPE_SMALL) + 1
    line.write(time, line.place(end - time_width, 2 * GRID, time_width, half), TYPE_SMALL, look.muted)
    room = end - time_width - 2 * GRID - start
    reserved = min(_width(environment, TYPE_SMALL) + 1, _LEAST_ENVIRONMENT) + 2 * GRID if environment else 0
    title = line.place(start, 2 * GRID, room - reserved, half)
    used = line.write(entry.title, title, TYPE_BODY, look.text, bold=True)
    if environment:
        beside = start + used + 2 * GRID
        where = line.place(beside, 2 * GRID, start + room - beside, half)
        line.write(environment, where, TYPE_SMALL, look.muted)

    below = end - start
    if entry.unread:
        below -= _paint_badge(line, entry.unread, end, half) + 2 * GRID
    colour = look.text if entry.unread else look.muted
    line.write(entry.line, line.place(start, 2 * GRID + half, below, half), TYPE_SMALL, colour)


def _paint_badge(line: _Line, unread: int, end: int, half: int) -> int:
    """Paint how many messages are unread, and return how wide that is."""
    look = tokens()
    count = str(unread) if unread <= _MOST_COUNTED else f"{_MOST_COUNTED}+"
    height = scaled(4 * GRID)
    text_width = _width(count, TYPE_SMALL, bold=True)
    width = max(height, text_width + 2 * GRID)
    top = 2 * GRID + half + (half - height) // 2
    line.painter.setPen(Qt.PenStyle.NoPen)
    line.painter.setBrush(QColor(look.accent))
    line.painter.drawRoundedRect(QRectF(line.place(end - width, top, width, height)), height / 2, height / 2)
    inside = line.place(end - width + (width - text_width) // 2, top, text_width + 1, height)
    line.write(count, inside, TYPE_SMALL, look.on_accent, bold=True)
    return width
