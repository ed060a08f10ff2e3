"""Storage as uploads and downloads meet it: a bare server that reads whole requests and behaves as told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from gcdesk.chat.opener import Opener, OpenStream
from tests.chat.servers import PATIENCE, bare_server


class PatientOpener(Opener):
    """Takes its time to connect, so that a short limit is about what the other side does and not about this machine."""

    async def open_stream(self, url: str, seconds: float) -> OpenStream:
        return await super().open_stream(url, max(seconds, PATIENCE))


@dataclass
class Heard:
    """One request: its first line's parts, its headers by lower-case name, and as much of its body as was read."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


Reply = Callable[[Heard, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Storage:
    """A storage server's address, and what it was asked."""

    port: int = 0
    scheme: str = "http"
    heard: list[Heard] = field(default_factory=list)

    def url(self, path: str = "/put?signature=secret-signature") -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"


def http(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """An answer with a length."""
    return (
        "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]).encode() + body
    )


def answer(*answers: bytes) -> Reply:
    """Read the whole request and give the next of these answers, the last one over and over."""
    left = list(answers)

    async def reply(heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.body = await reader.readexactly(int(heard.headers.get("content-length", "0")))
        writer.write(left.pop(0) if len(left) > 1 else left[0])
        await writer.drain()
        if writer.can_write_eof():
            # The client may have hung up already, with all it wanted.
            with suppress(OSError):
                writer.write_eof()

    return reply


def early(data: bytes, after: int = 1) -> Reply:
    """Answer when only so many bytes of the body came, and go on reading."""

    async def reply(heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.body = await reader.readexactly(after)
        writer.write(data)
        await writer.drain()
        while await reader.read(65536):
            pass

    return reply


def cut(after: int) -> Reply:
    """Take so many bytes of the body and break the connection."""

    async def reply(heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.body = await reader.readexactly(after)
        writer.transport.abort()

    return reply


def stuck(begun: asyncio.Event, after: int = 1) -> Reply:
    """Take so many bytes of the body, tell, and read nothing more."""

    async def reply(heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.body = await reader.readexactly(after)
        begun.set()
        await asyncio.Event().wait()

    return reply


@asynccontextmanager
async def storage(reply: Reply, context: ssl.SSLContext | None = None) -> AsyncIterator[Storage]:
    """A storage server on a port of its own."""
    place = Storage(scheme="https" if context else "http")

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        heard = Heard(method, target, headers)
        place.heard.append(heard)
        await reply(heard, reader, writer)
        await reader.read()

    async with bare_server(behave, context) as port:
        place.port = port
        yield place
