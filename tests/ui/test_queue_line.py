"""The line that says what holds messages back, and the texts that can be recalled."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gcdesk.guest.budget import Budget
from gcdesk.ui.queue_line import QueueLine
from gcdesk.ui.recall import Recall
from tests.ui.fakes import AT

pytestmark = pytest.mark.usefixtures("light_look")


class Line:
    """A queue line, and the time as it sees it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = AT
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.line = QueueLine(self.window, lambda: self.now)

    def show(self, waiting: int, **times: float) -> str:
        at: dict[str, datetime] = {name: self.now + timedelta(seconds=after) for name, after in times.items()}
        self.line.show_queue(waiting, Budget((), waiting=waiting, **at))
        return self.line.text() if not self.line.isHidden() else ""


def test_nothing_is_said_while_nothing_is_held_back(qtbot: QtBot) -> None:
    line = Line(qtbot)
    assert line.show(0) == ""
    assert line.show(1, next_at=0.2) == "", "a moment needs no words"
    line.line.show_queue(0, None)
    assert line.line.isHidden()


def test_it_counts_through_what_was_meant_to_go_together(qtbot: QtBot) -> None:
    line = Line(qtbot)
    assert line.show(5, next_at=0.5) == "Sending 1 of 5, next in 0.5 s"
    assert line.show(4, next_at=0.4) == "Sending 2 of 5, next in 0.4 s"
    assert line.show(3) == "Sending 3 of 5", "the time of the next one is told once a second"
    assert line.show(0) == ""
    assert line.show(2, next_at=1) == "Sending 1 of 2, next in 1.0 s"


def test_it_counts_down_by_itself(qtbot: QtBot) -> None:
    line = Line(qtbot)
    line.show(3, next_at=12.4)
    assert line.line.text() == "Sending 1 of 3, next in 12 s"
    line.now += timedelta(seconds=11)
    qtbot.waitUntil(lambda: line.line.text() == "Sending 1 of 3, next in 1.4 s")
    line.now += timedelta(seconds=2)
    qtbot.waitUntil(lambda: line.line.text() == "Sending 1 of 3")


def test_a_wait_the_service_asked_for_is_told_first(qtbot: QtBot) -> None:
    line = Line(qtbot)
    assert line.show(2, next_at=3, held_until=3) == "The service asked to wait 3.0 s more"
    assert line.show(0, dial_at=30) == "Connecting waits for its turn, 30 s more"


def test_earlier_texts_come_back_one_by_one() -> None:
    recall = Recall()
    for text in ("one", "two", "two", " "):
        recall.add(text)
    assert recall.step(-1, "draft") == "two"
    assert recall.step(-1, "two") == "one"
    assert recall.step(-1, "one") is None
    assert recall.step(1, "one") == "two"
    assert recall.step(1, "two") == "draft", "what was being written is not lost"
    assert recall.step(1, "draft") is None


def test_a_recalled_text_that_was_changed_is_a_draft() -> None:
    recall = Recall()
    recall.add("one")
    recall.add("two")
    assert recall.step(-1, "") == "two"
    assert recall.step(-1, "two, changed") == "two"
    assert recall.step(1, "two") == "two, changed"


def test_without_earlier_texts_nothing_changes() -> None:
    assert Recall().step(-1, "draft") is None
