"""Opening connections: one way for the WebSocket and for the deployment's configuration, proxy and TLS included."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

import gcdesk
from gcdesk.chat.clock import steady_seconds
from gcdesk.chat.failures import connect_error, header_map, service_time
from gcdesk.chat.proxies import FindProxy, Proxy, finder, proxy_for, system_proxy
from gcdesk.chat.target import Target
from gcdesk.chat.tcp import connect_tcp, released, resolve
from gcdesk.chat.tls import client_context, tls_version
from gcdesk.chat.tunnel import connect_through
from gcdesk.errors import ConnectError
from gcdesk.guest.limits import Limits

APPLICATION = f"gcdesk-{gcdesk.__version__}"
"""The name gcdesk gives itself in a WebSocket's address."""

USER_AGENT = (
    f"gcdesk/{gcdesk.__version__} Python/{sys.version_info[0]}.{sys.version_info[1]} ({sys.platform})"
)
"""The name gcdesk gives itself in HTTP headers."""

# websockets shows frames, and with them tokens, to a logger that listens to details.
_websocket_log = logging.getLogger("gcdesk.websocket")
_websocket_log.setLevel(logging.INFO)

_LOOK = 5.0


@dataclass(frozen=True)
class Place:
    """Where a connection goes: host, port and whether it speaks TLS."""

    host: str
    port: int
    tls: bool

    @classmethod
    def of(cls, url: str) -> Place:
        """The place that a ws, wss, http or https address names."""
        parts = urlsplit(url)
        tls = parts.scheme in ("wss", "https")
        host = parts.hostname or ""
        # What cannot be encoded cannot be looked up either, and that is where it is told.
        with contextlib.suppress(UnicodeError):
            host = host.encode("idna").decode()
        return cls(host, parts.port or (443 if tls else 80), tls)

    @property
    def display(self) -> str:
        """As people read it: the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Its address over HTTP."""
        return f"{'https' if self.tls else 'http'}://{self.display}/"


@dataclass(frozen=True)
class OpenWebSocket:
    """A WebSocket that is open: the connection, the TLS version and the proxy as people read them, or empty.

    `time` is the service's at the handshake, None if it told none.
    """

    connection: ClientConnection
    tls: str
    proxy: str
    time: datetime | None = None


