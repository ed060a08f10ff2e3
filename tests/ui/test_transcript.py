"""The transcript: constant cost whatever the length, sticking to the end, keys, delivery and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.guest.message import Delivery
from gcdesk.ui import transcript as transcript_module
from gcdesk.ui.bubbles import MessageRow, NoteRow
from gcdesk.ui.newest_chip import NewestChip
from gcdesk.ui.transcript import Transcript
from tests.ui.conversation import AGENT, BOT, CUSTOMER, START, message, sample_message

pytestmark = pytest.mark.usefixtures("light_look")

WORDS = "Here are some words that wrap over more than one line of a bubble as wide as this one is. "


@pytest.fixture
def transcript(qtbot: QtBot) -> Iterator[Transcript]:
    """A transcript of 680 by 600 pixels in a window, with a field before and after it."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    before, made, after = QLineEdit(window), Transcript(window), QLineEdit(window)
    for part in (before, made, after):
        column.addWidget(part)
    window.resize(680, 660)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.close()


def settle(qtbot: QtBot, transcript: Transcript) -> None:
    """Wait until nothing is left to be placed."""
    qtbot.waitUntil(lambda: not transcript.is_moving)


def fill(qtbot: QtBot, transcript: Transcript, count: int) -> None:
    for number in range(count):
        transcript.add_message(message(f"Message {number}. {WORDS * (number % 3)}"))
    settle(qtbot, transcript)


def rows(transcript: Transcript) -> list[MessageRow]:
    """The message rows that exist, from above to below."""
    live = sorted(transcript.live_rows().items())
    return [view for _, view in live if isinstance(view, MessageRow)]


def in_view(transcript: Transcript) -> list[str]:
    """The texts whose rows are wholly or partly visible."""
    room = transcript.viewport().rect()
    return [row.message.text for row in rows(transcript) if row.geometry().intersects(room)]


def row_of(transcript: Transcript, text: str) -> MessageRow:
    return next(row for row in rows(transcript) if row.message.text == text)


def chip(transcript: Transcript) -> NewestChip:
    found = transcript.findChild(NewestChip)
    assert isinstance(found, NewestChip)
    return found


def header(row: MessageRow) -> str:
    label = row.findChild(QLabel)
    assert isinstance(label, QLabel)
    return label.text()


