"""What a row of the chat list shows, whether its chat goes on in this window or was kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

DotColour = Literal["green", "amber", "red", "grey"]


class Section(IntEnum):
    """The headings of the chat list, from top to bottom."""

    LIVE = 0
    TODAY = 1
    YESTERDAY = 2
    THIS_WEEK = 3
    EARLIER = 4
    RUNS = 5

    @property
    def words(self) -> str:
        """The heading in the person's language."""
        return {
            Section.LIVE: translate("ChatList", "Live"),
            Section.TODAY: translate("ChatList", "Today"),
            Section.YESTERDAY: translate("ChatList", "Yesterday"),
            Section.THIS_WEEK: translate("ChatList", "Last seven days"),
            Section.EARLIER: translate("ChatList", "Earlier"),
            Section.RUNS: translate("ChatList", "Scenario runs"),
        }[self]


def section_of(at: datetime, today: date | None = None) -> Section:
    """The date heading for something that happened `at`, seen from `today` in this desk's time zone.

    What lies ahead of today, on a clock that was put back, counts as today's.
    """
    today = today if today is not None else datetime.now().astimezone().date()
    age = today - at.astimezone().date()
    if age <= timedelta(0):
        return Section.TODAY
    if age == timedelta(days=1):
        return Section.YESTERDAY
    return Section.THIS_WEEK if age < timedelta(days=7) else Section.EARLIER


@runtime_checkable
class ChatEntry(Protocol):
    """One row of the chat list. It is known by its identity, so it must be hashable and stay the same object.

    Whoever changes what a row shows tells the list by `ChatListModel.refresh(entry)`.
    """

    @property
    def title(self) -> str:
        """The CRM customer ID as one line, or a scenario's name."""
        ...

    @property
    def environment(self) -> str:
        """The name of its environment; shown where the list holds chats of more than one."""
        ...

    @property
    def line(self) -> str:
        """The line below: what was said last, or why it ended."""
        ...

    @property
    def at(self) -> datetime:
        """When something happened last, with its time zone. Below the dates the newest stands first."""
        ...

    @property
    def dot(self) -> DotColour:
        """The colour of the dot: green goes well, amber is under way, red failed, grey is over."""
        ...

    @property
    def unread(self) -> int:
        """How many messages nobody has seen yet."""
        ...

    @property
    def section(self) -> Section:
        """The heading it stands below."""
        ...

    def words(self) -> str:
        """The whole row for screen readers, the state in words since the dot cannot be heard."""
        ...

    def contains(self, words: Sequence[str]) -> bool:
        """Whether each of the words is in title, environment or text; answers at once, from what is in memory.

        The words were made comparable by `gcdesk.desk.history_search.words_of`.
        """
        ...
