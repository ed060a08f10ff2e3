"""What the window asks of the customers: resume an earlier chat, sign in, sign out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.ui.beginning import Beginning
from gcdesk.ui.chats import Chats
from gcdesk.ui.customers_bridge import CustomersBridge
from gcdesk.ui.dialogs import allow_quit, show_dialog
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.notice_bar import NoticeBar

if TYPE_CHECKING:
    from gcdesk.desk.tokens import KeptSession
    from gcdesk.ui.sign_in_dialog import SignInDialog

translate = QCoreApplication.translate


class CustomerDesk(QObject):
    """Brings chats and customers together.

    Args:
        window: What dialogs belong to.
        chats: The chats.
        customers: The keyring's side.
        notices: Where sentences are told that belong to no chat.
        tell: Shows an error.
    """

    def __init__(
        self,
        window: QWidget,
        chats: Chats,
        customers: CustomersBridge,
        notices: NoticeBar,
        tell: Callable[[GcdeskError], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._chats = chats
        self._customers = customers
        self._notices = notices
        self._tell = tell
        self._sign_in: SignInDialog | None = None
        chats.added.connect(self._added)

    @property
    def signing_in(self) -> bool:
        """Whether a sign-in is under way in the browser."""
        return self._sign_in is not None

    def resume(self, item: EnvironmentItem | None) -> None:
        """Let the person choose an earlier chat of an environment."""
        if item is None:
            return

        def show(sessions: list[KeptSession]) -> None:
            from gcdesk.ui.resume_dialog import ResumeDialog

            dialog = ResumeDialog(item.name, sessions, self._window)
            dialog.chosen.connect(
                lambda session: self._chats.start(item.name, session.crm_id, Beginning(session.token))
            )
            show_dialog(dialog)

        self._customers.earlier(item, show, self._tell)

    def resume_chat(self, chat: LiveChat) -> None:
        """Go on with a chat that has ended, in its own guest session."""
        if chat.resume_token:
            self._chats.start_again(chat, Beginning(chat.resume_token))

    def sign_in(self, item: EnvironmentItem | None, chat: LiveChat | None) -> None:
        """Sign in through the browser, or give up; the chat goes on signed in, or another one begins so."""
        if item is None:
            return
        if self._sign_in is not None:
            self._sign_in.activateWindow()
            return
        from gcdesk.ui.sign_in_dialog import SignInDialog

        self._sign_in = dialog = SignInDialog(item.name, self._window)
        allow_quit(dialog)

        def over() -> None:
            self._sign_in = None

        def done(goes_on: bool) -> None:
            dialog.accept()
            if not goes_on and chat is not None and not chat.live:
                self._chats.start_again(chat, Beginning(signed_in=True))
            elif not goes_on:
                words = translate(
                    "SignIn", "The customer is signed in to {name}. Start again to chat signed in."
                )
                self._notices.tell(words.format(name=item.name))

        def failed(error: GcdeskError) -> None:
            dialog.accept()
            self._tell(error)

        dialog.finished.connect(over)
        task = self._customers.sign_in(item, chat.bridge if chat is not None else None, done, failed)
        # Whoever gives up leaves no port open for an answer that nobody waits for.
        dialog.rejected.connect(task.cancel)
        dialog.show()

    def sign_out(self, item: EnvironmentItem | None) -> None:
        """Log the customer out at the service and forget the sign-in."""
        if item is None:
            return

        def done(_nothing: None) -> None:
            words = translate("SignIn", "Nobody is signed in to {name} any more.")
            self._notices.tell(words.format(name=item.name))

        self._customers.sign_out(item, done, self._tell)

    def _added(self, chat: LiveChat) -> None:
        chat.happened.connect(lambda event: self._keep(chat, event))

    def _keep(self, chat: LiveChat, event: Event) -> None:
        """Keep the token of each chat that has begun, and forget those that are good for nothing."""
        if isinstance(event, events.SessionConfigured | events.Ended):
            identity = chat.bridge.identity()
            if identity is not None:
                token, resumable = identity
                chat.resume_token = token if resumable and isinstance(event, events.Ended) else ""
                self._customers.keep(chat.item, chat.crm_id, token, resumable=resumable)
