"""Between a chat and the window: the only object that knows both asyncio and Qt.

Signals go up and carry the core's own values, calls go down. A bridge runs in the program's task group, so it
never outlives the program.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from PySide6.QtCore import QObject, Signal

from gcdesk.errors import GcdeskError, WishError
from gcdesk.ui.files_bridge import FilesBridge
from gcdesk.ui.turns import Turns

if TYPE_CHECKING:
    from gcdesk.chat.errands import Renew
    from gcdesk.chat.opener import Opener
    from gcdesk.guest.events import Event
    from gcdesk.guest.identity import SignIn
    from gcdesk.guest.replies import Reply
    from gcdesk.guest.upload import OutgoingFile
    from gcdesk.ui.prover import Prover

_log = logging.getLogger(__name__)

Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]
"""Starts a task that belongs to the program."""


class OpenChat(Protocol):
    """What a bridge needs of `gcdesk.chat.Chat`."""

    async def __aenter__(self) -> Self:
        """Start."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """Say goodbye and close."""

    def __aiter__(self) -> AsyncIterator[Event]:
        """Everything that happens, until the Ended event."""

    def say(self, text: str, *, attachment: str = "") -> str:
        """Send a text, with a file that was attached, and return the message's key."""

    def attach(self, file: OutgoingFile) -> str:
        """Begin to upload a file and return its attachment ID."""

    def attach_again(self, attachment_id: str) -> None:
        """Upload a failed file once more."""

    def detach(self, attachment_id: str) -> None:
        """Take a file back that is not sent yet."""

    async def fresh_link(self, attachment_id: str) -> str:
        """A fresh link to a received file."""

    def retry_now(self) -> bool:
        """Try a broken connection again without waiting any longer."""

    def reply(self, reply: Reply) -> str:
        """Answer a button, card, date, list or form and return the message's key."""

    def join(self) -> None:
        """Join the conversation."""

    def typing(self) -> bool:
        """Tell that the customer types."""

    def clear(self) -> None:
        """End the conversation."""

    def echo(self) -> bool:
        """Ask for a sign of life."""

    def set_attributes(self, attributes: Mapping[str, str]) -> None:
        """Take another set of custom attributes."""

    def resend(self, key: str) -> object:
        """Send a failed message again."""

    def withdraw(self, key: str) -> None:
        """Take a waiting message back."""

    def leave(self) -> None:
        """Close the connection; the conversation stays open for the agent."""

    @property
    def token(self) -> str:
        """The guest's identity, to resume this chat with."""

    @property
    def resumable(self) -> bool:
        """Whether this chat can be resumed with its token."""

    @property
    def can_step_up(self) -> bool:
        """Whether a guest's chat may become a signed-in customer's."""

    @property
    def waits_for_sign_in(self) -> bool:
        """Whether the chat goes on only after `signed_in`."""

    def step_up(self, sign_in: SignIn, renew: Renew | None = None) -> None:
        """Turn a guest's chat into that of a signed-in customer."""

    def signed_in(self, sign_in: SignIn, renew: Renew | None = None) -> None:
        """Go on with a fresh sign-in."""

    def log_out(self) -> None:
        """Log the signed-in customer out, which closes the chat."""

    def load_history(self) -> None:
        """Read earlier messages."""

    def new_chat(self) -> None:
        """Begin a new conversation in a session that can only be read."""


class Ledger(Protocol):
    """Keeps a chat on disk, so that nothing is seen that a crash could take away."""

    def take(self, event: Event) -> int:
        """Take an event and return its place."""

    async def written(self, place: int) -> None:
        """Return when the event at that place is on the disk, or cannot be written in time."""


