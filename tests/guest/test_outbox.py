"""Own messages: none is lost, none changes its key, and their order holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.content import QuickReply, TimeSlot
from gcdesk.guest.message import Delivery, SenderKind
from gcdesk.guest.outbox import Outbox
from gcdesk.guest.received import ReceivedFrame, StructuredMessage, decode_frame
from gcdesk.guest.replies import quick_reply, time_slot

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


class Ids:
    """Counts instead of drawing."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> str:
        return f"t{next(self._numbers)}"


def filled(*texts: str) -> Outbox:
    outbox = Outbox()
    for text in texts:
        outbox.add(f"key of {text}", text, None, NOW)
    return outbox


def echo(text: str, tracing_id: str = "", custom_id: str = "") -> tuple[ReceivedFrame, StructuredMessage]:
    body = {
        "type": "Text",
        "direction": "Inbound",
        "id": f"id of {text}",
        "text": text,
        "metadata": {"customMessageId": custom_id} if custom_id else {},
    }
    frame = decode_frame(
        json.dumps({"class": "StructuredMessage", "code": 200, "tracingId": tracing_id, "body": body})
    )
    assert isinstance(frame.body, StructuredMessage)
    return frame, frame.body


def waiting(outbox: Outbox) -> list[str]:
    """The texts that wait, in their order; empties the queue."""
    texts = []
    new_id = Ids()
    while outbox.next is not None:
        texts.append(outbox.start(lambda: f"again {new_id()}").message.text)
    return texts


def test_a_new_message_waits_as_the_customers_own() -> None:
    message = filled("hello").next
    assert message is not None
    assert message.message.delivery is Delivery.QUEUED
    assert message.message.sender.kind is SenderKind.CUSTOMER
    assert message.message.at == NOW
    assert (message.key, message.message.id, message.message.tracing_id) == ("key of hello", "", "")


def test_a_reply_is_shown_with_its_content() -> None:
    outbox = Outbox()
    reply = quick_reply(QuickReply("Yes", "YES"), "m1")
    outgoing = outbox.add("k", reply.label, reply, NOW)
    assert outgoing.message.content == reply.content
    assert outgoing.reply is reply


def test_an_echo_is_found_by_its_tracing_id() -> None:
    outbox, new_id = filled("a", "b"), Ids()
    first, second = outbox.start(new_id), outbox.start(new_id)
    assert outbox.find(*echo("a", second.message.tracing_id)) == second.message.tracing_id
    assert outbox.find(*echo("a", first.message.tracing_id)) == first.message.tracing_id
    assert outbox.find(*echo("a", "another's")) == ""


def test_an_echo_is_found_by_the_older_message_id() -> None:
    outbox = filled("a")
    own = outbox.start(Ids()).message.tracing_id
    assert outbox.find(*echo("changed", "", own)) == own
    assert outbox.find(*echo("changed", "another's", own)) == own


def test_an_echo_without_any_id_is_found_by_the_oldest_text_only() -> None:
    outbox, new_id = filled("a", "b"), Ids()
    first = outbox.start(new_id)
    outbox.start(new_id)
    assert outbox.find(*echo("b")) == ""
    assert outbox.find(*echo("a")) == first.message.tracing_id
    outbox.finish(first.message.tracing_id)
    assert outbox.find(*echo("a")) == ""
    assert outbox.find(*echo("b")) == outbox.oldest()


def test_a_reply_that_says_nothing_is_known_by_saying_nothing() -> None:
    outbox = Outbox()
    reply = time_slot(TimeSlot("2026-07-06T09:00:00.000Z", None, None), "Mon 09:00", "m1")
    outbox.add("k", reply.label, reply, NOW)
    own = outbox.start(Ids()).message.tracing_id
    assert outbox.find(*echo("Mon 09:00")) == ""
    frame, body = echo("")
    assert outbox.find(frame, body) == own
    assert outbox.finish(own).echoed(frame, body).text == "Mon 09:00"


def test_an_echo_tells_the_services_id_and_keeps_the_key() -> None:
    outbox = filled("a")
    own = outbox.start(Ids()).message.tracing_id
    frame, body = echo("a", own)
    message = outbox.finish(own).echoed(frame, body)
    assert (message.key, message.id, message.delivery) == ("key of a", "id of a", Delivery.SENT)
    assert message.raw == frame.text
    assert not outbox.is_under_way(own)


