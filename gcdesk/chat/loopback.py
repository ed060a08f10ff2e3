"""The page of this computer to which an identity provider sends the browser back (RFC 8252, section 7.3).

The law of this file: one start, one answer, and then nothing listens any more. Whatever else comes in, a wrong path, a
foreign host, a second answer, gets a short page and changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, urlsplit

import h11

from gcdesk.errors import RedirectPortError
from gcdesk.guest.identity import parse_redirect
from gcdesk.phrase import Phrase

_LONGEST_HEAD = 16 * 1024
_HEAD_SECONDS = 20.0
_MOST_VISITORS = 32
_GOODBYE_SECONDS = 1.0
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>gcdesk</title>
<style>
body{{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}}
</style>
</head><body><h1>{title}</h1><p>{text}</p></body></html>
"""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


@dataclass(frozen=True)
class _Page:
    """An answer to the browser."""

    status: int
    title: str = ""
    text: str = ""
    location: str = field(default="", repr=False)


_ANSWERED = _Page(200, "gcdesk has the answer", "You can close this page and go back to gcdesk.")
_NOT_TAKEN = _Page(
    400, "This answer was not used", "Go back to gcdesk; it says what was wrong. You can close this page."
)
_USED = _Page(410, "This address was used already", "Go back to gcdesk and start the sign-in again.")
_NOWHERE = _Page(404, "There is nothing here", "You can close this page.")
_NOT_READ = _Page(405, "This page can only be read", "You can close this page.")
_NOT_UNDERSTOOD = _Page(400, "This request cannot be understood", "You can close this page.")


@dataclass(frozen=True)
class RedirectAnswer:
    """What the provider sent the browser back with; each field is empty where it was not there, or there twice."""

    state: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    issuer: str = ""
    error: str = ""
    description: str = ""


