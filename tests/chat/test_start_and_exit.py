"""What a chat costs to import, and that no blocked name server holds a program up when it ends."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.support.places import PROJECT

_HEAVY = {"aiohttp", "h11", "truststore", "PySide6", "qasync", "keyring", "platformdirs", "click", "yarl"}

_BLOCKED = """
import asyncio, socket, threading, time
from gcdesk.chat.chat import Chat
from gcdesk.chat.target import Target
from gcdesk.guest.regions import endpoint_for_url

began = threading.Event()

def block(*_, **__):
    began.set()
    time.sleep(60)

socket.getaddrinfo = block

async def main():
    target = Target(endpoint_for_url("wss://host.test/v1"), "11111111-2222-4333-8444-555555555555")
    async with Chat(target) as chat:
        await asyncio.to_thread(began.wait)
        chat.leave()
        print([type(event).__name__ async for event in chat][-1])

RUN
print("ended")
"""

_PLAIN = "asyncio.run(main())"
_QT = """
import os
os.environ["QT_API"] = "pyside6"
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import qasync
from PySide6.QtWidgets import QApplication
application = QApplication([])
application.setQuitOnLastWindowClosed(False)
qasync.run(main())
"""


def run(program: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        timeout=50,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize("loop", [_PLAIN, _QT], ids=["asyncio", "qt"])
def test_a_name_server_that_keeps_silent_does_not_delay_the_exit(loop: str) -> None:
    start = time.monotonic()
    assert run(_BLOCKED.replace("RUN", loop)).split() == ["Ended", "ended"]
    assert time.monotonic() - start < 20


def test_what_the_first_reply_can_do_without_is_not_imported() -> None:
    program = "import sys, gcdesk.chat.chat; print(*{name.partition('.')[0] for name in sys.modules})"
    assert not _HEAVY & set(run(program).split())
