"""The whole life of the program, as a program of its own on a display that shows nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytestqt.qtbot import QtBot

from gcdesk.ui.farewell import Farewell

PATIENCE = 30.0
LEAVE_WITHIN = 2.0

# A program around `run`, with a way to act inside it at a certain moment.
START = """
import os, sys, threading
from PySide6.QtCore import QTimer
import gcdesk.ui.app as app
from gcdesk.desk.environments import Environment, EnvironmentIds, Environments
from gcdesk.desk.ids import SessionIds
from gcdesk.ui.options import WindowOptions

class Lasting(SessionIds):
    backend_name = "the Secret Service"
    lasting = True

def say(text):
    print(text, flush=True)

def window():
    from PySide6.QtWidgets import QApplication
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == "gcdesk")

def use_environment(ids, **fields):
    import gcdesk.ui.life as life
    def open_book(settings):
        book = Environments(settings, ids)
        if not book.all():
            book.add(Environment("UAT", **fields), EnvironmentIds("", "11111111-2222-4333-8444-555555555555"))
            book.choose("UAT")
        return book
    life._open_book = open_book

def when_ready(act):
    def look():
        if window().launch_bar.environment_name() == "UAT":
            timer.stop()
            act()
    timer = QTimer(interval=5)
    timer.timeout.connect(look)
    make_app = app.make_app
    def make():
        made = make_app()
        timer.start()
        return made
    app.make_app = make

def start_chat():
    window().launch_bar.set_crm_id("CUST-1")
    window().launch_bar._launch()
"""

RUN = """
sys.exit(app.run(WindowOptions()))
"""


class Program:
    """A running program that tells by lines how far it is."""

    def __init__(self, popen: subprocess.Popen[str]) -> None:
        self.popen = popen

    def wait_for(self, line: str) -> None:
        assert self.popen.stdout is not None
        # A line that never comes must fail this test, not hold up all others.
        limit = threading.Timer(PATIENCE, self.popen.kill)
        limit.start()
        try:
            assert self.popen.stdout.readline().strip() == line, self.errors()
        finally:
            limit.cancel()

    def errors(self) -> list[str]:
        assert self.popen.stderr is not None
        # How long a step took says something of this machine, which may be busy.
        usual = ("This plugin does not support", "Executing <Task")
        return [line for line in self.popen.stderr if not any(words in line for words in usual)]

    def expect_clean_end(self, status: int = 0) -> None:
        begun = time.monotonic()
        assert self.popen.wait(20) == status, self.errors()
        assert time.monotonic() - begun < LEAVE_WITHIN
        assert self.errors() == []


@contextmanager
def program(before: str) -> Iterator[Program]:
    with subprocess.Popen(
        [sys.executable, "-X", "dev", "-W", "error", "-c", START + before + RUN],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as popen:
        try:
            yield Program(popen)
        finally:
            popen.kill()


def test_closing_before_the_loop_runs() -> None:
    """The code of the loop is still being loaded: a signal counts all the same."""
    before = """
from gcdesk.ui.warm_up import WarmUp
load = WarmUp._load
def slowly(self, names):
    say("loading")
    threading.Event().wait(0.3)
    load(self, names)
WarmUp._load = slowly
"""
    with program(before) as one:
        one.wait_for("loading")
        one.popen.send_signal(signal.SIGTERM)
        one.expect_clean_end()


@pytest.mark.parametrize("way", ["window", "quit", "application", "terminate", "interrupt"])
def test_every_way_to_close_ends_the_program(way: str) -> None:
    acts = {
        "window": "window().close()",
        "quit": "window().menus.quit.trigger()",
        "application": "app.QApplication.quit()",
        "terminate": "pass",
        "interrupt": "pass",
    }
    before = f"""
use_environment(Lasting(), region="mypurecloud.de")
def act():
    say("ready")
    {acts[way]}
when_ready(act)
"""
    with program(before) as one:
        one.wait_for("ready")
        if way in ("terminate", "interrupt"):
            one.popen.send_signal(signal.SIGTERM if way == "terminate" else signal.SIGINT)
        one.expect_clean_end()


def test_the_end_of_the_desktop_session_is_listened_to() -> None:
    before = """
