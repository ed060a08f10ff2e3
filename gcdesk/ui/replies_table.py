"""The reply times as a list: when, who answered what, how long it took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gcdesk.desk.timings import ReplyTime
from gcdesk.ui import style
from gcdesk.ui.fonts import mono_font, text_font
from gcdesk.ui.plain_text import plain_tooltip
from gcdesk.ui.steps import took
from gcdesk.ui.tokens import GRID, TYPE_LABEL

translate = QCoreApplication.translate

REPLY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The role that gives a row's ReplyTime."""

_SIDE: Final = 18
_ROW_HEIGHT: Final = 28
_LEAST_ROWS: Final = 2
_BAR_WIDTH: Final = 16 * GRID
_BAR_HEIGHT: Final = 6
_LEAST_BAR: Final = 3
_MARK_WIDTH: Final = 3


class RepliesModel(QAbstractListModel):
    """Reply times in the order that they are given in.

    Args:
        words: Gives who answered, and what was asked on one line; asked for rows that are seen.
        parent: The Qt parent.
    """

    def __init__(self, words: Callable[[ReplyTime], tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.words = words
        self.replies: list[ReplyTime] = []
        self.slowest = 0.0
        """The seconds of the slowest reply."""

    def show_replies(self, replies: list[ReplyTime]) -> None:
        """Show these; where only some came in at the end, those before stay as they are."""
        self.slowest = max((reply.seconds for reply in replies), default=0.0)
        same = len(self.replies)
        if same and replies[:same] == self.replies:
            if len(replies) > same:
                self.beginInsertRows(QModelIndex(), same, len(replies) - 1)
                self.replies = replies
                self.endInsertRows()
            return
        self.beginResetModel()
        self.replies = replies
        self.endResetModel()

    def read_out(self, reply: ReplyTime) -> str:
        """A row in words, for screen readers."""
        who, question = self.words(reply)
        words = translate("Timing", "Asked at {time}: {question}. {name} answered after {seconds}")
        return words.format(
            time=f"{reply.asked.astimezone():%H:%M:%S}",
            question=question,
            name=who,
            seconds=took(reply.seconds),
        )

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many reply times there are."""
        return 0 if parent is not None and parent.isValid() else len(self.replies)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The reply time itself, or words for the eye and the ear."""
        if not 0 <= index.row() < len(self.replies):
            return None
        reply = self.replies[index.row()]
        if role == REPLY_ROLE:
            return reply
        if role == Qt.ItemDataRole.DisplayRole:
            return took(reply.seconds)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.read_out(reply)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self.read_out(reply))
        return None


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, replies: RepliesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._replies = replies
        self._mono, self._text = mono_font(), text_font(TYPE_LABEL)
        metrics = QFontMetrics(self._mono)
        self._time_width = metrics.horizontalAdvance("00:00:00") + 2 * GRID
        self._seconds_width = metrics.horizontalAdvance("99999 s")

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        reply = index.data(REPLY_ROLE)
        if reply is None:
            return
        painter.save()
        # Times are written from left to right, wherever they stand; questions as their own letters run.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._paint_ground(painter, option)
        self._paint_reply(painter, option, reply)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        look, area = style.tokens(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(look.selected))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(look.hover))
        if option.state & QStyle.StateFlag.State_HasFocus:
            mark = QRect(area.left(), area.top(), _MARK_WIDTH, area.height())
            painter.fillRect(QStyle.visualRect(option.direction, area, mark), QColor(look.focus))

    def _paint_reply(self, painter: QPainter, option: QStyleOptionViewItem, reply: ReplyTime) -> None:
        look, area, direction = style.tokens(), option.rect, option.direction
        slowest = reply.seconds >= self._replies.slowest
        share = reply.seconds / self._replies.slowest if self._replies.slowest else 1.0
        _, question = self._replies.words(reply)
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight

        def place(x: int, width: int, height: int) -> QRect:
            where = QRect(x, area.top() + (area.height() - height) // 2, width, height)
            return QStyle.visualRect(direction, area, where)

        def write(x: int, width: int, words: str, ink: str, side: Qt.AlignmentFlag) -> None:
            painter.setPen(QColor(ink))
            align = QStyle.visualAlignment(direction, side) | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place(x, width, area.height()), align | Qt.TextFlag.TextSingleLine, words)

        x, right = area.left() + _SIDE, area.left() + area.width() - _SIDE
        painter.setFont(self._mono)
        write(x, self._time_width, f"{reply.asked.astimezone():%H:%M:%S}", look.muted, start)
        right -= self._seconds_width
        ink = look.warn if slowest else look.text
        write(right, self._seconds_width, took(reply.seconds), ink, end)
        right -= _BAR_WIDTH + GRID
        bar = place(right, max(_LEAST_BAR, round(_BAR_WIDTH * share)), _BAR_HEIGHT)
        painter.fillRect(bar, QColor(look.warn if slowest else look.accent_text))
        x += self._time_width
        room = max(0, right - 2 * GRID - x)
        painter.setFont(self._text)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        words = QFontMetrics(self._text).elidedText(question, Qt.TextElideMode.ElideRight, room)
        write(x, room, words, look.text, start)


class RepliesTable(QTableView):
    """The list itself; a table of one column, as the list of frames is."""

    chosen = Signal(str)
    """The key of the answer that the keyboard stands on."""

    open_requested = Signal(str)
    """The person wants to see the answer with that key."""

    def __init__(self, words: Callable[[ReplyTime], tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.replies = RepliesModel(words, self)
        self.setModel(self.replies)
        self.setItemDelegate(_RowDelegate(self.replies, self))
        self.setAccessibleName(translate("Timing", "Reply times"))
        self.setAccessibleDescription(translate("Timing", "Enter shows the answer in the conversation"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(
            max(_ROW_HEIGHT, QFontMetrics(mono_font()).height() + 2 * GRID)
        )
        self.setMinimumHeight(_LEAST_ROWS * self.verticalHeader().defaultSectionSize())
        self.doubleClicked.connect(self._open)
        style.theme().changed.connect(self.viewport().update)

    def choose(self, answer: str) -> None:
        """Stand on the answer with that key."""
        for number, reply in enumerate(self.replies.replies):
            if reply.answer == answer:
                self.setCurrentIndex(self.replies.index(number, 0))
                return

    def current_answer(self) -> str:
        """The key of the answer that the keyboard stands on, empty for none."""
        reply = self.currentIndex().data(REPLY_ROLE)
        return reply.answer if isinstance(reply, ReplyTime) else ""

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which answer the keyboard stands on."""
        super().currentChanged(current, previous)
        self.chosen.emit(self.current_answer())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the answer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        answer = self.current_answer()
        if answer:
            self.open_requested.emit(answer)
