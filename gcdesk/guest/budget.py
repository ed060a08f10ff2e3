"""The state of the budget as people are shown it: what is used, what waits, and until when."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import msgspec

from gcdesk.guest.message import Message


class BudgetKind(Enum):
    """What the service limits (guest API, section 8); the value is the word that reports use.

    Messages are those that may follow one another at once, the others what may happen within a minute. Requests and
    health checks count for the connection, configures and history for the session, dials for the deployment.
    Connections are those of this session that are open on this computer now.
    """

    MESSAGES = "messages"
    REQUESTS = "requests"
    ECHOES = "echoes"
    CONFIGURES = "configures"
    HISTORY = "history"
    CONNECTIONS = "connections"
    DIALS = "dials"


class Use(msgspec.Struct, frozen=True):
    """How much of one limit is used. `free_at` is when all of it is free again if no more is used; None if it is."""

    kind: BudgetKind
    used: int
    allowed: int
    free_at: datetime | None = None


class Budget(msgspec.Struct, frozen=True):
    """All limits of a session at one moment.

    `waiting` counts own messages that have not gone out, `next_at` is when the first of them may, None if that is not
    known. `held_until` is set where the service asked to wait, `dial_at` where a connection waits for its turn.
    """

    uses: tuple[Use, ...]
    waiting: int = 0
    next_at: datetime | None = None
    held_until: datetime | None = None
    dial_at: datetime | None = None

    def of(self, kind: BudgetKind) -> Use:
        """The use of one limit."""
        return next(use for use in self.uses if use.kind is kind)


class WaitingMessage(msgspec.Struct, frozen=True):
    """An own message that waits, and when it may go out at the earliest; None if that is not known yet."""

    message: Message
    at: datetime | None
