"""The list of chats on the left: each with where it stands, what was said last, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from gcdesk.desk.history_search import words_of
from gcdesk.ui.chat_entry import ChatEntry
from gcdesk.ui.chat_list_model import ENTRY_ROLE, ChatListModel, Index
from gcdesk.ui.chat_row import ChatRow
from gcdesk.ui.find_field import FindField
from gcdesk.ui.style import set_role, theme
from gcdesk.ui.tokens import GRID

# Midnight is noticed within this, also by a computer that slept through it.
_DAY_CHECK_MS = 60_000


def _today() -> date:
    return datetime.now().astimezone().date()


class _View(QListView):
    """The rows; says which keys were meant for the chosen chat."""

    delete_pressed = Signal()
    entered = Signal()
    up_from_first = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Delete removes, Enter goes on to writing, Up from the first goes to the field above."""
        key = event.key()
        if key == Qt.Key.Key_Delete and not event.modifiers():
            self.delete_pressed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat():
                self.entered.emit()
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 1 and not event.modifiers():
            self.up_from_first.emit()
        else:
            super().keyPressEvent(event)

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        """Qt: rows changed; none of them became higher or lower."""
        # A list view would lay all rows out anew, whichever has changed.
        QAbstractItemView.dataChanged(self, top, bottom, roles)


