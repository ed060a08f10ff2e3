"""`gcdesk simulate` says where it is, plays what it was told, and ends cleanly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from gcdesk.cli.simulate import command
from gcdesk.cli.simulator_options import SHIPPED_FLOWS, build_options
from gcdesk.errors import InputError
from gcdesk.resources import resource_path
from gcdesk.simulator import DEMO_DEPLOYMENT_ID, FAULTS, SimulatorOptions
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


def test_a_mistake_in_a_flow_is_pointed_at_before_anything_listens(gcdesk: Gcdesk, tmp_path: Path) -> None:
    flow = tmp_path / "flow.yaml"
    flow.write_text("fallback: hi\nanswers:\n  - {when: hi, sya: hello}\n", encoding="utf-8")
    process = gcdesk("simulate", "--flow", str(flow))
    assert process.wait() == 2
    assert f"Error: {flow}:3:16: There is no key sya in an answer. Did you mean say?" in process.stderr
    assert process.stdout == ""


def test_a_flow_is_what_the_bot_says(gcdesk: Gcdesk, tmp_path: Path) -> None:
    flow = tmp_path / "flow.yaml"
    flow.write_text("fallback: 'Customer {{crmCustomerId}}, is it?'\n", encoding="utf-8")
    url = address(gcdesk("simulate", "--flow", str(flow)))
    chat = gcdesk(
        *("chat", "--url", url, "--deployment-id", DEMO_DEPLOYMENT_ID, "--crm-id", "007", "--say", "hi")
    )
    assert chat.wait() == 0
    assert "Customer 007, is it?" in chat.stdout


def options(*arguments: str) -> SimulatorOptions:
    """The options of a simulator that would be started so."""
    return build_options(**command.make_context("simulate", list(arguments)).params)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--flow", "no-such-flow"],
        ["--fault", "certificate-expired"],
        ["--fault", "no-such-fault"],
        ["--tls-ca", "ca.pem"],
        ["--tls", "--tls-key", "key.pem"],
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_bad_input(arguments: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        options(*arguments)
    assert refused.value.title[-1] in ".?"
    assert refused.value.hint.endswith(".")


def test_a_flow_that_comes_with_it_is_found_by_its_name() -> None:
    names = [
        flow.name for flow in (options("--flow", name).flow for name in SHIPPED_FLOWS) if flow is not None
    ]
    assert names == ["CRM check", "Showcase", "Support"]
    assert sorted(path.stem for path in resource_path("flows").glob("*.yaml")) == sorted(SHIPPED_FLOWS)


def test_the_deployment_is_what_the_options_say() -> None:
    told = options(
        *("--disconnect", "readonly", "--no-clear", "--no-uploads", "--sign-in", "required", "--autostart"),
        *("--session-seconds", "900", "--allow-domain", "example.com", "--delay", "0.5", "--port", "8080"),
        *("--fault", "4011@2", "--fault", "slow", "--frames", "frames.jsonl", "--deployment-id", "a" * 32),
    )
    assert told == SimulatorOptions(
        port=8080,
        deployment_id="a" * 32,
        frames=Path("frames.jsonl"),
        faults=("4011@2", "slow"),
        reply_delay=0.5,
        autostart=True,
        conversation_clear=False,
        conversation_disconnect="ReadOnly",
        uploads=False,
        sign_in="required",
        session_seconds=900,
        allowed_domains=("example.com",),
    )
    assert options() == SimulatorOptions()


def test_it_serves_tls_to_who_trusts_it(gcdesk: Gcdesk, tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    process = gcdesk("simulate", "--tls", "--tls-ca", str(authority))
    url = next(word for word in process.line().split() if word.startswith("wss://127.0.0.1:"))
    document = url.replace("wss:", "https:").removesuffix("/v1") + "/"
    context = ssl.create_default_context(cafile=str(authority))
    with urllib.request.urlopen(document, context=context) as answer:
        assert b"not Genesys Cloud" in answer.read()
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(document)
