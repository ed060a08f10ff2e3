"""The rows of the frames list: time, direction, kind and size on one line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gcdesk.guest.events import FrameSent
from gcdesk.ui import style
from gcdesk.ui.amounts import size_words
from gcdesk.ui.fonts import mono_font
from gcdesk.ui.frames_model import EVENT_ROLE, FrameEvent, FramesModel, frame_kind, frame_time
from gcdesk.ui.tokens import GRID

_SIDE: Final = 18
_ROW_HEIGHT: Final = 23
_ARROW_WIDTH: Final = 5 * GRID


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._font: QFont = mono_font()
        self._metrics = QFontMetrics(self._font)
        self._time_width = self._metrics.horizontalAdvance("00:00.000") + 2 * GRID
        self._size_width = self._metrics.horizontalAdvance("000.0 MB")

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        event = index.data(EVENT_ROLE)
        if event is None:
            return
        look = style.tokens()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setFont(self._font)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(look.selected))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(look.focus))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(look.hover))
        sent = isinstance(event, FrameSent)
        x = area.left() + _SIDE
        for words, ink, width in (
            (frame_time(event), look.muted, self._time_width),
            ("↑" if sent else "↓", look.accent_text if sent else look.good, _ARROW_WIDTH),
        ):
            painter.setPen(QColor(ink))
            painter.drawText(QRect(x, area.top(), width, area.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += width
        right = area.right() - _SIDE
        room = QRect(x, area.top(), max(0, right - self._size_width - GRID - x), area.height())
        kind = self._metrics.elidedText(frame_kind(event), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(look.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, kind)
        painter.setPen(QColor(look.muted))
        painter.drawText(
            QRect(right - self._size_width, area.top(), self._size_width, area.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            size_words(event.size),
        )
        painter.restore()


class FramesTable(QTableView):
    """The list itself. A table of one column, because a QListView lays all rows out again with each new one."""

    selected = Signal(object)
    """The `FrameSent` or `FrameReceived` event selected now, None for none."""

    copy_requested = Signal()

    def __init__(self, model: FramesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._frames = model
        self._at_end = True
        self._scroll_soon = QTimer(self)
        self._scroll_soon.setSingleShot(True)
        self._scroll_soon.timeout.connect(self.scrollToBottom)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
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
        height = max(_ROW_HEIGHT, QFontMetrics(mono_font()).height() + 2 * GRID)
        self.verticalHeader().setDefaultSectionSize(height)
        model.rowsAboutToBeInserted.connect(self._remember_end)
        model.rowsInserted.connect(self._follow)
        model.rowsAboutToBeRemoved.connect(self._hold_place)
        style.theme().changed.connect(self.viewport().update)

    def select_frame(self, event: FrameEvent | None) -> None:
        """Select a frame's row, or none where it is not shown."""
        row = self._frames.row_of(event) if event is not None else -1
        if row >= 0:
            self.setCurrentIndex(self._frames.index(row, 0))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which frame is selected."""
        super().currentChanged(current, previous)
        self.selected.emit(current.data(EVENT_ROLE) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copying copies the frame, not its row; Home and End go to the first and the last."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._frames.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self._frames.rowCount() - 1
            self.setCurrentIndex(self._frames.index(row, 0))
        else:
            super().keyPressEvent(event)

    def _remember_end(self) -> None:
        bar = self.verticalScrollBar()
        self._at_end = self._scroll_soon.isActive() or bar.value() >= bar.maximum()

    def _follow(self) -> None:
        if self._at_end:
            self._scroll_soon.start()

    def _hold_place(self, _parent: QModelIndex, first: int, last: int) -> None:
        # The oldest rows go; what the person looks at must not move down with them.
        bar = self.verticalScrollBar()
        if first == 0 and bar.value() < bar.maximum():
            bar.setValue(max(0, bar.value() - (last - first + 1)))
