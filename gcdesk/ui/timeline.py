"""The chat drawn as a timeline: who said something when, and how long each answer took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from gcdesk.desk.timings import ReplyTime
from gcdesk.ui import style
from gcdesk.ui.fonts import mono_font, text_font
from gcdesk.ui.plain_text import plain_tooltip
from gcdesk.ui.slices import Slices
from gcdesk.ui.steps import took
from gcdesk.ui.time_scale import TimeScale
from gcdesk.ui.tokens import GRID, TYPE_SMALL

translate = QCoreApplication.translate

_LANE: Final = 6 * GRID
_LOW_LANE: Final = 3 * GRID
_BAR: Final = 2 * GRID
_DOT: Final = 3.0
_NAME_WIDTH: Final = 16 * GRID
_LEAST_BAR: Final = 3
_REACH: Final = 6
_STEP: Final = 250


@dataclass(frozen=True, slots=True)
class Said:
    """A message on the timeline: `at` in seconds since 1970, `lane` the number of who said it, 0 for the customer."""

    at: float
    lane: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on the timeline, in the lane of who gave it."""

    reply: ReplyTime
    lane: int
    slowest: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """All that the timeline draws: the lanes' names, what was said, the answers and the breaks of the connection."""

    lanes: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    answers: tuple[Answer, ...] = ()
    breaks: tuple[datetime, ...] = ()


