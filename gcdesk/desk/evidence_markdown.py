"""Evidence as Markdown, to paste into a ticket: every text of the service stays text there too."""

from __future__ import annotations

import re
from typing import Any

from gcdesk.desk.evidence_content import content_line, versions_line

# What means something to one dialect of Markdown or another: anywhere, and at the start of a line.
_MEANING = re.compile(r"[\\`*_\[\]|~$]")
_AT_START = re.compile(r"[#+=-]|\d+(?=[.)](?: |$))")


def markdown_of(document: dict[str, Any]) -> str:
    """The Markdown of an evidence document."""
    parts = [
        _heading(document),
        _figures(document),
        _steps(document),
        _attributes(document),
        _problems(document),
        _transcript(document),
        _footer(document),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(document: dict[str, Any]) -> str:
    environment, chat = document["environment"], document["chat"]
    name = environment["name"] or "no environment"
    simulated = ", on the simulator" if environment["simulated"] else ""
    crm_id = document["customer"]["crm_id"]
    shown = crm_id and document["personal_data"] == "included"
    title = f"Chat as {_text(crm_id)}" if shown else f"Chat {chat['id']}"
    return (
        f"### {title}\n\n"
        f"{_text(name)} ({_text(environment['place'])}{simulated}), "
        f"{chat['started'][:10]} {chat['started'][11:19]} UTC"
    )


def _figures(document: dict[str, Any]) -> str:
    chat, timings = document["chat"], document["timings"]
    state = f"failed: {chat['error']}" if chat["error"] else chat["state"]
    rows = [
        ("State", _text(f"{state}. {chat['reason']}" if chat["reason"] else state)),
        ("Messages", str(chat["messages"])),
        ("Frames", str(chat["frames"])),
        ("Median reply", _seconds(timings["reply_median"])),
        ("Slowest reply", _seconds(timings["reply_slowest"])),
    ]
    if chat["missing_events"]:
        rows.append(("Events that could not be kept", str(chat["missing_events"])))
    return _table("Chat", str(chat["id"]), rows)


def _steps(document: dict[str, Any]) -> str:
    rows = [
        (
            f"{step['name']}: {step['outcome']}",
            _text(step["detail"])
            + (f" ({_seconds(step['seconds'])})" if step["seconds"] is not None else ""),
        )
        for step in document["steps"]
    ]
    return _table("Step", "What was seen", rows)


def _attributes(document: dict[str, Any]) -> str:
    values = document["attributes"]["customAttributes"]
    return _table("Attribute", "Value", [(_text(key), _text(value)) for key, value in values.items()])


def _problems(document: dict[str, Any]) -> str:
    lines = [
        f"- {problem['at'][11:19]} **{_text(problem['title'])}** {_text(problem['hint'])}"
        + (f" (code {problem['code']})" if problem["code"] is not None else "")
        for problem in document["problems"]
    ]
    return "\n".join(["**Problems**", "", *lines]) if lines else ""


def _transcript(document: dict[str, Any]) -> str:
    lines = [_note(line) if line["line"] == "note" else _message(line) for line in document["transcript"]]
    return "\n>\n".join(["**Transcript** (UTC)\n", *lines]).replace("\n>\n", "\n", 1) if lines else ""


def _note(line: dict[str, Any]) -> str:
    return f"> {line['at'][11:19]} *{_text(line['text'])}*"


def _message(line: dict[str, Any]) -> str:
    reply = f" (after {_seconds(line['reply_seconds'])})" if line["reply_seconds"] is not None else ""
    said = [_text(part) for part in line["text"].splitlines() if part.strip()]
    said += [_text(content_line(item)) for item in line["content"]]
    if line["delivery"] == "failed":
        said.append(f"**not sent** {_text(line['failure'])}".rstrip())
    head = f"> {line['at'][11:19]} **{_text(line['from'])}**{reply}:"
    return "  \n> ".join([f"{head} {said[0]}" if said else head, *said[1:]])


def _footer(document: dict[str, Any]) -> str:
    personal = "masked" if document["personal_data"] == "masked" else "included"
    versions = _text(versions_line(document["versions"]))
    return f"Made by {document['made_by']}; the chat ran with {versions}. Personal data is {personal}."


def _table(left: str, right: str, rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    return "\n".join([f"| {left} | {right} |", "|---|---|", *(f"| {one} | {other} |" for one, other in rows)])


def _text(text: str) -> str:
    """A text on one line in which nothing has a meaning of its own."""
    safe = _MEANING.sub(r"\\\g<0>", " ".join(text.split()))
    if start := _AT_START.match(safe):
        # A digit cannot be escaped, but the sign that makes a list of it can.
        place = start.end() if safe[0].isdigit() else 0
        safe = f"{safe[:place]}\\{safe[place:]}"
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return "none"
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
