"""The few files the simulator serves for its own messages, made here so that none is fetched or shipped."""

import functools
import hashlib
import struct
import zlib
from dataclasses import dataclass, field

_WIDTH, _HEIGHT = 240, 120


@dataclass(frozen=True)
class ServedFile:
    """A small file: its name in the URL, MIME type, the messenger's media type, and content."""

    name: str
    mime: str
    media_type: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The digest as lower-case hex."""
        return hashlib.sha256(self.data).hexdigest()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(red: int, green: int, blue: int) -> bytes:
    """A PNG of 240 by 120 pixels that fades from the colour (0 to 255 each) to white."""
    row = bytearray([0])
    for x in range(_WIDTH):
        row.extend(part + (255 - part) * x // _WIDTH for part in (red, green, blue))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(row) * _HEIGHT, 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


_NOTE = "This file comes from the gcdesk simulator. It is not a message from Genesys Cloud.\n"


@functools.cache
def served_files() -> dict[str, ServedFile]:
    """Every file by name."""
    files = (
        ServedFile("violet.png", "image/png", "Image", picture(91, 91, 214)),
        ServedFile("teal.png", "image/png", "Image", picture(18, 140, 126)),
        ServedFile("amber.png", "image/png", "Image", picture(217, 119, 6)),
        ServedFile("note.txt", "text/plain", "File", _NOTE.encode()),
    )
    return {file.name: file for file in files}
