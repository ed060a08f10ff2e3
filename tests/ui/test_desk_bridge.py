"""The book of environments, asked by the window: never in its own thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gcdesk.desk.environments import Environment, EnvironmentIds, Environments
from gcdesk.desk.ids import SessionIds
from gcdesk.desk.settings import Settings
from gcdesk.errors import (
    EnvironmentInputError,
    GcdeskError,
    KeyringUnavailableError,
    LimitInputError,
    SettingsError,
)
from gcdesk.guest.limits import Limits
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.shelf import Kept, KeyringLook, Shelf, simulator_item
from tests.ui.fakes import until

DEPLOYMENT = "11111111-2222-4333-8444-555555555555"
UAT = Environment("UAT", region="mypurecloud.de", colour="green")
IDS = EnvironmentIds("", DEPLOYMENT)


class Ids(SessionIds):
    """IDs that last, in memory; a test can hold them up or make them fail."""

    backend_name = "the Secret Service"
    lasting = True

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[str] = set()
        self.gate = threading.Event()
        self.gate.set()
        self.error: GcdeskError | None = None

    def _ask(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.gate.wait(30)
        if self.error is not None:
            raise self.error

    def read(self, key: str) -> EnvironmentIds | None:
        self._ask()
        return super().read(key)

    def write(self, key: str, ids: EnvironmentIds) -> None:
        self._ask()
        super().write(key, ids)


class Desk:
    """A bridge over a real book, and everything it said."""

    def __init__(self, group: asyncio.TaskGroup, path: Path, *, always_simulator: bool = False) -> None:
        self.ids = Ids()
        self.book = Environments(Settings(path), self.ids)
        self.bridge = DeskBridge(
            group.create_task, lambda: self.book, simulator_item(), always_simulator=always_simulator
        )
        self.shelves: list[Shelf] = []
        self.looks: list[KeyringLook] = []
        self.notices: list[str] = []
        self.errors: list[GcdeskError] = []
        self.done: list[Any] = []
        self.failed: list[GcdeskError] = []
        self.bridge.shelf_changed.connect(self.shelves.append)
        self.bridge.keyring_seen.connect(self.looks.append)
        self.bridge.noticed.connect(self.notices.append)
        self.bridge.failed.connect(self.errors.append)

    @property
    def answers(self) -> tuple[Any, Any]:
        return self.done.append, self.failed.append

    def names(self) -> list[str]:
        return [item.name for item in self.shelves[-1].items]


@asynccontextmanager
async def desk(path: Path, *, always_simulator: bool = False) -> AsyncIterator[Desk]:
    async with asyncio.TaskGroup() as group:
        yield Desk(group, path, always_simulator=always_simulator)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


async def test_a_first_run_offers_the_simulator(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.bridge.load()
    assert one.names() == ["Built-in simulator"]
    assert one.shelves[-1].chosen == "Built-in simulator"
    assert one.shelves[-1].items[0].simulated


async def test_a_chat_asks_for_the_limits_of_the_settings(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        assert await one.bridge.limits() == Limits()
        one.book.settings.set("limits", {"message_burst": 1})
        assert await one.bridge.limits() == Limits(message_burst=1)
        one.book.settings.set("limits", {"message_burst": 0})
        with pytest.raises(LimitInputError, match="message_burst"):
            await one.bridge.limits()


async def test_an_added_environment_is_kept_and_chosen(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.bridge.add(UAT, IDS, *one.answers)
        await until(lambda: one.done)
        assert one.names() == ["UAT", "Built-in simulator"]
        assert one.shelves[-1].chosen == "UAT"
        found, ids, _ = await one.bridge.find("uat")
        assert (found.place, ids) == ("mypurecloud.de", IDS)
    assert threading.main_thread().name not in one.ids.threads
    assert not one.failed
    async with desk(path) as again:
        again.bridge.load()
    assert again.shelves[-1].chosen == "UAT"
    assert DEPLOYMENT not in path.read_text(encoding="utf-8")


async def test_the_simulator_can_be_chosen_for_good(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.bridge.add(UAT, IDS, *one.answers)
        await until(lambda: one.done)
        one.bridge.choose("Built-in simulator")
    async with desk(path) as two:
        two.bridge.load()
        await until(lambda: two.shelves)
        two.bridge.choose("UAT")
    assert two.shelves[-1].chosen == "Built-in simulator"
    async with desk(path) as three:
        three.bridge.load()
    assert three.shelves[-1].chosen == "UAT"


async def test_the_demo_opens_on_the_simulator_whatever_was_chosen(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.bridge.add(UAT, IDS, *one.answers)
    async with desk(path, always_simulator=True) as demo:
        demo.bridge.load()
    assert demo.names() == ["UAT", "Built-in simulator"]
    assert demo.shelves[-1].chosen == "Built-in simulator"


async def test_nothing_can_take_the_simulators_name(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.bridge.add(Environment("built-in SIMULATOR", region="mypurecloud.de"), IDS, *one.answers)
    assert isinstance(one.failed[0], EnvironmentInputError)
    assert not one.done


async def test_edit_remove_and_list(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.bridge.add(UAT, IDS, *one.answers)
        await until(lambda: len(one.done) == 1)
        one.bridge.edit("UAT", Environment("Test", region="mypurecloud.ie"), None, *one.answers)
        await until(lambda: len(one.done) == 2)
        assert one.names() == ["Test", "Built-in simulator"]
        one.bridge.read_ids("Test", *one.answers)
        await until(lambda: len(one.done) == 3)
        assert one.done[-1] == IDS
        one.bridge.list_environments(*one.answers)
        await until(lambda: len(one.done) == 4)
        kept: Kept = one.done[-1]
        assert [environment.name for environment in kept.environments] == ["Test"]
        assert not kept.session_only
        one.bridge.remove("Test", *one.answers)
        await until(lambda: len(one.done) == 5)
    assert one.names() == ["Built-in simulator"]
    assert one.shelves[-1].chosen == "Built-in simulator"
    assert not one.failed


async def test_without_a_keyring_this_session_only(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.ids.error = KeyringUnavailableError()
        one.bridge.add(UAT, IDS, *one.answers)
        await until(lambda: one.failed)
        assert isinstance(one.failed[0], KeyringUnavailableError)
        one.bridge.add(UAT, IDS, *one.answers, session_only=True)
        await until(lambda: one.done)
        assert (await one.bridge.find("UAT"))[1] == IDS
        one.bridge.list_environments(*one.answers)
        await until(lambda: len(one.done) == 2)
        assert one.done[1].session_only == {"UAT"}
    assert not path.exists() or DEPLOYMENT not in path.read_text(encoding="utf-8")


async def test_where_ids_are_kept_is_told(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.bridge.look_for_keyring()
    assert one.looks == [KeyringLook("the Secret Service")]


async def test_a_real_missing_keyring_is_told_as_such(qtbot: QtBot, path: Path) -> None:
    from gcdesk.desk.ids import KeyringIds

    looks: list[KeyringLook] = []
    async with asyncio.TaskGroup() as group:
        bridge = DeskBridge(
            group.create_task, lambda: Environments(Settings(path), KeyringIds()), simulator_item()
        )
        bridge.keyring_seen.connect(looks.append)
        bridge.look_for_keyring()
    assert isinstance(looks[0].error, KeyringUnavailableError)


async def test_a_password_prompt_holds_up_nothing_that_only_reads(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        one.ids.gate.clear()
        one.bridge.add(UAT, IDS, *one.answers)
        await until(lambda: one.ids.threads)
        one.bridge.load()
        await until(lambda: one.shelves)
        assert not one.done
        one.ids.gate.set()
    assert one.done


async def test_damaged_settings_are_told_once(qtbot: QtBot, path: Path) -> None:
    path.write_text("{ not JSON", encoding="utf-8")
    async with desk(path) as one:
        one.bridge.load()
        await until(lambda: one.shelves)
        one.bridge.load()
        await until(lambda: len(one.shelves) == 2)
    assert len(one.notices) == 1
    assert "damaged" in one.notices[0]


async def test_settings_that_cannot_be_read_still_leave_the_simulator(qtbot: QtBot, path: Path) -> None:
    path.mkdir()
    async with desk(path) as one:
        one.bridge.load()
    assert one.names() == ["Built-in simulator"]
    assert isinstance(one.errors[0], SettingsError)


async def test_what_the_window_remembers_is_kept(qtbot: QtBot, path: Path) -> None:
    async with desk(path) as one:
        for level in ("debug", "info", "error"):
            one.bridge.remember("log_level", level)
    assert Settings(path).get("log_level", str, "") == "error"


@pytest.mark.expected_logs("ERROR gcdesk.ui.desk_bridge: A call about environments")
async def test_a_bug_is_told_and_ends_nothing(qtbot: QtBot, path: Path) -> None:
    failures: list[GcdeskError] = []

    def broken() -> Environments:
        raise ZeroDivisionError

    async with asyncio.TaskGroup() as group:
        bridge = DeskBridge(group.create_task, broken, None)
        bridge.read_ids("UAT", lambda _ids: None, failures.append)
    assert failures[0].detail == "ZeroDivisionError"
