"""Files of one person: readable by nobody else, and whole at every moment."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def make_private_directory(directory: Path) -> None:
    """Make the directory, for its owner only, unless it is there. Raises OSError."""
    # A directory that was there before is the person's own business and keeps its rights.
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step, as UTF-8 and for its owner only: it is the old one or the new one, never half.

    Raises:
        OSError: It cannot be written; nothing is left behind.
    """
    # Through a symbolic link, so that a file kept elsewhere stays there.
    target = path.resolve()
    # mkstemp makes the file readable by its owner only.
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _sync_directory(target.parent)


def free_name(path: Path) -> Path:
    """A name that nothing has yet, for a damaged file to be kept under: settings.damaged-1.json for example."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _sync_directory(directory: Path) -> None:
    """Make the new name survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
