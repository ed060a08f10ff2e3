"""Rows for the chat list that a test makes up: all that a ChatEntry needs, and nothing behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from gcdesk.desk.history_search import fold
from gcdesk.ui.chat_entry import DotColour, Section

NOON = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)


@dataclass(eq=False)
class Row:
    """A chat of no kind; it may change, and is known by its identity."""

    title: str
    section: Section = Section.TODAY
    at: datetime = NOON
    line: str = ""
    environment: str = "UAT"
    dot: DotColour = "grey"
    unread: int = 0
    text: str = ""

    def words(self) -> str:
        """What a screen reader says."""
        return f"{self.title}, {self.line}"

    def contains(self, words: Sequence[str]) -> bool:
        """Whether all words are in it."""
        folded = fold(f"{self.title}\n{self.environment}\n{self.text}")
        return all(word in folded for word in words)
