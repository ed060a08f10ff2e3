"""The window's chats are in the history as they happened."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gcdesk.desk.history import ChatFacts, ChatRecorder, HistoryWriter
from gcdesk.desk.history_book import ChatBook, ChatQuery
from gcdesk.desk.history_file import history_path
from gcdesk.desk.settings import Settings
from gcdesk.errors import GcdeskError
from gcdesk.guest.events import Ended, Event, StateChanged
from gcdesk.guest.states import State
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.keeping import ChatLedger, Keeping, Tide
from gcdesk.ui.launch_controls import EnvironmentItem

ITEM = EnvironmentItem("Test", "mypurecloud.de", "red")
ATTRIBUTES = {"crmCustomerId": "0042", "customerName": "Ann"}
NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
HAPPENED: tuple[Event, ...] = (
    StateChanged(NOW, State.CONNECTING, State.IDLE),
    StateChanged(NOW, State.CLOSED, State.CONNECTING, "The chat was left."),
    Ended(NOW, "The chat was left."),
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GCDESK_CONFIG_DIR", str(tmp_path))
    return tmp_path


def bridge_of(keeping: Keeping) -> ChatBridge:
    async def never() -> None:
        await asyncio.Event().wait()

    bridge = ChatBridge(asyncio.ensure_future, never, keeping)  # type: ignore[arg-type]
    keeping.keep(bridge, ITEM, ATTRIBUTES)
    return bridge


def take(bridge: ChatBridge, event: Event) -> int:
    assert bridge.ledger is not None
    return bridge.ledger.take(event)


def test_everything_that_happens_is_kept(qtbot: QtBot) -> None:
    keeping = Keeping()
    bridge = bridge_of(keeping)
    for event in HAPPENED:
        take(bridge, event)
    keeping.close(10)
    book = ChatBook(history_path())
    (chat,) = book.list(ChatQuery())
    assert (chat.environment, chat.crm_id, chat.reason) == ("Test", "0042", "The chat was left.")
    assert [type(event) for event in book.open(chat.id).events()] == [type(event) for event in HAPPENED]


def test_nothing_is_kept_where_a_person_wants_none(qtbot: QtBot, place: Path) -> None:
    Settings().set("keep_history", False)
    keeping = Keeping()
    bridge = bridge_of(keeping)
    for event in HAPPENED:
        take(bridge, event)
    keeping.close(10)
    assert not history_path().exists()


def test_a_history_that_cannot_be_written_is_told_in_the_window(qtbot: QtBot) -> None:
    history_path().mkdir(parents=True)
    keeping = Keeping()
    told: list[GcdeskError] = []
    keeping.failed.connect(told.append)
    bridge = bridge_of(keeping)
    with qtbot.waitSignal(keeping.failed, timeout=10_000):
        for event in HAPPENED:
            take(bridge, event)
    keeping.close(10)
    assert len(told) == 1
    assert told[0].hint


def test_closing_without_a_chat_is_nothing(qtbot: QtBot) -> None:
    Keeping().close(0)


def test_a_changed_wish_holds_for_the_next_chat_and_not_for_those_that_go_on(qtbot: QtBot) -> None:
    keeping = Keeping()
    going_on = bridge_of(keeping)
    take(going_on, HAPPENED[0])
    assert keeping._writer is not None
    assert keeping._writer.flush(10)
    Settings().set("keep_history", False)
    keeping.begin_anew()
    later = bridge_of(keeping)
    for event in HAPPENED:
        take(later, event)
    for event in HAPPENED[1:]:
        take(going_on, event)
    keeping.close(10)
    book = ChatBook(history_path())
    (chat,) = book.list(ChatQuery())
    assert len(list(book.open(chat.id).events())) == len(HAPPENED)


class Disk(ChatRecorder):
    """Says that something is written when a test lets it."""

    def __init__(self) -> None:
        super().__init__(HistoryWriter(lambda: None), ChatFacts("", "", "", {}))
        self.reached = 0

    def is_settled(self, place: int) -> bool:
        return self.reached >= place


async def test_an_event_is_seen_when_the_disk_has_it() -> None:
    disk, tide = Disk(), Tide()
    ledger = ChatLedger(disk, tide)
    waiting = asyncio.create_task(ledger.written(2))
    await asyncio.sleep(0)
    for reached in (1, 2):
        assert not waiting.done()
        disk.reached = reached
        await asyncio.to_thread(tide.rise)
    await waiting


async def test_a_disk_that_hangs_holds_nothing_up_twice() -> None:
    disk = Disk()
    ledger = ChatLedger(disk, Tide(), patience=0.01)
    await ledger.written(1)
    # No patience any more: what comes next is shown at once.
    ledger._patience = 1e9
    await ledger.written(2)
    disk.reached = 2
    await ledger.written(2)
    waiting = asyncio.create_task(ledger.written(3))
    await asyncio.sleep(0)
    assert not waiting.done(), "it has caught up, so events wait again"
    waiting.cancel()
