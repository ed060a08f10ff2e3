"""What a guest offers to upload, and whether the deployment takes it (guest API, sections 4 and 8)."""

import re
import unicodedata
from dataclasses import dataclass

from .options import SimulatorOptions
from .reading import RefusedError

LONGEST_NAME = 1023
"""Characters of a file name (guest API, section 4: 1024 are too many)."""

_MIME = re.compile(r"([a-z0-9!#$&^_.+-]+)/([a-z0-9!#$&^_.+-]+) *(?:;[ -~]*)?")
_NOT_IN_NAMES = frozenset("/\\")


@dataclass(frozen=True)
class FileOffer:
    """What a guest says about a file before sending it. `size` in bytes; `md5` in hex or base64, if they gave it."""

    name: str
    mime: str
    size: int
    md5: str | None = None


def check_offer(offer: FileOffer, options: SimulatorOptions) -> None:
    """Raises RefusedError with 4000 to 4005 or 4102 for a file that the deployment does not take.

    A blocked extension is a type that is not allowed: 4001.
    """
    if not options.uploads:
        raise RefusedError(4000, "File upload is not available for this deployment.")
    if len(offer.name) > LONGEST_NAME:
        raise RefusedError(4005, "file name is too long")
    stem, dot, extension = offer.name.rpartition(".")
    if not (stem.strip() and dot and extension.strip()) or not _plain(offer.name):
        raise RefusedError(4004, "file name is invalid, an extension is required")
    if f".{extension.lower()}" in (blocked.lower() for blocked in options.blocked_extensions):
        raise RefusedError(4001, "file extension is blocked")
    if not type_allowed(offer.mime, options.upload_types):
        raise RefusedError(4001, "file type refused")
    if offer.size == 0:
        raise RefusedError(4102, "file is empty")
    if offer.size > options.upload_kilobytes * 1000:
        raise RefusedError(4002, f"file size is larger than {options.upload_kilobytes} KB")


def type_allowed(mime: str, allowed: tuple[str, ...]) -> bool:
    """Whether a MIME type is one of those allowed, where `*/*` is any and `image/*` any image."""
    found = _MIME.fullmatch(mime.lower())
    if found is None:
        return False
    kind, sub = found.groups()
    return any(each.lower() in {f"{kind}/{sub}", f"{kind}/*", "*/*"} for each in allowed)


def _plain(name: str) -> bool:
    return all(letter not in _NOT_IN_NAMES and unicodedata.category(letter) != "Cc" for letter in name)
