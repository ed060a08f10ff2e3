"""What a chat prints of events that take a broken connection or an earlier chat to come about."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gcdesk.cli.chat_output import JsonPrinter
from gcdesk.cli.chat_transcript import TranscriptPrinter
from gcdesk.errors import HistoryError
from gcdesk.guest import events
from gcdesk.guest.events import Event, HistoryStatus
from gcdesk.guest.history_page import parse_history_page
from gcdesk.guest.inbox import message_of

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
