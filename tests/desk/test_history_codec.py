"""Events are kept as they were, without what must not be kept, whatever they hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies

from gcdesk.desk.history_codec import EventDecoder, EventEncoder, StoredEvent, stamp_of, time_of
from gcdesk.errors import ConnectionLostError, GcdeskError
from gcdesk.guest import events
from gcdesk.guest.codes import service_error
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import decode_frame
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState
from tests.desk.chats import DEPLOYMENT_ID, TOKEN, told_chat
from tests.guest.frames_of import names, sample_text

AT = datetime(2026, 7, 1, 9, 30, 0, 123456, tzinfo=UTC)
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMTIzNDU2"


def back(*told: Event) -> list[Event | None]:
    encoder, decoder = EventEncoder(), EventDecoder()
    return [decoder.decode(encoder.encode(event)) for event in told]


def kept(event: Event) -> str:
    return EventEncoder().encode(event).data


def message(text: str = "", **fields: object) -> Message:
    known = {
        "key": "k",
        "id": "",
        "direction": Direction.INBOUND,
        "sender": Sender(SenderKind.CUSTOMER),
        "content": (),
        "delivery": Delivery.SENT,
        "at": AT,
    }
    return Message(text=text, **{**known, **fields})  # type: ignore[arg-type]


def test_a_whole_chat_comes_back_as_it_was_told() -> None:
    told = told_chat()
    kinds = {type(event) for event in told}
    assert {events.MessageAdded, events.Oddity, events.ReconnectPlanned, events.DeploymentRead} < kinds
    for before, after in zip(told, back(*told), strict=True):
        if isinstance(before, events.FrameSent | events.FrameReceived):
            assert isinstance(after, type(before))
            assert (after.at, after.size, after.frame.kind) == (before.at, before.size, before.frame.kind)
            assert after.frame.json() == before.frame.json()
        elif isinstance(before, events.Oddity):
            assert isinstance(after, events.Oddity)
            assert after.problems == before.problems
        elif isinstance(before, events.MessageAdded | events.MessageChanged):
            assert isinstance(after, type(before))
            assert as_shown(after.message) == as_shown(before.message)
        elif (error := getattr(before, "error", None)) is not None:
            assert type(after) is type(before)
            assert same_error(getattr(after, "error"), error)  # noqa: B009 - of any kind of event
        else:
            assert after == before


def as_shown(one: Message) -> tuple[object, ...]:
    """All of a message but its frame, whose secrets are masked."""
    return (
        one.key,
        one.id,
        one.direction,
        one.sender,
        one.text,
        len(one.content),
        one.delivery,
        one.at,
        one.time,
    )


def same_error(one: GcdeskError, other: GcdeskError) -> bool:
    return type(one) is type(other) and one.__reduce__() == other.__reduce__()


@pytest.mark.parametrize("name", names("server.structured_message"))
def test_content_is_read_back_by_the_same_reader(name: str) -> None:
    frame = decode_frame(sample_text(name))
    received = events.FrameReceived(AT, frame, 1)
    body = frame.body
    direction = Direction.INBOUND if body.direction == "Inbound" else Direction.OUTBOUND  # type: ignore[union-attr]
    shown = message("", direction=direction, content=body.content, raw=frame.text)  # type: ignore[union-attr]
    _, after = back(received, events.MessageAdded(AT, shown))
    assert isinstance(after, events.MessageAdded)
    assert [type(item) for item in after.message.content] == [type(item) for item in shown.content]
    again = events.MessageAdded(AT, after.message)
    assert back(received, again)[1] == again
    assert json.loads(after.message.raw) == frame.json()


def test_a_frame_is_not_kept_twice() -> None:
    raw = json.dumps({"class": "News", "body": {"text": "x" * 1000}})
    encoder = EventEncoder()
    encoder.encode(events.FrameReceived(AT, decode_frame(raw), len(raw)))
    row = encoder.encode(events.MessageAdded(AT, message("hello", raw=raw)))
    assert len(row.data) < 500
    assert "x" * 1000 in EventEncoder().encode(events.MessageAdded(AT, message("hello", raw=raw))).data


def test_no_token_and_no_deployment_id_is_kept() -> None:
    encoder = EventEncoder()
    for event in told_chat():
        data = encoder.encode(event).data
        assert TOKEN not in data
        assert DEPLOYMENT_ID not in data


def test_a_jwt_is_masked_wherever_it_stands() -> None:
    told: list[Event] = [
        events.MessageAdded(AT, message(f"my key is {JWT}", failure=f"no: {JWT}")),
        events.Ended(AT, f"gone {JWT}", ConnectionLostError(detail=JWT)),
        events.LinkRefreshed(AT, "a-1", f"https://files.example/x?X-Amz-Signature={'s' * 40}"),
        events.AttributesChanged(AT, events.AttributeStatus.SENT, {"note": JWT}, 3),
    ]
    for event in told:
        assert JWT not in kept(event)
        assert "s" * 40 not in kept(event)


def test_the_keys_of_attributes_are_the_persons_own() -> None:
    event = events.AttributesChanged(AT, events.AttributeStatus.SENT, {"code": "GOLD", "token": "blue"}, 3)
    assert back(event) == [event]


def test_what_is_uploaded_is_not_kept() -> None:
    for source in (b"the bytes of a picture", Path("/home/somebody/picture.png"), object()):
        file = OutgoingFile("picture.png", "image/png", 22, source)
        event = events.UploadChanged(AT, Upload("u-1", file, UploadState.UPLOADING, 7))
        data = kept(event)
        assert "somebody" not in data
        assert "dGhlIGJ5dGVz" not in data
        (after,) = back(event)
        assert isinstance(after, events.UploadChanged)
        assert (after.upload.id, after.upload.sent, after.upload.file.name) == ("u-1", 7, "picture.png")
        assert after.upload.file.source is None


class Unheard(Event, frozen=True):
    """Of a version that is not written yet."""

    what: object
    count: int = 3


@pytest.mark.parametrize(
    "what", ["text", {"token": TOKEN}, object(), {1: 2}, b"\xff", float("nan"), {(1, 2): 3}]
)
def test_an_event_that_is_not_known_is_kept_by_name(what: object) -> None:
    row = EventEncoder().encode(Unheard(AT, what))
    assert row.name == "Unheard"
    assert isinstance(json.loads(row.data), dict)
    assert TOKEN not in row.data
    assert EventDecoder().decode(row) is None


@pytest.mark.parametrize("data", ["", "[]", "null", "{", '{"message":3}', '{"state":"asleep"}', "7"])
@pytest.mark.parametrize(
    "name", ["MessageAdded", "StateChanged", "Ended", "FrameSent", "Oddity", "Event", "msgspec"]
)
def test_rows_of_another_version_are_left_out(name: str, data: str) -> None:
    row = StoredEvent(stamp_of(AT), name, "", 0, data)
    assert EventDecoder().decode(row) in (None, Event(AT))


def test_an_error_of_another_version_keeps_its_sentences() -> None:
    class LaterError(GcdeskError):
        """Not there any more when it is read."""

    row = EventEncoder().encode(events.Ended(AT, "over", LaterError("It broke.", "Mend it.", code=7)))
    after = EventDecoder().decode(row._replace(data=row.data.replace("LaterError", "MuchLaterError")))
    assert isinstance(after, events.Ended)
    assert after.error is not None
    assert (str(after.error), after.error.code) == ("It broke. Mend it.", 7)


def test_an_error_of_the_service_comes_back_as_its_kind() -> None:
    error = service_error(429, "slow down", 3.0)
    (after,) = back(events.HeldBack(AT, 3.0, error))
    assert isinstance(after, events.HeldBack)
    assert after.error is not None
    assert same_error(after.error, error)
    assert after.error.name == error.name


@given(text=strategies.text(alphabet=strategies.characters()), other=strategies.text())
def test_any_text_comes_back(text: str, other: str) -> None:
    whole = text.encode("utf-8", "replace").decode()
    (after,) = back(events.MessageAdded(AT, message(text, key=other, failure=other), before=other))
    assert isinstance(after, events.MessageAdded)
    assert (after.message.text, after.message.key, after.before) == (whole, other, other)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\0", "😀", "\u2028"])
def test_half_a_character_keeps_nothing_from_being_written(text: str) -> None:
    (after,) = back(events.MessageAdded(AT, message(text)))
    assert isinstance(after, events.MessageAdded)
    assert after.message.text == text.encode("utf-8", "replace").decode()


@given(raw=strategies.text() | strategies.binary())
def test_any_frame_is_kept(raw: str | bytes) -> None:
    frame = decode_frame(raw)
    row = EventEncoder().encode(events.FrameReceived(AT, frame, len(raw)))
    after = EventDecoder().decode(row)
    assert isinstance(after, events.FrameReceived)
    row.data.encode()


def test_a_frame_nested_too_deeply_is_kept_as_text() -> None:
    raw = "[" * 100_000
    after = back(events.FrameReceived(AT, decode_frame(raw), len(raw)))[0]
    assert isinstance(after, events.FrameReceived)
    assert after.frame.text == raw


@given(strategies.integers(0, 2**54))
def test_a_moment_comes_back_to_the_microsecond(stamp: int) -> None:
    assert stamp_of(time_of(stamp)) == stamp
