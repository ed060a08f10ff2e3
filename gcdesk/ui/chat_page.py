"""The middle of the window for one chat: header, transcript and composer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.replies import Reply
from gcdesk.guest.states import State
from gcdesk.ui.addresses import destination
from gcdesk.ui.banner import ChatBanner
from gcdesk.ui.chat_files import ChatFiles
from gcdesk.ui.chat_header import ChatHeader
from gcdesk.ui.composer import Composer
from gcdesk.ui.composer_input import local_files
from gcdesk.ui.folders import Folders
from gcdesk.ui.hairline import hairline
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.notes import typing_words
from gcdesk.ui.said import said, told
from gcdesk.ui.style import set_role
from gcdesk.ui.transcript import Transcript

if TYPE_CHECKING:
    from gcdesk.ui.drop_hint import DropHint

translate = QCoreApplication.translate


class ChatPage(QFrame):
    """The conversation with one customer.

    What a press here could not do is told by a quiet line of the transcript.
    """

    start_again_requested = Signal()
    """The same customer wants a fresh session."""

    resume_requested = Signal()
    """The chat was left and shall go on."""

    sign_in_requested = Signal()
    """The customer wants to sign in."""

    def __init__(
        self,
        chat: LiveChat,
        header: ChatHeader,
        folders: Folders,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "canvas")
        self.chat = chat
        self.header = header
        self.transcript = Transcript(self)
        self.banner = ChatBanner(self)
        self.composer = Composer(self)
        self.files = ChatFiles(self, chat.bridge, self.composer, self.transcript.hub, folders, self._try)
        self.setAcceptDrops(True)
        self._drop_hint: DropHint | None = None
        self._raw = False
        self._typing_ends = QTimer(self, singleShot=True)
        self._typing_ends.timeout.connect(lambda: self.transcript.set_typing(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, stretch in (
            (self.header, 0),
            (hairline(self), 0),
            (self.transcript, 1),
            (self.banner, 0),
            (hairline(self), 0),
        ):
            column.addWidget(part, stretch)
        column.addWidget(self.composer)
        self._connect()
        self._refresh()

    def send(self) -> None:
        """Send what is written."""
        self.composer.send_button.click()

    def join(self) -> None:
        """Join the conversation."""
        self._try(self.chat.bridge.join)

    def clear(self) -> None:
        """End the conversation."""
        self._try(self.chat.end_conversation)

    def attach(self) -> None:
        """Let the person choose files to send."""
        if self.chat.can_attach:
            self.files.choose()

    def load_earlier(self) -> None:
        """Read earlier messages."""
        if self.chat.can_load_earlier:
            self._try(self.chat.bridge.load_history)

    def new_conversation(self) -> None:
        """Begin a new conversation in this session."""
        if self._try(self.chat.begin_new_conversation):
            self.composer.focus_input()

    @property
    def has_markdown(self) -> bool:
        """Whether the deployment has Markdown on."""
        return self.chat.deployment is not None and self.chat.deployment.markdown

    @property
    def shows_raw(self) -> bool:
        """Whether Markdown is shown as it was written."""
        return self._raw

    def tell(self, sentence: str) -> None:
        """Say something in a quiet line of the transcript."""
        self.transcript.add_note(sentence, datetime.now(UTC))

    def log_out(self) -> None:
        """Log the signed-in customer out, which closes the chat."""
        self._try(self.chat.bridge.log_out)

    def show_raw(self, raw: bool) -> None:
        """Show Markdown as it was written, or drawn."""
        self._raw = raw
        self.transcript.set_markdown(self.has_markdown and not raw)

    def _connect(self) -> None:
        chat, bridge = self.chat, self.chat.bridge
        chat.happened.connect(self._take)
        chat.noted.connect(self.transcript.add_note)
        chat.changed.connect(self._changed)
        self.composer.send_requested.connect(self._send)
        self.composer.typing.connect(bridge.typing)
        self.transcript.reply_chosen.connect(self._reply)
        self.transcript.resend_requested.connect(lambda key: self._try(lambda: bridge.resend(key)))
        self.transcript.withdraw_requested.connect(lambda key: self._try(lambda: bridge.withdraw(key)))
        self.transcript.earlier_requested.connect(self.load_earlier)
        self.banner.new_chat_requested.connect(self.new_conversation)
        self.banner.start_again_requested.connect(self.start_again_requested)
        self.banner.resume_requested.connect(self.resume_requested)
        self.banner.sign_in_requested.connect(self.sign_in_requested)
        self.banner.retry_requested.connect(bridge.retry_now)
        self.transcript.link_activated.connect(self._open_address)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: whoever looks sees how things stand now."""
        self._refresh()
        super().showEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files can be dropped anywhere on the conversation."""
        if not (self.chat.can_attach and local_files(event.mimeData())):
            return
        if self._drop_hint is None:
            # Most chats see no file, and none before the window is painted.
            from gcdesk.ui.drop_hint import DropHint

            self._drop_hint = DropHint(self.transcript)
        self._drop_hint.offer()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt: the files were carried away again."""
        if self._drop_hint is not None:
            self._drop_hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: files were dropped."""
        if self._drop_hint is not None:
            self._drop_hint.hide()
        self.files.offer(local_files(event.mimeData()))
        event.acceptProposedAction()

    def _take(self, event: Event) -> None:
        self.files.take(event)
        match event:
            case events.MessageAdded():
                self.transcript.add_message(event.message, event.before, earlier=event.earlier)
            case events.MessageMoved():
                self.transcript.move_message(event.key, event.before)
            case events.MessageChanged():
                self.transcript.change_message(event.message)
            case events.MessageWithdrawn():
                self.transcript.remove_message(event.message.key)
            case events.TypingChanged():
                self._show_typing(event)
            case events.DeploymentRead():
                self.show_raw(self._raw)
            case events.SessionRenewed():
                words = translate("Transcript", "A new conversation begins here")
                self.transcript.add_divider(words, "" if event.asked_for else said(event.reason), event.at)
            case events.SessionConfigured() | events.HistoryChanged():
                standing = self.chat.standing
                if standing.earlier is not None:
                    self.transcript.show_earlier(standing.earlier, standing.earlier_reason)

    def _show_typing(self, event: events.TypingChanged) -> None:
        self.transcript.set_typing(typing_words(event.sender) if event.on else "")
        if event.on:
            # The service says for how long; nobody may seem to type for ever (guest API, section 3.1).
            self._typing_ends.start(max(1000, int(event.seconds * 1000)))
        else:
            self._typing_ends.stop()

    def _changed(self) -> None:
        # Of fifty chats one is shown; the others need not be drawn.
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        look = self.chat.look
        self.header.show_chat(self.chat)
        self.banner.show_chat(self.chat)
        # Who writes before the session is ready need not wait: the message does.
        self.composer.set_available(self.chat.can_write, look.why_not)
        self.composer.set_attachable(self.chat.can_attach, self.chat.why_not_attach)
        standing = self.chat.standing
        self.composer.queue.show_queue(
            # Without a connection nothing is being sent, whatever waits.
            len(standing.queued) if self.chat.state is State.CONFIGURED else 0,
            standing.budget,
        )
        self.transcript.set_usable(look.can_write)
        if not self.chat.live:
            self.transcript.set_typing("")
            if early := self.chat.take_early():
                self.composer.set_text(early)

    def _send(self, text: str) -> None:
        try:
            chips = list(self.composer.tray.chips)
            # One file a message: the text goes with the first.
            for chip in chips:
                self.chat.bridge.say(text, chip.attachment_id)
                self.composer.tray.take(chip)
                if text:
                    self.composer.accepted()
                    text = ""
            if not chips:
                self.chat.say(text)
                self.composer.accepted()
        except GcdeskError as error:
            self.composer.refused(told(error))

    def _open_address(self, text: str) -> None:
        found = destination(text)
        if found.opens and not QDesktopServices.openUrl(QUrl(found.url)):
            words = translate("Link", "No browser could be opened. Copy the address instead")
            self.tell(words)

    def _reply(self, reply: Reply) -> None:
        if not self._try(lambda: self.chat.bridge.reply(reply)):
            self.transcript.take_back_pick()

    def _try(self, wish: Callable[[], object]) -> bool:
        try:
            wish()
        except GcdeskError as error:
            self.tell(told(error))
            return False
        return True
