"""A file on its way from the customer to the conversation, as people and front ends see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from gcdesk.errors import GcdeskError


class UploadState(Enum):
    """How far a file has come."""

    REQUESTED = "requested"
    UPLOADING = "uploading"
    UPLOADED = "uploaded"
    SENT = "sent"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file the customer wants to send: `name` with its extension, MIME type, bytes, and where the bytes are.

    `source` is a path or the bytes themselves; the core never looks into it.
    """

    name: str
    mime: str
    size: int
    source: object = field(repr=False)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file's way; `id` is the attachment's ID, `sent` counts bytes, `error` says why it failed."""

    id: str
    file: OutgoingFile
    state: UploadState
    sent: int = 0
    url: str = field(default="", repr=False)
    error: GcdeskError | None = None
