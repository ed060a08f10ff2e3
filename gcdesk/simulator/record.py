"""The record of everything that crossed the wire, seen from the simulator: in memory, and in a file if asked.

Each entry is a JSON object. Frames are `{"at", "direction": "received"|"sent", "connection", "frame"}`, where
what is not JSON stands as `{"text": ...}`; all else that happened is `{"at", "event", ...}`. A line is
written and flushed before the frame leaves, so that killing the program loses nothing.
"""

import asyncio
import contextlib
import json
import logging
import os
import stat
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from .masking import mask_frame, mask_text
from .options import Clock, SimulatorError

Entry = dict[str, Any]

_LOG = logging.getLogger(__name__)
_KEPT = 20_000


def iso_time(seconds: float) -> str:
    """ISO 8601 in UTC with milliseconds, for seconds since the epoch."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Record:
    """Keeps the newest entries and writes all. Raises SimulatorError when the file cannot be opened."""

    def __init__(self, path: Path | None, clock: Clock, *, whole_tokens: bool = False) -> None:
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._clock = clock
        self._whole_tokens = whole_tokens
        self._waiting: list[tuple[Callable[[Entry], bool], asyncio.Future[Entry]]] = []
        self._file: TextIO | None = _open_private(path) if path is not None else None

    @property
    def entries(self) -> list[Entry]:
        """The newest entries, oldest first."""
        return list(self._entries)

    def now(self) -> float:
        """Seconds since the epoch, by the simulator's clock."""
        return self._clock()

    def frame(self, direction: str, connection: int, frame: Any) -> None:
        """Note a frame that was received or is about to be sent."""
        kept = frame if self._whole_tokens else mask_frame(frame)
        self._add({"direction": direction, "connection": connection, "frame": kept})

    def text(self, direction: str, connection: int, text: str) -> None:
        """Note something on the wire that is not JSON."""
        kept = text if self._whole_tokens else mask_text(text)
        self._add({"direction": direction, "connection": connection, "frame": {"text": kept}})

    def event(self, event: str, **details: Any) -> None:
        """Note something that is not a frame. Details that are None are left out."""
        self._add({"event": event, **{key: value for key, value in details.items() if value is not None}})

    async def wait_for(self, predicate: Callable[[Entry], bool], timeout: float) -> Entry:
        """The first entry, past or to come, that the predicate accepts. Raises TimeoutError."""
        for entry in self._entries:
            if predicate(entry):
                return entry
        future: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()
        waiting = (predicate, future)
        self._waiting.append(waiting)
        try:
            return await asyncio.wait_for(future, timeout)
        finally:
            self._waiting.remove(waiting)

    def close(self) -> None:
        """Close the file. Later entries are kept in memory only."""
        if self._file is not None:
            # What could not be written was reported when it happened; closing tries to flush it again.
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def _add(self, entry: Entry) -> None:
        entry = {"at": iso_time(self._clock()), **entry}
        self._entries.append(entry)
        self._write(entry)
        for predicate, future in tuple(self._waiting):
            if not future.done() and predicate(entry):
                future.set_result(entry)

    def _write(self, entry: Entry) -> None:
        if self._file is None:
            return
        try:
            # Escaped, because lone surrogates cannot be encoded, and some readers split lines at U+2028.
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
        except OSError as error:
            _LOG.error("The frames file cannot be written any more: %s", error.strerror)
            self.close()


def _open_private(path: Path) -> TextIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        raise SimulatorError(
            f"The frames file {path} cannot be written ({error.strerror}).", "Choose another file."
        ) from error
    with contextlib.suppress(OSError):
        # A file that was there before keeps its old, perhaps wider, rights unless they are taken away.
        if hasattr(os, "fchmod") and stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8", newline="\n")
