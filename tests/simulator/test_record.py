"""The record: everything, at once, readable by its owner only, and without a token in it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import textwrap
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorError
from gcdesk.simulator.masking import mask_frame, mask_text
from gcdesk.simulator.record import iso_time
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, chat, guest


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def test_the_file_has_every_frame_of_both_directions_in_order(tmp_path: Path) -> None:
    path = tmp_path / "frames.jsonl"
    clock = Clock()
    async with Simulator(SimulatorOptions(frames=path, clock=clock)) as simulator:
        async with chat(simulator) as visitor:
            await visitor.say("Grüezi\u2028\x85 👋", {"crmCustomerId": "CUST-1"})
            await visitor.echo_and_reply()
        await simulator.wait_for(lambda entry: entry.get("event") == "closed")
        assert lines(path) == simulator.record
    entries = lines(path)
    assert all(entry["at"] == iso_time(clock.now) for entry in entries)
    story = [
        entry.get("event") or (entry["direction"], entry["frame"].get("action") or entry["frame"]["class"])
        for entry in entries
    ]
    assert story == [
        "started",
        "opened",
        ("received", "configureSession"),
        ("sent", "SessionResponse"),
        ("received", "onMessage"),
        "participant data",
        ("sent", "StructuredMessage"),
        ("sent", "StructuredMessage"),
        "closed",
        "stopped",
    ]
    assert entries[4]["frame"]["message"]["text"] == "Grüezi\u2028\x85 👋"
    assert entries[5]["attributes"] == {"crmCustomerId": "CUST-1"}
    assert entries[1]["application"] == "test-1.0"
    assert (entries[-2]["code"], entries[-2]["by"]) == (1000, "client")
    assert {entry["connection"] for entry in entries if "direction" in entry} == {1}


def test_times_are_utc_with_milliseconds() -> None:
    assert iso_time(1_800_000_000.0) == "2027-01-15T08:00:00.000Z"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("there_before", [False, True])
async def test_only_the_owner_can_read_the_file(tmp_path: Path, there_before: bool) -> None:
    path = tmp_path / "frames.jsonl"
    if there_before:
        path.write_text('{"an": "old line"}\n')
        path.chmod(0o644)
    async with Simulator(SimulatorOptions(frames=path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.get("event") for entry in lines(path)] == [
        *([None] if there_before else []),
        "started",
        "stopped",
    ]


async def test_a_file_that_cannot_be_written_is_said_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError) as refused:
        async with Simulator(SimulatorOptions(frames=tmp_path)):
            pytest.fail("It started.")
    assert "cannot be written" in refused.value.title
    assert refused.value.hint == "Choose another file."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.expected_logs("ERROR gcdesk.simulator.record: The frames file cannot be written any more")
async def test_a_full_disk_does_not_end_the_chat() -> None:
    async with Simulator(SimulatorOptions(frames=Path("/dev/full"))) as simulator, chat(simulator) as visitor:
        await visitor.say("hello")
        await visitor.echo_and_reply()
        assert len(simulator.record) >= 6


async def test_no_token_is_ever_in_the_record(tmp_path: Path) -> None:
    path = tmp_path / "frames.jsonl"
    async with Simulator(SimulatorOptions(frames=path)) as simulator, chat(simulator) as visitor:
        journey = {
            "customer": {"id": visitor.token, "idType": "cookie"},
            "customerSession": {"id": "", "type": "web"},
        }
        await visitor.configure(journeyContext=journey)
        await visitor.send_raw(f'{{"token": "{visitor.token}", broken')
        await visitor.next()
        await visitor.send_raw(f"{visitor.token}".encode())
        await visitor.next()
        await visitor.send("getJwt")
        jwt = (await visitor.next())["body"]["jwt"]
        in_memory = json.dumps(simulator.record)
    for text in (in_memory, path.read_text()):
        assert visitor.token not in text
        assert jwt not in text
        assert json.dumps("••••" + visitor.token[-4:]) in text
        assert DEMO_DEPLOYMENT_ID in text


async def test_tests_may_ask_for_whole_tokens() -> None:
    async with Simulator(SimulatorOptions(whole_tokens=True)) as simulator, chat(simulator) as visitor:
        received = [entry["frame"] for entry in simulator.record if entry.get("direction") == "received"]
    assert received[0]["token"] == visitor.token


async def test_another_deployment_id_is_masked() -> None:
    mine = str(uuid.uuid4())
    async with Simulator(SimulatorOptions(deployment_id=mine)) as simulator, guest(simulator) as visitor:
        await visitor.configure()
        assert mine not in repr(simulator.record)


@given(st.uuids(version=4), st.text())
def test_a_token_is_masked_wherever_it_stands(token: uuid.UUID, other: str) -> None:
    text = str(token)
    frame = {
        "token": text,
        "journeyContext": {"customer": {"id": text}},
        "list": [f"<{text}>", other, 1, None],
    }
    masked = mask_frame(frame)
    assert text not in json.dumps(masked)
    assert masked["list"][1:] == [other, 1, None] or text in other
    assert text not in mask_text(f'{other}"token": "{text}" and {text}')
    assert DEMO_DEPLOYMENT_ID in mask_text(f"{other} {DEMO_DEPLOYMENT_ID}")


def test_a_short_secret_leaves_nothing() -> None:
    assert mask_frame({"token": "short"}) == {"token": "••••"}


async def test_waiting_for_something_that_does_not_come_times_out() -> None:
    async with Simulator() as simulator:
        with pytest.raises(TimeoutError):
            await simulator.wait_for(lambda entry: entry.get("event") == "never", timeout=0.01)
        assert (await simulator.wait_for(lambda entry: entry.get("event") == "started"))[
            "url"
        ] == simulator.url


async def test_an_unpaired_surrogate_is_recorded_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "frames.jsonl"
    async with Simulator(SimulatorOptions(frames=path)) as simulator, chat(simulator) as visitor:
        await visitor.send_raw('{"action": "onMessage", "text": "\\ud800"}')
        assert (await visitor.next())["code"] == 400
    assert {"text": '{"action": "onMessage", "text": "\\ud800"}'} in [
        entry.get("frame") for entry in lines(path)
    ]


def test_killing_the_program_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "frames.jsonl"
    program = textwrap.dedent(
        """
        import asyncio, os, pathlib, signal, sys
        from gcdesk.simulator.server import Simulator, SimulatorOptions
        from tests.simulator.guest import chat

        async def main():
            async with Simulator(SimulatorOptions(frames=pathlib.Path(sys.argv[1]))) as simulator:
                async with chat(simulator) as visitor:
                    await visitor.say("the last words")
                    await visitor.echo_and_reply()
                    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

        asyncio.run(main())
        """
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], timeout=60, check=False)
    assert ended.returncode != 0
    entries = lines(path)
    assert [entry["frame"].get("action") for entry in entries if entry.get("direction") == "received"] == [
        "configureSession",
        "onMessage",
    ]
    assert [entry["direction"] for entry in entries if "direction" in entry][-2:] == ["sent", "sent"]
