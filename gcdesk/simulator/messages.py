"""The message of onMessage, read and checked (guest API, sections 2.1 and 2.2)."""

import json
from dataclasses import dataclass, field
from typing import Any

from .answers import MAX_ATTRIBUTE_BYTES, MAX_TEXT_BYTES
from .reading import JsonObject, RefusedError, bad_request, missing

_KINDS = frozenset({"Text", "Structured", "Event", "Receipt", "Message"})
_STATUSES = frozenset({"Delivered", "Failed", "Published", "Read", "Removed", "Sent"})
_GUEST_CONTENT = frozenset({"Attachment", "ButtonResponse", "Form"})
_BUTTONS = frozenset({"Button", "DatePicker", "Form", "ListPicker", "QuickReply"})
_MEDIA = frozenset({"Audio", "File", "Image", "Link", "Video"})
_GUEST_PRESENCE = frozenset({"Clear", "Join"})


@dataclass(frozen=True, slots=True)
class GuestMessage:
    """A well-formed message from a guest.

    kind: Text, Structured or Event. answers: every button response it carries, those of a form included.
    events: Join, Clear or Typing, in order. attributes: None when the message carries no customAttributes.
    attachment_id: of the file it carries.
    """

    kind: str
    text: str | None = None
    content: tuple[dict[str, Any], ...] = ()
    events: tuple[str, ...] = ()
    raw_events: tuple[dict[str, Any], ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] | None = field(default=None, repr=False)
    answers: tuple[dict[str, str], ...] = ()
    attachment_id: str | None = None


def read_message(message: JsonObject) -> GuestMessage:
    """Raises RefusedError with 400, 4011, 4013 or 4020."""
    content = message.children("content")
    # The web messenger leaves type and text out when it sends a file alone (guest API, section 2.1).
    kind = message.choice("type", _KINDS) if message.has("type") or not content else "Text"
    message.optional_text("id")
    if message.has("status"):
        message.choice("status", _STATUSES)
    text = message.optional_text("text")
    metadata = message.strings("metadata")
    attributes = _attributes(message)
    answers: list[dict[str, str]] = []
    for item in content:
        answers.extend(_content_answers(item))
    files = [item.raw["attachment"]["id"] for item in content if item.raw["contentType"] == "Attachment"]
    if files and len(content) > 1:
        bad_request("A message carries one attachment and no other content.")
    events = tuple(_event(event) for event in message.children("events"))
    _check_parts(kind, text, content, events)
    if text is not None:
        check_text_length(text, MAX_TEXT_BYTES)
    if attributes is not None:
        _check_attribute_size(attributes)
    return GuestMessage(
        kind=kind,
        text=text,
        content=tuple(item.raw for item in content),
        events=events,
        raw_events=tuple(event.raw for event in message.children("events")),
        metadata=metadata,
        attributes=attributes,
        answers=tuple(answers),
        attachment_id=files[0] if files else None,
    )


def check_text_length(text: str, limit: int) -> None:
    """Raises RefusedError with 4011 when the text has more UTF-8 bytes than the limit."""
    size = len(text.encode())
    if size > limit:
        raise RefusedError(4011, f"Message length {size} is larger than {limit}")


def _check_parts(kind: str, text: str | None, content: list[JsonObject], events: tuple[str, ...]) -> None:
    if kind == "Event":
        if not events:
            missing("message.events")
        if content or text is not None:
            bad_request("An event carries neither text nor content.")
        return
    if events:
        bad_request("Only a message of type Event carries events.")
    if kind in {"Receipt", "Message"}:
        bad_request(f"A guest does not send messages of type {kind}.")
    if kind == "Structured" and not content:
        missing("message.content")
    if kind == "Text" and not content and not text:
        missing("message.text")


def _content_answers(item: JsonObject) -> list[dict[str, str]]:
    kind = item.choice("contentType", _GUEST_CONTENT)
    if kind == "ButtonResponse":
        return [_button_response(item.child("buttonResponse"))]
    if kind == "Form":
        return _form_answers(item.child("form"))
    attachment = item.child("attachment")
    attachment.text("id")
    if attachment.has("mediaType"):
        attachment.choice("mediaType", _MEDIA)
    return []


def _button_response(response: JsonObject) -> dict[str, str]:
    response.optional_text("id")
    response.optional_text("originatingMessageId")
    return {
        "type": response.choice("type", _BUTTONS),
        "text": response.text("text"),
        "payload": response.text("payload"),
    }


def _form_answers(form: JsonObject) -> list[dict[str, str]]:
    form.text("cannedResponseId")
    form.optional_text("originatingMessageId")
    answers = []
    for question in form.children("response"):
        component = question.child("component")
        component.choice("contentType", frozenset({"ButtonResponse"}))
        answers.append({**_button_response(component.child("buttonResponse")), "id": question.text("id")})
    return answers


def _event(event: JsonObject) -> str:
    kind = event.choice("eventType", frozenset({"Presence", "Typing"}))
    if kind == "Presence":
        return event.child("presence").choice("type", _GUEST_PRESENCE)
    typing = event.child("typing")
    typing.choice("type", frozenset({"On"}))
    if typing.has("duration"):
        bad_request(f"{typing.path('duration')} is not for guests.")
    return "Typing"


def _attributes(message: JsonObject) -> dict[str, str] | None:
    channel = message.optional_child("channel")
    if channel is None:
        return None
    channel.optional_text("messageId")
    metadata = channel.optional_child("metadata")
    if metadata is None:
        return None
    metadata.child("customAttributes")
    return metadata.strings("customAttributes")


def _check_attribute_size(attributes: dict[str, str]) -> None:
    # The docs speak of the object's total size, so its punctuation is counted too (guest API, section 2.2).
    size = len(json.dumps(attributes, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MAX_ATTRIBUTE_BYTES:
        raise RefusedError(
            4013, f"Custom Attributes in channel metadata is larger than {MAX_ATTRIBUTE_BYTES} bytes"
        )
