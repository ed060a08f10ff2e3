"""`gcdesk verify`, `gcdesk env credentials` and `gcdesk doctor`, as processes, against a server that is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chat.platform_server import CLIENT, CONVERSATION, MESSAGE, PlatformServer
from tests.guest.frames_of import sample_text
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]
DEPLOYMENT = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
VARIABLES = {"GCDESK_CLIENT_ID": CLIENT[0], "GCDESK_CLIENT_SECRET": CLIENT[1]}


@pytest.fixture
def verify(gcdesk: Gcdesk, tmp_path: Path) -> Callable[..., GcdeskProcess]:
    """Runs `gcdesk verify` against a server, with the variables of CI."""

    def run(
        server: PlatformServer, *arguments: str, variables: dict[str, str] | None = None
    ) -> GcdeskProcess:
        place = ("--url", server.endpoint.web_socket, "--deployment-id", DEPLOYMENT, "--timeout", "1")
        environment = {"GCDESK_CONFIG_DIR": str(tmp_path), **(VARIABLES if variables is None else variables)}
        process = gcdesk("verify", *place, *arguments, environment=environment)
        process.wait()
        assert CLIENT[1] not in process.stdout + process.stderr
        assert "Traceback" not in process.stderr
        return process

    return run


@pytest.mark.parametrize(
    ("data", "status", "word"),
    [
        ({"crmCustomerId": "0042"}, 0, "arrived"),
        ({"crmCustomerId": "42"}, 1, "differs"),
        ({"crmcustomerid": "0042"}, 1, "differs"),
        ({"context.crmCustomerId": "0042"}, 1, "differs"),
        ({}, 1, "missing"),
    ],
)
def test_each_verdict_has_its_exit_status(
    verify: Callable[..., GcdeskProcess], data: dict[str, str], status: int, word: str
) -> None:
    with PlatformServer() as server:
        server.data = data
        done = verify(server, "--message-id", MESSAGE, "--expect", "crmCustomerId=0042", "--json")
        plain = verify(server, "--conversation-id", CONVERSATION, "--expect", "crmCustomerId=0042")
    event = json.loads(done.stdout)
    assert (done.wait(), plain.wait()) == (status, status)
    assert (event["event"], event["status"]) == ("attributes", word)
    assert event["conversationId"] == CONVERSATION
    if word == "differs":
        assert event["findings"][0]["found"] == data
    assert word in plain.stdout


def test_what_cannot_be_found_out_is_unproven(verify: Callable[..., GcdeskProcess]) -> None:
    with PlatformServer() as server:
        done = verify(server, "--message-id", "nobody", "--expect", "crmCustomerId=0042", "--json")
        plain = verify(server, "--message-id", "nobody", "--expect", "crmCustomerId=0042")
    assert json.loads(done.stdout)["status"] == "unproven"
    assert done.wait() == plain.wait() == 3
    assert "Not proven" in plain.stderr
    assert plain.stdout == ""


def test_without_credentials_it_says_how_to_give_them(verify: Callable[..., GcdeskProcess]) -> None:
    with PlatformServer() as server:
        done = verify(server, "--message-id", MESSAGE, "--expect", "a=b", variables={})
    assert done.wait() == 2
    assert "gcdesk env credentials" in done.stderr
    assert server.asked == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--expect", "a=b"),
        ("--expect", "a=b", "--message-id", "x", "--conversation-id", "y"),
        ("--expect", "a=b", "--expect", "a=c", "--message-id", "x"),
        ("--expect", "no equals sign", "--message-id", "x"),
        ("--message-id", "x"),
    ],
)
def test_bad_input_is_told_before_anything_is_asked(
    verify: Callable[..., GcdeskProcess], arguments: tuple[str, ...]
) -> None:
    with PlatformServer() as server:
        done = verify(server, *arguments)
    assert done.wait() == 2
    assert server.asked == []


def test_an_exported_conversation(verify: Callable[..., GcdeskProcess], tmp_path: Path) -> None:
    file = tmp_path / "conversation.json"
    file.write_text(sample_text("platform.conversation"), "utf-8")
    with PlatformServer() as server:
        done = verify(server, "--file", str(file), "--expect", "crmCustomerId=CRM-000123", variables={})
        other = verify(server, "--file", str(file), "--expect", "crmCustomerId=1", variables={})
        file.write_text("{", "utf-8")
        broken = verify(server, "--file", str(file), "--expect", "crmCustomerId=1", variables={})
    assert (done.wait(), other.wait(), broken.wait()) == (0, 1, 2)
    assert "not JSON" in broken.stderr


class TestDoctor:
    def test_the_desk_alone(self, gcdesk: Gcdesk, tmp_path: Path) -> None:
        process = gcdesk("doctor", "--desk-only", "--json", environment={"GCDESK_CONFIG_DIR": str(tmp_path)})
        process.wait()
        checks = {check["name"]: check for check in map(json.loads, process.stdout.splitlines())}
        assert {"program", "qt", "display", "keyring", "settings"} == set(checks)
        assert checks["qt"]["status"] == "ok"
        assert checks["settings"]["status"] == "ok"

    def test_the_whole_way(self, gcdesk: Gcdesk, tmp_path: Path) -> None:
        with PlatformServer() as server:
            process = gcdesk(
                "doctor",
                *("--url", server.endpoint.web_socket, "--deployment-id", DEPLOYMENT),
                environment={"GCDESK_CONFIG_DIR": str(tmp_path), **VARIABLES},
            )
            assert process.wait() == 1, process.stderr
        assert "FAILED   deployment" in process.stdout
        assert "ok       token" in process.stdout
        assert "Begin with the first one." in process.stdout
        for secret in (CLIENT[1], CLIENT[0], DEPLOYMENT):
            assert secret not in process.stdout + process.stderr

    def test_it_asks_where_to(self, gcdesk: Gcdesk, tmp_path: Path) -> None:
        process = gcdesk("doctor", environment={"GCDESK_CONFIG_DIR": str(tmp_path)})
        assert process.wait() == 2
        assert "Give --env NAME" in process.stderr
