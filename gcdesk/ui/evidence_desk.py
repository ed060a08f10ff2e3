"""Evidence of the chat that is shown, for a ticket: one action makes it, another copies it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog

from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.chats import Chats
from gcdesk.ui.dialogs import allow_quit, show_dialog
from gcdesk.ui.history_bridge import HistoryBridge
from gcdesk.ui.window import Window

if TYPE_CHECKING:
    from gcdesk.desk.evidence import Evidence

translate = QCoreApplication.translate

_SAID_MS = 8_000


class EvidenceDesk(QObject):
    """Makes evidence of running and of kept chats.

    Args:
        window: The window.
        chats: Its own chats.
        history: The history.
        kept: Gives the number of the kept chat that is shown, None for none.
    """

    def __init__(
        self, window: Window, chats: Chats, history: HistoryBridge, kept: Callable[[], int | None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._chats = chats
        self._history = history
        self._kept = kept
        self.save = self._action("evidence", translate("Menu", "Evidence for a ticket…"), "Ctrl+Shift+S")
        self.save.setToolTip(
            translate("Menu", "Save transcript, frames, timings and attributes as a page and as JSON")
        )
        self.copy = self._action("copyEvidence", translate("Menu", "Copy as Mar&kdown"), "Ctrl+Shift+K")
        self.copy.setToolTip(translate("Menu", "Copy the chat for a ticket, with personal data masked"))
        self.save.triggered.connect(lambda: self._shown_do(self.open_for))
        self.copy.triggered.connect(lambda: self._shown_do(self.copy_markdown))
        self.refresh()

    def _action(self, name: str, text: str, shortcut: str) -> QAction:
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(shortcut))
        self._window.addAction(action)
        return action

    def refresh(self) -> None:
        """Let the menu offer what makes sense now."""
        able = self._shown() is not None
        self.save.setEnabled(able)
        self.copy.setEnabled(able)

    def open_for(self, chat: int | ChatBridge) -> None:
        """Let the person say what goes in and where it goes."""
        # Nobody needs it for the first window.
        from gcdesk.ui.evidence_dialog import EvidenceDialog

        dialog = EvidenceDialog(self._window)
        dialog.save_requested.connect(
            lambda personal: self._make(chat, self._ask_where, include_personal=personal)
        )
        dialog.copy_requested.connect(lambda personal: self.copy_markdown(chat, include_personal=personal))
        show_dialog(dialog)

    def copy_markdown(self, chat: int | ChatBridge, *, include_personal: bool = False) -> None:
        """Put the evidence on the clipboard as Markdown."""

        def done(evidence: Evidence) -> None:
            from gcdesk.ui.plain_text import copy

            copy(evidence.markdown())
            self._window.status_line.showMessage(
                translate("Evidence", "The chat is on the clipboard as Markdown."), _SAID_MS
            )

        self._make(chat, done, include_personal=include_personal)

    # Inside

    def _shown(self) -> int | ChatBridge | None:
        kept = self._kept()
        if kept is not None:
            return kept
        return self._chats.shown.bridge if self._chats.shown is not None else None

    def _shown_do(self, act: Callable[[int | ChatBridge], None]) -> None:
        chat = self._shown()
        if chat is not None:
            act(chat)

    def _make(
        self, chat: int | ChatBridge, done: Callable[[Evidence], None], *, include_personal: bool
    ) -> None:
        self._history.evidence(chat, done, self._window.tell, include_personal=include_personal)

    def _ask_where(self, evidence: Evidence) -> None:
        chooser = QFileDialog(self._window, translate("Evidence", "Save evidence"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("html")
        chooser.selectFile(_file_name(evidence))
        chooser.setNameFilter(translate("Evidence", "Pages (*.html)"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(
            lambda path: self._history.save(evidence, Path(path), self._saved, self._window.tell)
        )
        allow_quit(chooser)
        chooser.open()

    def _saved(self, paths: tuple[Path, Path]) -> None:
        from gcdesk.ui.tell_dialog import TellDialog

        page, beside = paths
        words = translate("Evidence", "The evidence is in {page}, and as JSON in {json} beside it.")
        lines = [words.format(page=page.name, json=beside.name), str(page.parent)]

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))

        answer = translate("Evidence", "Show the page"), show
        show_dialog(TellDialog(translate("Evidence", "Evidence"), lines, answer, self._window))


def _file_name(evidence: Evidence) -> str:
    """A name that tells nobody whose chat it is."""
    chat = evidence.document["chat"]
    return f"gcdesk-chat-{chat['id']}-{str(chat['started'])[:10]}.html"
