"""The bodies of the service's frames, class by class, as they are read (guest API, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

import msgspec

from gcdesk.guest.content import Content
from gcdesk.guest.value import Value


class SessionResponse(msgspec.Struct, frozen=True):
    """The answer to configureSession or closeSession; the limit is None where the service does not tell one."""

    connected: bool
    new_session: bool
    read_only: bool
    max_custom_data_bytes: int | None
    allowed_types: tuple[str, ...]
    max_file_kilobytes: int | None
    blocked_extensions: tuple[str, ...]
    cleared_existing_session: bool
    duration_seconds: int | None
    expiration_date: float | None


class Person(msgspec.Struct, frozen=True):
    """Who a message is from or to; each part may be empty."""

    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    image: str = ""


class Channel(Value, frozen=True):
    """A message's channel: its time, the channel's own message ID, and the custom attributes if echoed."""

    quiet: ClassVar[frozenset[str]] = frozenset({"custom_attributes"})

    time: datetime | None
    message_id: str
    type: str
    from_: Person
    to: Person
    custom_attributes: Mapping[str, str]


class GuestEvent(Value, frozen=True):
    """An event in a message: `kind` is the service's eventType; presence and typing are read, the rest is raw."""

    kind: str
    presence: str
    typing_on: bool
    typing_seconds: float
    raw: Mapping[str, object]


class StructuredMessage(msgspec.Struct, frozen=True):
    """A message in either direction (guest API, section 3.1)."""

    id: str
    type: str
    direction: str
    text: str
    channel: Channel
    content: tuple[Content, ...]
    events: tuple[GuestEvent, ...]
    metadata: Mapping[str, str]
    originating_entity: str
    originating_message_id: str


class PresignedUrl(Value, frozen=True):
    """Where to put an upload, or, without headers and with a size, where to get a file."""

    quiet: ClassVar[frozenset[str]] = frozenset({"headers", "url"})

    attachment_id: str
    headers: Mapping[str, str]
    url: str
    file_name: str
    file_size: int | None
    file_type: str

    @property
    def is_download(self) -> bool:
        """Whether this is a fresh link to a file, not a place to upload one."""
        return not self.headers and self.file_size is not None


class UploadSuccess(Value, frozen=True):
    """A file was taken and may be sent."""

    quiet: ClassVar[frozenset[str]] = frozenset({"download_url"})

    attachment_id: str
    download_url: str


class AttachmentDeleted(msgspec.Struct, frozen=True):
    """A file that was not sent is gone."""

    attachment_id: str


class Jwt(Value, frozen=True):
    """A short-lived key to the history; `expires` is in epoch seconds."""

    quiet: ClassVar[frozenset[str]] = frozenset({"jwt"})

    jwt: str
    expires: float | None


class Configuration(msgspec.Struct, frozen=True):
    """The answer to getConfiguration."""

    max_custom_data_bytes: int | None
    session_duration_seconds: int | None


class ResumeToken(Value, frozen=True):
    """A token whose use is not confirmed; `expires` is in epoch seconds."""

    quiet: ClassVar[frozenset[str]] = frozenset({"resume_token"})

    resume_token: str
    expires: float | None


class SessionExpired(msgspec.Struct, frozen=True):
    """The session has expired."""


class SessionCleared(msgspec.Struct, frozen=True):
    """The conversation was cleared."""


class ConnectionClosed(msgspec.Struct, frozen=True):
    """The service closes this connection; `reason` may be empty."""

    reason: str


class Logout(msgspec.Struct, frozen=True):
    """The customer logged out everywhere."""


class StringBody(msgspec.Struct, frozen=True):
    """A plain text; with a code other than 200 it is an error."""

    text: str


class ErrorBody(msgspec.Struct, frozen=True):
    """An error as an object; `retry_after` is in seconds where the service asks to wait."""

    error_code: int | None
    error_message: str
    retry_after: float | None
    attachment_id: str


class UnknownBody(Value, frozen=True):
    """A body of a class this version does not know."""

    quiet: ClassVar[frozenset[str]] = frozenset({"value"})

    value: object


Body = (
    SessionResponse
    | StructuredMessage
    | PresignedUrl
    | UploadSuccess
    | AttachmentDeleted
    | Jwt
    | Configuration
    | ResumeToken
    | SessionExpired
    | SessionCleared
    | ConnectionClosed
    | Logout
    | StringBody
    | ErrorBody
    | UnknownBody
)
