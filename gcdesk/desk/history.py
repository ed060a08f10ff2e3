"""The history of chats: what the rest of the program needs of it, and whether a person wants one.

`HistoryWriter` writes chats as they happen, `ChatBook` lists, searches, opens and deletes them. Two settings rule it:
`keep_history`, true unless a person says otherwise, and `history_days`, the age in days at which chats are deleted;
0, the default, keeps them for good.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gcdesk.desk.history_facts import ChatFacts, Place
from gcdesk.desk.history_writer import ChatRecorder, HistoryWriter
from gcdesk.errors import GcdeskError

if TYPE_CHECKING:
    from gcdesk.desk.settings import Settings

__all__ = [
    "HISTORY_DAYS",
    "KEEP_HISTORY",
    "ChatFacts",
    "ChatRecorder",
    "HistoryWriter",
    "Place",
    "place_for",
    "recorder_for",
]

KEEP_HISTORY = "keep_history"
HISTORY_DAYS = "history_days"


def place_for(settings: Settings, path: Path | None = None) -> Place | None:
    """Where this person's chats are to be kept; None if they want no history. Raises SettingsError.

    Args:
        settings: Read for `keep_history` and `history_days`.
        path: The history file; `history_path()` if left out.
    """
    if not settings.get(KEEP_HISTORY, bool, True):
        return None
    if path is None:
        # It comes with SQLite, which a chat need not wait for.
        from gcdesk.desk.history_file import history_path

        path = history_path()
    return Place(path, max(0, settings.get(HISTORY_DAYS, int, 0)))


def recorder_for(
    settings: Settings | None,
    facts: ChatFacts,
    report: Callable[[GcdeskError], None] = lambda _error: None,
    *,
    head_start: float = 0.0,
) -> ChatRecorder:
    """A recorder for one chat of a program that holds no other; it keeps nothing if a person wants no history.

    Making it costs nothing: settings and files are read on the recorder's own thread, with the first event.

    Args:
        settings: The person's settings; None for the usual file.
        facts: What is known of the chat before its first event.
        report: Called on the recorder's thread with what the person should know, once for each kind of trouble.
        head_start: Seconds that the chat has for itself before the thread loads what it takes to write.
    """

    def place() -> Place | None:
        from gcdesk.desk.settings import Settings

        return place_for(settings or Settings())

    return ChatRecorder(HistoryWriter(place, report, head_start=head_start), facts, alone=True)
