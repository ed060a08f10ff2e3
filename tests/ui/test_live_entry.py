"""A chat of this window as a row of the list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from gcdesk.desk.history_search import words_of
from gcdesk.errors import AccessRefusedError, ConnectionLostError
from gcdesk.guest import events
from gcdesk.guest.message import Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.ui import live_entry as module
from gcdesk.ui.chat_entry import ChatEntry, Section, section_of
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.live_entry import LiveEntry
from tests.ui.fakes import AT, FakeBridge, message
from tests.ui.rows import Row

UAT = EnvironmentItem("UAT", "mypurecloud.de", "green")
BOT = Sender(SenderKind.BOT, "Order bot")


class Watched:
    """A chat, its bridge and its row."""

    def __init__(self, crm_id: str = "CUST-12345") -> None:
        self.bridge = FakeBridge()
        self.chat = LiveChat(crm_id, UAT, self.bridge, clock=lambda: AT)
        self.today = AT.astimezone().date()
        self.entry = LiveEntry(self.chat, lambda: self.today)

    def say(self, text: str, key: str = "m1") -> None:
        self.bridge.tell(events.MessageAdded(AT, message(text, key, sender=BOT)))


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    watched = Watched()
    watched.chat.start()
    return watched


def test_it_is_what_the_list_needs(watched: Watched) -> None:
    entry: ChatEntry = watched.entry
    assert isinstance(entry, ChatEntry)
    assert isinstance(Row("1"), ChatEntry)
    assert not isinstance(watched.chat, ChatEntry)


def test_the_dot_and_the_line_follow_the_chat(watched: Watched) -> None:
    entry = watched.entry
    assert (entry.dot, entry.line, entry.section) == ("amber", "Starting", Section.LIVE)
    watched.bridge.configure()
    assert (entry.dot, entry.line) == ("green", "Chat active")
    watched.say("Which order\nis it about?")
    assert entry.line == "Which order is it about?"
    watched.bridge.tell(events.StateChanged(AT, State.RECONNECTING, State.CONFIGURED))
    watched.bridge.tell(events.ReconnectPlanned(AT, 2, 1.0, ConnectionLostError()))
    assert (entry.dot, entry.line) == ("amber", "Reconnecting, try 2")
    watched.bridge.tell(events.StateChanged(AT, State.CONFIGURED, State.CONNECTED))
    assert (entry.dot, entry.line) == ("green", "Which order is it about?")
    watched.bridge.end()
    assert (entry.dot, entry.section) == ("grey", Section.TODAY)
    assert entry.line == "The chat was left."


def test_a_chat_that_failed_is_red_and_says_why(watched: Watched) -> None:
    error = AccessRefusedError(code=403)
    watched.bridge.end(error)
    assert (watched.entry.dot, watched.entry.line) == ("red", error.title)


def test_an_ended_chat_stands_below_the_day_on_which_it_ended(watched: Watched) -> None:
    watched.bridge.configure()
    watched.bridge.end()
    watched.today += timedelta(days=1)
    assert watched.entry.section is Section.YESTERDAY


def test_it_is_read_out_whole(watched: Watched) -> None:
    watched.bridge.configure()
    watched.say("Hello")
    here = f"{AT.astimezone():%H:%M}"
    assert watched.entry.words() == f"CUST-12345, UAT, Chat active, 1 unread message, Hello, {here}"
    watched.say("Again", "m2")
    assert "2 unread messages, Again" in watched.entry.words()
    watched.chat.seen()
    assert "unread" not in watched.entry.words()


def test_it_is_found_by_id_environment_and_all_that_was_said(watched: Watched) -> None:
    watched.bridge.configure()
    watched.say("Where is the STRASSE?")
    watched.say("In Köln", "m2")
    for text in ("cust-123", "uat", "straße", "where köln", "KÖLN uat", "Ko\u0308ln"):
        assert watched.entry.contains(words_of(text)), text
    for text in ("nowhere", "where bonn", "isthe"):
        assert not watched.entry.contains(words_of(text)), text


def test_a_long_chat_is_found_by_its_newest_text(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_TEXT", 20_000)
    watched = Watched()
    for number in range(1_000):
        watched.say(f"<{number}> " + "x" * 60, f"m{number}")
    assert watched.entry.contains(["<999>"])
    assert not watched.entry.contains(["<0>"])
    held = sum(map(len, watched.entry._said))
    assert 15_000 < held <= 20_000 + module._BLOCK + 100


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-3, 400))
def test_every_day_has_its_heading(today: date, age: int) -> None:
    at = AT.astimezone().replace(hour=12)
    happened = at + (today - timedelta(days=age) - at.date())
    section = section_of(happened, today)
    expected = (
        Section.TODAY
        if age <= 0
        else Section.YESTERDAY
        if age == 1
        else Section.THIS_WEEK
        if age < 7
        else Section.EARLIER
    )
    assert section is expected
