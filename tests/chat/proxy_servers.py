"""Small proxies: HTTP CONNECT, SOCKS 4 and SOCKS 5, written from the standards and not from gcdesk's client."""

from __future__ import annotations

import asyncio
import base64
import struct
from contextlib import suppress
from dataclasses import dataclass, field

from tests.chat.servers import Behave

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Passed:
    """What a proxy was asked for; it leads every host to `port` on this machine."""

    port: int
    places: list[tuple[str, int]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)


async def _relay(near: Streams, port: int) -> None:
    far = await asyncio.open_connection("127.0.0.1", port)

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.transport.abort()

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(pump(near[0], far[1]))
            group.create_task(pump(far[0], near[1]))
    finally:
        far[1].transport.abort()


def http_proxy(
    passed: Passed,
    *,
    credentials: str = "",
    status: int = 0,
    early: bytes = b"",
    offers: tuple[str, ...] = (),
) -> Behave:
    """CONNECT; with `credentials` only with these, with `status` never. `early` follows the answer at once.

    `offers` are the Proxy-Authenticate headers of a refusal.
    """

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, place, _ = head[0].split(" ")
        assert method == "CONNECT"
        host, _, port = place.rpartition(":")
        passed.places.append((host.strip("[]"), int(port)))
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        given = headers.get("proxy-authorization", "").removeprefix("Basic ")
        passed.users.append(base64.b64decode(given).decode())
        answer = status or (407 if credentials and passed.users[-1] != credentials else 200)
        # A proxy on a slow line sends its answer in pieces.
        ways = "".join(f"Proxy-Authenticate: {offer}\r\n" for offer in offers).encode()
        for piece in (f"HTTP/1.1 {answer} Whatever\r\n".encode(), b"Via: test\r\n" + ways, b"\r\n" + early):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if answer == 200:
            await _relay((reader, writer), passed.port)
        else:
            await reader.read()

    return behave


def socks5_proxy(
    passed: Passed,
    *,
    credentials: str = "",
    mute: bool = False,
    reply: int = 0,
    bound: bytes = b"\x01" + bytes(6),
) -> Behave:
    """SOCKS 5; with `credentials` only with these, with `reply` never.

    `mute` hangs up on wrong credentials without a word. `bound` is the address it answers with.
    """

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        version, count = await reader.readexactly(2)
        assert version == 5
        methods = await reader.readexactly(count)
        wanted = 2 if credentials else 0
        if wanted not in methods:
            writer.write(b"\x05\xff")
            await reader.read()
            return
        writer.write(bytes([5, wanted]))
        if wanted == 2:
            (_, size) = await reader.readexactly(2)
            user = await reader.readexactly(size)
            password = await reader.readexactly((await reader.readexactly(1))[0])
            passed.users.append(f"{user.decode()}:{password.decode()}")
            right = passed.users[-1] == credentials
            if right or not mute:
                writer.write(bytes([1, 0 if right else 1]))
            if not right and not mute:
                await reader.read()
            if not right:
                return
        passed.places.append(await _socks5_place(reader))
        writer.write(bytes([5, reply, 0]) + bound)
        await writer.drain()
        if reply:
            await reader.read()
        else:
            await _relay((reader, writer), passed.port)

    return behave


async def _socks5_place(reader: asyncio.StreamReader) -> tuple[str, int]:
    version, command, _, kind = await reader.readexactly(4)
    assert (version, command) == (5, 1)
    if kind == 3:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    elif kind == 1:
        host = ".".join(map(str, await reader.readexactly(4)))
    else:
        host = (await reader.readexactly(16)).hex(":", 2)
    (port,) = struct.unpack(">H", await reader.readexactly(2))
    return host, port


def socks4_proxy(passed: Passed, *, reply: int = 90) -> Behave:
    """SOCKS 4 and 4a."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        version, command, port, address = struct.unpack(">BBH4s", await reader.readexactly(8))
        assert (version, command) == (4, 1)
        passed.users.append((await reader.readuntil(b"\0"))[:-1].decode())
        host = ".".join(map(str, address))
        if address[:3] == b"\0\0\0" and address[3]:
            host = (await reader.readuntil(b"\0"))[:-1].decode()
        passed.places.append((host, port))
        writer.write(bytes([0, reply]) + bytes(6))
        await writer.drain()
        if reply == 90:
            await _relay((reader, writer), passed.port)
        else:
            await reader.read()

    return behave
