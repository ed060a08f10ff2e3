"""One request and its answer, with whatever may answer instead."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.chat.http import LARGEST, HttpAnswer, HttpRequest, check_address, request
from gcdesk.chat.opener import USER_AGENT
from gcdesk.errors import (
    ConnectionLostError,
    EndpointError,
    GcdeskError,
    HttpAnswerError,
    HttpTimeoutError,
    HttpTooLargeError,
    TlsError,
    UnreachableError,
)
from tests.chat.conftest import ServerContext
from tests.chat.servers import after_request, answering, bare_server, dripping, never
from tests.chat.storage import PatientOpener, answer, cut, early, http, storage, stuck

BIG = bytes(range(256)) * 4096
SECRET = "secret-signature"


async def ask(url: str, method: str = "GET", seconds: float = 5.0, **options: Any) -> HttpAnswer:
    fields = {name: options.pop(name) for name in ("headers", "body", "size") if name in options}
    return await request(PatientOpener(), HttpRequest(method, url, **fields), seconds=seconds, **options)


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


# What goes out


async def test_a_body_arrives_whole_with_its_headers_verbatim() -> None:
    headers = {"x-amz-tagging": "organizationId=1&originPlatform=PureCloud", "Content-Type": "image/png"}
    async with storage(answer(http(b"done"))) as place:
        got = await ask(place.url("/put?a=b%20c&d=e/f"), "PUT", headers=headers, body=BIG)
    (heard,) = place.heard
    assert (got.status, got.body) == (200, b"done")
    assert (heard.method, heard.target) == ("PUT", "/put?a=b%20c&d=e/f")
    assert heard.body == BIG
    assert {name: heard.headers[name.lower()] for name in headers} == headers
    assert heard.headers["content-length"] == str(len(BIG))
    assert heard.headers["user-agent"] == USER_AGENT
    assert heard.headers["host"] == f"127.0.0.1:{place.port}"
    assert "transfer-encoding" not in heard.headers


async def test_a_body_in_pieces_is_the_same_body() -> None:
    told: list[int] = []

    async def progress(written: int) -> None:
        told.append(written)

    async with storage(answer(http())) as place:
        await ask(place.url(), "PUT", body=pieces(b"ab", b"", b"cde"), size=5, progress=progress)
    assert place.heard[0].body == b"abcde"
    assert told == [2, 2, 5]


@pytest.mark.parametrize("name", ["Host", "CONTENT-LENGTH", "transfer-encoding", "Connection", "expect"])
async def test_the_connection_decides_about_its_own_headers(name: str) -> None:
    async with storage(answer(http())) as place:
        await ask(place.url(), "PUT", headers={name: "7"}, body=b"body")
    assert place.heard[0].headers.get(name.lower()) != "7"
    assert place.heard[0].body == b"body"


@pytest.mark.parametrize(("method", "length"), [("GET", None), ("DELETE", None), ("PUT", "0"), ("POST", "0")])
async def test_an_empty_body_has_a_length_where_one_is_expected(method: str, length: str | None) -> None:
    async with storage(answer(http())) as place:
        await ask(place.url(), method)
    assert place.heard[0].headers.get("content-length") == length


async def test_a_user_agent_of_the_callers_is_kept() -> None:
    async with storage(answer(http())) as place:
        await ask(place.url(), headers={"user-agent": "mine"})
    assert place.heard[0].headers["user-agent"] == "mine"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("", "/"),
        ("?a=1", "/?a=1"),
        ("/ü b", "/%C3%BC%20b"),
        ("/a%2Fb", "/a%2Fb"),
        ("/a?x=1#fragment", "/a?x=1"),
    ],
)
async def test_the_target_is_what_the_address_says(path: str, target: str) -> None:
    async with storage(answer(http())) as place:
        await ask(place.url(path))
    assert place.heard[0].target == target


@pytest.mark.parametrize(
    "headers", [{"a": "b\r\nc: d"}, {"a b": "c"}, {"": "a"}, {"a": "\u20ac"}, {"a": "b\0"}]
)
async def test_headers_that_cannot_be_sent_are_refused_before_anything_is(headers: Mapping[str, str]) -> None:
    with pytest.raises(EndpointError) as caught:
        await ask("http://127.0.0.1:1/", headers=headers)
    assert caught.value.title == "The address or the headers for the transfer cannot be sent."


# What comes back


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nT: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nabc",
        b"HTTP/1.0 200\r\n\r\nabc",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + http(b"abc"),
        http(b"abc") + b"HTTP/1.1 500 and something that nobody asked for",
    ],
)
async def test_every_way_to_delimit_an_answer(data: bytes) -> None:
    async with bare_server(answering(data)) as port:
        got = await ask(f"http://127.0.0.1:{port}/")
    assert (got.status, got.body) == (200, b"abc")


async def test_headers_come_by_lower_case_name_and_in_any_letters() -> None:
    async with bare_server(answering(http(b"", "X-Thing: caf\xe9", "Date: now"))) as port:
        got = await ask(f"http://127.0.0.1:{port}/")
    assert got.headers["x-thing"].encode("latin-1") == "café".encode()
    assert got.headers["date"] == "now"


async def test_nothing_is_followed_and_nothing_is_decompressed() -> None:
    packed = gzip.compress(b"text")
    async with bare_server(
        answering(http(packed, "Location: /elsewhere", "Content-Encoding: gzip", status="302 Found"))
    ) as port:
        got = await ask(f"http://127.0.0.1:{port}/")
    assert (got.status, got.body, got.headers["location"]) == (302, packed, "/elsewhere")


async def test_a_sink_takes_the_body_of_a_success_only() -> None:
    taken: list[bytes] = []

    async def sink(piece: bytes) -> None:
        taken.append(piece)

    async with storage(answer(http(BIG), http(b"<Error/>", status="403 Forbidden"))) as place:
        got = await ask(place.url(), sink=sink)
        assert (got.status, got.body, b"".join(taken)) == (200, b"", BIG)
        taken.clear()
        got = await ask(place.url(), sink=sink)
    assert (got.status, got.body, taken) == (403, b"<Error/>", [])


async def test_a_refusal_without_end_does_not_hold_up_whoever_has_a_sink() -> None:
    async def sink(piece: bytes) -> None:
        raise AssertionError(piece)

    async def rant(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    async with bare_server(rant) as port:
        got = await ask(f"http://127.0.0.1:{port}/", sink=sink, largest=10)
    assert got.status == 403
    assert 0 < len(got.body) < LARGEST


@pytest.mark.parametrize("size", [10, 11])
async def test_the_body_is_bounded(size: int) -> None:
    async with bare_server(answering(http(b"x" * size))) as port:
        if size == 10:
            assert (await ask(f"http://127.0.0.1:{port}/", largest=10)).body == b"x" * 10
        else:
            with pytest.raises(HttpTooLargeError):
                await ask(f"http://127.0.0.1:{port}/", largest=10)


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 100_000,
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"\0" * 100_000,
    ],
)
async def test_what_is_no_http_is_named(data: bytes) -> None:
    async with bare_server(answering(data)) as port:
        with pytest.raises(HttpAnswerError):
            await ask(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"",
    ],
)
async def test_an_answer_that_ends_too_soon_is_a_broken_connection(data: bytes) -> None:
    async with bare_server(answering(data)) as port:
        with pytest.raises(ConnectionLostError):
            await ask(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("behave", [never, after_request, dripping(b"HTTP/1.1 100 x\r\n\r\n", 10)])
async def test_silence_has_an_end(behave: Any) -> None:
    async with bare_server(behave) as port:
        with pytest.raises(HttpTimeoutError) as caught:
            await ask(f"http://127.0.0.1:{port}/", seconds=0.1)
    assert caught.value.title == f"127.0.0.1:{port} was silent for 0.1 seconds."


async def test_slow_is_not_silent() -> None:
    """Each byte comes well within the limit, all of them together take longer."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for value in http(b"x" * 20):
            writer.write(bytes([value]))
            await writer.drain()
            await asyncio.sleep(0.03)

    async with bare_server(drip) as port:
        assert (await ask(f"http://127.0.0.1:{port}/", seconds=1.5)).body == b"x" * 20


