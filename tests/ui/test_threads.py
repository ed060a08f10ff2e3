"""Blocking calls beside the window."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from gcdesk.ui.threads import DaemonExecutor


async def test_results_and_errors_come_back(qtbot: QtBot) -> None:
    asyncio.get_running_loop().set_default_executor(DaemonExecutor())
    assert await asyncio.to_thread(lambda: threading.current_thread().daemon)
    with pytest.raises(ZeroDivisionError):
        await asyncio.to_thread(lambda: 1 / 0)


HANGING = """
import os, sys, threading
os.environ["QT_API"] = "pyside6"
import asyncio
import qasync
from PySide6.QtWidgets import QApplication
from gcdesk.ui.threads import DaemonExecutor

async def main():
    asyncio.get_running_loop().set_default_executor(DaemonExecutor())
    begun = threading.Event()
    task = asyncio.create_task(asyncio.to_thread(lambda: (begun.set(), threading.Event().wait(60))))
    while not begun.is_set():
        await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print("ending", flush=True)

app = QApplication([])
with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
    runner.run(main())
"""


def test_a_call_that_never_returns_does_not_hold_the_exit() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "ending"
        ending = time.monotonic()
        assert program.wait(10) == 0
        assert time.monotonic() - ending < 2
        assert program.stderr is not None
        assert [line for line in program.stderr if "propagateSizeHints" not in line] == []
