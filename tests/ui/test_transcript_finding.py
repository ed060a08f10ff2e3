"""Finding words in a conversation: what counts, where it leads, what is marked, and how long it may take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gcdesk.desk.history_search import fold
from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.plain_text import PlainText
from gcdesk.ui.text_search import in_utf16, spans
from gcdesk.ui.transcript import Transcript
from gcdesk.ui.transcript_finding import TranscriptFinding
from tests.ui.conversation import CUSTOMER, message, sample_message

pytestmark = pytest.mark.usefixtures("light_look")

LETTERS = st.text("aAßẞéÉe\u0301ﬁfiİıقمر🙂 \n", max_size=30)


# Words in a text


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("Where is my order? ORDER 88213", "order", ["order", "ORDER"]),
        ("Cafe\u0301 und Café", "café", ["Cafe\u0301", "Café"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Die Straße", "stras", ["Straß"]),
        ("🙂 yes 🙂", "🙂", ["🙂", "🙂"]),
        ("أين طلبي؟", "طلبي", ["طلبي"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing here", "order", []),
        ("anything", "", []),
    ],
)
def test_words_are_found_as_a_person_would(text: str, sought: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in spans(text, fold(sought))] == found


@given(LETTERS, LETTERS.filter(lambda text: bool(fold(text).strip())))
def test_what_is_marked_holds_what_was_sought(text: str, sought: str) -> None:
    folded = fold(sought)
    found = spans(text, folded)
    assert all(folded in fold(text[begin:end]) for begin, end in found)
    assert all(one[1] <= other[0] or one[0] == other[0] for one, other in pairwise(found))
    if folded and folded in fold(text) and text.isascii():
        assert found


@given(LETTERS, st.integers(0, 30), st.integers(0, 30))
def test_places_are_counted_as_qt_counts_them(text: str, one: int, other: int) -> None:
    begin, end = sorted((min(one, len(text)), min(other, len(text))))
    ((first, last),) = in_utf16(text, [(begin, end)])
    assert text.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le") == text[begin:end]


# In a conversation


@pytest.fixture
def transcript(qtbot: QtBot) -> Iterator[Transcript]:
    """A hundred messages, of which every tenth speaks of an order, and a card that does."""
    made = Transcript()
    made.resize(680, 600)
    qtbot.addWidget(made)
    for number in range(100):
        words = f"Order {number} is on its way" if number % 10 == 5 else f"Text {number}"
        made.add_message(message(words, key=f"m{number}"))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle(qtbot, made)
    yield made
    made.close()


def settle(qtbot: QtBot, transcript: Transcript) -> None:
    qtbot.waitUntil(lambda: not transcript.is_moving)


def begin(qtbot: QtBot, transcript: Transcript, words: str) -> TranscriptFinding:
    """Open the search and type; the first message is looked at."""
    finding = transcript.open_find()
    QTest.keyClicks(finding.bar.field, words)
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: finding.search.sought == fold(words))
    settle(qtbot, transcript)
    return finding


def at(finding: TranscriptFinding) -> str:
    row = finding.search.at
    return row.message.key if row is not None and row.message is not None else ""


def marks(transcript: Transcript) -> dict[str, list[str]]:
    """What is marked in the rows that exist."""
    found = {}
    for view in transcript.live_rows().values():
        if isinstance(view, MessageRow):
            words = [word for text in view.findChildren(PlainText) for word in text.marked]
            if words:
                found[view.message.key] = words
    return found


def test_it_begins_with_the_newest_in_view_and_goes_round(qtbot: QtBot, transcript: Transcript) -> None:
    finding = begin(qtbot, transcript, "ORDER")
    assert at(finding) == "m95"
    assert finding.bar.says.text() == "10 of 10"
    keys = []
    for _ in range(3):
        QTest.keyClick(finding.bar.field, Qt.Key.Key_Return)
        keys.append(at(finding))
        settle(qtbot, transcript)
        row = finding.search.at
        assert row is not None
        assert transcript._rows.number(row) in transcript.rows_in_view()
    assert keys == ["m5", "m15", "m25"]
    assert finding.bar.says.text() == "3 of 10"
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert at(finding) == "m15"
    QTest.mouseClick(finding.bar.next, Qt.MouseButton.LeftButton)
    assert at(finding) == "m25"


def test_all_that_was_found_is_marked_also_in_rows_made_later(qtbot: QtBot, transcript: Transcript) -> None:
    finding = begin(qtbot, transcript, "order")
    assert marks(transcript)["m95"] == ["Order"]
    assert all(words == ["Order"] for words in marks(transcript).values())
    transcript.verticalScrollBar().setValue(0)
    settle(qtbot, transcript)
    assert marks(transcript)["m5"] == ["Order"]
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Escape)
    assert not marks(transcript)
    assert not finding.is_open
    transcript.verticalScrollBar().setValue(transcript.verticalScrollBar().maximum())
    settle(qtbot, transcript)
    assert not marks(transcript)


def test_escape_leads_the_keyboard_to_what_was_found(qtbot: QtBot, transcript: Transcript) -> None:
    finding = begin(qtbot, transcript, "Order 45")
    assert finding.bar.says.text() == "1 of 1"
    QTest.keyClick(finding.bar.field, Qt.Key.Key_Escape)
    focused = QApplication.focusWidget()
    assert isinstance(focused, MessageRow)
    assert focused.message.key == "m45"
    assert transcript.open_find() is finding
    assert finding.bar.field.selectedText() == "Order 45", "the same words can be sought again"
    assert finding.search.count == 1


def test_nothing_found_says_so(qtbot: QtBot, transcript: Transcript) -> None:
    finding = begin(qtbot, transcript, "refund")
    assert finding.bar.says.text() == "Not found"
    assert not finding.bar.next.isEnabled()
    finding.bar.field.clear()
    qtbot.waitUntil(lambda: finding.bar.says.text() == "")


def test_what_comes_changes_or_goes_meanwhile_counts(qtbot: QtBot, transcript: Transcript) -> None:
    finding = begin(qtbot, transcript, "order")
    new = message("And one more order", key="new")
    transcript.add_message(new)
    assert finding.search.count == 11
    transcript.change_message(replace(new, text="And one more thing"))
    assert finding.search.count == 10
    transcript.add_message(message("An earlier order", key="early"), "m0", earlier=True)
    assert finding.bar.says.text() == "11 of 11"
    transcript.remove_message("m95")
    assert (finding.search.count, at(finding)) == (10, "")
    transcript.clear()
    assert finding.bar.says.text() == "Not found"


def test_cards_and_labels_are_found_too(qtbot: QtBot, transcript: Transcript) -> None:
    card = replace(sample_message("card"), key="card")
    transcript.add_message(card)
    settle(qtbot, transcript)
    title = next(item for item in card.content if hasattr(item, "title")).title
    finding = begin(qtbot, transcript, title)
    assert at(finding) == "card"
    assert marks(transcript)["card"][0] == title


def test_notes_are_no_messages(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_note("An order joined", message("x").at)
    finding = begin(qtbot, transcript, "order")
    assert finding.search.count == 10


def test_ten_thousand_messages_are_searched_without_a_stall(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(10_000):
        transcript.add_message(message(f"Where is order {number}, ünd why? " * 4, sender=CUSTOMER))
    settle(qtbot, transcript)
    finding = transcript.open_find()
    # The processor's time of the longest turn at its best: what else this machine does must not count.
    longest = []
    for words in ("where", "order", "why"):
        turns = [_busy(partial(finding.search.seek, words))]
        while finding.search._slices.busy:
            turns.append(_busy(QApplication.processEvents))
        longest.append(max(turns))
        assert finding.search.count >= 10_000
    assert min(longest) < 0.05


def _busy(act: Callable[[], object]) -> float:
    began = process_time()
    act()
    return process_time() - began
