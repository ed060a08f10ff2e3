"""The transcript out of order: late messages, earlier ones from the history, moves, and dividers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.guest.message import Message
from gcdesk.ui.bubbles import MessageRow, NoteRow
from gcdesk.ui.earlier import DividerRow, EarlierRow, EarlierState
from gcdesk.ui.transcript import Transcript
from tests.ui.conversation import BOT, CUSTOMER, START, message, sample_message

pytestmark = pytest.mark.usefixtures("light_look")

WORDS = "Here are some words that wrap over more than one line of a bubble as wide as this one is. "


@pytest.fixture
def transcript(qtbot: QtBot) -> Iterator[Transcript]:
    """A transcript of 680 by 600 pixels."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    made = Transcript(window)
    column.addWidget(made)
    window.resize(680, 600)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.close()


def settle(qtbot: QtBot, transcript: Transcript) -> None:
    qtbot.waitUntil(lambda: not transcript.is_moving)


def numbered(number: int) -> Message:
    return message(f"Message {number}. {WORDS * (number % 3)}", key=f"k{number}")


def texts(transcript: Transcript) -> list[str]:
    """Everything that exists, from above to below, by its first words."""
    found = []
    for _, view in sorted(transcript.live_rows().items()):
        if isinstance(view, MessageRow):
            found.append(view.message.text.split(".")[0])
        elif isinstance(view, NoteRow | DividerRow):
            found.append(view.text())
        elif isinstance(view, EarlierRow):
            found.append("(earlier)")
    return found


def top_of(transcript: Transcript, key: str) -> int:
    """Where a message stands in the visible part."""
    return next(
        view.y()
        for view in transcript.live_rows().values()
        if isinstance(view, MessageRow) and view.message.key == key
    )


def lies_close(transcript: Transcript) -> bool:
    """Whether the rows that exist lie below each other without gap or overlap."""
    live = sorted(transcript.live_rows().items())
    return all(
        above.geometry().bottom() + 1 == below.geometry().top()
        for (one, above), (other, below) in pairwise(live)
        if other == one + 1
    )


def test_a_late_message_goes_where_its_time_says(qtbot: QtBot, transcript: Transcript) -> None:
    for text in ("one", "three"):
        transcript.add_message(message(text, key=text))
    transcript.add_message(message("two", key="two"), "three")
    settle(qtbot, transcript)
    assert texts(transcript) == ["one", "two", "three"]
    assert lies_close(transcript)


