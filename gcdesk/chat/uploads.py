"""Putting a file where the service asked for it (guest API, section 6)."""

from __future__ import annotations

import asyncio
import os
import re
import stat
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gcdesk.chat.errands import Around
from gcdesk.chat.failures import plain_detail
from gcdesk.chat.files import unreadable
from gcdesk.chat.http import HttpRequest, request
from gcdesk.chat.off_loop import off_loop
from gcdesk.errors import FileChangedError, FileUnreadableError, GcdeskError, UploadRefusedError
from gcdesk.guest.errands import UploadFile
from gcdesk.phrase import Phrase

_PIECE = 256 * 1024
_BETWEEN = 0.1
"""Seconds between two words about the progress."""

_MOST_SAID = 10_000
_SAID = re.compile(r"<(?:Code|Message)>([^<]{1,200})<")


async def upload_file(errand: UploadFile, around: Around) -> None:
    """Put the file, tell how far it is, and feed back what comes of it; cancelling leaves nothing behind."""
    uploads = around.session.uploads
    progress = _Progress(errand, around)
    telling = asyncio.create_task(progress.tell())
    try:
        await _put(errand, around, progress)
    except GcdeskError as error:
        await around.feed(partial(uploads.failed, errand.key, error))
    else:
        await around.feed(partial(uploads.transferred, errand.key))
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _put(errand: UploadFile, around: Around, progress: _Progress) -> None:
    headers = dict(errand.headers)
    if not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = errand.mime
    answer = await request(
        around.opener,
        HttpRequest("PUT", errand.url, headers, _body(errand), errand.size),
        seconds=around.limits.transfer_timeout,
        progress=progress.note,
    )
    if not 200 <= answer.status < 300:
        raise UploadRefusedError(
            Phrase("The storage did not take the file ({status}).", status=answer.status),
            code=answer.status,
            detail=_said(answer.body),
        )


def _said(body: bytes) -> str:
    """What the storage says in its usual form; all else of it may be signatures and keys."""
    text = body[:_MOST_SAID].decode("utf-8", "replace")
    return plain_detail(": ".join(_SAID.findall(text)))


def _body(errand: UploadFile) -> bytes | AsyncIterator[bytes]:
    if isinstance(errand.source, bytes):
        if len(errand.source) != errand.size:
            raise FileChangedError
        return errand.source
    if isinstance(errand.source, Path | str):
        return _pieces(Path(errand.source), errand.size)
    raise FileUnreadableError(detail=f"A file cannot come from {type(errand.source).__name__}.")


class _Progress:
    """Tells how far the transfer is, not too often, and without ever holding it up."""

    def __init__(self, errand: UploadFile, around: Around) -> None:
        self._errand = errand
        self._around = around
        self._written = 0
        self._changed = asyncio.Event()

    async def note(self, written: int) -> None:
        self._written = written
        self._changed.set()

    async def tell(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            uploads = self._around.session.uploads
            await self._around.feed(partial(uploads.progress, self._errand.key, self._written))
            await asyncio.sleep(_BETWEEN)


class _Look(NamedTuple):
    """What must not change while a file is read."""

    size: int
    changed: int
    number: int
    device: int

    @classmethod
    def of(cls, found: os.stat_result) -> _Look:
        return cls(found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev)


async def _pieces(path: Path, size: int) -> AsyncIterator[bytes]:
    """The file's bytes, exactly as many as promised. Raises FileUnreadableError if they are not to be had."""
    offset, first = 0, None
    while offset < size:
        read = partial(_read, path, offset, min(_PIECE, size - offset))
        piece, look = await off_loop(read, "gcdesk upload")
        first = first or look
        if not piece or look.size != size or look != first:
            raise FileChangedError
        offset += len(piece)
        yield piece


def _read(path: Path, offset: int, length: int) -> tuple[bytes, _Look]:
    # Opened anew for each piece, so that whoever gives up in between leaves no open file behind.
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise FileChangedError
            file.seek(offset)
            return file.read(length), _Look.of(found)
    except (OSError, ValueError) as error:
        raise unreadable(error) from error
