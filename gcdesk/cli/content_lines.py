"""What a message holds besides text, as lines for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gcdesk.cli.plain import one_line
from gcdesk.guest.content import (
    Attachment,
    ButtonResponse,
    Card,
    CardAction,
    Carousel,
    Content,
    DatePicker,
    Form,
    FormField,
    ListPicker,
    QuickReply,
    UnknownContent,
)
from gcdesk.guest.masking import mask_frame


def content_lines(items: tuple[Content, ...]) -> list[str]:
    """Return the lines for all items of a message, safe to print; neighbouring buttons share a line."""
    lines: list[str] = []
    buttons: list[str] = []
    for item in items:
        if isinstance(item, QuickReply):
            buttons.append(f"[{one_line(item.text)}]")
            continue
        if buttons:
            lines.append(" ".join(buttons))
            buttons = []
        lines.extend(_lines(item))
    if buttons:
        lines.append(" ".join(buttons))
    return lines


def _lines(item: Content) -> Iterator[str]:
    match item:
        case ButtonResponse():
            yield f"Answer: {one_line(item.text)} ({one_line(item.payload)})"
        case Card():
            yield from _card(item)
        case Carousel():
            for card in item.cards:
                yield from _card(card)
        case DatePicker():
            yield from _date_picker(item)
        case ListPicker():
            yield from _list_picker(item)
        case Form():
            yield from _form(item)
        case Attachment():
            size = f", {item.size} bytes" if item.size is not None else ""
            yield f"File: {one_line(item.filename)} ({one_line(item.mime or item.media)}{size})"
        case UnknownContent():
            kind = one_line(item.content_type) or "without a kind"
            yield f"Content that gcdesk does not know ({kind}): {_raw(item)}"


def _raw(item: UnknownContent) -> str:
    return one_line(json.dumps(mask_frame(dict(item.raw)), ensure_ascii=False))


def _titled(kind: str, title: str, more: str = "") -> str:
    text = f"{kind}: {one_line(title)}" if title else kind
    return f"{text} - {one_line(more)}" if more else text


def _card(card: Card) -> Iterator[str]:
    yield _titled("Card", card.title, card.description)
    if card.default_action is not None and card.default_action.url:
        yield f"  Opens {one_line(card.default_action.url)}"
    for action in card.actions:
        yield f"  {_action(action)}"


def _action(action: CardAction) -> str:
    target = f" {one_line(action.url)}" if action.url else ""
    return f"[{one_line(action.text)}]{target}"


def _date_picker(picker: DatePicker) -> Iterator[str]:
    yield _titled("Times", picker.title, picker.subtitle)
    for slot in picker.slots:
        when = slot.time.astimezone().strftime("%Y-%m-%d %H:%M") if slot.time else one_line(slot.payload)
        length = f" ({slot.seconds / 60:g} min)" if slot.seconds else ""
        yield f"  [{when}]{length}"


def _list_picker(picker: ListPicker) -> Iterator[str]:
    yield _titled("List", picker.title, picker.subtitle)
    for section in picker.sections:
        how_many = "choose any" if section.multiple else "choose one"
        yield f"  {one_line(section.title)} ({how_many})"
        for item in section.items:
            yield f"    [{one_line(item.title)}]" + (f" {one_line(item.subtitle)}" if item.subtitle else "")


def _form(form: Form) -> Iterator[str]:
    yield _titled("Form", form.title, form.subtitle)
    for page in form.pages:
        yield f"  {_titled('Page', page.title, page.subtitle)}"
        for field in page.fields:
            yield f"    {_form_field(field)}"


def _form_field(field: FormField) -> str:
    needed = " (required)" if field.required else ""
    return f"{one_line(field.title or field.id or field.kind)}{needed}: ..."
