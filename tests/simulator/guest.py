"""A bare guest for the tests: the `websockets` client and plain dictionaries, nothing of gcdesk's client."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError

Frame = dict[str, Any]

PATIENCE = 10.0
"""Seconds a test waits for a frame before it fails."""


class Place(Protocol):
    """What a guest needs to know of a simulator."""

    @property
    def url(self) -> str:
        """The guest socket."""

    @property
    def deployment_id(self) -> str:
        """The deployment."""


class Clock:
    """Epoch seconds that pass only when told to."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the seconds pass."""
        self.now += seconds


class Guest:
    """One connection with one token."""

    def __init__(self, socket: ClientConnection, place: Place, token: str) -> None:
        self.socket = socket
        self.token = token
        self.deployment_id = place.deployment_id

    async def send(self, action: str, **fields: Any) -> str:
        """Send a request and return its tracing ID."""
        tracing_id = fields.pop("tracingId", str(uuid.uuid4()))
        await self.send_raw({"action": action, "token": self.token, "tracingId": tracing_id, **fields})
        return str(tracing_id)

    async def send_raw(self, frame: object) -> None:
        """Send a string or bytes as they are, anything else as JSON."""
        await self.socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    async def configure(self, **fields: Any) -> Frame:
        """Configure the session and return the answer."""
        await self.send("configureSession", deploymentId=self.deployment_id, **fields)
        return await self.next()

    async def message(self, kind: str = "Text", **fields: Any) -> str:
        """Send a message."""
        return await self.send("onMessage", message={"type": kind, **fields})

    async def say(self, text: str, attributes: dict[str, str] | None = None) -> str:
        """Send a text, with custom attributes if there are any."""
        return await self.message(text=text, **with_attributes(attributes))

    async def join(self, attributes: dict[str, str] | None = None) -> str:
        """Send a Join."""
        join = {"eventType": "Presence", "presence": {"type": "Join"}}
        return await self.message("Event", events=[join], **with_attributes(attributes))

    async def press(self, kind: str, text: str, payload: str) -> str:
        """Send the answer to a button."""
        pressed = {"type": kind, "text": text, "payload": payload}
        item = {"contentType": "ButtonResponse", "buttonResponse": pressed}
        return await self.message("Structured", text=text, content=[item])

    async def next(self) -> Frame:
        """The next frame, as JSON."""
        frame = json.loads(await self.next_raw())
        assert isinstance(frame, dict)
        return frame

    async def next_raw(self) -> str | bytes:
        """The next frame as it came."""
        async with asyncio.timeout(PATIENCE):
            return await self.socket.recv()

    async def until(self, wanted: Callable[[Frame], bool]) -> Frame:
        """The next frame that is wanted; the ones before it are dropped."""
        while True:
            frame = await self.next()
            if wanted(frame):
                return frame

    async def echo_and_reply(self) -> tuple[Frame, Frame]:
        """The next inbound and then the next outbound message."""
        echo = await self.next()
        assert echo["body"]["direction"] == "Inbound"
        reply = await self.next()
        assert reply["body"]["direction"] == "Outbound"
        return echo, reply

    async def closed(self) -> int:
        """Read to the end of the connection; its close code."""
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionClosedError):
                async for _ in self.socket:
                    pass
            await self.socket.wait_closed()
        assert self.socket.close_code is not None
        return self.socket.close_code


def with_attributes(attributes: dict[str, str] | None) -> Frame:
    """The part of a message that carries custom attributes."""
    return {} if attributes is None else {"channel": {"metadata": {"customAttributes": attributes}}}


@asynccontextmanager
async def guest(place: Place, token: str | None = None, *, query: str | None = None) -> AsyncIterator[Guest]:
    """Connect, without configuring."""
    query = f"deploymentId={place.deployment_id}&application=test-1.0" if query is None else query
    async with connect(f"{place.url}?{query}", proxy=None, open_timeout=PATIENCE) as socket:
        yield Guest(socket, place, token or str(uuid.uuid4()))


@asynccontextmanager
async def chat(place: Place, token: str | None = None) -> AsyncIterator[Guest]:
    """Connect and configure."""
    async with guest(place, token) as visitor:
        answer = await visitor.configure()
        assert answer["class"] == "SessionResponse", answer
        yield visitor


def is_outbound(frame: Frame) -> bool:
    """Whether it is a message of the bot's or agent's, events included."""
    return isinstance(frame.get("body"), dict) and frame["body"].get("direction") == "Outbound"


def event_kinds(frame: Frame) -> list[str]:
    """The events of a message in one word each: Typing, Join, Disconnect, ..."""
    events = frame["body"].get("events", [])
    return [event.get("presence", {}).get("type", event["eventType"]) for event in events]
