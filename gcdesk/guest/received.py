"""Frames from the service: read leniently, kept whole, never dropped (guest API, section 3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import ClassVar

import msgspec

from gcdesk.errors import ServiceError
from gcdesk.guest.bodies import (
    AttachmentDeleted,
    Body,
    Channel,
    Configuration,
    ConnectionClosed,
    ErrorBody,
    GuestEvent,
    Jwt,
    Logout,
    Person,
    PresignedUrl,
    ResumeToken,
    SessionCleared,
    SessionExpired,
    SessionResponse,
    StringBody,
    StructuredMessage,
    UnknownBody,
    UploadSuccess,
)
from gcdesk.guest.codes import service_error
from gcdesk.guest.content import parse_content
from gcdesk.guest.lenient import Reader
from gcdesk.guest.masking import mask_frame, mask_text
from gcdesk.guest.value import Value

__all__ = [
    "AttachmentDeleted",
    "Body",
    "Channel",
    "Configuration",
    "ConnectionClosed",
    "ErrorBody",
    "GuestEvent",
    "Jwt",
    "Logout",
    "Person",
    "PresignedUrl",
    "ReceivedFrame",
    "ResumeToken",
    "SessionCleared",
    "SessionExpired",
    "SessionResponse",
    "StringBody",
    "StructuredMessage",
    "UnknownBody",
    "UploadSuccess",
    "decode_frame",
    "json_value",
    "structured_message",
]

_DEFAULT_TYPING_SECONDS = 5.0
_LONGEST_WAIT = 86_400.0
_LONGEST_CLASS = 80
_TOO_MANY = "TooManyRequestsErrorMessage"


class ReceivedFrame(Value, frozen=True):
    """One frame from the service, read as far as it can be and kept whole.

    `text` is what came over the wire, undecodable bytes escaped; `value` its JSON, None if it is none. `problems` are
    plain sentences about what was odd.
    """

    quiet: ClassVar[frozenset[str]] = frozenset({"text", "value", "body"})

    text: str
    value: object
    type: str
    cls: str
    code: int | None
    tracing_id: str
    body: Body
    problems: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"ReceivedFrame({self.kind!r}, tracing_id={mask_text(self.tracing_id)!r}, problems={len(self.problems)})"

    @property
    def kind(self) -> str:
        """Short words for lists: the class, and the direction or the code."""
        if self.value is None:
            return "null" if _is_null(self.text) else "not JSON"
        cls = mask_text(self.cls[:_LONGEST_CLASS])
        if isinstance(self.body, StructuredMessage):
            direction = {"Inbound": " in", "Outbound": " out"}.get(self.body.direction, "")
            return f"{cls}{direction}"
        code = "" if self.code is None else f" {self.code}"
        return f"{cls or 'no class'}{code}"

    @property
    def refusal(self) -> ServiceError | None:
        """The named error if this frame is one: by its class, or by a code other than 200."""
        body, code = self.body, self.code
        if isinstance(body, ErrorBody):
            telling = 429 if self.cls == _TOO_MANY else _telling(body.error_code, code)
            return service_error(telling, body.error_message, body.retry_after)
        if code is None or 200 <= code < 300:
            return None
        return service_error(code, body.text if isinstance(body, StringBody) else self._body_text())

    def json(self) -> object:
        """The frame's JSON with tokens and IDs masked; the masked text if it is no JSON, or nested too deeply."""
        try:
            return mask_text(self.text) if self.value is None else mask_frame(self.value)
        except RecursionError:
            return mask_text(self.text)

    def masked(self) -> str:
        """The frame as readable text with tokens and IDs masked."""
        if self.value is None:
            return mask_text(self.text)
        try:
            return json.dumps(self.json(), ensure_ascii=False, indent=2)
        except RecursionError:
            return mask_text(self.text)

    def _body_text(self) -> str:
        inner = self.value.get("body") if isinstance(self.value, Mapping) else None
        if isinstance(inner, Mapping):
            for key in ("errorMessage", "message"):
                if isinstance(inner.get(key), str):
                    return str(inner[key])
        return inner if isinstance(inner, str) else ""


