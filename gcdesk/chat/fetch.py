"""Reading a small JSON document over HTTP, through the same opener as the WebSocket.

h11 takes 20 ms to import, an HTTP client such as aiohttp 120 ms, and the first reply waits for this document.
"""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

import h11
import msgspec

from gcdesk.chat.failures import plain_detail
from gcdesk.chat.opener import USER_AGENT, Opener, OpenStream, Place
from gcdesk.errors import DeploymentUnreadableError, GcdeskError, OpenTimeoutError

LARGEST = 1024 * 1024
"""Bytes that a document may have; a deployment's configuration has some thousand."""

_CHECK_THE_ID = "Check the deployment ID and the region; the chat goes on without its configuration."
_CHECK_THE_PLACE = "The chat goes on without it. Check the endpoint if the chat fails too."


async def read_deployment(opener: Opener, url: str, seconds: float) -> object:
    """Read a deployment's public configuration (guest API, section 1.4) and return the JSON value.

    Args:
        opener: Opens the connection.
        url: The document's address, http or https.
        seconds: The time limit for all of it.

    Raises:
        DeploymentUnreadableError: It cannot be read; its title says why.
    """
    until = time.monotonic() + seconds
    try:
        stream = await opener.open_stream(url, seconds)
        try:
            async with asyncio.timeout(until - time.monotonic()):
                status, body = await _get(stream, url)
        finally:
            await stream.abort()
    except DeploymentUnreadableError:
        raise
    except (TimeoutError, OpenTimeoutError) as error:
        raise DeploymentUnreadableError(
            f"The deployment's configuration did not come within {seconds:g} seconds.",
            detail=error.detail if isinstance(error, GcdeskError) else "",
        ) from error
    except GcdeskError as error:
        raise DeploymentUnreadableError(
            f"The deployment's configuration could not be read. {error.title}",
            code=error.code,
            detail=error.detail,
        ) from error
    except OSError as error:
        raise DeploymentUnreadableError(detail=plain_detail(error)) from error
    return _json(status, body)


async def _get(stream: OpenStream, url: str) -> tuple[int, bytes]:
    """Ask and return the status and the body."""
    talk = h11.Connection(h11.CLIENT)
    stream.writer.write(talk.send(_request(url)))
    talk.send(h11.EndOfMessage())
    await stream.writer.drain()
    status, body = 0, bytearray()
    try:
        while not isinstance(event := talk.next_event(), h11.EndOfMessage | h11.ConnectionClosed):
            if event is h11.NEED_DATA:
                talk.receive_data(await stream.reader.read(65536))
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > LARGEST:
                    raise DeploymentUnreadableError("The deployment's configuration is too large to be one.")
    except h11.RemoteProtocolError as error:
        raise DeploymentUnreadableError(
            "What answered is not the deployment's configuration.",
            _CHECK_THE_PLACE,
            detail=plain_detail(error),
        ) from error
    return status, bytes(body)


def _request(url: str) -> h11.Request:
    parts = urlsplit(url)
    place = Place.of(url)
    return h11.Request(
        method="GET",
        target=parts.path or "/",
        headers=[
            ("Host", place.display),
            ("User-Agent", USER_AGENT),
            ("Accept", "application/json"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ],
    )


def _json(status: int, body: bytes) -> object:
    if status in (403, 404):
        # The document's server answers 403 for a deployment it does not know (guest API, section 1.4).
        raise DeploymentUnreadableError(
            f"No configuration was found for this deployment ({status}).", _CHECK_THE_ID, code=status
        )
    if status != 200:
        raise DeploymentUnreadableError(
            f"The deployment's configuration could not be read ({status}).", code=status
        )
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DeploymentUnreadableError(
            "What answered is not the deployment's configuration.",
            _CHECK_THE_PLACE,
            detail=plain_detail(error),
        ) from error
