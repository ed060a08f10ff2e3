"""From frames to messages a person reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gcdesk.guest.inbox import Inbox, direction_of, is_written, message_of, sender_of
from gcdesk.guest.message import Delivery, Direction, Sender, SenderKind
from gcdesk.guest.received import StructuredMessage, decode_frame

from .frames_of import sample_text

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


def body(**fields: object) -> StructuredMessage:
    frame = decode_frame(json.dumps({"class": "StructuredMessage", "code": 200, "body": fields}))
    assert isinstance(frame.body, StructuredMessage)
    return frame.body


def test_an_id_is_new_once_and_no_id_always() -> None:
    inbox = Inbox()
    assert inbox.see("a", "key")
    assert not inbox.see("a")
    assert inbox.see("b")
    assert inbox.see("")
    assert inbox.see("")
    assert (inbox.key_of("a"), inbox.key_of("b"), inbox.key_of("c")) == ("key", "", "")


def test_what_was_seen_before_a_moment_is_told_apart() -> None:
    inbox = Inbox()
    inbox.see("a")
    then = inbox.count
    inbox.see("b")
    assert [inbox.has(name, then) for name in ("a", "b", "c")] == [True, False, False]
    assert [inbox.has(name) for name in ("a", "b", "c", "")] == [True, True, False, False]


def test_the_newest_message_is_told_by_its_time_and_else_by_its_arrival() -> None:
    inbox = Inbox()
    for name, hour in (("a", 5), ("late", 4), ("b", 5), ("", 6)):
        inbox.reached(name, NOW.replace(hour=hour))
    assert inbox.newest == "b"
    inbox.reached("c", None)
    assert inbox.newest == "c"
    inbox.reached("earlier", NOW.replace(hour=4))
    assert inbox.newest == "c"


def test_no_two_messages_have_the_same_key_whatever_the_service_calls_them() -> None:
    inbox = Inbox()
    keys = [inbox.key_for(name) for name in ("", "unnamed-2", "", "a", "unnamed-1", "")]
    assert len(set(keys)) == len(keys)
    assert keys[3] == "a"


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"type": "Text"}, True),
        ({"type": "Structured"}, True),
        ({"type": "Message"}, True),
        ({"type": "Event", "text": "odd"}, False),
        ({"type": "Receipt"}, False),
        ({"type": "Hologram", "text": "a"}, True),
    ],
)
def test_what_a_person_reads(fields: dict[str, object], written: bool) -> None:
    assert is_written(body(**fields)) == written


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("Inbound", Direction.INBOUND), ("Outbound", Direction.OUTBOUND), ("", Direction.OUTBOUND)],
)
def test_the_direction_is_the_platforms(direction: str, expected: Direction) -> None:
    assert direction_of(body(direction=direction)) is expected


@pytest.mark.parametrize(
    ("entity", "kind"),
    [
        ("Human", SenderKind.AGENT),
        ("Bot", SenderKind.BOT),
        ("", SenderKind.UNKNOWN),
        ("X", SenderKind.UNKNOWN),
    ],
)
def test_who_wrote_to_the_customer(entity: str, kind: SenderKind) -> None:
    person = {"nickname": "Ada", "firstName": "A", "image": "https://example.com/a.png"}
    sender = sender_of(body(direction="Outbound", originatingEntity=entity, channel={"from": person}))
    assert sender == Sender(kind, "Ada", "https://example.com/a.png")


def test_inbound_is_the_customer_whatever_else_it_says() -> None:
    assert sender_of(body(direction="Inbound", originatingEntity="Bot")).kind is SenderKind.CUSTOMER


@pytest.mark.parametrize(
    ("person", "name"),
    [({"firstName": "Ada", "lastName": "L"}, "Ada L"), ({"lastName": "L"}, "L"), ({}, ""), (None, "")],
)
def test_a_name_without_a_nickname(person: object, name: str) -> None:
    assert sender_of(body(direction="Outbound", channel={"from": person})).name == name


def test_a_message_keeps_its_frame() -> None:
    frame = decode_frame(sample_text("server.structured_message.text_outbound_agent"))
    assert isinstance(frame.body, StructuredMessage)
    message = message_of(frame.body, "key", NOW, tracing_id="t", raw=frame.text)
    assert (message.key, message.id, message.tracing_id) == ("key", frame.body.id, "t")
    assert message.delivery is Delivery.ARRIVED
    assert message.raw == frame.text
    assert message.at == NOW
    assert message.time == frame.body.channel.time
    assert frame.text not in repr(message)
