"""Every fault does what its sentence says."""

from __future__ import annotations

import asyncio
import json
import re
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from gcdesk.simulator import FAULTS, SimulatorError
from gcdesk.simulator.faults import FaultPlan, parse_fault
from gcdesk.simulator.kinds import received_kinds
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, Frame, Guest, chat, guest, is_outbound
from .test_documents import document, get, handshake

Check = Callable[[Simulator, Clock], Awaitable[None]]
COUNT = "must be a number above zero, such as 3, 3+ or 2-4, or the word every."
TEXT = received_kinds({"action": "onMessage", "message": {"type": "Text", "text": "hello"}})


async def run(fault: str, check: Check) -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(faults=(fault,), clock=clock)) as simulator:
        await check(simulator, clock)


def query(simulator: Simulator) -> str:
    return f"?deploymentId={simulator.deployment_id}"


async def answers(visitor: Guest, text: str, attributes: dict[str, str] | None = None) -> Frame:
    await visitor.say(text, attributes)
    return await visitor.next()


@pytest.mark.parametrize("status", [401, 403, 404, 503])
async def test_refuse(status: int) -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        for _ in range(2):
            assert (await handshake(simulator, query(simulator)))[0] == status

    await run(f"refuse-{status}", check)


async def test_refuse_429() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        assert (await handshake(simulator, query(simulator)))[:2] == (429, "3")
        clock.sleep(1)
        assert (await handshake(simulator, query(simulator)))[:2] == (429, "2")
        clock.sleep(2)
        assert (await handshake(simulator, query(simulator)))[0] == 101

    await run("refuse-429", check)


async def test_inactive() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        assert (await get(simulator, document(simulator.deployment_id))).json["status"] == "Inactive"
        assert (await handshake(simulator, query(simulator)))[0] == 403

    await run("inactive", check)


async def test_no_config() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        for name in ("config.json", "domains.json"):
            assert (await get(simulator, document(simulator.deployment_id, name))).status == 500
        async with chat(simulator) as visitor:
            assert (await answers(visitor, "hello"))["code"] == 200

    await run("no-config", check)


async def test_silent() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with guest(simulator) as visitor:
            await visitor.send("configureSession", deploymentId=simulator.deployment_id)
            await simulator.wait_for(lambda entry: entry.get("direction") == "received")
            # A pong comes after anything that had been sent for the frame before the ping.
            await (await visitor.socket.ping())
        assert [entry for entry in simulator.record if entry.get("direction") == "sent"] == []

    await run("silent", check)


@pytest.mark.parametrize("fault", ["429", "429-configure"])
async def test_429(fault: str) -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with guest(simulator) as visitor:
            refused = await visitor.configure()
            assert (refused["class"], refused["code"]) == ("TooManyRequestsErrorMessage", 429)
            assert refused["body"]["retryAfter"] == 3
        async with guest(simulator) as another:
            clock.sleep(2)
            assert (await another.configure())["body"]["retryAfter"] == 1
            clock.sleep(1)
            assert (await another.configure())["code"] == 200

    await run(fault, check)


@pytest.mark.parametrize("code", [400, 401, 403, 404, 500])
async def test_configure_refused(code: int) -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with guest(simulator) as visitor:
            for _ in range(2):
                refused = await visitor.configure()
                assert (refused["class"], refused["code"]) == ("string", code)
                assert refused["body"]

    await run(f"{code}-configure", check)


async def test_drop_before_session() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        for _ in range(2):
            async with guest(simulator) as visitor:
                await visitor.send("configureSession", deploymentId=simulator.deployment_id)
                assert await visitor.closed() == 1006
        assert [entry for entry in simulator.record if entry.get("direction") == "sent"] == []

    await run("drop-before-session", check)


async def test_drop_after_session() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        for new in (True, False):
            async with guest(simulator, token="the-same-token") as visitor:
                assert (await visitor.configure())["body"]["newSession"] is new
                assert await visitor.closed() == 1006

    await run("drop-after-session", check)


