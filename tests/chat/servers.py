"""Servers that are not ours: the websockets library's, and bare sockets that behave as told."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import http
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from gcdesk.chat.target import Target
from gcdesk.guest.regions import endpoint_for_url

DEPLOYMENT_ID = "11111111-2222-4333-8444-555555555555"
PATIENCE = 10.0

Frame = dict[str, Any]


def config(*, status: str = "Active", autostart: bool = False) -> Frame:
    """A deployment's configuration with the fields a chat looks at."""
    conversations = {"enabled": True, "autoStart": {"enabled": autostart}}
    return {
        "status": status,
        "version": "1",
        "messenger": {"enabled": True, "apps": {"conversations": conversations}},
    }


def response(kind: str, body: object, code: int = 200, tracing_id: str = "") -> str:
    """An answer of the service."""
    return json.dumps(
        {"type": "response", "class": kind, "code": code, "body": body, "tracingId": tracing_id}
    )


def session_response(request: Frame, *, new: bool = True) -> str:
    """The answer to configureSession."""
    body = {"connected": True, "newSession": new, "readOnly": False, "maxCustomDataBytes": 2048}
    return response("SessionResponse", body, tracing_id=request["tracingId"])


def structured(body_id: str, text: str, direction: str, tracing_id: str = "") -> str:
    """A text message of the service."""
    body = {"id": body_id, "type": "Text", "text": text, "direction": direction, "originatingEntity": "Bot"}
    message = {"type": "message", "class": "StructuredMessage", "code": 200, "body": body}
    return json.dumps(message | ({"tracingId": tracing_id} if tracing_id else {}))


@dataclass
class Service:
    """A guest socket and a configuration document on one port, and what came in.

    `answer` says what an HTTP request gets; None opens a WebSocket. `handshake` may change the answer that opens one.
    """

    answer: Callable[[ServerConnection, Request], Awaitable[Response | None]]
    handshake: Callable[[Response], Response] = lambda response: response
    url: str = ""
    received: list[Frame] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    connections: list[ServerConnection] = field(default_factory=list)
    ended: asyncio.Queue[tuple[int | None, str | None]] = field(default_factory=asyncio.Queue)

    @property
    def target(self) -> Target:
        """Where a chat finds it."""
        return target(self.url)

    async def close_frame(self) -> tuple[int | None, str | None]:
        """Code and reason with which the client closed the next connection that ends."""
        async with asyncio.timeout(PATIENCE):
            return await self.ended.get()


def target(url: str) -> Target:
    """The test deployment at an address."""
    return Target(endpoint_for_url(url), DEPLOYMENT_ID)


Talk = Callable[[ServerConnection, Service], Awaitable[None]]


async def friendly(socket: ServerConnection, service: Service) -> None:
    """Configure every session, echo every message and answer every text."""
    async for data in socket:
        request = json.loads(data)
        service.received.append(request)
        number = len(service.received)
        if request["action"] == "configureSession":
            await socket.send(session_response(request))
        elif request["action"] == "onMessage":
            message = request["message"]
            if message["type"] == "Text":
                echo = structured(f"echo-{number}", message["text"], "Inbound", request["tracingId"])
                await socket.send(echo)
                await socket.send(structured(f"reply-{number}", f"You said {message['text']}", "Outbound"))


async def silent(socket: ServerConnection, service: Service) -> None:
    """Take everything in and say nothing."""
    async for data in socket:
        service.received.append(json.loads(data))


