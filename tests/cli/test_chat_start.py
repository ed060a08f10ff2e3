"""What an environment's chats start with, in the terminal: its attributes, its first message, its proxy."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gcdesk.simulator import SimulatorThread
from tests.support.process import GcdeskProcess

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only"
)

Gcdesk = Callable[..., GcdeskProcess]
Run = Callable[..., str]


@pytest.fixture
def simulator() -> Iterator[SimulatorThread]:
    with SimulatorThread() as running:
        yield running


@pytest.fixture
def run(gcdesk: Gcdesk, secret_service: dict[str, str], tmp_path: Path) -> Run:
    """Run gcdesk with a keyring and one settings folder; its standard output, or its standard error if it failed."""

    def run(*arguments: str, status: int = 0, stdin: str | None = None, **variables: str) -> str:
        environment = {**secret_service, "GCDESK_CONFIG_DIR": str(tmp_path / "desk"), **variables}
        process = gcdesk(*arguments, environment=environment, stdin=stdin)
        assert process.wait(60) == status, process.stdout + process.stderr
        assert "Traceback" not in process.stderr
        return process.stderr if status else process.stdout

    return run


def add(run: Run, simulator: SimulatorThread, *options: str) -> None:
    run("env", "add", "Sim", "--url", simulator.url, "--deployment-id", simulator.deployment_id, *options)


def sent(output: str) -> list[dict[str, Any]]:
    """The frames with messages that went out."""
    lines = [json.loads(line) for line in output.splitlines()]
    frames = [line["frame"] for line in lines if line["event"] == "frame" and line["direction"] == "sent"]
    return [frame for frame in frames if frame["action"] == "onMessage"]


def texts(output: str) -> list[str]:
    return [frame["message"]["text"] for frame in sent(output) if frame["message"]["type"] == "Text"]


def attributes(output: str) -> dict[str, str]:
    found: dict[str, str] = sent(output)[0]["message"]["channel"]["metadata"]["customAttributes"]
    return found


def test_its_attributes_and_its_first_message_go_out(run: Run, simulator: SimulatorThread) -> None:
    first = ("--attribute", "tier=gold", "--attribute", "customerName=Priya", "--first-message", "Hi, a test")
    add(run, simulator, *first)
    said = run(
        "chat", "--env", "sim", "--crm-id", "0042", "--json", "--say", "hello", "--attribute", "tier=silver"
    )
    assert texts(said) == ["Hi, a test", "hello"]
    assert attributes(said)["crmCustomerId"] == "0042"
    assert attributes(said)["customerName"] == "Priya"
    assert attributes(said)["tier"] == "silver"
    again = run("chat", "--env", "sim", "--crm-id", "0042", "--json", "--say", "more", "--no-first-message")
    assert texts(again) == ["more"]
    assert attributes(again)["tier"] == "gold"
    resumed = run("chat", "--env", "sim", "--crm-id", "0042", "--json", "--say", "on", "--resume")
    assert texts(resumed) == ["on"]


def test_the_first_message_comes_before_the_lines_of_standard_input(
    run: Run, simulator: SimulatorThread
) -> None:
    add(run, simulator, "--first-message", "first")
    said = run("chat", "--env", "Sim", "--crm-id", "1", "--json", "--customer-name", "Ada", stdin="second\n")
    assert texts(said) == ["first", "second"]
    assert attributes(said)["customerName"] == "Ada"


def test_no_attribute_of_an_environment_takes_the_place_of_the_id(
    run: Run, simulator: SimulatorThread
) -> None:
    add(run, simulator, "--attribute", "tier=gold")
    said = run("chat", "--env", "Sim", "--crm-id", "0042", "--json", "--say", "hello", "--key", "tier")
    assert attributes(said)["tier"] == "0042"


def test_they_are_shown_and_changed(run: Run, simulator: SimulatorThread) -> None:
    add(run, simulator, "--attribute", "tier=gold", "--attribute", "vip=true", "--proxy", "Direct")
    run(
        "env",
        "edit",
        "Sim",
        "--attribute",
        "tier=silver",
        "--without-attribute",
        "vip",
        "--first-message",
        "Hi",
    )
    shown = json.loads(run("env", "show", "Sim", "--json"))
    assert (shown["attributes"], shown["first_message"], shown["proxy"]) == (
        {"tier": "silver"},
        "Hi",
        "direct",
    )
    for line in ("Attributes:      tier=silver", "First message:   Hi", "Proxy:           direct"):
        assert line in run("env", "show", "Sim")
    refused = run("env", "edit", "Sim", "--without-attribute", "vip", status=2)
    assert "Sim has no default attribute vip." in refused
    assert "It has: tier." in refused
    refused = run("env", "edit", "Sim", "--attribute", "crmCustomerId=7", status=2)
    assert "is the one that carries the CRM customer ID" in refused


def test_the_proxy_of_the_environment_is_the_one_that_is_asked(run: Run) -> None:
    # Nothing listens at port 9, so an answer that names it proves which proxy was taken.
    place = ("--region", "mypurecloud.de", "--deployment-id", "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a")
    run("env", "add", "Far", *place, "--proxy", "http://127.0.0.1:9")
    elsewhere = {"HTTPS_PROXY": "http://127.0.0.1:19"}
    failed = run("chat", "--env", "Far", "--crm-id", "1", "--say", "hello", status=3, **elsewhere)
    assert "127.0.0.1:9" in failed
    assert "127.0.0.1:19" not in failed
    walked = run("doctor", "--env", "Far", status=1, **elsewhere)
    assert "Traceback" not in walked
    refused = run("env", "edit", "Far", "--proxy", "http://me:hunter2@proxy.example:1", status=2)
    assert "hunter2" not in refused
    assert "HTTPS_PROXY" in refused
