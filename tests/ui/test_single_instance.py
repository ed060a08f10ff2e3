"""Two launches of the program: the second hands over what it was asked for, and leaves at once."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from gcdesk.desk.instance import Instance
from gcdesk.desk.opening import LONGEST_CALL, Call, Opening
from gcdesk.ui.single_instance import CallListener
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}

# The first launch: it says when it can be called, what it is asked for, and ends when told to.
FIRST = """
import os, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import gcdesk.ui.app as app
from gcdesk.cli.window import open_window

told = set()

def look():
    tops = QApplication.topLevelWidgets()
    if (Path(os.environ["GCDESK_CONFIG_DIR"]) / "window.address").exists():
        say("up")
    for top in tops:
        if top.isVisible() and type(top).__name__ == "OpenDialog":
            say("asked for " + top.crm_id.text())
        if top.objectName() == "gcdesk" and top.notices.text():
            say(top.notices.text())
    if wanted.is_set():
        timer.stop()
        for top in tops:
            if top.objectName() == "gcdesk":
                top.close()

def say(words):
    if words not in told:
        told.add(words)
        print(words, flush=True)

wanted = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), wanted.set()), daemon=True).start()
make_app = app.make_app

def make():
    global timer
    made = make_app()
    timer = QTimer(made, interval=10)
    timer.timeout.connect(look)
    timer.start()
    return made

app.make_app = make
sys.exit(open_window())
"""


class First:
    """The first launch."""

    def __init__(self) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-c", FIRST],
            env={**os.environ, **OFFSCREEN},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def line(self) -> str:
        assert self.popen.stdout is not None
        return self.popen.stdout.readline().rstrip("\n")

    def end(self) -> int:
        assert self.popen.stdin is not None
        self.popen.stdin.write("\n")
        self.popen.stdin.flush()
        return self.popen.wait(30)


@pytest.fixture
def first() -> Iterator[First]:
    one = First()
    with one.popen:
        yield one
        one.popen.kill()


@pytest.fixture
def folder() -> Path:
    return Path(os.environ["GCDESK_CONFIG_DIR"])


def test_a_second_launch_hands_over_and_ends(first: First, gcdesk: Gcdesk, folder: Path) -> None:
    assert first.line() == "up"
    socket = Path((folder / "window.address").read_text().strip())
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    plain = gcdesk(environment=OFFSCREEN)
    assert plain.wait() == 0
    link = gcdesk("open", "gcdesk://start?crm=CUST-7", environment=OFFSCREEN)
    assert link.wait() == 0
    assert first.line() == "asked for CUST-7"
    wrong = gcdesk("open", "gcdesk://begin", environment=OFFSCREEN)
    assert wrong.wait() == 0
    assert first.line().startswith("The link does not ask for a chat.")
    assert [one.stderr for one in (plain, link, wrong)] == ["", "", ""]
    assert first.end() == 0
    assert not socket.exists()
    assert not (folder / "window.address").exists()


def test_after_a_crash_the_next_launch_opens_the_window(first: First, gcdesk: Gcdesk, folder: Path) -> None:
    assert first.line() == "up"
    first.popen.kill()
    first.popen.wait(20)
    assert (folder / "window.address").exists()
    again = First()
    with again.popen:
        while again.line() != "up":
            pass
        assert again.end() == 0


# The listener alone


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    one = Instance(tmp_path / "own")
    assert one.claim()
    yield one
    one.free()


def call(qtbot: QtBot, address: str, sent: bytes) -> bytes:
    """Send bytes as another program would, and return the answer."""
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.connected):
        socket.connectToServer(address)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(sent)
    return bytes(socket.readAll().data())


def test_words_that_make_no_sense_are_refused(qtbot: QtBot, instance: Instance) -> None:
    listener = CallListener(instance)
    assert listener.listen()
    refused: list[object] = []
    listener.refused.connect(refused.append)
    for sent in (b"\n", b"[]\n", b'{"start": 1}\n', b"\xff\n", b"x" * (LONGEST_CALL + 1)):
        call(qtbot, instance.address(), sent)
    assert len(refused) == 5
    listener.close()


def test_a_call_may_come_in_pieces(qtbot: QtBot, instance: Instance) -> None:
    listener = CallListener(instance)
    assert listener.listen()
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.connected):
        socket.connectToServer(instance.address())
    socket.write(b'{"start": {"crm')
    socket.flush()
    with qtbot.waitSignal(listener.called) as called:
        socket.write(b'_id": "1"}}\n')
    assert called.args == [Call(opening=Opening("", "1"))]
    listener.close()


def test_whoever_stays_silent_is_let_go(
    qtbot: QtBot, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gcdesk.ui.single_instance._PATIENCE", 50)
    listener = CallListener(instance)
    assert listener.listen()
    assert call(qtbot, instance.address(), b"") == b""
    listener.close()
