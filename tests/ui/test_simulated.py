"""The built-in simulator, as the window keeps it."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from gcdesk.errors import DeskError
from gcdesk.ui.simulated import SimulatorKeeper


class Handle:
    """A simulator that starts when a test lets it."""

    def __init__(self, *, refuses: bool = False, holds: bool = False) -> None:
        self.refuses = refuses
        self.may_start, self.may_stop = threading.Event(), threading.Event()
        if not holds:
            self.may_start.set()
            self.may_stop.set()
        self.thread = ""
        self.started = self.stopped = 0

    def start(self) -> tuple[str, str]:
        self.thread = threading.current_thread().name
        self.may_start.wait(30)
        if self.refuses:
            raise DeskError("Port 80 is already in use.", "Choose another.")
        self.started += 1
        return "ws://127.0.0.1:1234/v1", "a-deployment"

    def platform(self) -> tuple[str, str, str]:
        return "a-client", "a-secret", "an-org"

    def stop(self) -> None:
        self.may_stop.wait(30)
        self.stopped += 1


async def test_it_starts_once_for_all_who_ask_and_beside_the_window(qtbot: QtBot) -> None:
    made: list[Handle] = []

    def make() -> Handle:
        made.append(Handle())
        return made[-1]

    keeper = SimulatorKeeper(make)
    assert not made
    both = await asyncio.gather(keeper.address(), keeper.address())
    assert set(both) == {("ws://127.0.0.1:1234/v1", "a-deployment")}
    assert len(made) == made[0].started == 1
    assert made[0].thread != threading.main_thread().name
    await keeper.stop()
    assert made[0].stopped == 1


async def test_a_start_that_failed_is_tried_again(qtbot: QtBot) -> None:
    handles = [Handle(refuses=True), Handle()]
    keeper = SimulatorKeeper(lambda: handles.pop(0))
    with pytest.raises(DeskError, match="Port 80"):
        await keeper.address()
    assert (await keeper.address())[1] == "a-deployment"
    await keeper.stop()


async def test_giving_up_waiting_leaves_the_start_alone(qtbot: QtBot) -> None:
    handle = Handle(holds=True)
    keeper = SimulatorKeeper(lambda: handle)
    impatient = asyncio.create_task(keeper.address())
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    handle.may_start.set()
    handle.may_stop.set()
    await keeper.address()
    assert handle.started == 1
    await keeper.stop()


async def test_stopping_never_waits_long(qtbot: QtBot) -> None:
    handle = Handle(holds=True)
    handle.may_start.set()
    keeper = SimulatorKeeper(lambda: handle)
    await keeper.address()
    begun = time.monotonic()
    await keeper.stop()
    assert time.monotonic() - begun < 1.5
    handle.may_stop.set()


async def test_stopping_what_never_ran_does_nothing(qtbot: QtBot) -> None:
    keeper = SimulatorKeeper(lambda: pytest.fail("nobody asked for it"))
    await keeper.stop()
