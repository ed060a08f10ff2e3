"""Fetching what a message links to: files into a folder, and pictures to look at.

The law of this file: an address and a name from a message are data. Only https is fetched (http from this computer),
through redirects too; what comes is bounded; it is written under a safe name, over nobody's file, and shown only if
it is a picture of a bounded size.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from gcdesk.chat.off_loop import off_loop
from gcdesk.chat.opener import Opener
from gcdesk.chat.pictures import MOST_PIXELS, Shape, check_picture
from gcdesk.errors import (
    ConnectionLostError,
    DownloadRefusedError,
    HttpTooLargeError,
    LinkExpiredError,
    WishError,
)
from gcdesk.guest.file_names import safe_name
from gcdesk.phrase import Phrase

if TYPE_CHECKING:
    from gcdesk.chat.http import HttpAnswer, Sink
    from gcdesk.chat.part_file import PartFile

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_PICTURE = 10 * 1024 * 1024
SILENCE = 30.0
"""Seconds that whatever keeps the file may be silent."""

_GONE = frozenset({401, 403, 404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_PIECE = 512 * 1024
_BETWEEN = 0.1

FreshLink = Callable[[], Awaitable[str]]
"""Asks for a fresh link to the same file; raises GcdeskError if there is none."""

Progress = Callable[[int], None]
"""Takes how many bytes have come, about ten times a second and at the end."""


@dataclass(frozen=True)
class Source:
    """Where a file is: its address, the way to a fresh one, and its size in bytes where that was told."""

    url: str = field(repr=False)
    fresh_link: FreshLink | None = field(default=None, repr=False)
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be shown: its bytes, and what they claim to be."""

    data: bytes = field(repr=False)
    shape: Shape


async def download(
    opener: Opener,
    source: Source,
    folder: Path,
    name: str,
    *,
    largest: int = LARGEST_FILE,
    seconds: float = SILENCE,
    progress: Progress | None = None,
) -> Path:
    """Fetch a file into a folder and return where it is; cancelling leaves nothing there.

    Args:
        opener: Opens the connection.
        source: Where it is.
        folder: An existing folder.
        name: The name it came with; it is made safe, and numbered if the folder has it already.
        largest: Bytes it may have.
        seconds: How long the other side may be silent.
        progress: Told as it comes.

    Raises:
        LinkExpiredError: The link is not good any more, and there was no fresh one.
        DownloadRefusedError: Another status came instead of the file.
        EndpointError: The address, or one it leads to, is not secure.
        ConnectError: There was no connection, it broke, or the file is too large.
        HttpTimeoutError: The other side was silent for too long.
        FileNotSavedError: It cannot be written.
    """
    # A chat without files need not wait for the import.
    from gcdesk.chat.part_file import PartFile

    part = PartFile(folder)
    writing = _Writing(part, progress)
    try:
        answer = await _fetch(opener, source, seconds, largest, writing.take)
        bounded = "content-length" in answer.headers or "transfer-encoding" in answer.headers
        # Where the answer does not say itself how long it is, only what the message said can tell a cut from an end.
        await writing.complete(0 if bounded else source.size or 0)
        return await off_loop(partial(part.finish, safe_name(name)), "gcdesk download")
    finally:
        await off_loop(part.discard, "gcdesk download")


async def fetch_picture(
    opener: Opener,
    source: Source,
    *,
    largest: int = LARGEST_PICTURE,
    most_pixels: int = MOST_PIXELS,
    seconds: float = SILENCE,
) -> Picture:
    """Fetch a picture to show it.

    Args:
        opener: Opens the connection.
        source: Where it is.
        largest: Bytes it may have.
        most_pixels: Pixels it may claim to have.
        seconds: How long the other side may be silent.

    Raises:
        PictureRefusedError: It is no picture of a known format, or has too many pixels.

    Otherwise raises like `download`.
    """
    data = bytearray()

    async def take(piece: bytes) -> None:
        data.extend(piece)

    await _fetch(opener, source, seconds, largest, take)
    whole = bytes(data)
    return Picture(whole, check_picture(whole, most_pixels))


class _Writing:
    """Gathers what comes into pieces worth a thread, and tells how far it is."""

    def __init__(self, part: PartFile, progress: Progress | None) -> None:
        self._part = part
        self._progress = progress
        self._gathered = bytearray()
        self._received = 0
        self._told_at = float("-inf")

    async def take(self, piece: bytes) -> None:
        self._gathered += piece
        self._received += len(piece)
        now = asyncio.get_running_loop().time()
        if self._progress is not None and now - self._told_at >= _BETWEEN:
            self._told_at = now
            self._progress(self._received)
        if len(self._gathered) >= _PIECE:
            await self._write()

    async def complete(self, size: int) -> None:
        """All has come: write the rest. Raises ConnectionLostError if the file should have more bytes."""
        if self._received < size:
            raise ConnectionLostError(
                Phrase(
                    "Only {received:,} of {size:,} bytes of the file came.",
                    received=self._received,
                    size=size,
                ),
                "Fetch it again.",
            )
        await self._write()
        if self._progress is not None:
            self._progress(self._received)

    async def _write(self) -> None:
        piece = bytes(self._gathered)
        self._gathered.clear()
        await off_loop(partial(self._part.write, piece), "gcdesk download")


async def _fetch(opener: Opener, source: Source, seconds: float, largest: int, sink: Sink) -> HttpAnswer:
    """Hand the file's bytes to the sink; a link that is not good any more is replaced once."""
    try:
        if not source.url:
            raise LinkExpiredError("There is no link to the file.")
        return await _get(opener, source.url, seconds, largest, sink)
    except LinkExpiredError as expired:
        if source.fresh_link is None:
            raise
        try:
            url = await source.fresh_link()
        except WishError:
            raise expired from None
        return await _get(opener, url, seconds, largest, sink)


async def _get(opener: Opener, url: str, seconds: float, largest: int, sink: Sink) -> HttpAnswer:
    from gcdesk.chat.http import HttpRequest, request

    for _ in range(_MOST_REDIRECTS + 1):
        try:
            answer = await request(
                opener, HttpRequest("GET", url), seconds=seconds, largest=largest, sink=sink
            )
        except HttpTooLargeError as error:
            raise HttpTooLargeError(
                Phrase(
                    "The file has more than {largest:,} bytes, which is too large to be fetched.",
                    largest=largest,
                ),
                "Ask the sender for a smaller one.",
            ) from error
        if answer.status == 200:
            return answer
        url = _next(url, answer)
    raise DownloadRefusedError("The link to the file leads in a circle.")


def _next(url: str, answer: HttpAnswer) -> str:
    """Where a redirect leads; every other status is an error."""
    location = answer.headers.get("location", "")
    if answer.status in _REDIRECTS and location:
        try:
            leads_to = urljoin(url, location)
            downgraded = urlsplit(url).scheme == "https" and urlsplit(leads_to).scheme != "https"
        except ValueError:
            leads_to, downgraded = "", True
        if downgraded:
            raise DownloadRefusedError(
                "The link to the file leads to an address that is not secure.", code=answer.status
            )
        return leads_to
    if answer.status in _GONE:
        raise LinkExpiredError(
            Phrase("The link to the file is not good any more ({status}).", status=answer.status),
            code=answer.status,
        )
    raise DownloadRefusedError(
        Phrase("The file could not be fetched ({status}).", status=answer.status), code=answer.status
    )