class ChatList(QFrame):
    """The chats of this window and those that were kept, with a field to find one.

    Others put their chats in through `model` and hear of what a person wants by the signals; each of them takes
    the entries that are its own and overlooks the rest.

    Args:
        parent: The Qt parent.
    """

    chosen = Signal(object)
    """The ChatEntry to show; the person moved to it."""

    opened = Signal(object)
    """The ChatEntry that is shown already and shall have the keyboard."""

    remove_wanted = Signal(object)
    """The ChatEntry that shall leave the list."""

    menu_wanted = Signal(object, QPoint)
    """The ChatEntry that was asked what can be done with it, and where on the screen."""

    sought = Signal(str)
    """The text that is looked for now, empty for none; `show_found` may add chats that only the history knows."""

    left = Signal()
    """Escape: the keyboard shall go back to where it came from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "side")
        self.model = ChatListModel(self)
        self._shown: ChatEntry | None = None
        self._sought = ""
        self._guests: list[ChatEntry] = []
        self._moving = False
        self._day = _today()
        self._day_timer = QTimer(self, interval=_DAY_CHECK_MS)
        self.field = FindField(self)
        self.view = _View(self)
        self._row = ChatRow(self.view)
        # Before the view listens, which moves to a neighbour when the current row goes.
        self.model.rowsAboutToBeRemoved.connect(self._before_removal)
        self._fill_view()
        # After the view, which forgets its current row on a reset.
        self.model.rowsRemoved.connect(self._after_removal)
        self.model.rowsInserted.connect(self._after_insertion)
        self.model.modelReset.connect(self._after_reset)
        self._empty = self._label(self.tr("The chats you start appear here."))
        self._none = self._label("")
        self._none.setObjectName("none")
        self._lay_out()
        self._connect()
        self._show_parts()

    def _fill_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(self._row)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setMouseTracking(True)
        view.setAccessibleName(self.tr("Chats"))
        view.setStyleSheet("QListView { background: transparent; }")
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID + 2, 3 * GRID, 2 * GRID + 2, 2 * GRID)
        column.setSpacing(0)
        for part in (self.field, self._empty, self._none):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addStretch()
        self.setMinimumWidth(44 * GRID)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.field.sought.connect(self._seek)
        self.field.entered.connect(self._take_first)
        self.field.down.connect(self._enter_list)
        self.field.left.connect(self.left)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.customContextMenuRequested.connect(self._ask_menu)
        self.view.entered.connect(lambda: self._say(self.opened))
        self.view.delete_pressed.connect(lambda: self._say(self.remove_wanted))
        self.view.up_from_first.connect(self.begin_search)
        theme().changed.connect(self.view.viewport().update)
        self._day_timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._day_timer.timeout.connect(self.look_at_the_day)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        set_role(label, "label")
        label.hide()
        return label

    # What the window tells

    def mark(self, entry: ChatEntry | None) -> None:
        """Mark a chat as the one that is shown; nothing is emitted."""
        self._shown = entry
        index = self.model.index_of(entry) if entry is not None else QModelIndex()
        if index.isValid():
            self.view.setCurrentIndex(index)
        else:
            self.view.clearSelection()
            self.view.selectionModel().setCurrentIndex(
                QModelIndex(), self.view.selectionModel().SelectionFlag.Clear
            )

    def begin_search(self) -> None:
        """Put the cursor into the field, ready to type over what is there."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_found(self, text: str, entries: Iterable[ChatEntry]) -> None:
        """Show chats that were found elsewhere, for as long as that text is looked for."""
        if not text or text != self._sought:
            return
        found = list(entries)
        guests = [entry for entry in found if entry not in self.model]
        self._guests += guests
        self.model.extend(guests)
        self.model.find(words_of(text), found)
        self._show_parts()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: from now on somebody may see that a day is over."""
        self.look_at_the_day()
        self._day_timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody sees it."""
        self._day_timer.stop()
        super().hideEvent(event)

    def look_at_the_day(self) -> None:
        """Put chats below another date once a new day has begun."""
        if (today := _today()) != self._day:
            self._day = today
            self.model.rearrange()
            self.view.viewport().update()

    # Inside

    def _seek(self, text: str) -> None:
        self._sought = text
        guests, self._guests = self._guests, []
        self.model.remove(*guests)
        self.model.find(words_of(text))
        self._show_parts()
        self.sought.emit(text)

    def _take_first(self) -> None:
        entries = self.model.entries
        if entries:
            self._choose(entries[0] if self._shown not in entries or self._sought else self._shown)
            self.opened.emit(self._shown)

    def _enter_list(self) -> None:
        entries = self.model.entries
        if not entries:
            return
        if self._shown not in entries:
            self._choose(entries[0])
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, signal: SignalInstance) -> None:
        if self._shown is not None:
            signal.emit(self._shown)

    def _choose(self, entry: ChatEntry | None) -> None:
        if entry is not None:
            self.view.setCurrentIndex(self.model.index_of(entry))

    def _current_changed(self, current: QModelIndex) -> None:
        if self._moving:
            return
        entry: ChatEntry | None = current.data(ENTRY_ROLE) if current.isValid() else None
        if entry is not None and entry is not self._shown:
            self._shown = entry
            self.chosen.emit(entry)

    def _ask_menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if not self.view.viewport().rect().contains(where) or not index.isValid():
            index = self.view.currentIndex()
            where = self.view.visualRect(index).center()
        entry: ChatEntry | None = index.data(ENTRY_ROLE) if index.isValid() else None
        if entry is not None:
            self._choose(entry)
            self.menu_wanted.emit(entry, self.view.viewport().mapToGlobal(where))

    def _before_removal(self) -> None:
        self._moving = True

    def _after_removal(self) -> None:
        self._moving = False
        self._after_reset()

    def _after_insertion(self) -> None:
        if self._shown is not None and not self.view.currentIndex().isValid():
            self.mark(self._shown)
        self._show_parts()

    def _after_reset(self) -> None:
        self.mark(self._shown if self._shown is not None and self._shown in self.model else None)
        self._show_parts()

    def _show_parts(self) -> None:
        shown, held = self.model.rowCount() > 0, len(self.model) > 0
        self._row.tells_environment = self.model.several_environments
        self.field.setVisible(held or self.model.has_more)
        self._empty.setVisible(not held)
        self._none.setText(self.tr("No chat contains “{text}”.").format(text=self._sought))
        self._none.setVisible(held and not shown)
        self.view.setVisible(shown)
