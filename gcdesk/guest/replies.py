"""Answers to buttons, cards, dates, lists and forms, in the form the web messenger sends (guest API, section 2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gcdesk.guest.content import ButtonResponse, CardAction, Content, Form, ListItem, QuickReply, TimeSlot


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its `label` is what the transcript shows, `items` are the content as it goes out.

    The label is the message's text as well, unless `says_label` is off. `metadata` links the answer to its message
    where the web messenger does so. `answers` is the ID of that message.
    """

    label: str
    items: tuple[Mapping[str, object], ...]
    content: tuple[Content, ...]
    metadata: Mapping[str, str]
    answers: str
    says_label: bool = True


def quick_reply(button: QuickReply, message_id: str) -> Reply:
    """The answer a quick reply gives."""
    return _reply(button.text, [(button.text, button.payload)], "QuickReply", message_id)


def card_action(action: CardAction, message_id: str) -> Reply:
    """The answer a card's Postback button gives."""
    return _reply(action.text, [(action.text, action.payload or action.text)], "Button", message_id)


def time_slot(slot: TimeSlot, label: str, message_id: str) -> Reply:
    """The answer a chosen time gives; `label` is the time as the customer read it, and stays inside the content."""
    metadata = {"parentMessageId": message_id} if message_id else {}
    reply = _reply(label, [(label, slot.payload)], "DatePicker", message_id, metadata=metadata)
    return replace(reply, says_label=False)


def list_choice(items: Sequence[ListItem], heading: str, message_id: str) -> Reply:
    """The answer chosen items of a list give, one content item each; `heading` is the message's text.

    Raises:
        ValueError: No item is chosen.
    """
    if not items:
        raise ValueError("a list is answered with at least one item")
    label = heading or ", ".join(item.title for item in items)
    metadata = {"parentMessageId": message_id} if message_id else {}
    pairs = [(item.title, item.id) for item in items]
    return _reply(label, pairs, "ListPicker", message_id, metadata=metadata, linked=True)


def form_answer(form: Form, answers: Mapping[str, tuple[str, str]], heading: str, message_id: str) -> Reply:
    """The answer a filled-in form gives: field ID to the text shown and the value chosen; empty ones are left out."""
    components = [
        {
            "id": field_id,
            "component": {
                "contentType": "ButtonResponse",
                "buttonResponse": {"type": "Form", "text": text, "payload": payload},
            },
        }
        for field_id, (text, payload) in answers.items()
        if text or payload
    ]
    body: dict[str, object] = {"cannedResponseId": form.canned_response_id, "response": components}
    if message_id:
        body["originatingMessageId"] = message_id
    shown = tuple(
        ButtonResponse(text, payload, "Form") for text, payload in answers.values() if text or payload
    )
    return Reply(heading, ({"contentType": "Form", "form": body},), shown, {}, message_id)


def _reply(
    label: str,
    pairs: Sequence[tuple[str, str]],
    kind: str,
    message_id: str,
    *,
    metadata: Mapping[str, str] | None = None,
    linked: bool = False,
) -> Reply:
    items: list[Mapping[str, object]] = []
    for text, payload in pairs:
        response = {"text": text, "payload": payload, "type": kind}
        if linked and message_id:
            response["originatingMessageId"] = message_id
        items.append({"contentType": "ButtonResponse", "buttonResponse": response})
    shown = tuple(
        ButtonResponse(text, payload, kind, message_id if linked else "") for text, payload in pairs
    )
    return Reply(label, tuple(items), shown, metadata or {}, message_id)