def _telling(inner: int | None, outer: int | None) -> int:
    """The code that tells more: the inner one, except that a rate limit stays 429; success tells nothing."""
    if outer == 429 or inner == 4029:
        return 429
    return next((code for code in (inner, outer) if code and not 200 <= code < 300), 5000)


def decode_frame(data: str | bytes) -> ReceivedFrame:
    """Read a frame, whatever it holds; never raises."""
    text = data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")
    value = json_value(data)
    if value is None:
        return _unreadable(text, data)
    try:
        return _read(text, value)
    except RecursionError:
        return ReceivedFrame(
            text, value, "", "", None, "", UnknownBody(value), ("The frame is nested too deeply.",)
        )


def json_value(data: str | bytes) -> object:
    """The JSON value of a text, None if there is none; half characters in it are replaced."""
    try:
        return msgspec.json.decode(data)
    except (ValueError, RecursionError):
        pass
    # A text cut within an emoji leaves half a character, which only the standard library reads; the rest of the
    # frame is worth keeping.
    try:
        return _whole_characters(json.loads(data, parse_constant=_refuse_constant))
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _whole_characters(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole_characters(key): _whole_characters(item) for key, item in value.items()}
    return [_whole_characters(item) for item in value] if isinstance(value, list) else value


def _unreadable(text: str, data: str | bytes) -> ReceivedFrame:
    problem = "The frame is not JSON in UTF-8." if isinstance(data, bytes) else "The frame is not JSON."
    if _is_null(text):
        problem = "The frame holds nothing but null."
    return ReceivedFrame(text, None, "", "", None, "", UnknownBody(None), (problem,))


def _is_null(text: str) -> bool:
    return text.strip(" \t\r\n") == "null"


def _read(text: str, value: object) -> ReceivedFrame:
    problems: list[str] = []
    frame = Reader(value, "", problems)
    cls = frame.text("class")
    read = _READERS.get(cls)
    body: Body
    if cls == "string":
        body = _string(frame)
    elif read is None:
        body = UnknownBody(frame.value.get("body"))
        problems.append(
            f"The class {mask_text(cls[:_LONGEST_CLASS])!r} is not known."
            if cls
            else "The frame names no class."
        )
    else:
        body = read(frame.inside("body"))
    return ReceivedFrame(
        text=text,
        value=value,
        type=frame.text("type"),
        cls=cls,
        code=frame.whole("code"),
        tracing_id=frame.text("tracingId") or _inner_tracing_id(frame),
        body=body,
        problems=tuple(problems),
    )


def _string(frame: Reader) -> StringBody | UnknownBody:
    found = frame.value.get("body")
    if isinstance(found, str):
        return StringBody(found)
    frame.problems.append("body should be text.")
    return UnknownBody(found)


def _inner_tracing_id(frame: Reader) -> str:
    """The schema also allows the tracing ID inside the body."""
    inner = frame.value.get("body")
    found = inner.get("tracingId") if isinstance(inner, Mapping) else None
    return found if isinstance(found, str) else ""


def _session_response(body: Reader) -> SessionResponse:
    inbound = body.inside("allowedMedia").inside("inbound")
    limit = body.whole("maxCustomDataBytes")
    return SessionResponse(
        connected=body.flag("connected", default=True),
        new_session=body.flag("newSession"),
        read_only=body.flag("readOnly"),
        max_custom_data_bytes=limit if limit is not None and limit >= 0 else None,
        allowed_types=tuple(item.text("type") for item in inbound.readers("fileTypes")),
        max_file_kilobytes=inbound.whole("maxFileSizeKB"),
        blocked_extensions=tuple(str(item) for item in body.items("blockedExtensions")),
        cleared_existing_session=body.flag("clearedExistingSession"),
        duration_seconds=body.whole("durationSeconds"),
        expiration_date=body.number("expirationDate"),
    )


