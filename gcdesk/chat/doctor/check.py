"""What one step of the walk found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gcdesk.errors import GcdeskError


class CheckStatus(Enum):
    """How a step went; the value is the word that reports use."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the diagnosis.

    `name` is a short word for reports ("dns"), `title` one sentence that says what was found, `measured` what was
    measured ("12 ms, 2 addresses"), `hint` what to do unless all is well.
    """

    name: str
    status: CheckStatus
    title: str
    measured: str = ""
    hint: str = ""
    detail: str = ""


def ok(name: str, title: str, measured: str = "") -> Check:
    """All is well."""
    return Check(name, CheckStatus.OK, title, measured)


def warning(name: str, title: str, hint: str, measured: str = "") -> Check:
    """It may go wrong."""
    return Check(name, CheckStatus.WARNING, title, measured, hint)


def failed(name: str, error: GcdeskError, measured: str = "") -> Check:
    """It goes wrong, and the error says why."""
    return Check(name, CheckStatus.FAILED, error.title, measured, error.hint, error.detail)


def skipped(name: str, title: str, hint: str = "") -> Check:
    """It could not be tried, or there is no need to."""
    return Check(name, CheckStatus.SKIPPED, title, hint=hint)


def milliseconds(seconds: float) -> str:
    """A duration as people read it."""
    return f"{seconds * 1000:.0f} ms"
