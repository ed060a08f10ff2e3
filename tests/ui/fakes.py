"""Stand-ins at the window's seam: a chat that says what a test tells it, and a bridge without a loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from PySide6.QtGui import QImage

from gcdesk.errors import GcdeskError, WishError
from gcdesk.guest import events
from gcdesk.guest.content import Attachment
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.events import Event
from gcdesk.guest.identity import SignIn
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.replies import Reply
from gcdesk.guest.states import State
from gcdesk.guest.upload import OutgoingFile
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.files_bridge import Failed, FilesBridge
from gcdesk.ui.pictures import PictureWish

AT = datetime(2026, 11, 19, 10, 41, 7, tzinfo=UTC)


async def until(condition: Callable[[], object], timeout: float = 10.0) -> None:
    """Let the loop turn until the condition holds. Raises TimeoutError."""
    async with asyncio.timeout(timeout):
        while not condition():  # noqa: ASYNC110 - what widgets show has no event to wait for
            await asyncio.sleep(0.001)


class FakeChat:
    """A chat whose events a test hands in; it notes what it is asked for."""

    def __init__(self, *first: Event) -> None:
        self.coming: asyncio.Queue[Event | None] = asyncio.Queue()
        self.asked: list[tuple[str, Any]] = []
        self.entered = self.left = False
        for event in first:
            self.coming.put_nowait(event)

    async def __aenter__(self) -> Self:
        self.entered = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.left = True

    async def __aiter__(self) -> AsyncIterator[Event]:
        while (event := await self.coming.get()) is not None:
            yield event

    def say(self, text: str, *, attachment: str = "") -> str:
        self.asked.append(("say", (text, attachment) if attachment else text))
        return "key-1"

    def attach(self, file: OutgoingFile) -> str:
        self.asked.append(("attach", file))
        return "attachment-1"

    def attach_again(self, attachment_id: str) -> None:
        self.asked.append(("attach again", attachment_id))

    def detach(self, attachment_id: str) -> None:
        self.asked.append(("detach", attachment_id))

    async def fresh_link(self, attachment_id: str) -> str:
        self.asked.append(("link", attachment_id))
        return "https://files.example/fresh"

    token = "guest-token"
    resumable = True
    can_step_up = False
    waits_for_sign_in = False

    def step_up(self, sign_in: SignIn, renew: Any = None) -> None:
        self.asked.append(("step up", sign_in))

    def signed_in(self, sign_in: SignIn, renew: Any = None) -> None:
        self.asked.append(("signed in", sign_in))

    def log_out(self) -> None:
        self.asked.append(("log out", None))

    def retry_now(self) -> bool:
        self.asked.append(("retry", None))
        return True

    def reply(self, reply: Reply) -> str:
        self.asked.append(("reply", reply))
        return "key-2"

    def join(self) -> None:
        self.asked.append(("join", None))

    def typing(self) -> bool:
        self.asked.append(("typing", None))
        return True

    def echo(self) -> bool:
        self.asked.append(("echo", None))
        return True

    def clear(self) -> None:
        self.asked.append(("clear", None))

    def set_attributes(self, attributes: Mapping[str, str]) -> None:
        self.asked.append(("attributes", dict(attributes)))

    def resend(self, key: str) -> None:
        self.asked.append(("resend", key))

    def withdraw(self, key: str) -> None:
        self.asked.append(("withdraw", key))

    def load_history(self) -> None:
        self.asked.append(("history", None))

    def new_chat(self) -> None:
        self.asked.append(("new chat", None))

    def leave(self) -> None:
        self.asked.append(("leave", None))
        self.coming.put_nowait(events.Ended(AT, "The chat was left."))
        self.coming.put_nowait(None)


class FakeFiles(FilesBridge):
    """Files that a test moves: it notes what is asked for, and the test calls what shall hear of it."""

    def __init__(self) -> None:
        super().__init__(_never, _never)
        self.attached: list[tuple[Path | QImage, Callable[[str], None], Failed]] = []
        self.saved: list[tuple[Attachment, Path, Callable[[int], None], Callable[[Path], None], Failed]] = []
        self.cancelled: list[str] = []
        self.wishes: list[tuple[PictureWish, Callable[[QImage], None], Failed]] = []
        self.links: list[tuple[str, Callable[[str], None], Failed]] = []

    def attach(self, source: Path | QImage, done: Callable[[str], None], failed: Failed) -> None:
        self.attached.append((source, done, failed))

    def save(
        self,
        attachment: Attachment,
        path: Path,
        progress: Callable[[int], None],
        done: Callable[[Path], None],
        failed: Failed,
    ) -> None:
        self.saved.append((attachment, path, progress, done, failed))

    def cancel_save(self, attachment_id: str) -> None:
        self.cancelled.append(attachment_id)

    def picture(self, wish: PictureWish, done: Callable[[QImage], None], failed: Failed) -> None:
        self.wishes.append((wish, done, failed))

    def link(self, attachment_id: str, done: Callable[[str], None], failed: Failed) -> None:
        self.links.append((attachment_id, done, failed))


class FakeBridge(ChatBridge):
    """A bridge that leads nowhere: a test says what happens, and reads what was asked for."""

    def __init__(self, attributes: Mapping[str, str] | None = None) -> None:
        super().__init__(_never, _never)
        self.attributes = dict(attributes or {})
        self.fake_files = FakeFiles()
        self.files = self.fake_files
        self.known: tuple[str, bool] | None = None
        self.asked: list[tuple[str, Any]] = []
        self.refuses: GcdeskError | None = None
        self.started = self.cancelled = False

    def start(self) -> None:
        self.started = True

    def cancel(self) -> None:
        self.cancelled = True

    def leave(self) -> None:
        self._note("leave")

    def say(self, text: str, attachment: str = "") -> str:
        self._note("say", (text, attachment) if attachment else text)
        return "key"

    def attach_again(self, attachment_id: str) -> None:
        self._note("attach again", attachment_id)

    def detach(self, attachment_id: str) -> None:
        self._note("detach", attachment_id)

    def withdraw(self, key: str) -> None:
        self._note("withdraw", key)

    def log_out(self) -> None:
        self._note("log out")

    def identity(self) -> tuple[str, bool] | None:
        return self.known

    def retry_now(self) -> None:
        self._note("retry")

    def reply(self, reply: Reply) -> str:
        self._note("reply", reply)
        return "key"

    def join(self) -> None:
        self._note("join")

    def typing(self) -> None:
        self._note("typing")

    def echo(self) -> None:
        self._note("echo")

    def clear(self) -> None:
        self._note("clear")

    def resend(self, key: str) -> None:
        self._note("resend", key)

    def load_history(self) -> None:
        self._note("history")

    def new_chat(self) -> None:
        self._note("new chat")

    def _note(self, wish: str, value: Any = None) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.asked.append((wish, value))

    # What happens

    def tell(self, *happened: Event) -> None:
        """Let these events happen."""
        for event in happened:
            if self.ledger is not None:
                self.ledger.take(event)
            self.happened.emit(event)

    def become(self, *states: State) -> None:
        """Let the session take these steps, each from the one before."""
        before = State.IDLE
        for state in states:
            self.tell(events.StateChanged(AT, state, before))
            before = state

    def configure(self) -> None:
        """Let everything go well up to an active chat."""
        self.become(State.CONNECTING, State.CONNECTED)
        self.tell(configured())
        self.tell(events.StateChanged(AT, State.CONFIGURED, State.CONNECTED))

    def end(self, error: GcdeskError | None = None) -> None:
        """Let the chat end."""
        state = State.CLOSED if error is None else State.ERROR
        self.tell(events.StateChanged(AT, state, State.CONFIGURED))
        self.tell(events.Ended(AT, "The chat was left." if error is None else error.title, error))
        self.finished.emit()


def _never(*_: object) -> Any:
    raise WishError("A fake bridge has no chat.")


def configured(*, new: bool = True, limit: int | None = None) -> events.SessionConfigured:
    """The service took the session."""
    return events.SessionConfigured(
        AT, new_session=new, read_only=False, max_custom_data_bytes=limit, expires=None, seconds=0.1
    )


def deployment(
    *, clear: bool = True, markdown: bool = False, attachments: bool = True
) -> events.DeploymentRead:
    """The deployment's configuration was read."""
    conversations = {
        "enabled": True,
        "conversationClear": {"enabled": clear},
        "markdown": {"enabled": markdown},
    }
    config = {
        "status": "Active",
        "messenger": {
            "enabled": True,
            "apps": {"conversations": conversations},
            "fileUpload": {"enableAttachments": attachments},
        },
        "auth": {"enabled": False},
    }
    return events.DeploymentRead(AT, parse_deployment(config), 0.06)


def message(
    text: str,
    key: str = "m1",
    *,
    sender: Sender | None = None,
    delivery: Delivery | None = None,
    failure: str = "",
) -> Message:
    """A message of the customer, or of the sender that is given."""
    own = sender is None
    return Message(
        key=key,
        id=key,
        direction=Direction.INBOUND if own else Direction.OUTBOUND,
        sender=sender or Sender(SenderKind.CUSTOMER),
        text=text,
        content=(),
        delivery=delivery or (Delivery.SENT if own else Delivery.ARRIVED),
        at=AT,
        failure=failure,
    )
