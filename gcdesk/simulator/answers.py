"""The frames the service sends: envelopes, and bodies that do not depend on a bot (guest API, section 3)."""

import uuid
from typing import Any

Frame = dict[str, Any]

MAX_ATTRIBUTE_BYTES = 2048
MAX_TEXT_BYTES = 4096
TOO_MANY_REQUESTS = 4029


def hex_id() -> str:
    """An ID as the service gives messages: 32 hex digits."""
    return uuid.uuid4().hex


def dashed_id() -> str:
    """An ID as the service gives everything else: a dashed UUID."""
    return str(uuid.uuid4())


def response(class_: str, body: Any, *, code: int = 200, tracing_id: str | None = None) -> Frame:
    """The answer to a request. Its tracing ID comes back on it."""
    return _envelope("response", class_, code, body, tracing_id)


def push(class_: str, body: Any, *, tracing_id: str | None = None) -> Frame:
    """A frame the service sends of its own accord, or the echo of a message."""
    return _envelope("message", class_, 200, body, tracing_id)


def string_error(code: int, text: str, tracing_id: str | None = None) -> Frame:
    """A refusal in the plain form (guest API, section 4, form a)."""
    return response("string", text, code=code, tracing_id=tracing_id)


def too_many_requests(retry_after: int, text: str, tracing_id: str | None = None) -> Frame:
    """A rate refusal: outer code 429, inner 4029, and the seconds to wait."""
    body = {"retryAfter": retry_after, **_error_body("TooManyRequestsErrorMessage", TOO_MANY_REQUESTS, text)}
    return response("TooManyRequestsErrorMessage", body, code=429, tracing_id=tracing_id)


def url_error(
    code: int, text: str, attachment_id: str | None, timestamp: str, tracing_id: str | None
) -> Frame:
    """The refusal of an upload, in the object form."""
    body = {**_error_body("GenerateUrlError", code, text), "timestamp": timestamp}
    if attachment_id is not None:
        body["attachmentId"] = attachment_id
    return response("GenerateUrlError", body, code=400, tracing_id=tracing_id)


def error_message(status: int, code: int, text: str, tracing_id: str | None) -> Frame:
    """Any other refusal, in the object form (guest API, section 4, form b; the service schema names it Error)."""
    body = _error_body("ErrorMessage", code, text)
    return response("Error", body, code=status, tracing_id=tracing_id)


def structured(
    kind: str,
    direction: str,
    time: str,
    *,
    text: str | None = None,
    content: list[Frame] | None = None,
    events: list[Frame] | None = None,
    channel: Frame | None = None,
    metadata: dict[str, str] | None = None,
    originating_entity: str | None = None,
) -> Frame:
    """The body of a StructuredMessage (guest API, section 3.1). Absent parts are left out, never null."""
    body: Frame = {
        "type": kind,
        "direction": direction,
        "id": hex_id(),
        "channel": {"time": time, **(channel or {})},
        "metadata": {"correlationId": dashed_id(), **(metadata or {})},
    }
    optional = {"text": text, "content": content, "events": events, "originatingEntity": originating_entity}
    body.update({key: value for key, value in optional.items() if value is not None})
    return body


def media_type_of(mime: str) -> str:
    """The messenger's name for a kind of file."""
    kind = mime.partition("/")[0].lower()
    return kind.capitalize() if kind in {"image", "video", "audio"} else "File"


def presence(kind: str) -> Frame:
    """One presence event: Join, Clear, Disconnect, SessionExpired."""
    return {"eventType": "Presence", "presence": {"type": kind}}


def typing(milliseconds: int) -> Frame:
    """One typing event, shown for that long."""
    return {"eventType": "Typing", "typing": {"type": "On", "duration": milliseconds}}


def _error_body(name: str, code: int, text: str) -> Frame:
    return {"name": name, "message": text, "errorCode": code, "errorMessage": text}


def _envelope(kind: str, class_: str, code: int, body: Any, tracing_id: str | None) -> Frame:
    frame: Frame = {"type": kind, "class": class_, "code": code, "body": body}
    if tracing_id is not None:
        frame["tracingId"] = tracing_id
    return frame
