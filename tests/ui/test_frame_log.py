"""The frames that are kept of a chat: small, bounded by number and by bytes, one chat's and all chats'."""

from __future__ import annotations

import json
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from gcdesk.desk.history_record import FrameRecord
from gcdesk.ui.frame_log import FrameBudget, FrameLog, frame_kind
from tests.ui.conversation import START, received, sample_text, sent

TOKEN = "5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10"


def text_of(size: int) -> str:
    return json.dumps({"class": "string", "body": "x" * size})


def test_frames_are_numbered_and_found() -> None:
    log = FrameLog(budget=FrameBudget())
    first = log.add(sent(sample_text("client.configure_session")))
    second = log.add(received(sample_text("server.session_response"), seconds=0.1))
    assert (first.number, second.number, log.end, len(log)) == (0, 1, 2, 2)
    assert (first.sent, second.sent) == (True, False)
    assert log.get(1) is second
    assert log.get(2) is None
    assert log.since(1) == [second]
    assert log.since(0, 1) == [first]


def test_what_is_shown_of_a_frame_is_masked_either_way() -> None:
    log = FrameLog(budget=FrameBudget())
    for event in (
        sent(sample_text("client.configure_session")),
        received(sample_text("server.jwt_response")),
    ):
        frame = log.add(event)
        assert frame.masked() == event.frame.masked()
        assert frame.json() == event.frame.json()
        assert event.frame.text not in repr(frame)
    assert TOKEN not in log.since(0)[0].masked()


def test_kinds_say_which_event_it_is() -> None:
    assert frame_kind(received(sample_text("server.event.typing_on"))) == "StructuredMessage out Typing"
    assert (
        frame_kind(received(sample_text("server.event.presence_join_inbound"))) == "StructuredMessage in Join"
    )
    assert frame_kind(sent(sample_text("client.on_message.event_join"))) == "onMessage Join"
    many_lines = json.dumps({"class": "Two\nlines" + "x" * 500, "body": 1})
    assert "\n" not in frame_kind(received(many_lines))
    assert len(frame_kind(received(many_lines))) <= 200


def test_a_chat_keeps_no_more_bytes_than_it_may() -> None:
    log = FrameLog(most_bytes=100_000, budget=FrameBudget())
    for _ in range(500):
        log.add(received(text_of(1_000)))
        assert log.weight <= 100_000
    assert log.first > 400
    assert log.weight == sum(frame.weight for frame in log.since(0))
    assert log.since(0)[-1].number == 499


def test_the_newest_frame_stays_however_long_it_is() -> None:
    log = FrameLog(most_bytes=10_000, budget=FrameBudget())
    for _ in range(3):
        log.add(received(text_of(50_000)))
    assert [frame.number for frame in log.since(0)] == [2]


def test_all_chats_together_are_bounded_and_the_heaviest_gives() -> None:
    budget = FrameBudget(most_bytes=3_000_000)
    light, heavy = FrameLog(budget=budget), FrameLog(budget=budget)
    for _ in range(100):
        light.add(received(text_of(1_000)))
    for _ in range(500):
        heavy.add(received(text_of(10_000)))
    assert light.first == 0
    assert heavy.first > 150
    # Between two looks at all chats one may grow by a little.
    assert budget.weight < 3_000_000 + 1_100_000


def test_a_chat_that_is_gone_does_not_count() -> None:
    budget = FrameBudget()
    log = FrameLog(budget=budget)
    log.add(received(text_of(1_000)))
    assert budget.weight > 1_000
    del log
    assert budget.weight == 0


def test_frames_from_the_history_are_kept_likewise() -> None:
    log = FrameLog(budget=FrameBudget())
    log.add_records([FrameRecord(START, True, "echo", 96, '{"action": "echo"}')])
    frame = log.since(0)[0]
    assert (frame.sent, frame.kind, frame.size, json.loads(frame.masked())) == (
        True,
        "echo",
        96,
        {"action": "echo"},
    )


@given(st.lists(st.integers(0, 400), max_size=120), st.integers(1, 30), st.integers(600, 9_000))
def test_the_books_always_balance(sizes: list[int], most_kept: int, most_bytes: int) -> None:
    log = FrameLog(most_kept=most_kept, most_bytes=most_bytes, budget=FrameBudget(most_bytes=20_000))
    for size in sizes:
        log.add(received(text_of(size)))
        frames = log.since(0)
        assert log.weight == sum(frame.weight for frame in frames)
        assert [frame.number for frame in frames] == list(range(log.first, log.end))
        assert frames
    assert log.end == len(sizes)


def test_keeping_a_frame_costs_the_same_among_fifty_thousand() -> None:
    events = [received(text_of(number % 50)) for number in range(200)]

    def cost(log: FrameLog) -> float:
        costs = []
        for _ in range(20):
            began = process_time()
            for event in events:
                log.add(event)
            costs.append(process_time() - began)
        return min(costs)

    log = FrameLog(budget=FrameBudget())
    short = cost(log)
    for number in range(46_000):
        log.add(events[number % 200])
    # It is full now: the oldest go while the newest come.
    assert cost(log) / short < 3
    assert len(log) <= 50_100
