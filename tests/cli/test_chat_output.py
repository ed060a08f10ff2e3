"""What a chat prints of events that take a broken connection or an earlier chat to come about."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gcdesk.cli.chat_output import JsonPrinter
from gcdesk.cli.chat_transcript import TranscriptPrinter, local_time
from gcdesk.errors import HistoryError, SignInRequiredError
from gcdesk.guest import events
from gcdesk.guest.budget import Budget, BudgetKind, Use
from gcdesk.guest.events import Event, HistoryStatus
from gcdesk.guest.history_page import parse_history_page
from gcdesk.guest.inbox import message_of
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState

AT = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
LOADING, LOADED, FAILED = HistoryStatus.LOADING, HistoryStatus.LOADED, HistoryStatus.FAILED
CARD = {"contentType": "Card", "card": {"title": "Shoes", "actions": []}}


def from_the_history() -> Event:
    page = {"entities": [{"id": "m1", "type": "Structured", "direction": "Outbound", "content": [CARD]}]}
    entity = parse_history_page(page).entities[0]
    return events.MessageAdded(AT, message_of(entity.body, "m1", AT, raw=entity.raw), earlier=True)


@pytest.mark.parametrize(
    ("event", "note"),
    [
        (events.SessionRenewed(AT, False, "The earlier chat is gone."), "The earlier chat is gone."),
        (events.HistoryChanged(AT, LOADED, 1, missed=True), "1 message came during the break."),
        (events.HistoryChanged(AT, LOADED, 2, missed=True), "2 messages came during the break."),
        (events.HistoryChanged(AT, LOADED, 7), "7 messages from earlier."),
        (
            events.HistoryChanged(AT, FAILED, missed=True, error=HistoryError()),
            "What was said during the break could not be looked up.",
        ),
        (events.HistoryChanged(AT, LOADING, missed=True), ""),
        (events.HistoryChanged(AT, LOADED, missed=True), ""),
        (events.HistoryChanged(AT, LOADED, complete=True), ""),
    ],
)
def test_a_person_reads_what_a_break_meant(
    event: Event, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    TranscriptPrinter().event(event)
    written = capsys.readouterr().out
    assert written.removesuffix("\n").endswith(f"- {note}") if note else not written


def test_a_program_reads_that_the_chat_is_a_new_one(capsys: pytest.CaptureFixture[str]) -> None:
    JsonPrinter().event(events.SessionRenewed(AT, False, "The earlier chat is gone."))
    line = json.loads(capsys.readouterr().out)
    assert (line["event"], line["asked_for"], line["reason"]) == (
        "renewed",
        False,
        "The earlier chat is gone.",
    )


def test_a_message_from_the_history_is_printed_with_all_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    JsonPrinter().event(from_the_history())
    assert json.loads(capsys.readouterr().out)["content"] == [CARD]
    TranscriptPrinter().event(from_the_history())
    assert "Shoes" in capsys.readouterr().out


def test_an_earlier_message_stands_with_its_own_time_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    event = from_the_history()
    assert isinstance(event, events.MessageAdded)
    written = datetime(2026, 6, 30, 8, 15, 42, tzinfo=UTC)
    message = replace(event.message, time=written)
    TranscriptPrinter().event(events.MessageAdded(AT, message, earlier=True))
    assert capsys.readouterr().out.startswith(local_time(written))


@pytest.mark.parametrize(
    ("event", "name", "members"),
    [
        (events.ExpiryNear(AT, AT, 299.5), "expiry", {"seconds": 299.5, "near": True}),
        (
            events.ExpiryChanged(AT, AT, 3600.0),
            "expiry",
            {"expires": "2026-07-01T09:30:00.000Z", "near": False},
        ),
        (events.HistoryChanged(AT, LOADED, 3, complete=True), "history", {"status": "loaded", "added": 3}),
        (events.SignInNeeded(AT, SignInRequiredError()), "sign-in-needed", {"waiting": False}),
        (
            events.BudgetChanged(AT, Budget((Use(BudgetKind.MESSAGES, 2, 3),), 4, AT)),
            "budget",
            {"messages": {"used": 2, "allowed": 3}, "queued": 4, "next": "2026-07-01T09:30:00.000Z"},
        ),
    ],
)
def test_a_program_reads_what_limits_a_chat(
    event: Event, name: str, members: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    JsonPrinter().event(event)
    line = json.loads(capsys.readouterr().out)
    assert line["event"] == name
    assert {key: line[key] for key in members} == members


@pytest.mark.parametrize(
    ("state", "note"),
    [
        (UploadState.REQUESTED, "Sending a.txt (3 bytes)."),
        (UploadState.UPLOADING, ""),
        (UploadState.UPLOADED, "a.txt is uploaded."),
        (UploadState.FAILED, "a.txt could not be sent."),
    ],
)
def test_a_person_reads_how_a_file_went(
    state: UploadState, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    upload = Upload("id", OutgoingFile("a.txt", "text/plain", 3, b"abc"), state)
    TranscriptPrinter().event(events.UploadChanged(AT, upload))
    written = capsys.readouterr().out
    assert written.removesuffix("\n").endswith(f"- {note}") if note else not written
