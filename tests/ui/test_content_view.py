"""Every content kind as real controls: pressed, ticked and filled in, with the replies that come of it."""

from __future__ import annotations

import json
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gcdesk.guest.content import (
    Attachment,
    ButtonResponse,
    Card,
    CardAction,
    Content,
    DatePicker,
    Form,
    QuickReply,
    TimeSlot,
    UnknownContent,
)
from gcdesk.guest.message import Message
from gcdesk.guest.received import StructuredMessage, decode_frame
from gcdesk.guest.replies import Reply
from gcdesk.ui.cards import CardView
from gcdesk.ui.choices import Choices
from gcdesk.ui.date_picker import slot_words
from gcdesk.ui.form_fields import Field
from gcdesk.ui.picture_view import PictureView
from gcdesk.ui.raw_view import RawView
from gcdesk.ui.transcript import Transcript
from tests.support.places import SAMPLE_FRAMES
from tests.ui.conversation import CUSTOMER, START, message, sample_message

pytestmark = pytest.mark.usefixtures("light_look")

W = TypeVar("W", bound=QWidget)


class Talk:
    """A transcript, and what a person asked for with what stands in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.transcript = Transcript()
        self.transcript.resize(680, 900)
        qtbot.addWidget(self.transcript)
        self.replies: list[Reply] = []
        self.links: list[str] = []
        self.wanted_links: list[str] = []
        self.transcript.reply_chosen.connect(self.replies.append)
        self.transcript.link_activated.connect(self.links.append)
        self.transcript.hub.fresh_link_requested.connect(self.wanted_links.append)
        with qtbot.waitExposed(self.transcript):
            self.transcript.show()
        self.transcript.activateWindow()
        qtbot.waitUntil(self.transcript.isActiveWindow)

    def show(self, shown: Message) -> Message:
        self.transcript.add_message(shown)
        self.settle()
        return shown

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.transcript.is_moving)

    def all(self, kind: type[W]) -> list[W]:
        """The visible widgets of a kind."""
        return [
            one
            for row in self.transcript.live_rows().values()
            for one in row.findChildren(kind)
            if one.isVisible()
        ]

    def button(self, name: str) -> QAbstractButton:
        """The button with that accessible name."""
        found = [one for one in self.all(QAbstractButton) if one.accessibleName() == name]
        assert len(found) == 1, [one.accessibleName() for one in self.all(QAbstractButton)]
        return found[0]

    def press(self, name: str) -> None:
        """Press a button with the keyboard."""
        button = self.button(name)
        assert button.isEnabled()
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.settle()

    def words(self) -> str:
        """All that can be read."""
        return "\n".join(label.text() for label in self.all(QLabel))


@pytest.fixture
def talk(qtbot: QtBot) -> Talk:
    return Talk(qtbot)


def spoken(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


SAMPLES = sorted(path.name for path in SAMPLE_FRAMES.glob("server.structured_message.*.json"))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_drawn_and_every_control_has_a_name(talk: Talk, name: str) -> None:
    body = decode_frame((SAMPLE_FRAMES / name).read_text(encoding="utf-8")).body
    assert isinstance(body, StructuredMessage)
    talk.show(message(body.text, body.content))
    assert talk.transcript.live_rows()
    controls = [
        *talk.all(QAbstractButton),
        *talk.all(QLineEdit),
        *talk.all(QComboBox),
    ]
    assert all(spoken(control).strip() for control in controls)
    if body.content and body.direction == "Outbound":
        assert controls or talk.words().count("\n") > 1


# Quick replies


def test_a_quick_reply_answers_and_shows_what_was_picked(talk: Talk) -> None:
    asked = talk.show(sample_message("quick_replies"))
    talk.press("Yes")
    (reply,) = talk.replies
    assert (reply.label, reply.answers) == ("Yes", asked.id)
    assert reply.content == (ButtonResponse("Yes", "YES", "QuickReply"),)
    assert [button.text() for button in talk.all(QPushButton)] == ["✓ Yes", "No"]
    assert not any(button.isEnabled() for button in talk.all(QPushButton))
    assert spoken(talk.all(QPushButton)[0]) == "Yes, chosen"


def test_a_double_click_answers_once(talk: Talk) -> None:
    talk.show(sample_message("quick_replies"))
    button = talk.button("No")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [reply.label for reply in talk.replies] == ["No"]


def test_the_pick_is_remembered_when_the_row_comes_back(talk: Talk) -> None:
    talk.show(sample_message("quick_replies"))
    talk.press("Yes")
    talk.transcript.setFocus()
    for number in range(80):
        talk.transcript.add_message(message(f"later {number}"))
    talk.settle()
    assert not [button for button in talk.all(QPushButton) if "Yes" in button.text()]
    talk.transcript.verticalScrollBar().setValue(0)
    talk.settle()
    assert talk.button("Yes, chosen").text() == "✓ Yes"


def test_a_refused_reply_can_be_chosen_again(talk: Talk) -> None:
    talk.show(sample_message("quick_replies"))
    talk.press("Yes")
    talk.transcript.take_back_pick()
    talk.settle()
    talk.press("No")
    assert [reply.label for reply in talk.replies] == ["Yes", "No"]


def test_old_quick_replies_expire_with_the_next_own_message(talk: Talk) -> None:
    talk.show(sample_message("quick_replies"))
    talk.show(message("the bot goes on"))
    assert talk.button("Yes").isEnabled()
    talk.show(message("something else", sender=CUSTOMER))
    assert not talk.button("Yes").isEnabled()
    talk.show(sample_message("quick_replies_no_action"))
    assert [button.isEnabled() for button in talk.all(QPushButton)] == [False, False, True, True]


def test_nothing_can_be_answered_while_the_chat_does_not_take_it(talk: Talk) -> None:
    talk.show(sample_message("quick_replies"))
    talk.show(sample_message("card"))
    talk.transcript.set_usable(False)
    talk.show(sample_message("date_picker"))
    enabled = [button.accessibleName() for button in talk.all(QPushButton) if button.isEnabled()]
    assert enabled == [
        "Show: Picture at https://example.com/f.jpg",
        "Details",
        "Show: Picture at https://example.com/cal.png",
    ], "links and pictures lead out of the chat and go on working"
    talk.transcript.set_usable(True)
    assert all(button.isEnabled() for button in talk.all(QPushButton))


def test_labels_are_plain_text_and_long_ones_are_shortened(talk: Talk) -> None:
    long = "A very long label " * 20
    talk.show(
        message("?", (QuickReply("<b>R&D</b> & more", "x"), QuickReply(long, "y"), QuickReply("", "pay")))
    )
    markup, cut, nameless = talk.all(QPushButton)
    assert markup.text() == "<b>R&&D</b> && more"
    assert spoken(markup) == "<b>R&D</b> & more"
    assert cut.geometry().right() < talk.transcript.viewport().width()
    assert cut.text().endswith("…")
    assert spoken(cut) == long.strip()
    nameless.click()
    assert talk.replies[0].label == "pay"


# Cards


def test_a_card_shows_its_texts_and_where_its_picture_lies(talk: Talk) -> None:
    talk.show(sample_message("card"))
    words = talk.words()
    assert "Flights" in words
    assert "Autumn offer" in words
    assert "example.com" in words
    (card,) = talk.all(CardView)
    (picture,) = card.findChildren(PictureView)
    assert picture.accessibleName() == "Picture at https://example.com/f.jpg, not loaded"


def test_a_postback_answers(talk: Talk) -> None:
    asked = talk.show(sample_message("card"))
    talk.press("Book now")
    assert talk.replies[0].content == (ButtonResponse("Book now", "BOOK", "Button"),)
    assert talk.replies[0].answers == asked.id
    assert talk.button("Book now, chosen").text() == "✓ Book now"
    assert talk.button("Details").isEnabled()


def test_a_link_opens_only_after_its_address_was_shown(talk: Talk) -> None:
    talk.show(sample_message("card"))
    assert "https://example.com/f" not in talk.words()
    talk.press("Details")
    assert talk.links == []
    assert "https://example.com/f" in talk.words()
    talk.press("Open https://example.com/f")
    assert talk.links == ["https://example.com/f"]
    talk.press("Copy address")
    assert QGuiApplication.clipboard().text() == "https://example.com/f"
    talk.press("Details")
    assert "https://example.com/f" not in talk.words()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "http://", "//x", "http://[::1", ""]
)
def test_what_is_no_web_address_is_shown_but_never_opened(talk: Talk, url: str) -> None:
    talk.show(message("?", (Card("Card", actions=(CardAction("Link", "Go", url),)),)))
    talk.press("Go")
    assert "does not open it" in talk.words()
    assert not [button for button in talk.all(QPushButton) if button.accessibleName().startswith("Open")]


def test_a_misleading_address_is_spelled_out(talk: Talk) -> None:
    url = "https://bank.example/\u202egnp.exe"
    talk.show(message("?", (Card("Card", actions=(CardAction("Link", "Go", url),)),)))
    talk.press("Go")
    assert "https://bank.example/%E2%80%AEgnp.exe" in talk.words()


def test_cards_of_a_carousel_are_equally_high_and_all_in_view(talk: Talk) -> None:
    talk.show(sample_message("carousel"))
    first, second = talk.all(CardView)
    assert first.height() == second.height()
    assert first.geometry().right() < second.geometry().left()
    talk.transcript.resize(300, 900)
    talk.settle()
    assert first.geometry().bottom() < second.geometry().top()
    assert second.mapTo(talk.transcript, second.rect().bottomRight()).x() < 300


def test_a_default_action_without_text_says_where_it_leads(talk: Talk) -> None:
    action = CardAction("Link", "", "https://www.example.com/offer")
    talk.show(message("?", (Card("Card", default_action=action),)))
    assert talk.button("Open www.example.com").isEnabled()


# Pickers


def test_a_time_is_chosen_in_local_words_and_sent_as_the_service_wrote_it(talk: Talk) -> None:
    asked = talk.show(sample_message("date_picker"))
    (picker,) = asked.content
    assert isinstance(picker, DatePicker)
    words = slot_words(picker.slots[0])
    talk.press(words)
    (reply,) = talk.replies
    assert reply.content == (ButtonResponse(words, "2026-07-06T09:00:00.000Z", "DatePicker"),)
    assert reply.metadata == {"parentMessageId": asked.id}
    assert talk.button("09:00, chosen").text() == "✓ 09:00"


def test_times_that_are_no_times_are_offered_as_written(talk: Talk) -> None:
    talk.show(message("?", (DatePicker("When?", "", (TimeSlot("next week", None, None),)),)))
    talk.press("next week")
    assert talk.replies[0].label == "next week"
    talk.show(message("?", (DatePicker("When?", "", ()),)))
    assert "No times are offered." in talk.words()


def items(**titles: str) -> list[dict[str, str]]:
    return [{"id": key, "title": title} for key, title in titles.items()]


def list_picker() -> Content:
    sections = [
        {"title": "Colour", "multipleSelection": False, "items": items(b="Blue", g="Green")},
        {"title": "Extra", "multipleSelection": True, "items": items(w="Wrap & bow", n="Note")},
    ]
    picker = {
        "sections": sections,
        "receivedMessage": {"title": "Choose"},
        "replyMessage": {"title": "My choice"},
    }
    return parsed({"contentType": "ListPicker", "listPicker": picker})


def parsed(item: object) -> Content:
    body = {"id": "x", "type": "Structured", "direction": "Outbound", "content": [item]}
    frame = decode_frame(
        json.dumps({"type": "message", "class": "StructuredMessage", "code": 200, "body": body})
    )
    assert isinstance(frame.body, StructuredMessage)
    return frame.body.content[0]


def test_a_list_is_ticked_and_sent(talk: Talk) -> None:
    talk.show(message("Well?", (list_picker(),)))
    send = talk.button("Send choice")
    assert not send.isEnabled(), "nothing is ticked yet"
    for name in ("Blue", "Green", "Wrap & bow", "Note"):
        talk.press(name)
    assert not talk.button("Blue").isChecked(), "one colour only"
    talk.press("Send choice")
    (reply,) = talk.replies
    assert reply.label == "My choice"
    assert [item.payload for item in reply.content if isinstance(item, ButtonResponse)] == ["g", "w", "n"]
    assert not talk.button("Send choice, chosen").isEnabled()
    assert [talk.button(name).isChecked() for name in ("Blue", "Green", "Note")] == [False, True, True]
    assert not talk.button("Green").isEnabled()


def test_ticks_survive_scrolling_away(talk: Talk) -> None:
    talk.show(message("Well?", (list_picker(),)))
    talk.press("Green")
    talk.transcript.setFocus()
    for number in range(80):
        talk.transcript.add_message(message(f"later {number}"))
    talk.settle()
    talk.transcript.verticalScrollBar().setValue(0)
    talk.settle()
    assert talk.button("Green").isChecked()


def test_marks_are_ticked_with_a_click_on_their_words(talk: Talk) -> None:
    talk.show(message("Well?", (list_picker(),)))
    mark = talk.button("Note")
    QTest.mouseClick(mark, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, mark.rect().center())
    assert mark.isChecked()


# Forms


def form() -> Content:
    wheel = {
        "id": "size",
        "title": "Size",
        "items": items(s="Small", l="Large"),
    }
    slots = [{"dateTime": "2026-07-06T09:00:00.000Z", "duration": 1800}]
    components = [
        {"formComponentType": "Input", "input": {"id": "name", "title": "Your name", "isRequired": True}},
        {"formComponentType": "Input", "input": {"id": "why", "title": "Why", "isMultipleLine": True}},
        {"formComponentType": "WheelPicker", "wheelPicker": wheel},
        {
            "formComponentType": "DatePicker",
            "datePicker": {"id": "when", "title": "When", "availableTimes": slots},
        },
        {"formComponentType": "Hologram", "hologram": {"id": "odd", "title": "Odd"}},
    ]
    body = {
        "cannedResponseId": "cr-1",
        "introduction": {"title": "A form", "subtitle": "Some questions"},
        "formPages": [{"title": "Page one", "subtitle": "of one", "pageComponents": components}],
        "replyMessage": {"title": "Filled in"},
    }
    return parsed({"contentType": "Form", "form": body})


def field(talk: Talk, title: str) -> Field:
    (found,) = [one for one in talk.all(Field) if one.title == title]
    return found


def test_a_form_is_filled_in_and_sent(talk: Talk) -> None:
    asked = talk.show(message("", (form(),)))
    assert isinstance(asked.content[0], Form)
    name = field(talk, "Your name").control
    assert isinstance(name, QLineEdit)
    assert spoken(name) == "Your name (required)"
    talk.press("Send form")
    assert talk.replies == []
    assert "Fill in “Your name” first." in talk.words()
    assert name.hasFocus()
    QTest.keyClicks(name, "Ada")
    why = field(talk, "Why").control
    assert isinstance(why, QPlainTextEdit)
    QTest.keyClicks(why, "because")
    size = field(talk, "Size").control
    assert isinstance(size, QComboBox)
    size.setFocus()
    QTest.keyClick(size, Qt.Key.Key_End)
    talk.press("Send form")
    (reply,) = talk.replies
    assert reply.label == "Filled in"
    (item,) = reply.items
    sent = json.loads(json.dumps(item))["form"]
    assert (sent["cannedResponseId"], sent["originatingMessageId"]) == ("cr-1", asked.id)
    answers = {one["id"]: one["component"]["buttonResponse"] for one in sent["response"]}
    assert {key: (one["text"], one["payload"]) for key, one in answers.items()} == {
        "name": ("Ada", "Ada"),
        "why": ("because", "because"),
        "size": ("Large", "l"),
    }
    assert not talk.button("Send form, chosen").isEnabled()
    shown = field(talk, "Your name").control
    assert isinstance(shown, QLineEdit)
    assert shown.text() == "Ada"
    assert not shown.isEnabled()


def test_a_field_of_an_unknown_kind_is_shown_raw(talk: Talk) -> None:
    talk.show(message("", (form(),)))
    assert len(talk.all(RawView)) == 1


def test_a_form_with_a_list(talk: Talk) -> None:
    choices = {
        "id": "colour",
        "sections": [{"title": "C", "multipleSelection": True, "items": items(r="Red", b="Blue")}],
        "receivedMessage": {"title": "Which?"},
        "replyMessage": {"title": "These"},
    }
    pages = [
        {
            "title": "P",
            "subtitle": "",
            "pageComponents": [{"formComponentType": "ListPicker", "listPicker": choices}],
        }
    ]
    talk.show(
        message("", (parsed({"contentType": "Form", "form": {"cannedResponseId": "c", "formPages": pages}}),))
    )
    assert len(talk.all(Choices)) == 1
    talk.press("Red")
    talk.press("Blue")
    talk.press("Send form")
    (item,) = talk.replies[0].content
    assert item == ButtonResponse("Red, Blue", "r,b", "Form")
    assert talk.button("Red").isChecked(), "what was ticked still shows"


# Files, unknown content, answers


def test_a_file_shows_name_kind_and_size(talk: Talk) -> None:
    talk.show(sample_message("attachment"))
    assert "image.png" in talk.words()
    assert "Picture (image/png) · 4.2 kB" in talk.words()


def test_a_file_opens_only_after_its_address_was_shown_without_its_secret(talk: Talk) -> None:
    file = Attachment("a", "https://files.example.com/get/x.png?signature=SECRET", "x.png", "Image")
    talk.show(message("", (file,)))
    talk.press("Open link to x.png…")
    assert talk.wanted_links == ["a"], "the old link may have expired"
    talk.transcript.hub.files.show_link("a", "")
    talk.settle()
    assert talk.links == []
    assert "https://files.example.com/get/x.png?…" in talk.words()
    assert "SECRET" not in talk.words()
    names = [button.accessibleName() for button in talk.all(QPushButton)]
    assert "Copy address" not in names
    talk.press("Open https://files.example.com/get/x.png?…")
    assert talk.links == [file.url]


def test_a_fresh_link_takes_the_place_of_the_old_one(talk: Talk) -> None:
    talk.show(message("", (Attachment("a", "https://files.example.com/old?signature=1", "x.pdf", "File"),)))
    talk.press("Open link to x.pdf…")
    talk.transcript.hub.files.ask_link("a")
    assert "Getting a link…" in talk.words()
    talk.transcript.hub.files.show_link("a", "https://elsewhere.example.com/new?signature=2")
    talk.settle()
    assert "https://elsewhere.example.com/new?…" in talk.words()
    talk.press("Open https://elsewhere.example.com/new?…")
    assert talk.links == ["https://elsewhere.example.com/new?signature=2"]


def test_a_file_without_an_address_cannot_be_opened(talk: Talk) -> None:
    talk.show(message("", (Attachment("a", "", "", "Sticker", text="a cat"),)))
    assert "a cat" in talk.words()
    assert talk.all(QPushButton) == []


def test_unknown_content_opens_as_masked_json(talk: Talk) -> None:
    raw = {"contentType": "Hologram", "hologram": {"title": "<b>x</b>", "token": "secret-secret-4c1f"}}
    talk.show(message("", (UnknownContent("Hologram", raw),)))
    name = "Content gcdesk does not draw: Hologram"
    before = talk.transcript.live_rows()[0].height()
    talk.press(f"{name}, show JSON")
    assert '"title": "<b>x</b>"' in talk.words()
    assert "secret-secret" not in talk.words()
    assert talk.transcript.live_rows()[0].height() > before
    talk.press(f"{name}, JSON shown")
    assert talk.transcript.live_rows()[0].height() == before


def test_opening_a_block_at_the_end_keeps_its_button_in_place(talk: Talk) -> None:
    for number in range(40):
        talk.transcript.add_message(message(f"before {number}"))
    raw = {"contentType": "Hologram", "layers": list(range(60))}
    talk.show(message("", (UnknownContent("Hologram", raw),)))
    button = talk.button("Content gcdesk does not draw: Hologram, show JSON")
    before = button.mapTo(talk.transcript, button.rect().topLeft())
    talk.press(button.accessibleName())
    assert button.mapTo(talk.transcript, button.rect().topLeft()) == before
    talk.transcript.scroll_to_end()
    talk.settle()
    assert talk.transcript.at_end


def test_an_own_answer_without_text_shows_its_label(talk: Talk) -> None:
    answer = (ButtonResponse("Mon 09:00", "2026-07-06T09:00:00.000Z", "DatePicker"),)
    talk.show(message("", answer, sender=CUSTOMER))
    talk.show(message("My choice", (ButtonResponse("Blue", "b", "ListPicker"),), sender=CUSTOMER))
    assert talk.words().count("Mon 09:00") == 1
    assert "Blue" in talk.words()


def test_a_mixed_message_shows_all_of_it(talk: Talk) -> None:
    content = (
        QuickReply("Yes", "Y"),
        Card("Card"),
        Attachment("a", "", "f.txt", "File"),
        QuickReply("No", "N"),
    )
    talk.show(message("text", content, at=START))
    words = talk.words()
    assert all(part in words for part in ("text", "Card", "f.txt"))
    assert [button.accessibleName() for button in talk.all(QPushButton)] == ["Yes", "No"]
