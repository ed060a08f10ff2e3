"""The one connection through which a program writes its chats."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from gcdesk.desk.history_codec import StoredEvent, stamp_of
from gcdesk.desk.history_deletion import delete_before
from gcdesk.desk.history_facts import Place
from gcdesk.desk.history_file import naming, open_history, set_aside, transaction
from gcdesk.desk.history_live import LiveChat, MessageRow
from gcdesk.desk.history_schema import MessageIndex


class Rows(NamedTuple):
    """What one event of a chat comes to."""

    chat: LiveChat
    event: StoredEvent
    message: MessageRow | None


class HistoryConnection:
    """Opens the history when there is something to write, and again after trouble.

    Args:
        place: Where the history is kept; what is older than its days is deleted when it is opened.
        connect: Opens the file; another one may be given in tests.
    """

    def __init__(self, place: Place, connect: Callable[[Path], sqlite3.Connection] = open_history) -> None:
        self._place = place
        self._connect = connect
        self._open: tuple[sqlite3.Connection, MessageIndex] | None = None

    def write(self, batch: Sequence[Rows]) -> None:
        """Write rows of any chats; when this returns, they survive a power cut.

        Raises:
            RecordError: Nothing of the batch was written.
        """
        by_chat: dict[LiveChat, list[Rows]] = {}
        for rows in batch:
            by_chat.setdefault(rows.chat, []).append(rows)
        with naming(self._place.path):
            connection, index = self._opened()
            with transaction(connection):
                written = {
                    chat: chat.write(connection, index, [(one.event, one.message) for one in rows])
                    for chat, rows in by_chat.items()
                }
        for chat, row in written.items():
            chat.kept(row, len(by_chat[chat]))

    def mend(self) -> Path | None:
        """After damage: set the file aside and return its new name; None if a fresh one is there already.

        Raises:
            RecordError: It cannot be set aside.
        """
        self.close()
        return set_aside(self._place.path)

    def close(self) -> None:
        """Close the file; the next writing opens it again."""
        if self._open is not None:
            connection, self._open = self._open[0], None
            connection.close()

    def _opened(self) -> tuple[sqlite3.Connection, MessageIndex]:
        if self._open is None:
            connection = self._connect(self._place.path)
            try:
                index = MessageIndex(connection)
                if self._place.days:
                    oldest = datetime.now(UTC) - timedelta(days=self._place.days)
                    delete_before(connection, index, stamp_of(oldest))
            except BaseException:
                connection.close()
                raise
            self._open = connection, index
        return self._open
