"""`gcdesk history` finds, shows, exports and deletes what was kept."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gcdesk.desk.history_book import ChatBook
from gcdesk.desk.history_file import history_path
from gcdesk.guest import events
from tests.cli.terminal import Terminal
from tests.desk.chats import START, TOKEN, facts, keep, made_chat, told_chat
from tests.support.process import GcdeskProcess

posix_only = pytest.mark.skipif(os.name != "posix", reason="terminals are a matter of POSIX")

Run = Callable[..., str]


@pytest.fixture
def run(gcdesk: Callable[..., GcdeskProcess]) -> Run:
    """Runs `gcdesk history`, checks its status, and returns its output, or what it said if it failed."""

    def history(*arguments: str, status: int = 0) -> str:
        process = gcdesk("history", *arguments)
        assert process.wait() == status, process.stdout + process.stderr
        assert "Traceback" not in process.stderr
        return process.stderr if status else process.stdout

    return history


@pytest.fixture
def kept() -> ChatBook:
    """Three chats: of today, of two months ago, and a whole one of last summer."""
    now = datetime.now(UTC)
    ages = [("CUST-20991", "Production", 0, ["Where is my order?", "Which one?"])]
    ages.append(("CUST-77310", "UAT", 60, ["\x1b[31mred\x1b[0m and \u202eback"]))
    chats = [(facts(attributes={"customerName": "Ada"}), told_chat())]
    for crm_id, environment, days, texts in reversed(ages):
        at = now - timedelta(days=days)
        ended = events.Ended(at + timedelta(seconds=9), "The chat was left.")
        known = facts(crm_id, environment=environment, started=at)
        chats.append((known, [*made_chat(texts, at=at), ended]))
    keep(history_path(), *chats)
    return ChatBook()


def test_an_empty_history_says_so(run: Run) -> None:
    assert run("list") == "No chat has been kept yet.\n"
    assert run("search", "word") == "No chat was found.\n"
    assert json.loads(run("list", "--json")) == []
    assert "no chat 1 " in run("show", "1", status=2)
    assert run("delete", "--older-than", "1", "--yes") == "Deleted 0 chats.\n"
    assert not history_path().exists()


def test_chats_are_listed_latest_first(run: Run, kept: ChatBook) -> None:
    lines = run("list").splitlines()
    assert [line.split()[0] for line in lines] == ["CHAT", "3", "2", "1"]
    assert "CUST-20991" in lines[1]
    assert lines[1].endswith("Which one?")
    assert "\x1b" not in "".join(lines)
    assert "\u202e" not in "".join(lines)
    assert len(run("list", "--limit", "1").splitlines()) == 2


def test_chats_are_found(run: Run, kept: ChatBook) -> None:
    def found(*arguments: str) -> list[Any]:
        return [one["id"] for one in json.loads(run(*arguments, "--json"))]

    assert found("search", "ORDER my") == [3, 1]
    assert found("search", "77310") == [2]
    assert found("search", "order", "--env", "production") == [3]
    assert found("list", "--crm-id", "cust") == [3, 2]
    assert found("list", "--until", "2026-07-02") == [1]
    tomorrow = f"{datetime.now() + timedelta(days=1):%Y-%m-%d}"  # noqa: DTZ005 - as a person types it
    assert found("list", "--since", tomorrow) == []
    (one,) = json.loads(run("search", "which", "--json"))
    assert (one["crm_id"], one["found"], one["messages"]) == ("CUST-20991", "Which one?", 2)
    assert (one["reason"], one["error"]) == ("The chat was left.", "")
    assert one["ended"] > one["started"]


@pytest.mark.parametrize("text", ['"', "* AND (", "%", "-- ;DROP TABLE chat", "\u2603"])
def test_anything_can_be_searched(run: Run, kept: ChatBook, text: str) -> None:
    assert run("search", "--", text) == "No chat was found.\n"


def test_a_chat_is_shown_again(run: Run, kept: ChatBook) -> None:
    shown = run("show", "3")
    for piece in (
        "CRM ID:          CUST-20991",
        "Environment:     Production mypurecloud.de",
        "Attributes:      crmCustomerId=CUST-20991",
        "Customer: Where is my order?",
        "Order bot (bot) (after 1.0 s): Which one?",
        "The chat is over. The chat was left.",
    ):
        assert piece in shown
    nasty = run("show", "2", "--frames")
    assert "\\x1b[31mred\\x1b[0m and \\u202eback" in nasty
    assert '"tracingId": "trace-0"' in nasty
    assert TOKEN not in nasty
    document = json.loads(run("show", "1", "--json"))
    assert document["customer"]["crm_id"] == "000123"
    assert len(document["frames"]) == document["chat"]["frames"]


def test_evidence_is_written(run: Run, kept: ChatBook, tmp_path: Path) -> None:
    page, data, text = tmp_path / "e.html", tmp_path / "e.json", tmp_path / "e.md"
    assert run("export", "1", "--html", str(page), "--json", str(data), "--markdown", str(text)) == ""
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(data.read_text("utf-8"))["personal_data"] == "masked"
    assert text.read_text("utf-8").startswith("### Chat 1")
    for path in (page, data, text):
        assert "000123" not in path.read_text("utf-8")
        assert TOKEN not in path.read_text("utf-8")
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "### Chat as 000123" in run("export", "1", "--markdown", "-", "--include-personal")
    assert json.loads(run("export", "3", "--json", "-"))["customer"]["crm_id"] == "••••••••"
    assert "could not be written" in run("export", "1", "--html", str(tmp_path / "no" / "e.html"), status=3)
    assert "--html" in run("export", "1", status=2)
    assert "no chat 9 " in run("export", "9", "--html", str(page), status=2)


def test_chats_are_deleted_by_number(run: Run, kept: ChatBook) -> None:
    assert "--yes" in run("delete", "3", status=2)
    assert "no chat 9 " in run("delete", "3", "9", "--yes", status=2)
    assert len(kept.list()) == 3
    assert run("delete", "3", "1", "3", "--yes") == "Deleted 2 chats.\n"
    assert [summary.id for summary in kept.list()] == [2]


def test_chats_are_deleted_by_age(run: Run, kept: ChatBook) -> None:
    old = (datetime.now(UTC) - START).days >= 30
    assert "--yes" in run("delete", "--older-than", "30", status=2)
    assert len(kept.list()) == 3
    assert run("delete", "--older-than", "30", "--yes") == f"Deleted {'2 chats' if old else '1 chat'}.\n"
    assert "CUST-77310" not in {summary.crm_id for summary in kept.list()}
    for wrong in (["delete"], ["delete", "3", "--older-than", "1"], ["delete", "--older-than", "-1"]):
        assert "Error" in run(*wrong, status=2)


@posix_only
def test_on_a_terminal_deleting_asks(kept: ChatBook) -> None:
    for answer, status, left in (("n", 130, 3), ("y", 0, 2)):
        with Terminal("history", "delete", "3") as terminal:
            terminal.read_until("Delete 1 chat: 3 (CUST-20991)?")
            terminal.write(f"{answer}\n")
            assert terminal.wait() == status
        assert len(kept.list()) == left


def test_a_damaged_history_is_a_sentence(run: Run) -> None:
    history_path().parent.mkdir(parents=True)
    history_path().write_bytes(b"no database" * 100)
    assert "damaged" in run("list", status=3)
