"""What a guest may ask for (guest API, section 2): each request read, checked and named.

Checks here need nothing but the frame itself. Whether the request fits the session is the service's business.
"""

from dataclasses import dataclass, field

from .answers import MAX_TEXT_BYTES
from .messages import GuestMessage, check_text_length, read_message
from .offers import FileOffer
from .reading import JsonObject, bad_request, missing, parse_json

ACTIONS = frozenset(
    {
        "configureSession",
        "configureAuthenticatedSession",
        "onMessage",
        "echo",
        "onAttachment",
        "getAttachment",
        "deleteAttachment",
        "getJwt",
        "closeSession",
        "getConfiguration",
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """One well-formed request. What does not belong to its action is left at its default."""

    action: str
    token: str = field(repr=False)
    tracing_id: str | None = None
    deployment_id: str = field(default="", repr=False)
    start_new: bool = False
    message: GuestMessage | None = None
    echo_text: str = ""
    code: str = field(default="", repr=False)
    close_all: bool = True
    attachment_id: str | None = None
    offer: FileOffer | None = None
    errors_as_json: bool = False
    ignored: tuple[str, ...] = ()


def tracing_id_of(text: str) -> str | None:
    """The tracing ID of a request that may be wrong in every other way, so that its refusal can carry it."""
    try:
        value = parse_json(text)
    except ValueError:
        return None
    tracing_id = value.get("tracingId") if isinstance(value, dict) else None
    return tracing_id if isinstance(tracing_id, str) else None


def read_request(text: str) -> Request:
    """Read one text frame. Raises RefusedError with the service's code."""
    try:
        value = parse_json(text)
    except ValueError:
        bad_request("The frame is not JSON.")
    fields = JsonObject(value)
    action = fields.text("action")
    if action not in ACTIONS:
        bad_request("The action is unknown.")
    token = fields.text("token")
    if not token:
        missing("token")
    tracing_id = fields.optional_text("tracingId")
    if action in {"configureSession", "configureAuthenticatedSession"}:
        return _configure(action, token, tracing_id, fields)
    if action == "onMessage":
        return _on_message(action, token, tracing_id, fields)
    if action == "echo":
        return Request(action, token, tracing_id, echo_text=_echo_text(fields))
    if action == "getConfiguration":
        return Request(action, token, tracing_id, deployment_id=fields.text("deploymentId"))
    if action == "closeSession":
        return Request(action, token, tracing_id, close_all=fields.flag("closeAllConnections"))
    if action != "getJwt":
        return _attachment(action, token, tracing_id, fields)
    return Request(action, token, tracing_id)


def _configure(action: str, token: str, tracing_id: str | None, fields: JsonObject) -> Request:
    deployment_id = fields.text("deploymentId")
    start_new = fields.flag("startNew", default=False)
    fields.optional_text("resumeToken")
    code = fields.child("data").text("code") if action == "configureAuthenticatedSession" else ""
    journey = fields.optional_child("journeyContext")
    if journey is not None:
        _check_journey(journey)
    return Request(action, token, tracing_id, deployment_id=deployment_id, start_new=start_new, code=code)


def _check_journey(journey: JsonObject) -> None:
    customer = journey.child("customer")
    customer.text("id")
    customer.text("idType")
    session = journey.child("customerSession")
    session.text("id")
    session.text("type")
    triggering = journey.optional_child("triggeringAction")
    if triggering is not None:
        triggering.text("id")
        action_map = triggering.child("actionMap")
        action_map.text("id")
        # The official clients disagree on 1 or 1.0 (guest API, section 2); both name the same version.
        if action_map.number("version") % 1:
            bad_request(f"{action_map.path('version')} must be a whole number.")


def _on_message(action: str, token: str, tracing_id: str | None, fields: JsonObject) -> Request:
    # The schema asks for `time`, but no client sends it (guest API, section 2).
    fields.optional_text("time")
    message = read_message(fields.child("message"))
    # Ignored since 5 June 2026, without an error (guest API, section 2.2).
    ignored = ("channel",) if fields.has("channel") else ()
    return Request(action, token, tracing_id, message=message, ignored=ignored)


def _echo_text(fields: JsonObject) -> str:
    message = fields.child("message")
    message.choice("type", frozenset({"Text"}))
    text = message.text("text")
    check_text_length(text, MAX_TEXT_BYTES)
    return text


def _attachment(action: str, token: str, tracing_id: str | None, fields: JsonObject) -> Request:
    as_json = fields.flag("errorsAsJson", default=False)
    if action != "onAttachment":
        attachment_id = fields.text("attachmentId")
        return Request(action, token, tracing_id, attachment_id=attachment_id, errors_as_json=as_json)
    name, mime, size = fields.text("fileName"), fields.text("fileType"), fields.number("fileSize")
    if size % 1 or size < 0:
        bad_request("fileSize must be a whole number of bytes.")
    return Request(
        action,
        token,
        tracing_id,
        attachment_id=fields.optional_text("attachmentId") or None,
        # The schema asks for fileMd5 too, but no client sends it (guest API, section 2).
        offer=FileOffer(name, mime, int(size), fields.optional_text("fileMd5")),
        errors_as_json=as_json,
    )
