"""What the service refuses: the request alone, then over the wire with the service's own codes."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.simulator.messages import check_text_length
from gcdesk.simulator.reading import RefusedError
from gcdesk.simulator.requests import read_request, tracing_id_of
from gcdesk.simulator.server import Simulator

from .guest import chat, with_attributes

TOKEN = "5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10"


def on_message(**message: Any) -> dict[str, Any]:
    return {"action": "onMessage", "token": TOKEN, "message": message}


def button(**response: Any) -> dict[str, Any]:
    item = {"contentType": "ButtonResponse", "buttonResponse": response}
    return on_message(type="Structured", text="Yes", content=[item])


def event(**fields: Any) -> dict[str, Any]:
    return on_message(type="Event", events=[fields])


def attributes(value: Any) -> dict[str, Any]:
    return on_message(type="Text", text="a", channel={"metadata": {"customAttributes": value}})


def configure(**fields: Any) -> dict[str, Any]:
    return {"action": "configureSession", "token": TOKEN, "deploymentId": "d", **fields}


JOURNEY = {"customer": {"id": TOKEN, "idType": "cookie"}, "customerSession": {"id": "", "type": "web"}}
UPLOAD = {"action": "onAttachment", "token": TOKEN, "fileName": "a", "fileType": "b", "fileSize": 1}

REFUSED: list[tuple[str, Any, int]] = [
    ("not JSON", "hello {", 400),
    ("nothing", "", 400),
    ("a list", [], 400),
    ("a number", 7, 400),
    ("NaN", '{"action": NaN}', 400),
    ("an unpaired surrogate", '{"action": "echo", "token": "\\ud800"}', 400),
    ("nesting without end", "[" * 100_000, 400),
    *(
        (f"{depth} levels", '{"action":' * depth + "1" + "}" * depth, 400)
        for depth in (64, 65, 300, 900, 5000)
    ),
    ("a number of 5000 digits", '{"action": ' + "1" * 5000 + "}", 400),
    ("no action", {"token": TOKEN}, 4020),
    ("action null", {"action": None, "token": TOKEN}, 400),
    ("unknown action", {"action": "sendMessage", "token": TOKEN}, 400),
    ("an action without a request schema", {"action": "disconnectCustomer", "token": TOKEN}, 400),
    ("no token", {"action": "getJwt"}, 4020),
    ("empty token", {"action": "getJwt", "token": ""}, 4020),
    ("token not a string", {"action": "getJwt", "token": 7}, 400),
    ("tracing ID not a string", {"action": "getJwt", "token": TOKEN, "tracingId": 7}, 400),
    ("configure without deployment", {"action": "configureSession", "token": TOKEN}, 4020),
    ("startNew as text", configure(startNew="false"), 400),
    ("startNew null", configure(startNew=None), 400),
    ("journey without customer", configure(journeyContext={}), 4020),
    ("journey null", configure(journeyContext=None), 400),
    ("journey customer without type", configure(journeyContext={**JOURNEY, "customer": {"id": "a"}}), 4020),
    (
        "half an action map version",
        configure(
            journeyContext={
                **JOURNEY,
                "triggeringAction": {"id": "a", "actionMap": {"id": "b", "version": 1.5}},
            }
        ),
        400,
    ),
    (
        "sign-in without code",
        {"action": "configureAuthenticatedSession", "token": TOKEN, "deploymentId": "d", "data": {}},
        4020,
    ),
    ("no message", {"action": "onMessage", "token": TOKEN}, 4020),
    ("message as text", {"action": "onMessage", "token": TOKEN, "message": "hello"}, 400),
    ("time as number", {**on_message(type="Text", text="a"), "time": 7}, 400),
    ("no type", on_message(text="a"), 4020),
    ("unknown type", on_message(type="text", text="a"), 400),
    ("a receipt", on_message(type="Receipt", text="a"), 400),
    ("text missing", on_message(type="Text"), 4020),
    ("text empty and alone", on_message(type="Text", text=""), 4020),
    ("text null", on_message(type="Text", text=None), 400),
    ("text too long", on_message(type="Text", text="a" * 4097), 4011),
    ("text too long in bytes only", on_message(type="Text", text="ä" * 2049), 4011),
    ("metadata with a number", on_message(type="Text", text="a", metadata={"a": 1}), 400),
    ("metadata as list", on_message(type="Text", text="a", metadata=[]), 400),
    ("status unknown", on_message(type="Text", text="a", status="sent"), 400),
    ("content null", on_message(type="Text", text="a", content=None), 400),
    ("content kind missing", on_message(type="Structured", content=[{}]), 4020),
    ("content kind unknown", on_message(type="Structured", content=[{"contentType": "Hologram"}]), 400),
    ("structured without content", on_message(type="Structured", text="a"), 4020),
    (
        "button without its object",
        on_message(type="Structured", content=[{"contentType": "ButtonResponse"}]),
        4020,
    ),
    ("button without payload", button(text="Yes", type="QuickReply"), 4020),
    ("button without text", button(payload="YES", type="QuickReply"), 4020),
    ("button of unknown type", button(text="Yes", payload="YES", type="Quick"), 400),
    ("button payload as number", button(text="Yes", payload=1, type="QuickReply"), 400),
    (
        "two attachments",
        on_message(type="Text", content=[{"contentType": "Attachment", "attachment": {"id": "a"}}] * 2),
        400,
    ),
    (
        "attachment without ID",
        on_message(type="Text", content=[{"contentType": "Attachment", "attachment": {}}]),
        4020,
    ),
    (
        "form without canned response",
        on_message(type="Structured", content=[{"contentType": "Form", "form": {"response": []}}]),
        4020,
    ),
    ("event without events", on_message(type="Event"), 4020),
    (
        "event with text",
        on_message(type="Event", text="a", events=[{"eventType": "Typing", "typing": {"type": "On"}}]),
        400,
    ),
    (
        "text with an event",
        on_message(type="Text", text="a", events=[{"eventType": "Typing", "typing": {"type": "On"}}]),
        400,
    ),
    ("unknown event", event(eventType="Dance"), 400),
    ("presence of the platform", event(eventType="Presence", presence={"type": "Disconnect"}), 400),
    ("typing off", event(eventType="Typing", typing={"type": "Off"}), 400),
    ("typing with duration", event(eventType="Typing", typing={"type": "On", "duration": 5000}), 400),
    ("typing without its object", event(eventType="Typing"), 4020),
    (
        "channel metadata without attributes",
        on_message(type="Text", text="a", channel={"metadata": {}}),
        4020,
    ),
    ("attribute as number", attributes({"a": 1}), 400),
    ("attribute as object", attributes({"a": {"b": "c"}}), 400),
    ("attribute null", attributes({"a": None}), 400),
    ("attributes as list", attributes([]), 400),
    ("attributes too large", attributes({"a": "b" * 2041}), 4013),
    ("attributes too large in bytes only", attributes({"a": "ä" * 1021}), 4013),
    ("echo without message", {"action": "echo", "token": TOKEN}, 4020),
    ("echo of an event", {"action": "echo", "token": TOKEN, "message": {"type": "Event"}}, 400),
    ("close without closeAllConnections", {"action": "closeSession", "token": TOKEN}, 4020),
    ("upload without name", {key: UPLOAD[key] for key in UPLOAD if key != "fileName"}, 4020),
    ("upload of half a byte", {**UPLOAD, "fileSize": 0.5}, 400),
    ("upload of true bytes", {**UPLOAD, "fileSize": True}, 400),
    ("attachment not named", {"action": "getAttachment", "token": TOKEN}, 4020),
]


def code_for(request: Any) -> int:
    try:
        read_request(request if isinstance(request, str) else json.dumps(request))
    except RefusedError as refused:
        return refused.code if refused.text else 0
    return 200


@pytest.mark.parametrize(("request_", "code"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_a_request_gets_the_services_code(request_: Any, code: int) -> None:
    assert code_for(request_) == code


ACCEPTED: list[tuple[str, Any]] = [
    ("the longest text", on_message(type="Text", text="a" * 4096)),
    ("the longest text in bytes", on_message(type="Text", text="ä" * 2048)),
    ("the largest attributes", attributes({"a": "b" * 2040})),
    ("no attributes", attributes({})),
    (
        "a button with its question",
        button(text="Yes", payload="", type="QuickReply", originatingMessageId="a"),
    ),
    ("a leading zero", attributes({"crmCustomerId": "000123"})),
    (
        "an action map version as float",
        configure(
            journeyContext={
                **JOURNEY,
                "triggeringAction": {"id": "a", "actionMap": {"id": "b", "version": 1.0}},
            }
        ),
    ),
]


@pytest.mark.parametrize("request_", [pytest.param(row[1], id=row[0]) for row in ACCEPTED])
def test_a_request_at_the_limit_is_accepted(request_: Any) -> None:
    assert code_for(request_) == 200


def test_every_sample_of_a_client_is_accepted(sample_frames: Path) -> None:
    samples = sorted(sample_frames.glob("client.*.json"))
    assert len(samples) > 20
    codes = {path.name: code_for(path.read_text(encoding="utf-8")) for path in samples}
    assert {name: code for name, code in codes.items() if code != 200} == {}


def test_the_two_places_of_attributes_are_told_apart(sample_frames: Path) -> None:
    right = read_request((sample_frames / "client.on_message.text_with_attributes.json").read_text())
    assert right.message is not None
    assert right.message.attributes == {"crmCustomerId": "CRM-000123", "source": "test-launcher"}
    assert right.ignored == ()
    name = "client.on_message.legacy_top_level_channel.DO_NOT_SEND.json"
    wrong = read_request((sample_frames / name).read_text())
    assert wrong.message is not None
    assert wrong.message.attributes is None
    assert wrong.ignored == ("channel",)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    code_for(text)
    tracing_id_of(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_any_spoilt_request_is_read_or_refused(data: st.DataObject) -> None:
    good = button(text="Yes", payload="YES", type="QuickReply", originatingMessageId="a")
    good["message"]["channel"] = {"metadata": {"customAttributes": {"a": "b"}}, "messageId": "m"}
    request = copy.deepcopy(good)
    place: Any = request
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(JSON)
        break
    assert code_for(request) in {200, 400, 4011, 4013, 4020}


@given(st.text(max_size=3000), st.integers(min_value=0, max_value=9000))
def test_text_is_measured_in_utf8_bytes(text: str, limit: int) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return
    if size > limit:
        with pytest.raises(RefusedError) as refused:
            check_text_length(text, limit)
        assert (refused.value.code, refused.value.text) == (
            4011,
            f"Message length {size} is larger than {limit}",
        )
    else:
        check_text_length(text, limit)


async def test_a_refusal_comes_back_with_its_tracing_id_and_the_chat_goes_on() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.send_raw("not JSON")
        refused = await visitor.next()
        assert (refused["type"], refused["class"], refused["code"]) == ("response", "string", 400)
        assert "tracingId" not in refused
        tracing_id = await visitor.send("dance")
        refused = await visitor.next()
        assert (refused["code"], refused["tracingId"]) == (400, tracing_id)
        await visitor.send_raw("[" * 500 + "]" * 500)
        assert (await visitor.next())["code"] == 400
        await visitor.send_raw(b"\x00\xff")
        assert (await visitor.next())["code"] == 400
        await visitor.say("hello")
        await visitor.echo_and_reply()


async def test_a_message_over_a_limit_is_refused_whole() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("a" * 5000, {"crmCustomerId": "CUST-1"})
        refused = await visitor.next()
        assert (refused["code"], refused["body"]) == (4011, "Message length 5000 is larger than 4096")
        await visitor.say("hello", {"crmCustomerId": "C" * 2048})
        refused = await visitor.next()
        assert refused["code"] == 4013
        assert refused["body"] == "Custom Attributes in channel metadata is larger than 2048 bytes"
        await visitor.message(text="whoami", **with_attributes({"crmCustomerId": "0007"}))
        _, reply = await visitor.echo_and_reply()
    assert reply["body"]["text"] == "Your crmCustomerId is 0007."
