"""Events as they are kept: written with every token masked, and read back as the events they were.

The law of this file: nothing is refused. An event that this version does not know is written as far as it can be
and read back as nothing; what was written by another version is read as far as this one understands it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import msgspec

# Named for its subclasses: errors are read back by their names.
from gcdesk.errors import GcdeskError
from gcdesk.guest import codes as _codes  # noqa: F401
from gcdesk.guest import events
from gcdesk.guest.content import Content, UnknownContent, parse_content
from gcdesk.guest.events import Event
from gcdesk.guest.frames import SentFrame, UnknownRequest, decode_request
from gcdesk.guest.lenient import Reader
from gcdesk.guest.masking import mask_frame, mask_text
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import ReceivedFrame, decode_frame
from gcdesk.guest.upload import OutgoingFile, Upload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST_KIND = 200

# Under this name masking leaves the keys alone: they are the person's choice, not members of the guest API.
_ATTRIBUTES = "customAttributes"


class StoredEvent(NamedTuple):
    """One row of the table `event`: `kind` and `size` (bytes) belong to frames, `data` is masked JSON."""

    at: int
    name: str
    kind: str
    size: int
    data: str


class StoredMessage(msgspec.Struct, omit_defaults=True):
    """A message as it is kept; `raw` is None where it is the frame that came just before."""

    key: str
    direction: Direction
    sender: SenderKind
    delivery: Delivery
    at: int
    id: str = ""
    name: str = ""
    image: str = ""
    text: str = ""
    time: int | None = None
    tracing_id: str = ""
    failure: str = ""
    content: list[Any] = []
    raw: str | None = ""


class ShownEvent(msgspec.Struct):
    """A kept event that shows a message; `before` is the key of the one it precedes, `earlier` if from before."""

    message: StoredMessage
    before: str = ""
    earlier: bool = False


_encoder = msgspec.json.Encoder()
shown_event = msgspec.json.Decoder(ShownEvent).decode
"""Reads the data of an event that shows a message; raises ValueError for another."""


def stamp_of(at: datetime) -> int:
    """A moment as microseconds since 1970 in UTC."""
    return (at - _EPOCH) // _MICROSECOND


def time_of(stamp: int) -> datetime:
    """The moment of a stamp, in UTC."""
    return _EPOCH + timedelta(microseconds=stamp)


class EventEncoder:
    """Turns the events of one chat into rows, in their order."""

    def __init__(self) -> None:
        self._latest_frame: str | None = None

    def encode(self, event: Event) -> StoredEvent:
        """The row of an event; never raises."""
        at, name = stamp_of(event.at), type(event).__name__
        if isinstance(event, events.FrameSent | events.FrameReceived):
            frame = event.frame
            if isinstance(frame, ReceivedFrame):
                self._latest_frame = frame.text
            return StoredEvent(
                at, name, whole_text(frame.kind[:_LONGEST_KIND]), event.size, _frame_text(frame)
            )
        try:
            data = _write(self._fields(event))
        except (TypeError, ValueError, RecursionError, OverflowError) as error:
            data = _write({"unwritable": mask_text(f"{type(error).__name__}: {error}")})
        return StoredEvent(at, name, "", 0, data)

    def _fields(self, event: Event) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for field in event.__struct_fields__:
            value = getattr(event, field)
            # A frame that is part of another event was an event of its own just before.
            if field != "at" and not isinstance(value, SentFrame | ReceivedFrame):
                fields[field] = self._value(value)
        if isinstance(event, events.AttributesChanged):
            fields[_ATTRIBUTES] = fields.pop("attributes")
        elif isinstance(event, events.UploadChanged):
            fields["upload"] = self._value(_without_source(event.upload))
        return fields

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            value = self._message(value)
        return msgspec.to_builtins(value, enc_hook=_plain_value)

    def _message(self, message: Message) -> StoredMessage:
        raw: str | None = None
        if message.raw != self._latest_frame:
            raw = _frame_text(decode_frame(message.raw)) if message.raw else ""
        return StoredMessage(
            key=message.key,
            direction=message.direction,
            sender=message.sender.kind,
            delivery=message.delivery,
            at=stamp_of(message.at),
            id=message.id,
            name=message.sender.name,
            image=message.sender.image,
            text=message.text,
            time=None if message.time is None else stamp_of(message.time),
            tracing_id=message.tracing_id,
            failure=message.failure,
            content=[_content_item(item) for item in message.content],
            raw=raw,
        )


class EventDecoder:
    """Turns the rows of one chat back into events, in their order."""

    def __init__(self) -> None:
        self._latest: ReceivedFrame | None = None

    def decode(self, row: StoredEvent) -> Event | None:
        """The event of a row; None if this version does not know or understand it."""
        try:
            return self._decode(row)
        except (TypeError, ValueError, KeyError, RecursionError, OverflowError):
            return None

    def _decode(self, row: StoredEvent) -> Event | None:
        kind = getattr(events, row.name, None)
        if not (isinstance(kind, type) and issubclass(kind, Event)):
            return None
        at = time_of(row.at)
        if kind is events.FrameSent:
            return events.FrameSent(at, _sent_frame(row), row.size)
        if kind is events.FrameReceived:
            self._latest = decode_frame(row.data)
            return events.FrameReceived(at, self._latest, row.size)
        data = json.loads(row.data)
        if "message" in data:
            message = message_of(shown_event(row.data).message, self._latest.text if self._latest else "")
            return kind(at, **{**data, "message": message})
        if kind is events.Oddity:
            return events.Oddity(at, self._latest or decode_frame(""), tuple(data["problems"]))
        if _ATTRIBUTES in data:
            data["attributes"] = data.pop(_ATTRIBUTES)
        return msgspec.convert({"at": at, **data}, kind, strict=False, dec_hook=_read_value)


def message_of(stored: StoredMessage, latest_frame: str) -> Message:
    """The message as it was; `latest_frame` is the frame that came just before the event that showed it."""
    return Message(
        key=stored.key,
        id=stored.id,
        direction=stored.direction,
        sender=Sender(stored.sender, stored.name, stored.image),
        text=stored.text,
        content=tuple(_content(stored.content, stored.direction)) if stored.content else (),
        delivery=stored.delivery,
        at=time_of(stored.at),
        time=None if stored.time is None else time_of(stored.time),
        tracing_id=stored.tracing_id,
        raw=latest_frame if stored.raw is None else stored.raw,
        failure=stored.failure,
    )


def whole_text(text: str) -> str:
    """The text without halves of characters, which no file takes."""
    return text.encode("utf-8", "replace").decode()


def _write(fields: object) -> str:
    masked = mask_frame(fields)
    try:
        return _encoder.encode(masked).decode()
    except UnicodeEncodeError:
        return whole_text(json.dumps(masked, ensure_ascii=False, separators=(",", ":")))


def _frame_text(frame: SentFrame | ReceivedFrame) -> str:
    """The frame masked, as compact JSON; as masked text where it is none."""
    if isinstance(frame, ReceivedFrame) and frame.value is None:
        return whole_text(mask_text(frame.text))
    try:
        return _write(frame.json())
    except (ValueError, RecursionError):
        return whole_text(mask_text(frame.text))


def _sent_frame(row: StoredEvent) -> SentFrame:
    request = decode_request(row.data)
    tracing_id = json.loads(row.data).get("tracingId")
    action = row.kind.partition(" ")[0]
    if isinstance(request, UnknownRequest):
        # One of another version; the text is what matters.
        raise ValueError("a request of another version")
    return SentFrame(request, row.data, action, row.kind, tracing_id if isinstance(tracing_id, str) else "")


def _without_source(upload: Upload) -> Upload:
    """The same without the bytes, or the path to them."""
    file = OutgoingFile(upload.file.name, upload.file.mime, upload.file.size, None)
    return Upload(upload.id, file, upload.state, upload.sent, upload.url, upload.error)


def _content_item(item: Content) -> dict[str, Any]:
    """The content as the service writes it, so that it is read back by the same reader."""
    if isinstance(item, UnknownContent):
        return dict(item.raw)
    name = type(item).__name__
    return {"contentType": name, name[:1].lower() + name[1:]: dict(item.raw)}


def _content(items: list[Any], direction: Direction) -> Iterator[Content]:
    for item in items:
        yield parse_content(Reader(item, "", []), direction is Direction.OUTBOUND)


def _plain_value(value: object) -> object:
    """What the encoder does not know by itself."""
    if isinstance(value, GcdeskError):
        return {
            "error": type(value).__name__,
            "title": str(value.title),
            "hint": str(value.hint),
            "status": value.code,
            "retry_after": value.retry_after,
            "detail": value.detail,
        }
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str):
        return str(value)
    return f"<{type(value).__name__}>"


def _read_value(kind: type, value: Any) -> Any:
    if kind is object:
        return value
    if not issubclass(kind, GcdeskError):
        raise TypeError(f"{kind.__name__} cannot be read back")
    return _kinds_of_errors().get(value["error"], GcdeskError)(
        value["title"],
        value["hint"],
        code=value["status"],
        retry_after=value["retry_after"],
        detail=value["detail"],
    )


@cache
def _kinds_of_errors() -> dict[str, type[GcdeskError]]:
    def below(kind: type[GcdeskError]) -> Iterator[type[GcdeskError]]:
        yield kind
        for narrower in kind.__subclasses__():
            yield from below(narrower)

    return {kind.__name__: kind for kind in below(GcdeskError)}
