"""Between a chat's files and the window: reading, saving and decoding run beside the loop or in threads.

A call gives its answer to one of two functions, in the window's thread; when the program ends neither is called.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from gcdesk.errors import FileTimeoutError, GcdeskError
from gcdesk.guest.content import Attachment
from gcdesk.guest.upload import OutgoingFile
from gcdesk.ui.pictures import PictureWish

if TYPE_CHECKING:
    from gcdesk.chat.downloads import Source
    from gcdesk.chat.opener import Opener

_log = logging.getLogger(__name__)

T = TypeVar("T")
Failed = Callable[[GcdeskError], None]
Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]

_AT_ONCE = 4
"""Pictures of one chat that are fetched or decoded at the same time."""

_LINK_PATIENCE = 15.0


class FilesChat(Protocol):
    """What this bridge needs of a chat."""

    def attach(self, file: OutgoingFile) -> str:
        """Begin to upload a file and return its attachment ID."""

    async def fresh_link(self, attachment_id: str) -> str:
        """A fresh link to a file. Raises GcdeskError if there is none."""


class FilesBridge(QObject):
    """The files of one chat.

    Args:
        spawn: Starts a task that belongs to the program.
        chat: Gives the chat; raises WishError where there is none.
        opener: Makes what opens connections; called when something is fetched for the first time.
        parent: The Qt parent.
    """

    def __init__(
        self,
        spawn: Spawn,
        chat: Callable[[], FilesChat],
        opener: Callable[[], Opener] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._chat = chat
        self._make_opener = opener or _usual_opener
        self._opener: Opener | None = None
        self._saving: dict[str, asyncio.Task[None]] = {}
        self._turns: asyncio.Semaphore | None = None

    # Asked by the window

    def attach(self, source: Path | QImage, done: Callable[[str], None], failed: Failed) -> None:
        """Begin to upload a file, or a picture that was pasted; `done` takes the attachment ID."""

        async def work() -> str:
            file = await asyncio.to_thread(_outgoing, source)
            return self._chat().attach(file)

        self._do(work, done, failed)

    def save(
        self,
        attachment: Attachment,
        path: Path,
        progress: Callable[[int], None],
        done: Callable[[Path], None],
        failed: Failed,
    ) -> None:
        """Save a received file as `path`; `done` takes the path it got, which has a number where one was taken."""

        async def work() -> Path:
            from gcdesk.chat.downloads import download

            source = self._source(attachment.url, attachment.id, attachment.size)
            return await download(self._open(), source, path.parent, path.name, progress=progress)

        self.cancel_save(attachment.id)
        task = self._do(work, done, failed)
        self._saving[attachment.id] = task
        task.add_done_callback(lambda _task: self._saving.pop(attachment.id, None))

    def cancel_save(self, attachment_id: str) -> None:
        """Give up saving a file; nothing of it stays."""
        task = self._saving.pop(attachment_id, None)
        if task is not None:
            task.cancel()

    def picture(self, wish: PictureWish, done: Callable[[QImage], None], failed: Failed) -> None:
        """Fetch a picture and decode it to the size it is shown in."""
        self._do(partial(self._picture, wish), done, failed)

    def link(self, attachment_id: str, done: Callable[[str], None], failed: Failed) -> None:
        """Get a fresh link to a received file."""
        self._do(partial(self._fresh_link, attachment_id), done, failed)

    # Inside

    def _do(
        self, work: Callable[[], Coroutine[Any, Any, T]], done: Callable[[T], None], failed: Failed
    ) -> asyncio.Task[None]:
        async def run() -> None:
            try:
                result = await work()
            except GcdeskError as error:
                failed(error)
            except Exception as error:  # noqa: BLE001 - a bug here must not take the chats along
                _log.exception("A call about a file ended because of a bug")
                failed(GcdeskError(detail=type(error).__name__))
            else:
                done(result)

        return self._spawn(run())

    def _open(self) -> Opener:
        if self._opener is None:
            self._opener = self._make_opener()
        return self._opener

    def _source(self, url: str, attachment_id: str, size: int | None) -> Source:
        from gcdesk.chat.downloads import Source

        fresh: Callable[[], Awaitable[str]] | None = None
        if attachment_id:

            async def fresh() -> str:
                return await self._fresh_link(attachment_id)

        return Source(url, fresh, size)

    async def _fresh_link(self, attachment_id: str) -> str:
        try:
            async with asyncio.timeout(_LINK_PATIENCE):
                return await self._chat().fresh_link(attachment_id)
        except TimeoutError:
            raise FileTimeoutError from None

    async def _picture(self, wish: PictureWish) -> QImage:
        from gcdesk.chat.downloads import fetch_picture
        from gcdesk.ui.decoding import decode

        if self._turns is None:
            self._turns = asyncio.Semaphore(_AT_ONCE)
        async with self._turns:
            if wish.local is not None:
                data = await asyncio.to_thread(_local_picture, wish.local)
            else:
                source = self._source(wish.url, wish.attachment_id, None)
                data = (await fetch_picture(self._open(), source)).data
            return await asyncio.to_thread(decode, data, wish.width, wish.height)


def _usual_opener() -> Opener:
    from gcdesk.chat.opener import Opener

    return Opener()


def _outgoing(source: Path | QImage) -> OutgoingFile:
    from gcdesk.chat.files import file_at
    from gcdesk.ui.decoding import encode

    if isinstance(source, Path):
        return file_at(source)
    data = encode(source)
    name = f"picture {datetime.now().astimezone():%Y-%m-%d %H.%M.%S}.png"
    return OutgoingFile(name, "image/png", len(data), data)


def _local_picture(local: object) -> bytes:
    """A picture of the customer's own, from its file or its bytes. Raises FileUnreadableError, PictureRefusedError."""
    from gcdesk.chat.downloads import LARGEST_PICTURE
    from gcdesk.chat.files import unreadable
    from gcdesk.chat.pictures import check_picture
    from gcdesk.errors import PictureRefusedError

    if isinstance(local, bytes):
        data = local
    else:
        try:
            with Path(str(local)).open("rb") as file:
                data = file.read(LARGEST_PICTURE + 1)
        except OSError as error:
            raise unreadable(error) from error
    if len(data) > LARGEST_PICTURE:
        raise PictureRefusedError("The picture is too large to be shown here.")
    check_picture(data)
    return data
