"""Reports of what went wrong inside gcdesk itself, for the person who has to tell somebody about it.

Three things can happen: an error that nobody expected while the program goes on, a crash that Python can still write
down, and an end without a word, by a power cut for example. The last two are found at the next start.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib.metadata
import os
import platform
import traceback
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gcdesk import __version__
from gcdesk.desk.files import make_private_directory, write_whole
from gcdesk.desk.history_file import history_path
from gcdesk.desk.locks import try_lock

FOLDER_NAME = "crashes"
MOST_KEPT = 20
"""Reports kept; the oldest go first."""

_LONGEST = 200_000
_MARK = "run-"
_REPORT = "report-"


@dataclass(frozen=True, slots=True)
class EarlierEnd:
    """A run that did not end properly.

    Args:
        at: When it began, in UTC; None if not even that was written.
        report: The report of its crash; None where it ended without a word.
        text: What stands in the report, masked.
    """

    at: datetime | None
    report: Path | None
    text: str = ""


def crash_folder() -> Path:
    """Where reports are kept: beside the history."""
    return history_path().parent / FOLDER_NAME


def report_of(error: BaseException) -> str:
    """A report of an error that nobody expected: versions and where it happened, with everything secret masked."""
    return _report("".join(traceback.format_exception(error)))


def save_report(text: str, folder: Path | None = None) -> Path:
    """Write a report for its owner only, and delete the oldest where there are too many. Raises OSError."""
    folder = folder or crash_folder()
    make_private_directory(folder)
    now = datetime.now(UTC)
    path = folder / f"{_REPORT}{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}.txt"
    write_whole(path, text)
    reports = sorted(folder.glob(f"{_REPORT}*.txt"))
    for old in reports[:-MOST_KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


class RunWatch:
    """Marks that the program runs, so that the next start can tell whether it ended properly.

    Args:
        folder: Where marks and reports are; `crash_folder()` if left out.
        traces: Whether a crash is written down from then on; there can be one such place in a program.
    """

    def __init__(self, folder: Path | None = None, *, traces: bool = True) -> None:
        self._folder = folder or crash_folder()
        self._traces = traces
        self._mark: Path | None = None
        self._descriptor = -1

    def begin(self) -> list[EarlierEnd]:
        """Look how earlier runs ended, make this run's mark, and have a crash written into it.

        Returns:
            The runs that did not end properly, each told once; those that still run are none of them.

        Raises:
            OSError: The mark cannot be made.
        """
        make_private_directory(self._folder)
        earlier = [end for mark in sorted(self._folder.glob(f"{_MARK}*.txt")) if (end := self._look_at(mark))]
        self._mark = self._folder / f"{_MARK}{os.getpid()}-{uuid.uuid4().hex[:8]}.txt"
        self._descriptor = os.open(self._mark, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try_lock(self._descriptor)
        os.write(self._descriptor, f"{datetime.now(UTC).isoformat()}\n".encode())
        if self._traces:
            faulthandler.enable(self._descriptor)
        return earlier

    def end(self) -> None:
        """The program ends properly."""
        if self._mark is None:
            return
        if self._traces:
            faulthandler.disable()
        os.close(self._descriptor)
        with contextlib.suppress(OSError):
            self._mark.unlink()
        self._mark = None

    def _look_at(self, mark: Path) -> EarlierEnd | None:
        try:
            descriptor = os.open(mark, os.O_RDWR)
        except OSError:
            return None
        try:
            if not try_lock(descriptor):
                # It runs.
                return None
            text = os.read(descriptor, _LONGEST).decode("utf-8", "replace")
        except OSError:
            return None
        finally:
            os.close(descriptor)
        with contextlib.suppress(OSError):
            mark.unlink()
        first, _, rest = text.partition("\n")
        return self._told(_time(first), rest.strip())

    def _told(self, began: datetime | None, trace: str) -> EarlierEnd:
        if not trace:
            return EarlierEnd(began, None)
        text = _report(trace)
        try:
            return EarlierEnd(began, save_report(text, self._folder), text)
        except OSError:
            return EarlierEnd(began, None, text)


def _report(trace: str) -> str:
    from gcdesk.guest.masking import mask_text

    try:
        qt = importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        qt = "not installed"
    head = [
        f"gcdesk {__version__}",
        f"Python {platform.python_version()}",
        f"PySide6 {qt}",
        platform.platform(),
        f"Reported {datetime.now(UTC).isoformat(timespec='seconds')}",
    ]
    return "\n".join([*head, "", mask_text(trace)]).rstrip() + "\n"


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
