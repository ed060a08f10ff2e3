"""The history over HTTP: by page, newest first, for who has the JWT; and what the simulator itself remembers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.simulator.conversations import Conversation
from gcdesk.simulator.history import history_page
from gcdesk.simulator.jwt import JwtError, JwtMint
from gcdesk.simulator.options import SimulatorOptions
from gcdesk.simulator.server import Simulator

from .guest import Clock, Frame, chat, event_kinds
from .web_client import ask, base_of, history, jwt_of

CLEAR = {"eventType": "Presence", "presence": {"type": "Clear"}}
TYPING = {"eventType": "Typing", "typing": {"type": "On"}}


def problems_of(schema: dict[str, Any], entity: Frame) -> list[str]:
    from jsonschema import Draft4Validator

    definition = {"$ref": "#/definitions/CleanMessage", "definitions": schema["definitions"]}
    return [error.message for error in Draft4Validator(definition).iter_errors(entity)]


async def test_a_page_has_the_shape_of_the_sample_and_the_newest_first(
    sample_frames: Path, service_schema: dict[str, Any]
) -> None:
    sample = json.loads((sample_frames / "rest.history_page.json").read_text())
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.join({"crmCustomerId": "CUST-1"})
        await visitor.echo_and_reply()
        await visitor.say("quick")
        await visitor.echo_and_reply()
        await visitor.message("Event", events=[TYPING])
        await visitor.next()
        answer = await history(simulator, await jwt_of(visitor))
    assert answer.status == 200
    page = answer.json
    assert set(page) == set(sample)
    assert {key: page[key] for key in page if key != "entities"} == {
        "pageSize": 25,
        "pageNumber": 1,
        "total": 4,
        "pageCount": 1,
    }
    kinds = [
        (entity["type"], entity["direction"], entity["originatingEntity"]) for entity in page["entities"]
    ]
    assert kinds == [
        ("Structured", "Outbound", "Bot"),
        ("Text", "Inbound", "Human"),
        ("Text", "Outbound", "Bot"),
        ("Event", "Inbound", "Human"),
    ]
    for entity in page["entities"]:
        assert set(sample["entities"][0]) - {"text"} <= set(entity)
        assert "tracingId" not in entity
        assert problems_of(service_schema, entity) == []
    assert page["entities"][3]["events"][0]["presence"]["type"] == "Join"


async def test_an_entity_is_the_message_that_was_on_the_socket() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("hello")
        echo, reply = await visitor.echo_and_reply()
        newest, oldest = (await history(simulator, await jwt_of(visitor))).json["entities"]
    for entity, frame in ((newest, reply), (oldest, echo)):
        assert entity.items() >= frame["body"].items()


async def test_pages_go_back_in_time_and_join_up() -> None:
    clock = Clock()
    options = SimulatorOptions(clock=clock, faults=("no-reply",))
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        for number in range(7):
            await visitor.say(f"message {number}")
            await visitor.next()
            clock.sleep(1)
        jwt = await jwt_of(visitor)
        pages = [(await history(simulator, jwt, pageSize=3, pageNumber=page)).json for page in (1, 2, 3, 4)]
    texts = [[entity["text"] for entity in page["entities"]] for page in pages]
    assert texts == [
        ["message 6", "message 5", "message 4"],
        ["message 3", "message 2", "message 1"],
        ["message 0"],
        [],
    ]
    assert {(page["total"], page["pageCount"], page["pageSize"]) for page in pages} == {(7, 3, 3)}


@pytest.mark.parametrize(
    "query", [{"pageNumber": 0}, {"pageNumber": "x"}, {"pageSize": 0}, {"pageSize": 101}, {"pageSize": "²"}]
)
async def test_numbers_that_make_no_sense_are_a_bad_request(query: dict[str, object]) -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        answer = await history(simulator, await jwt_of(visitor), **query)
    assert (answer.status, answer.json["code"], answer.json["status"]) == (400, "bad.request", 400)


@given(count=st.integers(0, 60), size=st.integers(1, 100))
def test_all_pages_together_are_the_conversation(count: int, size: int) -> None:
    conversation = Conversation()
    for number in range(count):
        body = {"id": str(number), "direction": "Inbound", "type": "Text", "text": str(number), "channel": {}}
        conversation.add(body, float(number))
    found: list[str] = []
    number = 1
    while True:
        query = {"pageNumber": str(number), "pageSize": str(size)}
        page = history_page(conversation.entries, query, lambda body: body)
        assert page["pageCount"] * size >= count
        if not page["entities"]:
            break
        found += [entity["id"] for entity in page["entities"]]
        number += 1
    assert found == [str(number) for number in reversed(range(count))]
    assert page["pageCount"] == number - 1


async def test_only_the_sessions_jwt_opens_its_history() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator:
        url = f"{base_of(simulator)}/api/v2/webmessaging/messages"
        async with chat(simulator) as visitor, chat(simulator) as other:
            await visitor.say("mine")
            await visitor.echo_and_reply()
            jwt = await jwt_of(visitor)
            assert (await history(simulator, await jwt_of(other))).json["total"] == 0
            assert (await history(simulator, jwt)).json["total"] == 2
            for headers in ({}, {"Authorization": jwt}, {"Authorization": f"Basic {jwt}"}):
                assert (await ask("GET", url, headers=headers)).status == 401
            for wrong in ("", "a.b.c", f"{jwt[:-2]}xx", f"{jwt}é", visitor.token):
                assert (await history(simulator, wrong)).status == 401
            clock.sleep(600)
            expired = await history(simulator, jwt)
            assert (expired.status, expired.json["code"]) == (401, "bad.credentials")
            jwt = await jwt_of(visitor)
            await visitor.message("Event", events=[CLEAR])
            await visitor.closed()
            assert (await history(simulator, jwt)).status == 401


async def test_the_history_outlives_the_connection_and_the_end_of_the_chat() -> None:
    async with Simulator(SimulatorOptions(conversation_disconnect="ReadOnly")) as simulator:
        async with chat(simulator) as visitor:
            await visitor.say("end")
            await visitor.until(lambda frame: event_kinds(frame) == ["Disconnect"])
        async with chat(simulator, visitor.token) as again:
            page = (await history(simulator, await jwt_of(again))).json
            assert [entity["type"] for entity in page["entities"]] == ["Event", "Text", "Text"]
            assert page["entities"][0]["metadata"]["readOnly"] == "true"
            await again.configure(startNew=True)
            assert (await history(simulator, await jwt_of(again))).json["total"] == 0


async def test_ten_pages_a_minute_for_each_session() -> None:
    clock = Clock()
    async with (
        Simulator(SimulatorOptions(clock=clock)) as simulator,
        chat(simulator) as visitor,
        chat(simulator) as other,
    ):
        jwt = await jwt_of(visitor)
        assert [(await history(simulator, jwt)).status for _ in range(10)] == [200] * 10
        clock.sleep(20)
        refused = await history(simulator, jwt)
        assert (refused.status, refused.headers["Retry-After"]) == (429, "40")
        assert (await history(simulator, await jwt_of(other))).status == 200
        clock.sleep(40)
        assert (await history(simulator, jwt)).status == 200


def test_a_jwt_is_for_one_use_and_one_run() -> None:
    mint = JwtMint()
    jwt, expires = mint.issue("history", "a session", 60, 1000.5)
    assert expires == 1060
    assert mint.read("history", jwt, 1059.9)["sub"] == "a session"
    for use, now, reader in (("history", 1060, mint), ("sign-in", 1001, mint), ("history", 1001, JwtMint())):
        with pytest.raises(JwtError):
            reader.read(use, jwt, now)  # type: ignore[arg-type]


@given(st.text())
def test_no_made_up_jwt_is_read(text: str) -> None:
    with pytest.raises(JwtError):
        JwtMint().read("history", text, 0.0)


async def test_a_message_sent_twice_is_in_the_conversation_once_and_its_echo_comes_again() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        message = {"type": "Text", "text": "only once"}
        tracing_id = await visitor.send("onMessage", message=message)
        echo, reply = await visitor.echo_and_reply()
        async with chat(simulator, visitor.token) as again:
            await again.send("onMessage", message=message, tracingId=tracing_id)
            assert await again.next() == echo
            repeated = await simulator.wait_for(lambda entry: entry.get("event") == "repeated")
            assert (repeated["message"], repeated["tracingId"]) == (echo["body"]["id"], tracing_id)
            # Neither another answer nor another echo on the first connection.
            await again.say("whoami")
            assert (await visitor.next())["body"]["text"] == "whoami"
        (conversation,) = simulator.conversations
    assert [message.text for message in conversation.messages[:3]] == [
        "only once",
        reply["body"]["text"],
        "whoami",
    ]


async def test_a_refused_message_can_be_sent_again_under_its_tracing_id() -> None:
    clock = Clock()
    options = SimulatorOptions(clock=clock, faults=("429-message",))
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        message = {"type": "Text", "text": "hello"}
        tracing_id = await visitor.send("onMessage", message=message)
        assert (await visitor.next())["code"] == 429
        clock.sleep(3)
        await visitor.send("onMessage", message=message, tracingId=tracing_id)
        await visitor.echo_and_reply()
        assert [entry.get("event") for entry in simulator.record].count("repeated") == 0
        assert len(simulator.conversations[0].messages) == 2


async def test_messages_can_be_counted_at_the_simulators_end() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator, chat(simulator) as visitor:
        await visitor.join()
        await visitor.echo_and_reply()
        tracing_id = await visitor.say("hello")
        echo, reply = await visitor.echo_and_reply()
        (conversation,) = simulator.conversations
    assert [entry.kind for entry in conversation.entries] == ["Event", "Text", "Text", "Text"]
    _, sent, answered = conversation.messages
    assert (sent.message_id, sent.tracing_id, sent.direction) == (echo["body"]["id"], tracing_id, "Inbound")
    assert (sent.text, sent.time) == ("hello", clock.now)
    assert (answered.message_id, answered.tracing_id) == (reply["body"]["id"], None)
    assert (answered.direction, answered.text) == ("Outbound", reply["body"]["text"])


async def test_conversations_say_how_they_ended() -> None:
    clock = Clock()
    options = SimulatorOptions(clock=clock, session_seconds=100, conversation_disconnect="off")
    async with Simulator(options) as simulator:
        async with chat(simulator) as visitor:
            await visitor.configure(startNew=True)
            await visitor.message("Event", events=[CLEAR])
            await visitor.closed()
        async with chat(simulator) as visitor:
            await visitor.say("end")
            await visitor.echo_and_reply()
            endings = [simulator.conversations[2].ending]
            await visitor.say("hello again")
            await visitor.echo_and_reply()
            endings.append(simulator.conversations[2].ending)
            assert endings == ["disconnected", ""]
            clock.sleep(100)
            simulator.tick()
            assert (await visitor.next())["class"] == "SessionExpiredEvent"
        endings = [conversation.ending for conversation in simulator.conversations]
        started = [conversation.started for conversation in simulator.conversations]
    assert endings == ["new chat", "cleared", "expired"]
    assert started == [clock.now - 100] * 3
