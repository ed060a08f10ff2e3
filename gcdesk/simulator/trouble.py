"""Frames that no service should send, and good ones spoilt, for finding out what a client does about them."""

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

from . import answers
from .answers import Frame, push

Broken = str | bytes | Frame

MEBIBYTE = 1 << 20
_DEPTH = 100_000
_NULLS = {
    "type": "message",
    "class": "StructuredMessage",
    "code": 200,
    "body": {
        "id": None,
        "type": None,
        "direction": None,
        "text": None,
        "channel": None,
        "content": None,
        "events": None,
        "metadata": {"correlationId": None},
    },
}
_WRONG_TYPES = {
    "type": "message",
    "class": "StructuredMessage",
    "code": "200",
    "body": {
        "id": 7,
        "type": "Text",
        "direction": ["Inbound"],
        "text": {"not": "text"},
        "channel": "private",
        "content": {"contentType": "Card"},
        "events": 12,
        "metadata": ["readOnly"],
    },
}
_UNKNOWN_CLASS = {"type": "message", "class": "HologramEvent", "code": 200, "body": {"depth": 3}}
_NO_ENVELOPE = {"hello": "world"}
_NULL_ENVELOPE = {"type": None, "class": None, "code": None, "body": None, "tracingId": None}
_BINARY = b"\x00\xff\xfe binary"
_FRAMES: tuple[str | bytes, ...] = (
    "this is not JSON {",
    json.dumps(_UNKNOWN_CLASS),
    json.dumps(_NULLS),
    json.dumps(_WRONG_TYPES),
    "[1, 2, 3]",
    json.dumps(_NULL_ENVELOPE),
    "",
    json.dumps(_NO_ENVELOPE),
    _BINARY,
    "null",
)


def broken_frames() -> Iterator[str | bytes]:
    """One broken frame after another, for ever."""
    return itertools.cycle(_FRAMES)


def _message(**parts: Any) -> Frame:
    body = {"id": answers.hex_id(), "type": "Text", "direction": "Outbound", **parts}
    return {"type": "message", "class": "StructuredMessage", "code": 200, "body": body}


def _sized(size: int) -> str:
    empty = len(json.dumps(_message(text="")))
    return json.dumps(_message(text="x" * (size - empty)))


def _deep() -> str:
    return json.dumps(_UNKNOWN_CLASS).replace("3", "[" * _DEPTH + "]" * _DEPTH)


STRAY: dict[str, Callable[[], Broken]] = {
    "not-json": lambda: "this is not JSON {",
    "half-json": lambda: '{"type": "message", "class": "Struct',
    "empty": lambda: "",
    "binary": lambda: _BINARY,
    "array": lambda: "[1, 2, 3]",
    "json-null": lambda: "null",
    "no-envelope": lambda: _NO_ENVELOPE,
    "null-envelope": lambda: _NULL_ENVELOPE,
    "unknown-class": lambda: _UNKNOWN_CLASS,
    "unknown-error": lambda: {
        **_UNKNOWN_CLASS,
        "code": 500,
        "body": {"errorMessage": "The hologram failed."},
    },
    "unknown-content": lambda: _message(
        type="Structured", content=[{"contentType": "Hologram", "hologram": {"depth": 3}}]
    ),
    "unknown-event": lambda: _message(
        type="Event", events=[{"eventType": "Hologram", "hologram": {"type": "On"}}]
    ),
    "nulls": lambda: _NULLS,
    "wrong-types": lambda: _WRONG_TYPES,
    "not-a-number": lambda: json.dumps({**_UNKNOWN_CLASS, "body": {"depth": float("nan")}}),
    # Escaped, because half a pair has no UTF-8 of its own.
    "surrogates": lambda: json.dumps(_message(text="half a pair: \ud83d")),
    "duplicate-keys": lambda: (
        '{"type":"message","class":"StructuredMessage","class":"HologramEvent","code":200}'
    ),
    "deep": _deep,
    "large": lambda: _sized(MEBIBYTE - 1),
    "huge": lambda: _sized(MEBIBYTE + 1),
}
"""What goes before a good frame, by the name of the fault."""


def _without_tracing_id(frame: Frame) -> Frame:
    return {key: value for key, value in frame.items() if key != "tracingId"}


def _other_tracing_id(frame: Frame) -> Frame:
    return {**frame, "tracingId": answers.dashed_id()} if "tracingId" in frame else frame


def _in_channel(change: Callable[[Frame], Frame]) -> Callable[[Frame], Frame]:
    return _in_message(
        lambda body: (
            {**body, "channel": change(body["channel"])} if isinstance(body.get("channel"), dict) else body
        )
    )


def _in_message(change: Callable[[Frame], Frame]) -> Callable[[Frame], Frame]:
    def changed(frame: Frame) -> Frame:
        body = frame.get("body")
        if frame.get("class") != "StructuredMessage" or not isinstance(body, dict):
            return frame
        return {**frame, "body": change(body)}

    return changed


def _without(key: str) -> Callable[[Frame], Frame]:
    return lambda value: {name: item for name, item in value.items() if name != key}


def _with_unknown_fields(value: Any) -> Any:
    if isinstance(value, dict):
        known = {key: _with_unknown_fields(item) for key, item in value.items()}
        return {"xHologram": {"depth": 3}, **known, "xNothing": None}
    return [_with_unknown_fields(item) for item in value] if isinstance(value, list) else value


def _null_fields(body: Frame) -> Frame:
    optional = (
        "text",
        "content",
        "events",
        "channel",
        "metadata",
        "originatingEntity",
        "originatingMessageId",
    )
    return {**dict.fromkeys(optional), **body}


CHANGED: dict[str, Callable[[Frame], Frame]] = {
    "no-tracing-id": _without_tracing_id,
    "other-tracing-id": _other_tracing_id,
    "no-time": _in_channel(_without("time")),
    "null-time": _in_channel(lambda channel: {**channel, "time": None}),
    "bad-time": _in_channel(lambda channel: {**channel, "time": "last Tuesday"}),
    "no-channel": _in_message(_without("channel")),
    "no-id": _in_message(_without("id")),
    "no-body": _without("body"),
    "unknown-fields": _with_unknown_fields,
    "null-fields": _in_message(_null_fields),
    "string-code": lambda frame: {**frame, "code": str(frame.get("code"))},
}
"""How a good frame is changed, by the name of the fault. None of them touches the frame it is given."""


def failed_upload(frame: Frame, now: str) -> Frame:
    """UploadFailureEvent in place of UploadSuccessEvent. `now` is ISO 8601."""
    body = {
        "attachmentId": frame["body"]["attachmentId"],
        "errorCode": 4003,
        "errorMessage": "File content is not allowed",
        "timestamp": now,
    }
    return push("UploadFailureEvent", body)


def bad_jwt(frame: Frame, *, expired: bool) -> Frame:
    """A JwtResponse that is of no use: out of date, or signed by somebody else."""
    body = frame["body"]
    changed = {**body, "exp": 1} if expired else {**body, "jwt": f"{body['jwt'].rpartition('.')[0]}.AAAA"}
    return {**frame, "body": changed}


def stray_message(text: str) -> Frame:
    """A message of the bot's that answers nothing."""
    return _message(text=text, originatingEntity="Bot")
