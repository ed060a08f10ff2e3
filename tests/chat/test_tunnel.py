"""Through proxies: the WebSocket opens over TLS behind them, and each refusal is named."""

from __future__ import annotations

import asyncio
import base64
import logging
import socket
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from gcdesk.chat.fetch import read_deployment
from gcdesk.chat.opener import Opener, OpenWebSocket
from gcdesk.errors import (
    ConnectError,
    DeploymentUnreadableError,
    NameNotFoundError,
    OpenTimeoutError,
    ProxyError,
    ProxyPasswordNeededError,
    ProxyPasswordRefusedError,
    ProxySignInUnsupportedError,
)
from gcdesk.guest.limits import Limits
from tests.chat.conftest import ServerContext
from tests.chat.proxy_servers import Passed, http_proxy, socks4_proxy, socks5_proxy
from tests.chat.servers import (
    Behave,
    Service,
    answering,
    answering_first,
    bare_server,
    config,
    guest_service,
    never,
)

LIMITS = Limits(close_timeout=0.2)
RIGHT = "me:pass"
FORBIDDEN = "The proxy does not allow connections to service.test (403)."
NO_PROXY = "What answers as HTTP proxy 127.0.0.1:PORT is not such a proxy."
HUNG_UP = "The HTTP proxy 127.0.0.1:PORT closed the connection without an answer."
URL = "wss://service.test/v1"


@asynccontextmanager
async def behind(context: ServerContext, *hosts: str) -> AsyncIterator[tuple[Service, Passed]]:
    """A service that only a proxy leads to."""
    async with guest_service(context=context(*(hosts or ("service.test",)))) as service:
        yield service, Passed(int(service.url.rsplit(":", 1)[1].partition("/")[0]))


@asynccontextmanager
async def proxied(
    monkeypatch: pytest.MonkeyPatch, behave: Behave, scheme: str = "http", credentials: str = ""
) -> AsyncIterator[int]:
    """A proxy that the environment names."""
    async with bare_server(behave) as port:
        user = f"{credentials}@" if credentials else ""
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://{user}127.0.0.1:{port}")
        yield port


async def opened(url: str = URL, limits: Limits = LIMITS) -> OpenWebSocket:
    return await Opener().open_websocket(url, "https://origin.test", limits)


async def refusal(url: str = URL, limits: Limits = LIMITS) -> ConnectError:
    with pytest.raises(ConnectError) as caught:
        await opened(url, limits)
    assert "pass" not in f"{caught.value} {caught.value.detail}".replace("password", "")
    return caught.value


