"""A lock between programs, held through a file that stays empty."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 10.0
_PAUSE = 0.02


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold the lock while the block runs; the system frees it even if the program is killed.

    Raises:
        OSError: The file cannot be made, or another program has held the lock for 10 seconds.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + _PATIENCE
        while not try_lock(descriptor):
            if time.monotonic() > deadline:
                raise TimeoutError(0, "another program holds it")
            time.sleep(_PAUSE)
        yield
    finally:
        # Closing frees the lock.
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Whether the lock of an open file is this program's now; closing the file frees it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Whether the lock of an open file is this program's now; closing the file frees it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