@dataclass(frozen=True)
class OpenStream:
    """A plain or TLS stream that is open; `abort` closes it at once."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    raw: socket.socket

    async def abort(self) -> None:
        """Close it without waiting for the other side."""
        self.writer.transport.abort()
        await released(self.raw)


@dataclass(frozen=True)
class OpenSocket:
    """A TCP connection that leads to a host, for a library that speaks its protocol itself.

    `context` is what TLS has to be secured with, None for a plain connection.
    """

    raw: socket.socket
    host: str
    context: ssl.SSLContext | None


class Opener:
    """Opens connections.

    Args:
        find_proxy: Tells which proxy leads to a host and port; the system settings by default.
    """

    def __init__(self, find_proxy: FindProxy = system_proxy) -> None:
        self.find_proxy = find_proxy
        self._context: ssl.SSLContext | None = None
        # When a WebSocket opened last, on the steady clock, and the service's time then.
        self._told: tuple[float, datetime] | None = None

    async def open_websocket(self, url: str, origin: str, limits: Limits) -> OpenWebSocket:
        """Open a WebSocket; the caller closes it.

        Args:
            url: Its whole address.
            origin: The Origin header; empty for none.
            limits: The time to open, the size of frames, the pings.

        Raises:
            ConnectError: It did not open; the type says why.
        """
        place = Place.of(url)
        attempt = _Attempt()
        try:
            async with asyncio.timeout(limits.open_timeout):
                return await self._websocket(url, origin, limits, place, attempt)
        except (OSError, ValueError, WebSocketException) as error:
            raise await self._named(error, place, attempt, limits.open_timeout) from error

    async def open_stream(self, url: str, seconds: float) -> OpenStream:
        """Open a stream to the host of an HTTP address; the caller aborts it. Raises like `open_websocket`."""
        place = Place.of(url)
        attempt = _Attempt()
        try:
            async with asyncio.timeout(seconds):
                return await self._stream(place, attempt)
        except (OSError, ValueError) as error:
            raise await self._named(error, place, attempt, seconds) from error

    async def open_socket(self, url: str, seconds: float) -> OpenSocket:
        """Reach the host of an HTTP address; the caller secures and closes it. Raises like `open_websocket`."""
        place = Place.of(url)
        attempt = _Attempt()
        try:
            async with asyncio.timeout(seconds):
                raw, _ = await self._reach(place, attempt)
                context = self._tls_context() if place.tls else None
        except (OSError, ValueError) as error:
            raise connect_error(error, place.display, attempt.doing, seconds) from error
        return OpenSocket(raw, place.host, context)

    def named(self, error: OSError, url: str, seconds: float) -> ConnectError:
        """The named error for what kept a connection reached by `open_socket` from being secured."""
        return connect_error(error, Place.of(url).display, "securing the connection", seconds)

    async def _websocket(
        self, url: str, origin: str, limits: Limits, place: Place, attempt: _Attempt
    ) -> OpenWebSocket:
        raw, proxy = await self._reach(place, attempt)
        dial = _Dial(
            url,
            attempt,
            sock=raw,
            ssl=self._tls_context() if place.tls else None,
            server_hostname=place.host if place.tls else None,
            proxy=None,
            origin=Origin(origin) if origin else None,
            # Frames are small, and what is not compressed cannot be blown up.
            compression=None,
            user_agent_header=USER_AGENT,
            open_timeout=None,
            ping_interval=limits.ping_interval,
            ping_timeout=limits.ping_timeout,
            close_timeout=limits.close_timeout,
            max_size=limits.frame_bytes,
            logger=_websocket_log,
        )
        attempt.doing = "securing the connection" if place.tls else "opening the WebSocket"
        try:
            connection = await dial
        except BaseException:
            await released(raw)
            raise
        carrier = connection.transport.get_extra_info("ssl_object")
        answer = connection.response
        headers = header_map(answer.headers) if answer else {}
        told = service_time(headers)
        if told is not None:
            self._told = steady_seconds(), told
        return OpenWebSocket(connection, tls_version(carrier), proxy.label if proxy else "", told)

    async def _stream(self, place: Place, attempt: _Attempt) -> OpenStream:
        raw, _ = await self._reach(place, attempt)
        attempt.doing = "securing the connection"
        try:
            reader, writer = await asyncio.open_connection(
                sock=raw,
                ssl=self._tls_context() if place.tls else None,
                server_hostname=place.host if place.tls else None,
            )
        except BaseException:
            await released(raw)
            raise
        return OpenStream(reader, writer, raw)

    async def _reach(self, place: Place, attempt: _Attempt) -> tuple[socket.socket, Proxy | None]:
        """A TCP socket that leads to the place, and the proxy it goes through."""
        proxy = await proxy_for(place.host, place.port, self.find_proxy)
        if proxy is None:
            addresses = await resolve(place.host, place.port)
            attempt.doing = "connecting"
            return await connect_tcp(addresses), None
        attempt.doing = f"waiting for the {proxy.label}"
        return await connect_through(proxy, place.host, place.port, USER_AGENT), proxy

    async def _named(self, error: Exception, place: Place, attempt: _Attempt, seconds: float) -> ConnectError:
        """The named error; of a certificate that is not trusted it says who signed it."""
        presented = None
        if isinstance(error, ssl.SSLCertVerificationError):
            # Only a refused certificate needs it.
            from gcdesk.chat.presented import presented_certificate

            with contextlib.suppress(OSError, ValueError, ConnectError):
                async with asyncio.timeout(min(seconds, _LOOK)):
                    raw, _ = await self._reach(place, _Attempt())
                presented = await presented_certificate(raw, place.host, min(seconds, _LOOK))
        there = (
            None
            if self._told is None
            else self._told[1] + timedelta(seconds=steady_seconds() - self._told[0])
        )
        return connect_error(error, place.display, attempt.doing, seconds, presented, there)

    def _tls_context(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = client_context()
        return self._context


def opener_for(target: Target) -> Opener:
    """What opens connections to a deployment, through the proxy that leads there."""
    return Opener(finder(target.proxy))


class _Attempt:
    """What an attempt to connect is doing, for the error that names where it stopped."""

    doing = "looking up the name"


class _Dial(connect):
    """websockets' own way to connect, which tells when TLS is done."""

    def __init__(self, url: str, attempt: _Attempt, **options: Any) -> None:
        super().__init__(url, **options)
        self._attempt = attempt

    async def open_tcp_connection(self) -> ClientConnection:
        connection = await super().open_tcp_connection()
        self._attempt.doing = "opening the WebSocket"
        return connection
