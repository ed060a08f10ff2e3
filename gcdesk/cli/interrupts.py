"""Ctrl-C and a request to end, handed to the event loop instead of breaking into it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

from gcdesk.cli.statuses import Status


@contextlib.contextmanager
def interrupts(first: Callable[[], object]) -> Iterator[None]:
    """Call `first` in the loop at the first SIGINT or SIGTERM; the second ends the program at once."""
    loop = asyncio.get_running_loop()
    seen = False

    def handle(_number: int, _frame: FrameType | None) -> None:
        nonlocal seen
        if seen:
            os._exit(Status.INTERRUPTED)
        seen = True
        # Also wakes the loop, which would otherwise sleep on until something arrives.
        loop.call_soon_threadsafe(first)

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let a request to end raise KeyboardInterrupt, as Ctrl-C does, wherever `interrupts` is not in charge."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL if before is None else before)
