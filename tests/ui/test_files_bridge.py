"""Between a chat's files and the window: real requests to a real server, answers in the window's thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from gcdesk.chat.opener import Opener
from gcdesk.errors import (
    FileUnreadableError,
    GcdeskError,
    LinkExpiredError,
    PictureRefusedError,
    WishError,
)
from gcdesk.guest.content import Attachment
from gcdesk.guest.upload import OutgoingFile
from gcdesk.ui.decoding import encode
from gcdesk.ui.files_bridge import FilesBridge
from gcdesk.ui.pictures import PictureWish
from tests.chat.storage import Storage, answer, http, storage


class LinkedChat:
    """What the bridge needs of a chat: it takes files, and knows a fresh link."""

    def __init__(self) -> None:
        self.files: list[OutgoingFile] = []
        self.fresh = ""

    def attach(self, file: OutgoingFile) -> str:
        self.files.append(file)
        return f"attachment-{len(self.files)}"

    async def fresh_link(self, attachment_id: str) -> str:
        if not self.fresh:
            raise WishError("The chat is over.")
        return self.fresh


class Desk:
    """A bridge, and what came of what was asked."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self.chat = LinkedChat()
        self.bridge = FilesBridge(group.create_task, lambda: self.chat, Opener)
        self.came: asyncio.Queue[Any] = asyncio.Queue()
        self.progress: list[int] = []

    def done(self, result: Any) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.came.put_nowait(result)

    async def next(self) -> Any:
        async with asyncio.timeout(20):
            return await self.came.get()

    async def save(self, attachment: Attachment, path: Path) -> Any:
        self.bridge.save(attachment, path, self.progress.append, self.done, self.done)
        return await self.next()

    async def picture(self, wish: PictureWish) -> Any:
        self.bridge.picture(wish, self.done, self.done)
        return await self.next()


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    async with asyncio.TaskGroup() as group:
        yield Desk(group)


def file_at(place: Storage, path: str = "/get?signature=secret") -> Attachment:
    return Attachment("a", place.url(path), "invoice.pdf", "File")


def picture_bytes(width: int = 40, height: int = 30) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x224466)
    return encode(image)


async def test_a_file_is_read_in_a_thread_and_handed_to_the_chat(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"hello")
    async with desk() as one:
        one.bridge.attach(tmp_path / "notes.txt", one.done, one.done)
        assert await one.next() == "attachment-1"
    assert one.chat.files == [OutgoingFile("notes.txt", "text/plain", 5, tmp_path / "notes.txt")]


async def test_a_pasted_picture_becomes_a_file_with_a_name() -> None:
    async with desk() as one:
        one.bridge.attach(QImage(4, 3, QImage.Format.Format_RGB32), one.done, one.done)
        await one.next()
    (file,) = one.chat.files
    assert file.name.startswith("picture ")
    assert file.name.endswith(".png")
    assert isinstance(file.source, bytes)
    assert file.source.startswith(b"\x89PNG")
    assert (file.mime, file.size) == ("image/png", len(file.source))


async def test_a_file_that_cannot_be_read_is_an_answer_too(tmp_path: Path) -> None:
    async with desk() as one:
        one.bridge.attach(tmp_path / "gone.txt", one.done, one.done)
        assert isinstance(await one.next(), FileUnreadableError)


async def test_a_file_is_saved_and_never_over_another(tmp_path: Path) -> None:
    async with storage(answer(http(b"%PDF" * 100))) as place, desk() as one:
        saved = await one.save(file_at(place), tmp_path / "invoice.pdf")
        again = await one.save(file_at(place), tmp_path / "invoice.pdf")
    assert saved == tmp_path / "invoice.pdf"
    assert again == tmp_path / "invoice (2).pdf"
    assert again.read_bytes() == b"%PDF" * 100
    assert one.progress[-1] == 400


async def test_an_expired_link_is_replaced_by_a_fresh_one(tmp_path: Path) -> None:
    replies = answer(http(status="403 Forbidden"), http(b"fresh"))
    async with storage(replies) as place, desk() as one:
        one.chat.fresh = place.url("/fresh")
        assert (await one.save(file_at(place), tmp_path / "a.txt")).read_bytes() == b"fresh"
        assert [heard.target for heard in place.heard] == ["/get?signature=secret", "/fresh"]


async def test_without_a_fresh_link_the_failure_is_named(tmp_path: Path) -> None:
    async with storage(answer(http(status="403 Forbidden"))) as place, desk() as one:
        assert isinstance(await one.save(file_at(place), tmp_path / "a.txt"), LinkExpiredError)
    assert list(tmp_path.iterdir()) == []


async def test_giving_up_leaves_nothing_behind(tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def slow(heard: Any, _reader: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        await writer.drain()
        begun.set()

    async with storage(slow) as place, desk() as one:
        one.bridge.save(file_at(place), tmp_path / "a.txt", one.progress.append, one.done, one.done)
        async with asyncio.timeout(20):
            await begun.wait()
        one.bridge.cancel_save("a")
    assert one.came.empty()
    assert list(tmp_path.iterdir()) == []


async def test_a_picture_comes_decoded_and_no_larger_than_it_is_shown() -> None:
    async with storage(answer(http(picture_bytes(400, 300)))) as place, desk() as one:
        shown = await one.picture(PictureWish(place.url("/p.png"), 100, 100))
    assert isinstance(shown, QImage)
    assert (shown.width(), shown.height()) == (100, 75)


async def test_what_is_no_picture_or_too_large_a_one_is_refused() -> None:
    huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    for data in (b"<svg/>", huge):
        async with storage(answer(http(data))) as place, desk() as one:
            assert isinstance(
                await one.picture(PictureWish(place.url("/p.png"), 10, 10)), PictureRefusedError
            )


async def test_own_pictures_come_from_this_computer(tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(picture_bytes())
    async with desk() as one:
        for local in (tmp_path / "own.png", picture_bytes()):
            assert isinstance(await one.picture(PictureWish("", 100, 100, "a", local=local)), QImage)
        gone = PictureWish("", 100, 100, "a", local=tmp_path / "gone.png")
        assert isinstance(await one.picture(gone), FileUnreadableError)
        text = PictureWish("", 100, 100, "a", local=b"no picture")
        assert isinstance(await one.picture(text), PictureRefusedError)


async def test_a_fresh_link_is_given_or_the_reason_why_not() -> None:
    async with desk() as one:
        one.bridge.link("a", one.done, one.done)
        assert isinstance(await one.next(), GcdeskError)
        one.chat.fresh = "https://files.example.com/fresh"
        one.bridge.link("a", one.done, one.done)
        assert await one.next() == "https://files.example.com/fresh"
