"""A conversation of ten thousand messages opens, scrolls and grows like one of a hundred.

Measured as time on the processor, because the machine may have other things to do.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial
from time import process_time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gcdesk.guest.message import Message
from gcdesk.ui import style
from gcdesk.ui.transcript import Transcript
from tests.ui.conversation import BOT, CUSTOMER, message, sample_message

pytestmark = pytest.mark.benchmark

MANY, FEW = 10_000, 100
OPENED = 1.0
FRAME = 0.016
A_NOTCH = 120
TRIES = 3
WORDS = "Here are some words that wrap over more than one line of a bubble as wide as this one is. "


@pytest.fixture
def transcript(qtbot: QtBot, qapp: QApplication) -> Iterator[Transcript]:
    style.apply_theme(qapp, "light")
    made = Transcript()
    made.resize(680, 660)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def conversation(count: int) -> list[Message]:
    """Questions and answers of one to three lines; every twenty-fifth message offers quick replies."""
    replies = sample_message("quick_replies").content
    return [
        message(
            f"Message {number}. {WORDS * (number % 3)}",
            replies if number % 25 == 1 else (),
            sender=CUSTOMER if number % 4 == 0 else BOT,
        )
        for number in range(count)
    ]


def took(act: Callable[[], object]) -> float:
    began = process_time()
    act()
    return process_time() - began


def show(transcript: Transcript, messages: list[Message]) -> None:
    for one in messages:
        transcript.add_message(one)
    settle(transcript)
    transcript.viewport().repaint()


def settle(transcript: Transcript) -> None:
    while transcript.is_moving:
        QApplication.processEvents()


def notch(transcript: Transcript, pixels: int) -> None:
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.value() + pixels)
    transcript.viewport().repaint()


def test_ten_thousand_messages_open_in_less_than_a_second(transcript: Transcript) -> None:
    messages = conversation(MANY)
    opened = took(lambda: show(transcript, messages))
    print(f"{opened:.3f} s for {MANY} messages")
    assert transcript.message_count() == MANY
    assert opened < OPENED


def test_no_frame_takes_long_while_the_wheel_turns(transcript: Transcript) -> None:
    show(transcript, conversation(MANY))
    slowest = []
    for _ in range(TRIES):
        frames = []
        for _ in range(100):
            frames.append(took(lambda: notch(transcript, -A_NOTCH)))
            frames += [took(QApplication.processEvents) for _ in range(3)]
        slowest.append(max(frames))
        print(f"{slowest[-1] * 1000:.1f} ms at most, {statistics.median(frames) * 1000:.1f} ms as a rule")
        if slowest[-1] < FRAME:
            return
    pytest.fail(f"the slowest frames took {slowest} s")


def test_scrolling_and_adding_cost_the_same_whatever_the_length(transcript: Transcript) -> None:
    def costs() -> tuple[float, float]:
        wheel = []
        for pixels in (-A_NOTCH, A_NOTCH) * 15:
            wheel.append(took(partial(notch, transcript, pixels)))
            settle(transcript)
        transcript.scroll_to_end()
        settle(transcript)
        grow = [took(partial(show, transcript, [one])) for one in conversation(30)]
        return min(wheel), min(grow)

    show(transcript, conversation(FEW))
    few = costs()
    show(transcript, conversation(MANY))
    many = costs()
    print(
        f"a notch {few[0] * 1000:.2f} and {many[0] * 1000:.2f} ms, a message {few[1] * 1000:.2f} and "
        f"{many[1] * 1000:.2f} ms"
    )
    assert many[0] / few[0] < 3
    assert many[1] / few[1] < 3
