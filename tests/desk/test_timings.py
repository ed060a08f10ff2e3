"""Reply times are those that a person at the window would have measured."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gcdesk.desk.history_book import ChatBook
from gcdesk.desk.history_record import ShownMessage
from gcdesk.desk.timings import reply_times, timings_of
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from tests.desk.chats import START, facts, keep, made_chat, told_chat


def shown(
    key: str,
    seconds: float,
    *,
    left: float | None = None,
    earlier: bool = False,
    delivery: Delivery | None = None,
) -> ShownMessage:
    """A message of the customer where the key begins with "c", of the bot otherwise."""
    inbound = key.startswith("c")
    message = Message(
        key=key,
        id=key,
        direction=Direction.INBOUND if inbound else Direction.OUTBOUND,
        sender=Sender(SenderKind.CUSTOMER if inbound else SenderKind.BOT),
        text=key,
        content=(),
        delivery=delivery or (Delivery.SENT if inbound else Delivery.ARRIVED),
        at=START + timedelta(seconds=seconds),
    )
    return ShownMessage(message, None if left is None else START + timedelta(seconds=left), earlier, 0)


def times(*messages: ShownMessage) -> list[tuple[str, str, float]]:
    return [(reply.question, reply.answer, reply.seconds) for reply in reply_times(messages)]


def test_only_the_first_answer_has_a_reply_time() -> None:
    assert times(
        shown("greeting", 0),
        shown("c1", 1),
        shown("b1", 3),
        shown("b2", 4),
        shown("c2", 10),
        shown("b3", 10.5),
    ) == [("c1", "b1", 2.0), ("c2", "b3", 0.5)]


def test_an_answer_is_measured_from_the_last_thing_said() -> None:
    assert times(shown("c1", 0), shown("c2", 5), shown("b1", 6)) == [("c2", "b1", 1.0)]


def test_time_spent_waiting_to_be_sent_is_not_the_other_sides() -> None:
    assert times(shown("c1", 0, left=30), shown("b1", 31)) == [("c1", "b1", 1.0)]


@pytest.mark.parametrize("delivery", [Delivery.FAILED, Delivery.QUEUED, Delivery.SENDING])
def test_what_was_not_confirmed_is_not_answered(delivery: Delivery) -> None:
    assert times(shown("c1", 0), shown("c2", 1, delivery=delivery), shown("b1", 2)) == [("c1", "b1", 2.0)]


def test_what_is_from_before_or_before_its_question_is_no_answer() -> None:
    assert times(shown("c0", 0, earlier=True), shown("b0", 1, earlier=True), shown("b1", 2)) == []
    assert times(shown("c1", 5), shown("b1", 3), shown("b2", 6)) == [("c1", "b2", 1.0)]


def test_a_kept_chat_gives_all_its_timings(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    keep(path, (facts(), told_chat()), (facts(), list(made_chat(["a", "b", "c", "d"]))), (facts(), []))
    book = ChatBook(path)
    told, made = timings_of(book.open(1)), timings_of(book.open(2))
    assert (made.median, made.slowest, len(made.replies)) == (1.0, 1.0, 2)
    assert (made.deployment, made.connection, made.session, made.reconnects) == (None, None, None, 0)
    assert told.deployment == 0.1
    assert None not in (told.connection, told.session)
    assert told.reconnects == 1
