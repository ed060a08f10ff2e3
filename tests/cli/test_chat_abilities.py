"""What `gcdesk chat` can do besides talking: files, earlier messages, new chats, proof and the end."""

from __future__ import annotations

import json
import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from gcdesk.cli import chat_start
from gcdesk.cli.chat import Request
from gcdesk.simulator import SimulatorOptions, SimulatorThread
from gcdesk.simulator.demo import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET
from tests.cli.test_chat import chosen, ending, events_of, where
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]
Simulate = Callable[..., SimulatorThread]
CLIENT = {"GCDESK_CLIENT_ID": DEMO_CLIENT_ID, "GCDESK_CLIENT_SECRET": DEMO_CLIENT_SECRET}
TEXT = "Ein Brief an den Dienst.\n" * 100


@pytest.fixture
def simulate() -> Iterator[Simulate]:
    """Start a simulator, as in `simulate(autostart=True)`."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(SimulatorThread(SimulatorOptions(**options)))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file to send."""
    file = tmp_path / "letter.txt"
    file.write_text(TEXT, "utf-8")
    return file


def chat(gcdesk: Gcdesk, simulator: SimulatorThread, *arguments: str, **options: Any) -> GcdeskProcess:
    process = gcdesk("chat", "--crm-id", "0042", *where(simulator), *arguments, **options)
    process.wait(40)
    assert "Traceback" not in process.stderr
    return process


def told(process: GcdeskProcess, name: str) -> list[dict[str, Any]]:
    return chosen(events_of(process), name)


class TestFiles:
    def test_a_file_goes_after_what_is_said_and_is_confirmed(
        self, gcdesk: Gcdesk, simulate: Simulate, letter: Path
    ) -> None:
        simulator = simulate()
        process = chat(gcdesk, simulator, "--say", "hello", "--attach", str(letter), "--json")
        assert process.wait() == 0, process.stdout + process.stderr
        uploads = told(process, "upload")
        assert [uploads[0]["status"], uploads[-1]["status"]] == ["requested", "sent"]
        assert uploads[-1]["sent"] == uploads[-1]["bytes"] == len(TEXT)
        own = [message for message in told(process, "message") if message["direction"] == "inbound"]
        assert own[1]["content"][0]["attachment"]["filename"] == "letter.txt"

    def test_a_person_reads_how_the_file_went(self, gcdesk: Gcdesk, simulate: Simulate, letter: Path) -> None:
        process = chat(gcdesk, simulate(), "--attach", str(letter), "--attach", str(letter))
        assert process.wait() == 0, process.stdout + process.stderr
        assert process.stdout.count("letter.txt is uploaded.") == 2
        assert process.stdout.count("File: letter.txt (text/plain") == 2

    @pytest.mark.parametrize(
        ("fault", "name"), [("4003-upload", "FileContentInvalid"), ("put-413", "UploadRefused")]
    )
    def test_a_refused_file_is_the_named_error(
        self, gcdesk: Gcdesk, simulate: Simulate, letter: Path, fault: str, name: str
    ) -> None:
        process = chat(gcdesk, simulate(faults=(fault,)), "--attach", str(letter), "--json")
        assert process.wait() == 3
        assert [error["name"] for error in told(process, "error")] == [name]
        assert told(process, "upload")[-1]["error"] == name

    @pytest.mark.parametrize(
        ("options", "name"),
        [({"blocked_extensions": (".txt",)}, "FileType"), ({"upload_kilobytes": 1}, "FileTooLarge")],
    )
    def test_a_file_against_the_deployments_rules_is_refused_and_never_asked_for(
        self, gcdesk: Gcdesk, simulate: Simulate, letter: Path, options: dict[str, Any], name: str
    ) -> None:
        simulator = simulate(**options)
        process = chat(gcdesk, simulator, "--say", "hello", "--attach", str(letter), "--json")
        assert process.wait() == 3
        assert [error["name"] for error in told(process, "error")] == [name]
        assert events_of(process)[-1]["reason"] == "refused"
        asked = [entry["frame"].get("action") for entry in simulator.record if "frame" in entry]
        assert "onAttachment" not in asked

    def test_what_could_never_be_sent_is_bad_input(
        self, gcdesk: Gcdesk, simulate: Simulate, tmp_path: Path
    ) -> None:
        simulator = simulate()
        empty = tmp_path / "empty.txt"
        empty.touch()
        for file in (empty, tmp_path / "missing.txt", tmp_path):
            process = chat(gcdesk, simulator, "--attach", str(file), "--json")
            assert process.wait() == 2
            assert [event["event"] for event in events_of(process)] == ["error", "ended"]
        assert not [entry for entry in simulator.record if entry.get("event") == "opened"]

    def test_files_that_come_are_saved(self, gcdesk: Gcdesk, simulate: Simulate, tmp_path: Path) -> None:
        folder = tmp_path / "files"
        folder.mkdir()
        process = chat(
            gcdesk, simulate(), *("--say", "attachment", "--say", "image", "--json"),
            *("--save-attachments", str(folder)),
        )  # fmt: skip
        assert process.wait() == 0, process.stdout + process.stderr
        saved = told(process, "file")
        assert {Path(file["path"]) for file in saved} == set(folder.iterdir())
        assert sorted(file["name"] for file in saved) == ["note.txt", "violet.png"]
        for file in saved:
            assert Path(file["path"]).stat().st_size == file["bytes"]
            if os.name == "posix":
                assert stat.S_IMODE(Path(file["path"]).stat().st_mode) == 0o600

    def test_a_file_that_cannot_be_fetched_is_an_error(
        self, gcdesk: Gcdesk, simulate: Simulate, tmp_path: Path
    ) -> None:
        process = chat(
            gcdesk, simulate(faults=("download-500",)), "--say", "attachment",
            *("--save-attachments", str(tmp_path), "--json"),
        )  # fmt: skip
        assert process.wait() == 3
        assert [error["name"] for error in told(process, "error")] == ["DownloadRefused"]
        assert told(process, "file") == []


