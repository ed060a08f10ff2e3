"""Occasions for a fault: one handshake, one request, one small conversation; and what a bare client saw of it."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from gcdesk.simulator.server import Simulator

from .guest import PATIENCE, Frame

SILENCE = 0.05
"""Seconds without a frame that count as silence, once a fault is known to have struck that brings it."""

_SILENCING = {"silent", "mute", "stall-mid-frame"}
_UNANSWERED = {"ignored", "no-reply"}

BODY = b"x" * 70_000
HTTP_REQUESTS = {
    "config": ("GET", "/webdeployments/v1/deployments/{deployment}/config.json"),
    "history": ("GET", "/api/v2/webmessaging/messages?pageNumber=1&pageSize=25"),
    "put": ("PUT", "/uploads/7e3d9a10-5b62-4c3f-a1d8-0c9be45f2d33"),
    "download": ("GET", "/files/violet.png"),
    "exchange": ("POST", "/api/v2/webdeployments/token/oauthcodegrantjwtexchange"),
    "refresh": ("POST", "/api/v2/webdeployments/token/refresh"),
    "revoke": ("DELETE", "/api/v2/webdeployments/token/revoke"),
    "token": ("POST", "/oauth/token"),
    "platform": ("GET", "/api/v2/conversations/7e3d9a10-5b62-4c3f-a1d8-0c9be45f2d33"),
    "handshake": ("GET", "/v1?deploymentId={deployment}"),
}
_UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@dataclass
class Seen:
    """What came back on one connection.

    raw: every frame as it came. tracing_id: of the message or request it was all about. code: the close code,
    None while it is open. silent: nothing came where something should have. struck: a fault happened.
    seconds: from the message to the last frame.
    """

    raw: list[str | bytes] = field(default_factory=list)
    code: int | None = None
    silent: bool = False
    struck: bool = False
    seconds: float = 0.0
    token: str = ""
    tracing_id: str = ""

    @property
    def frames(self) -> list[Frame]:
        """Every frame that is a JSON object."""
        found = []
        for raw in self.raw:
            try:
                frame = json.loads(raw)
            except (ValueError, RecursionError):
                continue
            if isinstance(frame, dict):
                found.append(frame)
        return found

    def of(self, kind: str) -> list[Frame]:
        """The frames of a class, or the messages of a direction."""
        return [frame for frame in self.frames if kind in (frame.get("class"), _direction(frame))]

    @property
    def order(self) -> list[str]:
        """What came, in one word a frame: a class or a direction."""
        return [str(_direction(frame) or frame.get("class")) for frame in self.frames]

    @property
    def codes(self) -> list[Any]:
        """The codes of all frames that are not 200."""
        return [frame.get("code") for frame in self.frames if frame.get("code") != 200]


def _direction(frame: Frame) -> str | None:
    body = frame.get("body")
    direction = body.get("direction") if isinstance(body, dict) else None
    return direction if isinstance(direction, str) else None


def strikes(simulator: Simulator) -> list[str]:
    """The faults that have happened so far."""
    return [entry["name"] for entry in simulator.record if entry.get("event") == "fault"]


def silenced(simulator: Simulator, before: int, *, answer: bool = False) -> bool:
    """Whether a fault since then keeps back everything that would have come, or the answer that would have."""
    new = strikes(simulator)[before:]
    silencing = _SILENCING | _UNANSWERED if answer else _SILENCING
    return any(name in silencing or name.endswith("-silent") for name in new)


class Talk:
    """One connection that notes all it gets."""

    def __init__(self, simulator: Simulator, socket: ClientConnection, seen: Seen, before: int) -> None:
        self._simulator = simulator
        self._socket = socket
        self._before = before
        self.seen = seen

    async def ask(self, action: str, **fields: Any) -> bool:
        """Send a request and read up to its answer. Returns whether the connection goes on."""
        tracing_id = str(uuid.uuid4())
        request = {"action": action, "token": self.seen.token, "tracingId": tracing_id, **fields}
        try:
            await self._socket.send(json.dumps(request))
            return await self._read_until(lambda frame: frame.get("tracingId") == tracing_id)
        except ConnectionClosed as closed:
            end = closed.rcvd or closed.sent
            self.seen.code = end.code if end is not None else 1006
            return False

    async def tell(self, action: str, **fields: Any) -> None:
        """Send a request and wait for nothing."""
        self.seen.tracing_id = str(uuid.uuid4())
        request = {"action": action, "token": self.seen.token, "tracingId": self.seen.tracing_id, **fields}
        with suppress(ConnectionClosed):
            await self._socket.send(json.dumps(request))

    async def settle(self) -> bool:
        """Read all that is on its way. The second question is asked after every task has had its turn."""
        clean = len(self.seen.raw)
        for _ in range(2):
            if not await self.ask("getConfiguration", deploymentId=self._simulator.deployment_id):
                return False
        self.seen.raw[clean:] = [
            raw for raw in self.seen.raw[clean:] if b"GetConfigurationResponse" not in _bytes(raw)
        ]
        return True

    async def hear(self) -> None:
        """Read up to the bot's answer or what comes in its place, if anything does."""
        with suppress(ConnectionClosed):
            await self._read_until(self._is_last, answer=True)
        self.seen.silent = False

    def _is_last(self, frame: Frame) -> bool:
        refused = isinstance(frame.get("code"), int) and frame["code"] != 200
        ours = frame.get("tracingId") == self.seen.tracing_id
        expired = frame.get("class") == "SessionExpiredEvent"
        return _direction(frame) == "Outbound" or (refused and ours) or expired

    async def _read_until(self, wanted: Callable[[Frame], bool], *, answer: bool = False) -> bool:
        while (raw := await self._next(answer=answer)) is not None:
            self.seen.raw.append(raw)
            if wanted(_object(raw)):
                return True
        self.seen.silent = True
        return False

    async def _next(self, *, answer: bool) -> str | bytes | None:
        """The next frame, however long this machine takes; None when a fault has struck and then nothing comes."""
        async with asyncio.timeout(PATIENCE):
            while True:
                struck = silenced(self._simulator, self._before, answer=answer)
                try:
                    return await asyncio.wait_for(self._socket.recv(), SILENCE)
                except TimeoutError:
                    if struck:
                        return None


