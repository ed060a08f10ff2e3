"""One line of the checklist, as a value.

Apart from `steps`, which knows the chat's events: the first window shows five waiting steps and must not load the
guest protocol for that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

DEPLOYMENT, CONNECTION, SESSION, SENT, ARRIVED = "deployment", "connection", "session", "sent", "arrived"
STEP_IDS = (DEPLOYMENT, CONNECTION, SESSION, SENT, ARRIVED)

RETRY, EDIT_ENVIRONMENT, EDIT_ATTRIBUTES, COPY_DETAILS = "retry", "environment", "attributes", "copy"
CHECK_AGAIN, COPY_CONVERSATION, OPEN_ADMIN = "check", "conversation", "admin"
ADD_CREDENTIALS, DOCTOR = "credentials", "doctor"

Translate = Callable[[str, str], str]


class StepStatus(Enum):
    """How far a step has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    WARNED = "warned"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist.

    Args:
        id: Which step it is, one of STEP_IDS.
        status: How far it has come.
        title: What happened, in a few words or one sentence.
        detail: What is known about it: hosts, key names, bytes.
        measured: How long it took, or when it was.
        hint: What to do; empty where there is nothing to do.
        actions: Names of the buttons to offer, the best one first.
        details: The text that "Copy details" copies.
    """

    id: str
    status: StepStatus
    title: str
    detail: str = ""
    measured: str = ""
    hint: str = ""
    actions: tuple[str, ...] = ()
    details: str = field(default="", repr=False)


def waiting_step(step: str, translate: Translate, detail: str = "") -> Step:
    """A step that has not happened, with a plain name for a title."""
    titles = {
        DEPLOYMENT: translate("Steps", "Deployment"),
        CONNECTION: translate("Steps", "Connection"),
        SESSION: translate("Steps", "Session"),
        SENT: translate("Steps", "Attributes"),
        ARRIVED: translate("Steps", "Arrival in Genesys Cloud"),
    }
    return Step(step, StepStatus.WAITING, titles[step], detail)


def waiting_steps(translate: Translate) -> tuple[Step, ...]:
    """The checklist before anything has happened."""
    return tuple(waiting_step(step, translate) for step in STEP_IDS)
