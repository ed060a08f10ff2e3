"""The page that a browser comes back to: what else comes in changes nothing, and nothing is left listening."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcdesk.chat.loopback import Loopback, loopback
from gcdesk.errors import EnvironmentInputError, RedirectPortError
from tests.support.coroutines import run_on_asyncio

STATE = "s" * 43


async def ask(page: Loopback, data: bytes) -> bytes:
    """Send bytes and read until the page closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(page.redirect_uri).port)
    try:
        writer.write(data)
        if not data.endswith(b"\r\n\r\n"):
            writer.write_eof()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        await close(writer)


async def close(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    await asyncio.gather(writer.wait_closed(), return_exceptions=True)


def get(page: Loopback, target: str, method: str = "GET", host: str | None = None) -> bytes:
    place = urlsplit(page.redirect_uri).netloc if host is None else host
    return f"{method} {target} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode()


def path(page: Loopback) -> str:
    return urlsplit(page.redirect_uri).path


def status(answer: bytes) -> int:
    return int(answer.split(b" ")[1])


def unanswered(page: Loopback) -> bool:
    return not page._answer.done()


async def test_one_answer_and_no_second() -> None:
    async with loopback("", STATE) as page:
        first = await ask(page, get(page, f"{path(page)}?state={STATE}&code=one"))
        assert status(first) == 200
        assert b"Cache-Control: no-store" in first
        assert b"default-src 'none'" in first
        second = await ask(page, get(page, f"{path(page)}?state={STATE}&code=two"))
        assert status(second) == 410
        answer = await page.answer()
    assert (answer.state, answer.code) == (STATE, "one")
    assert STATE not in repr(answer)


@pytest.mark.parametrize(
    ("request_of", "expected"),
    [
        (lambda page: get(page, "/"), 404),
        (lambda page: get(page, "/favicon.ico"), 404),
        (lambda page: get(page, f"{path(page)}/?state={STATE}&code=one"), 404),
        (lambda page: get(page, f"{path(page)}?state={STATE}&code=one", "POST"), 405),
        (lambda page: get(page, f"{path(page)}?state={STATE}&code=one", "HEAD"), 405),
        (lambda page: get(page, f"{path(page)}?state={STATE}&code=one", host="evil.example"), 404),
        (lambda page: get(page, f"{path(page)}?state={STATE}&code=one", host=""), 404),
        (lambda page: get(page, f"{path(page)}?state={STATE}&code=one", host="127.0.0.1:1"), 404),
        (lambda page: get(page, "http://[/x"), 400),
        (lambda page: b"rubbish\r\n\r\n", 400),
        (lambda page: b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n", 400),
        (lambda page: b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n", 400),
    ],
)
async def test_what_is_not_the_answer_changes_nothing(
    request_of: Callable[[Loopback], bytes], expected: int
) -> None:
    async with loopback("", STATE) as page:
        answer = await ask(page, request_of(page))
        # What is larger than any request may be cut off before its answer is read.
        assert answer == b"" or status(answer) == expected
        assert unanswered(page)


async def test_connections_that_say_nothing_keep_nobody_waiting() -> None:
    async with loopback("", STATE) as page:
        port = urlsplit(page.redirect_uri).port
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        answer = await ask(page, get(page, f"{path(page)}?state={STATE}&code=one"))
        assert status(answer) == 200
    for reader, writer in silent:
        assert await reader.read() == b""
        await close(writer)


async def test_far_too_many_visitors_are_turned_away() -> None:
    async with loopback("", STATE) as page:
        port = urlsplit(page.redirect_uri).port
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(32)]
        assert await ask(page, get(page, "/")) == b""
        reader, writer = crowd.pop()
        writer.write(get(page, "/"))
        assert status(await reader.read()) == 404
        await close(writer)
        assert status(await ask(page, get(page, "/"))) == 404
        for _, writer in crowd:
            await close(writer)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    async def visit() -> None:
        async with loopback("", STATE) as page:
            await ask(page, data + b"\r\n\r\n")
            await ask(
                page, b"GET " + path(page).encode() + b"?" + data.replace(b" ", b"") + b" HTTP/1.1\r\n\r\n"
            )
            assert unanswered(page)

    run_on_asyncio(visit, {})


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters=" #\r\n"), max_size=60))
def test_any_query_is_an_answer_that_raises_nothing(query: str) -> None:
    async def visit() -> None:
        async with loopback("", STATE) as page:
            answer = await ask(page, get(page, f"{path(page)}?{query}"))
            assert answer == b"" or status(answer) == 400
            if not unanswered(page):
                assert (await page.answer()).state != STATE

    run_on_asyncio(visit, {})


@pytest.mark.parametrize(
    "redirect",
    [
        "https://127.0.0.1/x",
        "http://example.com/x",
        "http://127.0.0.1.example.com/x",
        "http://user@127.0.0.1/x",
        "http://127.0.0.1/x?y=1",
        "http://127.0.0.1/x#y",
        "http://127.0.0.1:99999/x",
        "http://127.0.0.1/a b",
        "nonsense",
    ],
)
async def test_only_an_address_of_this_computer_will_do(redirect: str) -> None:
    with pytest.raises(EnvironmentInputError):
        async with loopback(redirect, STATE):
            pytest.fail("it listens")


async def test_a_port_that_this_user_may_not_listen_on(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(_socket: socket.socket, _address: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse, raising=False)
    with pytest.raises(RedirectPortError, match="may not listen on port 80"):
        async with loopback("http://127.0.0.1:80/x", STATE):
            pytest.fail("it listens")


@pytest.mark.parametrize(
    ("redirect", "start", "end"),
    [
        ("http://127.0.0.1/callback", "http://127.0.0.1:", "/callback"),
        ("http://localhost:0/callback", "http://localhost:", "/callback"),
        ("http://127.0.0.1", "http://127.0.0.1:", ""),
    ],
)
async def test_a_registered_address_with_any_port(redirect: str, start: str, end: str) -> None:
    async with loopback(redirect, STATE) as page:
        assert page.redirect_uri.startswith(start)
        assert page.redirect_uri.endswith(end)
        answer = await ask(page, get(page, f"{path(page) or '/'}?state={STATE}&code=one"))
        assert status(answer) == 200


async def test_on_the_windows_loop(qtbot: object) -> None:
    async with loopback("", STATE) as page:
        address = page.start_at("https://login.example/authorize")
        answer = await ask(page, get(page, urlsplit(address).path))
        assert status(answer) == 302
        assert b"Location: https://login.example/authorize\r\n" in answer
        assert status(await ask(page, get(page, f"{path(page)}?state={STATE}&code=one"))) == 200
        assert (await page.answer()).code == "one"
