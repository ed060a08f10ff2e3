"""The evidence pack of a chat: everything a ticket needs, without what must not leave this desk.

`evidence_of` makes the one document that all forms are written from, so that nothing can be masked in one and not
in another. Tokens, JWTs and IDs of the deployment are masked always; personal data unless a person asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gcdesk import __version__
from gcdesk.desk.evidence_content import content_values
from gcdesk.desk.evidence_masking import PersonalData
from gcdesk.desk.evidence_steps import Proceedings, problem_value, who_wrote
from gcdesk.desk.files import write_whole
from gcdesk.desk.history_record import FRAMES_AND_MESSAGES, ChatRecord
from gcdesk.desk.timings import Timings, timings_of
from gcdesk.errors import FileNotSavedError
from gcdesk.guest.masking import mask_frame
from gcdesk.phrase import Phrase

FORMAT = "gcdesk evidence"
FORMAT_VERSION = 1

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a chat, as JSON values: times are ISO 8601 in UTC, durations in seconds, sizes in bytes."""

    document: Document

    def json(self) -> str:
        """The document as JSON text."""
        return json.dumps(self.document, ensure_ascii=False, indent=2) + "\n"

    def html(self) -> str:
        """One page that needs nothing else, for any browser, in the light and in the dark."""
        # Only who makes a page pays for Jinja2.
        from gcdesk.desk.evidence_html import page_of

        return page_of(self.document)

    def markdown(self) -> str:
        """Text to paste into a ticket; the frames are only counted in it."""
        from gcdesk.desk.evidence_markdown import markdown_of

        return markdown_of(self.document)


def evidence_of(
    record: ChatRecord, *, include_personal: bool = False, made: datetime | None = None
) -> Evidence:
    """The evidence of a chat that was kept.

    Args:
        record: The chat.
        include_personal: Leave personal data as it is: attribute values, names, addresses, numbers.
        made: When it is made, in UTC; now if left out.
    """
    summary = record.summary
    personal = PersonalData(summary.attributes, summary.crm_key, include=include_personal)
    proceedings = Proceedings(record.numbered_events(FRAMES_AND_MESSAGES), personal.text)
    timings = timings_of(record)
    document: Document = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made": iso_time(made or datetime.now(UTC)),
        "made_by": f"gcdesk {__version__}",
        "personal_data": "included" if include_personal else "masked",
        "chat": _chat(record, personal),
        "environment": {
            "name": summary.environment,
            "place": summary.place,
            "colour": summary.colour,
            "simulated": summary.simulated,
        },
        "customer": {"key": summary.crm_key, "crm_id": personal.value(summary.crm_id)},
        "attributes": _attributes(record, proceedings, personal),
        "versions": dict(summary.versions),
        "steps": [step._asdict() for step in proceedings.steps],
        "problems": [
            {"at": iso_time(problem.at), **problem_value(problem, personal.text)}
            for problem in proceedings.problems
        ],
        "timings": _timings(timings),
        "transcript": sorted(
            [*_messages(record, timings, personal), *_notes(proceedings)], key=lambda line: line["order"]
        ),
        "frames": [
            {
                "at": iso_time(frame.at),
                "direction": "sent" if frame.sent else "received",
                "kind": personal.text(frame.kind),
                "bytes": frame.size,
                "frame": personal.frame(frame.text),
            }
            for frame in record.frames()
        ],
    }
    for line in document["transcript"]:
        del line["order"]
    # What was kept is masked already; a file that leaves this desk is looked through once more.
    masked = mask_frame(document)
    assert isinstance(masked, dict)  # noqa: S101 - a mapping stays one
    return Evidence(masked)


def save_evidence(text: str, path: Path) -> None:
    """Write a form of the evidence to a file: whole or not at all, for its owner only.

    Raises:
        FileNotSavedError: It cannot be written; nothing was left behind.
    """
    try:
        write_whole(path, text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileNotSavedError(f"The evidence could not be written to {path} ({reason}).") from error


def save_pack(evidence: Evidence, page: Path) -> tuple[Path, Path]:
    """Write the evidence as a page, and as JSON beside it under the same name; returns both paths.

    Raises:
        FileNotSavedError: One of them cannot be written, or the JSON would take the place of a file that has no page.
    """
    beside = page.with_suffix(".json")
    if beside == page:
        page = page.with_suffix(".html")
    if beside.exists() and not page.exists():
        raise FileNotSavedError(
            Phrase(
                "There is a file {name} in that folder already, and it was left as it is.", name=beside.name
            ),
            "Choose another name.",
        )
    save_evidence(evidence.html(), page)
    save_evidence(evidence.json(), beside)
    return page, beside


def iso_time(at: datetime) -> str:
    """A moment in UTC: ISO 8601 with milliseconds and a Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _chat(record: ChatRecord, personal: PersonalData) -> Document:
    summary = record.summary
    end = summary.ended or summary.latest
    return {
        "id": summary.id,
        "started": iso_time(summary.started),
        "ended": None if summary.ended is None else iso_time(summary.ended),
        "latest": iso_time(summary.latest),
        "seconds": max(0.0, (end - summary.started).total_seconds()),
        "state": summary.state,
        "reason": personal.text(summary.reason),
        "error": summary.error,
        "messages": len(record.messages),
        "frames": summary.frames,
        "missing_events": summary.missing,
    }


def _attributes(record: ChatRecord, proceedings: Proceedings, personal: PersonalData) -> Document:
    latest = proceedings.attributes
    return {
        "status": "pending" if latest is None else latest.status.value,
        "bytes": None if latest is None else latest.size,
        # Under the name that the guest API has for them, because masking leaves the keys in it alone.
        "customAttributes": {key: personal.value(value) for key, value in record.summary.attributes.items()},
    }


def _timings(timings: Timings) -> Document:
    return {
        "reply_median": timings.median,
        "reply_slowest": timings.slowest,
        "replies": [
            {"asked": iso_time(reply.asked), "answer": reply.answer, "seconds": reply.seconds}
            for reply in timings.replies
        ],
        "deployment": timings.deployment,
        "connection": timings.connection,
        "session": timings.session,
        "round_trip_median": timings.round_trip,
        "reconnects": timings.reconnects,
    }


def _messages(record: ChatRecord, timings: Timings, personal: PersonalData) -> Iterator[Document]:
    seconds = {reply.answer: reply.seconds for reply in timings.replies}
    reached = 0
    for place, shown in enumerate(record.messages):
        message = shown.message
        # The transcript's order counts; a note stands before the first message that came after it.
        reached = reached if shown.earlier else max(reached, shown.number)
        yield {
            "order": (reached, place),
            "line": "message",
            "at": iso_time(message.time if shown.earlier and message.time else message.at),
            "from": who_wrote(message.sender, message.direction, personal.text),
            "direction": message.direction.value,
            "text": personal.text(message.text),
            "content": content_values(message.content, personal),
            "delivery": message.delivery.value,
            "failure": personal.text(message.failure),
            "earlier": shown.earlier,
            "reply_seconds": seconds.get(message.key),
            "id": message.id,
            "tracing_id": message.tracing_id,
        }


def _notes(proceedings: Proceedings) -> Iterator[Document]:
    for note in proceedings.notes:
        yield {"order": (note.number, -1), "line": "note", "at": iso_time(note.at), "text": note.text}
