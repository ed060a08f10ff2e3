"""The menu bar: every action with its keyboard way. What an action does is the window's business."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from gcdesk.desk.logs import LEVELS

translate = QCoreApplication.translate


class Menus:
    """All actions of the window, and the menus that show them.

    Args:
        window: The window whose menu bar is filled.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        action = self._action

        self.new_chat = action("newChat", translate("Menu", "&New chat"), "Ctrl+N")
        self.attributes = action("attributes", translate("Menu", "&Attributes…"), "Ctrl+Shift+A")
        self.send = action("send", translate("Menu", "&Send message"), "Ctrl+Return")
        self.join = action("join", translate("Menu", "&Join the conversation"), "Ctrl+J")
        self.leave = action("leave", translate("Menu", "&Leave chat"), "Ctrl+W")
        self.leave.setToolTip(
            translate("Menu", "Close the connection; the conversation stays open for the agent")
        )
        self.clear = action("clear", translate("Menu", "&End conversation"), "Ctrl+Shift+W")
        self.new_conversation = action("newConversation", translate("Menu", "New con&versation here"), "")
        self.new_conversation.setToolTip(
            translate("Menu", "Begin a new conversation in this guest session, once the old one is read-only")
        )
        self.resume = action("resume", translate("Menu", "Res&ume an earlier chat…"), "Ctrl+Shift+U")
        self.sign_in = action("signIn", translate("Menu", "S&ign in…"), "Ctrl+Shift+I")
        self.sign_in.setToolTip(
            translate("Menu", "Sign a customer in through the browser; the chat goes on in that name")
        )
        self.sign_out = action("signOut", translate("Menu", "Sign &out"), "")
        self.sign_out.setToolTip(translate("Menu", "Log the customer out; chats in that name are closed"))
        self.start_again = action("startAgain", translate("Menu", "Start a&gain"), "Ctrl+Shift+R")
        self.start_again.setToolTip(
            translate("Menu", "Start a chat with a fresh guest session for the same customer")
        )
        self.earlier = action("earlier", translate("Menu", "Loa&d earlier messages"), "Ctrl+Shift+H")
        self.attach = action("attachFiles", translate("Menu", "A&ttach files…"), "Ctrl+Shift+O")
        self.pictures = action(
            "pictures", translate("Menu", "Show pict&ures in this environment"), "", checkable=True
        )
        self.pictures.setToolTip(
            translate(
                "Menu", "Load pictures from messages without asking; who keeps them sees that they are loaded"
            )
        )
        self.raw = action("raw", translate("Menu", "Show &Markdown as written"), "", checkable=True)
        self.copy_id = action("copyCrmId", translate("Menu", "Copy &CRM ID"), "Ctrl+Shift+C")
        self.remove = action("remove", translate("Menu", "&Remove from the list"), "Ctrl+Shift+Del")
        self.previous = action("previous", translate("Menu", "&Previous chat"), "Ctrl+PgUp")
        self.next = action("next", translate("Menu", "Ne&xt chat"), "Ctrl+PgDown")
        self.quit = action("quit", translate("Menu", "&Quit"), "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

        self.choose = action("choose", translate("Menu", "&Choose environment…"), "Ctrl+Shift+E")
        self.add = action("add", translate("Menu", "&Add an environment…"), "Ctrl+Shift+N")
        self.edit = action("edit", translate("Menu", "&Edit this environment…"), "")
        self.manage = action("manage", translate("Menu", "&Manage environments…"), "Ctrl+Shift+M")
        self.take_in = action("import", translate("Menu", "&Import environments…"), "")
        self.hand_on = action("export", translate("Menu", "E&xport environments…"), "")
        self.settings = action("settings", translate("Menu", "Settings…"), "Ctrl+,")
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)

        self.chat_list = action("chatList", translate("Menu", "&Chat list"), "Ctrl+Shift+L", checkable=True)
        self.frames = action("frames", translate("Menu", "&Frames"), "Ctrl+Shift+F", checkable=True)
        self.filter_frames = action("filterFrames", translate("Menu", "F&ilter frames…"), "Ctrl+Alt+F")
        self.timing = action("timing", translate("Menu", "Timin&g of this chat"), "Ctrl+Shift+T")
        self.next_part = action("nextPart", translate("Menu", "Next &part of the window"), "F6")
        self.previous_part = action(
            "previousPart", translate("Menu", "Pre&vious part of the window"), "Shift+F6"
        )
        self.themes = self._choices(
            {
                "system": translate("Menu", "As the &system"),
                "light": translate("Menu", "&Light"),
                "dark": translate("Menu", "&Dark"),
            }
        )
        self.levels = self._choices({level: _level_words(level) for level in LEVELS})
        self.examine = action("examine", translate("Menu", "Check this &environment…"), "Ctrl+Shift+D")
        self.examine.setToolTip(
            translate("Menu", "Walk from this desk to the environment's chats and say what would go wrong")
        )
        self.prove = action(
            "prove", translate("Menu", "&Prove attributes of a conversation…"), "Ctrl+Shift+P"
        )
        self.shortcuts = action("shortcuts", translate("Menu", "&Keyboard shortcuts…"), "Ctrl+/")
        self.about = action("about", translate("Menu", "&About gcdesk"), "")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.more_menu = self._more_menu()
        self._fill_bar()

    @property
    def to_replay(self) -> list[QAction]:
        """The actions that mean something later too, when they were asked for before the window was complete."""
        here = (self.quit, self.new_chat, self.attributes, self.choose, self.chat_list, self.frames)
        return [action for action in self._window.actions() if action not in here]

    def _action(self, name: str, text: str, shortcut: str, *, checkable: bool = False) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.setCheckable(checkable)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        self._window.addAction(action)
        return action

    def _choices(self, choices: dict[str, str]) -> QActionGroup:
        group = QActionGroup(self._window)
        for value, text in choices.items():
            action = QAction(text, group)
            action.setCheckable(True)
            action.setData(value)
        return group

    def _more_menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        menu.addActions([self.earlier, self.raw, self.join, self.new_conversation, self.start_again])
        menu.addSeparator()
        menu.addActions([self.copy_id, self.remove])
        return menu

    def _fill_bar(self) -> None:
        bar = self._window.menuBar()
        self.chat_menu = chat = bar.addMenu(translate("Menu", "&Chat"))
        chat.setToolTipsVisible(True)
        chat.addActions([self.new_chat, self.resume, self.attributes])
        chat.addSeparator()
        chat.addActions([self.send, self.attach, self.earlier, self.join])
        chat.addSeparator()
        chat.addActions([self.leave, self.clear, self.new_conversation, self.start_again])
        chat.addSeparator()
        chat.addActions([self.sign_in, self.sign_out])
        chat.addSeparator()
        chat.addActions([self.previous, self.next, self.copy_id, self.remove])
        chat.addSeparator()
        chat.addActions([self.settings, self.quit])

        environment = bar.addMenu(translate("Menu", "&Environment"))
        environment.addActions([self.choose, self.add, self.edit, self.manage])
        environment.addSeparator()
        environment.addActions([self.take_in, self.hand_on])

        view = bar.addMenu(translate("Menu", "&View"))
        view.setToolTipsVisible(True)
        view.addActions(
            [self.chat_list, self.frames, self.filter_frames, self.timing, self.pictures, self.raw]
        )
        theme = view.addMenu(translate("Menu", "&Theme"))
        theme.addActions(self.themes.actions())
        view.addSeparator()
        view.addActions([self.next_part, self.previous_part])

        help_menu = bar.addMenu(translate("Menu", "&Help"))
        help_menu.setToolTipsVisible(True)
        help_menu.addActions([self.examine, self.prove])
        help_menu.addSeparator()
        help_menu.addAction(self.shortcuts)
        help_menu.addSeparator()
        levels = help_menu.addMenu(translate("Menu", "&Log level"))
        levels.addActions(self.levels.actions())
        help_menu.addSeparator()
        help_menu.addAction(self.about)


def check(group: QActionGroup, value: str) -> None:
    """Mark the choice with that value."""
    for action in group.actions():
        if action.data() == value:
            action.setChecked(True)


def _level_words(level: str) -> str:
    return {
        "debug": translate("Menu", "&Debug"),
        "info": translate("Menu", "&Info"),
        "warning": translate("Menu", "&Warning"),
        "error": translate("Menu", "&Error"),
    }[level]
