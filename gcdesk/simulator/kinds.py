"""The kinds of a frame, named as the guest API names them: what a fault can be aimed at.

A frame is of several kinds at once. An outbound card is `StructuredMessage`, `Outbound`, `Structured` and `Card`;
a text of the customer is `onMessage` and `Text`. Typing is only `Typing`, and the answer to an echo request only
`echo`: they come when they like, and would be in the way of counting messages.
"""

from typing import Any

_CONTENT = {"Attachment", "ButtonResponse", "Form"}
_OFFERED = {"QuickReply", "Card", "Carousel", "DatePicker", "ListPicker", "GenericTemplate"}
_MESSAGES = {"Text", "Structured", "Event", "Typing", "Join", "Clear"}
_CLASSES = {
    *(
        "SessionResponse",
        "SessionExpiredEvent",
        "SessionClearedEvent",
        "ConnectionClosedEvent",
        "LogoutEvent",
    ),
    *("StructuredMessage", "JwtResponse", "GetConfigurationResponse"),
    *("PresignedUrlResponse", "AttachmentDeletedResponse", "UploadSuccessEvent", "UploadFailureEvent"),
    *("string", "Error", "GenerateUrlError", "TooManyRequestsErrorMessage"),
}
_ACTIONS = {
    *("configureSession", "onMessage", "echo", "getJwt", "closeSession", "getConfiguration"),
    *("onAttachment", "getAttachment", "deleteAttachment"),
}

SENT_KINDS = frozenset(
    _CLASSES | _MESSAGES | _CONTENT | _OFFERED | {"Inbound", "Outbound", "Disconnect", "SignIn", "echo"}
)
"""What can be said of a frame the simulator sends."""

RECEIVED_KINDS = frozenset(_ACTIONS | _MESSAGES | _CONTENT)
"""What can be said of a frame the simulator receives."""

WITH_TEXT = "with text"
WITH_ATTRIBUTES = "with custom attributes"
NO_KINDS: frozenset[str] = frozenset()


def sent_kinds(frame: dict[str, Any]) -> frozenset[str]:
    """The kinds of a frame that is about to be sent."""
    body = frame.get("body")
    if frame.get("class") != "StructuredMessage" or not isinstance(body, dict):
        return frozenset({str(frame.get("class"))})
    if frame.get("type") == "response":
        return frozenset({"echo"})
    parts = _message_kinds(body)
    return parts if "Typing" in parts else parts | {"StructuredMessage", str(body.get("direction"))}


def received_kinds(frame: Any) -> frozenset[str]:
    """The kinds of a frame that arrived, whatever it is. What makes no sense has none."""
    action = frame.get("action") if isinstance(frame, dict) else None
    if not isinstance(action, str):
        return NO_KINDS
    if action == "configureAuthenticatedSession":
        return frozenset({action, "configureSession"})
    message = frame.get("message")
    if action != "onMessage" or not isinstance(message, dict):
        return frozenset({action})
    parts = _message_kinds(message)
    if "Typing" in parts:
        return parts
    extra = {WITH_TEXT} if message.get("text") is not None else set()
    if _has_attributes(message):
        extra.add(WITH_ATTRIBUTES)
    return parts | extra | {action}


def _message_kinds(message: dict[str, Any]) -> frozenset[str]:
    events = _event_kinds(message.get("events"))
    if events == {"Typing"}:
        return events
    return frozenset({str(message.get("type", "Text"))}) | events | _content_kinds(message.get("content"))


def _event_kinds(events: Any) -> frozenset[str]:
    found = [event for event in events if isinstance(event, dict)] if isinstance(events, list) else []
    kinds = set()
    for event in found:
        presence = event.get("presence")
        kind = presence.get("type") if isinstance(presence, dict) else event.get("eventType")
        kinds.add(str(kind))
    return frozenset(kinds)


def _content_kinds(content: Any) -> frozenset[str]:
    found = [item for item in content if isinstance(item, dict)] if isinstance(content, list) else []
    return frozenset(str(item.get("contentType")) for item in found)


def _has_attributes(message: dict[str, Any]) -> bool:
    value: Any = message
    for key in ("channel", "metadata", "customAttributes"):
        value = value.get(key) if isinstance(value, dict) else None
    return value is not None
