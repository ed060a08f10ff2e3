"""Which part of the window answers which wish. Parts talk by signals; this is where the signals meet."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from gcdesk.desk import logs
from gcdesk.guest.states import State
from gcdesk.ui import style
from gcdesk.ui.chat_desk import ChatDesk
from gcdesk.ui.chat_header import ChatHeader
from gcdesk.ui.chat_page import ChatPage
from gcdesk.ui.chats import Chats, MakeBridge
from gcdesk.ui.customer_desk import CustomerDesk
from gcdesk.ui.customers_bridge import CustomersBridge
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.environment_desk import EnvironmentDesk
from gcdesk.ui.folders import Folders
from gcdesk.ui.history_bridge import HistoryBridge
from gcdesk.ui.history_desk import HistoryDesk
from gcdesk.ui.inspector import Inspector
from gcdesk.ui.inspector_desk import InspectorDesk
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.memory import (
    FOLDERS_KEY,
    LEVEL_KEY,
    NOTIFY_KEY,
    NOTIFY_PLAIN,
    PICTURES_KEY,
    THEME_KEY,
    allowed_pictures,
)
from gcdesk.ui.menus import check
from gcdesk.ui.notifier import Notifier
from gcdesk.ui.open_desk import OpenDesk
from gcdesk.ui.proof_desk import ProofDesk
from gcdesk.ui.proofs_bridge import ProofsBridge
from gcdesk.ui.settings_desk import SettingsDesk
from gcdesk.ui.shelf import Shelf
from gcdesk.ui.step import EDIT_ATTRIBUTES, EDIT_ENVIRONMENT, RETRY
from gcdesk.ui.transcript_desk import TranscriptDesk
from gcdesk.ui.window import Early, Window

translate = QCoreApplication.translate

_log = logging.getLogger(__name__)


class Controller(QObject):
    """Brings window, chats and environments together.

    Args:
        window: The window, shown already.
        desk: The book of environments.
        customers: Who is signed in, and what can be resumed.
        make_bridge: Makes the way down for a new chat.
        proofs: The Platform API.
        log_level: The level the log is at.
        remembered: What the settings keep of FOLDERS_KEY and PICTURES_KEY.
        history: The chats that were kept; None where there are none to show.
    """

    def __init__(
        self,
        window: Window,
        desk: DeskBridge,
        customers: CustomersBridge,
        make_bridge: MakeBridge,
        proofs: ProofsBridge,
        log_level: str,
        remembered: Mapping[str, Any] | None = None,
        history: HistoryBridge | None = None,
    ) -> None:
        remembered = remembered or {}
        super().__init__(window)
        self.window = window
        self._desk = desk
        self._pages: dict[LiveChat, tuple[ChatPage, Inspector]] = {}
        self._listening = False
        self._folders = Folders(remembered.get(FOLDERS_KEY), self)
        self._folders.changed.connect(lambda: desk.remember(FOLDERS_KEY, self._folders.remembered()))
        self._pictures_allowed = allowed_pictures(remembered.get(PICTURES_KEY))
        self.chats = Chats(window.launch_bar, make_bridge, self)
        self.customers = CustomerDesk(window, self.chats, customers, window.notices, window.tell)
        self.chat_desk = ChatDesk(window, self.chats)
        self.chat_list = self.chat_desk.list
        self.idle_inspector = Inspector()
        self.inspectors = InspectorDesk(window)
        self.transcripts = TranscriptDesk(window)
        self.environments = EnvironmentDesk(window, desk, window.tell, proofs)
        self.settings = SettingsDesk(window, desk, self.environments, window.tell)
        self.notifier = Notifier(window, self.chats, str(remembered.get(NOTIFY_KEY, NOTIFY_PLAIN)))
        self.settings.notify = self.notifier.choice
        self.settings.notify_chosen.connect(self.notifier.choose)
        self.proofs = ProofDesk(window, self.chats, proofs, window.notices, self.environments.open_at)
        self.history = (
            HistoryDesk(window, self.chats, self.chat_desk, self.inspectors, history) if history else None
        )
        self.openings = OpenDesk(window, self.chats, desk)
        window.set_side(self.chat_list)
        window.right.insertWidget(0, self.idle_inspector)
        window.right.setCurrentIndex(0)
        self._connect()
        self._show_frames(window.menus.frames.isChecked())
        check(window.menus.themes, style.theme().choice)
        check(window.menus.levels, log_level)
        window.status_line.show_level(log_level)
        self._refresh()

    def remembered(self) -> dict[str, Any]:
        """What the settings keep of the window."""
        return self.window.remembered()

    # Wiring

    def _connect(self) -> None:
        desk, window, chats = self._desk, self.window, self.chats
        desk.shelf_changed.connect(self._show_shelf)
        desk.keyring_seen.connect(window.status_line.show_keyring)
        desk.noticed.connect(window.notices.tell)
        desk.failed.connect(window.tell)
        window.launch_bar.environment_chosen.connect(self._environment_chosen)
        window.launch_bar.add_environment_requested.connect(self.environments.open_at)
        window.launch_bar.manage_environments_requested.connect(self.environments.open_list)
        chats.added.connect(self._added)
        for wish in (chats.started, self.chat_desk.write_wanted):
            wish.connect(lambda chat: self._pages[chat][0].composer.focus_input())
        chats.removed.connect(self._removed)
        chats.selected.connect(self._selected)
        chats.changed.connect(self._refresh)

    def _connect_actions(self) -> None:
        menus, launch_bar = self.window.menus, self.window.launch_bar

        def on(action: QAction, act: Any) -> None:
            action.triggered.connect(lambda _checked=False: act())

        on(menus.send, lambda: self._page_do(ChatPage.send))
        on(menus.join, lambda: self._page_do(ChatPage.join))
        on(menus.clear, lambda: self._page_do(ChatPage.clear))
        on(menus.resume, lambda: self.customers.resume(self.window.shown_item()))
        on(menus.sign_in, self._sign_in)
        on(menus.sign_out, lambda: self.customers.sign_out(self._place()))
        on(menus.attach, lambda: self._page_do(ChatPage.attach))
        menus.pictures.triggered.connect(self._allow_pictures)
        on(menus.earlier, lambda: self._page_do(ChatPage.load_earlier))
        on(menus.new_conversation, lambda: self._page_do(ChatPage.new_conversation))
        menus.raw.triggered.connect(lambda raw: self._page_do(lambda page: page.show_raw(raw)))
        on(menus.leave, lambda: self._shown_do(lambda chat: chat.bridge.leave()))
        on(menus.add, self.environments.open_at)
        on(menus.manage, self.environments.open_list)
        on(menus.take_in, self.environments.files.take_in)
        on(menus.hand_on, self.environments.files.hand_on)
        on(menus.settings, self.settings.open)
        self.settings.theme_chosen.connect(self._choose_theme)
        on(menus.edit, lambda: self.environments.open_at(launch_bar.environment_name()))
        on(menus.next_part, lambda: self._go_to_part(1))
        on(menus.previous_part, lambda: self._go_to_part(-1))
        on(menus.examine, lambda: self.proofs.examine(self._place()))
        on(menus.prove, self._prove)
        on(menus.shortcuts, self._show_shortcuts)
        on(menus.about, self._show_about)
        menus.frames.toggled.connect(self._show_frames)
        menus.themes.triggered.connect(lambda action: self._choose_theme(action.data()))
        menus.levels.triggered.connect(self._choose_level)

    # Chats

    def _added(self, chat: LiveChat) -> None:
        menus = self.window.menus
        page = ChatPage(chat, ChatHeader(menus.leave, menus.clear, menus.more_menu), self._folders)
        page.transcript.hub.pictures.allow(chat.item.name in self._pictures_allowed)
        page.resume_requested.connect(lambda: self.customers.resume_chat(chat))
        page.sign_in_requested.connect(lambda: self.customers.sign_in(chat.item, chat))
        page.start_again_requested.connect(lambda: self.chats.start_again(chat))
        inspector = Inspector(chat)
        inspector.action_requested.connect(lambda action: self._act(chat, action))
        inspector.show_frames(menus.frames.isChecked())
        self.inspectors.join(page.transcript, inspector)
        self._pages[chat] = page, inspector
        self.window.middle.addWidget(page)
        self.window.right.addWidget(inspector)
        chat.ended.connect(lambda: self._come_back(chat))

    def _removed(self, chat: LiveChat) -> None:
        for part in self._pages.pop(chat):
            part.hide()
            part.deleteLater()

    def _selected(self, chat: LiveChat | None) -> None:
        window = self.window
        if chat is None:
            window.middle.setCurrentWidget(window.welcome)
            window.right.setCurrentWidget(self.idle_inspector)
        else:
            page, inspector = self._pages[chat]
            window.middle.setCurrentWidget(page)
            window.right.setCurrentWidget(inspector)
        self._refresh()

    def _come_back(self, chat: LiveChat) -> None:
        """After a start that failed, lead the keyboard back to the CRM ID, unless something was written."""
        composer = self._pages[chat][0].composer
        if chat.state is State.ERROR and composer.input.hasFocus() and not composer.text():
            self.window.launch_bar.focus_crm_id()

    def _act(self, chat: LiveChat, action: str) -> None:
        if action == RETRY:
            self.chats.start_again(chat)
        elif action == EDIT_ENVIRONMENT:
            self.environments.open_at(chat.item.name)
        elif action == EDIT_ATTRIBUTES:
            self.window.launch_bar.open_attributes()
        else:
            self.proofs.act(chat, action)

    def _page_do(self, act: Any) -> None:
        if self.chats.shown is not None:
            act(self._pages[self.chats.shown][0])

    def _shown_do(self, act: Any) -> None:
        if self.chats.shown is not None:
            act(self.chats.shown)

    # What shows

    def _environment_chosen(self, name: str) -> None:
        _log.debug("%s is chosen now", name)
        self._desk.choose(name)
        self._refresh()

    def _show_shelf(self, shelf: Shelf) -> None:
        early = None if self._listening else self.window.take_early()
        if early is not None and early.environment in {item.name for item in shelf.items}:
            shelf = replace(shelf, chosen=early.environment)
            self._desk.choose(early.environment)
        _log.debug("%d environments, %s is chosen", len(shelf.items), shelf.chosen)
        self.window.show_shelf(shelf)
        self.chats.set_items(shelf.items)
        if early is not None:
            self._listening = True
            self._catch_up(early)
        self._refresh()

    def _catch_up(self, early: Early) -> None:
        self.window.launch_bar.start_requested.connect(self.chats.start)
        if early.start is not None:
            self.chats.start(*early.start)
        self._connect_actions()
        for action in early.actions:
            action.trigger()

    def _show_frames(self, shown: bool) -> None:
        for inspector in (self.idle_inspector, *(inspector for _, inspector in self._pages.values())):
            inspector.show_frames(shown)

    def _refresh(self) -> None:
        chat, menus, status = self.chats.shown, self.window.menus, self.window.status_line
        status.show_live_chats(len(self.chats.live), sum(chat.unread for chat in self.chats.all))
        status.show_round_trip(chat.round_trip if chat is not None else None)
        menus.send.setEnabled(chat is not None and chat.look.can_write)
        menus.join.setEnabled(chat is not None and chat.can_join)
        menus.leave.setEnabled(chat is not None and chat.look.can_end)
        menus.clear.setEnabled(chat is not None and chat.can_clear)
        ends = translate("Menu", "End the conversation for everybody; it cannot be taken up again")
        menus.clear.setToolTip((chat.why_not_clear if chat is not None else "") or ends)
        menus.attach.setEnabled(chat is not None and chat.can_attach)
        menus.attach.setToolTip(chat.why_not_attach if chat is not None else "")
        place = self._place()
        menus.pictures.setEnabled(place is not None)
        menus.pictures.setChecked(place is not None and place.name in self._pictures_allowed)
        menus.earlier.setEnabled(chat is not None and chat.can_load_earlier)
        menus.new_conversation.setEnabled(
            chat is not None and chat.live and chat.state is State.READ_ONLY and not chat.standing.renewing
        )
        page = self._pages[chat][0] if chat is not None else None
        menus.raw.setEnabled(page is not None and page.has_markdown)
        menus.raw.setChecked(page is not None and page.shows_raw)
        self.chat_desk.refresh()
        item = self.window.shown_item()
        menus.edit.setEnabled(item is not None and not item.simulated)
        kept = self.history.shown if self.history is not None else None
        shown = chat if chat is not None else kept
        self.window.setWindowTitle(shown.title if shown is not None else "gcdesk")

    def _go_to_part(self, step: int) -> None:
        parts = [part for part in self._parts() if part.isVisible() and part.isEnabled()]
        focus = QApplication.focusWidget()
        here = next(
            (place for place, part in enumerate(parts) if focus is not None and _holds(part, focus)), -step
        )
        if parts:
            parts[(here + step) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)

    def _parts(self) -> list[QWidget]:
        crm_id = self.window.launch_bar.findChild(QLineEdit, "crm-id")
        parts: list[QWidget] = [part for part in (crm_id, self.chat_list.view) if part is not None]
        if self.chats.shown is not None:
            page, inspector = self._pages[self.chats.shown]
            parts += [page.transcript, page.composer.input, inspector.main_part]
        elif self.history is not None and self.history.page is not None:
            parts += [self.history.page.transcript, self.history.page.inspector.main_part]
        return parts

    def _place(self) -> EnvironmentItem | None:
        """The environment that is spoken of: that of the shown chat, else the chosen one."""
        chat = self.chats.shown
        return chat.item if chat is not None else self.window.shown_item()

    def _prove(self) -> None:
        place = self._place()
        self.proofs.prove(self.chats.items, place.name if place is not None else "")

    def _sign_in(self) -> None:
        chat = self.chats.shown
        self.customers.sign_in(self._place(), chat)

    def _allow_pictures(self, allowed: bool) -> None:
        item = self._place()
        if item is None:
            return
        place = item.name
        (self._pictures_allowed.add if allowed else self._pictures_allowed.discard)(place)
        self._desk.remember(PICTURES_KEY, sorted(self._pictures_allowed))
        for chat, (page, _) in self._pages.items():
            if chat.item.name == place:
                page.transcript.hub.pictures.allow(allowed)

    def _choose_theme(self, choice: style.ThemeChoice) -> None:
        style.set_theme(choice)
        check(self.window.menus.themes, choice)
        self._desk.remember(THEME_KEY, choice)

    def _choose_level(self, action: QAction) -> None:
        logs.set_level(action.data())
        self.window.status_line.show_level(action.data())
        self._desk.remember(LEVEL_KEY, action.data())

    def _show_shortcuts(self) -> None:
        # Nobody needs it for the first window.
        from gcdesk.ui.shortcut_sheet import ShortcutSheet, keys_elsewhere, keys_of

        show_dialog(ShortcutSheet(keys_of(self.window.menuBar()) | keys_elsewhere(), self.window))

    def _show_about(self) -> None:
        # Its versions are read from files, which nobody waits for at the start.
        from gcdesk.ui.about import AboutDialog

        show_dialog(AboutDialog(self.window))


def _holds(part: QWidget, focus: QWidget) -> bool:
    return part is focus or part.isAncestorOf(focus)
