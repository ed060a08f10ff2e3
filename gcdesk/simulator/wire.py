"""What leaves on a guest's socket, and how: whole, in pieces, broken, or not to its end (RFC 6455)."""

import asyncio
import json
import os
import socket
import struct
from dataclasses import dataclass
from enum import Enum
from typing import Any

_TEXT = 0x1
_CONTINUATION = 0x0
_RESERVED = 0x3
_FINAL = 0x80
_PIECES = 4
_CRUMBS = 32
_PAUSE = 0.002


class Shape(Enum):
    """How a frame leaves."""

    WHOLE = "whole"
    HALF_THEN_RESET = "half of it, then the connection is reset"
    HALF_THEN_NOTHING = "half of it, then nothing any more"
    FRAGMENTS = "in fragments"
    TRICKLE = "a few bytes at a time"
    INVALID_UTF8 = "a text frame whatever its bytes are"
    RESERVED_OPCODE = "a frame of a reserved opcode"


@dataclass(frozen=True)
class Parcel:
    """Something to do on the wire, and how many seconds after it was handed over it may happen."""

    data: dict[str, Any] | str | bytes | None = None
    shape: Shape = Shape.WHOLE
    delay: float = 0.0
    close_code: int | None = None
    cut: bool = False


def encoded(data: dict[str, Any] | str | bytes) -> bytes:
    """The payload of a frame."""
    if isinstance(data, bytes):
        return data
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def frame_bytes(payload: bytes, opcode: int = _TEXT, *, final: bool = True) -> bytes:
    """One WebSocket frame as a server sends it, unmasked."""
    first = opcode | (_FINAL if final else 0)
    if len(payload) < 126:
        header = struct.pack(">BB", first, len(payload))
    elif len(payload) < 1 << 16:
        header = struct.pack(">BBH", first, 126, len(payload))
    else:
        header = struct.pack(">BBQ", first, 127, len(payload))
    return header + payload


def pieces(payload: bytes, shape: Shape) -> list[bytes]:
    """The bytes that leave, one after the other. Several stand for a pause between them."""
    if shape is Shape.FRAGMENTS:
        return [b"".join(_fragments(payload))]
    if shape is Shape.RESERVED_OPCODE:
        return [frame_bytes(payload, _RESERVED)]
    whole = frame_bytes(payload)
    if shape in {Shape.HALF_THEN_RESET, Shape.HALF_THEN_NOTHING}:
        return [whole[: len(whole) // 2]]
    return _split(whole, _CRUMBS) if shape is Shape.TRICKLE else [whole]


async def write(transport: asyncio.WriteTransport, payload: bytes, shape: Shape) -> None:
    """Write a frame in its shape."""
    for piece in pieces(payload, shape):
        if transport.is_closing():
            return
        transport.write(piece)
        if shape is Shape.TRICKLE:
            await asyncio.sleep(_PAUSE)


async def drain(transport: asyncio.WriteTransport) -> None:
    """Wait until all that was written is with the operating system."""
    # A transport has no event for an empty buffer.
    while transport.get_write_buffer_size() and not transport.is_closing():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def reset(transport: asyncio.WriteTransport) -> None:
    """Drop the connection with a TCP reset instead of an orderly end."""
    end = transport.get_extra_info("socket")
    if end is not None:
        # Not to linger at all is what makes the system answer with a reset.
        layout = "hh" if os.name == "nt" else "ii"
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(layout, 1, 0))
    transport.abort()


def _fragments(payload: bytes) -> list[bytes]:
    parts = _split(payload, _PIECES)
    last = len(parts) - 1
    return [
        frame_bytes(part, _CONTINUATION if index else _TEXT, final=index == last)
        for index, part in enumerate(parts)
    ]


def _split(data: bytes, count: int) -> list[bytes]:
    size = max(1, -(-len(data) // count))
    return [data[start : start + size] for start in range(0, len(data), size)] or [b""]
