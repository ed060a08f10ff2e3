"""One guest's WebSocket: reads go to the service, writes leave in order through one task."""

import asyncio
import contextlib
import json
import logging
from typing import Any

from aiohttp import WSMsgType, web

from .answers import Frame, presence, push
from .faults import FaultPlan
from .kinds import received_kinds
from .outgoing import Outgoing
from .rates import ECHOES_PER_CONNECTION, REQUESTS_PER_CONNECTION, RateLimit
from .reading import parse_json
from .record import Record
from .refusals import refusal
from .service import Service
from .sessions import Session
from .wire import Parcel, Shape, drain, encoded, reset, write

_LOG = logging.getLogger(__name__)
_GOODBYE_SECONDS = 1.0
_LARGEST_FRAME = 1 << 20
_PUSHED = {
    "logout": push("LogoutEvent", {}),
    "connection-closed": push("ConnectionClosedEvent", {}),
    "signed-in-elsewhere": push("ConnectionClosedEvent", {"reason": "signedIn"}),
}


class GuestSocket:
    """A connection of a guest. Lives from the accepted handshake to the closed socket."""

    def __init__(self, number: int, service: Service, faults: FaultPlan, record: Record) -> None:
        self.number = number
        self.session: Session | None = None
        self.requests = RateLimit(*REQUESTS_PER_CONNECTION)
        self.echoes = RateLimit(*ECHOES_PER_CONNECTION)
        self._service = service
        self._faults = faults
        self._record = record
        self._outbox: asyncio.Queue[tuple[float, Parcel]] = asyncio.Queue()
        self._outgoing = Outgoing(faults, self._post, record.now)
        self._silent = faults.strike("silent")
        self._no_pong = faults.strike("no-pong")
        self._ending = False
        self._stalled = False
        # Frames stay readable in a capture, and no compression thread outlives the loop. Pongs are sent here,
        # because some faults keep them back.
        self._socket = web.WebSocketResponse(
            timeout=_GOODBYE_SECONDS, compress=False, max_msg_size=_LARGEST_FRAME, autoping=False
        )
        self._transport: asyncio.BaseTransport | None = None
        self._finishing = False
        self._closed_with: int | None = None

    def send(self, frame: Frame) -> None:
        """Send a frame, after all that were sent before it."""
        if not self._silent:
            self._outgoing.send(frame)

    def close(self, code: int) -> None:
        """Close once everything sent before has left. Nothing received from now on is answered."""
        self._post(Parcel(close_code=code))

    def cut(self) -> None:
        """Drop the connection without a closing handshake, after what was sent before."""
        self._post(Parcel(cut=True))

    def cut_now(self) -> None:
        """Drop the connection at once."""
        self._ending = True
        self._closed_with = self._closed_with or 1006
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Answer the handshake and stay until the socket is closed."""
        await self._socket.prepare(request)
        self._transport = request.transport
        headers = request.headers
        self._record.event(
            "opened",
            connection=self.number,
            application=request.query.get("application"),
            origin=headers.get("Origin"),
            userAgent=headers.get("User-Agent"),
        )
        writer = asyncio.get_running_loop().create_task(self._write())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.PING:
                    await self._answer_ping(message.data)
                else:
                    self._read(message.type, message.data)
        finally:
            self._service.leave(self)
            self._outgoing.close()
            await self._end(writer)
            mine = self._closed_with is not None
            code = self._closed_with if mine else self._socket.close_code
            by = "simulator" if mine else "client"
            self._record.event("closed", connection=self.number, code=code or 1006, by=by)
        return self._socket

    def _read(self, kind: WSMsgType, data: Any) -> None:
        if kind is WSMsgType.TEXT:
            frame = self._note_received(data)
            if not self._ending:
                self._receive(data, frame)
        elif kind is WSMsgType.BINARY:
            self._record.text("received", self.number, data.decode(errors="backslashreplace"))
            if not self._ending:
                self._service.receive_binary(self)

    def _note_received(self, text: str) -> Any:
        try:
            frame = parse_json(text)
        except ValueError:
            self._record.text("received", self.number, text)
            return None
        self._record.frame("received", self.number, frame)
        return frame

    def _receive(self, text: str, frame: Any) -> None:
        kinds = received_kinds(frame)
        struck = {planned.fault.name: planned for planned in self._faults.hits("received", kinds)}
        if "configureSession" in kinds and self._faults.hit("drop-before-session"):
            self.cut()
            return
        if {"cut", "drop-after-message"} & struck.keys():
            self.cut()
            return
        if "ignored" in struck:
            return
        refused = refusal(self._faults, frame, kinds, self._record.now())
        if refused is not None:
            self.send(refused)
        else:
            self._service.receive(self, text)
        if "session-cleared" in struck and self.session is not None:
            self._service.receive(self, _clear_of(self.session.token))
        for name, event in _PUSHED.items():
            if name in struck:
                self.send(event)
                self.close(1000)
        for name in ("close-1000", "close-NNNN"):
            if name in struck:
                self.close(struck[name].number)

    async def _answer_ping(self, data: bytes) -> None:
        if not self._no_pong and not self._stalled:
            with contextlib.suppress(ConnectionError):
                await self._socket.pong(data)

    def _post(self, parcel: Parcel) -> None:
        if self._ending:
            return
        self._ending = parcel.cut or parcel.close_code is not None or _is_the_end(parcel.shape)
        self._outbox.put_nowait((asyncio.get_running_loop().time() + parcel.delay, parcel))

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while not self._stalled:
                due, parcel = await self._outbox.get()
                await _until(due)
                if parcel.cut or parcel.close_code is not None:
                    await self._finish(parcel)
                    return
                await self._transmit(parcel)

    async def _transmit(self, parcel: Parcel) -> None:
        data = parcel.data
        if self._socket.closed or data is None:
            return
        if isinstance(data, dict):
            self._record.frame("sent", self.number, data)
        else:
            text = data if isinstance(data, str) else data.decode(errors="backslashreplace")
            self._record.text("sent", self.number, text)
        if parcel.shape is not Shape.WHOLE:
            await self._transmit_raw(encoded(data), parcel.shape)
        elif isinstance(data, bytes):
            await self._socket.send_bytes(data)
        else:
            await self._socket.send_str(encoded(data).decode())

    async def _transmit_raw(self, payload: bytes, shape: Shape) -> None:
        transport = self._transport
        if not isinstance(transport, asyncio.WriteTransport):
            return
        self._stalled = _is_the_end(shape)
        await write(transport, payload, shape)
        if shape is Shape.HALF_THEN_RESET:
            await drain(transport)
            self._closed_with = 1006
            reset(transport)

    async def _finish(self, parcel: Parcel) -> None:
        self._finishing = True
        self._closed_with = parcel.close_code or 1006
        if parcel.close_code is not None:
            await self._socket.close(code=parcel.close_code)
            return
        transport = self._transport
        if isinstance(transport, asyncio.WriteTransport):
            # abort() throws away what is still buffered, and the frames before the cut must arrive.
            await drain(transport)
            transport.abort()

    async def _end(self, writer: asyncio.Task[None]) -> None:
        if not self._finishing:
            writer.cancel()
        (outcome,) = await asyncio.gather(writer, return_exceptions=True)
        if isinstance(outcome, Exception):
            _LOG.error("The simulator could not send.", exc_info=outcome)


async def _until(due: float) -> None:
    wait = due - asyncio.get_running_loop().time()
    if wait > 0:
        await asyncio.sleep(wait)


def _is_the_end(shape: Shape) -> bool:
    return shape in {Shape.HALF_THEN_RESET, Shape.HALF_THEN_NOTHING}


def _clear_of(token: str) -> str:
    """What another connection of the token would send to clear the conversation."""
    message = {"type": "Event", "events": [presence("Clear")]}
    return json.dumps({"action": "onMessage", "token": token, "message": message})
