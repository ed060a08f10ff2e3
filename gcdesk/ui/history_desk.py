"""Joins the chats that were kept to the chat list, the search field and the middle of the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from gcdesk.errors import GcdeskError
from gcdesk.ui.chat_desk import ChatDesk
from gcdesk.ui.chat_entry import ChatEntry
from gcdesk.ui.chats import Chats
from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.evidence_desk import EvidenceDesk
from gcdesk.ui.history_bridge import HistoryBridge
from gcdesk.ui.inspector_desk import InspectorDesk
from gcdesk.ui.kept_entry import KeptEntry
from gcdesk.ui.live_entry import LiveEntry
from gcdesk.ui.window import Window

if TYPE_CHECKING:
    import asyncio

    from gcdesk.desk.history_record import ChatRecord, ChatSummary
    from gcdesk.ui.kept_page import KeptPage

translate = QCoreApplication.translate

PAGE = 100
"""Kept chats that are read at a time."""

_MOST_FOUND = 200
# The first moments belong to the first chat.
_LATER = 0.3


class HistoryDesk(QObject):
    """The kept chats of the window.

    Args:
        window: The window.
        chats: Its own chats.
        chat_desk: Its chat list.
        inspectors: Joins a transcript and an inspector.
        history: The history.
    """

    def __init__(
        self,
        window: Window,
        chats: Chats,
        chat_desk: ChatDesk,
        inspectors: InspectorDesk,
        history: HistoryBridge,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._chats = chats
        self._chat_desk = chat_desk
        self._list = chat_desk.list
        self._inspectors = inspectors
        self._history = history
        self._entries: dict[int, KeptEntry] = {}
        self._last: ChatSummary | None = None
        self._search: asyncio.Task[None] | None = None
        self.shown: KeptEntry | None = None
        self.page: KeptPage | None = None
        self.evidence = EvidenceDesk(window, chats, history, self._shown_number)
        self.open_history = self._action("history", translate("Menu", "&History…"), "Ctrl+H")
        self._context = QMenu(window)
        self._fill_menus()
        self._connect()
        self.load(_LATER)

    def _action(self, name: str, text: str, shortcut: str = "") -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        self._window.addAction(action)
        return action

    def _fill_menus(self) -> None:
        menus = self._window.menus
        self.open_history.setToolTip(
            translate("Menu", "Search all chats that were kept, and delete old ones")
        )
        menus.chat_menu.insertAction(menus.sign_in, self.open_history)
        menus.chat_menu.insertActions(menus.sign_in, [self.evidence.save, self.evidence.copy])
        menus.chat_menu.insertSeparator(menus.sign_in)
        menus.more_menu.addSeparator()
        menus.more_menu.addActions([self.evidence.save, self.evidence.copy])
        self.start_again = QAction(translate("Kept", "Start a&gain as this customer"), self)
        self.copy_id = QAction(translate("Menu", "Copy &CRM ID"), self)
        self.delete = QAction(translate("Kept", "&Delete this chat…"), self)
        self._context.addActions([self.start_again, self.evidence.save, self.evidence.copy])
        self._context.addSeparator()
        self._context.addActions([self.copy_id, self.delete])

    def _connect(self) -> None:
        kept = self._list
        kept.chosen.connect(self._chosen)
        kept.opened.connect(self._opened)
        kept.remove_wanted.connect(self._remove)
        kept.menu_wanted.connect(self._open_menu)
        kept.sought.connect(self._seek)
        kept.model.more_wanted.connect(self._load_more)
        self._chats.selected.connect(self._live_selected)
        self._chats.changed.connect(self.evidence.refresh)
        self._window.menus.frames.toggled.connect(self._show_frames)
        self.open_history.triggered.connect(self.open_dialog)
        self.start_again.triggered.connect(self._start_again)
        self.copy_id.triggered.connect(self._copy_id)
        self.delete.triggered.connect(self._delete_shown)

    # What the window asks

    def load(self, later: float = 0.0) -> None:
        """Read the latest kept chats into the list, so many seconds later."""
        self._history.page(None, PAGE, self._take_page, self._window.tell, later=later)

    def show(self, entry: KeptEntry) -> None:
        """Open a kept chat in the middle of the window."""
        if entry is self.shown:
            return
        # Loaded with the first kept chat that is opened.
        from gcdesk.ui.inspector import Inspector
        from gcdesk.ui.kept_page import KeptPage

        self._chats.select(None)
        self._close_page()
        self.shown = entry
        inspector = Inspector()
        inspector.show_frames(self._window.menus.frames.isChecked())
        page = self.page = KeptPage(entry.summary, inspector)
        page.header.evidence_requested.connect(self.evidence.save.trigger)
        page.header.delete_requested.connect(self._delete_shown)
        page.start_again_requested.connect(self._start_again)
        page.refused.connect(self._window.notices.tell)
        page.start_button.setEnabled(self._can_start(entry))
        self._inspectors.join(page.transcript, inspector)
        self._window.middle.addWidget(page)
        self._window.right.addWidget(inspector)
        self._window.middle.setCurrentWidget(page)
        self._window.right.setCurrentWidget(inspector)
        self._window.setWindowTitle(entry.title)
        self._list.mark(entry)
        self.evidence.refresh()
        self._history.open(entry.summary.id, partial(self._read, page), partial(self._not_read, page))

    def show_number(self, summary: ChatSummary) -> None:
        """Show a chat of the history, wherever it stands: among this window's own, or among the kept ones."""
        live = self._live_entry(summary.id)
        if live is not None:
            self._chats.select(live.chat)
            return
        entry = self._entry(summary)
        self._list.model.add(entry)
        self.show(entry)

    def open_dialog(self) -> None:
        """Show the place to search all chats, and to delete old ones."""
        from gcdesk.ui.history_dialog import HistoryDialog

        dialog = HistoryDialog(self._history, self._deleted, self._thinned, self._window)
        dialog.open_requested.connect(self.show_number)
        dialog.evidence_requested.connect(self.evidence.open_for)
        show_dialog(dialog)
        dialog.look()

    # The list

    def _entry(self, summary: ChatSummary) -> KeptEntry:
        entry = self._entries.get(summary.id)
        if entry is None:
            entry = self._entries[summary.id] = KeptEntry(summary)
        return entry

    def _live_entry(self, number: int) -> LiveEntry | None:
        return next(
            (
                entry
                for entry in self._chat_desk.live_entries()
                if self._history.number(entry.chat.bridge) == number
            ),
            None,
        )

    def _take_page(self, summaries: list[ChatSummary]) -> None:
        own = self._history.numbers()
        if summaries:
            self._last = summaries[-1]
        self._list.model.has_more = len(summaries) == PAGE
        self._list.model.extend([self._entry(one) for one in summaries if one.id not in own])
        self._chat_desk.refresh()

    def _load_more(self) -> None:
        self._history.page(None, PAGE, self._take_page, self._window.tell, after=self._last)

    def _seek(self, text: str) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None
        # A pause in typing may end when the window has been closed.
        if text and self._window.isVisible():
            self._search = self._history.find(
                text, _MOST_FOUND, partial(self._found, text), self._window.tell
            )

    def _found(self, text: str, summaries: list[ChatSummary]) -> None:
        entries: list[ChatEntry] = []
        for one in summaries:
            live = self._live_entry(one.id)
            if live is not None:
                entries.append(live)
            elif one.id in self._entries:
                entries.append(self._entries[one.id])
            else:
                # It shows what was found only as long as that is looked for.
                entries.append(KeptEntry(one))
        self._list.show_found(text, entries)

    def _chosen(self, entry: ChatEntry) -> None:
        if isinstance(entry, KeptEntry):
            self.show(entry)

    def _opened(self, entry: ChatEntry) -> None:
        if isinstance(entry, KeptEntry) and self.page is not None:
            self.page.transcript.setFocus()

    def _remove(self, entry: ChatEntry) -> None:
        if isinstance(entry, KeptEntry):
            self._ask_to_delete(entry)

    def _open_menu(self, entry: ChatEntry, where: QPoint) -> None:
        if isinstance(entry, KeptEntry):
            self.start_again.setEnabled(self._can_start(entry))
            self.copy_id.setEnabled(bool(entry.summary.crm_id))
            self._context.popup(where)

    # The page

    def _read(self, page: KeptPage, record: ChatRecord) -> None:
        if page is self.page:
            page.show_record(record)

    def _not_read(self, page: KeptPage, error: GcdeskError) -> None:
        if page is self.page:
            page.show_error(error)

    def _close_page(self) -> None:
        page, self.page, self.shown = self.page, None, None
        if page is not None:
            for part in (page, page.inspector):
                part.hide()
                part.deleteLater()

    def _live_selected(self, chat: object) -> None:
        if chat is not None:
            self._close_page()
        self.evidence.refresh()

    def _show_frames(self, shown: bool) -> None:
        if self.page is not None:
            self.page.inspector.show_frames(shown)

    def _shown_number(self) -> int | None:
        return self.shown.summary.id if self.shown is not None else None

    # What a person wants of a kept chat

    def _can_start(self, entry: KeptEntry) -> bool:
        names = {item.name for item in self._chats.items}
        return bool(entry.summary.crm_id) and entry.summary.environment in names

    def _start_again(self) -> None:
        if self.shown is not None and self._can_start(self.shown):
            summary = self.shown.summary
            self._chats.start(summary.environment, summary.crm_id, beside=True)

    def _copy_id(self) -> None:
        if self.shown is not None:
            QGuiApplication.clipboard().setText(self.shown.summary.crm_id)

    def _delete_shown(self) -> None:
        if self.shown is not None:
            self._ask_to_delete(self.shown)

    def _ask_to_delete(self, entry: KeptEntry) -> None:
        from gcdesk.ui.delete_dialog import DeleteDialog

        words = translate("Kept", "Delete the chat of {name} for good? Nothing of it stays on this computer.")
        dialog = DeleteDialog(words.format(name=entry.title), self._window)
        number = entry.summary.id
        dialog.accepted.connect(
            lambda: self._history.delete([number], lambda _none: self._deleted([number]), self._window.tell)
        )
        show_dialog(dialog)

    def _deleted(self, numbers: list[int]) -> None:
        gone = [self._entries.pop(number) for number in numbers if number in self._entries]
        if self.shown is not None and self.shown.summary.id in numbers:
            if self.shown not in gone:
                gone.append(self.shown)
            self._close_page()
            self._window.middle.setCurrentWidget(self._window.welcome)
            self._window.right.setCurrentIndex(0)
            self._window.setWindowTitle("gcdesk")
        self._list.model.remove(*gone)

    def _thinned(self, left: frozenset[int]) -> None:
        self._deleted([number for number in self._entries if number not in left])
