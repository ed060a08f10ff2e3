"""`gcdesk simulate` says where it is, plays what it was told, and ends cleanly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from gcdesk.simulator import DEMO_DEPLOYMENT_ID, FAULTS
from gcdesk.simulator.faults import parse_fault
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]


def address(process: GcdeskProcess) -> str:
    return next(word for word in process.line().split() if word.startswith("ws://127.0.0.1:"))


def config(url: str, deployment: str = DEMO_DEPLOYMENT_ID) -> dict[str, object]:
    base = url.replace("ws://", "http://").removesuffix("/v1")
    with urllib.request.urlopen(f"{base}/webdeployments/v1/deployments/{deployment}/config.json") as answer:
        document = json.load(answer)
    assert isinstance(document, dict)
    return document


def test_it_prints_one_line_when_it_is_ready(gcdesk: Gcdesk) -> None:
    process = gcdesk("simulate")
    assert config(address(process))["status"] == "Active"
    process.terminate()
    assert process.wait() == 0
    assert len(process.stdout.splitlines()) == 1
    assert process.stderr == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(os.name != "posix", reason="signals are sent so on POSIX")
def test_being_stopped_is_its_normal_end(gcdesk: Gcdesk, number: signal.Signals) -> None:
    process = gcdesk("simulate")
    address(process)
    os.kill(process.pid, number)
    assert process.wait() == 0
    assert process.stderr == ""


def test_it_takes_the_port_it_is_given_and_only_here(gcdesk: Gcdesk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert address(gcdesk("simulate", "--port", str(port))) == f"ws://127.0.0.1:{port}/v1"


def test_a_port_in_use_ends_in_a_sentence(gcdesk: Gcdesk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        process = gcdesk("simulate", "--port", str(server.getsockname()[1]))
        assert process.wait() == 3
    assert "already in use" in process.stderr
    assert "Traceback" not in process.stderr
    assert process.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "70000"],
        ["--port", "http"],
        ["--fault", "no-such-fault"],
        ["--fault", "silent@0"],
        ["--deployment-id", "not-a-uuid"],
        ["--delay", "-1"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_bad_input(gcdesk: Gcdesk, arguments: list[str]) -> None:
    process = gcdesk("simulate", *arguments)
    assert process.wait() == 2
    assert "Error: " in process.stderr
    assert process.stdout == ""


def test_a_frames_file_that_cannot_be_written_is_a_sentence(gcdesk: Gcdesk, tmp_path: Path) -> None:
    process = gcdesk("simulate", "--frames", str(tmp_path / "missing" / "frames.jsonl"))
    assert process.wait() == 3
    assert "cannot be written" in process.stderr
    assert "Traceback" not in process.stderr


def test_it_plays_the_deployment_and_the_faults_it_was_told(gcdesk: Gcdesk, tmp_path: Path) -> None:
    deployment = "0f4d1c2e-8f7a-4b0e-9a55-7c0de1d2f3a4"
    frames = tmp_path / "frames.jsonl"
    process = gcdesk(
        "simulate",
        "--deployment-id",
        deployment,
        "--autostart",
        "--fault",
        "no-config@1",
        "--frames",
        str(frames),
    )
    url = address(process)
    with pytest.raises(urllib.error.HTTPError, match="500"):
        config(url, deployment)
    found = config(url, deployment)
    assert found["id"] == deployment
    assert '"autoStart": {"enabled": true}' in json.dumps(found)
    lines = [json.loads(line) for line in frames.read_text("utf-8").splitlines()]
    assert [line["status"] for line in lines if line.get("event") == "document read"] == [500, 200]


def test_every_fault_is_listed_with_its_sentence(gcdesk: Gcdesk) -> None:
    process = gcdesk("simulate", "--list-faults")
    assert process.wait() == 0
    listed = " ".join(process.stdout.split())
    missing = [
        name for name, fault in FAULTS.items() if f" {name} {fault.sentence} [{fault.counts}" not in listed
    ]
    assert missing == []
    assert all(len(line) <= 100 for line in process.stdout.splitlines())


def test_help_says_how_faults_are_written_and_where_they_are_listed(gcdesk: Gcdesk) -> None:
    process = gcdesk("simulate", "--help")
    assert process.wait() == 0
    assert "NAME[=VALUE][@WHEN]" in process.stdout
    assert "gcdesk simulate --list-faults" in process.stdout
    examples = re.findall(r"--fault (?:\"([^\"]+)\"|(\S+@\S+))", process.stdout.partition("For example")[2])
    assert len(examples) >= 5
    for example in examples:
        parse_fault("".join(example))
