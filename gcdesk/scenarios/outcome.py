"""What became of a case: three verdicts that are never mixed up, and everything a report needs to tell why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from gcdesk.errors import GcdeskError
from gcdesk.guest.message import Message
from gcdesk.scenarios.model import Case, Step


class Verdict(Enum):
    """How a step, a case or a run went; the value is the word that reports use.

    Could not run is no failure of the flow that is tested: nothing can be said about it.
    """

    PASSED = "passed"
    FAILED = "failed"
    COULD_NOT_RUN = "could not run"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Miss:
    """The nearest miss: a reply that came closest, and in one sentence what it lacked."""

    message: Message = field(repr=False)
    lacks: str


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What became of one step.

    began, seconds: when and how long, from the case's start. said: what was sent, awaited: what was waited for, in
    words. received: the keys of replies that came meanwhile. reason: a sentence unless it passed.
    """

    step: Step
    verdict: Verdict
    began: float
    seconds: float
    said: str = ""
    awaited: str = ""
    received: tuple[str, ...] = ()
    reason: str = ""
    miss: Miss | None = None


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """What became of one case.

    attempts: how often it was tried. steps: set-up, steps and tear-down that were taken, in order. transcript: the
    messages in order. reply_seconds: the time from each own message's echo to the first reply. waited: seconds that
    pacing or the service held it back. error: what kept it from running, or ended it.
    """

    case: Case
    verdict: Verdict
    at: datetime
    seconds: float
    steps: tuple[StepOutcome, ...] = ()
    transcript: tuple[Message, ...] = field(default=(), repr=False)
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    captured: Mapping[str, str] = field(default_factory=dict, repr=False)
    reply_seconds: tuple[float, ...] = ()
    waited: float = 0.0
    attempts: int = 1
    ended: str = ""
    error: GcdeskError | None = None

    @property
    def decisive(self) -> StepOutcome | None:
        """The step that decided it, None if it passed or no step was taken."""
        return next((one for one in self.steps if one.verdict is self.verdict), None) if self._bad else None

    @property
    def _bad(self) -> bool:
        return self.verdict in (Verdict.FAILED, Verdict.COULD_NOT_RUN)


def verdict_of(outcomes: list[CaseOutcome]) -> Verdict:
    """The verdict of a run: passed only if something ran and all of it passed."""
    verdicts = {outcome.verdict for outcome in outcomes}
    if Verdict.FAILED in verdicts:
        return Verdict.FAILED
    if verdicts - {Verdict.PASSED, Verdict.SKIPPED} or Verdict.PASSED not in verdicts:
        return Verdict.COULD_NOT_RUN
    return Verdict.PASSED