class TestTheEnd:
    def test_a_conversation_is_ended_by_the_customer(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        process = chat(gcdesk, simulator, "--say", "hello", "--end", "--json")
        assert process.wait() == 0, process.stdout + process.stderr
        assert [(line["ended"], line["by"]) for line in told(process, "conversation")] == [(True, "customer")]
        assert [each.ending for each in simulator.simulator.conversations] == ["cleared"]

    def test_it_stays_open_where_nobody_may_end_it(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate(conversation_clear=False)
        process = chat(gcdesk, simulator, "--say", "hello", "--end")
        assert process.wait() == 3
        assert "The conversation was not ended and stays open." in process.stdout
        assert "this deployment does not let the customer do it" in process.stderr
        assert [each.ending for each in simulator.simulator.conversations] == [""]

    @pytest.mark.parametrize("options", [{"conversation_clear": False}, {"faults": ("403-clear",)}])
    def test_the_platform_ends_it_where_the_customer_may_not(
        self, gcdesk: Gcdesk, simulate: Simulate, options: dict[str, Any]
    ) -> None:
        simulator = simulate(**options)
        process = chat(gcdesk, simulator, "--say", "hello", "--end", "--json", environment=CLIENT)
        assert [(line["ended"], line["by"]) for line in told(process, "conversation")] == [(True, "platform")]
        assert process.wait() == 0, process.stdout + process.stderr
        assert [each.ending for each in simulator.simulator.conversations] == ["disconnected"]

    def test_without_it_the_conversation_stays_open(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        process = chat(gcdesk, simulator, "--say", "hello", "--listen", "0.1", "--json")
        assert process.wait() == 0
        assert told(process, "conversation") == []
        assert [each.ending for each in simulator.simulator.conversations] == [""]
        assert ending(simulator) == (1000, "client")

    @pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
    def test_listening_can_be_interrupted(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        process = gcdesk(
            "chat", "--crm-id", "1", *where(simulate()), *("--say", "text"), *("--listen", "600")
        )
        process.line_with("Here is plain text")
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait() == 130
        assert "The chat is over: interrupted." in process.stdout
        assert process.stderr == ""


class TestNewChat:
    def test_a_chat_that_can_only_be_read_is_begun_anew(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate(faults=("read-only@1",))
        process = chat(gcdesk, simulator, "--say", "hello", "--new-chat", "--json")
        assert process.wait() == 0, process.stdout + process.stderr
        assert [line["asked_for"] for line in told(process, "renewed")] == [True]
        assert "read_only" in " ".join(line["state"] for line in told(process, "state")).replace("-", "_")

    def test_history_of_a_new_chat_is_empty_and_costs_nothing(
        self, gcdesk: Gcdesk, simulate: Simulate
    ) -> None:
        process = chat(gcdesk, simulate(), "--say", "hello", "--history", "5", "--json")
        assert process.wait() == 0, process.stdout + process.stderr
        assert next(message["text"] for message in told(process, "message")) == "hello"


class TestProof:
    @pytest.mark.parametrize(
        ("fault", "status", "word"),
        [
            ((), 0, "arrived"),
            (("attributes-renamed",), 1, "differs"),
            (("attributes-dropped",), 1, "missing"),
            (("platform-500",), 3, "unproven"),
            (("platform-garbage",), 3, "unproven"),
        ],
    )
    def test_each_verdict_has_its_event_and_exit_status(
        self, gcdesk: Gcdesk, simulate: Simulate, fault: tuple[str, ...], status: int, word: str
    ) -> None:
        simulator = simulate(faults=fault)
        process = chat(
            gcdesk, simulator, *("--say", "hello", "--verify", "--timeout", "1.5", "--json"), environment=CLIENT
        )  # fmt: skip
        assert process.wait() == status, process.stdout + process.stderr
        attributes = told(process, "attributes")
        assert [line["status"] for line in attributes] == ["pending", "sent", "echoed", word]
        assert attributes[-1]["attributes"] == attributes[0]["attributes"]
        (proof,) = told(process, "verification")
        assert {finding["status"] for finding in proof["findings"]} <= {word, "arrived"}
        assert bool(proof["reason"]) == (word == "unproven")
        known = simulator.simulator.conversations[0].conversation_id
        assert proof["conversationId"] == ("" if word == "unproven" else known)
        assert DEMO_CLIENT_SECRET not in process.stdout + process.stderr

    def test_a_join_alone_can_be_proved(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        process = chat(gcdesk, simulate(autostart=True), "--verify", "--json", environment=CLIENT, stdin="")
        assert process.wait() == 0, process.stdout + process.stderr
        assert told(process, "attributes")[-1]["status"] == "arrived"

    def test_a_person_reads_a_sentence_for_each(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        process = chat(gcdesk, simulate(), "--say", "hello", "--verify", environment=CLIENT)
        assert process.wait() == 0
        assert "Participant data: arrived  crmCustomerId = 0042" in process.stdout

    def test_without_an_oauth_client_it_is_bad_input(self, gcdesk: Gcdesk, simulate: Simulate) -> None:
        simulator = simulate()
        process = chat(gcdesk, simulator, "--say", "hello", "--verify", "--json")
        assert process.wait() == 2
        assert "gcdesk env credentials" in process.stderr
        assert not [entry for entry in simulator.record if entry.get("event") == "opened"]


ASKED = Request("1", None, None, None, None, None, "", (), None, (), None, as_json=True, join=False)


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
def test_a_request_to_end_is_an_interruption_even_before_the_chat(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(chat_start, "_run", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    assert chat_start.run(ASKED) == 130
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["event"], line.get("reason")) for line in lines] == [("ended", "interrupted")]
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_bug_still_ends_the_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(chat_start, "_run", broken)
    with pytest.raises(ZeroDivisionError):
        chat_start.run(ASKED)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["event"], line.get("reason")) for line in lines] == [("ended", "failed")]
