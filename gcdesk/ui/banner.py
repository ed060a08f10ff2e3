"""The line above the composer for a chat that cannot go on by itself: what happened, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gcdesk.guest.states import State
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.said import told
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID


class ChatBanner(QFrame):
    """Shown while a chat is read-only, has ended, or waits for the customer to sign in."""

    new_chat_requested = Signal()
    """The same guest wants a new conversation."""

    start_again_requested = Signal()
    """The same customer wants a fresh session."""

    resume_requested = Signal()
    """A chat that was left shall go on."""

    sign_in_requested = Signal()
    """The customer wants to sign in."""

    retry_requested = Signal()
    """The broken connection shall be tried again at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "warned-line")
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.sign_in = self._button(
            self.tr("Sign in"), self.tr("Open the sign-in page in the browser"), self.sign_in_requested
        )
        self.new_chat = self._button(
            self.tr("New chat"),
            self.tr("Begin a new conversation in this guest session"),
            self.new_chat_requested,
        )
        self.resume = self._button(
            self.tr("Resume"), self.tr("Go on with this chat in its own guest session"), self.resume_requested
        )
        self.start_again = self._button(
            self.tr("Start again"),
            self.tr("Start a chat with a fresh guest session for the same customer"),
            self.start_again_requested,
        )
        self.retry = self._button(
            self.tr("Try now"), self.tr("Connect again without waiting any longer"), self.retry_requested
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID + 2, 2 * GRID, 4 * GRID + 2, 2 * GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._text, 1)
        for button in (self.retry, self.sign_in, self.new_chat, self.resume, self.start_again):
            row.addWidget(button)
        self.hide()

    def _button(self, words: str, what: str, wish: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(what)
        button.setAccessibleDescription(what)
        button.clicked.connect(wish)
        return button

    def show_chat(self, chat: LiveChat) -> None:
        """Show what a chat needs, or nothing."""
        words = self._words(chat)
        read_only = chat.live and chat.state is State.READ_ONLY
        standing = chat.standing
        waits = chat.live and standing.sign_in_error is not None
        self.sign_in.setVisible(waits or (not chat.live and standing.wants_sign_in))
        self.retry.setVisible(chat.live and standing.broken and not waits)
        self.new_chat.setVisible(read_only)
        self.resume.setVisible(not chat.live and bool(chat.resume_token))
        self.new_chat.setEnabled(not chat.standing.renewing)
        self.start_again.setVisible(read_only or not chat.live)
        set_role(self, "warned-line" if chat.live else "bar")
        self._text.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def _words(self, chat: LiveChat) -> str:
        if chat.live and chat.standing.renewing:
            return self.tr("A new conversation begins…")
        if chat.live and chat.standing.sign_in_error is not None:
            return told(chat.standing.sign_in_error)
        if chat.live and chat.state is State.READ_ONLY:
            return self.tr("You can read this conversation, but not write in it any more.")
        if chat.live and chat.standing.broken:
            return self.tr("The connection is broken. What you write waits until it is back.")
        if not chat.live and (chat.standing.was_active or chat.standing.wants_sign_in):
            return chat.last_line
        return ""
