"""Runs the `gcdesk` command as a program of its own and reads its lines as they come."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import IO, Any


class GcdeskProcess:
    """One running `gcdesk` command.

    Args:
        arguments: What follows `gcdesk`.
        environment: Variables set on top of the test's own.
        stdin: Text for its standard input, which is closed after it.
    """

    def __init__(
        self, *arguments: str, environment: Mapping[str, str] | None = None, stdin: str | None = None
    ) -> None:
        self.arguments = arguments
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "gcdesk", *arguments],
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._popen.stdin is not None
        if stdin is not None:
            self._popen.stdin.write(stdin)
        self._popen.stdin.close()
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._out: list[str] = []
        self._err: list[str] = []
        self._readers = [
            threading.Thread(
                target=self._read, args=(self._popen.stdout, self._out, self._lines), daemon=True
            ),
            threading.Thread(target=self._read, args=(self._popen.stderr, self._err, None), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    @staticmethod
    def _read(stream: IO[str], kept: list[str], lines: queue.Queue[str | None] | None) -> None:
        with stream:
            for line in stream:
                kept.append(line)
                if lines is not None:
                    lines.put(line.rstrip("\n"))
        if lines is not None:
            lines.put(None)

    @property
    def pid(self) -> int:
        """The process ID."""
        return self._popen.pid

    @property
    def stdout(self) -> str:
        """All of standard output so far."""
        return "".join(self._out)

    @property
    def stderr(self) -> str:
        """All of standard error so far."""
        return "".join(self._err)

    @property
    def running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._popen.poll() is None

    def line(self, timeout: float = 20.0) -> str:
        """Return the next line of standard output, waiting for it.

        Raises:
            AssertionError: None came within `timeout` seconds, or output ended; says all that was printed.
        """
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(self._account(f"printed nothing for {timeout:g} s")) from None
        if line is None:
            self._lines.put(None)
            raise AssertionError(self._account("ended its output"))
        return line

    def line_with(self, text: str, timeout: float = 20.0) -> str:
        """Return the next line of standard output that contains `text`; raises like `line`."""
        deadline = time.monotonic() + timeout
        while True:
            line = self.line(max(0.0, deadline - time.monotonic()))
            if text in line:
                return line

    def event(self, name: str, timeout: float = 20.0) -> dict[str, Any]:
        """Return the next JSON line whose `event` is `name`; raises like `line`."""
        deadline = time.monotonic() + timeout
        while True:
            value = json.loads(self.line(max(0.0, deadline - time.monotonic())))
            if isinstance(value, dict) and value.get("event") == name:
                return value

    def wait(self, timeout: float = 30.0) -> int:
        """Wait for the end and return the exit status; output is complete then.

        Raises:
            AssertionError: It still runs after `timeout` seconds.
        """
        try:
            status = self._popen.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(self._account(f"did not end within {timeout:g} s")) from None
        for reader in self._readers:
            reader.join(10)
        return status

    def interrupt(self) -> None:
        """Do what Ctrl-C in a terminal does."""
        self._popen.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)

    def terminate(self) -> None:
        """Ask it to end, as the system does when a person logs out."""
        self._popen.terminate()

    def kill(self) -> None:
        """End it at once if it still runs."""
        if self.running:
            self._popen.kill()
        self.wait(10)

    def _account(self, what: str) -> str:
        status = "running" if self.running else f"exit status {self._popen.poll()}"
        said = f"--- stdout\n{self.stdout}--- stderr\n{self.stderr}"
        return f"gcdesk {' '.join(self.arguments)} {what} ({status})\n{said}"
