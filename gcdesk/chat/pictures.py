"""What a picture is, read from its first bytes without decoding it: its format and how many pixels it would take.

A small file can claim billions of pixels, and whoever decodes it pays for them. Sources: PNG (RFC 2083, section 11),
JPEG (ITU-T T.81, annex B), GIF89a (section 18), WebP (RFC 9649, section 2).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gcdesk.errors import PictureRefusedError
from gcdesk.phrase import Phrase

MOST_PIXELS = 40_000_000

_JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xDA)})
# SOF0 to SOF15, but for the three markers among them that hold tables and not a frame.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9


@dataclass(frozen=True, slots=True)
class Shape:
    """A picture's MIME type, and its width and height in pixels."""

    mime: str
    width: int
    height: int

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return self.width * self.height


def check_picture(data: bytes, most_pixels: int = MOST_PIXELS) -> Shape:
    """Read what a picture claims to be.

    Args:
        data: The whole file, or enough of its beginning.
        most_pixels: Pixels it may have.

    Raises:
        PictureRefusedError: It is not a PNG, JPEG, GIF or WebP picture, or has no pixels, or too many.
    """
    shape = shape_of(data)
    if shape is None or shape.pixels == 0:
        raise PictureRefusedError
    if shape.pixels > most_pixels:
        raise PictureRefusedError(
            Phrase(
                "The picture has {width:,} by {height:,} pixels, which is too many to be shown.",
                width=shape.width,
                height=shape.height,
            )
        )
    return shape


def shape_of(data: bytes) -> Shape | None:
    """The picture's shape; None if it is none of the known formats, or its beginning is not whole."""
    for beginning, read in _FORMATS.items():
        if data.startswith(beginning):
            try:
                return read(data)
            except (struct.error, IndexError):
                return None
    return None


def _png(data: bytes) -> Shape | None:
    kind, width, height = struct.unpack_from(">4sII", data, 12)
    return Shape("image/png", width, height) if kind == b"IHDR" else None


def _gif(data: bytes) -> Shape | None:
    width, height = struct.unpack_from("<HH", data, 6)
    return Shape("image/gif", width, height)


def _jpeg(data: bytes) -> Shape | None:
    """Go from marker to marker until the one that begins the frame."""
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            # Any number of these may fill the room before a marker.
            place += 1
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return Shape("image/jpeg", width, height)
        elif marker in (_JPEG_SCAN, _JPEG_END):
            return None
        elif marker in _JPEG_WITHOUT_LENGTH:
            place += 2
        else:
            (length,) = struct.unpack_from(">H", data, place + 2)
            place += 2 + max(2, length)
    return None


def _webp(data: bytes) -> Shape | None:
    if data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        wide, high = data[24:27], data[27:30]
        if len(high) < 3:
            return None
        return Shape("image/webp", 1 + int.from_bytes(wide, "little"), 1 + int.from_bytes(high, "little"))
    if kind == b"VP8L":
        signature, bits = struct.unpack_from("<BI", data, 20)
        return (
            Shape("image/webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)) if signature == 0x2F else None
        )
    if kind == b"VP8 ":
        start, width, height = struct.unpack_from("<3sHH", data, 23)
        shape = Shape("image/webp", width & 0x3FFF, height & 0x3FFF)
        return shape if start == b"\x9d\x01\x2a" else None
    return None


_FORMATS: Mapping[bytes, Callable[[bytes], Shape | None]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8": _jpeg,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
    b"RIFF": _webp,
}
