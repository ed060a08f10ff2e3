"""A message as a person reads it, whoever sent it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from gcdesk.guest.content import Content


class Direction(Enum):
    """Genesys Cloud's view: inbound is from the customer, outbound is to the customer."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class SenderKind(Enum):
    """Who wrote a message (guest API, section 3.1: originatingEntity)."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    UNKNOWN = "unknown"


class Delivery(Enum):
    """How far an own message has come; what others wrote has simply arrived."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote a message: kind, the name to show (may be empty) and the address of a picture (may be empty)."""

    kind: SenderKind
    name: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the transcript; `key` stays the same from the first showing to the last change.

    `id` is the service's (body.id), empty until the echo came. `at` is when it was sent or received here, `time` is
    the service's channel time, None where it gave none. `raw` is the frame's text, for the inspector.
    """

    key: str
    id: str
    direction: Direction
    sender: Sender
    text: str
    content: tuple[Content, ...]
    delivery: Delivery
    at: datetime
    time: datetime | None = None
    tracing_id: str = ""
    raw: str = field(default="", repr=False)
    failure: str = ""
