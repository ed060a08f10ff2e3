"""What `gcdesk chat --json` tells besides states, frames, messages, attributes and errors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gcdesk.guest import events
from gcdesk.guest.events import Event

if TYPE_CHECKING:
    from gcdesk.chat.verification import Proof
    from gcdesk.guest.budget import Budget
    from gcdesk.guest.upload import Upload

Told = tuple[str, dict[str, object]]


def more_of(event: Event) -> Told | None:
    """The name and the members of the line for an event; None if there is none."""
    match event:
        case events.UploadChanged():
            return "upload", _upload(event.upload)
        case events.HistoryChanged():
            members = {"status": event.status.value, "added": event.added, "complete": event.complete}
            return "history", {**members, "missed": event.missed}
        case events.ExpiryChanged() | events.ExpiryNear():
            near = isinstance(event, events.ExpiryNear)
            return "expiry", {
                "expires": json_time(event.expires),
                "seconds": round(event.seconds, 3),
                "near": near,
            }
        case events.BudgetChanged():
            return "budget", _budget(event.budget)
        case events.SignInNeeded():
            return "sign-in-needed", {"waiting": event.waiting, "message": event.error.title}
    return None


def verification_of(proof: Proof) -> dict[str, object]:
    """The members of the line for what the Platform API shows; what is not proved is never shown as arrived."""
    unproven = proof.error is not None
    findings = [
        {
            "key": finding.key,
            "status": "unproven" if unproven else finding.arrival.value,
            **({"found": {finding.found_key: finding.found}} if finding.found_key else {}),
        }
        for finding in proof.verdict.findings
    ]
    conversation_id = proof.conversation.id if proof.conversation is not None else ""
    reason = str(proof.error) if proof.error is not None else ""
    return {
        "findings": findings,
        "flows": [
            {"flow": end.flow, "exitReason": end.reason, "outcomes": dict(end.outcomes)}
            for end in proof.flow_ends
        ],
        "conversationId": conversation_id,
        "seconds": round(proof.seconds, 3),
        "reason": reason,
    }


def json_time(at: datetime) -> str:
    """A moment in UTC as reports show it: ISO 8601 with milliseconds and a Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _upload(upload: Upload) -> dict[str, object]:
    file, error = upload.file, upload.error
    return {
        "id": upload.id,
        "name": file.name,
        "status": upload.state.value,
        "sent": upload.sent,
        "bytes": file.size,
        "error": error.name if error is not None else "",
    }


def _budget(budget: Budget) -> dict[str, object]:
    used = {use.kind.value: {"used": use.used, "allowed": use.allowed} for use in budget.uses}
    times = {"next": budget.next_at, "held_until": budget.held_until}
    return {
        **used,
        "queued": budget.waiting,
        **{name: json_time(at) if at is not None else None for name, at in times.items()},
    }
