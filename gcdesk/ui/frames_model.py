"""The frames that crossed the wire, as a model for a list: bounded, filtered, appended in constant time."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
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

from gcdesk.guest.events import FrameReceived, FrameSent
from gcdesk.ui.amounts import size_words
from gcdesk.ui.plain_text import one_line

FrameEvent = FrameSent | FrameReceived

translate = QCoreApplication.translate

MOST_KEPT: Final = 50_000
"""Frames kept; at 60 requests a minute (guest API, section 8) that is more than a working day."""

_DROPPED_AT_ONCE: Final = 100
_LONGEST_KIND: Final = 200

EVENT_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The role that gives a row's event."""


class Direction(Enum):
    """Which frames are shown."""

    BOTH = "both"
    SENT = "sent"
    RECEIVED = "received"


def frame_time(event: FrameEvent) -> str:
    """Minutes, seconds and milliseconds of the local time, as in 41:07.031."""
    local = event.at.astimezone()
    return f"{local:%M:%S}.{local.microsecond // 1000:03}"


def frame_kind(event: FrameEvent) -> str:
    """The frame's kind on one line."""
    return one_line(event.frame.kind[:_LONGEST_KIND])


def read_out(event: FrameEvent) -> str:
    """A row in words, for screen readers."""
    if isinstance(event, FrameSent):
        words = translate("Frames", "Sent at {time}: {kind}, {size}")
    else:
        words = translate("Frames", "Received at {time}: {kind}, {size}")
    return words.format(time=frame_time(event), kind=frame_kind(event), size=size_words(event.size))


class FramesModel(QAbstractListModel):
    """Frames in the order they crossed the wire, those that pass the filter.

    Args:
        most_kept: How many frames are kept before the oldest are dropped.
    """

    dropped_changed = Signal(int)
    """How many of the oldest frames are gone."""

    def __init__(self, parent: QObject | None = None, *, most_kept: int = MOST_KEPT) -> None:
        super().__init__(parent)
        self._most_kept = most_kept
        self._all: list[FrameEvent] = []
        self._shown: list[FrameEvent] = []
        self._needle = ""
        self._direction = Direction.BOTH
        self.dropped = 0

    @property
    def total(self) -> int:
        """How many frames are kept, shown or not."""
        return len(self._all)

    def add(self, event: FrameEvent) -> None:
        """Append a frame; drops the oldest where there are too many."""
        self._all.append(event)
        if self._passes(event):
            row = len(self._shown)
            self.beginInsertRows(QModelIndex(), row, row)
            self._shown.append(event)
            self.endInsertRows()
        if len(self._all) >= self._most_kept + _DROPPED_AT_ONCE:
            self._drop(len(self._all) - self._most_kept)

    def set_frames(self, frames: Iterable[FrameEvent]) -> None:
        """Show these frames and no others."""
        self.beginResetModel()
        self._all = list(frames)
        self.dropped = max(0, len(self._all) - self._most_kept)
        del self._all[: self.dropped]
        self._shown = [event for event in self._all if self._passes(event)]
        self.endResetModel()
        self.dropped_changed.emit(self.dropped)

    def set_filter(self, text: str, direction: Direction) -> None:
        """Show the frames of a direction whose kind or text holds `text`, whatever its case."""
        needle = text.strip().lower()
        if (needle, direction) == (self._needle, self._direction):
            return
        self._needle, self._direction = needle, direction
        self.beginResetModel()
        self._shown = [event for event in self._all if self._passes(event)]
        self.endResetModel()

    def row_of(self, event: FrameEvent) -> int:
        """Where a frame stands; -1 if it is not shown."""
        for row, one in enumerate(self._shown):
            if one is event:
                return row
        return -1

    def _passes(self, event: FrameEvent) -> bool:
        if self._direction is not Direction.BOTH:
            sent = isinstance(event, FrameSent)
            if sent != (self._direction is Direction.SENT):
                return False
        needle = self._needle
        return not needle or needle in event.frame.kind.lower() or needle in event.frame.text.lower()

    def _drop(self, count: int) -> None:
        gone = sum(1 for event in self._all[:count] if self._passes(event))
        del self._all[:count]
        if gone:
            self.beginRemoveRows(QModelIndex(), 0, gone - 1)
            del self._shown[:gone]
            self.endRemoveRows()
        self.dropped += count
        self.dropped_changed.emit(self.dropped)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many frames pass the filter."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The event itself, or words for the eye and the ear."""
        if not 0 <= index.row() < len(self._shown):
            return None
        event = self._shown[index.row()]
        if role == EVENT_ROLE:
            return event
        if role == Qt.ItemDataRole.DisplayRole:
            return frame_kind(event)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return read_out(event)
        return None
