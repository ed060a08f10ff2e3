"""Frames that no service should send, for finding out what a client does about them."""

import itertools
import json
from collections.abc import Iterator

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

_FRAMES: tuple[str | bytes, ...] = (
    "this is not JSON {",
    json.dumps(_UNKNOWN_CLASS),
    json.dumps(_NULLS),
    json.dumps(_WRONG_TYPES),
    "[1, 2, 3]",
    json.dumps(_NULL_ENVELOPE),
    "",
    json.dumps(_NO_ENVELOPE),
    b"\x00\xff\xfe binary",
    "null",
)


def broken_frames() -> Iterator[str | bytes]:
    """One broken frame after another, for ever."""
    return itertools.cycle(_FRAMES)