async def test_read_only() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with guest(simulator) as visitor:
            body = (await visitor.configure())["body"]
            assert (body["newSession"], body["readOnly"]) == (False, True)
            assert (await answers(visitor, "hello"))["code"] == 409
            body = (await visitor.configure(startNew=True))["body"]
            assert (body["newSession"], body["readOnly"]) == (True, False)
            assert (await answers(visitor, "hello"))["code"] == 200

    await run("read-only", check)


async def test_429_message() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            for retry_after in (3, 2, 1):
                refused = await answers(visitor, "hello", {"crmCustomerId": "CUST-1"})
                assert refused["body"]["retryAfter"] == retry_after
                clock.sleep(1)
            assert simulator.conversations[0].participant_data == {}
            assert (await answers(visitor, "hello", {"crmCustomerId": "CUST-1"}))["code"] == 200

    await run("429-message", check)


async def test_4006() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            assert (await answers(visitor, "hello"))["code"] == 4006
            assert (await visitor.configure())["code"] == 4006
        async with chat(simulator) as another:
            assert (await answers(another, "hello"))["code"] == 200

    await run("4006", check)


async def test_4007() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            assert (await answers(visitor, "hello"))["code"] == 4007
            assert (await answers(visitor, "hello"))["code"] == 4007
            assert (await visitor.configure())["code"] == 200
            assert (await answers(visitor, "hello"))["code"] == 200

    await run("4007", check)


async def test_4011() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            await visitor.join()
            await visitor.echo_and_reply()
            assert (await answers(visitor, "hello"))["code"] == 4011
            assert (await answers(visitor, "hello"))["code"] == 200

    await run("4011", check)


async def test_4013() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            await visitor.say("no attributes yet")
            await visitor.echo_and_reply()
            assert (await answers(visitor, "hello", {"a": "b"}))["code"] == 4013
            assert simulator.conversations[0].participant_data == {}
            assert (await answers(visitor, "hello", {"a": "b"}))["code"] == 200

    await run("4013", check)


async def test_expired() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            assert (await answers(visitor, "hello"))["body"]["direction"] == "Inbound"
            assert (await visitor.next())["class"] == "SessionExpiredEvent"
            assert (await answers(visitor, "hello"))["code"] == 4006

    await run("expired", check)


async def test_close_1000() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            assert (await answers(visitor, "hello"))["body"]["direction"] == "Inbound"
            assert await visitor.closed() == 1000
        async with guest(simulator, visitor.token) as again:
            assert (await again.configure())["body"]["newSession"] is False

    await run("close-1000", check)


async def test_drop_after_message() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            await visitor.say("hello", {"crmCustomerId": "CUST-1"})
            assert await visitor.closed() == 1006
        assert simulator.conversations[0].participant_data == {}

    await run("drop-after-message", check)


async def test_no_echo() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            assert is_outbound(await answers(visitor, "hello", {"a": "b"}))
            assert simulator.conversations[0].participant_data == {"a": "b"}

    await run("no-echo", check)


async def test_no_reply() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            for text in ("hello", "help"):
                assert (await answers(visitor, text))["body"]["text"] == text

    await run("no-reply", check)


async def test_slow() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            started = time.monotonic()
            for _ in range(5):
                await visitor.say("hello")
            for _ in range(10):
                await visitor.next()
            # Each frame is late by itself, and not by the sum of all before it.
            assert 0.2 <= time.monotonic() - started < 1.8

    await run("slow=0.2", check)


async def test_duplicate() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with guest(simulator) as visitor:
            assert await visitor.configure() == await visitor.next()
            await visitor.say("hello")
            echo, reply = [(await visitor.next(), await visitor.next()) for _ in range(2)]
        assert echo[0] == echo[1]
        assert reply[0] == reply[1]
        assert echo[0]["body"]["direction"] == "Inbound"
        assert is_outbound(reply[0])

    await run("duplicate", check)


