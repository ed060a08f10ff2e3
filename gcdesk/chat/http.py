"""HTTP over the same opener as the WebSocket: proxy, TLS and trust store included.

h11 takes 20 ms to import, an HTTP client such as aiohttp 120 ms, and the first reply waits for one small document.
One request a connection, nothing kept, no redirect followed, nothing decompressed: what answers is data of a bounded
size.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import h11

from gcdesk.chat.failures import lost_stream, plain_detail
from gcdesk.chat.opener import USER_AGENT, Opener, OpenStream, Place
from gcdesk.errors import EndpointError, HttpAnswerError, HttpTimeoutError, HttpTooLargeError
from gcdesk.phrase import Phrase

LARGEST = 1024 * 1024
"""Bytes that an answer may have unless the caller allows more."""

_CHUNK = 64 * 1024
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "expect"})

Progress = Callable[[int], Awaitable[None]]
"""Takes how many bytes of the request's body have been written so far."""

Sink = Callable[[bytes], Awaitable[None]]
"""Takes the answer's body piece by piece."""


@dataclass(frozen=True)
class HttpRequest:
    """A request: `body` is bytes, or pieces of bytes that add up to `size`.

    `headers` go out as they are, except those that the connection itself decides about.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | AsyncIterable[bytes] = field(default=b"", repr=False)
    size: int | None = None

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return len(self.body) if isinstance(self.body, bytes) else self.size or 0


@dataclass(frozen=True)
class HttpAnswer:
    """An answer: its status, its headers by lower-case name, and its body unless a sink took it."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


async def request(
    opener: Opener,
    asked: HttpRequest,
    *,
    seconds: float,
    largest: int = LARGEST,
    progress: Progress | None = None,
    sink: Sink | None = None,
) -> HttpAnswer:
    """Ask once and return the answer, whatever its status.

    Args:
        opener: Opens the connection.
        asked: The request; https, or http to this computer.
        seconds: How long the other side may be silent, the opening included.
        largest: Bytes the answer's body may have.
        progress: Told as the request's body leaves.
        sink: Takes the answer's body if the status is 200; otherwise the beginning of the body is in the answer.

    Raises:
        EndpointError: The address cannot be used.
        ConnectError: There was no connection, it broke, or what answered was no HTTP or too large.
        HttpTimeoutError: The other side was silent for too long.

    What reading the request's body or the sink raises comes through.
    """
    check_address(asked.url)
    head = _head(asked)
    stream = await opener.open_stream(asked.url, seconds)
    place = Place.of(asked.url)
    try:
        async with asyncio.timeout(seconds) as patience:
            talk = _Talk(stream, patience, seconds, largest)
            answer = await talk.ask(head, asked.body, progress, sink)
    except TimeoutError as error:
        raise HttpTimeoutError(
            Phrase("{place} was silent for {seconds:g} seconds.", place=place.display, seconds=seconds)
        ) from error
    except (h11.ProtocolError, ValueError) as error:
        raise HttpAnswerError(
            Phrase("What answered at {place} does not speak HTTP as it should.", place=place.display),
            detail=plain_detail(error),
        ) from error
    except OSError as error:
        raise lost_stream(error, place.display) from error
    finally:
        await stream.abort()
    if answer.status < 300 and talk.written < asked.length:
        raise HttpAnswerError(
            Phrase("{place} said that it has everything, long before it had.", place=place.display)
        )
    return answer


