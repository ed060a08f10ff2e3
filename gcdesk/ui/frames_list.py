"""The inspector's list of frames: filter, rows, and the selected frame."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QSplitter, QVBoxLayout, QWidget

from gcdesk.ui import style
from gcdesk.ui.amounts import grouped
from gcdesk.ui.calm import Calm
from gcdesk.ui.follow_chip import FollowChip
from gcdesk.ui.frame_filter import FrameFilter
from gcdesk.ui.frame_links import FrameLinks
from gcdesk.ui.frame_log import FrameLog, KeptFrame
from gcdesk.ui.frame_view import FrameView
from gcdesk.ui.frames_copy import copying
from gcdesk.ui.frames_filter_bar import FramesFilterBar
from gcdesk.ui.frames_model import FramesModel
from gcdesk.ui.frames_table import FramesTable
from gcdesk.ui.slices import Slices
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate


_VIEW_SHARE: Final = 45
"""How much of the height a selected frame gets, in per cent, until the person drags the line."""

_SIDE: Final = 18


class FramesList(QWidget):
    """Every frame of a chat, newest at the end; follows the end unless the person scrolled up or paused it.

    While nobody sees it, it takes nothing in; the log does.

    Args:
        log: The frames.
        links: Their messages.
        parent: The Qt parent.
    """

    message_wanted = Signal(str)
    """The key of the message that the person wants to see in the conversation."""

    filter_shown_changed = Signal(bool)

    def __init__(
        self, log: FrameLog | None = None, links: FrameLinks | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.log = log if log is not None else FrameLog()
        self._links = links or FrameLinks(self.log)
        self._wanted: KeptFrame | None = None
        self._told = ""
        self._newest_seen = 0
        self.model = FramesModel(self.log, self)
        self.filter_bar = FramesFilterBar(self._kinds, self)
        self.filter_bar.hide()
        self.says = QLabel(self)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.says.setWordWrap(True)
        style.set_role(self.says, "small")
        self.table = FramesTable(self.model, self)
        self.table.setAccessibleName(translate("Frames", "Frames"))
        self.setFocusProxy(self.table)
        self.chip = FollowChip(self.table)
        self.view = FrameView(self)
        self._copying = Slices(self)
        self._calm = Calm(self.catch_up, self)
        self._lay_out()
        self._connect()
        self._show_words()

    def _lay_out(self) -> None:
        rows = QWidget(self)
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_bar)
        notice = QHBoxLayout()
        notice.setContentsMargins(_SIDE, GRID, _SIDE, GRID)
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
        self.filter_bar.changed.connect(self._filter)
        self.filter_bar.closed.connect(lambda: self.show_filter(False))
        self.table.current_changed.connect(self._select)
        self.table.copy_requested.connect(self.copy_selected)
        self.table.find_requested.connect(self.focus_filter)
        self.table.open_requested.connect(self._open)
        self.table.following_changed.connect(self._following_changed)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._offer_menu)
        self.chip.clicked.connect(lambda: self.table.follow(True))
        self.view.message_requested.connect(lambda: self._open(self._wanted))
        self.model.searched.connect(self._searched)

    # What there is

    def catch_up(self) -> None:
        """Show what has happened since the last time."""
        self.model.catch_up()
        if self.table.following:
            self._newest_seen = self.log.end
        else:
            self.chip.show_missed(self.log.end - self._newest_seen)
        self._show_words()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: somebody looks; from now on it follows the log."""
        super().showEvent(event)
        self.log.on_change = self._calm.soon
        self.catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody looks any more."""
        super().hideEvent(event)
        self.log.on_change = None

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another language or direction of writing; the chip stands elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.chip.place()

    # Filter

    @property
    def filter_shown(self) -> bool:
        """Whether the filter is open."""
        return not self.filter_bar.isHidden()

    def show_filter(self, shown: bool) -> None:
        """Open the filter, or close it and show all frames."""
        if shown == self.filter_shown:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.filter_bar.isAncestorOf(focused)
        self.filter_bar.setVisible(shown)
        if not shown:
            self.filter_bar.clear()
            if had_focus:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter_shown_changed.emit(shown)

    def focus_filter(self) -> None:
        """Open the filter and lead the keyboard there."""
        self.show_filter(True)
        self.filter_bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_bar.text.selectAll()

    def _kinds(self) -> list[str]:
        return list(Counter(frame.kind for frame in self.log.since(0)))

    def _filter(self, wanted: FrameFilter) -> None:
        self.model.catch_up()
        self.model.set_filter(wanted)
        self._show_words()

    def _searched(self) -> None:
        if not self.model.searching:
            self._show_again()
        self._show_words()

    def _show_again(self) -> None:
        """The rows are others: what was looked at is looked at again, where it is among them."""
        wanted = self._wanted
        if wanted is not None:
            self.table.go_to(wanted.number)

    # One frame, and its message

    def show_frame_of(self, key: str) -> bool:
        """Select the frame of a message, or its next one with each further call; False if there is none."""
        self.model.catch_up()
        numbers = self._links.frames_of(key)
        if not numbers:
            self._tell(translate("Frames", "This message has no frame here."))
            return False
        here = self._wanted.number if self._wanted is not None else -1
        number = next((one for one in numbers if one > here), numbers[0]) if here in numbers else numbers[0]
        if self.model.row_of(number) < 0:
            # What is looked for must not stay hidden behind a filter.
            self.show_filter(False)
            self.filter_bar.clear()
        self._told = ""
        if not self.table.go_to(number):
            self._wanted = self.log.get(number)
            self._show_wanted()
        return True

    def _select(self, frame: KeptFrame | None) -> None:
        # A frame that the filter hides stays on view until another is selected.
        if frame is None:
            return
        first = self._wanted is None
        self._wanted = frame
        self._show_wanted()
        if first:
            height = self.splitter.height()
            self.splitter.setSizes([height - height * _VIEW_SHARE // 100, height * _VIEW_SHARE // 100])
            self.table.scrollTo(self.table.currentIndex())

    def _show_wanted(self) -> None:
        frame = self._wanted
        has_message = frame is not None and bool(self._links.key_of(frame.number))
        self.view.show_frame(frame, has_message=has_message)

    def _open(self, frame: KeptFrame | None) -> None:
        key = self._links.key_of(frame.number) if frame is not None else ""
        if key:
            self.message_wanted.emit(key)
        elif frame is not None:
            self._tell(translate("Frames", "This frame carried no message."))

    # Copying

    def copy_selected(self) -> None:
        """Put the selected frames on the clipboard as JSON, secrets masked; many take a moment."""
        frames = self.table.selected_frames() or ([self._wanted] if self._wanted is not None else [])
        if not frames:
            return
        count = len(frames)

        def done(copied: int) -> None:
            if count == 1:
                words = translate("Frames", "Copied as JSON.")
            elif copied == count:
                words = translate("Frames", "{count} frames copied as JSON.")
            else:
                words = translate(
                    "Frames", "The first {copied} of {count} frames copied; more would be too long."
                )
            self._tell(words.format(copied=grouped(copied), count=grouped(count)))

        if count > 1:
            self._tell(translate("Frames", "Copying {count} frames…").format(count=grouped(count)))
        self._copying.start(copying(frames, done))

    def _offer_menu(self, where: QPoint) -> None:
        frames = self.table.selected_frames()
        here = self.table.current_frame()
        if not frames or here is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = (
            translate("Frames", "Copy as JSON")
            if len(frames) == 1
            else translate("Frames", "Copy all as JSON")
        )
        copy = menu.addAction(words)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutVisibleInContextMenu(True)
        copy.triggered.connect(self.copy_selected)
        show = menu.addAction(translate("Frames", "Show message"))
        show.setEnabled(bool(self._links.key_of(here.number)))
        show.triggered.connect(lambda: self._open(here))
        only = menu.addAction(translate("Frames", "Show only this kind"))
        only.triggered.connect(lambda: self._show_only(here.kind))
        menu.addSeparator()
        menu.addAction(translate("Frames", "Select all"), self.table.selectAll)
        menu.popup(self.table.viewport().mapToGlobal(where))

    def _show_only(self, kind: str) -> None:
        self.show_filter(True)
        self.filter_bar.set_kind(kind)

    # Words

    def _following_changed(self, following: bool) -> None:
        if following:
            self._newest_seen = self.log.end
        self.chip.offer(not following)

    def _tell(self, words: str) -> None:
        self._told = words
        self._show_words()
        if words and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _show_words(self) -> None:
        shown, total = self.model.rowCount(), len(self.log)
        words = []
        if self.model.searching:
            words.append(translate("Frames", "Searching {total} frames…").format(total=grouped(total)))
        elif self.model.filter.active and total:
            if shown:
                found = translate("Frames", "{count} of {total} frames match the filter.")
                words.append(found.format(count=grouped(shown), total=grouped(total)))
            else:
                words.append(translate("Frames", "No frame matches the filter."))
        if self.log.first:
            gone = translate("Frames", "The oldest {count} frames are gone; the newest are kept.")
            words.append(gone.format(count=grouped(self.log.first)))
        if self._told:
            words.append(self._told)
        self.says.setText(" ".join(words))
        self.says.setVisible(bool(words))
