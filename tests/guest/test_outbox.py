"""Own messages: none is lost, none changes its key, and their order holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.content import QuickReply, TimeSlot
from gcdesk.guest.lenient import Reader
from gcdesk.guest.message import Delivery, SenderKind
from gcdesk.guest.outbox import Outbox
from gcdesk.guest.received import ReceivedFrame, StructuredMessage, decode_frame, structured_message
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
    assert outbox.find(*echo("a", second.message.tracing_id)) is second
    assert outbox.find(*echo("a", first.message.tracing_id)) is first
    assert outbox.find(*echo("a", "another's")) is None


def test_an_echo_is_found_by_the_older_message_id() -> None:
    outbox = filled("a")
    own = outbox.start(Ids())
    assert outbox.find(*echo("changed", "", own.message.tracing_id)) is own
    assert outbox.find(*echo("changed", "another's", own.message.tracing_id)) is own


def test_an_echo_without_any_id_is_found_by_the_oldest_text_only() -> None:
    outbox, new_id = filled("a", "b"), Ids()
    first, second = outbox.start(new_id), outbox.start(new_id)
    assert outbox.find(*echo("b")) is None
    assert outbox.find(*echo("a")) is first
    outbox.finish(first)
    assert outbox.find(*echo("a")) is None
    assert outbox.find(*echo("b")) is second


def test_a_reply_that_says_nothing_is_known_by_saying_nothing() -> None:
    outbox = Outbox()
    reply = time_slot(TimeSlot("2026-07-06T09:00:00.000Z", None, None), "Mon 09:00", "m1")
    outbox.add("k", reply.label, reply, NOW)
    own = outbox.start(Ids())
    assert outbox.find(*echo("Mon 09:00")) is None
    frame, body = echo("")
    assert outbox.find(frame, body) is own
    outbox.finish(own)
    assert own.echoed(frame.text, body).text == "Mon 09:00"


def test_an_echo_tells_the_services_id_and_keeps_the_key() -> None:
    outbox = filled("a")
    own = outbox.start(Ids())
    tracing_id = own.message.tracing_id
    frame, body = echo("a", tracing_id)
    outbox.finish(own)
    message = own.echoed(frame.text, body)
    assert (message.key, message.id, message.delivery) == ("key of a", "id of a", Delivery.SENT)
    assert message.raw == frame.text
    assert not outbox.is_under_way(tracing_id)
    assert outbox.find(frame, body) is own
    assert own.is_sent


def test_an_echo_is_known_by_every_id_a_message_went_out_under() -> None:
    outbox, new_id = filled("a"), Ids()
    own = outbox.start(new_id)
    refused = own.message.tracing_id
    outbox.put_back(refused)
    outbox.start(new_id)
    assert own.message.tracing_id != refused
    assert outbox.find(*echo("a", refused)) is own
    outbox.finish(own)
    assert outbox.undecided == []
    assert outbox.next is None


def test_what_went_out_twice_may_be_echoed_twice_by_its_text_alone() -> None:
    outbox, new_id = filled("a", "a"), Ids()
    own = outbox.start(new_id)
    outbox.put_back_all()
    assert outbox.start(new_id) is own
    for _ in range(2):
        assert outbox.find(*echo("a")) is own
        outbox.finish(own)
    assert outbox.find(*echo("a")) is None
    second = outbox.start(new_id)
    assert outbox.find(*echo("a")) is second


def test_what_a_break_left_unsure_is_neither_taken_back_nor_failed_too_early() -> None:
    outbox, new_id = filled("a", "b"), Ids()
    unsure = outbox.start(new_id)
    outbox.put_back_all()
    assert outbox.has_unsure
    assert outbox.withdraw("key of a") is None
    assert [outgoing.key for outgoing in outbox.fail_waiting(but_unsure=True)] == ["key of b"]
    assert outbox.undecided == [unsure]
    assert outbox.fail_waiting() == [unsure]
    assert not outbox.has_unsure


def test_a_message_taken_back_is_not_ours_any_more() -> None:
    outbox, new_id = filled("a"), Ids()
    refused = outbox.start(new_id).message.tracing_id
    outbox.put_back(refused)
    assert outbox.withdraw("key of a") is not None
    assert outbox.find(*echo("a", refused)) is None


@pytest.mark.parametrize(
    ("content", "is_text", "is_reply"),
    [
        ([], True, False),
        (
            [{"contentType": "ButtonResponse", "buttonResponse": {"text": "Yes", "payload": "YES"}}],
            False,
            True,
        ),
        (
            [{"contentType": "ButtonResponse", "buttonResponse": {"text": "Yes", "payload": "NO"}}],
            False,
            False,
        ),
        ([{"contentType": "Form", "form": {}}], False, True),
        ([{"contentType": "Hologram"}], True, True),
    ],
)
def test_a_message_is_known_again_by_its_text_and_what_was_chosen(
    content: list[dict[str, object]], is_text: bool, is_reply: bool
) -> None:
    outbox = filled("Yes")
    text = outbox.next
    outbox.add("k", "Yes", quick_reply(QuickReply("Yes", "YES"), "m1"), NOW)
    assert text is not None
    outbox.start(Ids())
    reply = outbox.next
    assert reply is not None
    value = {"type": "Structured", "direction": "Inbound", "text": "Yes", "content": content}
    body = structured_message(Reader(value, "", []))
    assert (text.is_in(body), reply.is_in(body)) == (is_text, is_reply)


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
    assert first.times == 0
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
    outbox.finish(outbox.start(Ids()))
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
            unsure = key in {outgoing.key for outgoing in outbox.undecided}
            assert (outbox.withdraw(key) is None) == unsure
            if not unsure:
                waits.remove(key)
                gone.add(key)
        elif step == "revive" and failed:
            key = min(failed)
            assert outbox.revive(key) is not None
            failed.remove(key)
            waits.add(key)
        elif step in ("finish", "fail", "put back") and oldest:
            own = outbox.named(oldest)
            assert own is not None
            if step == "finish":
                outbox.finish(own)
                sent.add(own.key)
            else:
                move, into = (outbox.fail, failed) if step == "fail" else (outbox.put_back, waits)
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
