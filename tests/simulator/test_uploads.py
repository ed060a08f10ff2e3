"""Files: offered, put, sent, deleted and read again, and everything the service refuses on the way."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.simulator.offers import FileOffer, check_offer, type_allowed
from gcdesk.simulator.options import SimulatorOptions
from gcdesk.simulator.reading import RefusedError
from gcdesk.simulator.server import Simulator
from gcdesk.simulator.signed_urls import LinkError, SignedUrls

from .guest import Clock, Frame, Guest, chat
from .web_client import ask, history, jwt_of, offer, put, uploaded, with_file

SMALL = SimulatorOptions(upload_kilobytes=2, upload_types=("image/*", "text/plain"))

REFUSED: list[tuple[str, Frame, int]] = [
    ("another type", {"mime": "application/pdf"}, 4001),
    ("no type", {"mime": ""}, 4001),
    ("half a type", {"mime": "image/"}, 4001),
    ("a type with a header in it", {"mime": "text/plain; a\r\nX: y"}, 4001),
    ("a program by its name", {"name": "setup.EXE"}, 4001),
    ("a byte too many", {"size": 2001}, 4002),
    ("no name", {"name": ""}, 4004),
    ("no extension", {"name": "note"}, 4004),
    ("a dot at the end", {"name": "note."}, 4004),
    ("nothing but an extension", {"name": ".txt"}, 4004),
    ("a path", {"name": "../note.txt"}, 4004),
    ("a path of Windows", {"name": "C:\\note.txt"}, 4004),
    ("a line break", {"name": "note\n.txt"}, 4004),
    ("a name of 1024 letters", {"name": "n" * 1020 + ".txt"}, 4005),
    ("nothing in it", {"size": 0}, 4102),
]


def described(name: str = "note.txt", mime: str = "text/plain", size: int = 5) -> FileOffer:
    return FileOffer(name, mime, size)


@pytest.mark.parametrize(("file", "code"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_an_offer_gets_the_services_code(file: dict[str, Any], code: int) -> None:
    with pytest.raises(RefusedError) as refused:
        check_offer(described(**file), SMALL)
    assert refused.value.code == code
    assert refused.value.text


@pytest.mark.parametrize(
    "file",
    [
        {"size": 2000},
        {"name": "n" * 1019 + ".txt"},
        {"name": "Screenshot 9.41.00\u202fAM.png", "mime": "image/png"},
        {"name": "archive.tar.gz", "mime": "TEXT/Plain;charset=utf-8"},
        {"name": "日本語.txt"},
    ],
)
def test_an_offer_at_the_limit_is_taken(file: dict[str, Any]) -> None:
    check_offer(described(**file), SMALL)


def test_any_type_is_allowed_where_any_type_is() -> None:
    assert type_allowed("application/x-anything", ("*/*",))
    assert not type_allowed("anything", ("*/*",))


@given(name=st.text(), mime=st.text(), size=st.integers(min_value=0))
def test_any_offer_is_taken_or_refused(name: str, mime: str, size: int) -> None:
    code = 200
    try:
        check_offer(FileOffer(name, mime, size), SMALL)
    except RefusedError as refused:
        code = refused.code
    assert code in {200, 4001, 4002, 4004, 4005, 4102}


async def asked(visitor: Guest, **file: Any) -> Frame:
    await visitor.send("onAttachment", **offer(**file))
    answer = await visitor.next()
    assert answer["class"] == "PresignedUrlResponse", answer
    body = answer["body"]
    assert isinstance(body, dict)
    return body


async def test_a_refused_offer_comes_back_in_the_form_that_was_asked_for() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        file = offer(name="setup.exe")
        tracing_id = await visitor.send("onAttachment", **file)
        refused = await visitor.next()
        assert (refused["class"], refused["code"], refused["tracingId"]) == (
            "GenerateUrlError",
            400,
            tracing_id,
        )
        assert refused["body"]["errorCode"] == 4001
        assert refused["body"]["attachmentId"] == file["attachmentId"]
        await visitor.send("onAttachment", **{**file, "errorsAsJson": False})
        refused = await visitor.next()
        assert (refused["class"], refused["code"]) == ("string", 4001)


async def test_uploads_can_be_off() -> None:
    options = SimulatorOptions(uploads=False)
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        session = await visitor.configure()
        assert session["body"]["allowedMedia"]["inbound"]["fileTypes"] == []
        await visitor.send("onAttachment", **offer())
        assert (await visitor.next())["body"]["errorCode"] == 4000
        await visitor.message(content=with_file("a-1"))
        assert (await visitor.next())["code"] == 4000


async def test_a_file_goes_up_and_comes_back_on_the_echo() -> None:
    data = b"\x89PNG\r\n and more"
    async with Simulator() as simulator, chat(simulator) as visitor:
        file = offer(data, "picture.png", "image/png")
        tracing_id = await visitor.send("onAttachment", **file)
        answer = await visitor.next()
        assert (answer["type"], answer["code"], answer["tracingId"]) == ("response", 200, tracing_id)
        presigned = answer["body"]
        assert presigned["headers"] == {"x-amz-tagging": "organizationId=1&originPlatform=PureCloud"}
        assert (presigned["fileName"], presigned["fileSize"]) == ("picture.png", len(data))
        assert (await put(presigned, data)).status == 200
        success = await visitor.next()
        assert success["class"] == "UploadSuccessEvent"
        assert success["body"]["attachmentId"] == file["attachmentId"]
        assert success["body"]["timestamp"].endswith("Z")
        assert (await ask("GET", success["body"]["downloadUrl"])).body == data
        await visitor.message(text="Look", content=with_file(file["attachmentId"]))
        echo, reply = await visitor.echo_and_reply()
        assert (echo["body"]["type"], echo["body"]["text"]) == ("Text", "Look")
        (item,) = echo["body"]["content"]
        url = item["attachment"].pop("url")
        assert item == {
            "contentType": "Attachment",
            "attachment": {
                "id": file["attachmentId"],
                "filename": "picture.png",
                "mediaType": "Image",
                "mime": "image/png",
                "fileSize": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            },
        }
        assert reply["body"]["text"] == f"I have received picture.png (image/png, {len(data)} bytes)."
        read = await ask("GET", url)
        assert (read.status, read.body, read.headers["Content-Type"]) == (200, data, "image/png")
        assert read.headers["X-Content-Type-Options"] == "nosniff"
        assert read.headers["Content-Disposition"] == "attachment; filename*=UTF-8''picture.png"


async def test_a_file_alone_is_a_message_and_an_id_may_be_left_to_the_service() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        file = offer()
        del file["attachmentId"]
        await visitor.send("onAttachment", **file)
        presigned = (await visitor.next())["body"]
        assert uuid.UUID(presigned["attachmentId"]).version == 4
        await put(presigned, b"hello")
        assert (await visitor.next())["class"] == "UploadSuccessEvent"
        await visitor.send("onMessage", message={"content": with_file(presigned["attachmentId"])})
        echo, _ = await visitor.echo_and_reply()
    assert echo["body"]["type"] == "Text"
    assert "text" not in echo["body"]


@pytest.mark.parametrize(
    ("headers", "data", "status"),
    [
        ({"x_amz_tagging": ""}, b"hello", 403),
        ({"x_amz_tagging": "organizationId=2"}, b"hello", 403),
        ({"Content_Type": "image/png"}, b"hello", 403),
        ({"Content_Type": ""}, b"hello", 403),
        ({}, b"hell", 403),
        ({}, b"hello!", 403),
        ({}, b"", 403),
    ],
)
async def test_what_is_put_must_be_what_was_signed(headers: dict[str, str], data: bytes, status: int) -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        presigned = await asked(visitor)
        assert (await put(presigned, data, **headers)).status == status
        # Nothing was kept, so the link still works.
        assert (await put(presigned, b"hello")).status == 200
        assert (await visitor.next())["class"] == "UploadSuccessEvent"


async def test_a_length_has_to_be_told() -> None:
    async def pieces() -> Any:
        yield b"hello"

    async with Simulator() as simulator, chat(simulator) as visitor:
        presigned = await asked(visitor)
        headers = {**presigned["headers"], "Content-Type": "text/plain"}
        assert (await ask("PUT", presigned["url"], data=pieces(), headers=headers)).status == 411


async def test_a_link_is_for_one_file_one_method_and_one_time() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        first, second = await asked(visitor), await asked(visitor)
        crossed = {**first, "url": first["url"].split("?")[0] + "?" + urlsplit(second["url"]).query}
        for url in (
            crossed["url"],
            first["url"].split("?")[0],
            first["url"].replace("Expires=1", "Expires=2"),
        ):
            assert (await put({**first, "url": url}, b"hello")).status == 403
        assert (await ask("GET", first["url"])).status == 405
        assert (await ask("POST", first["url"], data=b"hello")).status == 405
        assert (await ask("GET", first["url"].replace("/uploads/", "/downloads/"))).status == 404
        unknown = {**first, "url": first["url"].replace("/uploads/", "/uploads/0")}
        assert (await put(unknown, b"hello")).status == 404
        assert (await put(first, b"hello")).status == 200
        assert (await visitor.next())["class"] == "UploadSuccessEvent"
        assert (await put(first, b"hello")).status == 409
        await visitor.say("hello")
        await visitor.echo_and_reply()


async def test_links_expire_and_a_fresh_one_can_be_asked_for() -> None:
    clock = Clock()
    options = SimulatorOptions(clock=clock)
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        attachment_id = await uploaded(visitor)
        tracing_id = await visitor.send("getAttachment", attachmentId=attachment_id)
        answer = await visitor.next()
        assert (answer["class"], answer["tracingId"]) == ("PresignedUrlResponse", tracing_id)
        link = answer["body"]
        assert (link["headers"], link["fileSize"], link["fileName"]) == ({}, 5, "note.txt")
        clock.sleep(599)
        assert (await ask("GET", link["url"])).body == b"hello"
        clock.sleep(1)
        expired = await ask("GET", link["url"])
        assert (expired.status, b"Request has expired" in expired.body) == (403, True)
        await visitor.send("getAttachment", attachmentId=attachment_id)
        assert (await ask("GET", (await visitor.next())["body"]["url"])).body == b"hello"
        presigned = await asked(visitor)
        clock.sleep(600)
        assert (await put(presigned, b"hello")).status == 403
        await visitor.message(content=with_file(presigned["attachmentId"]))
        assert (await visitor.next())["code"] == 4008


async def test_only_an_own_uploaded_unsent_file_can_be_sent() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor, chat(simulator) as other:
        waiting = await asked(visitor)
        sent = await uploaded(visitor)
        await visitor.message(content=with_file(sent))
        await visitor.echo_and_reply()
        theirs = await uploaded(other)
        for attachment_id, code in (
            (waiting["attachmentId"], 4010),
            (sent, 4009),
            (theirs, 4009),
            ("?", 4009),
        ):
            await visitor.message(content=with_file(attachment_id))
            assert (await visitor.next())["code"] == code
        first, _ = simulator.conversations
        assert [message.direction for message in first.messages] == ["Inbound", "Outbound"]


async def test_an_unsent_file_can_be_deleted_and_no_other() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        waiting, unsent, sent = await asked(visitor), await uploaded(visitor), await uploaded(visitor)
        await visitor.message(content=with_file(sent))
        await visitor.echo_and_reply()
        for attachment_id in (waiting["attachmentId"], unsent):
            tracing_id = await visitor.send("deleteAttachment", attachmentId=attachment_id)
            deleted = await visitor.next()
            assert (deleted["class"], deleted["tracingId"]) == ("AttachmentDeletedResponse", tracing_id)
            assert deleted["body"] == {"attachmentId": attachment_id}
        for action, attachment_id in (
            ("deleteAttachment", sent),
            ("deleteAttachment", unsent),
            ("getAttachment", unsent),
        ):
            await visitor.send(action, attachmentId=attachment_id)
            refused = await visitor.next()
            assert (refused["class"], refused["code"]) == ("string", 4009)
            await visitor.send(action, attachmentId=attachment_id, errorsAsJson=True)
            refused = await visitor.next()
            assert (refused["class"], refused["code"], refused["body"]["errorCode"]) == ("Error", 404, 4009)
        assert (await put(waiting, b"hello")).status == 404


async def test_a_file_that_was_not_put_yet_has_no_link() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        waiting = await asked(visitor)
        await visitor.send("getAttachment", attachmentId=waiting["attachmentId"])
        assert (await visitor.next())["code"] == 4010


async def test_asking_again_replaces_the_link_until_the_file_is_there() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        first = await asked(visitor, attachmentId="a-1")
        second = await asked(visitor, attachmentId="a-1")
        assert (await put(first, b"hello")).status == 404
        assert (await put(second, b"hello")).status == 200
        assert (await visitor.next())["body"]["attachmentId"] == "a-1"
        await visitor.send("onAttachment", **offer(attachmentId="a-1"))
        assert (await visitor.next())["body"]["errorCode"] == 400


@pytest.mark.parametrize("data", [b"MZ is a program", b"\x7fELF is one too"])
async def test_a_program_in_disguise_fails_after_its_upload(data: bytes) -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        presigned = await asked(visitor, data=data)
        assert (await put(presigned, data)).status == 200
        failure = await visitor.next()
        assert (failure["class"], failure["body"]["errorCode"]) == ("UploadFailureEvent", 4003)
        assert failure["body"]["attachmentId"] == presigned["attachmentId"]
        await visitor.message(content=with_file(presigned["attachmentId"]))
        assert (await visitor.next())["code"] == 4009


async def test_a_digest_is_compared_when_there_is_one() -> None:
    digest = hashlib.md5(b"hello", usedforsecurity=False)
    async with Simulator() as simulator, chat(simulator) as visitor:
        for right in (digest.hexdigest(), base64.b64encode(digest.digest()).decode()):
            await uploaded(visitor, fileMd5=right)
        presigned = await asked(visitor, fileMd5="0" * 32)
        await put(presigned, b"hello")
        assert (await visitor.next())["body"]["errorCode"] == 4003


async def test_an_upload_that_breaks_off_can_be_done_again() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        presigned = await asked(visitor)
        place = urlsplit(presigned["url"])
        _, writer = await asyncio.open_connection(place.hostname, place.port)
        head = f"PUT {place.path}?{place.query} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: 5\r\n"
        fields = {**presigned["headers"], "Content-Type": "text/plain"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        writer.write(f"{head}{lines}\r\nhel".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        ended = await simulator.wait_for(lambda entry: entry.get("event") == "upload")
        assert ended["status"] == 400
        assert (await put(presigned, b"hello")).status == 200
        assert (await visitor.next())["class"] == "UploadSuccessEvent"


async def test_a_file_of_the_largest_size_goes_up_and_comes_down() -> None:
    data = bytes(range(256)) * 40_000
    async with Simulator() as simulator, chat(simulator) as visitor:
        attachment_id = await uploaded(visitor, data, name="large.zip", mime="application/zip")
        await visitor.send("getAttachment", attachmentId=attachment_id)
        read = await ask("GET", (await visitor.next())["body"]["url"])
    assert read.body == data


async def test_a_large_upload_is_refused_by_a_fault_with_that_faults_status() -> None:
    data = bytes(3_000_000)
    options = SimulatorOptions(faults=("put-503",))
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        presigned = await asked(visitor, data=data)
        assert (await put(presigned, data)).status == 503


async def test_every_connection_of_the_session_hears_of_an_upload() -> None:
    async with Simulator() as simulator, chat(simulator) as first, chat(simulator, first.token) as second:
        attachment_id = await uploaded(first)
        assert (await second.next())["body"]["attachmentId"] == attachment_id


@pytest.mark.parametrize(("word", "name"), [("image", "violet.png"), ("attachment", "note.txt")])
async def test_the_bots_own_files_have_ids_and_links_that_expire_too(word: str, name: str) -> None:
    clock = Clock()
    options = SimulatorOptions(clock=clock, uploads=False)
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        await visitor.say(word)
        _, reply = await visitor.echo_and_reply()
        file = reply["body"]["content"][0]["attachment"]
        assert file["filename"] == name
        data = (await ask("GET", file["url"])).body
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file["sha256"], file["fileSize"])
        clock.sleep(600)
        assert (await ask("GET", file["url"])).status == 403
        await visitor.send("getAttachment", attachmentId=file["id"])
        assert (await ask("GET", (await visitor.next())["body"]["url"])).body == data
        jwt = await jwt_of(visitor)
        (newest, _) = (await history(simulator, jwt)).json["entities"]
        assert (await ask("GET", newest["content"][0]["attachment"]["url"])).body == data


async def test_a_cleared_conversation_takes_its_files_along() -> None:
    clear = {"eventType": "Presence", "presence": {"type": "Clear"}}
    async with Simulator() as simulator, chat(simulator) as visitor:
        attachment_id = await uploaded(visitor)
        await visitor.send("getAttachment", attachmentId=attachment_id)
        url = (await visitor.next())["body"]["url"]
        await visitor.message("Event", events=[clear])
        await visitor.closed()
        assert (await ask("GET", url)).status == 404


async def test_no_link_that_works_is_in_the_record() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        presigned = await asked(visitor)
        await put(presigned, b"hello")
        success = await visitor.next()
        text = json.dumps(simulator.record)
        upload = await simulator.wait_for(lambda entry: entry.get("event") == "upload")
    for url in (presigned["url"], success["body"]["downloadUrl"]):
        assert url not in text
        assert url.rpartition("=")[2] not in text
    assert (upload["status"], upload["attachment"]) == (200, presigned["attachmentId"])


@given(query=st.dictionaries(st.sampled_from(["X-Expires", "X-Signature", "other"]), st.text()))
def test_no_made_up_link_opens_anything(query: dict[str, str]) -> None:
    links = SignedUrls(600)
    with pytest.raises(LinkError):
        links.check("GET", "/downloads/a", query, 0.0)
