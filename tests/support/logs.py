"""Fails a test that makes a log record of level warning or above which it does not name."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class _Recorder(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            line += f" ({record.exc_info[1]!r})"
        self.lines.append(line)


@contextmanager
def no_unexpected_logs(expected: tuple[str, ...] | None) -> Iterator[None]:
    """Watch the root logger while the block runs.

    Args:
        expected: Regular expressions for "LEVEL logger: message". Each must be met, and each record must meet
            one. None means that no record is expected, an empty tuple that any is.

    Raises:
        pytest.fail.Exception: A record was not expected, or an expected one did not come.
    """
    recorder = _Recorder()
    root = logging.getLogger()
    root.addHandler(recorder)
    try:
        yield
    finally:
        root.removeHandler(recorder)
    if expected == ():
        return
    patterns = expected or ()
    strange = [line for line in recorder.lines if not any(re.search(p, line) for p in patterns)]
    if strange:
        pytest.fail("Unexpected log records:\n" + "\n".join(strange), pytrace=False)
    missing = [p for p in patterns if not any(re.search(p, line) for line in recorder.lines)]
    if missing:
        pytest.fail("Expected log records did not come:\n" + "\n".join(missing), pytrace=False)
