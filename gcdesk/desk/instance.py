"""Which run of the program has the window, and where it can be called.

The law of this file: the lock decides, not the address. A killed window frees its lock at once, so nobody is ever
kept out by what a crash left behind.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from gcdesk.desk.files import make_private_directory, write_whole
from gcdesk.desk.locks import try_lock

_LOCK, _ADDRESS = "window.lock", "window.address"
_SOCKET = "window.socket"
_LONGEST_ADDRESS = 1024
# The shortest room that a system gives a socket's path, less what Qt puts behind it while it binds.
_LONGEST_PATH = 80


class Instance:
    """The one window of a settings folder.

    Args:
        folder: The folder with the settings, which has an owner and one window.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None
        self._made: Path | None = None

    def claim(self) -> bool:
        """Whether this run has the window now. Raises OSError if the folder cannot be used."""
        make_private_directory(self._folder)
        descriptor = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            claimed = try_lock(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        if not claimed:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        # What an earlier run left there leads nowhere.
        with contextlib.suppress(OSError):
            (self._folder / _ADDRESS).unlink()
        return True

    def address(self) -> str:
        """Where the window that is open can be called; empty while it cannot be."""
        try:
            with (self._folder / _ADDRESS).open(encoding="utf-8") as file:
                return file.read(_LONGEST_ADDRESS).strip()
        except (OSError, ValueError):
            return ""

    def place_for_socket(self) -> str:
        """A path for a socket, in a folder that only its owner can enter. Raises OSError."""
        path = self._folder / _SOCKET
        if len(os.fsencode(path)) > _LONGEST_PATH or self._folder.stat().st_mode & 0o077:
            self._made = Path(tempfile.mkdtemp(prefix="gcdesk-"))
            path = self._made / _SOCKET
        return str(path)

    def publish(self, address: str) -> None:
        """Say where the window can be called. Raises OSError."""
        write_whole(self._folder / _ADDRESS, address + "\n")

    def free(self) -> None:
        """Let another run have the window."""
        if self._descriptor is None:
            return
        with contextlib.suppress(OSError):
            (self._folder / _ADDRESS).unlink()
        if self._made is not None:
            with contextlib.suppress(OSError):
                self._made.rmdir()
        os.close(self._descriptor)
        self._descriptor = None