async def test_a_name_with_letters_beyond_ascii(
    trusted: object, server_context: ServerContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "xn--bcher-kva.test"
    async with (
        behind(server_context, name) as (service, passed),
        proxied(monkeypatch, http_proxy(passed)),
    ):
        websocket = await opened("wss://bücher.test/v1")
        await websocket.connection.close()
        assert await read_deployment(Opener(), "https://bücher.test/webdeployments/x", 5) == config()
        assert passed.places == [(name, 443)] * 2
        assert {request.headers["Host"] for request in service.requests} == {name}


Make = Callable[[Passed], Behave]


@pytest.mark.parametrize(
    ("scheme", "make", "label"),
    [
        ("http", http_proxy, "HTTP"),
        ("socks5h", socks5_proxy, "SOCKS5"),
        ("socks", socks5_proxy, "SOCKS5"),
        ("socks4a", socks4_proxy, "SOCKS4"),
    ],
)
async def test_the_name_goes_to_the_proxy(
    scheme: str,
    make: Make,
    label: str,
    trusted: object,
    server_context: ServerContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with (
        behind(server_context) as (service, passed),
        proxied(monkeypatch, make(passed), scheme) as port,
    ):
        websocket = await opened()
        assert websocket.proxy == f"{label} proxy 127.0.0.1:{port}"
        assert websocket.tls == "TLS 1.3"
        assert service.requests[0].headers["Host"] == "service.test"
        await websocket.connection.close()
        value = await read_deployment(Opener(), "https://service.test/webdeployments/x", 5)
        assert value == config()
        assert passed.places == [("service.test", 443)] * 2


@pytest.mark.parametrize(("scheme", "make"), [("socks5", socks5_proxy), ("socks4", socks4_proxy)])
async def test_some_kinds_look_the_name_up_here(
    scheme: str,
    make: Make,
    trusted: object,
    server_context: ServerContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def answer(host: str, port: int, *_: object) -> list[tuple[object, ...]]:
        assert host == "service.test"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", port))]

    async with behind(server_context) as (_, passed), proxied(monkeypatch, make(passed), scheme):
        monkeypatch.setattr(socket, "getaddrinfo", answer)
        websocket = await opened()
        await websocket.connection.close()
        assert passed.places == [("192.0.2.7", 443)]


@pytest.mark.parametrize(
    ("host", "seen"),
    [("192.0.2.9", "192.0.2.9"), ("[2001:db8::9]", "2001:0db8:0000:0000:0000:0000:0000:0009")],
)
async def test_addresses_go_through_socks_as_such(
    host: str, seen: str, trusted: object, server_context: ServerContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        behind(server_context, host.strip("[]")) as (_, passed),
        proxied(monkeypatch, socks5_proxy(passed, bound=b"\x04" + bytes(18)), "socks5h"),
    ):
        websocket = await opened(f"wss://{host}:8443/v1")
        await websocket.connection.close()
        assert passed.places == [(seen, 8443)]


async def test_an_address_goes_through_connect_in_brackets(
    trusted: object, server_context: ServerContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        behind(server_context, "2001:db8::9") as (_, passed),
        proxied(monkeypatch, http_proxy(passed)),
    ):
        websocket = await opened("wss://[2001:db8::9]/v1")
        await websocket.connection.close()
        assert passed.places == [("2001:db8::9", 443)]


async def test_a_proxy_may_answer_with_a_name_as_its_address(
    trusted: object, server_context: ServerContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        behind(server_context) as (_, passed),
        proxied(monkeypatch, socks5_proxy(passed, bound=b"\x03\x04name\0\0"), "socks5h"),
    ):
        websocket = await opened()
        await websocket.connection.close()


@pytest.mark.parametrize(("scheme", "make"), [("http", http_proxy), ("socks5h", socks5_proxy)])
async def test_user_and_password_of_the_address_are_shown_to_the_proxy(
    scheme: str,
    make: Callable[..., Behave],
    trusted: object,
    server_context: ServerContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with (
        behind(server_context) as (_, passed),
        proxied(monkeypatch, make(passed, credentials="me:päss:@"), scheme, "me:p%C3%A4ss%3A%40"),
    ):
        websocket = await opened()
        await websocket.connection.close()
        assert passed.users == ["me:päss:@"]


@pytest.mark.parametrize(
    ("scheme", "credentials", "behave", "title", "code"),
    [
        ("http", "", http_proxy(Passed(0), status=403), FORBIDDEN, 403),
        ("http", "", http_proxy(Passed(0), status=502), "The proxy did not connect to service.test (502).", 502),
        ("http", "", answering(b"garbage\r\n\r\n"), NO_PROXY, None),
        ("http", "", answering(b""), HUNG_UP, None),
        ("http", "", answering(b"HTTP/1.1 200 OK\r\n"), HUNG_UP, None),
        ("http", "", http_proxy(Passed(0), early=b"SSH-2.0"), NO_PROXY, None),
        ("socks5h", "", socks5_proxy(Passed(0), reply=2), "The proxy does not allow connections to service.test.", 2),
        ("socks5h", "", socks5_proxy(Passed(0), reply=5), "The proxy found nothing that answers at service.test.", 5),
        ("socks5h", "", socks5_proxy(Passed(0), reply=99), "The proxy failed to connect to service.test.", 99),
        ("socks4a", "", socks4_proxy(Passed(0), reply=91), "The proxy did not connect to service.test.", 91),
    ],
)  # fmt: skip
async def test_refusals_of_a_proxy_are_named(
    scheme: str,
    credentials: str,
    behave: Behave,
    title: str,
    code: int | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with proxied(monkeypatch, behave, scheme, credentials) as port:
        error = await refusal()
    assert type(error) is ProxyError
    assert error.title == title.replace("PORT", str(port))
    assert error.code == code


NEEDED = ProxyPasswordNeededError
NOT_TAKEN = ProxyPasswordRefusedError
OTHER_WAY = ProxySignInUnsupportedError


@pytest.mark.parametrize(
    ("scheme", "credentials", "behave", "kind", "title"),
    [
        ("http", "", http_proxy(Passed(0), credentials=RIGHT), NEEDED, "The proxy asks for a user and password (407)."),
        ("http", "", http_proxy(Passed(0), status=407, offers=("NTLM", 'Basic realm="a, b"')), NEEDED, None),
        ("http", "me:s3cret", http_proxy(Passed(0), credentials=RIGHT), NOT_TAKEN,
         "The proxy refused the user and password (407)."),
        ("http", "me:s3cret", http_proxy(Passed(0), status=407, offers=("Basic realm=x",)), NOT_TAKEN, None),
        ("http", "", http_proxy(Passed(0), status=407, offers=("Negotiate", "NTLM")), OTHER_WAY,
         "The proxy wants a sign-in by Negotiate or NTLM, which gcdesk cannot do (407)."),
        ("http", "me:s3cret", http_proxy(Passed(0), status=407, offers=('Digest nonce="n, Basic"',)), OTHER_WAY,
         "The proxy wants a sign-in by Digest, which gcdesk cannot do (407)."),
        ("socks5h", "", socks5_proxy(Passed(0), credentials=RIGHT), NEEDED, "The proxy asks for a user and password."),
        ("socks5h", "me:s3cret", socks5_proxy(Passed(0), credentials=RIGHT), NOT_TAKEN,
         "The proxy refused the user and password."),
        ("socks5h", "me:s3cret", socks5_proxy(Passed(0), credentials=RIGHT, mute=True), NOT_TAKEN, None),
        ("socks5h", "me:s3cret", answering_first(b"\x05\xff"), OTHER_WAY, None),
    ],
)  # fmt: skip
async def test_a_proxy_that_wants_a_sign_in_is_named_by_what_it_wants_and_the_password_shows_nowhere(
    scheme: str,
    credentials: str,
    behave: Behave,
    kind: type[ProxyError],
    title: str | None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = credentials.partition(":")[2]
    async with proxied(monkeypatch, behave, scheme, credentials):
        with pytest.raises(ConnectError) as caught:
            await opened()
    assert caught.type is kind
    error = caught.value
    assert title in (None, error.title)
    assert error.code == (407 if scheme == "http" else None)
    written = [caplog.text, *traceback.format_exception(error), repr(error), error.detail]
    if secret:
        encoded = base64.b64encode(credentials.encode()).decode()
        assert not any(secret in text or encoded in text for text in written if text)


async def test_through_a_proxy_with_a_password_nothing_is_logged_of_it(
    trusted: object,
    server_context: ServerContext,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with (
        behind(server_context) as (_, passed),
        proxied(monkeypatch, http_proxy(passed, credentials="me:s3cret-word"), credentials="me:s3cret-word"),
    ):
        websocket = await opened()
        await websocket.connection.close()
    assert passed.users == ["me:s3cret-word"]
    assert "s3cret-word" not in caplog.text
    assert "s3cret-word" not in repr(websocket)
    assert base64.b64encode(b"me:s3cret-word").decode() not in caplog.text


@pytest.mark.parametrize("scheme", ["socks5h", "socks4a"])
@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", b"\x05"])
async def test_what_is_no_socks_proxy_is_named(
    scheme: str, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        writer.write_eof()
        await reader.read()

    async with proxied(monkeypatch, behave, scheme):
        error = await refusal()
    assert type(error) is ProxyError
    assert "is not such a proxy" in error.title or "closed the connection" in error.title


@pytest.mark.parametrize("place", ["127.0.0.1:1", "no-such-proxy.invalid:3128"])
async def test_a_proxy_that_cannot_be_reached_is_named(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:pass@{place}")
    error = await refusal()
    assert type(error) is ProxyError
    assert error.title == f"The HTTP proxy {place} cannot be reached."


async def test_a_proxy_of_a_kind_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "https://me:pass@proxy.test")
    assert type(await refusal()) is ProxyError


@pytest.mark.parametrize("scheme", ["socks5", "socks4"])
async def test_a_name_that_is_looked_up_here_and_does_not_exist(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(b"\x05\x00")
        await reader.read()

    async with proxied(monkeypatch, accept, scheme):
        assert type(await refusal("wss://no-such-host.invalid/v1")) is NameNotFoundError


@pytest.mark.parametrize("scheme", ["http", "socks5h", "socks4a"])
async def test_a_silent_proxy_ends_with_the_time_limit(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.monotonic()
    async with proxied(monkeypatch, never, scheme) as port:
        error = await refusal(limits=replace(LIMITS, open_timeout=0.2))
    assert type(error) is OpenTimeoutError
    assert f"proxy 127.0.0.1:{port}" in error.detail
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("scheme", ["http", "socks5h", "socks4a"])
async def test_cancelling_at_the_proxy_leaves_nothing(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        asked.set()
        await asyncio.Event().wait()

    async with proxied(monkeypatch, listen, scheme):
        dial = asyncio.create_task(opened())
        await asked.wait()
        dial.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dial


async def test_the_configuration_behind_a_proxy_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    async with proxied(monkeypatch, http_proxy(Passed(0), status=403)):
        with pytest.raises(DeploymentUnreadableError) as caught:
            await read_deployment(Opener(), "https://service.test/config.json", 5)
    assert FORBIDDEN in caught.value.title
