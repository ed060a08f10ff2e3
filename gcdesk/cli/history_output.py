"""Chats of earlier as `gcdesk history` prints them; times are those of this computer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from gcdesk.cli.plain import indented, one_line
from gcdesk.desk.evidence import iso_time
from gcdesk.desk.evidence_content import content_line
from gcdesk.desk.history_record import ChatSummary

_MARGIN = 10
_LABEL = 17
_LONGEST_LINE = 60
_HEADS = ("CHAT", "STARTED", "ENVIRONMENT", "CRM ID", "STATE", "MESSAGES")


def print_summaries(summaries: Sequence[ChatSummary], *, searched: bool) -> None:
    """Write a table of chats; `searched` tells whether there may be others."""
    if not summaries:
        click.echo("No chat was found." if searched else "No chat has been kept yet.")
        return
    found = any(summary.found for summary in summaries)
    rows: list[tuple[str, ...]] = [(*_HEADS, "FOUND" if found else "LAST MESSAGE")]
    rows += [_row(summary, summary.found if found else summary.last_line) for summary in summaries]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def summary_value(summary: ChatSummary) -> dict[str, Any]:
    """A chat's line as JSON values."""
    return {
        "id": summary.id,
        "environment": summary.environment,
        "place": summary.place,
        "simulated": summary.simulated,
        "crm_id": summary.crm_id,
        "started": iso_time(summary.started),
        "latest": iso_time(summary.latest),
        "ended": None if summary.ended is None else iso_time(summary.ended),
        "state": summary.state,
        "reason": summary.reason,
        "error": summary.error,
        "messages": summary.messages,
        "frames": summary.frames,
        "missing_events": summary.missing,
        "last_line": summary.last_line,
        "found": summary.found,
    }


def print_chat(document: dict[str, Any]) -> None:
    """Write a chat from its evidence: what it was, what was proven, and what was said."""
    for label, value in _facts(document):
        if value:
            click.echo(f"{label:<{_LABEL}}{one_line(value)}")
    label = "Attributes:"
    for key, value in document["attributes"]["customAttributes"].items():
        click.echo(f"{label:<{_LABEL}}{one_line(f'{key}={value}')}")
        label = ""
    click.echo()
    for step in document["steps"]:
        took = f" ({_seconds(step['seconds'])})" if step["seconds"] is not None else ""
        said = f" {step['detail']}" if step["detail"] else ""
        click.echo(f"{step['name'] + ':':<{_LABEL}}{step['outcome']}.{one_line(said)}{took}")
    for problem in document["problems"]:
        sentences = f"{_clock(problem['at'])} {problem['title']} {problem['hint']}"
        click.echo(f"{'Problem:':<{_LABEL}}{one_line(sentences)}")
    click.echo()
    for line in document["transcript"]:
        if line["line"] == "note":
            click.echo(f"{_clock(line['at'])}  - {one_line(line['text'])}")
        else:
            _print_message(line)


def print_frames(document: dict[str, Any]) -> None:
    """Write every frame of a chat, as it crossed the wire."""
    for frame in document["frames"]:
        arrow = ">" if frame["direction"] == "sent" else "<"
        value = frame["frame"]
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
        at = datetime.fromisoformat(frame["at"]).astimezone()
        click.echo(
            f"\n{at:%H:%M:%S}.{at.microsecond // 1000:03} {arrow} {one_line(frame['kind'])}, {frame['bytes']} bytes"
        )
        click.echo(indented(text, 0))


def _row(summary: ChatSummary, line: str) -> tuple[str, ...]:
    cells = (
        str(summary.id),
        f"{summary.started.astimezone():%Y-%m-%d %H:%M}",
        summary.environment or summary.place,
        summary.crm_id,
        _state(summary),
        str(summary.messages),
        line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…",
    )
    return tuple(one_line(cell) for cell in cells)


def _state(summary: ChatSummary) -> str:
    if summary.error:
        return summary.error
    return "ended" if summary.ended else f"{summary.state}, no end"


def _facts(document: dict[str, Any]) -> list[tuple[str, str]]:
    chat, environment, timings = document["chat"], document["environment"], document["timings"]
    place = environment["place"] + (" (simulator)" if environment["simulated"] else "")
    end = f"{_date(chat['ended'])} {chat['reason']}" if chat["ended"] else "no end was recorded"
    replies = ""
    if timings["reply_median"] is not None:
        replies = f"median {_seconds(timings['reply_median'])}, slowest {_seconds(timings['reply_slowest'])}"
    missing = chat["missing_events"]
    return [
        ("Chat:", str(chat["id"])),
        ("CRM ID:", document["customer"]["crm_id"]),
        ("Environment:", f"{environment['name']} {place}".strip()),
        ("Started:", _date(chat["started"])),
        ("Ended:", end),
        ("Error:", chat["error"]),
        ("Messages:", f"{chat['messages']}, in {chat['frames']} frames"),
        ("Replies:", replies),
        ("Missing:", f"{missing} events could not be kept" if missing else ""),
    ]


def _print_message(line: dict[str, Any]) -> None:
    reply = f" (after {_seconds(line['reply_seconds'])})" if line["reply_seconds"] is not None else ""
    text = indented(line["text"], _MARGIN)
    lines = [f"{_clock(line['at'])}  {one_line(line['from'])}{reply}: {text}".rstrip()]
    lines += [" " * _MARGIN + one_line(content_line(item)) for item in line["content"]]
    if line["delivery"] == "failed":
        lines.append(" " * _MARGIN + one_line(f"Not sent. {line['failure']}".rstrip()))
    click.echo("\n".join(lines))


def _date(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"


def _clock(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%H:%M:%S}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
