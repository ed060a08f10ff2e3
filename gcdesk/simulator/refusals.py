"""Requests that are refused by a fault, before the service has seen them (guest API, section 4)."""

from typing import Any

from . import answers
from .answers import Frame
from .fault_list import CODE_PLACES
from .faults import FaultPlan, Planned
from .kinds import WITH_ATTRIBUTES, WITH_TEXT
from .record import iso_time

_OBJECT = "object"
_TEXTS = {
    400: "Request failed. Deployment not found",
    401: "User is unauthorized",
    403: "Turn on the Feature Toggle or fix the configuration.",
    404: "Not found",
    408: "Request timed out",
    409: "The session is read-only.",
    500: "Internal server error",
    503: "Service unavailable",
    4000: "File upload is not available for this deployment.",
    4001: "File type is not allowed",
    4002: "File is too large",
    4003: "File content is not allowed",
    4004: "File name is not valid",
    4005: "File name is too long",
    4006: "session expired",
    4007: "session not found",
    4008: "Attachment has expired",
    4009: "attachment not found",
    4010: "Attachment has not been uploaded",
    4011: "Message length 5000 is larger than 4096",
    4013: "Custom Attributes in channel metadata is larger than 2048 bytes",
    4017: "The session cannot be downgraded to a guest session",
    4020: "Missing parameter",
    4029: "Message rate too high for this session",
    4102: "File is empty",
    5000: "Unexpected error",
}
_RATE_TEXT = _TEXTS[answers.TOO_MANY_REQUESTS]


def refusal(faults: FaultPlan, request: Any, kinds: frozenset[str], now: float) -> Frame | None:
    """The refusal of a request of these kinds, if a fault is to strike. `now` is in epoch seconds."""
    struck = _struck(faults, kinds, now)
    if struck is None:
        return None
    planned, retry_after = struck
    tracing_id = request.get("tracingId")
    tracing_id = tracing_id if isinstance(tracing_id, str) else None
    code = planned.number
    if code == 429:
        return answers.too_many_requests(retry_after, _RATE_TEXT, tracing_id)
    form, _, words = planned.text.partition(":")
    text = (words if form == _OBJECT else planned.text) or _TEXTS.get(code, f"Error {code}")
    if request.get("action") == "onAttachment" and (form == _OBJECT or request.get("errorsAsJson") is True):
        attachment_id = request.get("attachmentId")
        attachment_id = attachment_id if isinstance(attachment_id, str) else None
        return answers.url_error(code, text, attachment_id, iso_time(now), tracing_id)
    if form == _OBJECT:
        return answers.error_message(code if code < 600 else 400, code, text, tracing_id)
    return answers.string_error(code, text, tracing_id)


def _struck(faults: FaultPlan, kinds: frozenset[str], now: float) -> tuple[Planned, int] | None:
    names = [f"NNN-{place}" for place, (kind, _) in CODE_PLACES.items() if kind in kinds]
    if "configureSession" in kinds:
        names += ["429", *(f"{code}-configure" for code in (429, 400, 401, 403, 404, 500))]
    if "onMessage" in kinds:
        names += ["NNN", "429-message"]
    if WITH_TEXT in kinds:
        names.append("4011")
    if WITH_ATTRIBUTES in kinds:
        names.append("4013")
    return faults.hold_any(names, now)
