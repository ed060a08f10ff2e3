"""The rows of the frames list: time, direction, kind and size on one line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gcdesk.ui import style
from gcdesk.ui.amounts import size_words
from gcdesk.ui.fonts import mono_font
from gcdesk.ui.frame_log import KeptFrame
from gcdesk.ui.frames_model import FRAME_ROLE, FramesModel, frame_time
from gcdesk.ui.tokens import GRID

_SIDE: Final = 18
_ROW_HEIGHT: Final = 23
_ARROW_WIDTH: Final = 5 * GRID
_MARK_WIDTH: Final = 3


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._font: QFont = mono_font()
        self._metrics = QFontMetrics(self._font)
        self._time_width = self._metrics.horizontalAdvance("00:00.000") + 2 * GRID
        self._size_width = self._metrics.horizontalAdvance("999 MB")

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        frame = index.data(FRAME_ROLE)
        if frame is None:
            return
        painter.save()
        painter.setFont(self._font)
        # Sizes and kinds are written from left to right, wherever they stand.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._paint_ground(painter, option)
        self._paint_words(painter, option, frame)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        look, area, state = style.tokens(), option.rect, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(look.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(look.hover))
        if state & QStyle.StateFlag.State_HasFocus:
            mark = QRect(area.left(), area.top(), _MARK_WIDTH, area.height())
            painter.fillRect(QStyle.visualRect(option.direction, area, mark), QColor(look.focus))

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, frame: KeptFrame) -> None:
        look, area = style.tokens(), option.rect
        start = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        end = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine

        def write(x: int, width: int, words: str, ink: str, align: Qt.AlignmentFlag) -> None:
            painter.setPen(QColor(ink))
            where = QRect(x, area.top(), width, area.height())
            painter.drawText(QStyle.visualRect(option.direction, area, where), align | middle, words)

        x = area.left() + _SIDE
        write(x, self._time_width, frame_time(frame), look.muted, start)
        x += self._time_width
        write(
            x, _ARROW_WIDTH, "↑" if frame.sent else "↓", look.accent_text if frame.sent else look.good, start
        )
        x += _ARROW_WIDTH
        right = area.left() + area.width() - _SIDE
        room = max(0, right - self._size_width - GRID - x)
        kind = self._metrics.elidedText(frame.kind, Qt.TextElideMode.ElideRight, room)
        write(x, room, kind, look.text, start)
        write(right - self._size_width, self._size_width, size_words(frame.size), look.muted, end)


class FramesTable(QTableView):
    """The list itself. A table of one column, because a QListView lays all rows out again with each new one.

    It follows the newest frame until a person scrolls up, or asks it to stop.
    """

    current_changed = Signal(object)
    """The KeptFrame that the keyboard stands on now, None for none."""

    copy_requested = Signal()
    find_requested = Signal()

    open_requested = Signal(object)
    """A KeptFrame was double-clicked, or Enter pressed on it."""

    following_changed = Signal(bool)

    def __init__(self, model: FramesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._frames = model
        self._following = True
        self._scroll_soon = QTimer(self, singleShot=True)
        self._scroll_soon.timeout.connect(self.scrollToBottom)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = max(_ROW_HEIGHT, QFontMetrics(mono_font()).height() + 2 * GRID)
        self.verticalHeader().setDefaultSectionSize(height)
        model.rowsInserted.connect(self._follow)
        model.modelReset.connect(self._follow)
        model.rowsAboutToBeRemoved.connect(self._hold_place)
        self.verticalScrollBar().actionTriggered.connect(self._scrolled_by_hand)
        self.doubleClicked.connect(lambda index: self.open_requested.emit(index.data(FRAME_ROLE)))
        style.theme().changed.connect(self.viewport().update)

    @property
    def following(self) -> bool:
        """Whether the newest frame scrolls into view by itself."""
        return self._following

    def follow(self, following: bool) -> None:
        """Go to the newest frame and stay with it, or stay where it is."""
        if following:
            self.scrollToBottom()
        self._set_following(following)

    def go_to(self, number: int) -> bool:
        """Select the frame with that number and show it; False where it is not among the rows."""
        row = self._frames.row_of(number)
        if row < 0:
            return False
        index = self._frames.index(row, 0)
        if not self.visualRect(index).intersects(self.viewport().rect()):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self._note_place()
        self.setCurrentIndex(index)
        return True

    def current_frame(self) -> KeptFrame | None:
        """The frame that the keyboard stands on."""
        frame = self.currentIndex().data(FRAME_ROLE)
        return frame if isinstance(frame, KeptFrame) else None

    def selected_frames(self) -> list[KeptFrame]:
        """The selected frames in their order."""
        selection = self.selectionModel().selection()
        # By their ranges: an index for each of many rows would take its time.
        parts = [selection.at(place) for place in range(selection.count())]
        ranges = sorted((part.top(), part.bottom()) for part in parts)
        return [frame for first, last in ranges for frame in self._frames.rows(first, last)]

    # Qt

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which frame the keyboard stands on."""
        super().currentChanged(current, previous)
        self.current_changed.emit(current.data(FRAME_ROLE) if current.isValid() else None)

    def event(self, event: QEvent) -> bool:
        """Keep the key for finding: here it leads to the filter, not to the conversation."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Find)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copying copies frames, not their rows; Home and End go to the first and the last."""
        before = self.verticalScrollBar().value()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.find_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit(self.current_frame())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._frames.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self._frames.rowCount() - 1
            self.setCurrentIndex(self._frames.index(row, 0))
        else:
            super().keyPressEvent(event)
        if self.verticalScrollBar().value() != before:
            self._note_place()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A selection that is drawn over the edge scrolls the list."""
        before = self.verticalScrollBar().value()
        super().mouseMoveEvent(event)
        if self.verticalScrollBar().value() != before:
            self._note_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A list that got smaller still shows the newest frame."""
        super().resizeEvent(event)
        self._follow()

    # The end

    def _scrolled_by_hand(self) -> None:
        bar = self.verticalScrollBar()
        # The bar takes its new value only after it has told.
        self._set_following(bar.sliderPosition() >= bar.maximum())

    def _note_place(self) -> None:
        bar = self.verticalScrollBar()
        self._set_following(bar.value() >= bar.maximum())

    def _set_following(self, following: bool) -> None:
        if not following:
            self._scroll_soon.stop()
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    def _follow(self) -> None:
        if self._following:
            self._scroll_soon.start()

    def _hold_place(self, _parent: QModelIndex, first: int, last: int) -> None:
        # The oldest rows go; what the person looks at must not move down with them.
        bar = self.verticalScrollBar()
        if first == 0 and not self._following:
            bar.setValue(max(0, bar.value() - (last - first + 1)))