class Loopback:
    """The page while `loopback` has it open."""

    def __init__(self, redirect: SplitResult, port: int, state: str) -> None:
        host = redirect.hostname or ""
        self._place = f"{f'[{host}]' if ':' in host else host}:{port}"
        self._redirect_path = redirect.path
        self._state = state
        self._start_path = f"/start/{secrets.token_urlsafe(16)}"
        self._destination = ""
        self._answer: asyncio.Future[RedirectAnswer] = asyncio.get_running_loop().create_future()
        self._visits: set[asyncio.Task[None]] = set()
        self._answering: set[asyncio.Task[None]] = set()

    @property
    def redirect_uri(self) -> str:
        """The address for the provider, its port filled in."""
        return f"http://{self._place}{self._redirect_path}"

    def start_at(self, destination: str) -> str:
        """An address of this page that leads the browser to `destination`, once.

        Browsers are started with an address as an argument, which every program of this computer can read: so
        they are given one that tells nothing.
        """
        self._destination = destination
        return f"http://{self._place}{self._start_path}"

    async def answer(self) -> RedirectAnswer:
        """Wait for what the browser brings back, whether good or not."""
        return await asyncio.shield(self._answer)

    async def goodbye(self) -> None:
        """Let a page that is on its way arrive, and cut everything else."""
        self._answer.cancel()
        if self._answering:
            await asyncio.wait(self._answering, timeout=_GOODBYE_SECONDS)
        for visit in self._visits:
            visit.cancel()
        if self._visits:
            await asyncio.wait(self._visits)

    def visited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take a connection, unless there are far more than a browser opens."""
        if len(self._visits) >= _MOST_VISITORS:
            writer.transport.abort()
            return
        visit = asyncio.ensure_future(self._serve(reader, writer))
        self._visits.add(visit)
        visit.add_done_callback(self._visits.discard)
        visit.add_done_callback(self._answering.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        http = h11.Connection(h11.SERVER, max_incomplete_event_size=_LONGEST_HEAD)
        try:
            async with asyncio.timeout(_HEAD_SECONDS):
                page = await self._page(reader, http)
                if page is None:
                    return
                self._answering |= {visit for visit in self._visits if visit is asyncio.current_task()}
                _write(writer, http, page)
                await writer.drain()
                writer.close()
                await writer.wait_closed()
        except (OSError, TimeoutError):
            # A browser that went away needs no page.
            return
        finally:
            writer.transport.abort()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _page(self, reader: asyncio.StreamReader, http: h11.Connection) -> _Page | None:
        """Read a request and say what it gets; None where no request came."""
        try:
            while (event := http.next_event()) is h11.NEED_DATA:
                http.receive_data(await reader.read(_LONGEST_HEAD))
        except h11.RemoteProtocolError:
            return _NOT_UNDERSTOOD
        return self._reply(event) if isinstance(event, h11.Request) else None

    def _reply(self, request: h11.Request) -> _Page:
        host = dict(request.headers).get(b"host", b"").decode("latin-1").lower()
        if host != self._place.lower():
            # Another name that leads here is a web page trying its luck (DNS rebinding).
            return _NOWHERE
        try:
            target = urlsplit(request.target.decode("ascii"))
        except ValueError:
            return _NOT_UNDERSTOOD
        if target.path not in (self._start_path, self._redirect_path or "/"):
            return _NOWHERE
        if request.method != b"GET":
            # What asks for the head alone must not be given a body.
            return _Page(405) if request.method == b"HEAD" else _NOT_READ
        if target.path == self._start_path:
            destination, self._destination = self._destination, ""
            return _Page(302, location=destination) if destination else _USED
        return self._take(target.query)

    def _take(self, query: str) -> _Page:
        if self._answer.done():
            return _USED
        answer = _answer_of(query)
        self._answer.set_result(answer)
        right = secrets.compare_digest(answer.state.encode(), self._state.encode())
        return _ANSWERED if right and answer.code and not answer.error else _NOT_TAKEN


@asynccontextmanager
async def loopback(redirect: str, state: str) -> AsyncIterator[Loopback]:
    """Listen on this computer while the block lasts; leaving closes every socket.

    Args:
        redirect: The address registered with the provider, as `IdentityProvider.redirect` says.
        state: What the answer has to bring back.

    Raises:
        RedirectPortError: The port cannot be listened on.
        EnvironmentInputError: The redirect address cannot be used.
    """
    parts = parse_redirect(redirect or f"http://127.0.0.1:0/sign-in/{secrets.token_urlsafe(16)}")
    listening = _listen(parts.hostname or "", parts.port or 0)
    page = Loopback(parts, listening.getsockname()[1], state)
    try:
        server = await asyncio.start_server(page.visited, sock=listening, limit=_LONGEST_HEAD)
    except BaseException:
        listening.close()
        raise
    try:
        yield page
    finally:
        server.close()
        await page.goodbye()
        await server.wait_closed()


def _answer_of(query: str) -> RedirectAnswer:
    try:
        fields = parse_qs(query, keep_blank_values=True, max_num_fields=32)
    except ValueError:
        fields = {}
    # A parameter that is there twice could mean either (RFC 6749, section 3.1).
    found = {name: values[0] for name, values in fields.items() if len(values) == 1}
    return RedirectAnswer(
        state=found.get("state", ""),
        code=found.get("code", ""),
        issuer=found.get("iss", ""),
        error=found.get("error", ""),
        description=found.get("error_description", ""),
    )


def _write(writer: asyncio.StreamWriter, http: h11.Connection, page: _Page) -> None:
    body = _PAGE.format(title=page.title, text=page.text).encode() if page.title else b""
    headers = [*_HEADERS.items(), ("Content-Length", str(len(body)))]
    if page.location:
        headers.append(("Location", page.location))
    for event in (h11.Response(status_code=page.status, headers=headers), h11.Data(body), h11.EndOfMessage()):
        writer.write(http.send(event) or b"")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    address = "127.0.0.1" if host.lower() == "localhost" else host
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # Without it another program could listen on the same port and read the answer.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen()
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise _not_listening(host, port, error) from error
    return listening


def _not_listening(host: str, port: int, error: OSError) -> RedirectPortError:
    detail = f"{host}:{port}: {error.strerror or type(error).__name__}"
    if isinstance(error, PermissionError):
        return RedirectPortError(
            Phrase(
                "This user may not listen on port {port}, to which the provider sends the browser back.",
                port=port,
            ),
            "Register a redirect address with a port above 1023, then change the environment.",
            detail=detail,
        )
    if port:
        return RedirectPortError(
            Phrase(
                "Port {port}, to which the provider sends the browser back, is in use by another program.",
                port=port,
            ),
            detail=detail,
        )
    return RedirectPortError("This computer gave no port for the sign-in's answer.", detail=detail)
