"""Joins the chat list and the menu to the chats: which is shown, which begins anew, elsewhere or changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from gcdesk.ui.chat_entry import ChatEntry
from gcdesk.ui.chat_list import ChatList
from gcdesk.ui.chats import Chats
from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.live_entry import LiveEntry, unread_words
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.style import tokens
from gcdesk.ui.window import Window
from gcdesk.ui.words import listed

translate = QCoreApplication.translate

_NUMBERED = 9
_LONGEST_NAME = 40

# Where Qt's Ctrl is the Command key, Ctrl+Tab belongs to the system.
_CONTROL = "Meta" if sys.platform == "darwin" else "Ctrl"


class ChatDesk(QObject):
    """What a person does with many chats.

    Args:
        window: The window.
        chats: The chats.
    """

    write_wanted = Signal(object)
    """The LiveChat in which the person goes on to write."""

    def __init__(self, window: Window, chats: Chats) -> None:
        super().__init__(window)
        self._window = window
        self._chats = chats
        self._entries: dict[LiveChat, LiveEntry] = {}
        self.list = ChatList(window)
        self.find = self._action("findChat", translate("Menu", "&Find a chat"), "Ctrl+K")
        self.duplicate = self._action(
            "duplicate", translate("Menu", "Duplicate with c&hanged attributes…"), "Ctrl+D"
        )
        self.duplicate.setToolTip(
            translate("Menu", "Put customer and attributes into the launch bar, to change and start them")
        )
        self.elsewhere = QMenu(translate("Menu", "Start in another environ&ment"), window)
        self.switch = QMenu(translate("Menu", "S&witch to"), window)
        self._numbered = [
            self._action(f"chat{number}", "", f"Ctrl+{number}") for number in range(1, _NUMBERED + 1)
        ]
        self._context = QMenu(window)
        self._fill_menus()
        self._connect()
        self.refresh()

    def _action(self, name: str, text: str, shortcut: str) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(shortcut))
        action.setAutoRepeat(False)
        self._window.addAction(action)
        return action

    def _fill_menus(self) -> None:
        menus = self._window.menus
        menus.next.setShortcuts([*menus.next.shortcuts(), QKeySequence(f"{_CONTROL}+Tab")])
        menus.previous.setShortcuts([*menus.previous.shortcuts(), QKeySequence(f"{_CONTROL}+Shift+Tab")])
        # A held key would start one chat after the other.
        menus.start_again.setAutoRepeat(False)
        self.switch.addActions(self._numbered)
        menus.chat_menu.insertAction(menus.previous, self.find)
        menus.chat_menu.insertMenu(menus.copy_id, self.switch)
        for menu in (menus.chat_menu, menus.more_menu):
            after = menu.actions()[menu.actions().index(menus.start_again) + 1]
            menu.insertMenu(after, self.elsewhere)
            menu.insertAction(after, self.duplicate)
        self._context.setToolTipsVisible(True)
        self._context.addActions([menus.leave, menus.clear])
        self._context.addSeparator()
        self._context.addAction(menus.start_again)
        self._context.addMenu(self.elsewhere)
        self._context.addAction(self.duplicate)
        self._context.addSeparator()
        self._context.addActions([menus.copy_id, menus.remove])

    def _connect(self) -> None:
        chats, menus = self._chats, self._window.menus
        chats.added.connect(self._added)
        chats.removed.connect(self._removed)
        chats.selected.connect(lambda chat: self.list.mark(self._entries.get(chat)))
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._open)
        self.list.left.connect(self._leave_list)
        self.list.remove_wanted.connect(self._remove)
        self.list.menu_wanted.connect(self._open_menu)
        self.find.triggered.connect(self.find_chat)
        self.duplicate.triggered.connect(self._duplicate)
        self.elsewhere.aboutToShow.connect(self._fill_elsewhere)
        for place, action in enumerate(self._numbered):
            action.triggered.connect(partial(self._go_to, place))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._fold_again)
        menus.start_again.triggered.connect(lambda: self._shown_do(chats.start_again))
        menus.copy_id.triggered.connect(lambda: self._shown_do(_copy_id))
        menus.remove.triggered.connect(lambda: self._shown_do(chats.remove))
        menus.previous.triggered.connect(lambda: self.step(-1))
        menus.next.triggered.connect(lambda: self.step(1))

    # What a person wants

    def step(self, step: int) -> None:
        """Show the chat that stands so many places below the shown one, round about."""
        chats = [entry.chat for entry in self._listed()] or self._chats.all
        if not chats:
            return
        shown = self._chats.shown
        place = (chats.index(shown) + step) % len(chats) if shown in chats else 0
        self._chats.select(chats[place])

    def live_entries(self) -> list[LiveEntry]:
        """The rows of this window's own chats."""
        return list(self._entries.values())

    def find_chat(self) -> None:
        """Lead the keyboard into the field above the list, and unfold the list for it."""
        self._window.unfold_list(True)
        self.list.begin_search()

    def refresh(self) -> None:
        """Let the menu offer what makes sense now."""
        chat, chats, menus = self._chats.shown, self._chats, self._window.menus
        known = chat is not None and chat.item.name in {item.name for item in chats.items}
        can_start = known and chats.starting is None
        menus.start_again.setEnabled(can_start)
        self.duplicate.setEnabled(known)
        self.elsewhere.setEnabled(chat is not None and chats.starting is None and len(self._others()) > 0)
        menus.copy_id.setEnabled(chat is not None)
        menus.remove.setEnabled(chat is not None and not chat.live)
        several = len(chats.all) > 1
        menus.previous.setEnabled(several)
        menus.next.setEnabled(several)
        self.find.setEnabled(len(self.list.model) > 0)
        live = self._live()
        self.switch.setEnabled(bool(live))
        for place, action in enumerate(self._numbered):
            action.setVisible(place < len(live))
            if place < len(live):
                action.setText(_numbered_name(place, live[place]))

    # Inside

    def _added(self, chat: LiveChat) -> None:
        entry = self._entries[chat] = LiveEntry(chat)
        self.list.model.add(entry)
        chat.changed.connect(partial(self.list.model.refresh, entry))

    def _removed(self, chat: LiveChat) -> None:
        self.list.model.remove(self._entries.pop(chat))

    def _chosen(self, entry: ChatEntry) -> None:
        if isinstance(entry, LiveEntry):
            self._chats.select(entry.chat)

    def _remove(self, entry: ChatEntry) -> None:
        if isinstance(entry, LiveEntry):
            self._chats.remove(entry.chat)

    def _open_menu(self, entry: ChatEntry, where: QPoint) -> None:
        if isinstance(entry, LiveEntry):
            self._context.popup(where)

    def _listed(self) -> list[LiveEntry]:
        # Kept chats may be thousands, and this is asked whenever a chat changes.
        rows = {self.list.model.index_of(entry).row(): entry for entry in self._entries.values()}
        return [rows[row] for row in sorted(rows) if row >= 0]

    def _live(self) -> list[LiveEntry]:
        return [entry for entry in self._listed() if entry.chat.live]

    def _go_to(self, place: int) -> None:
        live = self._live()
        if place < len(live):
            self._chats.select(live[place].chat)

    def _open(self, entry: ChatEntry) -> None:
        if isinstance(entry, LiveEntry):
            self.write_wanted.emit(entry.chat)
        self._window.unfold_list(False)

    def _leave_list(self) -> None:
        if self._chats.shown is not None:
            self.write_wanted.emit(self._chats.shown)
        else:
            self._window.launch_bar.focus_crm_id()
        self._window.unfold_list(False)

    def _fold_again(self) -> None:
        """The list was unfolded for the keyboard, which has gone elsewhere."""
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self.list and not self.list.isAncestorOf(focus):
            self._window.unfold_list(False)

    def _duplicate(self) -> None:
        if self._chats.shown is not None:
            self._chats.draft(self._chats.shown)
            self._window.launch_bar.open_attributes()

    def _others(self) -> list[str]:
        shown = self._chats.shown
        return [item.name for item in self._chats.items if shown is None or item.name != shown.item.name]

    def _fill_elsewhere(self) -> None:
        self.elsewhere.clear()
        names = self._others()
        for item in self._chats.items:
            if item.name in names:
                action = self.elsewhere.addAction(f"{item.name}\t{item.place}".replace("&", "&&"))
                action.setIcon(glyph_icon("hollow" if item.simulated else "dot", tokens().dot(item.colour)))
                action.triggered.connect(partial(self._start_in, item.name))

    def _start_in(self, environment: str) -> None:
        if self._chats.shown is not None:
            self._chats.start_elsewhere(self._chats.shown, environment)

    def _shown_do(self, act: Callable[[LiveChat], None]) -> None:
        if self._chats.shown is not None:
            act(self._chats.shown)


def _copy_id(chat: LiveChat) -> None:
    QGuiApplication.clipboard().setText(chat.crm_id)


def _numbered_name(place: int, entry: LiveEntry) -> str:
    name = one_line(entry.title)
    shortened = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    words = listed([f"{shortened} · {entry.environment}", unread_words(entry.unread)]).replace("&", "&&")
    return f"&{place + 1}  {words}"