def test_an_unknown_place_is_the_end(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_message(message("one", key="one"))
    transcript.add_message(message("two", key="two"), "never heard of")
    settle(qtbot, transcript)
    assert texts(transcript) == ["one", "two"]


def test_a_message_moves_with_its_widget_and_what_was_entered(qtbot: QtBot, transcript: Transcript) -> None:
    for text in ("one", "two", "three"):
        transcript.add_message(message(text, key=text))
    settle(qtbot, transcript)
    view = transcript.live_row(2)
    assert view is not None
    view.setFocus()
    transcript.move_message("three", "one")
    settle(qtbot, transcript)
    assert texts(transcript) == ["three", "one", "two"]
    assert transcript.live_row(0) is view
    assert view.hasFocus()
    transcript.move_message("three", "")
    transcript.move_message("three", "three")
    transcript.move_message("nobody", "one")
    settle(qtbot, transcript)
    assert texts(transcript) == ["one", "two", "three"]
    assert lies_close(transcript)


def test_names_follow_what_stands_above(qtbot: QtBot, transcript: Transcript) -> None:
    """A bot's second message in one breath has no name; one that comes between gives it its name back."""
    transcript.add_message(message("one", key="one", at=START))
    transcript.add_message(message("two", key="two", at=START))
    settle(qtbot, transcript)

    def names() -> list[bool]:
        views = [view for _, view in sorted(transcript.live_rows().items()) if isinstance(view, MessageRow)]
        return [view.continues for view in views]

    assert names() == [False, True]
    transcript.add_message(message("mine", key="mine", sender=CUSTOMER, at=START), "two")
    settle(qtbot, transcript)
    assert names() == [False, False, False]
    transcript.move_message("mine", "")
    settle(qtbot, transcript)
    assert names() == [False, True, False]
    transcript.remove_message("one")
    settle(qtbot, transcript)
    assert names() == [False, False]


def test_earlier_messages_leave_what_is_looked_at_in_place(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(100, 160):
        transcript.add_message(numbered(number))
    transcript.show_earlier(EarlierState.OFFERED)
    settle(qtbot, transcript)
    transcript.verticalScrollBar().setValue(0)
    settle(qtbot, transcript)
    assert texts(transcript)[:2] == ["(earlier)", "Message 100"]
    before = top_of(transcript, "k100")
    assert before > 0, "the button is in view above it"
    for number in range(50, 100):
        transcript.add_message(numbered(number), "k100", earlier=True)
    settle(qtbot, transcript)
    assert top_of(transcript, "k100") == before
    for number in range(49, -1, -1):
        transcript.add_message(numbered(number), f"k{number + 1}", earlier=True)
    settle(qtbot, transcript)
    assert top_of(transcript, "k100") == before
    assert not transcript.at_end
    transcript.verticalScrollBar().setValue(0)
    settle(qtbot, transcript)
    assert texts(transcript)[:3] == ["(earlier)", "Message 0", "Message 1"]
    assert lies_close(transcript)


def test_earlier_messages_in_the_middle_of_reading(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(100, 160):
        transcript.add_message(numbered(number))
    settle(qtbot, transcript)
    transcript.verticalScrollBar().setValue(transcript.verticalScrollBar().maximum() // 2)
    settle(qtbot, transcript)
    seen = {
        view.message.key: view.y()
        for view in transcript.live_rows().values()
        if isinstance(view, MessageRow) and view.geometry().intersects(transcript.viewport().rect())
    }
    for number in range(50, 100):
        transcript.add_message(numbered(number), "k100", earlier=True)
    settle(qtbot, transcript)
    assert {key: top_of(transcript, key) for key in seen} == seen


def test_earlier_messages_stand_above_what_was_noted_since(qtbot: QtBot, transcript: Transcript) -> None:
    """A resumed chat says first that it was resumed; what was said before that stands above."""
    transcript.show_earlier(EarlierState.LOADING)
    transcript.add_note("Chat resumed", START + timedelta(days=400))
    for key in ("a", "b"):
        transcript.add_message(message(key, key=key), "", earlier=True)
    transcript.add_message(message("c", key="c", at=START + timedelta(days=401)))
    settle(qtbot, transcript)
    assert texts(transcript) == ["(earlier)", "a", "b", "Chat resumed", "c"]


def test_the_end_stays_the_end_while_earlier_messages_come(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(100, 130):
        transcript.add_message(numbered(number))
    settle(qtbot, transcript)
    for number in range(100):
        transcript.add_message(numbered(number), "k100", earlier=True)
    settle(qtbot, transcript)
    assert transcript.at_end
    bar = transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert texts(transcript)[-1] == "Message 129"


def test_earlier_messages_are_not_announced_as_new(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(100, 130):
        transcript.add_message(numbered(number))
    settle(qtbot, transcript)
    transcript.verticalScrollBar().setValue(0)
    transcript.add_message(numbered(1), "k100", earlier=True)
    settle(qtbot, transcript)
    assert [button.text() for button in transcript.findChildren(QPushButton) if button.isVisible()] == [
        "↓ Jump to newest"
    ]


def test_quick_replies_know_the_newest_own_message_wherever_it_goes(
    qtbot: QtBot, transcript: Transcript
) -> None:
    """Quick replies can be used until the customer wrote below them."""
    transcript.add_message(replace(sample_message("quick_replies"), key="question"))
    transcript.add_message(message("mine", key="mine", sender=CUSTOMER), "question")
    settle(qtbot, transcript)

    def usable() -> bool:
        return all(button.isEnabled() for button in transcript.findChildren(QPushButton) if button.text())

    assert usable()
    transcript.move_message("mine", "")
    settle(qtbot, transcript)
    assert not [
        button
        for button in transcript.findChildren(QPushButton)
        if button.text() in ("Yes", "No") and button.isEnabled()
    ]


def test_a_divider_ends_what_was_asked_above_it(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_message(replace(sample_message("quick_replies"), key="question"))
    transcript.add_divider("A new conversation begins here", "<b>asked for</b>", START)
    transcript.add_message(replace(sample_message("quick_replies"), key="again"))
    settle(qtbot, transcript)
    divider = transcript.live_row(1)
    assert isinstance(divider, DividerRow)
    assert divider.reason.text() == "<b>asked for</b>"
    enabled = [
        [button.isEnabled() for button in view.findChildren(QPushButton)]
        for _, view in sorted(transcript.live_rows().items())
        if isinstance(view, MessageRow)
    ]
    assert enabled == [[False, False], [True, True]]


def test_the_way_to_earlier_messages_by_keyboard(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(5):
        transcript.add_message(numbered(number))
    transcript.show_earlier(EarlierState.OFFERED)
    settle(qtbot, transcript)
    transcript.setFocus()
    QTest.keyClick(transcript, Qt.Key.Key_Home)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Load earlier messages"
    with qtbot.waitSignal(transcript.earlier_requested):
        QTest.keyClick(button, Qt.Key.Key_Space)
    transcript.show_earlier(EarlierState.LOADING)
    settle(qtbot, transcript)
    assert not button.isVisible()
    assert transcript.hasFocus(), "the keyboard stays here"
    transcript.show_earlier(EarlierState.FAILED, "The history is out of reach.")
    settle(qtbot, transcript)
    head = transcript.live_row(0)
    assert isinstance(head, EarlierRow)
    assert (head.says.text(), button.text()) == ("The history is out of reach.", "Try again")
    assert button.isVisible()
    transcript.show_earlier(EarlierState.COMPLETE)
    settle(qtbot, transcript)
    assert (head.says.text(), button.isVisible()) == ("There are no earlier messages", False)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_of_adding_moving_and_removing_gives_the_same_list(
    qtbot: QtBot, transcript: Transcript, data: st.DataObject
) -> None:
    transcript.clear()
    keys: list[str] = []
    for number in range(data.draw(st.integers(1, 14))):
        before = data.draw(st.sampled_from(["", *keys]))
        transcript.add_message(message(f"t{number}", key=f"t{number}"), before)
        keys.insert(keys.index(before) if before else len(keys), f"t{number}")
        key = data.draw(st.sampled_from(keys))
        match data.draw(st.sampled_from(["nothing", "move", "remove", "settle"])):
            case "move":
                to = data.draw(st.sampled_from(["", *keys]))
                transcript.move_message(key, to)
                if key != to:
                    keys.remove(key)
                    keys.insert(keys.index(to) if to else len(keys), key)
            case "remove":
                transcript.remove_message(key)
                keys.remove(key)
            case "settle":
                settle(qtbot, transcript)
    settle(qtbot, transcript)
    assert texts(transcript) == keys[-len(texts(transcript)) :]
    assert transcript.message_count() == len(keys)
    assert lies_close(transcript)


def test_a_page_above_ten_thousand_messages_comes_without_a_stall(
    qtbot: QtBot, transcript: Transcript
) -> None:
    for number in range(10_000):
        transcript.add_message(message("some words", key=f"k{number}", sender=BOT))
    settle(qtbot, transcript)
    first = "k0"
    slowest = 0.0
    for page in range(5):
        began = process_time()
        for number in range(25):
            key = f"p{page}-{number}"
            transcript.add_message(message("from the history", key=key), first, earlier=True)
        first = f"p{page}-0"
        while transcript.is_moving:
            QApplication.processEvents()
        slowest = max(slowest, process_time() - began)
    assert transcript.message_count() == 10_125
    assert slowest < 0.2
