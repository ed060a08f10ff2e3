"""The one table that turns states into words, and says what a person can do in each.

What is enabled in the window follows from the session's state alone, through `state_look`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from gcdesk.guest.states import State
from gcdesk.ui.said import marked
from gcdesk.ui.step import StepStatus

Pill = Literal["pill-good", "pill-warn", "pill-bad", "pill-quiet"]


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for translation and return it as it is; Qt's own has no useful type.

    The translators' tool looks for this name.
    """
    return text


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state shows, and what it allows.

    Args:
        words: The state in words, for the header and for screen readers.
        pill: The role of the label that holds the words.
        can_write: Whether the composer and the reply buttons take input.
        can_end: Whether "End chat" does something.
        under_way: Whether a start is under way, so that Start reads "Starting…" or "Cancel".
        why_not: Why nothing can be written, shown in the composer's place; empty where it can.
    """

    words: str
    pill: Pill
    can_write: bool
    can_end: bool
    under_way: bool
    why_not: str = ""


_LOOKS: dict[State, StateLook] = {
    State.IDLE: StateLook(
        QT_TRANSLATE_NOOP("States", "No chat"),
        "pill-quiet",
        can_write=False,
        can_end=False,
        under_way=False,
        why_not=QT_TRANSLATE_NOOP("States", "Start a chat to write as the customer"),
    ),
    State.CONNECTING: StateLook(
        QT_TRANSLATE_NOOP("States", "Connecting"),
        "pill-quiet",
        can_write=False,
        can_end=True,
        under_way=True,
        why_not=QT_TRANSLATE_NOOP("States", "You can write once the chat is ready"),
    ),
    State.CONNECTED: StateLook(
        QT_TRANSLATE_NOOP("States", "Configuring"),
        "pill-quiet",
        can_write=False,
        can_end=True,
        under_way=True,
        why_not=QT_TRANSLATE_NOOP("States", "You can write once the chat is ready"),
    ),
    State.CONFIGURED: StateLook(
        QT_TRANSLATE_NOOP("States", "Chat active"),
        "pill-good",
        can_write=True,
        can_end=True,
        under_way=False,
    ),
    State.READ_ONLY: StateLook(
        QT_TRANSLATE_NOOP("States", "Read-only"),
        "pill-warn",
        can_write=False,
        can_end=True,
        under_way=False,
        why_not=QT_TRANSLATE_NOOP("States", "This conversation has ended. Start a new chat to write again"),
    ),
    State.RECONNECTING: StateLook(
        QT_TRANSLATE_NOOP("States", "Reconnecting"),
        "pill-warn",
        # What is written now waits and goes out once the connection is back.
        can_write=True,
        can_end=True,
        under_way=False,
    ),
    State.CLOSING: StateLook(
        QT_TRANSLATE_NOOP("States", "Ending"),
        "pill-quiet",
        can_write=False,
        can_end=False,
        under_way=False,
        why_not=QT_TRANSLATE_NOOP("States", "The chat is ending"),
    ),
    State.CLOSED: StateLook(
        QT_TRANSLATE_NOOP("States", "Chat ended"),
        "pill-quiet",
        can_write=False,
        can_end=False,
        under_way=False,
        why_not=QT_TRANSLATE_NOOP("States", "The chat has ended. Start a new chat to write again"),
    ),
    State.ERROR: StateLook(
        QT_TRANSLATE_NOOP("States", "Chat failed"),
        "pill-bad",
        can_write=False,
        can_end=False,
        under_way=False,
        why_not=QT_TRANSLATE_NOOP("States", "The chat has failed. The checklist says why"),
    ),
}


def state_look(state: State) -> StateLook:
    """How a state shows and what it allows, its words in the person's language."""
    look = _LOOKS[state]
    return StateLook(
        marked("States", look.words),
        look.pill,
        look.can_write,
        look.can_end,
        look.under_way,
        marked("States", look.why_not) if look.why_not else "",
    )


_STATUSES: dict[StepStatus, str] = {
    StepStatus.WAITING: QT_TRANSLATE_NOOP("Steps", "waiting"),
    StepStatus.RUNNING: QT_TRANSLATE_NOOP("Steps", "running"),
    StepStatus.DONE: QT_TRANSLATE_NOOP("Steps", "done"),
    StepStatus.WARNED: QT_TRANSLATE_NOOP("Steps", "done with a warning"),
    StepStatus.FAILED: QT_TRANSLATE_NOOP("Steps", "failed"),
}

_ACTIONS: dict[str, str] = {
    "retry": QT_TRANSLATE_NOOP("Steps", "Start again"),
    "environment": QT_TRANSLATE_NOOP("Steps", "Edit environment"),
    "attributes": QT_TRANSLATE_NOOP("Steps", "Edit attributes"),
    "copy": QT_TRANSLATE_NOOP("Steps", "Copy details"),
    "check": QT_TRANSLATE_NOOP("Steps", "Check again"),
    "conversation": QT_TRANSLATE_NOOP("Steps", "Copy conversation ID"),
    "admin": QT_TRANSLATE_NOOP("Steps", "Open in admin"),
    "credentials": QT_TRANSLATE_NOOP("Steps", "Add credentials"),
    "doctor": QT_TRANSLATE_NOOP("Steps", "Check this environment"),
}


def status_words(status: StepStatus) -> str:
    """A step's status in words, for those who do not see its sign."""
    return marked("Steps", _STATUSES[status])


def action_words(action: str) -> str:
    """What the button of a step's action says."""
    return marked("Steps", _ACTIONS[action])


def grouped(number: int) -> str:
    """A number with its thousands apart, such as "2 048"."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def attribute_summary(keys: int, size: int, limit: int) -> str:
    """How much the attributes take, such as "5 keys · 213 B of 2 048"."""
    template = QCoreApplication.translate("LaunchBar", "{keys} keys · {size} B of {limit}", "", keys)
    return template.format(keys=keys, size=grouped(size), limit=grouped(limit))


def countdown(seconds: float) -> str:
    """What Start says while it must wait, such as "Start in 12 s"; never less than is left."""
    left = max(1, math.ceil(seconds))
    if left < 100:
        return QCoreApplication.translate("LaunchBar", "Start in {seconds} s").format(seconds=left)
    minutes, seconds_left = divmod(left, 60)
    return QCoreApplication.translate("LaunchBar", "Start in {minutes}:{seconds:02}").format(
        minutes=minutes, seconds=seconds_left
    )


def time_left(seconds: int) -> str:
    """A time that runs down, such as "4:32" or "1:04:32"."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def sentence(*parts: str) -> str:
    """Sentences in one line, empty ones left out."""
    return " ".join(part for part in parts if part)


def listed(parts: Sequence[str]) -> str:
    """Things in one line with commas, empty ones left out."""
    return ", ".join(part for part in parts if part)
