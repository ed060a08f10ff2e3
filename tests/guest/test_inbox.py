"""From frames to messages a person reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gcdesk.guest.inbox import Inbox, direction_of, sender_of
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
    assert inbox.is_new("a")
    assert not inbox.is_new("a")
    assert inbox.is_new("b")
    assert inbox.is_new("")
    assert inbox.is_new("")


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
    message = Inbox().message(frame, frame.body, NOW)
    assert message.key == message.id == frame.body.id
    assert message.delivery is Delivery.ARRIVED
    assert message.raw == frame.text
    assert message.at == NOW
    assert message.time == frame.body.channel.time
    assert frame.text not in repr(message)


def test_messages_without_an_id_get_keys_of_their_own() -> None:
    inbox = Inbox()
    frame = decode_frame('{"class":"StructuredMessage","code":200,"body":{"text":"a"}}')
    assert isinstance(frame.body, StructuredMessage)
    first, second = (inbox.message(frame, frame.body, NOW) for _ in range(2))
    assert first.key
    assert first.key != second.key
