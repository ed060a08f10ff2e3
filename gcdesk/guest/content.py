"""What a message can hold besides text (guest API, section 3.1, and the service schema).

Each kind keeps the JSON it was read from as `raw`. A kind that is not known is kept whole and shown raw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar

import msgspec

from gcdesk.guest.lenient import Reader
from gcdesk.guest.value import Raw, Value, nothing


class QuickReply(Value, frozen=True):
    """A button that answers with its text and payload; a button offered as ButtonResponse is read as one too."""

    text: str
    payload: str
    image: str = ""
    raw: Raw = msgspec.field(default_factory=nothing)


class ButtonResponse(Value, frozen=True):
    """The customer's answer to a button, card, date, list or form; `kind` is the service's word for which."""

    text: str
    payload: str
    kind: str
    originating_message_id: str = ""
    raw: Raw = msgspec.field(default_factory=nothing)


class CardAction(Value, frozen=True):
    """A button of a card: `kind` Link opens `url`, Postback answers with `text` and `payload`."""

    kind: str
    text: str
    url: str = ""
    payload: str = ""


class Card(Value, frozen=True):
    """A card with a title and buttons; `image` and `video` are addresses, maybe empty."""

    title: str
    description: str = ""
    image: str = ""
    video: str = ""
    default_action: CardAction | None = None
    actions: tuple[CardAction, ...] = ()
    raw: Raw = msgspec.field(default_factory=nothing)


class Carousel(Value, frozen=True):
    """Cards side by side."""

    cards: tuple[Card, ...]
    raw: Raw = msgspec.field(default_factory=nothing)


class TimeSlot(Value, frozen=True):
    """A time to choose: `payload` is the service's own text of it, `time` the same read, `seconds` its length."""

    payload: str
    time: datetime | None
    seconds: float | None


class DatePicker(Value, frozen=True):
    """Times to choose from; `earliest` and `latest` bound the calendar, texts as the service gave them."""

    title: str
    subtitle: str
    slots: tuple[TimeSlot, ...]
    image: str = ""
    earliest: str = ""
    latest: str = ""
    raw: Raw = msgspec.field(default_factory=nothing)


class ListItem(Value, frozen=True):
    """One choice of a list."""

    id: str
    title: str
    subtitle: str = ""
    image: str = ""


class ListSection(Value, frozen=True):
    """A titled group of choices, of which one or several may be taken."""

    title: str
    multiple: bool
    items: tuple[ListItem, ...]


class ListPicker(Value, frozen=True):
    """A list to choose from; `title` and `subtitle` ask, `reply_title` and `reply_subtitle` head the answer."""

    title: str
    subtitle: str
    sections: tuple[ListSection, ...]
    reply_title: str = ""
    reply_subtitle: str = ""
    raw: Raw = msgspec.field(default_factory=nothing)

    @property
    def answer_text(self) -> str:
        """What the customer says by choosing, as the web messenger does: the subtitle, else the title."""
        return self.reply_subtitle or self.reply_title


class FormField(Value, frozen=True):
    """One field of a form page: `kind` is Input, DatePicker, ListPicker or WheelPicker, `picker` the typed choice."""

    id: str
    kind: str
    title: str
    subtitle: str = ""
    placeholder: str = ""
    required: bool = False
    multiline: bool = False
    picker: DatePicker | ListPicker | None = None
    choices: tuple[ListItem, ...] = ()


class FormPage(Value, frozen=True):
    """One page of a form."""

    title: str
    subtitle: str
    fields: tuple[FormField, ...]


class Form(Value, frozen=True):
    """A form to fill in; `canned_response_id` goes back with the answer."""

    title: str
    subtitle: str
    pages: tuple[FormPage, ...]
    canned_response_id: str = ""
    raw: Raw = msgspec.field(default_factory=nothing)


class Attachment(Value, frozen=True):
    """A file: `media` is Image, Video, Audio, File or Link, `size` is in bytes where it was told.

    Its address is not shown, because it admits whoever holds it.
    """

    quiet: ClassVar[frozenset[str]] = frozenset({"url"})

    id: str
    url: str
    filename: str
    media: str
    mime: str = ""
    size: int | None = None
    text: str = ""
    raw: Raw = msgspec.field(default_factory=nothing)


class UnknownContent(Value, frozen=True):
    """A kind this version does not know, kept whole."""

    content_type: str
    raw: Raw = msgspec.field(default_factory=nothing)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and isinstance(other, UnknownContent) and self.raw == other.raw

    __hash__ = Value.__hash__


Content = (
    QuickReply
    | ButtonResponse
    | Card
    | Carousel
    | DatePicker
    | ListPicker
    | Form
    | Attachment
    | UnknownContent
)


