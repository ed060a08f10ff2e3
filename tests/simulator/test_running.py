"""Starting, stopping, threads and loops: it is up when it says so, and gone when it says so."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import AsyncExitStack

import pytest
from websockets.asyncio.client import connect

import gcdesk.simulator
from gcdesk.simulator import DEMO_DEPLOYMENT_ID, DEMO_ORG_ID, SimulatorError
from gcdesk.simulator.server import Simulator, SimulatorOptions, SimulatorThread, serve

from .guest import chat, guest


async def leave_within_a_second(simulator: Simulator) -> None:
    started = time.monotonic()
    await simulator.close()
    assert time.monotonic() - started < 1


async def test_it_listens_on_this_machine_only_and_each_on_its_own_port() -> None:
    async with Simulator() as first, Simulator() as second:
        assert first.url != second.url
        assert first.url.startswith("ws://127.0.0.1:")
        assert first.url.endswith("/v1")
        assert first.deployment_id == DEMO_DEPLOYMENT_ID != DEMO_ORG_ID


async def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SimulatorError) as refused:
            async with Simulator(SimulatorOptions(port=port)):
                pytest.fail("It started.")
    assert refused.value.title == f"Port {port} is already in use."
    assert refused.value.hint


async def test_a_port_is_free_again_afterwards() -> None:
    async with Simulator() as simulator:
        port = int(simulator.url.split(":")[2].split("/")[0])
        async with chat(simulator):
            await simulator.close()
    async with Simulator(SimulatorOptions(port=port)) as again, chat(again) as visitor:
        await visitor.say("hello")
        await visitor.echo_and_reply()


@pytest.mark.parametrize(
    "options",
    [
        {"port": -1},
        {"port": 65536},
        {"reply_delay": -1.0},
        {"reply_delay": float("nan")},
        {"session_seconds": 0},
        {"deployment_id": "demo"},
        {"upload_types": ("png",)},
        {"upload_types": ("image/png\r\nX: y",)},
        {"upload_kilobytes": 0},
        {"blocked_extensions": ("exe",)},
        {"link_seconds": 0},
        {"link_seconds": float("nan")},
        {"jwt_seconds": 0},
        {"sign_in_seconds": 0},
        {"sign_in": "sometimes"},
    ],
)
def test_senseless_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(SimulatorError) as refused:
        SimulatorOptions(**options)  # type: ignore[arg-type]
    assert refused.value.title.endswith(".")
    assert refused.value.hint.endswith(".")


async def test_leaving_says_goodbye_to_every_guest() -> None:
    async with AsyncExitStack() as stack:
        simulator = await stack.enter_async_context(Simulator())
        visitors = [await stack.enter_async_context(chat(simulator)) for _ in range(5)]
        await leave_within_a_second(simulator)
        assert [await visitor.closed() for visitor in visitors] == [1001] * 5
        closed = [entry for entry in simulator.record if entry.get("event") == "closed"]
        assert [(entry["code"], entry["by"]) for entry in closed] == [(1001, "simulator")] * 5


async def test_leaving_waits_neither_for_answers_nor_for_slow_frames() -> None:
    options = SimulatorOptions(reply_delay=60, faults=("slow=0.6@Inbound",))
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        await visitor.say("hello")
        await simulator.wait_for(lambda entry: entry.get("event") == "fault")
        await leave_within_a_second(simulator)
        assert await visitor.closed() == 1006


async def test_leaving_does_not_wait_for_guests_that_do_not_read() -> None:
    async with Simulator() as simulator:
        port = int(simulator.url.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        _, half = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(
                f"GET /v1?deploymentId={DEMO_DEPLOYMENT_ID} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
            )
            assert b"101" in await reader.readline()
            half.write(b"GET /v1?deplo")
            await simulator.wait_for(lambda entry: entry.get("event") == "opened")
            await leave_within_a_second(simulator)
        finally:
            for end in (writer, half):
                end.close()


async def test_an_exception_passes_through_and_everything_is_closed() -> None:
    simulator = Simulator()

    async def fail_in_the_middle() -> None:
        async with simulator, chat(simulator):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_in_the_middle()
    assert simulator.record[-1]["event"] == "stopped"


async def test_closing_twice_is_the_same_as_once() -> None:
    async with Simulator() as simulator:
        await simulator.close()
        await simulator.close()
    assert [entry["event"] for entry in simulator.record] == ["started", "stopped"]


async def test_serve_announces_one_line_and_runs_until_cancelled() -> None:
    announced: asyncio.Queue[str] = asyncio.Queue()
    serving = asyncio.create_task(serve(SimulatorOptions(), announced.put_nowait))
    line = await announced.get()
    words = line.split()
    assert line == f"gcdesk simulator ready at {words[4]} deployment {DEMO_DEPLOYMENT_ID}"
    async with connect(f"{words[4]}?deploymentId={words[6]}", proxy=None) as socket:
        await socket.send("hello")
        assert json.loads(await socket.recv())["code"] == 400
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
    assert announced.empty()


async def test_a_thread_has_a_loop_of_its_own() -> None:
    simulator = SimulatorThread(SimulatorOptions(reply_delay=0.01))
    assert simulator.start() == simulator.url
    try:
        async with chat(simulator) as visitor:
            await visitor.say("hello")
            entry = await simulator.wait_for(lambda entry: entry.get("direction") == "received")
            assert entry["frame"]["action"] == "configureSession"
            assert len(simulator.record) >= 4
            started = time.monotonic()
            # Blocks this loop on purpose: the guest cannot answer a closing handshake now.
            simulator.stop()
            assert time.monotonic() - started < 1
            assert await visitor.closed() == 1006
    finally:
        simulator.stop()
    assert "gcdesk simulator" not in {thread.name for thread in threading.enumerate()}


def test_a_thread_says_why_it_cannot_start() -> None:
    with SimulatorThread() as simulator:
        port = int(simulator.url.split(":")[2].split("/")[0])
        second = SimulatorThread(SimulatorOptions(port=port))
        with pytest.raises(SimulatorError):
            second.start()
        second.stop()


def test_a_thread_hands_on_whatever_stopped_it_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_self: Simulator) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Simulator, "_open", broken)
    with pytest.raises(ZeroDivisionError):
        SimulatorThread().start()


def test_a_thread_that_was_never_started_can_be_stopped() -> None:
    SimulatorThread().stop()


async def test_it_runs_in_the_qt_loop_too(qtbot: object) -> None:
    async with Simulator(SimulatorOptions(reply_delay=0.01)) as simulator, chat(simulator) as visitor:
        await visitor.say("hello")
        await visitor.next()
        assert (await visitor.next())["body"]["events"][0]["eventType"] == "Typing"
        assert "You said" not in (await visitor.next())["body"]["text"]
        await leave_within_a_second(simulator)
        assert await visitor.closed() == 1001


async def test_many_guests_at_once() -> None:
    async def one(number: int) -> str:
        async with chat(simulator) as visitor:
            await visitor.say("whoami", {"crmCustomerId": f"CUST-{number}"})
            _, reply = await visitor.echo_and_reply()
            return str(reply["body"]["text"])

    async with Simulator() as simulator:
        answers = await asyncio.gather(*(one(number) for number in range(50)))
    assert answers == [f"Your crmCustomerId is CUST-{number}." for number in range(50)]


async def test_a_frame_beyond_all_measure_closes_the_connection_only() -> None:
    async with Simulator() as simulator, guest(simulator) as visitor:
        await visitor.send_raw("x" * (2 << 20))
        assert await visitor.closed() == 1009
        async with chat(simulator) as another:
            await another.say("hello")
            await another.echo_and_reply()


def test_importing_it_loads_no_server() -> None:
    program = (
        "import sys, gcdesk.simulator as s; s.FAULTS, s.DEMO_DEPLOYMENT_ID, s.SimulatorOptions();"
        "assert 'aiohttp' not in sys.modules; s.Simulator; assert 'aiohttp' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_it_has_no_other_names() -> None:
    with pytest.raises(AttributeError):
        _ = gcdesk.simulator.Nothing
