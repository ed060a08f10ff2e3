"""The inspector's list of frames: filter, rows, and the selected frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSplitter, QVBoxLayout, QWidget

from gcdesk.ui import style
from gcdesk.ui.amounts import grouped
from gcdesk.ui.environment_fields import Chooser
from gcdesk.ui.frame_view import FrameView
from gcdesk.ui.frames_model import MOST_KEPT, Direction, FrameEvent, FramesModel
from gcdesk.ui.frames_table import FramesTable
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate


_VIEW_SHARE: Final = 45
"""How much of the height a selected frame gets, in per cent, until the person drags the line."""


class FramesList(QWidget):
    """Every frame of a chat, newest at the end; follows the end unless the person scrolled up."""

    def __init__(self, parent: QWidget | None = None, *, most_kept: int = MOST_KEPT) -> None:
        super().__init__(parent)
        self._wanted: FrameEvent | None = None
        self.model = FramesModel(self, most_kept=most_kept)
        self.filter_text = QLineEdit(self)
        self.filter_text.setPlaceholderText(translate("Frames", "Filter frames"))
        self.filter_text.setAccessibleName(translate("Frames", "Filter frames by kind or text"))
        self.filter_text.setClearButtonEnabled(True)
        self.filter_direction = Chooser(self)
        self.filter_direction.setAccessibleName(translate("Frames", "Filter frames by direction"))
        for words, direction in (
            (translate("Frames", "Both ways"), Direction.BOTH),
            (translate("Frames", "↑ Sent"), Direction.SENT),
            (translate("Frames", "↓ Received"), Direction.RECEIVED),
        ):
            self.filter_direction.addItem(words, direction)
        self.says = QLabel(self)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.says.setWordWrap(True)
        style.set_role(self.says, "small")
        self.table = FramesTable(self.model, self)
        self.table.setAccessibleName(translate("Frames", "Frames"))
        self.view = FrameView(self)
        self._lay_out()
        self._connect()
        self._show_words()

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(18, 2 * GRID, 18, GRID)
        filters.setSpacing(2 * GRID)
        filters.addWidget(self.filter_text, 1)
        filters.addWidget(self.filter_direction)
        rows = QWidget(self)
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(filters)
        notice = QHBoxLayout()
        notice.setContentsMargins(18, 0, 18, GRID)
        notice.addWidget(self.says)
        column.addLayout(notice)
        column.addWidget(self.table, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(rows)
        self.splitter.addWidget(self.view)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _connect(self) -> None:
        self.filter_text.textChanged.connect(self._filter)
        self.filter_direction.currentIndexChanged.connect(self._filter)
        self.table.selected.connect(self._select)
        self.table.copy_requested.connect(self.view.copy_all)
        self.model.dropped_changed.connect(self._show_words)
        self.model.rowsInserted.connect(self._show_words)
        self.model.modelReset.connect(self._show_words)

    def add(self, event: FrameEvent) -> None:
        """Append a frame that was just sent or received."""
        self.model.add(event)

    def set_frames(self, frames: Iterable[FrameEvent]) -> None:
        """Show the frames of another chat."""
        self._wanted = None
        self.view.show_frame(None)
        self.model.set_frames(frames)
        self.table.scrollToBottom()

    def clear(self) -> None:
        """Forget all frames."""
        self.set_frames(())

    def focus_filter(self) -> None:
        """Lead the keyboard to the filter."""
        self.filter_text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_text.selectAll()

    def _filter(self) -> None:
        wanted = self._wanted
        self.model.set_filter(self.filter_text.text(), self.filter_direction.currentData())
        self._wanted = wanted
        self.table.select_frame(wanted)
        if not self.table.currentIndex().isValid():
            self.table.scrollToBottom()

    def _select(self, event: FrameEvent | None) -> None:
        # A frame that the filter hides stays on view until another is selected.
        if event is not None:
            first = self._wanted is None
            self._wanted = event
            self.view.show_frame(event)
            if first:
                height = self.splitter.height()
                self.splitter.setSizes([height - height * _VIEW_SHARE // 100, height * _VIEW_SHARE // 100])
                self.table.scrollTo(self.table.currentIndex())

    def _show_words(self) -> None:
        words = []
        if self.model.total and not self.model.rowCount():
            words.append(translate("Frames", "No frame matches the filter."))
        if self.model.dropped:
            gone = translate("Frames", "The oldest {count} frames are gone; the newest are kept.")
            words.append(gone.format(count=grouped(self.model.dropped)))
        self.says.setText(" ".join(words))
        self.says.setVisible(bool(words))
