"""What the core says happened. Every front end consumes this one stream and nothing else.

All are frozen values. `at` is the moment in UTC. Nothing here is reported before it happened: attributes are `echoed`
only after the echo of the frame that carried them, a message is `sent` only after its own echo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gcdesk.errors import GcdeskError
from gcdesk.guest.deployment import DeploymentConfig
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.message import Direction, Message, Sender
from gcdesk.guest.received import ReceivedFrame
from gcdesk.guest.states import State


class AttributeStatus(Enum):
    """How far the custom attributes have come."""

    PENDING = "pending"
    SENT = "sent"
    ECHOED = "echoed"
    REFUSED = "refused"


class Carrier(Enum):
    """Which frame carries the attributes."""

    JOIN = "join"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""

    at: datetime


@dataclass(frozen=True, slots=True)
class StateChanged(Event):
    """The session moved from `before` to `state`; `reason` is a short sentence or empty."""

    state: State
    before: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeploymentRead(Event):
    """The deployment's configuration was read; `seconds` is how long it took."""

    deployment: DeploymentConfig
    seconds: float


@dataclass(frozen=True, slots=True)
class DeploymentUnread(Event):
    """The deployment's configuration could not be read; the chat goes on."""

    error: GcdeskError
    seconds: float


@dataclass(frozen=True, slots=True)
class ConnectionOpened(Event):
    """The WebSocket is open: `host` as shown to people, `tls` such as "TLS 1.3" or empty, `seconds` to open."""

    host: str
    tls: str
    seconds: float
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class SessionConfigured(Event):
    """The service accepted configureSession; `expires` is None where it gave no date; `seconds` is the wait."""

    new_session: bool
    read_only: bool
    max_custom_data_bytes: int | None
    expires: datetime | None
    seconds: float


@dataclass(frozen=True, slots=True)
class FrameSent(Event):
    """A frame went out; `size` is its length in UTF-8 bytes."""

    frame: SentFrame
    size: int


@dataclass(frozen=True, slots=True)
class FrameReceived(Event):
    """A frame came in, whatever it holds; `size` is its length in bytes."""

    frame: ReceivedFrame
    size: int


@dataclass(frozen=True, slots=True)
class AttributesChanged(Event):
    """The custom attributes moved on; `size` is the byte count, `carrier` the frame that carries them, if any yet.

    `joining` tells a pending set's fate: True goes with the Join, False waits for the first message, None is not
    known yet.
    """

    status: AttributeStatus
    attributes: Mapping[str, str]
    size: int
    carrier: Carrier | None = None
    joining: bool | None = None


@dataclass(frozen=True, slots=True)
class MessageAdded(Event):
    """A message appears in the transcript for the first time."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageChanged(Event):
    """A message already in the transcript changed, found by its key."""

    message: Message


@dataclass(frozen=True, slots=True)
class TypingChanged(Event):
    """The other side types (`on`) for `seconds`, or stopped."""

    on: bool
    seconds: float
    sender: Sender


@dataclass(frozen=True, slots=True)
class PresenceSeen(Event):
    """A presence event: `kind` is the service's word (Join, Disconnect, Clear, SignIn, ...)."""

    kind: str
    direction: Direction
    sender: Sender
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class HeldBack(Event):
    """Sending waits `seconds` because the service (or a limit) asks for it."""

    seconds: float
    error: GcdeskError | None = None


@dataclass(frozen=True, slots=True)
class RoundTrip(Event):
    """An echo came back after `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ReconnectPlanned(Event):
    """The connection broke and will be tried again in `seconds`; `attempt` counts from 1."""

    attempt: int
    seconds: float
    error: GcdeskError


@dataclass(frozen=True, slots=True)
class ErrorRaised(Event):
    """Something was refused or broke. `fatal` errors end the session. `tracing_id` names the frame, if known."""

    error: GcdeskError
    fatal: bool
    tracing_id: str = ""


@dataclass(frozen=True, slots=True)
class Oddity(Event):
    """The service sent something unexpected; it was kept and is shown raw."""

    frame: ReceivedFrame
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """The last event of every session. `error` is None after a wished-for end."""

    reason: str
    error: GcdeskError | None = None


@dataclass(frozen=True, slots=True)
class MessageWithdrawn(Event):
    """A waiting message was taken back before it went out."""

    message: Message