async def test_nobody_there_is_named() -> None:
    with pytest.raises(UnreachableError):
        await ask("http://127.0.0.1:1/")


# When the other side does not take the whole body


@pytest.mark.parametrize("status", ["403 Forbidden", "413 Content Too Large", "500 Oops"])
async def test_a_refusal_before_the_end_of_the_body_is_heard(status: str) -> None:
    async with storage(early(http(b"<Error/>", status=status))) as place:
        got = await ask(place.url(), "PUT", body=BIG * 8)
    assert (got.status, got.body) == (int(status[:3]), b"<Error/>")


async def test_a_success_before_the_end_of_the_body_is_not_believed() -> None:
    begun = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x"
        begun.set()
        await asyncio.Event().wait()

    async with storage(early(http())) as place:
        with pytest.raises(HttpAnswerError) as caught:
            await ask(place.url(), "PUT", body=slow(), size=2)
    assert begun.is_set()
    assert "before it had" in caught.value.title


@pytest.mark.parametrize("after", [0, 1, 100_000])
async def test_a_connection_cut_in_the_body_is_named(after: int) -> None:
    async with storage(cut(after)) as place:
        with pytest.raises(ConnectionLostError) as caught:
            await ask(place.url(), "PUT", body=BIG * 8)
    assert caught.value.title == f"The connection to 127.0.0.1:{place.port} broke during the transfer."