class ChatBridge(QObject):
    """One chat, from the first click to its end.

    Args:
        spawn: Starts a task that belongs to the program.
        prepare: Finds out everything the chat needs and makes it; a GcdeskError is reported by `failed`.
        prover: Proves the chat's attributes; None where nothing can be asked.
        turns: The allowance that all chats of a window share; one of its own if left out.
        opener: Makes what fetches the chat's files.
        parent: The Qt parent.
    """

    happened = Signal(object)
    """One event of the chat."""

    failed = Signal(object)
    """A GcdeskError kept the chat from starting, or cut it short; no event tells of it."""

    finished = Signal()
    """The chat's task is over; nothing more will come."""

    def __init__(
        self,
        spawn: Spawn,
        prepare: Callable[[], Awaitable[OpenChat]],
        parent: QObject | None = None,
        prover: Prover | None = None,
        turns: Turns | None = None,
        opener: Callable[[], Opener] | None = None,
    ) -> None:
        super().__init__(parent)
        self.prover = prover
        self._turns = turns or Turns()
        self._spawn = spawn
        self._prepare = prepare
        self._task: asyncio.Task[None] | None = None
        self._chat: OpenChat | None = None
        self.ledger: Ledger | None = None
        """Where the chat is kept; set before it is started."""
        self.files = FilesBridge(spawn, self._open, opener, self)

    @property
    def running(self) -> bool:
        """Whether the chat's task is not over yet."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Start the chat; once only."""
        if self._task is None:
            self._task = self._spawn(self._run())

    def cancel(self) -> None:
        """End the chat from any state, without waiting."""
        if self._task is not None:
            self._task.cancel()

    def leave(self) -> None:
        """Leave the chat: say goodbye if it is under way, give up if it is still being prepared."""
        if self._chat is not None:
            self._chat.leave()
        else:
            self.cancel()

    def say(self, text: str, attachment: str = "") -> str:
        """Send a text as the customer, with a file that was attached; returns the message's key.

        Raises WishError or MessageInputError.
        """
        return self._open().say(text, attachment=attachment)

    def attach_again(self, attachment_id: str) -> None:
        """Upload a failed file once more. Raises WishError or FileInputError."""
        self._open().attach_again(attachment_id)

    def detach(self, attachment_id: str) -> None:
        """Take a file back that is not sent yet. Raises WishError."""
        self._open().detach(attachment_id)

    def take_sign_in(self, sign_in: SignIn, renew: Renew) -> bool:
        """Go on in a signed-in customer's name; False where this chat cannot."""
        chat = self._chat
        if chat is None:
            return False
        if chat.waits_for_sign_in:
            chat.signed_in(sign_in, renew)
        elif chat.can_step_up:
            chat.step_up(sign_in, renew)
        else:
            return False
        return True

    def log_out(self) -> None:
        """Log the signed-in customer out, which closes the chat. Raises WishError."""
        self._open().log_out()

    def identity(self) -> tuple[str, bool] | None:
        """The guest's token, and whether the chat can be resumed with it; None without a chat."""
        return (self._chat.token, self._chat.resumable) if self._chat is not None else None

    def retry_now(self) -> None:
        """Try a broken connection again without waiting any longer, where that is possible."""
        if self._chat is not None:
            self._chat.retry_now()

    def reply(self, reply: Reply) -> str:
        """Send an answer; returns the message's key. Raises WishError."""
        return self._open().reply(reply)

    def join(self) -> None:
        """Join the conversation. Raises WishError."""
        self._open().join()

    def typing(self) -> None:
        """Tell that the customer types, where that is possible."""
        if self._chat is not None:
            self._chat.typing()

    def echo(self) -> None:
        """Ask the service for a sign of life, where that is possible; RoundTrip follows."""
        if self._chat is not None:
            self._chat.echo()

    def clear(self) -> None:
        """End the conversation. Raises WishError."""
        self._open().clear()

    def set_attributes(self, attributes: Mapping[str, str]) -> None:
        """Take another set of custom attributes. Raises WishError."""
        self._open().set_attributes(attributes)

    def resend(self, key: str) -> None:
        """Send a failed message again. Raises WishError."""
        self._open().resend(key)

    def withdraw(self, key: str) -> None:
        """Take a waiting message back. Raises WishError."""
        self._open().withdraw(key)

    def load_history(self) -> None:
        """Read earlier messages; HistoryChanged tells how far it has come. Raises WishError."""
        self._open().load_history()

    def new_chat(self) -> None:
        """Begin a new conversation in a session that can only be read. Raises WishError."""
        self._open().new_chat()

    def _open(self) -> OpenChat:
        if self._chat is None:
            raise WishError
        return self._chat

    async def _run(self) -> None:
        try:
            async with await self._prepare() as chat:
                self._chat = chat
                await self._pass_on(chat)
        except GcdeskError as error:
            self.failed.emit(error)
        except Exception as error:  # noqa: BLE001 - a bug in one chat must not take the others along
            _log.exception("A chat ended because of a bug")
            self.failed.emit(GcdeskError(detail=type(error).__name__))
        finally:
            self._chat = None
            self.finished.emit()

    async def _pass_on(self, chat: OpenChat) -> None:
        coming: asyncio.Queue[tuple[Event, int] | None] = asyncio.Queue()
        showing = asyncio.create_task(self._show(coming))
        try:
            async for event in chat:
                # Handed over at once and shown later, so that many events share one writing.
                coming.put_nowait((event, self.ledger.take(event) if self.ledger is not None else 0))
        finally:
            coming.put_nowait(None)
            await showing

    async def _show(self, coming: asyncio.Queue[tuple[Event, int] | None]) -> None:
        while (one := await coming.get()) is not None:
            event, place = one
            if self.ledger is not None:
                await self.ledger.written(place)
            await self._turns.wait()
            self.happened.emit(event)
