"""`gcdesk chat` against the simulator: what it reports is what happened, and nothing else."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorOptions, SimulatorThread
from tests.cli.terminal import Terminal
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]
Simulate = Callable[..., SimulatorThread]
Event = dict[str, Any]

MEMBERS = {
    "state": {"state"},
    "frame": {"direction", "frame"},
    "message": {"id", "direction", "from", "text", "content"},
    "attributes": {"status", "attributes", "bytes"},
    "renewed": {"asked_for", "reason"},
    "expiry": {"expires", "seconds", "near"},
    "budget": {
        *("messages", "requests", "echoes", "configures", "history", "connections", "dials"),
        *("queued", "next", "held_until"),
    },
    "history": {"status", "added", "complete", "missed"},
    "upload": {"id", "name", "status", "sent", "bytes", "error"},
    "file": {"id", "name", "path", "bytes"},
    "verification": {"findings", "flows", "conversationId", "seconds", "reason"},
    "conversation": {"ended", "by"},
    "sign-in-needed": {"waiting", "message"},
    "error": {"code", "name", "message", "hint"},
    "ended": {"reason"},
}

posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and terminals are those of POSIX")


@pytest.fixture
def simulate() -> Iterator[Simulate]:
    """Start a simulator, as in `simulate(autostart=True)`."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(SimulatorThread(SimulatorOptions(**options)))


def where(simulator: SimulatorThread) -> tuple[str, ...]:
    return ("--url", simulator.url, "--deployment-id", simulator.deployment_id)


def events_of(process: GcdeskProcess) -> list[Event]:
    """All JSON lines of a chat that is over, each checked against what the interface promises."""
    events: list[Event] = [json.loads(line) for line in process.stdout.splitlines()]
    before = datetime.now(UTC) - timedelta(minutes=5)
    for event in events:
        assert set(event) == {"at", "event"} | MEMBERS[event["event"]]
        assert event["at"].endswith("Z")
        assert before < datetime.fromisoformat(event["at"]) <= datetime.now(UTC)
    assert [event["event"] for event in events].count("ended") == 1
    assert events[-1]["event"] == "ended"
    return events


def chosen(events: list[Event], name: str) -> list[Event]:
    return [event for event in events if event["event"] == name]


def carried_attributes(simulator: SimulatorThread) -> list[dict[str, str]]:
    """The custom attributes of each frame that the simulator received, where the service looks for them."""
    frames = [entry["frame"] for entry in simulator.record if entry.get("direction") == "received"]
    channels = [frame["message"].get("channel", {}) for frame in frames if frame.get("action") == "onMessage"]
    return [found for channel in channels if (found := channel.get("metadata", {}).get("customAttributes"))]


def ending(simulator: SimulatorThread) -> tuple[int, str]:
    """The close code of the last connection, and who closed it."""
    closed = [entry for entry in simulator.record if entry.get("event") == "closed"]
    return closed[-1]["code"], closed[-1]["by"]


