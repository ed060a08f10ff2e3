"""The frames that pass the filter, as a model for a list: it takes many new frames as one change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from gcdesk.ui.amounts import size_words
from gcdesk.ui.frame_filter import FrameFilter
from gcdesk.ui.frame_log import FrameLog, KeptFrame
from gcdesk.ui.slices import Slices

translate = QCoreApplication.translate

FRAME_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The role that gives a row's KeptFrame."""

_STEP: Final = 250
_TAKEN_AT_ONCE: Final = 2_000


def frame_time(frame: KeptFrame) -> str:
    """Minutes, seconds and milliseconds of the local time, as in 41:07.031."""
    local = frame.at.astimezone()
    return f"{local:%M:%S}.{local.microsecond // 1000:03}"


def read_out(frame: KeptFrame) -> str:
    """A row in words, for screen readers."""
    if frame.sent:
        words = translate("Frames", "Sent at {time}: {kind}, {size}")
    else:
        words = translate("Frames", "Received at {time}: {kind}, {size}")
    return words.format(time=frame_time(frame), kind=frame.kind, size=size_words(frame.size))


class FramesModel(QAbstractListModel):
    """The frames of a log in their order, those that pass the filter.

    It follows the log only when told to `catch_up`, so a list that nobody sees costs nothing.
    """

    searched = Signal()
    """A search through the frames began or ended."""

    def __init__(self, log: FrameLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = log
        self.filter = FrameFilter()
        self._shown: list[KeptFrame] = []
        self._seen = 0
        self._slices = Slices(self)

    @property
    def searching(self) -> bool:
        """Whether the rows are still those of the filter before."""
        return self._slices.busy

    def set_log(self, log: FrameLog) -> None:
        """Show the frames of another chat."""
        self.log = log
        self._slices.stop()
        self._replace([])
        self._seen = 0
        self.catch_up()

    def set_filter(self, wanted: FrameFilter) -> None:
        """Show other frames; among many the rows change a moment later, and `searched` tells."""
        if wanted != self.filter:
            self.filter = wanted
            self._search()

    def catch_up(self) -> None:
        """Take what the log has got and lost since the last time."""
        if self.searching:
            # The search under way comes to the new frames in the end.
            return
        self._lose()
        if self.filter.active and self.log.end - max(self._seen, self.log.first) > _TAKEN_AT_ONCE:
            self._search()
            return
        fresh = self.log.since(self._seen)
        self._seen = self.log.end
        if self.filter.active:
            fresh = [frame for frame in fresh if self.filter.passes(frame)]
        if fresh:
            row = len(self._shown)
            self.beginInsertRows(QModelIndex(), row, row + len(fresh) - 1)
            self._shown += fresh
            self.endInsertRows()

    def row_of(self, number: int) -> int:
        """Where the frame with that number stands; -1 if it is not shown."""
        row = bisect_left(self._shown, number, key=_number)
        return row if row < len(self._shown) and self._shown[row].number == number else -1

    def rows(self, first: int, last: int) -> list[KeptFrame]:
        """The frames of some rows, both ends included."""
        return self._shown[first : last + 1]

    def _search(self) -> None:
        self._slices.start(self._searching())
        if self.searching:
            self.searched.emit()

    def _searching(self) -> Iterator[None]:
        found: list[KeptFrame] = []
        passes = self.filter.passes
        number = self.log.first
        while piece := self.log.since(number, _STEP):
            found += [frame for frame in piece if passes(frame)]
            number = piece[-1].number + 1
            yield
        self._slices.stop()
        self._seen = self.log.end
        self._replace(found[bisect_left(found, self.log.first, key=_number) :])
        self.searched.emit()

    def _replace(self, frames: list[KeptFrame]) -> None:
        self.beginResetModel()
        self._shown = frames
        self.endResetModel()

    def _lose(self) -> None:
        gone = bisect_left(self._shown, self.log.first, key=_number)
        if gone:
            self.beginRemoveRows(QModelIndex(), 0, gone - 1)
            del self._shown[:gone]
            self.endRemoveRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many frames pass the filter."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The frame itself, or words for the eye and the ear."""
        if not 0 <= index.row() < len(self._shown):
            return None
        frame = self._shown[index.row()]
        if role == FRAME_ROLE:
            return frame
        if role == Qt.ItemDataRole.DisplayRole:
            return frame.kind
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return read_out(frame)
        return None


def _number(frame: KeptFrame) -> int:
    return frame.number
