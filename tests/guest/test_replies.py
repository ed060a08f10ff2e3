"""Answers to rich content, in the form the web messenger sends them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest import frames
from gcdesk.guest.content import ButtonResponse, CardAction, Form, ListItem, ListPicker, QuickReply, TimeSlot
from gcdesk.guest.received import StructuredMessage, decode_frame
from gcdesk.guest.replies import Reply, card_action, form_answer, list_choice, quick_reply, time_slot

from .frames_of import sample, sample_text

ANSWERED = "3f9ad0c1b27e4d55a6e8c0717b2d9e01"
ATTRIBUTES = {"crmCustomerId": "CRM-000123", "source": "test-launcher"}


def wire(reply: Reply, attributes: dict[str, str] | None = None) -> Any:
    message = frames.structured_message(reply, attributes)
    return json.loads(frames.encode(frames.OnMessage(token="t", message=message)))["message"]


def expected(name: str) -> Any:
    """The message of a sample, but for the web messenger's own message ID, whose place the tracing ID took."""
    message = sample(f"client.on_message.{name}")["message"]
    metadata = message.get("metadata", {})
    metadata.pop("id", None)
    if not metadata:
        message.pop("metadata", None)
    return message


def test_a_quick_reply() -> None:
    assert wire(quick_reply(QuickReply("Yes", "YES"), ANSWERED)) == expected("quick_reply.web_sdk")


def test_a_cards_button_with_attributes() -> None:
    action = CardAction("Postback", "Book now", "", "BOOK")
    assert wire(card_action(action, ANSWERED), ATTRIBUTES) == expected("card_postback")


def test_a_cards_button_without_a_payload_answers_with_its_text() -> None:
    reply = card_action(CardAction("Postback", "Book now"), ANSWERED)
    assert wire(reply)["content"][0]["buttonResponse"]["payload"] == "Book now"


def test_a_time() -> None:
    slot = TimeSlot("2026-07-06T09:00:00.000Z", None, 1800)
    reply = time_slot(slot, "Mon 09:00", ANSWERED)
    assert wire(reply) == expected("time_slot.web_sdk")
    assert reply.label == "Mon 09:00"


def test_a_choice_from_a_list() -> None:
    reply = list_choice([ListItem("opt-a", "Option A")], "My choice", ANSWERED)
    assert wire(reply) == expected("list_picker.web_sdk")


def test_several_choices_from_a_list() -> None:
    items = [ListItem("a", "Apples"), ListItem("b", "Pears")]
    reply = list_choice(items, "", ANSWERED)
    assert reply.label == "Apples, Pears"
    assert [item["buttonResponse"]["payload"] for item in wire(reply)["content"]] == ["a", "b"]
    with pytest.raises(ValueError, match="at least one"):
        list_choice([], "", ANSWERED)


def test_a_form() -> None:
    form = Form("", "", (), "cr-1")
    reply = form_answer(form, {"q1": ("Blue", "blue"), "q2": ("", "")}, "Form sent", ANSWERED)
    assert wire(reply) == expected("form.web_sdk")
    assert reply.content == (ButtonResponse("Blue", "blue", "Form"),)


TEXT = st.text(max_size=20)


@given(TEXT, TEXT, TEXT)
def test_what_is_chosen_goes_out_as_it_was_offered(text: str, payload: str, message_id: str) -> None:
    replies = [
        (quick_reply(QuickReply(text, payload), message_id), payload),
        (card_action(CardAction("Postback", text, "", payload), message_id), payload or text),
        (time_slot(TimeSlot(payload, None, None), text, message_id), payload),
        (list_choice([ListItem(payload, text)], "", message_id), payload),
    ]
    for reply, sent in replies:
        response = wire(reply)["content"][0]["buttonResponse"]
        assert (response["text"], response["payload"]) == (text, sent)
        assert reply.answers == message_id
        assert [(item.text, item.payload) for item in reply.content if isinstance(item, ButtonResponse)] == [
            (text, sent)
        ]


def test_without_the_answered_messages_id_nothing_links_to_it() -> None:
    for reply in (
        time_slot(TimeSlot("p", None, None), "l", ""),
        list_choice([ListItem("i", "t")], "", ""),
        form_answer(Form("", "", (), "c"), {"q": ("a", "b")}, "sent", ""),
    ):
        text = json.dumps(wire(reply))
        assert "originatingMessageId" not in text
        assert "parentMessageId" not in text


def test_a_list_is_answered_with_the_words_that_the_service_gave_for_it() -> None:
    frame = decode_frame(sample_text("server.structured_message.list_picker"))
    assert isinstance(frame.body, StructuredMessage)
    (picker,) = frame.body.content
    assert isinstance(picker, ListPicker)
    expected = sample("client.on_message.list_picker.web_sdk")["message"]["text"]
    assert picker.answer_text == expected
    assert picker.but(reply_subtitle="").answer_text == "Thanks"