class Timeline(QWidget):
    """One lane for each who speaks, time along the line, long pauses drawn short.

    What it shows stands in the list of reply times as well, which is the keyboard's and the screen reader's way.
    """

    picked = Signal(str)
    """The key of the answer that was clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._course = Course()
        self._chosen = ""
        self._scale = TimeScale((), 0)
        # Places on the line, each once however many messages stand there.
        self._dots: list[set[int]] = []
        self._bars: list[tuple[int, int, Answer]] = []
        self._measuring = Slices(self)
        self._small = text_font(TYPE_SMALL)
        self._mono = mono_font(TYPE_SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(translate("Timing", "Timeline"))
        style.theme().changed.connect(self.update)

    def show_course(self, course: Course) -> None:
        """Draw another course."""
        grown = len(course.lanes) != len(self._course.lanes)
        self._course = course
        if grown:
            self.updateGeometry()
        self._measure()

    def choose(self, answer: str) -> None:
        """Mark the answer with that key; an empty one takes the mark away."""
        if answer != self._chosen:
            self._chosen = answer
            self.update()

    def sizeHint(self) -> QSize:
        """Qt: a lane for each who speaks, and a line for the times."""
        return QSize(60 * GRID, self._height_for(_LANE) + 2 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Qt: where there is little room its lanes are low."""
        return QSize(40 * GRID, self._height_for(_LOW_LANE))

    def _height_for(self, lane: int) -> int:
        return max(1, len(self._course.lanes)) * lane + QFontMetrics(self._mono).height()

    @property
    def _lane(self) -> int:
        """The height of a lane, less where there is little room."""
        room = self.height() - QFontMetrics(self._mono).height()
        return max(_LOW_LANE, min(_LANE, room // max(1, len(self._course.lanes))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the same time on another line."""
        super().resizeEvent(event)
        self._measure()

    def event(self, event: QEvent) -> bool:
        """Qt: tell of the answer below the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._answer_at(QPointF(event.pos()))
            if found is None:
                QToolTip.hideText()
                event.ignore()
            else:
                QToolTip.showText(event.globalPos(), plain_tooltip(self._words(found)), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: choose the answer below the pointer."""
        found = self._answer_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.picked.emit(found.reply.answer)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_lanes(painter)
            self._paint_pauses(painter)
            self._paint_breaks(painter)
            for start, end, answer in self._bars:
                self._paint_bar(painter, start, end, answer)
            self._paint_dots(painter)
            self._paint_times(painter)

    # Measuring

    def _measure(self) -> None:
        self._measuring.start(self._measured(self._course, self.width() - _NAME_WIDTH - 2 * GRID))

    def _measured(self, course: Course, width: int) -> Iterator[None]:
        """Put everything in its place, then draw it; a long chat is measured in more than one turn."""
        moments = [said.at for said in course.said]
        moments += [answer.reply.asked.timestamp() for answer in course.answers]
        moments += [at.timestamp() for at in course.breaks]
        yield
        scale = TimeScale(moments, max(0, width))
        yield
        dots: list[set[int]] = [set() for _ in course.lanes]
        for number, said in enumerate(course.said):
            dots[said.lane].add(round(scale.place(said.at)))
            if number % _STEP == 0:
                yield
        bars: dict[tuple[int, int, int], Answer] = {}
        for number, answer in enumerate(course.answers):
            asked = answer.reply.asked.timestamp()
            place = (
                round(scale.place(asked)),
                round(scale.place(asked + answer.reply.seconds)),
                answer.lane,
            )
            # Of those at the same place the slowest is seen.
            if answer.slowest or place not in bars:
                bars[place] = answer
            if number % _STEP == 0:
                yield
        self._scale, self._dots = scale, dots
        self._bars = [(start, max(end, start + _LEAST_BAR), one) for (start, end, _), one in bars.items()]
        # Drawn last, it is not hidden by others.
        self._bars.sort(key=lambda bar: bar[2].slowest)
        self.update()

    def _answer_at(self, where: QPointF) -> Answer | None:
        point = QStyle.visualPos(self.layoutDirection(), self.rect(), where.toPoint())
        x = point.x() - _NAME_WIDTH
        lane = point.y() // self._lane
        near = [
            (max(start - x, x - end, 0), answer)
            for start, end, answer in self._bars
            if answer.lane == lane and start - _REACH <= x <= end + _REACH
        ]
        return min(near, key=lambda one: one[0])[1] if near else None

    def _words(self, answer: Answer) -> str:
        return translate("Timing", "{name} answered after {time}").format(
            name=self._course.lanes[answer.lane], time=took(answer.reply.seconds)
        )

    # Painting

    def _at(self, x: float, y: float, width: float, height: float) -> QRect:
        """A rectangle on the line, mirrored where the window runs from right to left."""
        where = QRect(round(_NAME_WIDTH + x), round(y), round(width), round(height))
        return QStyle.visualRect(self.layoutDirection(), self.rect(), where)

    def _paint_lanes(self, painter: QPainter) -> None:
        look = style.tokens()
        painter.setFont(self._small)
        metrics = QFontMetrics(self._small)
        align = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        for number, name in enumerate(self._course.lanes):
            middle = number * self._lane + self._lane / 2
            painter.fillRect(self._at(0, middle, self.width() - _NAME_WIDTH, 1), QColor(look.line))
            painter.setPen(QColor(look.muted))
            where = self._at(-_NAME_WIDTH, number * self._lane, _NAME_WIDTH - 2 * GRID, self._lane)
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, align | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_pauses(self, painter: QPainter) -> None:
        look = style.tokens()
        pen = QPen(QColor(look.field_border), 1, Qt.PenStyle.DotLine)
        height = len(self._course.lanes) * self._lane
        for start, end, _ in self._scale.pauses:
            where = self._at((start + end) / 2, 0, 1, height)
            painter.setPen(pen)
            painter.drawLine(where.topLeft(), where.bottomLeft())

    def _paint_breaks(self, painter: QPainter) -> None:
        height = len(self._course.lanes) * self._lane
        for at in self._course.breaks:
            where = self._at(self._scale.place(at.timestamp()), 0, 2, height)
            painter.fillRect(where, QColor(style.tokens().bad))

    def _paint_bar(self, painter: QPainter, start: int, end: int, answer: Answer) -> None:
        look = style.tokens()
        where = QRectF(self._at(start, answer.lane * self._lane + (self._lane - _BAR) / 2, end - start, _BAR))
        chosen = answer.reply.answer == self._chosen
        ink = look.warn if answer.slowest else look.accent_text
        painter.setBrush(QColor(ink if chosen else look.warn_ground if answer.slowest else look.ring))
        painter.setPen(QPen(QColor(ink), 2 if chosen else 1))
        painter.drawRoundedRect(where, 2, 2)

    def _paint_dots(self, painter: QPainter) -> None:
        look = style.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        for number, places in enumerate(self._dots):
            painter.setBrush(QColor(look.accent_text if number == 0 else look.text_soft))
            for x in places:
                middle = QRectF(self._at(x, number * self._lane, 1, self._lane)).center()
                painter.drawEllipse(middle, _DOT, _DOT)

    def _paint_times(self, painter: QPainter) -> None:
        if not self._course.said:
            return
        look = style.tokens()
        painter.setFont(self._mono)
        painter.setPen(QColor(look.muted))
        first = datetime.fromtimestamp(min(said.at for said in self._course.said), UTC)
        last = datetime.fromtimestamp(max(said.at for said in self._course.said), UTC)
        top = len(self._course.lanes) * self._lane
        where = self._at(0, top, self.width() - _NAME_WIDTH, self.height() - top)
        for at, side in ((first, Qt.AlignmentFlag.AlignLeft), (last, Qt.AlignmentFlag.AlignRight)):
            align = QStyle.visualAlignment(self.layoutDirection(), side)
            if side is Qt.AlignmentFlag.AlignLeft or last != first:
                painter.drawText(where, align | Qt.AlignmentFlag.AlignVCenter, f"{at.astimezone():%H:%M:%S}")