async def test_malformed() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with guest(simulator) as visitor:
            await visitor.send("configureSession", deploymentId=simulator.deployment_id)
            frames = [await visitor.next_raw() for _ in range(2)]
            for _ in range(5):
                await visitor.say("hello")
                frames += [await visitor.next_raw() for _ in range(4)]
                clock.sleep(1)
        assert json.loads(frames[1])["class"] == "SessionResponse"
        assert all(json.loads(frame)["class"] == "StructuredMessage" for frame in frames[3::2])
        broken = frames[0::2]
        assert len(set(broken)) == 10
        assert any(isinstance(frame, bytes) for frame in broken)
        assert "" in broken

    await run("malformed", check)


def test_every_fault_says_what_it_does_in_one_sentence() -> None:
    for name, fault in FAULTS.items():
        assert fault.name == name
        assert fault.sentence[0].isupper() or fault.sentence.startswith("configureSession")
        assert fault.sentence.endswith(".")
        assert len(fault.sentence) <= 105
        assert fault.counts


async def test_a_fault_can_be_limited_to_so_many_times() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        for _ in range(2):
            async with guest(simulator) as visitor:
                await visitor.configure()
                assert await visitor.closed() == 1006
        async with chat(simulator) as visitor:
            assert (await answers(visitor, "hello"))["code"] == 200

    await run("drop-after-session@1-2", check)


@pytest.mark.parametrize("fault", ["no-reply@1", "no-echo@1"])
async def test_a_message_fault_can_be_limited_too(fault: str) -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            await visitor.say("hello")
            await visitor.next()
            await visitor.say("hello")
            await visitor.echo_and_reply()

    await run(fault, check)


async def test_a_connection_fault_can_be_limited_too() -> None:
    async with Simulator(SimulatorOptions(faults=("inactive@1", "silent@1"))) as simulator:
        config = document(simulator.deployment_id)
        assert (await get(simulator, config)).json["status"] == "Inactive"
        assert (await handshake(simulator, query(simulator)))[0] == 403
        assert (await get(simulator, config)).json["status"] == "Active"
        async with guest(simulator) as silent, chat(simulator) as visitor:
            await silent.send("configureSession", deploymentId=simulator.deployment_id)
            await visitor.say("hello")
            await visitor.echo_and_reply()
        assert {entry["connection"] for entry in simulator.record if entry.get("direction") == "sent"} == {2}


async def test_faults_add_up() -> None:
    options = SimulatorOptions(faults=("no-echo", "refuse-503@1"))
    async with Simulator(options) as simulator:
        assert (await handshake(simulator, query(simulator)))[0] == 503
        async with chat(simulator) as visitor:
            assert is_outbound(await answers(visitor, "hello"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("slwo", "There is no fault named 'slwo'. Did you mean slow?"),
        ("", "There is no fault named ''."),
        ("500-mesage", "There is no fault named '500-mesage'. Did you mean NNN-message?"),
        ("NNN-message", "There is no fault named 'NNN-message'. Put a number in place of NNN."),
        ("close-NNNN", "There is no fault named 'close-NNNN'. Put a number in place of NNNN."),
        ("refuse-600", "The number in refuse-600 must be a status of HTTP from 200 to 599."),
        ("299-message", "The number in 299-message must be a code from 300 to 9999."),
        ("close-5000", "The number in close-5000 must be a close code from 1000 to 4999."),
        ("slow@", f"What stands after slow@ {COUNT}"),
        ("slow@0", f"What stands after slow@ {COUNT}"),
        ("slow@-1", f"What stands after slow@ {COUNT}"),
        ("slow@²", f"What stands after slow@ {COUNT}"),
        ("slow@4-2", f"What stands after slow@ {COUNT}"),
        ("slow@2-", f"What stands after slow@ {COUNT}"),
        ("slow@Inbound:", f"What stands after slow@ {COUNT}"),
        ("slow@Inbond", "No frame that is sent is of the kind 'Inbond'. Did you mean Inbound?"),
        ("cut@getjwd", "No frame that is received is of the kind 'getjwd'. Did you mean getJwt?"),
        ("silent@Inbound", "The fault silent counts connections and cannot be aimed at 'Inbound'."),
        ("slow=", "The value of slow must be seconds, from 0 to 600."),
        ("slow=x", "The value of slow must be seconds, from 0 to 600."),
        ("slow=nan", "The value of slow must be seconds, from 0 to 600."),
        ("429-message=0", "The value of 429-message must be the seconds to wait, from 1 to 3600."),
        ("429-jwt=soon", "The value of 429-jwt must be the seconds to wait, from 1 to 3600."),
        ("silent=2", "The fault silent takes no value."),
        ("500-message=", "The fault 500-message needs the words of the refusal after the equals sign."),
    ],
)
def test_an_unknown_fault_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)) as refused:
        parse_fault(text)
    assert str(refused.value) == sentence
    with pytest.raises(SimulatorError) as unusable:
        SimulatorOptions(faults=(text,))
    assert unusable.value.title == sentence
    assert unusable.value.hint


