"""The bot: every content kind on one word, greetings, confirmations, and who is speaking."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.request
from asyncio import to_thread
from typing import Any

import pytest

from gcdesk.simulator import bot
from gcdesk.simulator.bot import WORDS
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, Frame, chat, event_kinds, is_outbound


@pytest.fixture(autouse=True)
def _no_long_typing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot, "_TYPING_SECONDS", 0.01)


async def replies(*words: str, options: SimulatorOptions | None = None) -> list[Frame]:
    """All that the bot sends for the words, up to its answer to a last word."""
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        for word in words:
            await visitor.say(word)
        await visitor.say("that is all")
        frames: list[Frame] = []
        while not frames or "that is all" not in (frames[-1]["body"].get("text") or ""):
            frame = await visitor.next()
            if is_outbound(frame) or frame["class"] != "StructuredMessage":
                frames.append(frame)
    return frames[:-1]


async def the_reply(word: str) -> Frame:
    (frame,) = await replies(word)
    body = frame["body"]
    assert isinstance(body, dict)
    return body


CONTENT = {
    "quick": "QuickReply",
    "buttons": "QuickReply",
    "help": "QuickReply",
    "offer": "ButtonResponse",
    "card": "Card",
    "carousel": "Carousel",
    "generic": "GenericTemplate",
    "date": "DatePicker",
    "list": "ListPicker",
    "form": "Form",
    "image": "Attachment",
    "attachment": "Attachment",
}


@pytest.mark.parametrize(("word", "kind"), CONTENT.items())
async def test_a_word_shows_its_content_kind(word: str, kind: str) -> None:
    body = await the_reply(word)
    assert {item["contentType"] for item in body["content"]} == {kind}
    assert body["type"] == ("Text" if kind == "Attachment" else "Structured")
    assert body["channel"]["from"] == {"nickname": "Simulator bot"}
    assert body["channel"]["type"] == "Private"
    assert body["originatingEntity"] == "Bot"


@pytest.mark.parametrize("word", ["  CARD ", "Card"])
async def test_words_are_known_in_any_case(word: str) -> None:
    assert (await the_reply(word))["content"][0]["contentType"] == "Card"


async def test_help_offers_every_word() -> None:
    body = await the_reply("help")
    assert [item["quickReply"]["payload"] for item in body["content"]] == list(WORDS)
    assert all(word in body["text"] for word in WORDS)


async def test_texts_are_as_long_as_allowed_and_go_both_ways() -> None:
    assert len((await the_reply("long"))["text"]) == 4000
    assert "👩‍💻" in (await the_reply("emoji"))["text"]
    assert re.search("[\u0600-\u06ff].*[A-Za-z]+.*[\u0590-\u05ff]", (await the_reply("rtl"))["text"])
    assert "**Bold**" in (await the_reply("markdown"))["text"]
    assert "<b>" in (await the_reply("text"))["text"]


async def test_the_date_picker_offers_slots_to_come() -> None:
    picker = (await the_reply("date"))["content"][0]["datePicker"]
    slots = [slot["dateTime"] for slot in picker["availableTimes"]]
    assert len(slots) == len(set(slots)) == 9
    assert all(picker["dateMinimum"] <= slot <= picker["dateMaximum"] for slot in slots)


@pytest.mark.parametrize("word", ["image", "attachment"])
async def test_a_file_can_be_fetched_and_is_what_was_announced(word: str) -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say(word)
        _, reply = await visitor.echo_and_reply()
        file = reply["body"]["content"][0]["attachment"]

        def read() -> tuple[str, bytes]:
            with urllib.request.urlopen(file["url"], timeout=10) as answer:
                return answer.headers.get_content_type(), answer.read()

        mime, data = await to_thread(read)
    assert file["url"].startswith("http://127.0.0.1:")
    assert (mime, len(data), hashlib.sha256(data).hexdigest()) == (
        file["mime"],
        file["fileSize"],
        file["sha256"],
    )


async def test_pictures_of_cards_are_the_simulators_own() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        base = simulator.url.replace("ws:", "http:").removesuffix("/v1")
        for word in ("card", "carousel", "quick", "date", "generic"):
            await visitor.say(word)
            _, reply = await visitor.echo_and_reply()
            images = re.findall(r'"(?:image|imageUrl)": "([^"]*)"', json.dumps(reply))
            assert images
            assert all(url.startswith(f"{base}/files/") for url in images)


async def test_unknown_content_and_an_unknown_class_are_sent_between_good_ones() -> None:
    frames = await replies("unknown")
    assert [frame["class"] for frame in frames] == ["StructuredMessage", "HologramEvent", "StructuredMessage"]
    assert frames[0]["body"]["content"][0]["contentType"] == "Hologram"


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ({"crmCustomerId": "CUST-1", "customerName": "Ada Lovelace"}, "Hello, Ada Lovelace. "),
        ({"crmCustomerId": "CUST-1", "customerName": "  "}, "Hello, customer CUST-1. "),
        ({"sourceChannel": "web"}, "Hello. "),
        (None, "Hello. "),
    ],
)
async def test_a_join_is_greeted_once_by_name_or_crm_id(attributes: dict[str, str] | None, name: str) -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        tracing_id = await visitor.join(attributes)
        echo, greeting = await visitor.echo_and_reply()
        assert event_kinds(echo) == ["Join"]
        assert echo["tracingId"] == tracing_id
        assert greeting["body"]["text"].startswith(name)
        assert "not Genesys Cloud" in greeting["body"]["text"]
        await visitor.join()
        assert event_kinds(await visitor.next()) == ["Join"]
        await visitor.say("hi")
        _, again = await visitor.echo_and_reply()
        assert again["body"]["text"] == greeting["body"]["text"]


async def test_whoami_tells_every_attribute_unchanged() -> None:
    data = {"crmCustomerId": "  007 ", "customerName": "Zoë", "vip": "true", "basket": '{"items":[1,2]}'}
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("whoami", data)
        _, reply = await visitor.echo_and_reply()
        await visitor.say("attributes")
        _, again = await visitor.echo_and_reply()
    assert reply["body"]["text"].split("\n") == [f"Your {key} is {value}." for key, value in data.items()]
    assert again["body"]["text"] == reply["body"]["text"]


async def test_no_answer_is_longer_than_the_service_allows() -> None:
    async with Simulator(SimulatorOptions(clock=(clock := Clock()))) as simulator, chat(simulator) as visitor:
        for number in range(3):
            await visitor.say("hello", {f"key{number}": "x" * 1900})
            await visitor.echo_and_reply()
        clock.sleep(1)
        await visitor.say("whoami")
        _, reply = await visitor.echo_and_reply()
        assert len(reply["body"]["text"]) == 4000
        await visitor.say("x" * 4096)
        _, reply = await visitor.echo_and_reply()
        assert len(reply["body"]["text"]) < 400
        await visitor.press("QuickReply", "a" * 4000, "b" * 4000)
        _, reply = await visitor.echo_and_reply()
        assert len(reply["body"]["text"]) == 4000


@pytest.mark.parametrize("kind", ["QuickReply", "Button", "DatePicker", "ListPicker", "Form"])
async def test_a_pressed_button_is_confirmed_with_label_and_payload(kind: str) -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.press(kind, "Yes, please", "YES")
        echo, reply = await visitor.echo_and_reply()
    assert echo["body"]["text"] == "Yes, please"
    assert echo["body"]["content"][0]["buttonResponse"]["type"] == kind
    assert reply["body"]["text"] == "You picked Yes, please (payload YES)."


async def test_a_button_in_the_other_form_comes_back_structured_with_its_label() -> None:
    item = {
        "contentType": "ButtonResponse",
        "buttonResponse": {"type": "QuickReply", "text": "Yes", "payload": "YES"},
    }
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.message("Text", text="", content=[item])
        echo, reply = await visitor.echo_and_reply()
    assert (echo["body"]["type"], echo["body"]["text"]) == ("Structured", "Yes")
    assert reply["body"]["text"] == "You picked Yes (payload YES)."


async def test_a_word_offered_by_help_can_be_pressed() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.press("QuickReply", "card", "card")
        _, reply = await visitor.echo_and_reply()
        assert reply["body"]["content"][0]["contentType"] == "Card"
        await visitor.press("ListPicker", "card", "card")
        _, reply = await visitor.echo_and_reply()
        assert reply["body"]["text"] == "You picked card (payload card)."


async def test_several_choices_and_form_answers_are_all_confirmed() -> None:
    def pressed(kind: str, text: str) -> dict[str, Any]:
        response = {"type": kind, "text": text, "payload": text.lower()}
        return {"contentType": "ButtonResponse", "buttonResponse": response}

    form = {
        "cannedResponseId": "simulator-form",
        "response": [
            {"id": "name", "component": pressed("Form", "Ada")},
            {"id": "colour", "component": pressed("Form", "Blue")},
        ],
    }
    async with Simulator() as simulator, chat(simulator) as visitor:
        chosen = [pressed("ListPicker", "Blue"), pressed("ListPicker", "Gift wrap")]
        await visitor.message("Structured", text="My choice", content=chosen)
        _, reply = await visitor.echo_and_reply()
        assert (
            reply["body"]["text"]
            == "You picked Blue (payload blue).\nYou picked Gift wrap (payload gift wrap)."
        )
        await visitor.message("Structured", text="Form sent", content=[{"contentType": "Form", "form": form}])
        _, reply = await visitor.echo_and_reply()
        assert "You picked Ada for name (payload ada)." in reply["body"]["text"]
        form["response"] = []
        await visitor.message("Structured", text="Form sent", content=[{"contentType": "Form", "form": form}])
        _, reply = await visitor.echo_and_reply()
        assert "empty" in reply["body"]["text"]


async def test_an_agent_takes_over_until_the_bot_is_called_back() -> None:
    frames = await replies("agent", "hello there", "bot")
    who = [
        (frame["body"]["channel"]["from"]["nickname"], frame["body"]["originatingEntity"]) for frame in frames
    ]
    agent, machine = ("Lena (simulator)", "Human"), ("Simulator bot", "Bot")
    assert who == [machine, agent, agent, agent, machine]
    assert event_kinds(frames[1]) == ["Typing"]


async def test_typing_is_shown_before_the_answer() -> None:
    typing, answer = await replies("typing")
    assert typing["body"]["events"] == [{"eventType": "Typing", "typing": {"type": "On", "duration": 10}}]
    assert answer["body"]["type"] == "Text"


async def test_a_reply_delay_is_spent_typing_and_answers_stay_in_order() -> None:
    options = SimulatorOptions(reply_delay=0.02)
    frames = await replies("one", "two", options=options)
    kinds = [event_kinds(frame) or frame["body"]["text"][:12] for frame in frames]
    assert kinds == [["Typing"], "You said: on", ["Typing"], "You said: tw", ["Typing"]]


async def test_a_deployment_may_hide_that_the_bot_types() -> None:
    frames = await replies("typing", options=SimulatorOptions(agent_typing=False, reply_delay=0.01))
    assert [event_kinds(frame) for frame in frames] == [[]]


async def test_own_typing_is_echoed_and_not_answered_or_refused_where_it_is_off() -> None:
    typing = {"eventType": "Typing", "typing": {"type": "On"}}
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.message("Event", events=[typing])
        await visitor.say("hello")
        assert event_kinds(await visitor.next()) == ["Typing"]
        await visitor.echo_and_reply()
    async with Simulator(SimulatorOptions(user_typing=False)) as simulator, chat(simulator) as visitor:
        await visitor.message("Event", events=[typing])
        refused = await visitor.next()
        assert (refused["code"], refused["body"]) == (
            403,
            "Turn on the Feature Toggle or fix the configuration.",
        )


async def test_the_conversation_ends_as_the_deployment_says() -> None:
    _, ended = await replies("end")
    assert event_kinds(ended) == ["Disconnect"]
    assert "readOnly" not in ended["body"]["metadata"]
    off = await replies("end", "readonly", options=SimulatorOptions(conversation_disconnect="off"))
    assert [frame["body"]["text"] for frame in off] == ["Goodbye.", "Goodbye."]


@pytest.mark.expected_logs("ERROR gcdesk.simulator.speaker: The simulator's bot failed")
async def test_a_bot_that_fails_is_reported_and_the_chat_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WORDS, "card", ("broken", lambda _scene: [bot.Say("oops", [{"no": "kind"}])]))
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("card")
        await visitor.next()
        await visitor.say("hello")
        await visitor.echo_and_reply()
