"""What Start may do right now, as a value without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class LaunchKind(Enum):
    """The five things Start can be."""

    READY = "ready"
    STARTING = "starting"
    ACTIVE = "active"
    WAITING = "waiting"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class LaunchState:
    """The state of the launch bar; made by the methods below.

    Args:
        kind: Which of the five it is.
        seconds: For WAITING, how long no start is allowed.
        reason: For UNAVAILABLE, why not, as a short sentence.
    """

    kind: LaunchKind
    seconds: float = 0.0
    reason: str = ""

    @classmethod
    def ready(cls) -> LaunchState:
        """A chat can be started."""
        return cls(LaunchKind.READY)

    @classmethod
    def starting(cls) -> LaunchState:
        """A start is under way; nothing starts beside it."""
        return cls(LaunchKind.STARTING)

    @classmethod
    def active(cls) -> LaunchState:
        """The chat that was started is active; another CRM ID or environment can be started."""
        return cls(LaunchKind.ACTIVE)

    @classmethod
    def waiting(cls, seconds: float) -> LaunchState:
        """The service asked to wait that long before the next start."""
        return cls(LaunchKind.WAITING, seconds=seconds)

    @classmethod
    def unavailable(cls, reason: str) -> LaunchState:
        """Nothing can be started, for a reason that is shown."""
        return cls(LaunchKind.UNAVAILABLE, reason=reason)