def test_a_held_fault_repeats_only_as_often_as_asked() -> None:
    plan = FaultPlan(["429@1-2"])
    assert [plan.hold("429", now) for now in (0.0, 0.5, 2.9, 3.0, 4.0, 6.0, 7.0)] == [3, 3, 1, 3, 2, 0, 0]


async def test_a_handshake_refused_by_a_fault_carries_a_reason() -> None:
    async with Simulator(SimulatorOptions(faults=("refuse-403",))) as simulator:
        with pytest.raises(InvalidStatus):
            async with connect(simulator.url + query(simulator), proxy=None):
                pytest.fail("The handshake was accepted.")
        refused = await simulator.wait_for(lambda entry: entry.get("event") == "refused")
    assert (refused["status"], refused["reason"]) == (403, "Forbidden")
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("no-reply", [1, 2, 3, 4, 5]),
        ("no-reply@3", [3]),
        ("no-reply@3+", [3, 4, 5]),
        ("no-reply@2-4", [2, 3, 4]),
        ("no-reply@every", [1, 2, 3, 4, 5]),
        ("500-message", [1]),
        ("500-message@every", [1, 2, 3, 4, 5]),
        ("close-1000@onmessage", [1, 2, 3, 4, 5]),
        ("cut@Join:2", []),
        ("cut@onMessage", [1]),
        ("cut@onMessage:4", [4]),
        ("cut@text:2+", [2, 3, 4, 5]),
    ],
)
def test_when_a_fault_strikes(text: str, struck: list[int]) -> None:
    name = parse_fault(text).fault.name
    plan = FaultPlan([text])
    hits = [plan.hit(name, kinds=TEXT) for _ in range(5)]
    assert [count for count, hit in enumerate(hits, 1) if hit is not None] == struck


def test_the_same_fault_can_be_asked_for_several_times() -> None:
    plan = FaultPlan(["no-reply@1", "no-reply@3"])
    assert [plan.strike("no-reply") for _ in range(4)] == [True, False, True, False]


def test_numbers_values_and_words_are_read() -> None:
    planned = parse_fault("4009-link=object:It is gone @ last@2+")
    assert (planned.fault.name, planned.number, planned.text) == (
        "NNN-link",
        4009,
        "object:It is gone @ last",
    )
    assert (planned.first, planned.last) == (2, None)
    assert parse_fault("429-upload").value == 3
    assert parse_fault("429-upload=7").value == 7
    assert parse_fault("slow=0.25@Card:2").kind == "Card"
    assert parse_fault("close-4999").number == 4999


@pytest.mark.parametrize(
    ("kind", "frame"),
    [
        (
            "Typing",
            {"action": "onMessage", "message": {"type": "Event", "events": [{"eventType": "Typing"}]}},
        ),
        ("configureSession", {"action": "configureAuthenticatedSession"}),
        (
            "Join",
            {"action": "onMessage", "message": {"type": "Event", "events": [{"presence": {"type": "Join"}}]}},
        ),
        ("Attachment", {"action": "onMessage", "message": {"content": [{"contentType": "Attachment"}]}}),
    ],
)
def test_the_kinds_of_a_frame_received(kind: str, frame: Frame) -> None:
    assert kind in received_kinds(frame)
    assert ("onMessage" in received_kinds(frame)) is (kind in {"Join", "Attachment"})


