"""A file that is being written: hidden until it is whole, then under its own name, or gone without a trace.

Everything here blocks and belongs in a thread. A lock makes the steps follow one another, so that whoever gives up in
the middle of one can clean up at once.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gcdesk.errors import FileNotSavedError
from gcdesk.guest.file_names import numbered
from gcdesk.phrase import Phrase

_MOST_NAMES = 1000
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC})


class PartFile:
    """Bytes on their way into a folder, readable by their owner only.

    Nothing is on the disk before the first bytes. The methods raise FileNotSavedError where nothing can be written.

    Args:
        folder: An existing folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._done = False
        self._path = folder
        self._file: BinaryIO | None = None

    def write(self, data: bytes) -> None:
        """Add bytes; nothing once it was discarded."""
        with self._lock:
            if not self._done:
                with _named_failures():
                    self._opened().write(data)

    def finish(self, name: str) -> Path:
        """Give the file its name, or the first free one like it, and return where it is.

        Args:
            name: A safe name; an existing file of that name is left alone.
        """
        with self._lock:
            if self._done:
                raise FileNotSavedError
            with _named_failures():
                file = self._opened()
                file.flush()
                os.fsync(file.fileno())
                file.close()
                place = self._take_name(name)
            self._done = True
        _settle(self._folder)
        return place

    def discard(self) -> None:
        """Leave nothing behind, unless it was finished; never raises."""
        with self._lock:
            if self._done:
                return
            self._done = True
            if self._file is None:
                return
            with contextlib.suppress(OSError):
                self._file.close()
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _opened(self) -> BinaryIO:
        if self._file is None:
            number, path = tempfile.mkstemp(prefix=".gcdesk-", suffix=".part", dir=self._folder)
            self._path, self._file = Path(path), os.fdopen(number, "wb")
        return self._file

    def _take_name(self, name: str) -> Path:
        for number in range(1, _MOST_NAMES):
            place = self._folder / (name if number == 1 else numbered(name, number))
            try:
                # Taking the name first is the one way, on every system, never to write over anybody's file.
                os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                continue
            try:
                self._path.replace(place)
            except BaseException:
                with contextlib.suppress(OSError):
                    place.unlink()
                raise
            return place
        raise FileNotSavedError(
            Phrase("There are too many files named like {name}.", name=name), "Choose another folder."
        )


def _settle(folder: Path) -> None:
    """Let the name survive a crash, where the system can promise that."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _not_saved(error) from error


def _not_saved(error: OSError) -> FileNotSavedError:
    if error.errno in _NO_ROOM:
        return FileNotSavedError(
            "There is no room for the file.", "Free some space, or choose another folder."
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileNotSavedError("The folder for the file is not there.", "Choose another folder.")
    if isinstance(error, PermissionError):
        return FileNotSavedError("The folder may not be written.", "Choose another folder.")
    return FileNotSavedError(detail=error.strerror or "")