def parse_content(item: Reader, outbound: bool) -> Content:
    """Read one content item; never raises, and adds a sentence to the reader's problems for what is odd."""
    content_type = item.text("contentType")
    parse = _PARSERS.get(content_type)
    key = content_type[:1].lower() + content_type[1:]
    if parse is None or not isinstance(item.value.get(key), Mapping):
        return UnknownContent(content_type, dict(item.value))
    if content_type == "ButtonResponse" and outbound:
        return _quick_reply(item.inside(key))
    return parse(item.inside(key))


def _quick_reply(item: Reader) -> QuickReply:
    return QuickReply(item.text("text"), item.text("payload"), item.text("image"), item.value)


def _button_response(item: Reader) -> ButtonResponse:
    return ButtonResponse(
        item.text("text"),
        item.text("payload"),
        item.text("type"),
        item.text("originatingMessageId"),
        item.value,
    )


def _card_action(item: Reader) -> CardAction:
    return CardAction(item.text("type"), item.text("text"), item.text("url"), item.text("payload"))


def _card(item: Reader) -> Card:
    default = item.inside("defaultAction")
    return Card(
        title=item.text("title"),
        description=item.text("description"),
        image=item.text("image"),
        video=item.text("video"),
        default_action=_card_action(default) if default.value else None,
        actions=tuple(_card_action(action) for action in item.readers("actions")),
        raw=item.value,
    )


def _carousel(item: Reader) -> Carousel:
    return Carousel(tuple(_card(card) for card in item.readers("cards")), item.value)


def _date_picker(item: Reader) -> DatePicker:
    return DatePicker(
        title=item.text("title"),
        subtitle=item.text("subtitle"),
        slots=tuple(
            TimeSlot(slot.text("dateTime"), slot.time("dateTime"), slot.number("duration"))
            for slot in item.readers("availableTimes")
        ),
        image=item.text("imageUrl"),
        earliest=item.text("dateMinimum"),
        latest=item.text("dateMaximum"),
        raw=item.value,
    )


def _list_item(item: Reader) -> ListItem:
    return ListItem(item.text("id"), item.text("title"), item.text("subtitle"), item.text("imageUrl"))


def _list_picker(item: Reader) -> ListPicker:
    asked, answered = item.inside("receivedMessage"), item.inside("replyMessage")
    return ListPicker(
        title=asked.text("title"),
        subtitle=asked.text("subtitle"),
        sections=tuple(
            ListSection(
                section.text("title"),
                section.flag("multipleSelection"),
                tuple(_list_item(choice) for choice in section.readers("items")),
            )
            for section in item.readers("sections")
        ),
        reply_title=answered.text("title"),
        reply_subtitle=answered.text("subtitle"),
        raw=item.value,
    )


def _form(item: Reader) -> Form:
    intro = item.inside("receivedMessage" if "receivedMessage" in item.value else "introduction")
    return Form(
        title=intro.text("title"),
        subtitle=intro.text("subtitle"),
        pages=tuple(_form_page(page) for page in item.readers("formPages")),
        canned_response_id=item.text("cannedResponseId"),
        raw=item.value,
    )


def _form_page(page: Reader) -> FormPage:
    return FormPage(
        page.text("title"),
        page.text("subtitle"),
        tuple(_form_field(component) for component in page.readers("pageComponents")),
    )


def _form_field(component: Reader) -> FormField:
    kind = component.text("formComponentType")
    inner = component.inside(kind[:1].lower() + kind[1:]) if kind else component
    picker: DatePicker | ListPicker | None = None
    title = inner.text("title")
    if kind == "DatePicker":
        picker = _date_picker(inner)
    elif kind == "ListPicker":
        picker = _list_picker(inner)
        title = picker.title
    choices = tuple(_list_item(choice) for choice in inner.readers("items")) if kind == "WheelPicker" else ()
    return FormField(
        id=inner.text("id"),
        kind=kind,
        title=title,
        subtitle=inner.text("subtitle"),
        placeholder=inner.text("placeholderText"),
        required=inner.flag("isRequired"),
        multiline=inner.flag("isMultipleLine"),
        picker=picker,
        choices=choices,
    )


def _attachment(item: Reader) -> Attachment:
    size = item.whole("fileSize")
    return Attachment(
        id=item.text("id"),
        url=item.text("url"),
        filename=item.text("filename"),
        media=item.text("mediaType"),
        mime=item.text("mime"),
        size=size if size is not None else item.whole("contentSizeBytes"),
        text=item.text("text"),
        raw=item.value,
    )


_PARSERS: dict[str, Callable[[Reader], Content]] = {
    "QuickReply": _quick_reply,
    "ButtonResponse": _button_response,
    "Card": _card,
    "Carousel": _carousel,
    "DatePicker": _date_picker,
    "ListPicker": _list_picker,
    "Form": _form,
    "Attachment": _attachment,
}
