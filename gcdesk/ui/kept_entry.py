"""A kept chat's row of the chat list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcdesk.desk.history_search import fold
from gcdesk.guest.states import State
from gcdesk.ui.chat_entry import DotColour, Section, section_of
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import said
from gcdesk.ui.words import Pill, listed, state_look

if TYPE_CHECKING:
    from gcdesk.desk.history_record import ChatSummary

translate = QCoreApplication.translate

_LONGEST_TITLE = 80


def _today() -> date:
    return datetime.now().astimezone().date()


def kept_title(summary: ChatSummary) -> str:
    """Whose chat it was, as a line that fits a title."""
    return one_line(summary.crm_id)[:_LONGEST_TITLE] or translate("Kept", "No CRM ID")


def kept_state(summary: ChatSummary) -> tuple[str, Pill]:
    """How a kept chat stood last, in words, and the role of the label that says so."""
    if summary.ended is None:
        return translate("Kept", "Not ended"), "pill-warn"
    look = state_look(State.ERROR if summary.error else State.CLOSED)
    return look.words, look.pill


class KeptEntry:
    """A chat of the history.

    Args:
        summary: Its line of the history.
        today: Gives today's date in this desk's time zone.
    """

    def __init__(self, summary: ChatSummary, today: Callable[[], date] = _today) -> None:
        self.summary = summary
        self._today = today
        self._names = fold(f"{summary.crm_id}\n{summary.environment}\n{summary.last_line}")

    @property
    def title(self) -> str:
        """The CRM customer ID as one line."""
        return kept_title(self.summary)

    @property
    def environment(self) -> str:
        """The name of its environment."""
        return self.summary.environment

    @property
    def line(self) -> str:
        """What was looked for, or why it ended; what was said last in one that was cut off."""
        summary = self.summary
        reason = said(summary.reason) if summary.ended is not None else ""
        return one_line(summary.found or reason or summary.last_line) or kept_state(summary)[0]

    @property
    def at(self) -> datetime:
        """When something happened last."""
        return self.summary.latest

    @property
    def dot(self) -> DotColour:
        """Red where it failed, amber where it was cut off, grey where it is over."""
        if self.summary.error:
            return "red"
        return "grey" if self.summary.ended is not None else "amber"

    @property
    def unread(self) -> int:
        """None: what was kept was seen."""
        return 0

    @property
    def section(self) -> Section:
        """The day on which something happened last."""
        return section_of(self.at, self._today())

    def words(self) -> str:
        """The whole row for screen readers."""
        when = f"{self.at.astimezone():%Y-%m-%d %H:%M}"
        parts = [self.title, self.environment, kept_state(self.summary)[0], self.line, when]
        return listed(list(dict.fromkeys(parts)))

    def contains(self, words: Sequence[str]) -> bool:
        """Whether each of the folded words is in the ID, the environment's name or the last line."""
        return all(word in self._names for word in words)