@asynccontextmanager
async def guest_service(
    talk: Talk = friendly,
    *,
    document: object = None,
    document_status: int = 200,
    document_gate: asyncio.Event | None = None,
    history: Callable[[Request], Awaitable[Response]] | None = None,
    refuse: int | None = None,
    refuse_headers: Mapping[str, str] | None = None,
    refuse_body: str = "refused",
    context: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
) -> AsyncIterator[Service]:
    """The websockets library's server as a guest socket, with a configuration document beside it.

    `document` is the configuration, None for an active deployment; it waits for `document_gate`. `history`
    answers whoever asks for a page. `refuse` is an HTTP status instead of a WebSocket. `context` is for TLS.
    """
    body = json.dumps(config() if document is None else document)

    async def answer(socket: ServerConnection, request: Request) -> Response | None:
        service.requests.append(request)
        if request.path.startswith("/webdeployments/"):
            if document_gate is not None:
                await document_gate.wait()
            return http_response(document_status, body, {"Content-Type": "application/json"})
        if request.path.startswith("/api/v2/webmessaging/messages"):
            return http_response(404, "not here") if history is None else await history(request)
        return None if refuse is None else http_response(refuse, refuse_body, refuse_headers or {})

    service = Service(answer)

    async def process(socket: ServerConnection, request: Request) -> Response | None:
        return await service.answer(socket, request)

    def process_response(socket: ServerConnection, request: Request, response: Response) -> Response:
        return (
            service.handshake(response)
            if response.status_code == http.HTTPStatus.SWITCHING_PROTOCOLS
            else response
        )

    async def handle(socket: ServerConnection) -> None:
        service.connections.append(socket)
        try:
            with suppress(ConnectionClosed):
                await talk(socket, service)
            # Under a test that cuts the connection there is nobody to wait for.
            with suppress(ConnectionClosed):
                await socket.wait_closed()
        finally:
            service.ended.put_nowait((socket.close_code, socket.close_reason))

    async with serve(
        handle,
        host,
        0,
        ssl=context,
        process_request=process,
        process_response=process_response,
        compression=None,
        close_timeout=0.2,
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        place = f"[{host}]" if ":" in host else host
        service.url = f"{'wss' if context else 'ws'}://{place}:{port}/v1"
        try:
            yield service
        finally:
            if document_gate is not None:
                document_gate.set()


def http_response(status: int, body: str, headers: Mapping[str, str] | None = None) -> Response:
    """An HTTP answer that closes its connection."""
    data = body.encode()
    fields = Headers({"Content-Length": str(len(data)), "Connection": "close", **(headers or {})})
    phrase = http.HTTPStatus(status).phrase if status in list(http.HTTPStatus) else "Unknown"
    return Response(status, phrase, fields, data)


Behave = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def bare_server(behave: Behave, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A TCP server that does what it is told with each connection; gives its port. Leaving cuts everything."""
    handlers: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        handlers.add(task)
        try:
            # Cancelled only below, when the server closes; asyncio would log it as a failure of the handler.
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await behave(reader, writer)
        finally:
            writer.transport.abort()
            handlers.discard(task)

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in handlers:
            task.cancel()
        if handlers:
            await asyncio.wait(handlers)
        await server.wait_closed()


async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept, and that was it."""
    await asyncio.Event().wait()


async def after_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read a request and never answer."""
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.Event().wait()


def answering(data: bytes) -> Behave:
    """Read a request, send these bytes and close."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(data)
        await writer.drain()
        writer.write_eof()
        await reader.read()

    return behave


def answering_first(data: bytes) -> Behave:
    """Send these bytes at the first byte that comes in, and wait for the end."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(data)
        await writer.drain()
        while await reader.read(4096):
            pass

    return behave


def dripping(data: bytes, pause: float) -> Behave:
    """Read a request and send these bytes one by one, over and over."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        while True:
            for value in data:
                writer.write(bytes([value]))
                await writer.drain()
                await asyncio.sleep(pause)

    return behave


async def upgraded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a handshake by hand; configuration documents get a 404."""
    request = (await reader.readuntil(b"\r\n\r\n")).decode()
    lines = dict(line.split(": ", 1) for line in request.split("\r\n")[1:] if ": " in line)
    if "Sec-WebSocket-Key" not in lines:
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        return
    digest = hashlib.sha1((lines["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode())
    accept = base64.b64encode(digest.digest()).decode()
    writer.write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
    )
    await writer.drain()


async def upgraded_then_deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Open the WebSocket, and neither answer nor close anything from then on."""
    await upgraded(reader, writer)
    while await reader.read(4096):
        pass
    await asyncio.Event().wait()
