"""Reading the deployment's configuration, and every way it can fail."""

from __future__ import annotations

import asyncio
import gzip
import json
import time

import pytest
from aiohttp import web

from gcdesk.chat.fetch import read_deployment
from gcdesk.chat.http import LARGEST
from gcdesk.chat.opener import USER_AGENT, Opener
from gcdesk.errors import DeploymentUnreadableError
from tests.chat.conftest import ServerContext
from tests.chat.servers import (
    Behave,
    after_request,
    answering,
    bare_server,
    config,
    dripping,
    guest_service,
    never,
)

NO_CONFIGURATION = "What answered is not the deployment's configuration."
A_PAGE = "A web page answered instead of the deployment's configuration."
PATH = "/webdeployments/v1/deployments/x/config.json"


async def failure(url: str, seconds: float = 5.0) -> DeploymentUnreadableError:
    with pytest.raises(DeploymentUnreadableError) as caught:
        await read_deployment(Opener(), url, seconds)
    assert caught.value.title.endswith(".")
    return caught.value


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


async def test_a_document_from_an_aiohttp_server() -> None:
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        return web.json_response(config())

    application = web.Application()
    application.router.add_get(PATH, answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        assert site.name
        host, port = runner.addresses[0][:2]
        assert await read_deployment(Opener(), f"http://{host}:{port}{PATH}", 5) == config()
        error = await failure(f"http://{host}:{port}/elsewhere")
        assert (error.code, error.title) == (404, "No configuration was found for this deployment (404).")
    finally:
        await runner.cleanup()
    headers = seen[0].headers
    assert headers["Host"] == f"{host}:{port}"
    assert headers["User-Agent"] == USER_AGENT
    assert headers["Accept-Encoding"] == "identity"


async def test_a_document_over_tls(trusted: object, server_context: ServerContext) -> None:
    async with guest_service(context=server_context("127.0.0.1")) as service:
        url = service.target.endpoint.config_url("x")
        assert url.startswith("https://")
        assert await read_deployment(Opener(), url, 5) == config()


@pytest.mark.parametrize(
    "data",
    [
        http(b'7\r\n{"a": 1\r\n1\r\n}\r\n0\r\n\r\n', "Transfer-Encoding: chunked"),
        http(b'{"a": 1}'),
        http(b'{"a": 1}', "Content-Length: 8"),
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + http(b'{"a": 1}', "Content-Length: 8"),
        b'HTTP/1.0 200 OK\r\n\r\n{"a": 1}',
    ],
)
async def test_every_way_to_delimit_a_document(data: bytes) -> None:
    async with bare_server(answering(data)) as port:
        assert await read_deployment(Opener(), f"http://127.0.0.1:{port}{PATH}", 5) == {"a": 1}


@pytest.mark.parametrize(
    ("data", "code", "title"),
    [
        (http(b"<Error/>", status="403 Forbidden"), 403, "No configuration was found for this deployment (403)."),
        (http(b"", status="500 Oops"), 500, "The deployment's configuration could not be read (500)."),
        (http(b"", status="302 Found"), 302, "The deployment's configuration could not be read (302)."),
        (http(b"<html>Sign in</html>"), 200, A_PAGE),
        (http(b" \n<!DOCTYPE HTML PUBLIC>", "Content-Type: application/json"), 200, A_PAGE),
        (http(b"Sign in", "Content-Type: Text/HTML; charset=utf-8"), 200, A_PAGE),
        (http(b"<html>", status="511 Network Authentication Required"), 511, A_PAGE),
        (http(b"<html>", status="302 Found"), 302, A_PAGE),
        (http(b"<?xml version='1.0'?><Error/>", status="200 OK"), None, NO_CONFIGURATION),
        (http(b""), None, NO_CONFIGURATION),
        (http(b'{"a": "\xff"}'), None, NO_CONFIGURATION),
        (http(b"[" * 100_000), None, NO_CONFIGURATION),
        (http(gzip.compress(b"{}"), "Content-Encoding: gzip"), None, NO_CONFIGURATION),
        (b"SSH-2.0-OpenSSH\r\n", None, NO_CONFIGURATION),
        (http(b" " * (LARGEST + 1)), None, "The deployment's configuration is too large to be one."),
        (http(b"", "X: " + "x" * 100_000), None, NO_CONFIGURATION),
    ],
)  # fmt: skip
async def test_what_is_no_configuration_is_named(data: bytes, code: int | None, title: str) -> None:
    async with bare_server(answering(data)) as port:
        error = await failure(f"http://127.0.0.1:{port}{PATH}")
    assert error.title == title
    assert error.code == code


@pytest.mark.parametrize("data", [b"", http(b'{"a"', "Content-Length: 8")])
async def test_a_document_that_is_cut_off_is_named(data: bytes) -> None:
    async with bare_server(answering(data)) as port:
        error = await failure(f"http://127.0.0.1:{port}{PATH}")
    assert error.title.startswith(
        "The deployment's configuration could not be read. The connection to 127.0.0.1:"
    )


@pytest.mark.parametrize(
    "behave",
    [
        never,
        after_request,
        dripping(b"HTTP/1.1 200 OK\r\n", 0.02),
        dripping(http(b"")[:-2] + b"a: b\r\n", 0.02),
    ],
)
async def test_silence_ends_with_the_time_limit(behave: Behave) -> None:
    start = time.monotonic()
    async with bare_server(behave) as port:
        error = await failure(f"http://127.0.0.1:{port}{PATH}", 0.2)
    assert error.title == "The deployment's configuration did not come within 0.2 seconds."
    assert time.monotonic() - start < 2


async def test_a_host_that_does_not_answer_is_named() -> None:
    error = await failure("http://127.0.0.1:1/config.json")
    assert error.title == "The deployment's configuration could not be read. Nothing answers at 127.0.0.1:1."


async def test_cancelling_leaves_nothing() -> None:
    asked = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await asyncio.Event().wait()

    async with bare_server(listen) as port:
        reading = asyncio.create_task(read_deployment(Opener(), f"http://127.0.0.1:{port}{PATH}", 5))
        await asked.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading


async def test_any_json_is_given_as_it_is() -> None:
    value = [1, None, {"ü": "\u2028"}]
    async with bare_server(answering(http(json.dumps(value).encode()))) as port:
        assert await read_deployment(Opener(), f"http://127.0.0.1:{port}{PATH}", 5) == value