def spoken(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


# Length


def test_ten_thousand_messages_are_added_in_a_second(qtbot: QtBot, transcript: Transcript) -> None:
    messages = [message(f"Message {number}. {WORDS * (number % 3)}") for number in range(10_000)]
    began = process_time()
    for one in messages:
        transcript.add_message(one)
    settle(qtbot, transcript)
    assert process_time() - began < 1.0
    assert transcript.message_count() == 10_000
    assert in_view(transcript)[-1].startswith("Message 9999.")
    assert len(transcript.live_rows()) < 60


def test_the_next_message_costs_the_same_whatever_the_length(qtbot: QtBot, transcript: Transcript) -> None:
    # The processor's time at its best: what else this machine does must not count.
    def cost() -> float:
        began = process_time()
        transcript.add_message(message(WORDS))
        while transcript.is_moving:
            QApplication.processEvents()
        QApplication.processEvents()
        return process_time() - began

    fill(qtbot, transcript, 100)
    short = min(cost() for _ in range(25))
    fill(qtbot, transcript, 5000 - transcript.message_count())
    long = min(cost() for _ in range(25))
    assert transcript.message_count() == 5025
    assert long / short < 3


def test_only_rows_near_the_visible_part_exist_while_scrolling(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 2000)
    bar = transcript.verticalScrollBar()
    slowest = 0.0
    most = 0
    for part in range(40, -1, -1):
        began = process_time()
        bar.setValue(bar.maximum() * part // 40)
        slowest = max(slowest, process_time() - began)
        most = max(most, len(transcript.live_rows()))
    assert most < 60
    assert slowest < 0.25
    assert in_view(transcript)[0].startswith("Message 0.")


def test_rows_lie_below_each_other_without_gap_or_overlap(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 300)
    bar = transcript.verticalScrollBar()
    for value in (bar.maximum(), bar.maximum() // 2, bar.maximum() // 3, 0):
        bar.setValue(value)
        settle(qtbot, transcript)
        visible = [row for row in rows(transcript) if row.geometry().intersects(transcript.viewport().rect())]
        assert len(visible) > 3
        for above, below in pairwise(visible):
            assert above.geometry().bottom() + 1 == below.geometry().top()


def test_every_message_can_be_scrolled_to(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 120)
    bar = transcript.verticalScrollBar()
    bar.setValue(0)
    seen = list(in_view(transcript))
    while bar.value() < bar.maximum():
        before = bar.value()
        bar.setValue(before + 100)
        assert bar.value() > before
        seen += [text for text in in_view(transcript) if text not in seen]
    assert [text.split(".")[0] for text in seen] == [f"Message {number}" for number in range(120)]


def test_a_new_width_keeps_the_message_at_the_top(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 200)
    transcript.verticalScrollBar().setValue(transcript.verticalScrollBar().maximum() // 2)
    settle(qtbot, transcript)
    before = in_view(transcript)[0]
    for width in (420, 900, 680):
        transcript.window().resize(width, 660)
        settle(qtbot, transcript)
        assert in_view(transcript)[0] == before
        assert all(row.width() == transcript.viewport().width() for row in rows(transcript)[3:-3])


# The end


def test_it_follows_the_newest_message(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 30)
    transcript.add_message(message("the newest"))
    settle(qtbot, transcript)
    assert in_view(transcript)[-1] == "the newest"
    assert transcript.at_end
    assert not chip(transcript).isVisible()


def test_scrolled_up_it_stays_and_offers_the_newest(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 30)
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.maximum() - 300)
    before = in_view(transcript)
    assert chip(transcript).isVisible()
    assert "Jump to newest" in chip(transcript).text()
    transcript.add_message(message("while away"))
    transcript.add_message(message("the newest"))
    settle(qtbot, transcript)
    assert in_view(transcript) == before
    assert "2 new messages" in chip(transcript).text()
    QTest.mouseClick(chip(transcript), Qt.MouseButton.LeftButton)
    settle(qtbot, transcript)
    assert in_view(transcript)[-1] == "the newest"
    assert not chip(transcript).isVisible()
    bar.setValue(0)
    assert chip(transcript).text() == "↓ Jump to newest"


def test_the_chip_leads_to_the_first_of_many_new_ones_and_then_to_the_end(
    qtbot: QtBot, transcript: Transcript
) -> None:
    fill(qtbot, transcript, 30)
    transcript.verticalScrollBar().setValue(0)
    transcript.add_message(message("the first new one"))
    fill(qtbot, transcript, 30)
    QTest.mouseClick(chip(transcript), Qt.MouseButton.LeftButton)
    settle(qtbot, transcript)
    first = row_of(transcript, "the first new one")
    assert first.y() == 0
    assert chip(transcript).isVisible()
    assert chip(transcript).text() == "↓ Jump to newest"
    QTest.mouseClick(chip(transcript), Qt.MouseButton.LeftButton)
    settle(qtbot, transcript)
    assert transcript.at_end
    transcript.jump_to_new()
    assert transcript.at_end


def test_the_first_new_one_may_be_withdrawn(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 30)
    transcript.verticalScrollBar().setValue(0)
    transcript.add_message(message("the first new one", key="gone"))
    transcript.remove_message("gone")
    transcript.jump_to_new()
    assert transcript.at_end


def test_own_messages_bring_it_back_to_the_end(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 30)
    transcript.verticalScrollBar().setValue(0)
    transcript.add_message(message("mine", sender=CUSTOMER))
    settle(qtbot, transcript)
    assert in_view(transcript)[-1] == "mine"


def test_few_messages_stand_at_the_top_and_nothing_scrolls(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 2)
    assert transcript.verticalScrollBar().maximum() == 0
    assert rows(transcript)[0].y() == 0


# Messages


def test_sides_and_names(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_message(message("Where is my order?", sender=CUSTOMER))
    transcript.add_message(message("Which one?", sender=BOT))
    transcript.add_message(message("I can help.", sender=AGENT))
    settle(qtbot, transcript)
    mine, bot, agent = rows(transcript)
    middle = transcript.viewport().width() // 2
    assert mine.text is not None
    assert bot.text is not None
    assert mine.text.geometry().left() > middle
    assert bot.text.geometry().right() < middle
    assert header(mine).startswith("You · Sent ")
    assert header(bot) == "Order bot"
    assert header(agent) == "Lena"
    assert spoken(mine).startswith("You, Sent ")
    assert spoken(mine).endswith(": Where is my order?")


def test_messages_in_one_breath_share_a_name(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_message(message("one", at=START))
    transcript.add_message(message("two", at=START))
    transcript.add_message(message("three", at=START, sender=AGENT))
    settle(qtbot, transcript)
    first, second, third = rows(transcript)
    assert [header(row) for row in (first, second, third)] == ["Order bot", "", "Lena"]
    assert spoken(second).startswith("Order bot, ")
    QTest.mouseMove(second, QPoint(50, second.height() // 2))
    qtbot.waitUntil(lambda: header(second) == f"{START.astimezone():%H:%M:%S}")


def test_the_time_shows_while_the_pointer_is_there(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_message(message("hello", at=START))
    settle(qtbot, transcript)
    row = row_of(transcript, "hello")
    assert header(row) == "Order bot"
    QTest.mouseMove(row, QPoint(50, row.height() // 2))
    qtbot.waitUntil(lambda: header(row) == f"Order bot · {START.astimezone():%H:%M:%S}")
    QTest.mouseMove(transcript.window(), QPoint(5, 5))
    qtbot.waitUntil(lambda: header(row) == "Order bot")


def test_the_wait_for_an_answer_stands_beside_it(qtbot: QtBot, transcript: Transcript) -> None:
    seconds: dict[str, float] = {}
    transcript.set_reply_times(seconds.get)
    own = message("Where is my order?", sender=CUSTOMER, delivery=Delivery.SENDING)
    transcript.add_message(own)
    transcript.add_message(message("Which one?", key="answer", at=START))
    settle(qtbot, transcript)
    row = row_of(transcript, "Which one?")
    assert header(row) == "Order bot"
    # The echo came late, and with it the time is known.
    seconds["answer"] = 1.94
    transcript.change_message(replace(own, delivery=Delivery.SENT))
    qtbot.waitUntil(lambda: header(row) == "Order bot · after 1.9 s")
    assert f"Order bot, {START.astimezone():%H:%M:%S}, answered after 1.9 s: Which one?" == spoken(row)
    transcript.set_markdown(on=True)
    settle(qtbot, transcript)
    assert header(row_of(transcript, "Which one?")) == "Order bot · after 1.9 s"


def test_a_wait_reads_from_the_left_among_words_that_do_not(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    transcript.add_message(message("Which one?", key="answer"))
    settle(qtbot, transcript)
    transcript.set_reply_times({"answer": 1.94}.get)
    assert header(row_of(transcript, "Which one?")) == "Order bot · after \u20661.9 s\u2069"


def test_delivery_goes_from_waiting_to_sent(qtbot: QtBot, transcript: Transcript) -> None:
    mine = message("mine", sender=CUSTOMER, delivery=Delivery.QUEUED, at=START)
    transcript.add_message(mine)
    settle(qtbot, transcript)
    row = row_of(transcript, "mine")
    assert header(row) == "You · Waiting to be sent"
    transcript.change_message(replace(mine, delivery=Delivery.SENDING))
    assert header(row) == "You · Sending…"
    transcript.change_message(replace(mine, delivery=Delivery.SENT, id="x", raw="{}", time=START))
    settle(qtbot, transcript)
    assert header(row) == f"You · Sent {START.astimezone():%H:%M:%S}"
    assert row_of(transcript, "mine") is row, "a change of delivery needs no new widget"


def test_a_failed_message_says_why_and_can_be_sent_again(qtbot: QtBot, transcript: Transcript) -> None:
    mine = message("mine", sender=CUSTOMER, delivery=Delivery.SENDING)
    transcript.add_message(mine)
    settle(qtbot, transcript)
    row = row_of(transcript, "mine")
    before = row.height()
    transcript.change_message(replace(mine, delivery=Delivery.FAILED, failure="The message is too long."))
    settle(qtbot, transcript)
    assert row.height() > before
    assert header(row) == "You · Failed"
    assert "The message is too long." in spoken(row)
    again = row.findChild(QPushButton)
    assert isinstance(again, QPushButton)
    assert again.text() == "Send again"
    assert transcript.viewport().rect().contains(row.geometry()), "the button is scrolled into view"
    with qtbot.waitSignal(transcript.resend_requested) as asked:
        again.setFocus()
        QTest.keyClick(again, Qt.Key.Key_Space)
    assert asked.args == [mine.key]
    transcript.change_message(replace(mine, delivery=Delivery.SENDING))
    settle(qtbot, transcript)
    assert not again.isVisible()
    assert row.height() == before


def test_a_changed_text_is_shown(qtbot: QtBot, transcript: Transcript) -> None:
    mine = message("mine", sender=CUSTOMER, delivery=Delivery.SENDING)
    transcript.add_message(mine)
    settle(qtbot, transcript)
    transcript.change_message(replace(mine, text="as the service has it", delivery=Delivery.SENT))
    settle(qtbot, transcript)
    assert in_view(transcript) == ["as the service has it"]


def test_a_known_key_is_never_shown_twice(qtbot: QtBot, transcript: Transcript) -> None:
    one = message("one")
    transcript.add_message(one)
    transcript.add_message(replace(one, text="one, again"))
    transcript.change_message(message("unknown"))
    settle(qtbot, transcript)
    assert in_view(transcript) == ["one, again", "unknown"]


def test_a_withdrawn_message_leaves_no_gap(qtbot: QtBot, transcript: Transcript) -> None:
    for text in ("one", "two", "three"):
        transcript.add_message(message(text, key=text))
    settle(qtbot, transcript)
    transcript.remove_message("two")
    transcript.remove_message("never there")
    settle(qtbot, transcript)
    one, three = rows(transcript)
    assert (one.message.text, three.message.text) == ("one", "three")
    assert one.geometry().bottom() + 1 == three.geometry().top()
    assert transcript.message_count() == 2


def test_notes_are_quiet_centred_lines(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_note("Lena (agent) <b>joined</b>", START)
    settle(qtbot, transcript)
    (note,) = transcript.live_rows().values()
    assert isinstance(note, NoteRow)
    assert note.text() == "Lena (agent) <b>joined</b>"
    left = note.label.geometry().left()
    right = note.width() - note.label.geometry().right()
    assert abs(left - right) < 4


def test_the_typing_line_stands_below_all_and_goes_away(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 30)
    transcript.set_typing("Lena is typing…")
    settle(qtbot, transcript)
    (line,) = [note for note in transcript.findChildren(NoteRow) if note.isVisible()]
    assert line.text() == "Lena is typing…"
    assert transcript.viewport().rect().contains(line.geometry())
    assert line.y() == rows(transcript)[-1].geometry().bottom() + 1
    transcript.set_typing("")
    settle(qtbot, transcript)
    assert not [note for note in transcript.findChildren(NoteRow) if note.isVisible()]


def test_clearing_forgets_everything(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 30)
    transcript.set_typing("Lena is typing…")
    transcript.clear()
    settle(qtbot, transcript)
    assert (transcript.message_count(), transcript.live_rows()) == (0, {})
    assert transcript.verticalScrollBar().maximum() == 0
    fill(qtbot, transcript, 3)
    assert len(in_view(transcript)) == 3


def test_screen_readers_are_told_what_comes_in(
    qtbot: QtBot, transcript: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    class Listening:
        """What Qt does while a screen reader runs."""

        @staticmethod
        def isActive() -> bool:  # noqa: N802 - Qt's name
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802
            told.append(event.message())

    monkeypatch.setattr(transcript_module, "QAccessible", Listening)
    transcript.add_message(message("Which order is it about?"))
    transcript.add_message(message("The blue one", sender=CUSTOMER))
    assert told == ["Order bot: Which order is it about?"]


# Keys and copying


def test_arrow_keys_walk_over_the_messages(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 40)
    transcript.add_note("a note between", START)
    transcript.add_message(message("the newest"))
    settle(qtbot, transcript)
    transcript.setFocus(Qt.FocusReason.TabFocusReason)

    def press(key: Qt.Key) -> str:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        settle(qtbot, transcript)
        focused = QApplication.focusWidget()
        assert isinstance(focused, MessageRow)
        assert focused.geometry().intersects(transcript.viewport().rect())
        return focused.message.text.split(".")[0]

    assert press(Qt.Key.Key_Up) == "the newest"
    assert press(Qt.Key.Key_Up) == "Message 39", "the note is passed over"
    assert press(Qt.Key.Key_Up) == "Message 38"
    assert press(Qt.Key.Key_Down) == "Message 39"
    assert press(Qt.Key.Key_Home) == "Message 0"
    assert press(Qt.Key.Key_Up) == "Message 0"
    assert press(Qt.Key.Key_End) == "the newest"
    assert press(Qt.Key.Key_Down) == "the newest"


def press_tab(modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    """Press the tab key; return what has the focus then."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Tab, modifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_the_tab_key_passes_through_in_the_order_of_the_eye(qtbot: QtBot, transcript: Transcript) -> None:
    before, after = transcript.window().findChildren(QLineEdit)
    for number in range(40):
        transcript.add_note("A note between", START)
        transcript.add_message(replace(sample_message("quick_replies"), text=f"Question {number}"))
    settle(qtbot, transcript)
    transcript.verticalScrollBar().setValue(0)
    settle(qtbot, transcript)
    before.setFocus()
    labels: list[str] = []
    stops = 0
    while not after.hasFocus():
        focused = press_tab()
        stops += 1
        assert stops < 300, "the tab key runs in circles"
        settle(qtbot, transcript)
        top = focused.mapTo(transcript.window(), QPoint(0, 0)).y()
        assert 0 <= top < transcript.window().height(), "what has the focus is in view"
        if isinstance(focused, QPushButton):
            labels.append(focused.text())
    assert labels == ["Yes", "No"] * 40
    # And back out again.
    back = 0
    while not before.hasFocus():
        press_tab(Qt.KeyboardModifier.ShiftModifier)
        settle(qtbot, transcript)
        back += 1
        assert back < 300, "the tab key runs in circles"
    assert back >= 80


def test_the_focused_message_survives_scrolling_away(qtbot: QtBot, transcript: Transcript) -> None:
    fill(qtbot, transcript, 200)
    row = rows(transcript)[-1]
    row.setFocus()
    transcript.verticalScrollBar().setValue(0)
    settle(qtbot, transcript)
    assert row.hasFocus()
    assert not row.geometry().intersects(transcript.viewport().rect())


def test_copying_by_key_and_by_menu(qtbot: QtBot, transcript: Transcript) -> None:
    clipboard = QGuiApplication.clipboard()
    transcript.add_message(message("Order <b>88213</b>"))
    settle(qtbot, transcript)
    row = rows(transcript)[0]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "Order <b>88213</b>"
    clipboard.setText("something else")
    centre = row.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, centre, row.mapToGlobal(centre))
    QApplication.sendEvent(row, event)
    menu = row.findChild(QMenu)
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Copy text",
        "Copy with time and sender",
        "Select all",
        "Show frame",
    ]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert clipboard.text() == "Order <b>88213</b>"


def test_a_selected_part_alone_is_copied(qtbot: QtBot, transcript: Transcript) -> None:
    transcript.add_message(message("Order 88213 is on its way"))
    settle(qtbot, transcript)
    row = rows(transcript)[0]
    assert row.text is not None
    word = QPoint(row.text.width() // 3, row.text.height() // 2)
    QTest.mouseClick(row.text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, word)
    QTest.mouseDClick(row.text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, word)
    assert row.hasFocus()
    QTest.keyClick(row, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "88213"