class TestJson:
    def test_the_whole_path(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        process = gcdesk(
            "chat", "--crm-id", "C-1", *where(simulator), "--say", "hello", "--say", "help", "--json"
        )
        assert process.wait() == 0
        assert process.stderr == ""
        events = events_of(process)
        assert [event["state"] for event in chosen(events, "state")] == [
            "connecting",
            "connected",
            "configured",
            "closing",
            "closed",
        ]
        assert [event["status"] for event in chosen(events, "attributes")] == ["pending", "sent", "echoed"]
        messages = chosen(events, "message")
        assert [message["direction"] for message in messages] == ["inbound", "outbound"] * 2
        assert [messages[0]["text"], messages[2]["text"]] == ["hello", "help"]
        assert messages[0]["from"] == "customer"
        assert "customer C-1" in messages[1]["text"] or "Test customer" in messages[1]["text"]
        assert [item["contentType"] for item in messages[3]["content"]] == ["QuickReply"] * len(
            messages[3]["content"]
        )
        assert messages[3]["content"][0]["quickReply"]["payload"] == "help"
        assert all(message["id"] for message in messages)
        assert events[-1]["reason"] == "done"
        assert ending(simulator) == (1000, "client")

    def test_attributes_travel_where_the_service_reads_them(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulator), "--say", "hello", "--json")
        assert process.wait() == 0
        told = chosen(events_of(process), "attributes")[-1]
        assert set(told["attributes"]) == {
            "crmCustomerId",
            "customerName",
            "sourceChannel",
            "timestamp",
            "userAgent",
        }
        assert told["attributes"]["crmCustomerId"] == "C-1"
        assert carried_attributes(simulator) == [told["attributes"]]
        whole = json.dumps(told["attributes"], ensure_ascii=False, separators=(",", ":"))
        assert told["bytes"] == len(whole.encode())
        frames = [
            event["frame"] for event in chosen(events_of(process), "frame") if event["direction"] == "sent"
        ]
        shown = [frame for frame in frames if "message" in frame]
        assert shown[0]["message"]["channel"]["metadata"]["customAttributes"] == told["attributes"]
        assert "channel" not in shown[0]

    def test_every_frame_is_shown_and_no_secret_with_it(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        deployment = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
        simulator = simulate(deployment_id=deployment, whole_tokens=True)
        process = gcdesk(
            "--log-level", "debug", "chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--json"
        )
        assert process.wait() == 0
        crossed = [entry for entry in simulator.record if "frame" in entry]
        token = crossed[0]["frame"]["token"]
        shown = chosen(events_of(process), "frame")
        mirrored = {"received": "sent", "sent": "received"}
        assert sorted(event["direction"] for event in shown) == sorted(
            mirrored[e["direction"]] for e in crossed
        )
        for text in (process.stdout, process.stderr):
            assert token not in text
            assert deployment not in text

    def test_lines_come_at_once(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate(faults=("no-reply",))
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--json")
        assert process.event("message")["direction"] == "inbound"
        assert process.running
        process.interrupt()
        assert process.wait() == 130

    def test_an_own_message_is_not_told_before_its_echo(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate(faults=("no-echo",))
        process = gcdesk(
            "chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--json", "--timeout", "1"
        )
        assert process.wait() == 4
        events = events_of(process)
        assert [message["direction"] for message in chosen(events, "message")] == ["outbound"]
        assert "echoed" not in [event["status"] for event in chosen(events, "attributes")]
        assert chosen(events, "error")[0]["name"] == "ReplyTimeout"

    def test_nothing_is_told_twice(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate(faults=("duplicate",))
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--json")
        assert process.wait() == 0
        ids = [message["id"] for message in chosen(events_of(process), "message")]
        assert len(ids) == len(set(ids)) == 2

    def test_what_is_not_json_on_the_wire_is_shown_too(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate(faults=("malformed",))
        process = gcdesk(
            "chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--say", "hello", "--json"
        )
        assert process.wait() == 0
        frames = [event["frame"] for event in chosen(events_of(process), "frame")]
        assert "this is not JSON {" in frames


class TestFates:
    @pytest.mark.parametrize(
        ("fault", "status", "name", "reason"),
        [
            ("refuse-401", 3, "HandshakeUnauthorized", "refused"),
            ("refuse-403", 3, "AccessRefused", "refused"),
            ("refuse-404", 3, "EndpointNotFound", "refused"),
            ("refuse-429", 3, "ConnectionRate", "refused"),
            ("refuse-503", 3, "ServiceDown", "refused"),
            ("silent", 4, "ConfigureTimeout", "timed out"),
            ("429", 3, "TooManyRequests", "refused"),
            ("400-configure", 3, "SessionRefused", "refused"),
            ("401-configure", 3, "Unauthorized", "refused"),
            ("403-configure", 3, "Forbidden", "refused"),
            ("404-configure", 3, "NotFound", "refused"),
            ("500-configure", 3, "ServiceFailure", "refused"),
            ("drop-before-session", 3, "ConnectionLost", "connection lost"),
            ("read-only", 3, "Wish", "refused"),
            ("4006", 3, "SessionExpired", "refused"),
            ("4007", 3, "SessionNotFound", "refused"),
            ("4011", 3, "MessageTooLong", "refused"),
            ("4013", 3, "CustomAttributesTooLarge", "refused"),
            ("no-reply", 4, "ReplyTimeout", "timed out"),
        ],
    )
    def test_each_refusal_is_one_named_error(
        self, gcdesk: Gcdesk, simulate: Simulate, fault: str, status: int, name: str, reason: str
    ) -> None:
        simulator = simulate(faults=(fault,))
        patience = "1" if status == 4 else "20"
        process = gcdesk(
            *("chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--json", "--timeout", patience)
        )
        assert process.wait() == status, process.stdout + process.stderr
        events = events_of(process)
        errors = chosen(events, "error")
        assert [error["name"] for error in errors] == [name]
        assert errors[0]["message"].endswith(".")
        assert errors[0]["hint"].endswith(".")
        assert events[-1]["reason"] == reason
        assert f"Error: {errors[0]['message']} {errors[0]['hint']}" in process.stderr
        assert "Traceback" not in process.stderr

    def test_an_inactive_deployment_is_refused_with_its_reason(
        self, gcdesk: Gcdesk, simulate: Simulate
    ) -> None:
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulate(inactive=True)), "--say", "hi", "--json")
        assert process.wait() == 3
        assert chosen(events_of(process), "error")[0]["name"] in ("DeploymentInactive", "AccessRefused")

    @pytest.mark.parametrize("fault", ["429-message", "no-config"])
    def test_trouble_that_passes_is_no_failure(self, gcdesk: Gcdesk, simulate: Simulate, fault: str) -> None:
        simulator = simulate(faults=(fault,))
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--json")
        assert process.wait(60) == 0, process.stdout + process.stderr
        events = events_of(process)
        assert [message["direction"] for message in chosen(events, "message")] == ["inbound", "outbound"]
        assert chosen(events, "attributes")[-1]["status"] == "echoed"
        assert "Warning: " in process.stderr or fault != "no-config"

    def test_nothing_listens(self, gcdesk: Gcdesk) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        url = f"ws://127.0.0.1:{port}/v1"
        process = gcdesk(
            "chat", "--crm-id", "C-1", "--url", url, "--deployment-id", DEMO_DEPLOYMENT_ID, "--json"
        )
        assert process.wait() == 3
        events = events_of(process)
        assert chosen(events, "error")[0]["name"] == "Unreachable"
        assert events[-1]["reason"] == "could not connect"

    def test_a_server_that_never_answers_the_handshake(self, gcdesk: Gcdesk) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            url = f"ws://127.0.0.1:{server.getsockname()[1]}/v1"
            process = gcdesk(
                *("chat", "--crm-id", "C-1", "--url", url, "--deployment-id", DEMO_DEPLOYMENT_ID),
                *("--say", "hi", "--json", "--timeout", "1"),
            )
            assert process.wait() == 4
        events = events_of(process)
        assert chosen(events, "error")[0]["name"] == "OpenTimeout"
        assert events[-1]["reason"] == "timed out"

    def test_attributes_that_nothing_carried_are_a_failed_check(
        self, gcdesk: Gcdesk, simulate: Simulate
    ) -> None:
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulate()), "--json")
        assert process.wait() == 1
        events = events_of(process)
        assert chosen(events, "error")[0]["name"] == "AttributesNotEchoed"
        assert events[-1]["reason"] == "check failed"

    @pytest.mark.parametrize(("autostart", "arguments"), [(True, []), (False, ["--join"])])
    def test_a_join_carries_them_without_a_word(
        self, gcdesk: Gcdesk, simulate: Simulate, autostart: bool, arguments: list[str]
    ) -> None:
        simulator = simulate(autostart=autostart)
        process = gcdesk("chat", "--crm-id", "0042", *where(simulator), "--json", *arguments)
        assert process.wait() == 0, process.stdout + process.stderr
        told = chosen(events_of(process), "attributes")[-1]
        assert told["status"] == "echoed"
        assert carried_attributes(simulator) == [told["attributes"]]

    @posix_only
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    @pytest.mark.parametrize("as_json", [True, False], ids=["json", "transcript"])
    def test_an_interrupted_chat_says_goodbye(
        self, gcdesk: Gcdesk, simulate: Simulate, number: signal.Signals, as_json: bool
    ) -> None:
        simulator = simulate(faults=("no-reply",))
        arguments = ["--json"] if as_json else []
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulator), "--say", "waiting", *arguments)
        process.line_with("waiting")
        os.kill(process.pid, number)
        assert process.wait() == 130
        assert process.stderr == ""
        if as_json:
            assert events_of(process)[-1]["reason"] == "interrupted"
        assert ending(simulator) == (1000, "client")

    @posix_only
    def test_it_can_be_interrupted_while_it_connects(self, gcdesk: Gcdesk) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            url = f"ws://127.0.0.1:{server.getsockname()[1]}/v1"
            process = gcdesk(
                "chat", "--crm-id", "C-1", "--url", url, "--deployment-id", DEMO_DEPLOYMENT_ID, "--json"
            )
            assert process.event("state")["state"] == "connecting"
            process.interrupt()
            assert process.wait(10) == 130
        assert events_of(process)[-1]["reason"] == "interrupted"

    @posix_only
    def test_a_reader_that_goes_away_ends_it_quietly(self, simulate: Simulate) -> None:
        simulator = simulate(faults=("no-reply",))
        with subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gcdesk",
                "chat",
                "--crm-id",
                "C",
                *where(simulator),
                "--say",
                "hi",
                "--json",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(20) == 130


