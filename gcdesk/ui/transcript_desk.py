"""The menu's ways into the conversation that shows: find words in it, and jump to what is new."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from gcdesk.ui.transcript import Transcript
from gcdesk.ui.window import Window

translate = QCoreApplication.translate


class TranscriptDesk(QObject):
    """Serves whichever page of the window's middle holds a conversation, of a running chat or a kept one.

    Args:
        window: The window.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.find = self._action("findInChat", translate("Menu", "Find in this chat"), "Ctrl+F")
        self.next = self._action("findNext", translate("Menu", "Find next"), "F3")
        self.previous = self._action("findPrevious", translate("Menu", "Find previous"), "Shift+F3")
        self.new = self._action("jumpToNew", translate("Menu", "Jump to new messages"), "Alt+End")
        self.find.triggered.connect(self._find)
        self.next.triggered.connect(lambda: self._step(1))
        self.previous.triggered.connect(lambda: self._step(-1))
        self.new.triggered.connect(self._jump)
        chat = window.menus.chat_menu
        chat.insertActions(window.menus.previous, [self.find, self.next, self.previous, self.new])
        chat.insertSeparator(self.find)
        window.middle.currentChanged.connect(self._refresh)
        self._refresh()

    def _action(self, name: str, text: str, shortcut: str) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(shortcut))
        self._window.addAction(action)
        return action

    def _transcript(self) -> Transcript | None:
        page = self._window.middle.currentWidget()
        return page.findChild(Transcript) if page is not None else None

    def _refresh(self) -> None:
        for action in (self.find, self.next, self.previous, self.new):
            action.setEnabled(self._transcript() is not None)

    def _find(self) -> None:
        transcript = self._transcript()
        if transcript is not None:
            transcript.open_find()

    def _step(self, step: int) -> None:
        transcript = self._transcript()
        if transcript is None:
            return
        if transcript.finding is not None and transcript.finding.is_open:
            transcript.finding.bar.step(step)
        else:
            transcript.open_find()

    def _jump(self) -> None:
        transcript = self._transcript()
        if transcript is not None:
            transcript.jump_to_new()
