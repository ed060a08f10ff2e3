"""Turns what a message holds besides text into parts that can be seen and used."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gcdesk.guest.content import (
    Attachment,
    ButtonResponse,
    Card,
    Carousel,
    DatePicker,
    Form,
    ListPicker,
    QuickReply,
    UnknownContent,
)
from gcdesk.guest.message import Direction, Message
from gcdesk.ui.attachment_view import AttachmentView
from gcdesk.ui.cards import CardFlow
from gcdesk.ui.date_picker import DatePickerView
from gcdesk.ui.form_view import FormView
from gcdesk.ui.list_picker import ListPickerView
from gcdesk.ui.message_words import shown_text
from gcdesk.ui.panel import small
from gcdesk.ui.parts import Hub, Part, Pick, Stack
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.quick_replies import QuickReplies
from gcdesk.ui.raw_view import RawView

translate = QCoreApplication.translate

_OneOf = ButtonResponse | Card | Carousel | DatePicker | ListPicker | Form | Attachment | UnknownContent


def build_content(message: Message, hub: Hub, pick: Pick | None) -> list[Part]:
    """The parts of a message below its text, in the order the service sent them; nothing is left out.

    `pick` is the control the person answered with, if any; it is shown as chosen.
    """
    parts: list[Part] = []
    replies: list[tuple[str, QuickReply]] = []
    for index, item in enumerate(message.content):
        if isinstance(item, QuickReply):
            replies.append((str(index), item))
            continue
        part = _part(item, str(index), message, hub, pick)
        if part is not None:
            parts.append(part)
    if replies:
        parts.append(QuickReplies(replies, message, hub, pick))
    return parts


def _part(item: _OneOf, place: str, message: Message, hub: Hub, pick: Pick | None) -> Part | None:
    if isinstance(item, Form) and message.direction is Direction.INBOUND:
        return RawView(translate("Content", "Answer to a form"), item.raw, hub)
    if isinstance(item, Card):
        return CardFlow((item,), place, message, hub, pick)
    if isinstance(item, Carousel):
        return CardFlow(item.cards, place, message, hub, pick)
    if isinstance(item, DatePicker):
        return DatePickerView(item, place, message, hub, pick)
    if isinstance(item, ListPicker):
        return ListPickerView(item, place, message, hub, pick)
    if isinstance(item, Form):
        return FormView(item, place, message, hub, pick)
    if isinstance(item, Attachment):
        return AttachmentView(item, hub)
    if isinstance(item, ButtonResponse):
        return _answer(item, message)
    return _unknown(item, hub)


def _answer(item: ButtonResponse, message: Message) -> Part | None:
    # An answer whose label is the message's text is in the bubble already.
    if not item.text or item.text in shown_text(message):
        return None
    line = Stack(None)
    line.items.append(small(item.text, line))
    return line


def _unknown(item: UnknownContent, hub: Hub) -> Part:
    kind = one_line(item.content_type) or translate("Content", "no kind named")
    title = translate("Content", "Content gcdesk does not draw: {kind}").format(kind=kind)
    return RawView(title, item.raw, hub)