class TestBadInput:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["--crm-id", ""],
            ["--crm-id", "   "],
            ["--crm-id", "a\x07b"],
            ["--crm-id", "C-1", "--attribute", "no-value"],
            ["--crm-id", "C-1", "--attribute", "big=" + "x" * 2048],
            ["--crm-id", "C-1", "--attribute", "crmCustomerId=C-2"],
            ["--crm-id", "C-1", "--attribute", "a=1", "--attribute", "a=2"],
            ["--crm-id", "C-1", "--attributes-file", "missing.json"],
            ["--crm-id", "C-1", "--timeout", "0"],
            ["--crm-id", "C-1", "--timeout", "soon"],
            ["--crm-id", "C-1", "--url", "ws://chat.example.com/v1"],
            ["--crm-id", "C-1", "--url", "http://127.0.0.1:1/v1"],
            ["--crm-id", "C-1", "--deployment-id", "not-a-uuid"],
            ["--crm-id", "C-1", "--env", "Nowhere"],
            ["--crm-id", "C-1", "--nonsense"],
        ],
        ids=lambda arguments: " ".join(arguments)[:40],
    )
    def test_it_is_told_before_anything_is_sent(
        self, gcdesk: Gcdesk, simulate: Simulate, arguments: list[str]
    ) -> None:
        simulator = simulate()
        place = {"--url": simulator.url, "--deployment-id": simulator.deployment_id}
        rest = [word for option in place if option not in arguments for word in (option, place[option])]
        process = gcdesk("chat", *arguments, *rest, "--say", "hi", "--json")
        assert process.wait() == 2, process.stdout + process.stderr
        assert "Error: " in process.stderr
        assert "Traceback" not in process.stderr
        events = events_of(process)
        assert [event["event"] for event in events] == ["error", "ended"]
        assert events[-1]["reason"] == "bad input"
        assert [entry for entry in simulator.record if entry.get("event") == "opened"] == []

    @pytest.mark.parametrize("crm_id", [[], ["--crm-id", " "]], ids=["none", "blank"])
    def test_a_person_reads_a_sentence_and_nothing_else(self, gcdesk: Gcdesk, crm_id: list[str]) -> None:
        process = gcdesk(
            *("chat", *crm_id, "--url", "ws://127.0.0.1:1/v1", "--deployment-id", DEMO_DEPLOYMENT_ID)
        )
        assert process.wait() == 2
        assert process.stdout == ""
        assert "Error: " in process.stderr

    def test_it_must_be_clear_where_to_chat(self, gcdesk: Gcdesk) -> None:
        for place in ([], ["--url", "ws://127.0.0.1:1/v1"], ["--deployment-id", DEMO_DEPLOYMENT_ID]):
            process = gcdesk("chat", "--crm-id", "C-1", *place)
            assert process.wait() == 2
            assert "--env NAME" in process.stderr

    def test_a_message_that_cannot_be_sent_is_bad_input(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        for text in ("", "   ", "x" * 4097):
            process = gcdesk(
                *("chat", "--crm-id", "C-1", *where(simulator), "--say", "fine", "--say", text, "--json")
            )
            assert process.wait() == 2
            assert [event["event"] for event in events_of(process)] == ["error", "ended"]
            assert events_of(process)[0]["name"] == "MessageInput"
        assert [entry for entry in simulator.record if entry.get("event") == "opened"] == []


class TestAttributes:
    @pytest.mark.parametrize(
        "crm_id",
        ["007", " spaced ", "äöü-ß-漢字-🙂", "x" * 500, "=a=b=", "--", "<b>&amp;\"'\\"],
        ids=lambda t: t[:12],
    )
    def test_a_crm_id_survives_unchanged(self, gcdesk: Gcdesk, simulate: Simulate, crm_id: str) -> None:
        simulator = simulate()
        process = gcdesk("chat", f"--crm-id={crm_id}", *where(simulator), "--say", "hi", "--json")
        assert process.wait() == 0, process.stderr
        assert carried_attributes(simulator)[0]["crmCustomerId"] == crm_id

    def test_every_source_counts_and_options_override_the_file(
        self, gcdesk: Gcdesk, simulate: Simulate, tmp_path: Path
    ) -> None:
        simulator = simulate()
        file = tmp_path / "attributes.json"
        file.write_text(
            '{"tier": 1.50, "vip": true, "basket": {"a": [1, "ü"]}, "note": "from file"}', "utf-8"
        )
        process = gcdesk(
            *("chat", "--crm-id", "C-1", "--key", "customerNumber", "--customer-name", "Ada"),
            *("--attributes-file", str(file), "--attribute", "note=a=b", "--attribute", "sourceChannel=qa"),
            *(*where(simulator), "--say", "hi", "--json"),
        )
        assert process.wait() == 0, process.stderr
        (sent,) = carried_attributes(simulator)
        assert sent == chosen(events_of(process), "attributes")[-1]["attributes"]
        assert {key: sent[key] for key in sent if key not in ("timestamp", "userAgent")} == {
            "customerNumber": "C-1",
            "customerName": "Ada",
            "sourceChannel": "qa",
            "tier": "1.50",
            "vip": "true",
            "basket": '{"a":[1,"ü"]}',
            "note": "a=b",
        }

    def test_a_file_may_hold_lines(self, gcdesk: Gcdesk, simulate: Simulate, tmp_path: Path) -> None:
        simulator = simulate()
        file = tmp_path / "attributes.txt"
        file.write_text("# a comment\norderNumber=88213\n\nnote= as it is \n", "utf-8")
        process = gcdesk(
            "chat", "--crm-id", "C-1", "--attributes-file", str(file), *where(simulator), "--say", "hi"
        )
        assert process.wait() == 0, process.stderr
        (sent,) = carried_attributes(simulator)
        assert (sent["orderNumber"], sent["note"]) == ("88213", " as it is ")

    def test_doubtful_names_are_warned_about_and_sent(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        process = gcdesk(
            *("chat", "--crm-id", "C-1", *where(simulator), "--say", "hi", "--json"),
            *("--attribute", "conversationId=1", "--attribute", "has.dot=1", "--attribute", "UPPER=1"),
        )
        assert process.wait() == 0
        assert process.stderr.count("Warning: ") == 3
        assert {"conversationId", "has.dot", "UPPER"} < set(carried_attributes(simulator)[0])


class TestTranscript:
    def test_it_reads_as_a_conversation(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        process = gcdesk(
            "chat", "--crm-id", "C-1", *where(simulate()), "--say", "card", "--say", "quick", "--say", "agent"
        )
        assert process.wait() == 0
        assert process.stderr == ""
        lines = process.stdout.splitlines()
        assert all(re.match(r"\d\d:\d\d:\d\d  | {10}", line) for line in lines), process.stdout
        spoken = [line[10:] for line in lines]
        assert "Customer: card" in spoken
        assert any(line.startswith("Card: ") for line in spoken)
        assert "[Yes] [No] [Perhaps]" in spoken
        assert lines[-1].endswith("- The chat is over: done.")
        assert "confirmed by the service's echo" in process.stdout

    def test_the_service_cannot_control_the_terminal(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        process = gcdesk(
            "chat", "--crm-id", "C-1", *where(simulate()), "--say", "\x1b[31mred\x1b]0;title\x07\x9b"
        )
        assert process.wait() == 0, process.stderr
        assert "\\x1b[31mred" in process.stdout
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", process.stdout + process.stderr)


class TestInput:
    def test_lines_are_messages_that_wait_for_replies(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        process = gcdesk("chat", "--crm-id", "C-1", *where(simulator), "--json", stdin="one\r\ntwo ü\nthree")
        assert process.wait() == 0, process.stderr
        messages = chosen(events_of(process), "message")
        assert [message["direction"] for message in messages] == ["inbound", "outbound"] * 3
        assert [message["text"] for message in messages[::2]] == ["one", "two ü", "three"]

    @posix_only
    def test_on_a_terminal_a_person_chats(self, simulate: Simulate) -> None:
        with Terminal("chat", "--crm-id", "C-1", *where(simulate())) as terminal:
            terminal.read_until("configured in")
            terminal.write("hello\n")
            terminal.read_until("I am the bot of the gcdesk simulator")
            terminal.write("   \n")
            terminal.read_until("Error: The message is empty.")
            terminal.write("text\n")
            terminal.read_until("Here is plain text")
            terminal.write("\x04")
            terminal.read_until("The chat is over: done.")
            assert terminal.wait() == 0

    @posix_only
    def test_on_a_terminal_ctrl_c_leaves(self, simulate: Simulate) -> None:
        simulator = simulate()
        with Terminal("chat", "--crm-id", "C-1", *where(simulator)) as terminal:
            terminal.read_until("configured in")
            os.kill(terminal.pid, signal.SIGINT)
            terminal.read_until("The chat is over: interrupted.")
            assert terminal.wait() == 130
        assert ending(simulator) == (1000, "client")

    @posix_only
    def test_leaving_works_while_the_connection_is_broken(self, simulate: Simulate) -> None:
        simulator = simulate()
        with Terminal("chat", "--crm-id", "C-1", *where(simulator)) as terminal:
            terminal.read_until("configured in")
            terminal.write("hello\n")
            terminal.read_until("I am the bot")
            simulator.stop()
            terminal.read_until("Trying again in")
            terminal.write("\x04")
            terminal.read_until("The chat is over: done.")
            assert terminal.wait() == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only")
def test_an_environment_names_the_place_and_goes_by_the_limits_of_the_settings(
    gcdesk: Gcdesk, simulate: Simulate, secret_service: dict[str, str], tmp_path: Path
) -> None:
    secret_service = {**secret_service, "GCDESK_CONFIG_DIR": str(tmp_path)}
    deployment = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
    simulator = simulate(deployment_id=deployment, allowed_domains=("www.example.com",))
    add = gcdesk(
        *("env", "add", "Local", "--url", simulator.url, "--deployment-id", deployment),
        *("--origin", "https://www.example.com", "--key", "customerNumber"),
        environment=secret_service,
    )
    assert add.wait() == 0, add.stderr
    chat = gcdesk(
        "chat", "--crm-id", "C-1", "--env", "local", "--say", "hi", "--json", environment=secret_service
    )
    assert chat.wait() == 0, chat.stderr
    assert carried_attributes(simulator)[0]["customerNumber"] == "C-1"
    assert deployment not in chat.stdout + chat.stderr
    refused = gcdesk(
        *("chat", "--crm-id", "C-1", "--env", "Local", "--origin", "https://elsewhere.example", "--json"),
        environment=secret_service,
    )
    assert refused.wait() == 3
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "limits": {"message_burst": 0}}))
    limited = gcdesk("chat", "--crm-id", "C-1", "--env", "Local", "--json", environment=secret_service)
    assert limited.wait() == 2
    assert "The limit message_burst has to be a whole number from 1" in limited.stdout + limited.stderr
    assert gcdesk("env", "remove", "Local", "--yes", environment=secret_service).wait() == 0
    without = gcdesk("chat", "--crm-id", "C-1", "--env", "Local", "--json")
    assert without.wait() == 2
