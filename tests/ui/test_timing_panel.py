"""The timing of a chat: figures, timeline and reply times, counted only while somebody looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from gcdesk.desk.timings import ReplyTimes
from gcdesk.errors import ConnectError
from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Message, Sender
from gcdesk.ui import style
from gcdesk.ui.chat_timing import ChatTiming
from gcdesk.ui.timing_panel import TimingPanel
from gcdesk.ui.tokens import LIGHT
from tests.ui.conversation import AGENT, BOT, CUSTOMER, START, message
from tests.ui.fakes import until

pytestmark = pytest.mark.usefixtures("light_look")


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def ask(key: str, seconds: float, text: str = "Where is my order?") -> list[Event]:
    """The customer says something, and its echo comes a tenth of a second later."""
    own = message(text, sender=CUSTOMER, key=key, delivery=Delivery.QUEUED, at=at(seconds))
    sending, sent = replace(own, delivery=Delivery.SENDING), replace(own, delivery=Delivery.SENT)
    return [
        events.MessageAdded(at(seconds), own),
        events.MessageChanged(at(seconds), sending),
        events.MessageChanged(at(seconds + 0.1), sent),
    ]


def answer(key: str, seconds: float, sender: Sender = BOT, before: str = "") -> Event:
    return events.MessageAdded(
        at(seconds), message("Here it is", sender=sender, key=key, at=at(seconds)), before
    )


def talk() -> list[Event]:
    """Two quick answers of the bot and a slow one of a person."""
    return [
        *ask("q1", 0),
        answer("a1", 0.9),
        answer("more", 1.2),
        *ask("q2", 10, "Talk to a person"),
        answer("a2", 11.1),
        *ask("q3", 20, "Anybody?"),
        answer("a3", 24.5, AGENT),
    ]


def followed(*happened: Event) -> ChatTiming:
    timing = ChatTiming()
    for event in happened:
        timing.take(event)
    return timing


@pytest.fixture
def panel(qtbot: QtBot) -> TimingPanel:
    made = TimingPanel(followed(*talk()))
    made.resize(372, 420)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    settle(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def figures(panel: TimingPanel) -> list[str]:
    return [figure.accessibleName() for figure in panel._figures.values()]


def rows(panel: TimingPanel) -> list[tuple[str, str, str]]:
    model = panel.table.replies
    return [(*model.words(reply), reply.answer) for reply in model.replies]


def settle(panel: TimingPanel) -> None:
    """Let what is drawn in more than one turn be drawn whole."""
    while panel._drawing.busy or panel.timeline._measuring.busy:
        QApplication.processEvents()


# What is followed


def test_the_times_are_those_of_the_transcript() -> None:
    timings = followed(*talk()).timings()
    assert [(reply.answer, round(reply.seconds, 3)) for reply in timings.replies] == [
        ("a1", 0.9),
        ("a2", 1.1),
        ("a3", 4.5),
    ]
    assert (round(timings.median or 0, 3), round(timings.slowest or 0, 3)) == (1.1, 4.5)
    assert followed(*talk()).echo() == pytest.approx(0.1)


def test_an_answer_that_belongs_further_up_counts_there() -> None:
    timing = followed(*ask("q1", 0), *ask("q2", 5), answer("late", 6, before="q2"))
    assert [(reply.question, reply.answer) for reply in timing.timings().replies] == [("q1", "late")]
    timing.take(events.MessageMoved(at(7), "late", ""))
    assert [(reply.question, reply.answer) for reply in timing.timings().replies] == [("q2", "late")]


def test_what_was_said_before_this_chat_does_not_count() -> None:
    old = message("Long ago", sender=CUSTOMER, key="old", at=at(-9_000))
    reply = message("Yes", key="reply", at=at(-8_000))
    timing = followed(
        *talk(),
        events.MessageAdded(at(30), reply, before="q1", earlier=True),
        events.MessageAdded(at(30), old, before="reply", earlier=True),
    )
    assert len(timing.timings().replies) == 3
    assert next(timing.said())[0].key == "q1"


def test_a_message_that_was_taken_back_is_forgotten() -> None:
    own = message("Wait", sender=CUSTOMER, key="q", delivery=Delivery.QUEUED, at=START)
    timing = followed(events.MessageAdded(START, own), events.MessageWithdrawn(at(1), own))
    assert list(timing.said()) == []
    assert timing.message("q") is None


# What is shown


def test_figures_and_rows(panel: TimingPanel) -> None:
    assert figures(panel) == ["Replies: 3", "Median: 1.1 s", "Slowest: 4.5 s", "Echo: 100 ms"]
    assert rows(panel) == [
        ("Order bot", "Where is my order?", "a1"),
        ("Order bot", "Talk to a person", "a2"),
        ("Lena", "Anybody?", "a3"),
    ]
    spoken = panel.table.replies.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Asked at {at(20).astimezone():%H:%M:%S}: Anybody?. Lena answered after 4.5 s"
    assert QAccessible.queryAccessibleInterface(panel.table).text(QAccessible.Text.Name) == "Reply times"


def test_without_answers_it_says_so(qtbot: QtBot) -> None:
    panel = TimingPanel(followed(*ask("q1", 0)))
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    assert panel.says.isVisible()
    assert not panel.table.isVisible()
    assert figures(panel)[:3] == ["Replies: 0", "Median: –", "Slowest: –"]


def test_the_slowest_can_come_first(panel: TimingPanel) -> None:
    panel.table.choose("a1")
    QTest.mouseClick(panel.slowest_first, Qt.MouseButton.LeftButton)
    assert [key for _, _, key in rows(panel)] == ["a3", "a2", "a1"]
    assert panel.table.current_answer() == "a1", "what is looked at stays chosen"
    QTest.mouseClick(panel.slowest_first, Qt.MouseButton.LeftButton)
    assert [key for _, _, key in rows(panel)] == ["a1", "a2", "a3"]


def test_enter_and_a_double_click_lead_to_the_answer(panel: TimingPanel) -> None:
    wanted: list[str] = []
    panel.message_wanted.connect(wanted.append)
    panel.table.choose("a2")
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Enter)
    assert wanted == ["a2", "a3"]


def bar_of(panel: TimingPanel, key: str) -> QPoint:
    start, end, found = next(bar for bar in panel.timeline._bars if bar[2].reply.answer == key)
    where = panel.timeline._at((start + end) / 2, found.lane * panel.timeline._lane + 8, 1, 1)
    return where.center()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_click_on_the_timeline_chooses_the_answer(
    panel: TimingPanel, direction: Qt.LayoutDirection
) -> None:
    panel.setLayoutDirection(direction)
    QApplication.processEvents()
    settle(panel)
    for key in ("a3", "a1", "a2"):
        QTest.mouseClick(panel.timeline, Qt.MouseButton.LeftButton, pos=bar_of(panel, key))
        assert panel.table.current_answer() == key
    assert (bar_of(panel, "a1").x() < bar_of(panel, "a3").x()) is (
        direction is Qt.LayoutDirection.LeftToRight
    )


def test_the_timeline_tells_of_the_answer_below_the_pointer(panel: TimingPanel) -> None:
    where = bar_of(panel, "a3")
    event = QHelpEvent(QEvent.Type.ToolTip, where, panel.timeline.mapToGlobal(where))
    QApplication.sendEvent(panel.timeline, event)
    assert "Lena answered after 4.5 s" in QToolTip.text()
    assert panel.timeline._answer_at(QPointF(2, 2)) is None
    QToolTip.hideText()


def test_with_little_room_nothing_is_cut_off(panel: TimingPanel) -> None:
    panel.resize(280, panel.minimumSizeHint().height())
    QApplication.processEvents()
    settle(panel)
    timeline = panel.timeline
    assert 3 * timeline._lane + 12 <= timeline.height()
    assert timeline.geometry().bottom() < panel.slowest_first.y()
    assert panel.minimumSizeHint().height() < 240
    assert panel.table.viewport().height() >= 2 * panel.table.rowHeight(0)


def test_each_who_speaks_has_a_lane_and_breaks_are_marked(panel: TimingPanel) -> None:
    image = panel.timeline.grab().toImage()
    before = sum(image.pixelColor(x, 4) == QColor(LIGHT.bad) for x in range(image.width()))
    assert before == 0
    panel._timing.take(events.ReconnectPlanned(at(15), 1, 0.5, ConnectError()))
    panel._timing.take(events.ReconnectPlanned(at(16), 2, 1.0, ConnectError()))
    panel.refresh()
    settle(panel)
    image = panel.timeline.grab().toImage()
    broken = [x for x in range(image.width()) if image.pixelColor(x, 4) == QColor(LIGHT.bad)]
    assert 1 <= len(broken) <= 3, "one break, however often it was tried again"
    assert panel.timeline._course.lanes == ("You", "Order bot", "Lena")
    assert [len(lane) for lane in panel.timeline._dots] == [3, 3, 1]


async def test_it_follows_the_chat_while_somebody_looks(panel: TimingPanel) -> None:
    for event in (*ask("q4", 40), answer("a4", 41)):
        panel._timing.take(event)
    await until(lambda: len(rows(panel)) == 4)
    panel.hide()
    assert panel._timing.on_change is None
    panel._timing.take(answer("more", 42))
    for event in (*ask("q5", 50), answer("a5", 51)):
        panel._timing.take(event)
    assert len(rows(panel)) == 4
    panel.show()
    assert len(rows(panel)) == 5


def test_the_slowest_stands_out_in_either_theme(panel: TimingPanel) -> None:
    for theme in ("light", "dark"):
        style.set_theme(theme)
        QApplication.processEvents()
        ink = QColor(style.tokens().warn)
        image = panel.table.viewport().grab().toImage()
        height = panel.table.rowHeight(0)
        counts = [
            sum(image.pixelColor(x, row * height + height // 2) == ink for x in range(image.width()))
            for row in range(3)
        ]
        assert counts[0] == counts[1] == 0
        assert counts[2] >= 60


def long_talk(count: int) -> list[Event]:
    happened: list[Event] = []
    for number in range(count):
        happened += ask(f"q{number}", 3 * number)
        happened.append(answer(f"a{number}", 3 * number + 1 + number % 7 / 10))
    return happened


def test_a_long_chat_is_drawn_without_a_stall(panel: TimingPanel) -> None:
    panel._timing = followed(*long_talk(10_000))
    panel.refresh()
    turns = []
    while panel._drawing.busy or panel.timeline._measuring.busy:
        began = process_time()
        QApplication.processEvents()
        turns.append(process_time() - began)
    assert len(turns) > 3
    assert max(turns) < 0.05
    assert len(rows(panel)) == 10_000
    # However much was said, there is no more to draw than there are places.
    assert all(len(lane) <= panel.width() for lane in panel.timeline._dots)


def test_counting_on_costs_the_same_whatever_the_length() -> None:
    def cost(timing: ChatTiming, first: int) -> float:
        costs = []
        for number in range(first, first + 20):
            for event in (*ask("q", 3 * number), answer("a", 3 * number + 1)):
                timing.take(replace_keys(event, number))
            began = process_time()
            timing._count()
            costs.append(process_time() - began)
        return min(costs)

    short, long = followed(*long_talk(100)), followed(*long_talk(3_000))
    short.timings(), long.timings()
    assert cost(long, 3_000) / cost(short, 100) < 3
    assert [reply.answer for reply in long.timings().replies[-2:]] == ["a3018", "a3019"]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 5), min_size=75, max_size=120), st.randoms(use_true_random=False))
def test_counting_on_says_what_counting_anew_says(deeds: list[int], chance: Random) -> None:
    timing = ChatTiming()
    for number, deed in enumerate(deeds, start=1):
        keys = [message.key for message, _ in timing.said()]
        if deed == 0:
            timing.take(ask(f"q{number}", number)[0])
        elif deed == 1 and keys:
            found = timing.message(chance.choice(keys))
            assert found is not None
            delivery = chance.choice([Delivery.SENDING, Delivery.SENT, Delivery.FAILED])
            timing.take(events.MessageChanged(at(number), replace(found, delivery=delivery)))
        elif deed == 2 and keys:
            timing.take(events.MessageMoved(at(number), chance.choice(keys), chance.choice(["", *keys])))
        elif deed == 3 and keys:
            timing.take(answer(f"a{number}", number, before=chance.choice(keys)))
        elif deed == 4 and keys:
            earlier = message("Before", key=f"e{number}", at=at(-number))
            timing.take(events.MessageAdded(at(number), earlier, chance.choice(keys), earlier=True))
        else:
            timing.take(answer(f"a{number}", number))
        anew = ReplyTimes()
        for said, left in timing.said():
            anew.take(said, left)
        seconds = {said.key: timing.reply_time(said.key) for said, _ in timing.said()}
        assert {key: one for key, one in seconds.items() if one is not None} == {
            reply.answer: reply.seconds for reply in anew.replies
        }
        assert list(timing.timings().replies) == anew.replies


def test_following_costs_the_same_whatever_the_length() -> None:
    def cost(timing: ChatTiming, first: int) -> float:
        costs = []
        for number in range(first, first + 20):
            more = [replace_keys(event, number) for event in (*ask("q", 0), answer("a", 1))]
            began = process_time()
            for event in more:
                timing.take(event)
            costs.append(process_time() - began)
        return min(costs)

    short, long = followed(*long_talk(20)), followed(*long_talk(5_000))
    assert cost(long, 100_000) / cost(short, 100_000) < 5


def replace_keys(event: Event, number: int) -> Event:
    told = event.message if isinstance(event, events.MessageAdded | events.MessageChanged) else None
    assert isinstance(told, Message)
    renamed = replace(told, key=f"{told.key}{number}")
    if isinstance(event, events.MessageAdded):
        return events.MessageAdded(event.at, renamed, event.before)
    return events.MessageChanged(event.at, renamed)
