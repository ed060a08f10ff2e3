"""A blocking call beside the loop hands over its result and never holds up the end."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time

import pytest

from gcdesk.desk.aside import aside
from gcdesk.errors import KeyringRefusedError


async def test_the_result_comes_from_another_thread() -> None:
    assert await aside(threading.get_ident) != threading.get_ident()


async def test_the_error_comes_through() -> None:
    def fail() -> None:
        raise KeyringRefusedError

    with pytest.raises(KeyringRefusedError):
        await aside(fail)


async def test_a_cancelled_wait_does_not_disturb_the_loop() -> None:
    release, done = threading.Event(), threading.Event()

    def slow() -> None:
        release.wait()
        done.set()

    task = asyncio.create_task(aside(slow))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    release.set()
    assert await aside(lambda: done.wait(10))


def test_a_call_that_hangs_does_not_hold_up_the_end() -> None:
    program = (
        "import asyncio, threading; from gcdesk.desk.aside import aside\n"
        "async def main():\n"
        "    task = asyncio.create_task(aside(threading.Event().wait))\n"
        "    await asyncio.sleep(0)\n"
        "asyncio.run(main())\n"
    )
    started = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=20, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert time.monotonic() - started < 10
