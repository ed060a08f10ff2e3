"""A message in words: who, when and how far, what its bubble says, and what copying and searching take of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

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
)
from gcdesk.guest.message import Delivery, Direction, Message, SenderKind
from gcdesk.ui.plain_text import one_line

translate = QCoreApplication.translate


def clock_time(moment: datetime) -> str:
    """The local time of day, as in 10:42:11."""
    return moment.astimezone().strftime("%H:%M:%S")


def sender_name(message: Message) -> str:
    """Who wrote a message, in the words of the transcript."""
    if message.direction is Direction.INBOUND:
        return translate("Transcript", "You")
    known = {
        SenderKind.BOT: translate("Transcript", "Bot"),
        SenderKind.AGENT: translate("Transcript", "Agent"),
    }
    return one_line(message.sender.name) or known.get(message.sender.kind, translate("Transcript", "Service"))


def delivery_words(message: Message) -> str:
    """How far an own message has come; empty for what others wrote."""
    if message.delivery is Delivery.SENT:
        sent = translate("Transcript", "Sent {time}")
        return sent.format(time=clock_time(message.time or message.at))
    return {
        Delivery.QUEUED: translate("Transcript", "Waiting to be sent"),
        Delivery.SENDING: translate("Transcript", "Sending…"),
        Delivery.FAILED: translate("Transcript", "Failed"),
    }.get(message.delivery, "")


def shown_text(message: Message) -> str:
    """The text of a message's bubble: its own, or the labels of an answer that has none."""
    if message.text.strip():
        return message.text
    return ", ".join(item.text for item in message.content if isinstance(item, ButtonResponse) and item.text)


def content_labels(message: Message) -> list[str]:
    """What can be read below a message's text: titles, labels and file names, never an address."""
    labels = [label for item in message.content for label in _labels(item)]
    return [line for line in map(one_line, labels) if line]


def searched_text(message: Message) -> str:
    """All that can be found in a message, a line for each part."""
    return "\n".join([shown_text(message), *content_labels(message)])


def copied_message(message: Message) -> str:
    """A message as plain text for other programs: local date and time, who, the text, then each label in brackets."""
    when = (message.time or message.at).astimezone()
    head = f"{when:%Y-%m-%d %H:%M:%S} {sender_name(message)}:"
    text = shown_text(message)
    labels = " ".join(f"[{label}]" for label in content_labels(message) if label != text)
    return " ".join(filter(None, (head, text, labels)))


def copied_messages(messages: Iterable[Message]) -> str:
    """Messages as plain text, each on lines of its own."""
    return "\n".join(copied_message(message) for message in messages)


def _labels(item: Content) -> list[str]:
    match item:
        case QuickReply() | ButtonResponse():
            return [item.text]
        case Card():
            return [item.title, item.description, *(action.text for action in item.actions)]
        case Carousel():
            return [label for card in item.cards for label in _labels(card)]
        case DatePicker():
            return [item.title, item.subtitle]
        case ListPicker():
            sections = [
                [
                    section.title,
                    *(label for choice in section.items for label in (choice.title, choice.subtitle)),
                ]
                for section in item.sections
            ]
            return [item.title, item.subtitle, *(label for section in sections for label in section)]
        case Form():
            fields = [field for page in item.pages for field in page.fields]
            return [item.title, item.subtitle, *(field.title for field in fields)]
        case Attachment():
            return [item.filename, item.text]
    return []