def _bytes(raw: str | bytes) -> bytes:
    return raw if isinstance(raw, bytes) else raw.encode(errors="surrogatepass")


def _object(raw: str | bytes) -> Frame:
    try:
        frame = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


async def converse(
    simulator: Simulator, token: str = "", *, text: str | None = "hello", **message: Any
) -> Seen:
    """Connect, configure, say something if there is a text, and read everything."""
    seen = Seen(token=token or str(uuid.uuid4()))
    loop = asyncio.get_running_loop()
    url = f"{simulator.url}?deploymentId={simulator.deployment_id}"
    before = len(strikes(simulator))
    async with connect(url, proxy=None, max_size=None, open_timeout=PATIENCE) as socket:
        talk = Talk(simulator, socket, seen, before)
        goes_on = await talk.ask("configureSession", deploymentId=simulator.deployment_id)
        if goes_on and text is not None:
            started = loop.time()
            await talk.tell("onMessage", message={"type": "Text", "text": text, **message})
            await talk.hear()
            goes_on = await talk.settle()
            seen.seconds = loop.time() - started
        elif goes_on:
            await talk.settle()
    seen.struck = len(strikes(simulator)) > before
    return seen


async def request(simulator: Simulator, action: str, **fields: Any) -> Seen:
    """Connect, configure, send one request and read everything."""
    seen = Seen(token=str(uuid.uuid4()))
    url = f"{simulator.url}?deploymentId={simulator.deployment_id}"
    before = len(strikes(simulator))
    async with connect(url, proxy=None, open_timeout=PATIENCE) as socket:
        talk = Talk(simulator, socket, seen, before)
        if await talk.ask("configureSession", deploymentId=simulator.deployment_id):
            await talk.tell(action, **fields)
            await talk.settle()
    return seen


async def http(simulator: Simulator, place: str) -> str:
    """Ask for something over HTTP: its status, or cut, silent, or garbage."""
    method, path = HTTP_REQUESTS[place]
    path = path.format(deployment=simulator.deployment_id)
    body = BODY if method == "PUT" else b""
    extra = _UPGRADE if place == "handshake" else "Connection: close\r\n"
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    before = len(strikes(simulator))
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", int(simulator.url.split(":")[2].split("/")[0])
    )
    try:
        writer.write(head.encode() + body)
        return await _answer(simulator, reader, before)
    except ConnectionError:
        return "cut"
    finally:
        writer.close()


async def _answer(simulator: Simulator, reader: asyncio.StreamReader, before: int) -> str:
    async with asyncio.timeout(PATIENCE):
        head = asyncio.ensure_future(reader.readuntil(b"\r\n\r\n"))
        while not head.done():
            struck = silenced(simulator, before)
            await asyncio.wait([head], timeout=SILENCE)
            if struck and not head.done():
                head.cancel()
                return "silent"
        try:
            lines = head.result().decode().split("\r\n")
        except asyncio.IncompleteReadError:
            return "cut"
        length = next(
            (int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), 0
        )
        body = await reader.readexactly(length)
        return "garbage" if b"not JSON" in body else lines[0].split()[1]
