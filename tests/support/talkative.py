"""A service that talks without being asked, in a process of its own: `python -m tests.support.talkative --rate 4`.

It writes its address to standard output, and then on demand - a line on standard input - how many messages it has
said. Its WebSockets are aiohttp's, and nothing of gcdesk is in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import uuid
from datetime import UTC, datetime

from aiohttp import WSMsgType, web

DEPLOYMENT_ID = "9d0a4c52-1f6e-4f0b-8a3d-6c2b9e7d4411"

_CONFIG = {
    "id": DEPLOYMENT_ID,
    "version": "3",
    "status": "Active",
    "messenger": {
        "enabled": True,
        "apps": {"conversations": {"enabled": True, "conversationClear": {"enabled": True}}},
    },
}
_SESSION = {
    "type": "response",
    "class": "SessionResponse",
    "code": 200,
    "body": {"connected": True, "newSession": True, "readOnly": False, "maxCustomDataBytes": 2048},
}


class Talkative:
    """Says `rate` messages a second in every session from the moment it hears `go`."""

    def __init__(self, rate: float) -> None:
        self._pause = 1 / rate
        self._go = asyncio.Event()
        self._stopped = asyncio.Event()
        self.said = 0

    def application(self) -> web.Application:
        """The whole service."""
        app = web.Application()
        app.router.add_get("/v1", self._socket)
        app.router.add_get("/webdeployments/v1/deployments/{id}/config.json", _config)
        app.router.add_get("/webdeployments/v1/deployments/{id}/domains.json", _domains)
        return app

    async def orders(self) -> None:
        """Follow the lines of standard input: go, stop, and count, which is answered."""
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        while line := (await reader.readline()).strip():
            if line == b"go":
                self._go.set()
            elif line == b"stop":
                self._stopped.set()
            print(self.said, flush=True)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        talking: asyncio.Task[None] | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = json.loads(message.data)
            if frame["action"] == "configureSession":
                await socket.send_str(json.dumps(_SESSION | {"tracingId": frame["tracingId"]}))
                talking = talking or asyncio.create_task(self._talk(socket))
            elif frame["action"] == "onMessage":
                await socket.send_str(_echo(frame))
            elif frame["action"] == "echo":
                await socket.send_str(_pong(frame))
        if talking is not None:
            talking.cancel()
        return socket

    async def _talk(self, socket: web.WebSocketResponse) -> None:
        await self._go.wait()
        loop = asyncio.get_running_loop()
        due = loop.time()
        while not self._stopped.is_set() and not socket.closed:
            self.said += 1
            await socket.send_str(_speech(self.said))
            due += self._pause
            await asyncio.sleep(max(0.0, due - loop.time()))


async def _config(_request: web.Request) -> web.Response:
    return web.json_response(_CONFIG)


async def _domains(_request: web.Request) -> web.Response:
    return web.json_response({"deploymentId": DEPLOYMENT_ID, "allowedDomains": []})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(body: dict[str, object], **more: object) -> str:
    return json.dumps({"type": "message", "class": "StructuredMessage", "code": 200, "body": body, **more})


def _speech(number: int) -> str:
    text = f"Message {number}: your parcel is on its way, and here is a line that is long enough to be broken once."
    return _message(
        {
            "id": uuid.uuid4().hex,
            "direction": "Outbound",
            "type": "Text",
            "text": text,
            "originatingEntity": "Bot",
            "channel": {"time": _now(), "from": {"nickname": "Parcel bot"}, "type": "Private"},
        }
    )


def _echo(frame: dict[str, dict[str, object]]) -> str:
    message = frame["message"]
    body = {"id": uuid.uuid4().hex, "direction": "Inbound", "channel": {"time": _now()}, **message}
    return _message(body, tracingId=frame.get("tracingId"))


def _pong(frame: dict[str, object]) -> str:
    body: dict[str, object] = {"type": "Text", "text": "ping", "direction": "Inbound", "id": uuid.uuid4().hex}
    return _message(body, tracingId=frame.get("tracingId"))


async def _serve(rate: float) -> None:
    talkative = Talkative(rate)
    runner = web.AppRunner(talkative.application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    print(f"ws://127.0.0.1:{port}/v1", flush=True)
    await talkative.orders()
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=4.0, help="messages a second in every session")
    asyncio.run(_serve(parser.parse_args().rate))
