"""What a message can hold besides text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ListItem,
    ListPicker,
    ListSection,
    QuickReply,
    TimeSlot,
    UnknownContent,
    parse_content,
)
from gcdesk.guest.lenient import Reader

from .frames_of import sample


def parse(item: object, outbound: bool = True) -> tuple[Content, list[str]]:
    problems: list[str] = []
    return parse_content(Reader(item, "content[0]", problems), outbound), problems


def items_of(name: str) -> list[Any]:
    return list(sample(f"server.structured_message.{name}")["body"]["content"])


def read(name: str, outbound: bool = True) -> Content:
    content, problems = parse(items_of(name)[0], outbound)
    assert problems == []
    return content


def test_quick_replies() -> None:
    found = [parse(item)[0] for item in items_of("quick_replies")]
    assert all(isinstance(item, QuickReply) for item in found)
    assert [
        (item["quickReply"]["text"], item["quickReply"]["payload"]) for item in items_of("quick_replies")
    ] == [(item.text, item.payload) for item in found if isinstance(item, QuickReply)]


def test_a_button_response_is_an_offer_when_outbound_and_an_answer_when_inbound() -> None:
    assert isinstance(read("button_response_outbound"), QuickReply)
    answer = read("button_response_inbound", outbound=False)
    assert isinstance(answer, ButtonResponse)
    assert answer.kind == "QuickReply"


def test_a_card() -> None:
    card = read("card")
    assert card == Card(
        title="Flights",
        description="Autumn offer",
        image="https://example.com/f.jpg",
        default_action=CardAction("Link", "", "https://example.com/f"),
        actions=(
            CardAction("Link", "Details", "https://example.com/f"),
            CardAction("Postback", "Book now", "", "BOOK"),
        ),
    )
    assert isinstance(card, Card)
    assert card.raw == items_of("card")[0]["card"]


def test_the_least_card() -> None:
    card = read("card_minimal")
    assert isinstance(card, Card)
    assert card.title
    assert card.default_action is None


def test_a_carousel() -> None:
    carousel = read("carousel")
    assert isinstance(carousel, Carousel)
    assert [card.title for card in carousel.cards] == [
        card["title"] for card in items_of("carousel")[0]["carousel"]["cards"]
    ]


def test_a_date_picker() -> None:
    picker = read("date_picker")
    assert picker == DatePicker(
        title="Pick a time",
        subtitle="30 minutes",
        slots=(TimeSlot("2026-07-06T09:00:00.000Z", datetime(2026, 7, 6, 9, tzinfo=UTC), 1800.0),),
        image="https://example.com/cal.png",
        earliest="2026-07-05T00:00:00.000Z",
        latest="2026-07-12T00:00:00.000Z",
    )


def test_a_time_that_is_none_can_still_be_chosen() -> None:
    item = {"contentType": "DatePicker", "datePicker": {"availableTimes": [{"dateTime": "soon"}, {}]}}
    picker, problems = parse(item)
    assert isinstance(picker, DatePicker)
    assert [(slot.payload, slot.time, slot.seconds) for slot in picker.slots] == [
        ("soon", None, None),
        ("", None, None),
    ]
    assert problems == ["content[0].datePicker.availableTimes[0].dateTime should be a time."]


def test_a_list_picker() -> None:
    picker = read("list_picker")
    assert picker == ListPicker(
        title="Pick one",
        subtitle="any",
        sections=(ListSection("Colours", False, (ListItem("opt-a", "Blue"),)),),
        reply_title="Thanks",
        reply_subtitle="My choice",
    )


def test_a_form() -> None:
    components = [
        {"formComponentType": "Input", "input": {"id": "q1", "title": "Name", "isRequired": True}},
        {
            "formComponentType": "DatePicker",
            "datePicker": {"id": "q2", "title": "When", "availableTimes": []},
        },
        {
            "formComponentType": "ListPicker",
            "listPicker": {"id": "q3", "receivedMessage": {"title": "Which"}},
        },
        {
            "formComponentType": "WheelPicker",
            "wheelPicker": {"id": "q4", "items": [{"id": "1", "title": "One"}]},
        },
        {"formComponentType": "Hologram", "hologram": {"id": "q5", "title": "?"}},
    ]
    form, problems = parse(
        {
            "contentType": "Form",
            "form": {
                "cannedResponseId": "cr-1",
                "receivedMessage": {"title": "About you", "subtitle": "short"},
                "formPages": [{"title": "One", "pageComponents": components}],
            },
        }
    )
    assert problems == []
    assert isinstance(form, Form)
    assert (form.title, form.subtitle, form.canned_response_id) == ("About you", "short", "cr-1")
    name, when, which, wheel, unknown = form.pages[0].fields
    assert name == FormField("q1", "Input", "Name", required=True)
    assert isinstance(when.picker, DatePicker)
    assert isinstance(which.picker, ListPicker)
    assert which.title == "Which"
    assert wheel.choices == (ListItem("1", "One"),)
    assert (unknown.kind, unknown.id) == ("Hologram", "q5")


def test_an_attachment_and_its_two_names_for_the_size() -> None:
    attachment = read("attachment")
    assert isinstance(attachment, Attachment)
    assert attachment.url.startswith("https://")
    assert attachment.filename
    for key in ("fileSize", "contentSizeBytes"):
        found, problems = parse({"contentType": "Attachment", "attachment": {"id": "a", key: 12}})
        assert isinstance(found, Attachment)
        assert found.size == 12
        assert problems == []


@pytest.mark.parametrize(
    "item",
    [
        {"contentType": "Hologram", "hologram": {"a": 1}},
        {"contentType": "Card"},
        {"contentType": "Card", "card": None},
        {"contentType": "Card", "card": []},
        {"card": {"title": "no kind"}},
    ],
)
def test_what_is_not_known_is_kept_whole(item: dict[str, object]) -> None:
    content, _ = parse(item)
    assert content == UnknownContent(str(item.get("contentType", "")), item)


def test_every_kind_keeps_its_raw_form_out_of_repr() -> None:
    for name in ("card", "carousel", "date_picker", "list_picker", "attachment", "quick_replies"):
        content = read(name)
        assert content.raw
        assert "raw" not in repr(content)
    assert {kind.__name__ for kind in get_args(Content)} == {
        "QuickReply",
        "ButtonResponse",
        "Card",
        "Carousel",
        "DatePicker",
        "ListPicker",
        "Form",
        "Attachment",
        "UnknownContent",
    }


KINDS = ("QuickReply", "ButtonResponse", "Card", "Carousel", "DatePicker", "ListPicker", "Form", "Attachment")
KEYS = [
    *("title", "text", "payload", "type", "url", "image", "id", "input", "cards", "actions", "defaultAction"),
    *("availableTimes", "dateTime", "duration", "sections", "items", "multipleSelection", "receivedMessage"),
    *("formPages", "pageComponents", "formComponentType", "fileSize"),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=15,
)


@given(st.sampled_from(KINDS), VALUES, st.booleans())
def test_any_value_of_a_known_kind_is_read_somehow(kind: str, value: object, outbound: bool) -> None:
    item = {"contentType": kind, kind[0].lower() + kind[1:]: value}
    content, problems = parse(item, outbound)
    assert isinstance(content, get_args(Content))
    assert json.dumps(content.raw)
    assert all(problem.endswith(".") for problem in problems)
