"""Replies that come while another program is in use are told of, once for each chat, and a click leads there."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gcdesk.guest import events
from gcdesk.ui.bus_notifications import BusNotifications
from gcdesk.ui.memory import NOTIFY_CHOICES, NOTIFY_NEVER, NOTIFY_PLAIN, NOTIFY_TEXT
from tests.support.secret_service import private_bus
from tests.ui.conversation import CUSTOMER, message
from tests.ui.fakes import AT, FakeBridge, until
from tests.ui.stage import UAT, Stage, stage
from tests.ui.test_settings import choose, kept, settings_of, show_page

Active, Inactive = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive


class Shown(QObject):
    """Notes what would be shown."""

    activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[str, str, str]] = []
        self.closed = False

    def show(self, key: str, title: str, body: str) -> None:
        self.all.append((key, title, body))

    def close(self) -> None:
        self.closed = True

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(title, body) for _, title, body in self.all]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> list[Qt.ApplicationState]:
    """Whether the program is in use; the last one holds."""
    states = [Inactive]
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: states[-1])
    return states


def listen(one: Stage) -> Shown:
    shown = Shown()
    one.controller.notifier._make = lambda _parent: shown
    return shown


def reply(bridge: FakeBridge, text: str = "Here it is", *, earlier: bool = False) -> None:
    bridge.tell(events.MessageAdded(AT, message(text), earlier=earlier))


async def test_a_reply_in_the_background_is_told_once(
    qtbot: QtBot, tmp_path: Path, state: list[Qt.ApplicationState]
) -> None:
    async with stage(tmp_path, UAT) as one:
        shown = listen(one)
        bridge = one.start("CUST-1")
        reply(bridge)
        reply(bridge, "And more")
        assert shown.words == [("Reply in the chat with CUST-1", "UAT")]
        state.append(Active)
        one.controller.notifier._state_changed(Active)
        reply(bridge)
        assert len(shown.all) == 1
        state.append(Inactive)
        reply(bridge)
        assert len(shown.all) == 2


async def test_own_and_earlier_messages_are_no_replies(
    qtbot: QtBot, tmp_path: Path, state: list[Qt.ApplicationState]
) -> None:
    async with stage(tmp_path, UAT) as one:
        shown = listen(one)
        bridge = one.start("CUST-1")
        bridge.tell(events.MessageAdded(AT, message("mine", sender=CUSTOMER)))
        reply(bridge, earlier=True)
        assert shown.all == []


async def test_the_text_is_shown_only_where_it_is_wished_for(
    qtbot: QtBot, tmp_path: Path, state: list[Qt.ApplicationState]
) -> None:
    async with stage(tmp_path, UAT) as one:
        shown = listen(one)
        bridge = one.start("CUST-1")
        async with settings_of(one) as dialog:
            show_page(dialog, "Notifications")
            assert dialog.notifications.notify.currentData() == NOTIFY_PLAIN
            choose(dialog.notifications.notify, NOTIFY_TEXT)
            await until(lambda: kept(one).get("notifications") == NOTIFY_TEXT)
            await until(lambda: one.controller.notifier.choice == NOTIFY_TEXT)
        reply(bridge, "Your code is\n1234 " + "x" * 500)
        ((_, body),) = shown.words
        assert body.startswith("Your code is 1234 ")
        assert len(body) <= 120
        one.controller.notifier.choose(NOTIFY_NEVER)
        reply(bridge)
        assert len(shown.all) == 1
        one.controller.notifier.choose("nonsense")
        assert one.controller.notifier.choice in NOTIFY_CHOICES


async def test_a_click_shows_the_chat(qtbot: QtBot, tmp_path: Path, state: list[Qt.ApplicationState]) -> None:
    async with stage(tmp_path, UAT) as one:
        shown = listen(one)
        first = one.start("CUST-1")
        chat = one.shown
        one.start("CUST-2")
        assert one.shown is not chat
        reply(first)
        one.window.showMinimized()
        shown.activated.emit(shown.all[0][0])
        assert one.shown is chat
        assert not one.window.isMinimized()
        one.controller.notifier.close()
        assert shown.closed


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    with (
        tempfile.TemporaryDirectory(prefix="gcdesk-bus-") as directory,
        private_bus(Path(directory)) as address,
    ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        command = [sys.executable, "-m", "tests.support.notification_server"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline()) == "ready"
            yield process
            process.kill()


def told(server: subprocess.Popen[str]) -> list[object]:
    assert server.stdout is not None
    line: list[object] = json.loads(server.stdout.readline())
    return line


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other desktops have no session bus")
def test_a_linux_desktop_shows_it_and_tells_of_the_click(qtbot: QtBot, server: subprocess.Popen[str]) -> None:
    one = BusNotifications()
    one.show("a", "Reply in the chat with <b>1</b>", "x < y & z")
    number, application, title, body, actions = told(server)
    assert (application, title) == ("gcdesk", "Reply in the chat with <b>1</b>")
    assert body == "x &lt; y &amp; z"
    assert isinstance(actions, list)
    assert actions[0] == "default"
    one.show("b", "Another", "")
    other = told(server)[0]
    assert other != number
    one.show("a", "Newer", "")
    assert told(server)[0] == number
    with qtbot.waitSignal(one.activated, timeout=5000) as caught:
        assert server.stdin is not None
        print(number, file=server.stdin, flush=True)
    assert caught.args == ["a"]
    thread = one._thread
    one.close()
    qtbot.waitUntil(lambda: not thread.is_alive())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other desktops have no session bus")
def test_one_that_was_never_needed_closes_as_well(qtbot: QtBot) -> None:
    one = BusNotifications()
    one.close()
    one.show("a", "Reply", "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other desktops have no session bus")
def test_without_a_bus_nothing_happens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    one = BusNotifications()
    one.show("a", "Reply", "")
    qtbot.waitUntil(lambda: not one._thread.is_alive())
    one.show("a", "Reply", "")
    one.close()
