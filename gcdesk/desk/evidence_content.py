"""What a message holds besides text, as plain values that every form of the evidence can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from gcdesk.desk.evidence_masking import PersonalData
from gcdesk.guest.content import (
    Attachment,
    ButtonResponse,
    Card,
    Carousel,
    Content,
    DatePicker,
    Form,
    ListPicker,
    QuickReply,
    TimeSlot,
    UnknownContent,
)
from gcdesk.guest.masking import mask_frame

Value = dict[str, Any]


def content_values(content: Iterable[Content], personal: PersonalData) -> list[Value]:
    """The items of a message, neighbouring buttons as one; personal data is hidden."""
    values: list[Value] = []
    for item in content:
        if isinstance(item, QuickReply):
            if not values or values[-1]["kind"] != "buttons":
                values.append({"kind": "buttons", "labels": []})
            values[-1]["labels"].append(personal.text(item.text))
        else:
            values.append(_value(item, personal))
    return values


def content_line(value: Value) -> str:
    """An item on one line, for forms of the evidence that draw nothing."""
    match value["kind"]:
        case "buttons":
            return " ".join(f"[{label}]" for label in value["labels"])
        case "answer":
            return f"Answer: {value['text']}"
        case "card":
            return _joined("Card", value["title"], value["description"], value["actions"])
        case "cards":
            return "; ".join(content_line(card) for card in value["cards"])
        case "times":
            return _joined("Times", value["title"], value["subtitle"], value["times"])
        case "list":
            choices = [choice["title"] for section in value["sections"] for choice in section["choices"]]
            return _joined("List", value["title"], value["subtitle"], choices)
        case "form":
            return _joined("Form", value["title"], value["subtitle"], value["fields"])
        case "file":
            return f"File: {value['name']}"
    return f"Content of a kind that gcdesk does not know: {value['type']}"


def versions_line(versions: Mapping[str, str]) -> str:
    """What a chat ran with, in words: "gcdesk 0.1.0, Python 3.11.7, Linux 6.1" for example."""
    names = {"python": "Python ", "system": ""}
    return ", ".join(names.get(name, f"{name} ") + version for name, version in versions.items())


def _joined(kind: str, title: str, more: str, choices: list[str]) -> str:
    text = ": ".join(filter(None, (kind, " - ".join(filter(None, (title, more))))))
    return f"{text} {' '.join(f'[{choice}]' for choice in choices)}".rstrip()


def _value(item: Content, personal: PersonalData) -> Value:
    match item:
        case ButtonResponse():
            return {
                "kind": "answer",
                "text": personal.text(item.text),
                "payload": personal.text(item.payload),
            }
        case Card():
            actions = [personal.text(action.text) for action in item.actions]
            return {
                "kind": "card",
                "title": personal.text(item.title),
                "description": personal.text(item.description),
                "actions": actions,
            }
        case Carousel():
            return {"kind": "cards", "cards": [_value(card, personal) for card in item.cards]}
        case DatePicker():
            return {**_titled("times", item, personal), "times": [_slot(slot) for slot in item.slots]}
        case ListPicker():
            return {**_titled("list", item, personal), "sections": _sections(item, personal)}
        case Form():
            fields = [
                personal.text(field.title or field.id or field.kind)
                for page in item.pages
                for field in page.fields
            ]
            return {**_titled("form", item, personal), "fields": fields}
        case Attachment():
            return {
                "kind": "file",
                "name": personal.text(item.filename),
                "type": item.mime or item.media,
                "bytes": item.size,
                "id": item.id,
            }
        case UnknownContent():
            return {
                "kind": "unknown",
                "type": item.content_type,
                "raw": personal.json(mask_frame(dict(item.raw))),
            }
    raise AssertionError(f"a kind of content without words: {type(item).__name__}")


def _slot(slot: TimeSlot) -> str:
    return slot.payload if slot.time is None else f"{slot.time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _titled(kind: str, item: DatePicker | ListPicker | Form, personal: PersonalData) -> Value:
    return {"kind": kind, "title": personal.text(item.title), "subtitle": personal.text(item.subtitle)}


def _sections(item: ListPicker, personal: PersonalData) -> list[Value]:
    return [
        {
            "title": personal.text(section.title),
            "multiple": section.multiple,
            "choices": [
                {"title": personal.text(choice.title), "subtitle": personal.text(choice.subtitle)}
                for choice in section.items
            ],
        }
        for section in item.sections
    ]
