"""The wish to end the program, from wherever it comes: a window, a menu, a signal."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType

from PySide6.QtCore import QSocketNotifier

_SIGNALS = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)


class Farewell:
    """Remembers the wish until somebody listens, and tells them once.

    Signals are taken from the moment this is made, so that not even a Ctrl-C before the loop runs ends in a
    traceback.
    """

    def __init__(self) -> None:
        self.wished = False
        self._listener: Callable[[], None] | None = None
        self._before = {number: signal.signal(number, self._signalled) for number in _SIGNALS}

    def wish(self, *_: object) -> None:
        """End the program."""
        if not self.wished:
            self.wished = True
            if self._listener is not None:
                self._listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` at the wish; at once if it was made already."""
        self._listener = listener
        if self.wished:
            listener()

    def restore_signals(self) -> None:
        """Give the signals back to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    @contextlib.contextmanager
    def awake(self) -> Iterator[None]:
        """Let signals through while the Qt loop sleeps, for as long as the block runs."""
        # Not at the top: the first window has no use for it.
        import socket

        # Python runs a handler only between two of its own instructions, and an idle Qt loop executes none.
        reading, writing = socket.socketpair()
        with reading, writing:
            reading.setblocking(False)
            writing.setblocking(False)
            notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
            notifier.activated.connect(lambda: reading.recv(64))
            before = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
            try:
                yield
            finally:
                signal.set_wakeup_fd(before)
                notifier.setEnabled(False)

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self.wish()
