"""Every fault does what its sentence says."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from gcdesk.simulator import FAULTS, SimulatorError
from gcdesk.simulator.faults import FaultPlan, parse_fault
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, Frame, Guest, chat, guest, is_outbound
from .test_documents import document, get, handshake

Check = Callable[[Simulator, Clock], Awaitable[None]]


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


async def test_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gcdesk.simulator.guest_socket._SLOW_SECONDS", 0.3)

    async def check(simulator: Simulator, clock: Clock) -> None:
        async with chat(simulator) as visitor:
            started = time.monotonic()
            await visitor.say("hello")
            await visitor.echo_and_reply()
            # Each frame is late, but not by the sum of all.
            assert 0.29 <= time.monotonic() - started < 0.59

    await run("slow", check)


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


def test_every_fault_has_a_test_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    untested = [
        name
        for name in FAULTS
        if f'"{name}"' not in source and not name.endswith("-configure") and not name.startswith("refuse-")
    ]
    assert untested == []
    assert {name for name in FAULTS if name.startswith("refuse-")} == {
        *(f"refuse-{status}" for status in (401, 403, 404, 429, 503))
    }


def test_every_fault_says_what_it_does_in_one_sentence() -> None:
    for sentence in FAULTS.values():
        assert sentence[0].isupper() or sentence.startswith("configureSession")
        assert sentence.endswith(".")
        assert len(sentence) <= 100
    assert {
        "refuse-403",
        "429",
        "silent",
        "drop-before-session",
        "drop-after-session",
        "slow",
        "malformed",
    } <= set(FAULTS)


async def test_a_fault_can_be_limited_to_so_many_times() -> None:
    async def check(simulator: Simulator, clock: Clock) -> None:
        for _ in range(2):
            async with guest(simulator) as visitor:
                await visitor.configure()
                assert await visitor.closed() == 1006
        async with chat(simulator) as visitor:
            assert (await answers(visitor, "hello"))["code"] == 200

    await run("drop-after-session@2", check)


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
        ("slow@", "The number after slow@ must be a whole number above zero."),
        ("slow@0", "The number after slow@ must be a whole number above zero."),
        ("slow@-1", "The number after slow@ must be a whole number above zero."),
        ("slow@²", "The number after slow@ must be a whole number above zero."),
    ],
)
def test_an_unknown_fault_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"fault|number") as refused:
        parse_fault(text)
    assert str(refused.value) == sentence
    with pytest.raises(SimulatorError) as unusable:
        SimulatorOptions(faults=(text,))
    assert unusable.value.title == sentence
    assert unusable.value.hint


def test_a_held_fault_repeats_only_as_often_as_asked() -> None:
    plan = FaultPlan(["429@2"])
    assert [plan.hold("429", now) for now in (0.0, 0.5, 2.9, 3.0, 4.0, 6.0, 7.0)] == [3, 3, 1, 3, 2, 0, 0]


async def test_a_handshake_refused_by_a_fault_carries_a_reason() -> None:
    async with Simulator(SimulatorOptions(faults=("refuse-403",))) as simulator:
        with pytest.raises(InvalidStatus):
            async with connect(simulator.url + query(simulator), proxy=None):
                pytest.fail("The handshake was accepted.")
        refused = await simulator.wait_for(lambda entry: entry.get("event") == "refused")
    assert (refused["status"], refused["reason"]) == (403, "Forbidden")
    assert asyncio.all_tasks() == {asyncio.current_task()}
