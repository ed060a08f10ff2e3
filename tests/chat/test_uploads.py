"""Files of a chat over real sockets: to the storage and back, and everything that comes between."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gcdesk.chat import uploads
from gcdesk.chat.files import UNKNOWN_MIME, file_at, mime_of
from gcdesk.errors import (
    FileChangedError,
    FileUnreadableError,
    GcdeskError,
    LinkExpiredError,
    WishError,
)
from gcdesk.guest.content import Attachment
from gcdesk.guest.events import ErrorRaised, LinkRefreshed, MessageChanged
from gcdesk.guest.message import Delivery
from gcdesk.guest.upload import OutgoingFile, UploadState
from tests.chat.file_service import HEADERS, file_desk, write
from tests.chat.pictures import png
from tests.chat.servers import target
from tests.chat.storage import Heard, answer, cut, early, http, storage, stuck
from tests.chat.watching import QUICK, watched

BIG = bytes(range(256)) * 4 * 1024 * 3
REQUESTED, UPLOADING, UPLOADED = UploadState.REQUESTED, UploadState.UPLOADING, UploadState.UPLOADED
SENT, FAILED, REMOVED = UploadState.SENT, UploadState.FAILED, UploadState.REMOVED
NO = http(b"<Error><Code>InternalError</Code></Error>", status="400 Bad Request")


@pytest.mark.parametrize("source", ["path", "text of a path", "bytes"])
async def test_a_file_goes_all_the_way(tmp_path: Path, source: str) -> None:
    path = write(tmp_path, BIG)
    async with file_desk(answer(http())) as desk:
        chat = desk.watch.chat
        if source == "bytes":
            attachment_id = chat.attach(OutgoingFile("note.txt", "text/plain", len(BIG), BIG))
        else:
            attachment_id = chat.attach(path if source == "path" else str(path))
        key = chat.say("See file", attachment=attachment_id)
        await desk.upload(attachment_id, lambda upload: upload.sent == len(BIG))
        await desk.talk.confirm(attachment_id)
        await desk.becomes(attachment_id, SENT)
        await desk.watch.sent(key)
        (heard,) = desk.place.heard
        states = [upload.state for upload in desk.uploads(attachment_id)]
        (message,) = (frame["message"] for frame in desk.asked("onMessage"))
        (request,) = desk.asked("onAttachment")
    assert (request["fileName"], request["fileType"], request["fileSize"]) == (
        "note.txt",
        "text/plain",
        len(BIG),
    )
    assert heard.method == "PUT"
    assert heard.body == BIG
    assert heard.headers["content-type"] == "text/plain"
    assert heard.headers["content-length"] == str(len(BIG))
    assert {name: heard.headers[name] for name in HEADERS} == HEADERS
    assert message["content"] == [{"contentType": "Attachment", "attachment": {"id": attachment_id}}]
    assert list(dict.fromkeys(states)) == [REQUESTED, UPLOADING, UPLOADED, SENT]


async def test_progress_is_told_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    async with file_desk(answer(http())) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, BIG * 3))
        await desk.upload(attachment_id, lambda upload: upload.sent == len(BIG) * 3)
        told = [upload.sent for upload in desk.uploads(attachment_id)]
    assert told == sorted(told)
    # Nine megabytes leave in dozens of pieces.
    assert len(told) < 40


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("400 Bad Request", "UploadRefused"),
        ("301 Moved", "UploadRefused"),
        ("412 Precondition Failed", "UploadRefused"),
    ],
)
async def test_a_refusal_of_the_storage_fails_the_file_and_its_message(
    tmp_path: Path, status: str, name: str
) -> None:
    body = b"<Error><Code>NotThis</Code><Message>id 11111111-2222-4333-8444-555555555555</Message><Key>k</Key></Error>"
    async with file_desk(answer(http(body, status=status))) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, b"text"))
        key = desk.watch.chat.say("See file", attachment=attachment_id)
        failed = await desk.becomes(attachment_id, FAILED)
        await desk.watch.until(
            MessageChanged,
            lambda event: event.message.key == key and event.message.delivery is Delivery.FAILED,
        )
        assert not desk.watch.all(ErrorRaised)
    assert failed.error is not None
    assert (failed.error.name, failed.error.code) == (name, int(status[:3]))
    assert failed.error.detail == "NotThis: id ••••••••5555"
    assert len(desk.place.heard) == 1


@pytest.mark.parametrize("status", ["403 Forbidden", "503 Slow Down"])
async def test_an_expired_address_is_asked_for_once_more(tmp_path: Path, status: str) -> None:
    twice = asyncio.Event()
    replies = answer(http(b"<Error/>", status=status), http())

    async def reply(heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await replies(heard, reader, writer)
        if len(desk.place.heard) == 2:
            twice.set()

    async with file_desk(reply) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, b"text"))
        await twice.wait()
        await desk.talk.confirm(attachment_id)
        await desk.becomes(attachment_id, UPLOADED)
        assert len(desk.asked("onAttachment")) == 2
    assert [heard.body for heard in desk.place.heard] == [b"text", b"text"]


async def test_a_refusal_that_comes_early_is_heard(tmp_path: Path) -> None:
    async with file_desk(early(NO)) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, BIG * 4))
        failed = await desk.becomes(attachment_id, FAILED)
    assert failed.error is not None
    assert failed.error.code == 400


async def test_a_connection_that_is_cut_twice_fails_the_file(tmp_path: Path) -> None:
    async with file_desk(cut(1000)) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, BIG * 4))
        failed = await desk.becomes(attachment_id, FAILED)
        assert failed.error is not None
        assert failed.error.name == "ConnectionLost"
        assert len(desk.place.heard) == 2
        desk.watch.chat.attach_again(attachment_id)
        await desk.upload(attachment_id, lambda upload: upload.state is UPLOADING and upload.error is None)


async def test_storage_that_stops_taking_is_given_up(tmp_path: Path) -> None:
    limits = replace(QUICK, transfer_timeout=0.2)
    async with file_desk(stuck(asyncio.Event()), limits) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, BIG * 4))
        failed = await desk.becomes(attachment_id, FAILED)
    assert failed.error is not None
    assert failed.error.name == "HttpTimeout"


async def test_an_insecure_address_is_not_used(tmp_path: Path) -> None:
    async with file_desk(answer(http())) as desk:
        desk.place.scheme = "ftp"
        attachment_id = desk.watch.chat.attach(write(tmp_path, b"text"))
        failed = await desk.becomes(attachment_id, FAILED)
        assert failed.error is not None
        assert failed.error.name == "Endpoint"
        assert not desk.place.heard


@pytest.mark.parametrize("stage", ["transfer", "uploaded"])
async def test_taking_a_file_back(tmp_path: Path, stage: str) -> None:
    begun = asyncio.Event()
    async with file_desk(stuck(begun) if stage == "transfer" else answer(http())) as desk:
        chat = desk.watch.chat
        attachment_id = chat.attach(write(tmp_path, BIG * 4))
        if stage == "transfer":
            await begun.wait()
        else:
            await desk.upload(attachment_id, lambda upload: upload.sent == len(BIG) * 4)
            await desk.talk.confirm(attachment_id)
            await desk.becomes(attachment_id, UPLOADED)
        chat.detach(attachment_id)
        await desk.becomes(attachment_id, REMOVED)
        assert len(desk.asked("deleteAttachment")) == (stage == "uploaded")


async def test_leaving_in_the_middle_of_a_transfer_leaves_nothing(tmp_path: Path) -> None:
    begun = asyncio.Event()
    async with file_desk(stuck(begun)) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, BIG * 4))
        await begun.wait()
        desk.watch.chat.leave()
        await desk.watch.ended()
        failed = desk.uploads(attachment_id)[-1]
    assert failed.error is not None
    assert failed.error.name == "UploadInterrupted"


async def test_a_break_of_the_chat_begins_the_transfer_anew(tmp_path: Path) -> None:
    begun = asyncio.Event()
    first = True

    async def reply(heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal first
        if first:
            first = False
            await stuck(begun)(heard, reader, writer)
        await answer(http())(heard, reader, writer)

    async with file_desk(reply) as desk:
        attachment_id = desk.watch.chat.attach(write(tmp_path, BIG))
        await begun.wait()
        assert desk.talk.socket is not None
        desk.talk.socket.transport.abort()
        await desk.upload(attachment_id, lambda upload: upload.sent == len(BIG))
        await desk.talk.confirm(attachment_id)
        await desk.becomes(attachment_id, UPLOADED)
        assert [frame["attachmentId"] for frame in desk.asked("onAttachment")] == [attachment_id] * 2


# The file on this computer


async def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: object) -> GcdeskError:
    """Attach a file that changes once its first piece was read; how it failed."""
    path = write(tmp_path, BIG)
    read = uploads._read
    turns = 0

    def read_and_change(*arguments: object) -> object:
        nonlocal turns
        turns += 1
        if turns == 2:
            assert callable(change)
            change(path)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(uploads, "_read", read_and_change)
    async with file_desk(stuck(asyncio.Event())) as desk:
        attachment_id = desk.watch.chat.attach(path)
        failed = await desk.becomes(attachment_id, FAILED)
    assert failed.error is not None
    return failed.error


def shorten(path: Path) -> None:
    path.write_bytes(BIG[:1000])


def rewrite(path: Path) -> None:
    path.write_bytes(BIG[::-1])
    os.utime(path, (1, 1))


@pytest.mark.parametrize("change", [shorten, rewrite])
async def test_a_file_that_changes_meanwhile_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    assert type(await changing(tmp_path, monkeypatch, change)) is FileChangedError


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
async def test_a_file_that_vanishes_meanwhile_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = await changing(tmp_path, monkeypatch, Path.unlink)
    assert isinstance(error, FileUnreadableError)
    assert error.title == "The file is not there any more."


async def test_bytes_of_another_length_are_not_sent() -> None:
    async with file_desk(answer(http())) as desk:
        attachment_id = desk.watch.chat.attach(OutgoingFile("a.txt", "text/plain", 9, b"four"))
        failed = await desk.becomes(attachment_id, FAILED)
        assert type(failed.error) is FileChangedError
        attachment_id = desk.watch.chat.attach(OutgoingFile("a.txt", "text/plain", 9, 9))
        failed = await desk.becomes(attachment_id, FAILED)
        assert type(failed.error) is FileUnreadableError
        assert not any(heard.body for heard in desk.place.heard)


def test_only_an_ordinary_file_is_attached(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.txt", tmp_path / "note.txt" / "below", "nul\0.txt"):
        with pytest.raises(FileUnreadableError) as caught:
            file_at(path)
        assert caught.value.title.endswith(".")
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.txt")
        with pytest.raises(FileUnreadableError, match="not an ordinary file"):
            file_at(tmp_path / "pipe.txt")


@pytest.mark.skipif(
    sys.platform == "win32" or os.getuid() == 0, reason="whoever may read everything is not refused"
)
def test_a_file_that_may_not_be_looked_at_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    write(folder, b"x")
    folder.chmod(0)
    try:
        with pytest.raises(FileUnreadableError, match="may not be read"):
            file_at(folder / "note.txt")
    finally:
        folder.chmod(0o700)


def test_a_file_is_what_its_name_and_the_disk_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, b"text", "Notiz ü.TXT")
    assert file_at("Notiz ü.TXT") == OutgoingFile("Notiz ü.TXT", "text/plain", 4, path)
    assert file_at(path, "text/x-special").mime == "text/x-special"


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.opus", "audio/ogg"),
        ("a.PNG", "image/png"),
        ("a.jpeg", "image/jpeg"),
        ("a.webp", "image/webp"),
        ("a.md", "text/markdown"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.tar.gz", "application/gzip"),
        ("a.mid", "audio/midi"),
        ("a.unheard-of", UNKNOWN_MIME),
        ("a", UNKNOWN_MIME),
        (".png", UNKNOWN_MIME),
        ("", UNKNOWN_MIME),
    ],
)
def test_the_type_follows_from_the_name(name: str, mime: str) -> None:
    assert mime_of(name) in (mime, "audio/sp-midi") if name == "a.mid" else mime_of(name) == mime


# Back again


def received(desk_url: str, attachment_id: str = "att") -> Attachment:
    return Attachment(attachment_id, desk_url, "../note.txt", "File")


async def test_a_received_file_is_saved(tmp_path: Path) -> None:
    async with file_desk(answer(http(b"file"))) as desk:
        saved = await desk.watch.chat.save(received(desk.place.url("/get")), tmp_path)
    assert saved == tmp_path / "_note.txt"
    assert saved.read_bytes() == b"file"


async def test_an_expired_link_is_renewed_through_the_chat(tmp_path: Path) -> None:
    async with file_desk(answer(http(status="403 Forbidden"), http(b"file"))) as desk:
        saved = await desk.watch.chat.save(received(desk.place.url("/old")), tmp_path)
        assert saved.read_bytes() == b"file"
        assert [heard.target for heard in desk.place.heard] == ["/old", "/get"]
        assert desk.asked("getAttachment")[0]["attachmentId"] == "att"
        assert desk.watch.all(LinkRefreshed)[0].url == desk.place.url("/get")


async def test_several_wait_for_the_same_fresh_link(tmp_path: Path) -> None:
    async with file_desk(answer(http(b"file"))) as desk:
        saved = await asyncio.gather(*(desk.watch.chat.save(received(""), tmp_path) for _ in range(3)))
        assert sorted(path.name for path in saved) == ["_note (2).txt", "_note (3).txt", "_note.txt"]
        assert 1 <= len(desk.asked("getAttachment")) <= 3


async def test_a_picture_comes_through_the_chat() -> None:
    async with file_desk(answer(http(status="410 Gone"), http(png(3, 2)))) as desk:
        picture = await desk.watch.chat.picture(desk.place.url("/old"), "att")
        assert (picture.shape.width, picture.shape.height) == (3, 2)


async def test_whoever_waits_for_a_link_is_told_of_the_end(tmp_path: Path) -> None:
    expired = answer(http(status="403 Forbidden"))
    # Nobody is there, so the chat never gets so far as to ask.
    async with storage(expired) as place, watched(target("ws://127.0.0.1:1/v1")) as watch:
        await watch.ended()
        with pytest.raises(LinkExpiredError, match="403"):
            await watch.chat.save(received(place.url()), tmp_path)
        with pytest.raises(WishError):
            await watch.chat.fresh_link("att")


async def test_leaving_ends_the_wait_for_a_link(tmp_path: Path) -> None:
    async with file_desk(answer(http())) as desk:
        chat = desk.watch.chat
        waiting = asyncio.create_task(chat.fresh_link("att"))
        await asyncio.sleep(0)
        chat.leave()
        with pytest.raises(LinkExpiredError):
            await waiting


async def test_cancelling_the_wait_for_a_link_changes_nothing_else() -> None:
    async with file_desk(answer(http())) as desk:
        chat = desk.watch.chat
        waiting = asyncio.create_task(chat.fresh_link("att"))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await chat.fresh_link("att") == desk.place.url("/get")
