"""Runs the `gcdesk` command on a terminal of its own, as a person does."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self


class Terminal:
    """One running `gcdesk` command on a pseudo terminal (POSIX only).

    Args:
        arguments: What follows `gcdesk`.
        environment: Variables set on top of the test's own.
    """

    def __init__(self, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        ours, theirs = os.openpty()
        self._ours = ours
        self._seen = ""
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gcdesk", *arguments],
                env={**os.environ, "PYTHONUTF8": "1", "TERM": "dumb", **(environment or {})},
                stdin=theirs,
                stdout=theirs,
                stderr=theirs,
                start_new_session=True,
            )
        finally:
            os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
        os.close(self._ours)

    @property
    def pid(self) -> int:
        """The process ID."""
        return self._process.pid

    @property
    def seen(self) -> str:
        """Everything on the screen so far."""
        return self._seen

    def write(self, text: str) -> None:
        """Type something."""
        os.write(self._ours, text.encode())

    def read_until(self, text: str, timeout: float = 20.0) -> str:
        """Read until `text` stands on the screen; return all that stands there.

        Raises:
            AssertionError: It did not come in `timeout` seconds, or the program ended without it.
        """
        deadline = time.monotonic() + timeout
        while text not in self._seen:
            readable, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
            try:
                chunk = os.read(self._ours, 4096) if readable else b""
            except OSError:
                # What Linux answers when the other side is gone.
                chunk = b""
            assert chunk, f"{text!r} did not come:\n{self._seen}"
            self._seen += chunk.decode("utf-8", "replace")
        return self._seen

    def wait(self, timeout: float = 20.0) -> int:
        """Wait for the end and return the exit status."""
        return self._process.wait(timeout)