def structured_message(body: Reader) -> StructuredMessage:
    """Read a message body, from a frame or from a page of the history."""
    direction = body.text("direction")
    channel = body.inside("channel")
    return StructuredMessage(
        id=body.text("id"),
        type=body.text("type"),
        direction=direction,
        text=body.text("text"),
        channel=Channel(
            time=channel.time("time"),
            message_id=channel.text("messageId"),
            type=channel.text("type"),
            from_=_person(channel.inside("from")),
            to=_person(channel.inside("to")),
            custom_attributes=channel.inside("metadata").texts("customAttributes"),
        ),
        content=tuple(parse_content(item, direction != "Inbound") for item in body.readers("content")),
        events=tuple(_guest_event(item) for item in body.readers("events")),
        metadata=body.texts("metadata"),
        originating_entity=body.text("originatingEntity"),
        originating_message_id=body.text("originatingMessageId"),
    )


def _person(reader: Reader) -> Person:
    return Person(
        reader.text("firstName"), reader.text("lastName"), reader.text("nickname"), reader.text("image")
    )


def _guest_event(reader: Reader) -> GuestEvent:
    typing = reader.inside("typing")
    milliseconds = typing.number("duration")
    if milliseconds is None:
        milliseconds = typing.number("durationMs")
    seconds = _DEFAULT_TYPING_SECONDS if milliseconds is None else max(0.0, min(milliseconds / 1000, 60.0))
    return GuestEvent(
        kind=reader.text("eventType"),
        presence=reader.inside("presence").text("type"),
        typing_on=typing.text("type", "On") != "Off",
        typing_seconds=seconds,
        raw=reader.value,
    )


def _presigned_url(body: Reader) -> PresignedUrl:
    return PresignedUrl(
        attachment_id=body.text("attachmentId"),
        headers=body.texts("headers"),
        url=body.text("url"),
        file_name=body.text("fileName"),
        file_size=body.whole("fileSize"),
        file_type=body.text("fileType"),
    )


def _error_body(body: Reader) -> ErrorBody:
    wait = body.number("retryAfter")
    return ErrorBody(
        error_code=body.whole("errorCode"),
        error_message=body.text("errorMessage") or body.text("message"),
        retry_after=None if wait is None else max(0.0, min(wait, _LONGEST_WAIT)),
        attachment_id=body.text("attachmentId"),
    )


_READERS: dict[str, Callable[[Reader], Body]] = {
    "SessionResponse": _session_response,
    "StructuredMessage": structured_message,
    "PresignedUrlResponse": _presigned_url,
    "UploadSuccessEvent": lambda body: UploadSuccess(body.text("attachmentId"), body.text("downloadUrl")),
    "UploadFailureEvent": _error_body,
    "GenerateUrlError": _error_body,
    _TOO_MANY: _error_body,
    "Error": _error_body,
    "ErrorMessage": _error_body,
    "AttachmentDeletedResponse": lambda body: AttachmentDeleted(body.text("attachmentId")),
    "JwtResponse": lambda body: Jwt(body.text("jwt"), body.number("exp")),
    "GetConfigurationResponse": lambda body: Configuration(
        body.whole("maxCustomDataBytes"), body.whole("sessionDurationSeconds")
    ),
    "ResumeTokenResponse": lambda body: ResumeToken(body.text("resumeToken"), body.number("exp")),
    "SessionExpiredEvent": lambda _body: SessionExpired(),
    "SessionClearedEvent": lambda _body: SessionCleared(),
    "ConnectionClosedEvent": lambda body: ConnectionClosed(body.text("reason") or body.text("reasonCode")),
    "LogoutEvent": lambda _body: Logout(),
}
