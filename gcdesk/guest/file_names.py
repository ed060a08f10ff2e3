"""Names of files that came from outside, made safe to write on any system.

A name from the service is data: it can neither leave the folder it is written to, nor name a device, nor look like
another name, nor grow beyond what file systems take.
"""

from __future__ import annotations

import unicodedata

NAMELESS = "file"
"""The name of a file whose own name has nothing usable in it."""

_LONGEST = 200
_LONGEST_EXTENSION = 20
_SEPARATORS = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
# Controls, signs that steer the direction of writing, half characters, ends of lines and paragraphs, and codes that
# no character has: none of them can be seen, and all of them can make one name look like another.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}
)


def safe_name(name: str) -> str:
    """The nearest name that can be written in a folder on Linux, Windows and macOS; never empty.

    At most 200 bytes in UTF-8, which leaves room for a number; the extension stays whole if it is a short one.
    """
    seen = "".join(sign for sign in name if unicodedata.category(sign) not in _UNSEEN)
    plain = _trimmed(unicodedata.normalize("NFC", seen).translate(_SEPARATORS))
    # Windows takes what stands before the first dot for a device, whatever follows.
    if plain.partition(".")[0].rstrip(" ").upper() in _DEVICES:
        plain = f"_{plain}"
    return _trimmed(_shortened(plain)) or NAMELESS


def numbered(name: str, number: int) -> str:
    """The name with a number before its extension, for a folder that has the name already: "a (2).png"."""
    stem, extension = split_extension(name)
    return f"{stem} ({number}){extension}"


def split_extension(name: str) -> tuple[str, str]:
    """The name's stem and its extension with the dot; the extension is empty if there is none.

    A dot at the very beginning or end of the name starts no extension.
    """
    stem, dot, extension = name.rpartition(".")
    return (stem, dot + extension) if stem.strip(".") and extension else (name, "")


def _trimmed(name: str) -> str:
    # A leading dot hides a file; Windows drops dots and spaces at the end, and so makes another name of it.
    return name.strip().lstrip(". ").rstrip(". ").strip()


def _shortened(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    stem, extension = split_extension(name)
    if len(extension.encode()) > _LONGEST_EXTENSION:
        stem, extension = name, ""
    room = _LONGEST - len(extension.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + extension