async def test_a_server_that_stops_reading_is_silent() -> None:
    begun = asyncio.Event()
    async with storage(stuck(begun)) as place:
        with pytest.raises(HttpTimeoutError):
            await ask(place.url(), "PUT", body=BIG * 32, seconds=0.3)
    assert begun.is_set()


async def test_what_keeps_the_body_from_being_read_comes_through() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise GcdeskError("The file is gone.")

    async with storage(stuck(asyncio.Event())) as place:
        with pytest.raises(GcdeskError, match="The file is gone"):
            await ask(place.url(), "PUT", body=broken(), size=2)


@pytest.mark.parametrize("parts", [(b"a",), (b"abc",)])
async def test_a_body_of_another_length_than_promised_is_refused(parts: tuple[bytes, ...]) -> None:
    async with storage(stuck(asyncio.Event(), 0)) as place:
        with pytest.raises(GcdeskError):
            await ask(place.url(), "PUT", body=pieces(*parts), size=2)


async def test_cancelling_leaves_no_connection() -> None:
    begun = asyncio.Event()
    async with storage(stuck(begun)) as place:
        asking = asyncio.create_task(ask(place.url(), "PUT", body=BIG * 8))
        await begun.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking


# TLS, and what may be asked at all


async def test_over_tls_as_the_system_trusts_it(trusted: object, server_context: ServerContext) -> None:
    async with storage(answer(http(b"done")), server_context("127.0.0.1")) as place:
        got = await ask(place.url(), "PUT", body=BIG)
    assert (got.body, place.heard[0].body) == (b"done", BIG)


@pytest.mark.expected_logs
async def test_a_certificate_that_nobody_trusts_gets_nothing(server_context: ServerContext) -> None:
    async with storage(answer(http()), server_context("127.0.0.1")) as place:
        with pytest.raises(TlsError):
            await ask(place.url(), "PUT", body=b"private")
    assert not place.heard


@pytest.mark.parametrize(
    "url", ["https://files.example.com/a?b", "http://127.0.0.1:80/", "http://[::1]/", "http://localhost/"]
)
def test_a_secure_address_or_one_of_this_computer_may_be_asked(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://files.example.com/",
        "http://127.0.0.1.example.com/",
        "http://192.168.0.1/",
        "https://",
        "https:///path",
        "https://user@files.example.com/",
        "https://user:password@files.example.com/",
        "https://files.example.com:0/",
        "https://files.example.com:99999/",
        "https://[::1/",
        "file:///etc/passwd",
        "ftp://files.example.com/",
        "javascript:alert(1)",
        "data:text/plain,a",
        "//files.example.com/",
    ],
)
async def test_no_other_address_is_asked(url: str) -> None:
    with pytest.raises(EndpointError) as caught:
        await ask(url)
    assert caught.value.title == "The address for the transfer is not secure or not whole."


@given(st.text())
def test_any_text_is_an_address_or_refused(url: str) -> None:
    try:
        check_address(url)
    except EndpointError:
        return
    assert url.lower().lstrip().startswith(("http://", "https://"))


async def test_no_secret_is_shown() -> None:
    asked = HttpRequest(
        "PUT", f"https://files.example.com/put?X={SECRET}", {"Authorization": SECRET}, SECRET.encode()
    )
    assert SECRET not in repr(asked)
    assert SECRET not in repr(HttpAnswer(200, {"a": SECRET}, SECRET.encode()))
    async with storage(cut(1)) as place:
        with pytest.raises(ConnectionLostError) as caught:
            await ask(place.url(), "PUT", body=BIG)
    assert SECRET not in repr(caught.value) + str(caught.value) + caught.value.detail
