"""Everything that goes wrong over HTTP on purpose: documents, history, files, sign-in and the handshake itself."""

import asyncio
import contextlib
import re
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from .fault_list import HTTP_PLACES
from .faults import FaultPlan, Planned
from .record import Record

_TOKENS = "/api/v2/webdeployments/token/"
_PLACES = (
    ("GET", re.compile(r"/v1"), "handshake"),
    ("GET", re.compile(r"/webdeployments/v1/deployments/[^/]+/(config|domains)\.json"), "config"),
    ("GET", re.compile(r"/api/v2/webmessaging/messages"), "history"),
    ("PUT", re.compile(r"/.*"), "put"),
    ("GET", re.compile(r"/(downloads|files|flow-files)/.+"), "download"),
    ("POST", re.compile(_TOKENS + "oauthcodegrantjwtexchange"), "exchange"),
    ("POST", re.compile(_TOKENS + "refresh"), "refresh"),
    ("DELETE", re.compile(_TOKENS + "revoke"), "revoke"),
    ("POST", re.compile(r"/oauth/token"), "token"),
    ("GET", re.compile(r"/api/v2/(organizations|conversations|analytics)/.+"), "platform"),
    ("POST", re.compile(r"/api/v2/conversations/.+"), "platform"),
)
_GLANCE = 0.05
_GARBAGE = "this is not JSON {"


def http_trouble(faults: FaultPlan, record: Record) -> Middleware:
    """A middleware that lets faults happen to requests."""

    @web.middleware
    async def trouble(request: web.Request, handler: Handler) -> web.StreamResponse:
        place = place_of(request.method, request.path)
        struck = None if place is None else faults.hit(*_NAMES[place])
        if struck is None:
            return await handler(request)
        record.event("http fault", name=struck.name, method=request.method)
        what = struck.fault.name.rpartition("-")[2]
        if what == "slow":
            await asyncio.sleep(struck.value)
            return await handler(request)
        return await _spoil(request, what, struck)

    return trouble


def place_of(method: str, path: str) -> str | None:
    """Where a request goes, in the words of the faults."""
    return next(
        (place for verb, pattern, place in _PLACES if verb == method and pattern.fullmatch(path)), None
    )


def refused(status: int, retry_after: int = 0) -> web.Response:
    """An answer that is nothing but a status of HTTP."""
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return web.Response(status=status, text=reason(status), headers=headers)


def reason(status: int) -> str:
    """The words that usually stand beside a status of HTTP."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


async def _spoil(request: web.Request, what: str, struck: Planned) -> web.StreamResponse:
    if what == "NNN":
        # A refusal comes after the whole request, or a client that is still sending sees a cut instead.
        await request.read()
        return refused(struck.number)
    if what == "garbage":
        await request.read()
        return web.Response(text=_GARBAGE, content_type="application/json")
    if what == "silent":
        await _until_gone(request)
    elif request.can_read_body:
        with contextlib.suppress(OSError):
            await request.content.readany()
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _until_gone(request: web.Request) -> None:
    # The server forgets a connection that its client has closed, and leaves its handler waiting.
    while request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110
        await asyncio.sleep(_GLANCE)


_NAMES = {
    place: tuple(f"{place}-{what}" for what in ("NNN", "cut", "silent", "slow", "garbage"))
    for place in HTTP_PLACES
}
