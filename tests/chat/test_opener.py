"""Opening WebSockets: what the other side sees, and every way it can fail."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import trustme

from gcdesk.chat.opener import APPLICATION, USER_AGENT, Opener, OpenWebSocket, Place
from gcdesk.errors import (
    AccessRefusedError,
    BadHandshakeError,
    ConnectError,
    ConnectionLostError,
    ConnectionRateError,
    EndpointNotFoundError,
    HandshakeRefusedError,
    HandshakeUnauthorizedError,
    InterceptedError,
    NameNotFoundError,
    NoWebSocketError,
    OpenTimeoutError,
    ProxyPasswordNeededError,
    ServiceDownError,
    TlsError,
    UnreachableError,
)
from gcdesk.guest.limits import Limits
from tests.chat.conftest import ServerContext
from tests.chat.proxy_servers import Passed, http_proxy
from tests.chat.servers import (
    DEPLOYMENT_ID,
    Behave,
    after_request,
    answering,
    bare_server,
    dripping,
    guest_service,
    never,
)

LIMITS = Limits(close_timeout=0.2)
QUICK = replace(LIMITS, open_timeout=0.2)


async def opened(url: str, limits: Limits = LIMITS, origin: str = "https://origin.test") -> OpenWebSocket:
    return await Opener().open_websocket(url, origin, limits)


async def failure(url: str, limits: Limits = LIMITS) -> ConnectError:
    """The error of a dial that has to fail."""
    with pytest.raises(ConnectError) as caught:
        await opened(url, limits)
    error = caught.value
    assert error.title.endswith((".", "!"))
    assert error.hint.endswith(".")
    assert DEPLOYMENT_ID not in f"{error} {error.detail}"
    return error


@pytest.mark.parametrize(
    ("url", "place", "display"),
    [
        ("wss://host.test/v1", Place("host.test", 443, tls=True), "host.test"),
        ("ws://127.0.0.1:99/v1", Place("127.0.0.1", 99, tls=False), "127.0.0.1:99"),
        ("https://host.test:444/x", Place("host.test", 444, tls=True), "host.test:444"),
        ("http://[::1]/x", Place("::1", 80, tls=False), "[::1]"),
        ("wss://BÜCHER.test/v1", Place("xn--bcher-kva.test", 443, tls=True), "xn--bcher-kva.test"),
    ],
)
def test_places(url: str, place: Place, display: str) -> None:
    assert Place.of(url) == place
    assert place.display == display


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_the_handshake_tells_who_is_calling(host: str) -> None:
    async with guest_service(host=host) as service:
        url = service.target.endpoint.websocket_url(DEPLOYMENT_ID, APPLICATION)
        websocket = await opened(url)
        request = service.requests[0]
        assert request.path == f"/v1?deploymentId={DEPLOYMENT_ID}&application={APPLICATION}"
        assert request.headers["Origin"] == "https://origin.test"
        assert request.headers["User-Agent"] == USER_AGENT
        assert request.headers["Host"] == url.split("/")[2]
        assert (websocket.tls, websocket.proxy) == ("", "")
        await websocket.connection.close()


async def test_without_an_origin_none_is_sent() -> None:
    async with guest_service() as service:
        websocket = await opened(service.url, origin="")
        assert "Origin" not in service.requests[0].headers
        await websocket.connection.close()


async def test_this_machine_is_reached_straight_whatever_the_proxy_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "WS_PROXY", "WSS_PROXY", "SOCKS_PROXY"):
        monkeypatch.setenv(name, "http://proxy.invalid:1")
    async with guest_service() as service:
        websocket = await opened(service.url)
        assert websocket.proxy == ""
        await websocket.connection.close()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadHandshakeError),
        (401, HandshakeUnauthorizedError),
        (403, AccessRefusedError),
        (404, EndpointNotFoundError),
        (407, ProxyPasswordNeededError),
        (418, HandshakeRefusedError),
        (200, InterceptedError),
        (511, InterceptedError),
        (429, ConnectionRateError),
        (500, ServiceDownError),
        (503, ServiceDownError),
    ],
)
async def test_each_http_status_has_its_error(status: int, kind: type[ConnectError]) -> None:
    body = f"no entry\nfor {DEPLOYMENT_ID}\x07"
    async with guest_service(refuse=status, refuse_body=body) as service:
        error = await failure(f"{service.url}?deploymentId={DEPLOYMENT_ID}")
    assert type(error) is kind
    assert error.code == status
    assert f"{status}" in error.title
    assert error.detail.startswith(f"HTTP {status} ")
    assert "no entry for ••" in error.detail
    assert error.retry_after is None


@pytest.mark.parametrize("status", [429, 503])
async def test_the_time_to_wait_is_kept(status: int) -> None:
    async with guest_service(refuse=status, refuse_headers={"Retry-After": "7"}) as service:
        error = await failure(service.url)
    assert error.retry_after == 7


async def test_a_date_to_wait_for_is_read_by_the_services_own_clock() -> None:
    headers = {"Retry-After": "Thu, 01 Jan 2026 00:01:30 GMT", "Date": "Thu, 01 Jan 2026 00:00:00 GMT"}
    async with guest_service(refuse=429, refuse_headers=headers) as service:
        error = await failure(service.url)
    assert error.retry_after == 90


@pytest.mark.parametrize("to", ["wss://elsewhere.test/v1", "https://login.test/", "/other", "::"])
async def test_a_redirect_is_not_followed(to: str) -> None:
    async with guest_service(refuse=302, refuse_headers={"Location": to}) as service:
        error = await failure(service.url)
    assert type(error) is HandshakeRefusedError
    assert error.code == 302


async def test_a_very_long_answer_is_bounded() -> None:
    async with guest_service(refuse=403, refuse_body="x" * 100_000) as service:
        error = await failure(service.url)
    assert len(error.detail) <= 300


@pytest.mark.parametrize(
    ("behave", "kind"),
    [
        (answering(b"SSH-2.0-OpenSSH_9.2\r\n"), NoWebSocketError),
        (answering(b"\x00\xff\x16garbage\r\n\r\n"), NoWebSocketError),
        (answering(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), NoWebSocketError),
        (
            answering(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: bm90IHRoZSByaWdodCBvbmU=\r\n\r\n"
            ),
            NoWebSocketError,
        ),
        (answering(b""), ConnectionLostError),
        (answering(b"HTTP/1.1 200"), ConnectionLostError),
    ],
)
async def test_what_speaks_something_else_is_named(behave: Behave, kind: type[ConnectError]) -> None:
    async with bare_server(behave) as port:
        assert type(await failure(f"ws://127.0.0.1:{port}/v1")) is kind


async def test_a_server_that_resets_the_connection() -> None:
    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    async with bare_server(reset) as port:
        assert isinstance(await failure(f"ws://127.0.0.1:{port}/v1"), ConnectionLostError)


@pytest.mark.parametrize("behave", [never, after_request, dripping(b"HTTP/1.1 101 Switching ", 0.02)])
async def test_silence_ends_with_the_time_limit(behave: Behave) -> None:
    start = time.monotonic()
    async with bare_server(behave) as port:
        error = await failure(f"ws://127.0.0.1:{port}/v1", QUICK)
    assert type(error) is OpenTimeoutError
    assert error.title == f"127.0.0.1:{port} did not answer within 0.2 seconds."
    assert error.detail == "Timed out while opening the WebSocket."
    assert time.monotonic() - start < 2


async def test_a_tls_handshake_that_stalls() -> None:
    async with bare_server(never) as port:
        error = await failure(f"wss://127.0.0.1:{port}/v1", QUICK)
    assert error.detail == "Timed out while securing the connection."


async def test_a_name_server_that_keeps_silent(blocked_lookup: threading.Event) -> None:
    start = time.monotonic()
    error = await failure("wss://host.test/v1", QUICK)
    assert type(error) is OpenTimeoutError
    assert error.detail == "Timed out while looking up the name."
    assert time.monotonic() - start < 2


async def test_a_name_that_does_not_exist() -> None:
    error = await failure("wss://no-such-host.invalid/v1")
    assert type(error) is NameNotFoundError
    assert error.title == "The host name no-such-host.invalid could not be found."


@pytest.mark.parametrize("host", ["a" * 64 + ".test", "a..test"])
async def test_a_name_that_cannot_be_one(host: str) -> None:
    assert type(await failure(f"wss://{host}/v1")) is NameNotFoundError


async def test_a_port_that_nothing_listens_at() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    error = await failure(f"ws://127.0.0.1:{port}/v1")
    assert type(error) is UnreachableError
    assert error.title == f"Nothing answers at 127.0.0.1:{port}."


async def test_a_trusted_certificate(trusted: object, server_context: ServerContext) -> None:
    async with guest_service(context=server_context("127.0.0.1")) as service:
        websocket = await opened(service.url)
        assert websocket.tls == "TLS 1.3"
        await websocket.connection.close()


@pytest.mark.expected_logs
async def test_an_untrusted_certificate_is_named_by_who_signed_it() -> None:
    company = trustme.CA(organization_name="Acme Ltd", organization_unit_name="Acme Proxy CA")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    company.issue_cert("127.0.0.1").configure_cert(context)
    async with guest_service(context=context) as service:
        error = await failure(service.url)
        assert service.requests == [], "nothing is sent to who is not trusted"
    assert type(error) is TlsError
    place = service.url.removeprefix("wss://").removesuffix("/v1")
    assert (
        error.title
        == f"The certificate of {place} is signed by Acme Ltd, which this computer does not trust."
    )
    assert "trust store" in error.hint


@pytest.mark.expected_logs
async def test_the_look_at_an_untrusted_certificate_sends_nothing(server_context: ServerContext) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        data = b""
        with suppress(ConnectionError, ssl.SSLError):
            data = await reader.read()
        heard.put_nowait(data)

    async with bare_server(listen, server_context("127.0.0.1")) as port:
        error = await failure(f"wss://127.0.0.1:{port}/v1")
        assert await asyncio.wait_for(heard.get(), 10) == b""
    assert "is signed by" in error.title


@pytest.mark.expected_logs
async def test_an_intercepting_company_proxy_is_named_behind_a_proxy_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = trustme.CA(organization_name="Acme Proxy CA")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    company.issue_cert("service.test").configure_cert(context)
    async with guest_service(context=context) as service:
        passed = Passed(Place.of(service.url).port)
        async with bare_server(http_proxy(passed)) as port:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
            error = await failure("wss://service.test/v1")
    assert "is signed by Acme Proxy CA, which" in error.title
    assert passed.places == [("service.test", 443)] * 2


@pytest.mark.expected_logs
async def test_the_certificate_of_another_host(trusted: object, server_context: ServerContext) -> None:
    async with guest_service(context=server_context("other.test")) as service:
        error = await failure(service.url)
    assert type(error) is TlsError
    assert error.title.endswith("belongs to another host.")


@pytest.mark.expected_logs
async def test_a_certificate_out_of_date_is_named_with_its_dates_and_the_clock(
    trusted: object, server_context: ServerContext
) -> None:
    past = datetime(2001, 1, 2, tzinfo=UTC)
    async with guest_service(context=server_context("127.0.0.1", not_after=past)) as service:
        error = await failure(service.url)
    assert type(error) is TlsError
    assert "to 2 January 2001, but this computer's clock says" in error.title
    assert f"{datetime.now(UTC).year}." in error.title
    assert "clock" in error.hint


@pytest.mark.expected_logs
async def test_a_certificate_that_is_not_valid_yet_blames_the_clock(
    trusted: object, server_context: ServerContext
) -> None:
    context = server_context(
        "127.0.0.1", not_before=datetime(2999, 1, 1, tzinfo=UTC), not_after=datetime(2999, 2, 1, tzinfo=UTC)
    )
    async with guest_service(context=context) as service:
        error = await failure(service.url)
    assert "is valid from 1 January 2999 to 1 February 2999" in error.title
    assert "clock" in error.hint


async def test_tls_towards_a_server_without() -> None:
    async with bare_server(answering_at_once(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        error = await failure(f"wss://127.0.0.1:{port}/v1")
    assert type(error) is TlsError
    assert error.title == f"What answers at 127.0.0.1:{port} does not speak TLS."


def answering_at_once(data: bytes) -> Behave:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(data)
        await writer.drain()
        await reader.read()

    return behave


@pytest.mark.parametrize("behave", [never, after_request])
@pytest.mark.parametrize("scheme", ["ws", "wss"])
async def test_cancelling_a_dial_leaves_nothing(behave: Behave, scheme: str) -> None:
    connected = asyncio.Event()

    async def notice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await behave(reader, writer)

    async with bare_server(notice) as port:
        dial = asyncio.create_task(opened(f"{scheme}://127.0.0.1:{port}/v1"))
        await connected.wait()
        dial.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dial
