"""Fetching files and pictures: what arrives, where it lands, and what is left when it does not."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcdesk.chat.downloads import FreshLink, Source, download, fetch_picture
from gcdesk.chat.opener import Opener
from gcdesk.chat.part_file import PartFile
from gcdesk.errors import (
    ConnectionLostError,
    DownloadRefusedError,
    EndpointError,
    FileNotSavedError,
    GcdeskError,
    HttpAnswerError,
    HttpTimeoutError,
    HttpTooLargeError,
    LinkExpiredError,
    PictureRefusedError,
    UnreachableError,
    WishError,
)
from gcdesk.guest.file_names import safe_name
from tests.chat.conftest import ServerContext
from tests.chat.pictures import png
from tests.chat.servers import answering, bare_server, dripping
from tests.chat.storage import Heard, PatientOpener, Reply, answer, http, storage

BIG = bytes(range(256)) * 8192
EXPIRED = http(b"<Error><Code>AccessDenied</Code></Error>", status="403 Forbidden")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def fetch(url: str, folder: Path, name: str = "note.png", **options: Any) -> Path:
    source = Source(url, options.pop("fresh_link", None), options.pop("size", None))
    return await download(PatientOpener(), source, folder, name, **options)


def fresh(url: str, asked: list[str] | None = None) -> FreshLink:
    async def link() -> str:
        if asked is not None:
            asked.append(url)
        return url

    return link


def no_link(error: GcdeskError) -> FreshLink:
    async def link() -> str:
        raise error

    return link


# What arrives


async def test_a_file_lands_in_the_folder_whole_and_private(tmp_path: Path) -> None:
    told: list[int] = []
    async with storage(answer(http(BIG))) as place:
        saved = await fetch(place.url("/get?x=1"), tmp_path, progress=told.append)
    assert saved == tmp_path / "note.png"
    assert saved.read_bytes() == BIG
    assert names(tmp_path) == ["note.png"]
    assert told[-1] == len(BIG)
    assert told == sorted(told)
    assert (place.heard[0].method, place.heard[0].target) == ("GET", "/get?x=1")
    if sys.platform != "win32":
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600


async def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    async with storage(answer(http())) as place:
        assert (await fetch(place.url(), tmp_path)).read_bytes() == b""


async def test_progress_is_not_told_too_often(tmp_path: Path) -> None:
    told: list[int] = []
    async with storage(answer(http(BIG))) as place:
        await fetch(place.url(), tmp_path, progress=told.append)
    # Two megabytes come in dozens of pieces.
    assert len(told) < 20


async def test_a_file_over_tls(tmp_path: Path, trusted: object, server_context: ServerContext) -> None:
    async with storage(answer(http(BIG)), server_context("127.0.0.1")) as place:
        assert (await fetch(place.url(), tmp_path)).read_bytes() == BIG


async def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    (tmp_path / "note.png").write_bytes(b"mine")
    (tmp_path / "note (2).png").mkdir()
    async with storage(answer(http(b"theirs"))) as place:
        assert (await fetch(place.url(), tmp_path)).name == "note (3).png"
        assert (await fetch(place.url(), tmp_path)).name == "note (4).png"
    assert (tmp_path / "note.png").read_bytes() == b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="making a link takes a right that few have there")
async def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "note.png").symlink_to(tmp_path / "target")
    async with storage(answer(http(b"theirs"))) as place:
        assert (await fetch(place.url(), folder)).name == "note (2).png"
    assert not (tmp_path / "target").exists()


async def test_many_at_once_get_a_name_each(tmp_path: Path) -> None:
    async with storage(answer(http(b"x"))) as place:
        saved = await asyncio.gather(*(fetch(place.url(), tmp_path) for _ in range(5)))
    assert len(set(saved)) == 5
    assert names(tmp_path) == sorted(path.name for path in saved)


@pytest.mark.parametrize(
    "name", ["../escape.txt", "..\\escape.txt", "/tmp/escape.txt", "C:\\escape", "a/../../b", "\0", ""]
)
async def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    async with storage(answer(http(b"x"))) as place:
        saved = await fetch(place.url(), folder, name)
    assert saved.parent == folder
    assert names(folder) == [saved.name]
    assert names(tmp_path) == ["folder"]


@given(st.text(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_can_be_written_here(tmp_path: Path, name: str) -> None:
    part = PartFile(tmp_path)
    part.write(b"x")
    saved = part.finish(safe_name(name))
    assert saved.parent == tmp_path
    assert saved.read_bytes() == b"x"
    saved.unlink()
    assert not names(tmp_path)


# Redirects and links that are not good any more


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
async def test_a_redirect_is_followed(tmp_path: Path, status: str) -> None:
    redirect = http(b"go on", "Location: /elsewhere?sig=1", status=status)
    async with storage(answer(redirect, http(b"file"))) as place:
        assert (await fetch(place.url("/first"), tmp_path)).read_bytes() == b"file"
    assert [heard.target for heard in place.heard] == ["/first", "/elsewhere?sig=1"]


@pytest.mark.parametrize(
    "location",
    [
        "http://files.example.com/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//files.example.com/x",
        "http://[",
        "https://u:p@x.test/",
    ],
)
async def test_a_redirect_to_an_insecure_place_is_not_followed(tmp_path: Path, location: str) -> None:
    async with storage(answer(http(b"", f"Location: {location}", status="302 Found"))) as place:
        with pytest.raises((EndpointError, DownloadRefusedError)):
            await fetch(place.url(), tmp_path)
    assert len(place.heard) == 1
    assert not names(tmp_path)


async def test_a_redirect_out_of_tls_is_not_followed(
    tmp_path: Path, trusted: object, server_context: ServerContext
) -> None:
    async with storage(answer(http(b"plain"))) as plain:
        redirect = http(b"", f"Location: {plain.url()}", status="302 Found")
        async with storage(answer(redirect), server_context("127.0.0.1")) as place:
            with pytest.raises(DownloadRefusedError, match="not secure"):
                await fetch(place.url(), tmp_path)
    assert not plain.heard


async def test_redirects_without_end_are_named(tmp_path: Path) -> None:
    async with storage(answer(http(b"", "Location: /again", status="302 Found"))) as place:
        with pytest.raises(DownloadRefusedError, match="in a circle"):
            await fetch(place.url(), tmp_path)
    assert len(place.heard) == 6


@pytest.mark.parametrize("status", ["401 No", "403 Forbidden", "404 Not Found", "410 Gone"])
async def test_an_expired_link_is_replaced_once(tmp_path: Path, status: str) -> None:
    asked: list[str] = []
    async with storage(answer(http(b"<Error/>", status=status), http(b"file"))) as place:
        saved = await fetch(place.url("/old"), tmp_path, fresh_link=fresh(place.url("/new"), asked))
    assert saved.read_bytes() == b"file"
    assert [heard.target for heard in place.heard] == ["/old", "/new"]
    assert len(asked) == 1


async def test_a_fresh_link_that_is_no_better_is_the_end(tmp_path: Path) -> None:
    async with storage(answer(EXPIRED)) as place:
        with pytest.raises(LinkExpiredError) as caught:
            await fetch(place.url("/old"), tmp_path, fresh_link=fresh(place.url("/new")))
    assert caught.value.code == 403
    assert len(place.heard) == 2
    assert not names(tmp_path)


async def test_without_a_way_to_a_fresh_link_the_old_one_is_the_end(tmp_path: Path) -> None:
    async with storage(answer(EXPIRED)) as place:
        for link in (None, no_link(WishError())):
            with pytest.raises(LinkExpiredError, match=r"not good any more \(403\)"):
                await fetch(place.url(), tmp_path, fresh_link=link)


async def test_why_there_is_no_fresh_link_is_told(tmp_path: Path) -> None:
    async with storage(answer(EXPIRED)) as place:
        with pytest.raises(GcdeskError, match="does not know this file"):
            await fetch(
                place.url(), tmp_path, fresh_link=no_link(GcdeskError("The service does not know this file."))
            )


async def test_a_file_without_a_link_gets_one(tmp_path: Path) -> None:
    async with storage(answer(http(b"file"))) as place:
        assert (await fetch("", tmp_path, fresh_link=fresh(place.url()))).read_bytes() == b"file"
    with pytest.raises(LinkExpiredError, match="no link"):
        await fetch("", tmp_path)


@pytest.mark.parametrize(
    "status", ["400 No", "500 Oops", "204 No Content", "206 Partial", "304 Not Modified", "302 Found"]
)
async def test_every_other_status_is_named(tmp_path: Path, status: str) -> None:
    data = http(status=status) if status[:3] != "204" else b"HTTP/1.1 204 No Content\r\n\r\n"
    async with storage(answer(data)) as place:
        with pytest.raises(DownloadRefusedError) as caught:
            await fetch(place.url(), tmp_path, fresh_link=fresh(place.url()))
    assert caught.value.code == int(status[:3])
    assert status[:3] in caught.value.title
    assert not names(tmp_path)


# What is left when it does not arrive


def cutting(data: bytes) -> Reply:
    async def reply(heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.transport.close()

    return reply


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", ConnectionLostError),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", ConnectionLostError),
        (b"HTTP/1.1 200 OK\r\n\r\nabc", ConnectionLostError),
        (b"nonsense", HttpAnswerError),
    ],
)
async def test_a_file_that_is_cut_off_leaves_nothing(
    tmp_path: Path, data: bytes, error: type[GcdeskError]
) -> None:
    async with storage(cutting(data)) as place:
        with pytest.raises(error):
            await fetch(place.url(), tmp_path, size=9)
    assert not names(tmp_path)


async def test_a_size_that_was_told_wrong_does_not_matter_where_the_answer_knows_better(
    tmp_path: Path,
) -> None:
    async with storage(answer(http(b"abc"))) as place:
        assert (await fetch(place.url(), tmp_path, size=9)).read_bytes() == b"abc"


async def test_a_file_that_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    async with storage(answer(http(BIG))) as place:
        with pytest.raises(HttpTooLargeError, match="more than 1,000,000 bytes"):
            await fetch(place.url(), tmp_path, largest=1_000_000)
    assert not names(tmp_path)


async def test_a_file_without_end_is_too_large_too(tmp_path: Path) -> None:
    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 100_000)
            await writer.drain()

    async with bare_server(pour) as port:
        with pytest.raises(HttpTooLargeError):
            await fetch(f"http://127.0.0.1:{port}/", tmp_path, largest=3_000_000)
    assert not names(tmp_path)


async def test_silence_leaves_nothing(tmp_path: Path) -> None:
    async with bare_server(dripping(b"HTTP/1.1 200 OK\r\n", 5)) as port:
        with pytest.raises(HttpTimeoutError):
            await fetch(f"http://127.0.0.1:{port}/", tmp_path, seconds=0.1)
    assert not names(tmp_path)


async def test_nobody_there_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError):
        await fetch("http://127.0.0.1:1/", tmp_path)
    assert not names(tmp_path)


@pytest.mark.parametrize(
    "url", ["http://files.example.com/a", "file:///etc/passwd", "javascript:1", "https://"]
)
async def test_only_a_secure_address_is_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(EndpointError):
        await fetch(url, tmp_path)


async def test_cancelling_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, written = asyncio.get_running_loop(), asyncio.Event()
    write = PartFile.write

    def write_and_tell(part: PartFile, data: bytes) -> None:
        write(part, data)
        loop.call_soon_threadsafe(written.set)

    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_000_000)
        await asyncio.Event().wait()

    monkeypatch.setattr(PartFile, "write", write_and_tell)
    async with bare_server(begin) as port:
        fetching = asyncio.create_task(fetch(f"http://127.0.0.1:{port}/", tmp_path))
        await written.wait()
        assert len(names(tmp_path)) == 1
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
    assert not names(tmp_path)


# The disk


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    async with storage(answer(http(b"x"))) as place:
        with pytest.raises(FileNotSavedError, match="is not there"):
            await fetch(place.url(), tmp_path / "nowhere")
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(FileNotSavedError):
            await fetch(place.url(), tmp_path / "file")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "no room"), (errno.EACCES, "may not be written"), (errno.EIO, "could not be saved")],
)
@pytest.mark.parametrize("when", ["fsync", "replace"])
async def test_what_the_disk_says_is_named_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, when: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    if when == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    async with storage(answer(http(b"x"))) as place:
        with pytest.raises(FileNotSavedError, match=words):
            await fetch(place.url(), tmp_path)
    assert not names(tmp_path)


def test_a_discarded_part_takes_nothing_more(tmp_path: Path) -> None:
    part = PartFile(tmp_path)
    part.write(b"x")
    part.discard()
    part.write(b"y")
    part.discard()
    with pytest.raises(FileNotSavedError):
        part.finish("a")
    assert not names(tmp_path)


def test_a_thousand_files_of_one_name_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gcdesk.chat.part_file._MOST_NAMES", 3)
    for number in range(3):
        part = PartFile(tmp_path)
        if number < 2:
            part.finish("a.txt")
            continue
        with pytest.raises(FileNotSavedError, match="too many files"):
            part.finish("a.txt")
        part.discard()
    assert names(tmp_path) == ["a (2).txt", "a.txt"]


# Pictures


async def test_a_picture_comes_with_what_it_is() -> None:
    data = png(40, 30)
    async with storage(answer(http(data, "Content-Type: text/html"))) as place:
        got = await fetch_picture(Opener(), Source(place.url()))
    assert got.data == data
    assert (got.shape.mime, got.shape.width, got.shape.height) == ("image/png", 40, 30)
    assert repr(got.data) not in repr(got)


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"<html>", b"\x89PNG\r\n\x1a\n", png(0, 5), png(100_000, 100_000)]
)
async def test_what_is_no_picture_to_show_is_refused(data: bytes) -> None:
    async with bare_server(answering(http(data, "Content-Type: image/png"))) as port:
        with pytest.raises(PictureRefusedError):
            await fetch_picture(Opener(), Source(f"http://127.0.0.1:{port}/"))


async def test_a_picture_of_too_many_bytes_is_refused() -> None:
    async with storage(answer(http(png(4, 4) + b"x" * 2000))) as place:
        with pytest.raises(HttpTooLargeError):
            await fetch_picture(Opener(), Source(place.url()), largest=1000)


async def test_a_picture_behind_an_expired_link_gets_a_fresh_one() -> None:
    async with storage(answer(EXPIRED, http(png(4, 4)))) as place:
        got = await fetch_picture(Opener(), Source(place.url("/old"), fresh(place.url("/new"))))
    assert got.shape.pixels == 16


def test_no_link_is_shown() -> None:
    assert "secret" not in repr(Source("https://files.example.com/?sig=secret"))
