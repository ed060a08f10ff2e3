"""One guest's WebSocket: reads go to the service, writes leave in order through one task."""

import asyncio
import contextlib
import json
import logging
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from .answers import Frame
from .faults import FaultPlan
from .rates import ECHOES_PER_CONNECTION, REQUESTS_PER_CONNECTION, RateLimit
from .reading import parse_json
from .record import Record
from .service import Service
from .sessions import Session
from .trouble import broken_frames

_LOG = logging.getLogger(__name__)
_SLOW_SECONDS = 2.0
_GOODBYE_SECONDS = 1.0
_LARGEST_FRAME = 1 << 20


@dataclass(frozen=True)
class _Parcel:
    """Something to do on the wire, and the loop time before which it must not happen."""

    due: float
    data: Frame | str | bytes | None = None
    close_code: int | None = None
    cut: bool = False


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
        self._outbox: asyncio.Queue[_Parcel] = asyncio.Queue()
        self._silent = faults.strike("silent")
        self._trouble = broken_frames()
        self._ending = False
        # Frames stay readable in a capture, and no compression thread outlives the loop.
        self._socket = web.WebSocketResponse(
            timeout=_GOODBYE_SECONDS, compress=False, max_msg_size=_LARGEST_FRAME
        )
        self._transport: asyncio.BaseTransport | None = None
        self._finishing = False
        self._closed_with: int | None = None

    def send(self, frame: Frame) -> None:
        """Send a frame, after all that were sent before it."""
        if self._silent:
            return
        if self._faults.strike("malformed"):
            self._post(data=next(self._trouble))
        self._post(data=frame)
        if self._faults.strike("duplicate"):
            self._post(data=frame)

    def close(self, code: int) -> None:
        """Close once everything sent before has left. Nothing received from now on is answered."""
        self._post(close_code=code)
        self._ending = True

    def cut(self) -> None:
        """Drop the connection without a closing handshake, after what was sent before."""
        self._post(cut=True)
        self._ending = True

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
                self._read(message.type, message.data)
        finally:
            self._service.leave(self)
            await self._end(writer)
            mine = self._closed_with is not None
            code = self._closed_with if mine else self._socket.close_code
            by = "simulator" if mine else "client"
            self._record.event("closed", connection=self.number, code=code or 1006, by=by)
        return self._socket

    def _read(self, kind: WSMsgType, data: Any) -> None:
        if kind is WSMsgType.TEXT:
            self._note_received(data)
            if not self._ending:
                self._service.receive(self, data)
        elif kind is WSMsgType.BINARY:
            self._record.text("received", self.number, data.decode(errors="backslashreplace"))
            if not self._ending:
                self._service.receive_binary(self)

    def _note_received(self, text: str) -> None:
        try:
            frame = parse_json(text)
        except ValueError:
            self._record.text("received", self.number, text)
        else:
            self._record.frame("received", self.number, frame)

    def _post(self, **what: Any) -> None:
        if self._ending:
            return
        delay = _SLOW_SECONDS if self._faults.strike("slow") else 0.0
        self._outbox.put_nowait(_Parcel(due=asyncio.get_running_loop().time() + delay, **what))

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                parcel = await self._outbox.get()
                await _until(parcel.due)
                if parcel.cut or parcel.close_code is not None:
                    await self._finish(parcel)
                    return
                await self._transmit(parcel.data)

    async def _transmit(self, data: Frame | str | bytes | None) -> None:
        if self._socket.closed:
            return
        if isinstance(data, bytes):
            self._record.text("sent", self.number, data.decode(errors="backslashreplace"))
            await self._socket.send_bytes(data)
        elif isinstance(data, str):
            self._record.text("sent", self.number, data)
            await self._socket.send_str(data)
        elif data is not None:
            self._record.frame("sent", self.number, data)
            await self._socket.send_str(json.dumps(data, ensure_ascii=False, separators=(",", ":")))

    async def _finish(self, parcel: _Parcel) -> None:
        self._finishing = True
        self._closed_with = parcel.close_code or 1006
        if parcel.close_code is not None:
            await self._socket.close(code=parcel.close_code)
            return
        transport = self._transport
        if isinstance(transport, asyncio.WriteTransport):
            # abort() throws away what is still buffered, and the frames before the cut must arrive.
            # A transport has no event for an empty buffer.
            while transport.get_write_buffer_size() and not transport.is_closing():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
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
