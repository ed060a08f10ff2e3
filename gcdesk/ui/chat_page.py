"""The middle of the window for one chat: header, transcript and composer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.content import Attachment
from gcdesk.guest.events import Event
from gcdesk.guest.replies import Reply
from gcdesk.ui.addresses import destination
from gcdesk.ui.composer import Composer
from gcdesk.ui.elided import ElidedLabel
from gcdesk.ui.hairline import hairline
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.notes import typing_words
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID
from gcdesk.ui.transcript import Transcript

translate = QCoreApplication.translate


class ChatHeader(QFrame):
    """Whose chat it is, where it stands, and how to end it."""

    def __init__(self, end: QMenu, more: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._name = ElidedLabel(self)
        set_role(self._name, "title")
        self._pill = QLabel(self)
        self._pill.setTextFormat(Qt.TextFormat.PlainText)
        self._presence = ElidedLabel(self)
        set_role(self._presence, "label")
        self._presence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._end = QPushButton(self.tr("End chat"), self)
        self._end.setObjectName("endChat")
        set_role(self._end, "plain")
        self._end.clicked.connect(lambda: end.popup(self._end.mapToGlobal(self._end.rect().bottomLeft())))
        self._more = QPushButton("\N{MIDLINE HORIZONTAL ELLIPSIS}", self)
        self._more.setObjectName("moreAboutChat")
        self._more.setAccessibleName(self.tr("More about this chat"))
        set_role(self._more, "plain")
        self._more.clicked.connect(lambda: more.popup(self._more.mapToGlobal(self._more.rect().bottomLeft())))
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID + 2, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID + 2)
        row.addWidget(self._name)
        row.addWidget(self._pill)
        row.addWidget(self._presence, 1)
        row.addWidget(self._end)
        row.addWidget(self._more)

    def show_chat(self, chat: LiveChat) -> None:
        """Show a chat as it stands."""
        words, role = chat.pill
        self._name.set_text(chat.crm_id)
        self._pill.setText(words)
        set_role(self._pill, role)
        self._presence.set_text(
            " \N{MIDDLE DOT} ".join(part for part in (chat.item.name, chat.presence) if part)
        )
        self._end.setEnabled(chat.look.can_end)
        self.setAccessibleName(f"{chat.crm_id}, {words}")


class ChatPage(QFrame):
    """The conversation with one customer.

    What a press here could not do is told by a quiet line of the transcript.
    """

    def __init__(self, chat: LiveChat, end: QMenu, more: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "canvas")
        self.chat = chat
        self._header = ChatHeader(end, more, self)
        self.transcript = Transcript(self)
        self.composer = Composer(self)
        self._typing_ends = QTimer(self, singleShot=True)
        self._typing_ends.timeout.connect(lambda: self.transcript.set_typing(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, stretch in (
            (self._header, 0),
            (hairline(self), 0),
            (self.transcript, 1),
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
        self._try(self.chat.bridge.clear)

    def _connect(self) -> None:
        chat, bridge = self.chat, self.chat.bridge
        chat.happened.connect(self._take)
        chat.noted.connect(self.transcript.add_note)
        chat.changed.connect(self._refresh)
        self.composer.send_requested.connect(self._send)
        self.composer.typing.connect(bridge.typing)
        self.transcript.reply_chosen.connect(self._reply)
        self.transcript.resend_requested.connect(lambda key: self._try(lambda: bridge.resend(key)))
        self.transcript.link_activated.connect(_open_address)
        self.transcript.attachment_activated.connect(_open_attachment)

    def _take(self, event: Event) -> None:
        match event:
            case events.MessageAdded():
                self.transcript.add_message(event.message)
            case events.MessageChanged():
                self.transcript.change_message(event.message)
            case events.MessageWithdrawn():
                self.transcript.remove_message(event.message.key)
            case events.TypingChanged():
                self._show_typing(event)

    def _show_typing(self, event: events.TypingChanged) -> None:
        self.transcript.set_typing(typing_words(event.sender) if event.on else "")
        if event.on:
            # The service says for how long; nobody may seem to type for ever (guest API, section 3.1).
            self._typing_ends.start(max(1000, int(event.seconds * 1000)))
        else:
            self._typing_ends.stop()

    def _refresh(self) -> None:
        look = self.chat.look
        self._header.show_chat(self.chat)
        # Who writes before the session is ready need not wait: the message does.
        self.composer.set_available(self.chat.can_write, look.why_not)
        self.transcript.set_usable(look.can_write)
        if not self.chat.live:
            self.transcript.set_typing("")
            if early := self.chat.take_early():
                self.composer.set_text(early)

    def _send(self, text: str) -> None:
        try:
            self.chat.say(text)
        except GcdeskError as error:
            self.composer.refused(str(error))
        else:
            self.composer.accepted()

    def _reply(self, reply: Reply) -> None:
        if not self._try(lambda: self.chat.bridge.reply(reply)):
            self.transcript.take_back_pick()

    def _try(self, wish: Callable[[], object]) -> bool:
        try:
            wish()
        except GcdeskError as error:
            self.transcript.add_note(str(error), datetime.now(UTC))
            return False
        return True


def _open_address(text: str) -> None:
    found = destination(text)
    if found.opens:
        QDesktopServices.openUrl(QUrl(found.url))


def _open_attachment(attachment: Attachment) -> None:
    _open_address(attachment.url)