def test_refused_messages_wait_again_in_the_order_they_were_said() -> None:
    outbox, new_id = filled("a", "b", "c", "d"), Ids()
    under_way = [outbox.start(new_id).message.tracing_id for _ in range(3)]
    for tracing_id in under_way:
        outgoing = outbox.put_back(tracing_id)
        assert outgoing.message.tracing_id == ""
    assert waiting(outbox) == ["a", "b", "c", "d"]


def test_after_a_break_the_order_holds_and_the_old_ids_stay() -> None:
    outbox, new_id = filled("a", "b", "c", "d"), Ids()
    refused, *unknown = (outbox.start(new_id).message.tracing_id for _ in range(3))
    outbox.put_back(refused)
    back = outbox.put_back_all()
    assert [outgoing.message.tracing_id for outgoing in back] == unknown
    again = [outbox.start(Ids()) for _ in range(4)]
    assert [outgoing.message.text for outgoing in again] == ["a", "b", "c", "d"]
    assert [outgoing.message.tracing_id for outgoing in again][1:3] == unknown


def test_a_message_sent_again_by_hand_goes_last_under_a_fresh_id() -> None:
    outbox, new_id = filled("a", "b", "c"), Ids()
    first, second = outbox.start(new_id), outbox.start(new_id)
    old = first.message.tracing_id
    outbox.fail(old)
    assert outbox.revive("key of a") is first
    assert outbox.revive("key of a") is None
    outbox.put_back(second.message.tracing_id)
    assert waiting(outbox) == ["b", "c", "a"]
    assert first.message.tracing_id not in ("", old)


def test_only_waiting_messages_can_be_taken_back() -> None:
    outbox = filled("a", "b")
    outbox.start(Ids())
    assert outbox.withdraw("key of a") is None
    taken = outbox.withdraw("key of b")
    assert taken is not None
    assert taken.message.text == "b"
    assert outbox.withdraw("key of b") is None
    assert outbox.next is None


def test_at_the_end_all_that_was_not_sent_has_failed() -> None:
    outbox = filled("a", "b", "c")
    own = outbox.start(Ids()).message.tracing_id
    outbox.finish(own)
    outbox.start(Ids())
    assert [outgoing.message.text for outgoing in outbox.fail_all()] == ["b", "c"]
    assert outbox.next is None
    assert outbox.oldest() == ""
    assert outbox.revive("key of c") is not None


STEPS = st.lists(
    st.sampled_from(["add", "start", "finish", "fail", "put back", "put back all", "withdraw", "revive"]),
    max_size=40,
)


@given(STEPS)
def test_no_message_is_ever_lost_or_doubled(steps: list[str]) -> None:
    outbox, new_id, numbers = Outbox(), Ids(), count()
    waits: set[str] = set()
    sent: set[str] = set()
    failed: set[str] = set()
    gone: set[str] = set()
    under_way: dict[str, str] = {}
    for step in steps:
        oldest = outbox.oldest()
        if step == "add":
            key = f"k{next(numbers)}"
            outbox.add(key, key, None, NOW)
            waits.add(key)
        elif step == "start" and outbox.next is not None:
            outgoing = outbox.start(new_id)
            waits.remove(outgoing.key)
            under_way[outgoing.message.tracing_id] = outgoing.key
        elif step == "put back all":
            waits |= {outgoing.key for outgoing in outbox.put_back_all()}
            under_way.clear()
        elif step == "withdraw" and waits:
            key = min(waits)
            assert outbox.withdraw(key) is not None
            waits.remove(key)
            gone.add(key)
        elif step == "revive" and failed:
            key = min(failed)
            assert outbox.revive(key) is not None
            failed.remove(key)
            waits.add(key)
        elif step in ("finish", "fail", "put back") and oldest:
            moves = {"finish": (outbox.finish, sent), "fail": (outbox.fail, failed)}
            move, into = moves.get(step, (outbox.put_back, waits))
            into.add(move(oldest).key)
            del under_way[oldest]
        assert all(outbox.is_under_way(tracing_id) for tracing_id in under_way)
    left = {outgoing.key for outgoing in outbox.fail_all()}
    assert left == waits | set(under_way.values())
    assert not left & (sent | gone | failed)


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_the_place_survives_any_number_of_refusals(gap: int) -> None:
    outbox, new_id = filled("a", "b", "c"), Ids()
    for _ in range(3):
        started = [outbox.start(new_id).message.tracing_id for _ in range(gap + 1)]
        for tracing_id in reversed(started):
            outbox.put_back(tracing_id)
    assert waiting(outbox) == ["a", "b", "c"]
