"""What the core says happened. Every front end consumes this one stream and nothing else.

All are frozen values. `at` is the moment in UTC. Nothing here is reported before it happened: attributes are `echoed`
only after the echo of the frame that carried them, a message is `sent` only after its own echo.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

import msgspec

from gcdesk.errors import GcdeskError
from gcdesk.guest.budget import Budget
from gcdesk.guest.deployment import DeploymentConfig
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.message import Direction, Message, Sender
from gcdesk.guest.received import ReceivedFrame
from gcdesk.guest.states import State
from gcdesk.guest.upload import Upload


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


class HistoryStatus(Enum):
    """How far the reading of earlier messages has come."""

    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"


class Event(msgspec.Struct, frozen=True):
    """Base of all events; a struct, because two dozen dataclasses take noticeably longer to load."""

    at: datetime


class StateChanged(Event, frozen=True):
    """The session moved from `before` to `state`; `reason` is a short sentence or empty."""

    state: State
    before: State
    reason: str = ""


class DeploymentRead(Event, frozen=True):
    """The deployment's configuration was read; `seconds` is how long it took."""

    deployment: DeploymentConfig
    seconds: float


class DeploymentUnread(Event, frozen=True):
    """The deployment's configuration could not be read; the chat goes on."""

    error: GcdeskError
    seconds: float


class ConnectionOpened(Event, frozen=True):
    """The WebSocket is open: `host` as shown to people, `tls` such as "TLS 1.3" or empty, `seconds` to open."""

    host: str
    tls: str
    seconds: float
    proxy: str = ""


class SessionConfigured(Event, frozen=True):
    """The service accepted configureSession; `expires` is None where it gave no date; `seconds` is the wait."""

    new_session: bool
    read_only: bool
    max_custom_data_bytes: int | None
    expires: datetime | None
    seconds: float


class FrameSent(Event, frozen=True):
    """A frame went out; `size` is its length in UTF-8 bytes."""

    frame: SentFrame
    size: int


class FrameReceived(Event, frozen=True):
    """A frame came in, whatever it holds; `size` is its length in bytes."""

    frame: ReceivedFrame
    size: int


class AttributesChanged(Event, frozen=True):
    """The custom attributes moved on; `size` is the byte count, `carrier` the frame that carries them, if any yet.

    `joining` tells a pending set's fate: True goes with the Join, False waits for the first message, None is not
    known yet.
    """

    status: AttributeStatus
    attributes: Mapping[str, str]
    size: int
    carrier: Carrier | None = None
    joining: bool | None = None


class MessageAdded(Event, frozen=True):
    """A message appears in the transcript for the first time.

    `before` is the key of the message that it precedes by channel time; empty at the end, where most go. `earlier`
    tells that it comes from the history.
    """

    message: Message
    before: str = ""
    earlier: bool = False


class MessageMoved(Event, frozen=True):
    """A message already in the transcript belongs elsewhere, now that its channel time is known.

    `before` is the key of the message that it precedes; empty for the end.
    """

    key: str
    before: str


class MessageChanged(Event, frozen=True):
    """A message already in the transcript changed, found by its key."""

    message: Message


class TypingChanged(Event, frozen=True):
    """The other side types (`on`) for `seconds`, or stopped."""

    on: bool
    seconds: float
    sender: Sender


class PresenceSeen(Event, frozen=True):
    """A presence event: `kind` is the service's word (Join, Disconnect, Clear, SignIn, ...)."""

    kind: str
    direction: Direction
    sender: Sender
    read_only: bool = False


class HeldBack(Event, frozen=True):
    """Sending waits `seconds` because the service (or a limit) asks for it."""

    seconds: float
    error: GcdeskError | None = None


class RoundTrip(Event, frozen=True):
    """An echo came back after `seconds`."""

    seconds: float


class ReconnectPlanned(Event, frozen=True):
    """The connection broke and will be tried again in `seconds`; `attempt` counts from 1."""

    attempt: int
    seconds: float
    error: GcdeskError


class ErrorRaised(Event, frozen=True):
    """Something was refused or broke. `fatal` errors end the session. `tracing_id` names the frame, if known."""

    error: GcdeskError
    fatal: bool
    tracing_id: str = ""


class Oddity(Event, frozen=True):
    """The service sent something unexpected; it was kept and is shown raw."""

    frame: ReceivedFrame
    problems: tuple[str, ...]


class Ended(Event, frozen=True):
    """The last event of every session. `error` is None after a wished-for end."""

    reason: str
    error: GcdeskError | None = None


class MessageWithdrawn(Event, frozen=True):
    """A waiting message was taken back before it went out."""

    message: Message


class HistoryChanged(Event, frozen=True):
    """The reading of earlier messages began, ended or failed.

    `added` counts messages that were not known before, `complete` tells that there are no earlier ones, `missed` that
    it was read because of a break.
    """

    status: HistoryStatus
    added: int = 0
    complete: bool = False
    missed: bool = False
    error: GcdeskError | None = None


class SessionRenewed(Event, frozen=True):
    """The same chat goes on with a new conversation: asked for, or because the service had forgotten the old one."""

    asked_for: bool
    reason: str


class ExpiryChanged(Event, frozen=True):
    """The session is good until `expires` unless it is used; `seconds` is how long from now."""

    expires: datetime
    seconds: float


class ExpiryNear(Event, frozen=True):
    """Without a message the session expires in `seconds`."""

    expires: datetime
    seconds: float


class BudgetChanged(Event, frozen=True):
    """What is used of the limits, or what waits, changed; told at most once a second, a wait's ends at once."""

    budget: Budget


class UploadChanged(Event, frozen=True):
    """A file of the customer's moved on."""

    upload: Upload


class LinkRefreshed(Event, frozen=True):
    """There is a fresh link to a received file; `error` tells why there is none."""

    attachment_id: str
    url: str = ""
    error: GcdeskError | None = None

    def __repr__(self) -> str:
        return f"LinkRefreshed(attachment_id={self.attachment_id!r}, error={self.error!r})"


class SignInNeeded(Event, frozen=True):
    """The service wants the customer to sign in (again).

    The chat waits without a connection where `waiting` is true; otherwise it goes on with `error` as a warning, or
    ends with it.
    """

    error: GcdeskError
    waiting: bool = False


class SignedIn(Event, frozen=True):
    """The service takes the customer as signed in; `name` may be empty. `stepped_up` if the chat began as a guest."""

    name: str = ""
    stepped_up: bool = False


class ClockOff(Event, frozen=True):
    """This computer's clock is `seconds` ahead of the service's, or behind it where negative."""

    seconds: float


class WokeUp(Event, frozen=True):
    """This computer slept, or its network changed: the connection is being checked. `reason` is a short sentence."""

    reason: str
