"""Deleting chats from the history so that nothing of them stays in the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from gcdesk.desk.history_file import transaction
from gcdesk.desk.history_schema import MessageIndex


def delete_chats(connection: sqlite3.Connection, index: MessageIndex, chats: Sequence[int]) -> int:
    """Delete these chats and return how many there were. Raises sqlite3.Error; then all are still there."""
    with transaction(connection):
        deleted = sum(_delete(connection, index, chat) for chat in chats)
        if deleted:
            index.purge()
    if deleted:
        _give_back(connection)
    return deleted


def delete_before(connection: sqlite3.Connection, index: MessageIndex, stamp: int) -> int:
    """Delete the chats in which nothing has happened since, and return how many. Raises sqlite3.Error."""
    old = connection.execute("SELECT id FROM chat WHERE latest < ?", (stamp,)).fetchall()
    return delete_chats(connection, index, [chat for (chat,) in old]) if old else 0


def _delete(connection: sqlite3.Connection, index: MessageIndex, chat: int) -> int:
    # The index is not a table of its own and must be told.
    messages = connection.execute("SELECT id, folded FROM message WHERE chat = ?", (chat,)).fetchall()
    for row, folded in messages:
        index.remove(row, folded)
    # Its events and messages go with it.
    return connection.execute("DELETE FROM chat WHERE id = ?", (chat,)).rowcount


def _give_back(connection: sqlite3.Connection) -> None:
    # It gives back one page at a step; only a script is stepped to its end.
    connection.executescript("PRAGMA incremental_vacuum")
    # The log still holds what was deleted. Another program that reads just now keeps it for a while.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