@pytest.mark.parametrize("frame", [None, 3, [], {}, {"action": 7}, {"action": "onMessage", "message": []}])
def test_what_makes_no_sense_is_of_no_kind_that_could_be_aimed_at(frame: object) -> None:
    assert received_kinds(frame) <= {"onMessage"}


@given(st.text())
def test_any_text_is_a_fault_or_a_sentence(text: str) -> None:
    try:
        planned = parse_fault(text)
    except ValueError as error:
        with pytest.raises(SimulatorError, match=re.escape(str(error))):
            SimulatorOptions(faults=(text,))
    else:
        assert planned.fault.name in FAULTS


@pytest.mark.parametrize(("form", "words"), [("object", "Internal server error"), ("object:Gone", "Gone")])
async def test_a_refusal_comes_as_an_object_too(form: str, words: str) -> None:
    options = SimulatorOptions(faults=(f"500-message={form}",))
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        tracing_id = await visitor.say("hello")
        refused = await visitor.next()
    assert (refused["class"], refused["code"], refused["tracingId"]) == ("Error", 500, tracing_id)
    assert (refused["body"]["errorCode"], refused["body"]["errorMessage"]) == (500, words)


async def test_a_refusal_says_what_it_was_told_to_say() -> None:
    words = "Session authentication failed"
    options = SimulatorOptions(faults=(f"403-configure={words}",))
    async with Simulator(options) as simulator, guest(simulator) as visitor:
        refused = await visitor.configure()
    assert (refused["class"], refused["code"], refused["body"]) == ("string", 403, words)


async def test_a_retry_time_can_be_chosen() -> None:
    async with (
        Simulator(SimulatorOptions(faults=("429-message=40",))) as simulator,
        chat(simulator) as visitor,
    ):
        assert (await answers(visitor, "hello"))["body"]["retryAfter"] == 40


async def test_an_upload_fails_after_all() -> None:
    async with (
        Simulator(SimulatorOptions(faults=("upload-failure@2",))) as simulator,
        chat(simulator) as visitor,
    ):
        events = [await upload(visitor) for _ in range(3)]
    assert [event["class"] for event in events] == [
        "UploadSuccessEvent",
        "UploadFailureEvent",
        "UploadSuccessEvent",
    ]
    assert events[1]["body"]["errorCode"] == 4003


async def upload(visitor: Guest) -> Frame:
    offer = {"fileName": "note.txt", "fileType": "text/plain", "fileSize": 4}
    await visitor.send("onAttachment", attachmentId=str(uuid.uuid4()), **offer)
    link = (await visitor.next())["body"]
    headers = {**link["headers"], "Content-Type": "text/plain"}
    put = urllib.request.Request(link["url"], b"note", headers, method="PUT")
    await asyncio.to_thread(lambda: urllib.request.urlopen(put, timeout=10).close())
    return await visitor.next()


async def test_a_wrong_jwt_reads_no_history() -> None:
    async with Simulator(SimulatorOptions(faults=("jwt-wrong@1",))) as simulator, chat(simulator) as visitor:
        statuses = [await history_status(simulator, visitor) for _ in range(2)]
    assert statuses == [401, 200]


async def history_status(simulator: Simulator, visitor: Guest) -> int:
    await visitor.send("getJwt")
    jwt = (await visitor.next())["body"]["jwt"]
    base = simulator.url.removesuffix("/v1").replace("ws:", "http:")
    url = f"{base}/api/v2/webmessaging/messages?pageNumber=1&pageSize=25"
    ask = urllib.request.Request(url, headers={"Authorization": f"bearer {jwt}"})

    def status() -> int:
        try:
            with urllib.request.urlopen(ask, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    return await asyncio.to_thread(status)
