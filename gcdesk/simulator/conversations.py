"""Conversations: what the platform side knows of one chat, whoever asks."""

import uuid
from dataclasses import dataclass, field
from typing import Any, Literal

from .answers import Frame

Ending = Literal["", "cleared", "new chat", "disconnected", "expired", "signed in elsewhere", "forgotten"]
"""Why a conversation is over; empty while it goes on."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message or presence event as it stands in the conversation.

    message_id: the service's own (`body.id`). tracing_id: of the request, None on what the service said itself.
    direction: Inbound from the customer, Outbound to them. kind: Text, Structured or Event. time: epoch seconds.
    body: the whole StructuredMessage body as it went out.
    """

    message_id: str
    tracing_id: str | None
    direction: str
    kind: str
    text: str | None
    time: float
    body: Frame = field(repr=False)


@dataclass
class Conversation:
    """One chat. `entries` has every message and presence event, oldest first; typing leaves no trace.

    `participant_data` belongs to the customer, as the custom attributes of the messages made it.
    """

    conversation_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    started: float = 0.0
    participant_data: dict[str, str] = field(default_factory=dict)
    entries: list[Message] = field(default_factory=list)
    greeted: bool = False
    agent: bool = False
    ending: Ending = ""

    @property
    def messages(self) -> list[Message]:
        """Every message of both directions, oldest first, without events."""
        return [entry for entry in self.entries if entry.kind != "Event"]

    def add(self, body: Frame, time: float, tracing_id: str | None = None) -> Message:
        """Note the body of a message or presence event, sent or received at `time`."""
        entry = Message(
            message_id=_text(body, "id"),
            tracing_id=tracing_id,
            direction=_text(body, "direction"),
            kind=_text(body, "type"),
            text=body.get("text"),
            time=time,
            body=body,
        )
        self.entries.append(entry)
        return entry


def _text(body: dict[str, Any], key: str) -> str:
    return str(body[key])