from PySide6.QtCore import SIGNAL
use_environment(Lasting(), region="mypurecloud.de")
def act():
    say(app.QApplication.instance().receivers(SIGNAL("commitDataRequest(QSessionManager&)")))
    window().close()
when_ready(act)
"""
    with program(before) as one:
        one.wait_for("1")
        one.expect_clean_end()


def test_closing_while_the_keyring_waits_for_a_password() -> None:
    before = """
class Asking(Lasting):
    def read(self, key):
        say("asking")
        threading.Event().wait(60)
use_environment(Asking(), region="mypurecloud.de")
when_ready(start_chat)
"""
    with program(before) as one:
        one.wait_for("asking")
        one.popen.send_signal(signal.SIGTERM)
        one.expect_clean_end()


def test_closing_while_a_name_is_looked_up() -> None:
    """A dead name server keeps a resolver waiting for half a minute."""
    before = """
import socket
# Two threads look names up at once, and their lines would mix.
first = threading.Lock()
def getaddrinfo(*arguments, **options):
    if first.acquire(blocking=False):
        say("resolving")
    threading.Event().wait(60)
socket.getaddrinfo = getaddrinfo
use_environment(Lasting(), region="mypurecloud.de")
when_ready(start_chat)
"""
    with program(before) as one:
        one.wait_for("resolving")
        one.popen.send_signal(signal.SIGTERM)
        one.expect_clean_end()


def test_closing_while_a_chat_will_not_end() -> None:
    """A task that swallows its first cancellation is cut off by the second."""
    before = """
import asyncio
import gcdesk.ui.launch as launch
class Stubborn:
    async def __aenter__(self):
        return self
    async def __aexit__(self, *_):
        try:
            await asyncio.sleep(60)
        finally:
            say("cut off")
    async def __aiter__(self):
        say("chatting")
        await asyncio.sleep(60)
        yield
def prepare(self, *_, **__):
    async def make():
        return Stubborn()
    return make
launch.Launcher.prepare = prepare
use_environment(Lasting(), region="mypurecloud.de")
when_ready(start_chat)
"""
    with program(before) as one:
        one.wait_for("chatting")
        one.popen.send_signal(signal.SIGTERM)
        one.wait_for("cut off")
        one.expect_clean_end()


def test_closing_while_the_simulator_starts() -> None:
    before = """
class Slow:
    def start(self):
        say("starting")
        threading.Event().wait(60)
    def stop(self):
        pass
WindowOptions = lambda: __import__("gcdesk.ui.options").ui.options.WindowOptions(Slow, demo=True)
"""
    with program(before) as one:
        one.wait_for("starting")
        one.popen.send_signal(signal.SIGTERM)
        one.expect_clean_end()


def test_a_simulator_that_cannot_start_is_told_at_once() -> None:
    before = """
from gcdesk.errors import DeskError
class Taken:
    def start(self):
        raise DeskError("Port 80 is already in use.", "Choose another port.")
    def stop(self):
        pass
WindowOptions = lambda: __import__("gcdesk.ui.options").ui.options.WindowOptions(Taken, demo=True)
def look():
    if window().notices.text():
        say(window().notices.text())
        window().close()
        timer.stop()
timer = QTimer(interval=5)
timer.timeout.connect(look)
make_app = app.make_app
def make():
    made = make_app()
    timer.start()
    return made
app.make_app = make
"""
    with program(before) as one:
        one.wait_for("Port 80 is already in use. Choose another port.")
        one.expect_clean_end()


def test_a_farewell_is_told_once_and_to_whoever_comes_later(qtbot: QtBot) -> None:
    farewell = Farewell()
    try:
        told: list[str] = []
        farewell.wish()
        farewell.wish()
        farewell.listen(lambda: told.append("late"))
        assert told == ["late"]
    finally:
        farewell.restore_signals()


def test_signals_are_given_back(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGTERM)
    farewell = Farewell()
    assert signal.getsignal(signal.SIGTERM) != before
    farewell.restore_signals()
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_signal_reaches_an_idle_qt_loop(qtbot: QtBot) -> None:
    farewell = Farewell()
    told: list[None] = []
    farewell.listen(lambda: told.append(None))
    try:
        with farewell.awake():
            signal.raise_signal(signal.SIGTERM)
            qtbot.waitUntil(lambda: bool(told), timeout=5000)
    finally:
        farewell.restore_signals()
