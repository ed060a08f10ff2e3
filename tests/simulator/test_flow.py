"""A flow is played as it was written, over a real socket."""

from __future__ import annotations

import asyncio
import json
import re
import time
import urllib.request
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from gcdesk.resources import resource_path
from gcdesk.simulator import load_flow
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, Frame, Guest, chat, event_kinds, is_outbound
from .test_service_schema import problems

CUSTOMER = {"crmCustomerId": "0012345", "customerName": "Ada", "tier": "Gold"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@asynccontextmanager
async def playing(folder: Path, text: str, **options: Any) -> AsyncIterator[tuple[Simulator, Guest]]:
    path = folder / "flow.yaml"
    path.write_text(text, encoding="utf-8")
    described = SimulatorOptions(flow=load_flow(path), clock=Clock(), **options)
    async with Simulator(described) as simulator, chat(simulator) as visitor:
        yield simulator, visitor


async def said(
    visitor: Guest, text: str, count: int = 1, attributes: dict[str, str] | None = None
) -> list[Frame]:
    """Say something, and the so many frames that answer it."""
    await visitor.say(text, attributes)
    return await heard(visitor, count)


async def heard(visitor: Guest, count: int = 1) -> list[Frame]:
    return [(await visitor.until(is_outbound))["body"] for _ in range(count)]


async def texts(visitor: Guest, *lines: str, attributes: dict[str, str] | None = None) -> list[str]:
    """What is answered to each line, where each gets one answer."""
    return [(await said(visitor, line, attributes=attributes))[0].get("text", "") for line in lines]


def frame_of(body: Frame) -> list[str]:
    return event_kinds({"body": body})


async def test_the_join_is_greeted_with_the_customers_data(folder: Path) -> None:
    flow = "greeting: ['Hello {{customerName|there}}, {{ crmCustomerId }}, {{tier|no tier}}{{nothing}}.', How are you?]"
    async with playing(folder, flow) as (_, visitor):
        await visitor.join({"crmCustomerId": "0012345"})
        first, second = await heard(visitor, 2)
    assert [first["text"], second["text"]] == ["Hello there, 0012345, no tier.", "How are you?"]
    assert first["originatingEntity"] == "Bot"


ANSWERS = """
answers:
  - {when: [hi, Hello], say: equal}
  - {when: {contains: [order, parcel]}, say: contained}
  - {when: {matches: '^(?P<what>[a-z]+) (?P<number>[0-9]{3})$'}, say: 'what {{what}} number {{number}} text {{text}}'}
  - {when: {equals: Exact, caseSensitive: true}, say: exact}
  - {when: {contains: tier, customer: {tier: [gold, platinum]}}, say: rich}
  - {when: {contains: tier, customer: {tier: ''}}, say: none}
  - {when: {contains: tier}, say: other}
  - {when: {matches: ['^a$', '^b$']}, say: a or b}
fallback: nothing fits
"""


async def test_the_first_answer_that_fits_is_given(folder: Path) -> None:
    async with playing(folder, ANSWERS) as (simulator, visitor):
        lines = ["HELLO", " hi ", "my Parcel?", "room 101", "ROOM 102"]
        assert await texts(visitor, *lines) == [
            "equal",
            "equal",
            "contained",
            "what room number 101 text room 101",
            "what ROOM number 102 text ROOM 102",
        ]
        simulator.options.clock.sleep(1)  # type: ignore[attr-defined]
        assert await texts(visitor, "exact", "Exact", "B", "c") == [
            "nothing fits",
            "exact",
            "a or b",
            "nothing fits",
        ]


async def test_answers_can_depend_on_the_customer(folder: Path) -> None:
    async with playing(folder, ANSWERS) as (_, visitor):
        assert await texts(visitor, "my tier") == ["none"]
        assert await texts(visitor, "my tier", attributes={"tier": "GOLD"}) == ["rich"]
        assert await texts(visitor, "my tier", attributes={"tier": "tin"}) == ["other"]


STEPS = """
answers:
  - {when: start, goto: one}
  - {when: anywhere, say: everywhere}
fallback: lost
steps:
  one:
    say: One.
    answers:
      - {when: next, say: Leaving., goto: two}
      - {when: anywhere, say: here}
    fallback: lost in one
  two: {say: Two., goto: three}
  three: {say: Three.}
"""


async def test_steps_lead_on_and_have_answers_of_their_own(folder: Path) -> None:
    async with playing(folder, STEPS) as (simulator, visitor):
        assert await texts(visitor, "what", "anywhere", "start", "what", "anywhere") == [
            *("lost", "everywhere", "One.", "lost in one", "here")
        ]
        simulator.options.clock.sleep(1)  # type: ignore[attr-defined]
        leaving = await said(visitor, "next", 3)
        assert [body["text"] for body in leaving] == ["Leaving.", "Two.", "Three."]
        assert await texts(visitor, "what", "anywhere", "start") == ["lost", "everywhere", "One."]


async def test_each_conversation_is_where_it_is(folder: Path) -> None:
    async with playing(folder, STEPS) as (simulator, visitor), chat(simulator) as other:
        assert await texts(visitor, "start") == ["One."]
        assert await texts(other, "what") == ["lost"]
        assert await texts(visitor, "what") == ["lost in one"]
        await visitor.configure(startNew=True)
        assert await texts(visitor, "what") == ["lost"]


BUTTONS = """
greeting:
  - text: Choose.
    quickReplies: [{text: Go, goto: there}, {text: Yes!, payload: SAID_YES}, Plain]
answers:
  - {when: {payload: SAID_YES}, say: yes it is}
  - {when: {equals: plain, pressed: QuickReply}, say: pressed plain}
  - {when: plain, say: typed plain}
  - {when: {pressed: [DatePicker, ListPicker]}, say: 'picked {{text}}'}
  - {when: {pressed: Form}, say: 'form {{name}} {{colour}}'}
fallback: lost
steps:
  there: {say: There.}
"""


async def press_offered(visitor: Guest, item: Frame) -> str:
    reply = item["quickReply"]
    await visitor.press("QuickReply", reply["text"], reply["payload"])
    (body,) = await heard(visitor)
    return str(body["text"])


async def test_buttons_lead_to_steps_and_answers(folder: Path) -> None:
    async with playing(folder, BUTTONS) as (simulator, visitor):
        await visitor.join()
        (greeting,) = await heard(visitor)
        assert greeting["type"] == "Structured"
        pressed = [await press_offered(visitor, item) for item in greeting["content"]]
        assert pressed == ["There.", "yes it is", "pressed plain"]
        simulator.options.clock.sleep(1)  # type: ignore[attr-defined]
        assert await texts(visitor, "Plain", "step:there") == ["typed plain", "lost"]
        await visitor.press("DatePicker", "Monday at 9", "2026-11-30T09:00:00.000Z")
        assert (await heard(visitor))[0]["text"] == "picked Monday at 9"


async def test_a_form_fills_placeholders(folder: Path) -> None:
    async with playing(folder, BUTTONS) as (_, visitor):
        await visitor.message("Structured", content=[{"contentType": "Form", "form": FILLED}])
        assert (await heard(visitor))[0]["text"] == "form Ada Blue"


def _filled(question: str, text: str) -> Frame:
    pressed = {"type": "ListPicker", "text": text, "payload": text.upper()}
    return {"id": question, "component": {"contentType": "ButtonResponse", "buttonResponse": pressed}}


FILLED = {"cannedResponseId": "form", "response": [_filled("name", "Ada"), _filled("colour", "Blue")]}


async def test_an_agent_takes_over_and_gives_back(folder: Path) -> None:
    flow = """
bot: Botty
agent: Jonas
fallback: [one, {agent: true}, two, {bot: true}, three]
"""
    async with playing(folder, flow) as (_, visitor):
        bodies = await said(visitor, "hi", 3)
    shown = [
        (body["text"], body["channel"]["from"]["nickname"], body["originatingEntity"]) for body in bodies
    ]
    assert shown == [("one", "Botty", "Bot"), ("two", "Jonas", "Human"), ("three", "Botty", "Bot")]


@pytest.mark.parametrize(
    ("end", "setting", "read_only"),
    [
        ("true", "Send", False),
        ("true", "ReadOnly", True),
        ("{readOnly: true}", "Send", True),
        ("{readOnly: false}", "ReadOnly", False),
    ],
)
async def test_the_conversation_ends(folder: Path, end: str, setting: str, read_only: bool) -> None:
    flow = f"answers: [{{when: bye, say: [Bye., {{end: {end}}}]}}]\nfallback: still here"
    async with playing(folder, flow, conversation_disconnect=setting) as (_, visitor):
        bye, ended = await said(visitor, "bye", 2)
        assert (bye["text"], frame_of(ended)) == ("Bye.", ["Disconnect"])
        assert (ended["metadata"].get("readOnly") == "true") is read_only
        await visitor.say("hello")
        assert (await visitor.next())["code"] == (409 if read_only else 200)


async def test_typing_and_pauses_take_their_time(folder: Path) -> None:
    async with playing(folder, "fallback: [{typing: 0.05}, one, {pause: 0.05}, two]") as (_, visitor):
        started = time.monotonic()
        typing, one, two = await said(visitor, "hi", 3)
        assert time.monotonic() - started >= 0.1
    assert typing["events"] == [{"eventType": "Typing", "typing": {"type": "On", "duration": 50}}]
    assert [one["text"], two["text"]] == ["one", "two"]


async def test_a_flow_without_a_fallback_keeps_quiet(folder: Path) -> None:
    async with playing(folder, "answers: [{when: hi, say: hello}]") as (_, visitor):
        await visitor.say("what")
        assert await texts(visitor, "hi") == ["hello"]


async def test_a_raw_frame_goes_out_as_it_is_with_its_placeholders(folder: Path) -> None:
    frame = "{type: message, class: Hologram, code: 200, body: {id: '{{crmCustomerId}}', n: [1, null]}}"
    flow = f"fallback: {{frame: {frame}}}"
    async with playing(folder, flow) as (_, visitor):
        await visitor.say("hi", CUSTOMER)
        sent = await visitor.until(lambda frame: frame["class"] == "Hologram")
    assert sent == {
        "type": "message",
        "class": "Hologram",
        "code": 200,
        "body": {"id": "0012345", "n": [1, None]},
    }


async def test_what_the_customer_says_is_never_a_placeholder(folder: Path) -> None:
    async with playing(folder, "fallback: 'You said {{text}}.'") as (_, visitor):
        assert await texts(visitor, "{{crmCustomerId}} {{text}}", attributes=CUSTOMER) == [
            "You said {{crmCustomerId}} {{text}}."
        ]


async def test_a_text_is_never_longer_than_the_service_allows(folder: Path) -> None:
    async with playing(folder, "fallback: 'You said {{text}}.'") as (_, visitor):
        (text,) = await texts(visitor, "a" * 4096)
    assert len(text) == 4000


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(.*)*b", "a{0,900}a{0,900}$"])
async def test_no_regular_expression_can_hang_it(folder: Path, pattern: str) -> None:
    async with playing(
        folder, f"answers: [{{when: {{matches: '{pattern}!'}}, say: found}}]\nfallback: lost"
    ) as (_, visitor):
        async with asyncio.timeout(5):
            assert await texts(visitor, "a" * 4000) == ["lost"]


PICTURE = bytes.fromhex("89504e470d0a1a0a") + zlib.compress(b"not much of a picture")


async def test_files_beside_the_flow_are_served(folder: Path) -> None:
    (folder / "a picture.png").write_bytes(PICTURE)
    (folder / "note.unknown").write_bytes(b"note")
    flow = """
answers:
  - {when: picture, say: {image: a picture.png}}
  - {when: note, say: {text: Here., attachment: {file: note.unknown, name: note.txt, type: text/plain}}}
  - {when: card, say: {card: {title: a, image: a picture.png}}}
"""
    async with playing(folder, flow) as (_, visitor):
        ((picture,), (note,), (card,)) = [await said(visitor, word) for word in ("picture", "note", "card")]
        shown = picture["content"][0]["attachment"]
        assert (shown["filename"], shown["mediaType"], shown["mime"]) == (
            "a picture.png",
            "Image",
            "image/png",
        )
        assert (picture["type"], "text" in picture, shown["fileSize"]) == ("Text", False, len(PICTURE))
        assert await read(shown["url"]) == PICTURE
        shown = note["content"][0]["attachment"]
        assert (note["text"], shown["filename"], await read(shown["url"])) == ("Here.", "note.txt", b"note")
        assert await read(card["content"][0]["card"]["image"]) == PICTURE


async def read(url: str) -> bytes:
    def fetch() -> bytes:
        with urllib.request.urlopen(url, timeout=10) as answer:
            data: bytes = answer.read()
            return data

    return await asyncio.to_thread(fetch)


CONTENT = """
answers:
  - when: dates
    say:
      datePicker: {title: Call, subtitle: Soon, minutes: 15, times: ['+1 09:30', '2026-12-24T09:30Z']}
  - when: list
    say:
      listPicker:
        title: Choose
        sections: [{title: S, several: true, items: [a, {id: b, title: B, subtitle: s}]}]
        reply: Done
  - when: card
    say:
      card:
        title: 'For {{customerName}}'
        description: d
        link: https://example.com/{{crmCustomerId}}
        buttons: [Choose, {text: Go, goto: there}, {text: Open, link: 'https://example.com/'}, {text: P, payload: Q}]
  - when: carousel
    say: {carousel: [{title: a}, {title: b, image: 'https://example.com/b.png'}]}
steps: {there: {say: There.}}
"""


async def test_every_kind_of_content_is_what_the_service_sends(folder: Path) -> None:
    async with playing(folder, CONTENT) as (_, visitor):
        dates, listed = [
            (await said(visitor, word, 1, CUSTOMER))[0]["content"][0] for word in ("dates", "list")
        ]
        card, carousel = [(await said(visitor, word))[0]["content"][0] for word in ("card", "carousel")]
    assert dates["datePicker"] == {
        "title": "Call",
        "subtitle": "Soon",
        "availableTimes": [
            {"dateTime": "2027-01-16T09:30:00.000Z", "duration": 900},
            {"dateTime": "2026-12-24T09:30Z", "duration": 900},
        ],
    }
    assert listed["listPicker"] == {
        "sections": [
            {
                "title": "S",
                "multipleSelection": True,
                "items": [{"id": "a", "title": "a"}, {"id": "b", "title": "B", "subtitle": "s"}],
            }
        ],
        "receivedMessage": {"title": "Choose"},
        "replyMessage": {"title": "Done"},
    }
    assert card["card"] == {
        "title": "For Ada",
        "description": "d",
        "defaultAction": {"type": "Link", "url": "https://example.com/0012345"},
        "actions": [
            {"type": "Postback", "text": "Choose", "payload": "Choose"},
            {"type": "Postback", "text": "Go", "payload": "step:there"},
            {"type": "Link", "text": "Open", "url": "https://example.com/"},
            {"type": "Postback", "text": "P", "payload": "Q"},
        ],
    }
    assert carousel["carousel"] == {
        "cards": [
            {"title": "a", "actions": []},
            {"title": "b", "image": "https://example.com/b.png", "actions": []},
        ]
    }


def shipped(name: str) -> str:
    """A flow that is shipped, played faster."""
    text = resource_path("flows", name).read_text(encoding="utf-8")
    return re.sub(r"(typing|pause): [0-9.]+", r"\1: 0.01", text)


async def test_the_support_flow_answers_as_a_support_bot(folder: Path) -> None:
    async with playing(folder, shipped("support.yaml")) as (simulator, visitor):
        await visitor.join(CUSTOMER)
        hello, _, offer = await heard(visitor, 3)
        assert hello["text"].startswith("Hello Ada.")
        labels = [item["quickReply"]["text"] for item in offer["content"]]
        assert (
            await press_offered(visitor, offer["content"][0])
            == "What is the order number? It has six digits."
        )
        assert await texts(visitor, "12") == ["That is no order number. It has six digits, such as 204816."]
        _, found = await said(visitor, "it is 204816", 2)
        assert found["content"][0]["card"]["title"] == "Order 204816"
        simulator.options.clock.sleep(1)  # type: ignore[attr-defined]
        looking, _, agent = await said(visitor, "a human please", 3)
        assert agent["originatingEntity"] == "Human"
        assert "0012345" in agent["text"]
        _, ended = await said(visitor, "bye", 2)
        assert frame_of(ended) == ["Disconnect"]
        assert simulator.conversations[0].participant_data == CUSTOMER
    assert len(labels) == 4
    assert json.dumps(looking).count("colleague") == 1


async def test_the_showcase_sends_what_the_service_schema_knows(
    folder: Path, service_schema: dict[str, Any]
) -> None:
    async with playing(folder, shipped("showcase.yaml")) as (simulator, visitor):
        await visitor.join()
        (greeting,) = await heard(visitor)
        words = [item["quickReply"]["payload"] for item in greeting["content"]]
        bodies = [greeting]
        for word in words:
            simulator.options.clock.sleep(1)  # type: ignore[attr-defined]
            bodies += await said(visitor, word)
    assert len(bodies) == 11
    assert [problem for body in bodies for problem in problems(service_schema, "CleanMessage", body)] == []


async def test_the_crm_check_tells_what_arrived(folder: Path) -> None:
    async with playing(folder, shipped("crm-check.yaml")) as (_, visitor):
        assert (await texts(visitor, "hello"))[0].startswith("Hello. No crmCustomerId has arrived")
        (told,) = await texts(visitor, "whoami", attributes={"crmCustomerId": "0012345", "tier": "tin"})
        assert told.splitlines()[:3] == ["crmCustomerId: 0012345", "customerName: (missing)", "tier: tin"]
        assert (await texts(visitor, "hello"))[0].startswith("Hello customer 0012345.")
        assert (await texts(visitor, "hello", attributes={"tier": "gold"}))[0].startswith("Welcome back")
