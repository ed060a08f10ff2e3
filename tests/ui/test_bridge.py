"""The bridge: events go up, wishes go down, and its task never outlives the program."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gcdesk.errors import GcdeskError, KeyringRefusedError, WishError
from gcdesk.guest import events
from gcdesk.guest.states import State
from gcdesk.ui.bridge import ChatBridge
from tests.ui.fakes import AT, FakeChat, until


class Watched:
    """A bridge and everything it said."""

    def __init__(self, group: asyncio.TaskGroup, prepare: Callable[[], Awaitable[Any]]) -> None:
        self.bridge = ChatBridge(group.create_task, prepare)
        self.happened: list[object] = []
        self.failed: list[GcdeskError] = []
        self.finished = 0
        self.bridge.happened.connect(self.happened.append)
        self.bridge.failed.connect(self.failed.append)
        self.bridge.finished.connect(self._finish)

    def _finish(self) -> None:
        self.finished += 1


def ready(chat: FakeChat) -> Callable[[], Awaitable[FakeChat]]:
    async def prepare() -> FakeChat:
        return chat

    return prepare


async def test_events_go_up_in_order_and_the_end_is_told_once(qtbot: QtBot) -> None:
    told = [events.StateChanged(AT, State.CONNECTING, State.IDLE), events.RoundTrip(AT, 0.1)]
    chat = FakeChat(*told)
    async with asyncio.TaskGroup() as group:
        watched = Watched(group, ready(chat))
        watched.bridge.start()
        watched.bridge.start()
        await until(lambda: len(watched.happened) == 2)
        assert watched.bridge.running
        assert watched.finished == 0
        chat.coming.put_nowait(None)
    assert watched.happened == told
    assert (watched.finished, watched.failed, watched.bridge.running) == (1, [], False)
    assert chat.left


async def test_wishes_go_down_to_the_chat(qtbot: QtBot) -> None:
    chat = FakeChat()
    async with asyncio.TaskGroup() as group:
        watched = Watched(group, ready(chat))
        watched.bridge.start()
        await until(lambda: chat.entered)
        bridge = watched.bridge
        assert bridge.say("Hello") == "key-1"
        bridge.join()
        bridge.typing()
        bridge.echo()
        bridge.clear()
        bridge.set_attributes({"crmCustomerId": "7"})
        bridge.resend("a")
        bridge.withdraw("b")
        bridge.leave()
    assert [wish for wish, _ in chat.asked] == [
        *("say", "join", "typing", "echo", "clear", "attributes", "resend", "withdraw", "leave")
    ]
    assert isinstance(watched.happened[-1], events.Ended)


async def test_wishes_without_a_chat_are_refused_and_typing_is_forgotten(qtbot: QtBot) -> None:
    async with asyncio.TaskGroup() as group:
        bridge = Watched(group, ready(FakeChat())).bridge
        for wish in (
            lambda: bridge.say("Hello"),
            bridge.join,
            bridge.clear,
            lambda: bridge.resend("a"),
            lambda: bridge.withdraw("a"),
            lambda: bridge.set_attributes({}),
        ):
            with pytest.raises(WishError):
                wish()
        bridge.typing()
        bridge.echo()
        bridge.leave()
        bridge.cancel()


async def test_what_keeps_a_chat_from_starting_is_told(qtbot: QtBot) -> None:
    refused = KeyringRefusedError()

    async def prepare() -> FakeChat:
        raise refused

    async with asyncio.TaskGroup() as group:
        watched = Watched(group, prepare)
        watched.bridge.start()
    assert (watched.failed, watched.happened, watched.finished) == ([refused], [], 1)


@pytest.mark.expected_logs("ERROR gcdesk.ui.bridge: A chat ended because of a bug")
async def test_a_bug_in_one_chat_leaves_the_others_alone(qtbot: QtBot) -> None:
    async def prepare() -> FakeChat:
        raise ZeroDivisionError

    other = FakeChat()
    async with asyncio.TaskGroup() as group:
        broken, sound = Watched(group, prepare), Watched(group, ready(other))
        broken.bridge.start()
        sound.bridge.start()
        await until(lambda: broken.finished and other.entered)
        assert sound.bridge.running
        other.coming.put_nowait(None)
    assert broken.failed[0].detail == "ZeroDivisionError"


async def test_cancelling_says_goodbye_from_any_state(qtbot: QtBot) -> None:
    chat = FakeChat()
    async with asyncio.TaskGroup() as group:
        watched = Watched(group, ready(chat))
        watched.bridge.start()
        await until(lambda: chat.entered)
        watched.bridge.cancel()
    assert chat.left
    assert (watched.finished, watched.failed) == (1, [])


async def test_leaving_while_the_keyring_is_asked_gives_up(qtbot: QtBot) -> None:
    asked = asyncio.Event()

    async def prepare() -> FakeChat:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with asyncio.TaskGroup() as group:
        watched = Watched(group, prepare)
        watched.bridge.start()
        await asked.wait()
        watched.bridge.leave()
    assert (watched.finished, watched.failed) == (1, [])


async def test_a_burst_of_events_gives_the_window_its_turns(qtbot: QtBot) -> None:
    """Ten thousand events that are all there at once must not hold up a timer for long."""
    chat = FakeChat(*[events.RoundTrip(AT, 0.1)] * 10_000)
    chat.coming.put_nowait(None)
    ticks: list[float] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    async with asyncio.TaskGroup() as group:
        watched = Watched(group, ready(chat))
        work = time.monotonic()
        watched.bridge.happened.connect(lambda _event: sum(range(300)))
        timer.start()
        watched.bridge.start()
        await until(lambda: watched.finished)
        took = time.monotonic() - work
    timer.stop()
    assert len(watched.happened) == 10_000
    assert len(ticks) >= took / 0.05