def check_address(url: str) -> None:
    """Refuse an address that came from outside unless it is https, or http to this computer.

    Raises:
        EndpointError: It is neither, or it names a user.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    good = bool(host) and port != 0 and "@" not in parts.netloc
    if not good or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))):
        raise EndpointError(
            "The address for the transfer is not secure or not whole.",
            "It has to start with https://; only this computer may be reached without.",
        )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Talk:
    """One request and its answer on an open stream."""

    def __init__(self, stream: OpenStream, patience: asyncio.Timeout, seconds: float, largest: int) -> None:
        self._stream = stream
        self._patience = patience
        self._seconds = seconds
        self._largest = largest
        self.written = 0
        self._http = h11.Connection(h11.CLIENT)

    async def ask(
        self,
        head: h11.Request,
        body: bytes | AsyncIterable[bytes],
        progress: Progress | None,
        sink: Sink | None,
    ) -> HttpAnswer:
        self._stream.writer.write(self._http.send(head) or b"")
        reading = asyncio.ensure_future(self._read(sink))
        writing = asyncio.ensure_future(self._write(body, progress))
        try:
            await asyncio.wait({reading, writing}, return_when=asyncio.FIRST_COMPLETED)
            # A server may refuse before it has taken everything, so a broken pipe still has an answer to wait for;
            # a body that cannot be had has none.
            if not reading.done() and (error := writing.exception()) and not isinstance(error, OSError):
                raise error
            return await reading
        finally:
            reading.cancel()
            writing.cancel()
            await asyncio.gather(reading, writing, return_exceptions=True)

    async def _write(self, body: bytes | AsyncIterable[bytes], progress: Progress | None) -> None:
        async for piece in _pieces(body):
            self._stream.writer.write(self._http.send(h11.Data(piece)) or b"")
            self.written += len(piece)
            await self._stream.writer.drain()
            self._still_moving()
            if progress is not None:
                await progress(self.written)
        self._stream.writer.write(self._http.send(h11.EndOfMessage()) or b"")
        await self._stream.writer.drain()

    async def _read(self, sink: Sink | None) -> HttpAnswer:
        status, body, size, silent = 0, bytearray(), 0, True
        headers: dict[str, str] = {}
        while not isinstance(event := self._http.next_event(), h11.EndOfMessage | h11.ConnectionClosed):
            if event is h11.NEED_DATA:
                data = await self._stream.reader.read(_CHUNK)
                if not data and (silent or _says_its_length(headers)):
                    raise ConnectionResetError("the connection ended before the answer did")
                silent = False
                self._http.receive_data(data)
                self._still_moving()
            elif isinstance(event, h11.Response):
                status = event.status_code
                headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
            elif isinstance(event, h11.Data) and sink is not None and status != 200:
                body += event.data
                if len(body) >= _CHUNK:
                    # Enough to say what is wrong; whoever has a sink expects much more, and nothing of this.
                    break
            elif isinstance(event, h11.Data):
                size += len(event.data)
                if size > self._largest:
                    raise HttpTooLargeError
                if sink is not None:
                    await sink(bytes(event.data))
                else:
                    body += event.data
        if not status:
            raise ConnectionResetError("the connection ended before the answer")
        return HttpAnswer(status, headers, bytes(body))

    def _still_moving(self) -> None:
        self._patience.reschedule(asyncio.get_running_loop().time() + self._seconds)


def _says_its_length(headers: Mapping[str, str]) -> bool:
    """Whether an end of the connection is no end of the answer."""
    return "content-length" in headers or "transfer-encoding" in headers


async def _pieces(body: bytes | AsyncIterable[bytes]) -> AsyncIterable[bytes]:
    if isinstance(body, bytes):
        for start in range(0, len(body), _CHUNK):
            yield body[start : start + _CHUNK]
    else:
        async for piece in body:
            yield piece


def _head(asked: HttpRequest) -> h11.Request:
    parts, place = urlsplit(asked.url), Place.of(asked.url)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?") if parts.query else ""
    )
    given = [(name, value) for name, value in asked.headers.items() if name.lower() not in _OURS]
    names = {name.lower() for name, _ in given}
    headers = [("Host", place.display), ("Connection", "close"), ("Accept-Encoding", "identity"), *given]
    if "user-agent" not in names:
        headers.append(("User-Agent", USER_AGENT))
    if asked.method not in ("GET", "HEAD", "DELETE") or asked.length:
        headers.append(("Content-Length", str(asked.length)))
    try:
        return h11.Request(method=asked.method, target=target, headers=headers)
    except (h11.LocalProtocolError, UnicodeEncodeError) as error:
        raise EndpointError(
            "The address or the headers for the transfer cannot be sent.",
            "Look at the frame that named them in the frames list.",
            detail=plain_detail(error),
        ) from error
