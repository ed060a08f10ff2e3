"""The tables of the history file, version by version.

The law of this file: `event` is the truth, one row for each thing that happened, in order; `chat` and `message` can
be told from it and exist so that lists and searches need not read it. All times are microseconds since 1970 in UTC.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x67636864
"""What tells a history file from another program's database: "gchd"."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE chat (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            environment TEXT NOT NULL, place TEXT NOT NULL, colour TEXT NOT NULL, simulated INTEGER NOT NULL,
            crm_key TEXT NOT NULL, crm_id TEXT NOT NULL, attributes TEXT NOT NULL, versions TEXT NOT NULL,
            started INTEGER NOT NULL, latest INTEGER NOT NULL, ended INTEGER,
            state TEXT NOT NULL, reason TEXT NOT NULL, error TEXT NOT NULL,
            messages INTEGER NOT NULL, frames INTEGER NOT NULL, missing INTEGER NOT NULL, last_line TEXT NOT NULL
        )""",
        "CREATE INDEX chat_started ON chat (started DESC, id DESC)",
        """CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL REFERENCES chat ON DELETE CASCADE,
            at INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, data TEXT NOT NULL
        )""",
        "CREATE INDEX event_chat ON event (chat)",
        """CREATE TABLE message (
            id INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL REFERENCES chat ON DELETE CASCADE,
            key TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL,
            UNIQUE (chat, key)
        )""",
        "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
)
"""The statements that lead from each version to the next; a version that was released is never edited."""

VERSION = len(MIGRATIONS)

_INDEX = """CREATE VIRTUAL TABLE IF NOT EXISTS message_index
    USING fts5(folded, content='message', content_rowid='id', tokenize='trigram')"""
_REBUILD = "INSERT INTO message_index (message_index) VALUES ('rebuild')"
_OPTIMIZE = "INSERT INTO message_index (message_index) VALUES ('optimize')"
_CHECK = "INSERT INTO message_index (message_index) VALUES ('integrity-check')"
_STALE = "index is stale"


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables in a file; 0 in an empty one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Lead the tables to this version, all at once or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in MIGRATIONS[version_of(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def check_index(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError if the index of a file is damaged; without one nothing happens."""
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'message_index'").fetchone()
    if found:
        connection.execute(_CHECK)


class MessageIndex:
    """The index that makes searches quick, where this Python's SQLite can keep one (FTS5 with trigrams).

    Where it cannot, searches read all messages instead, and the file is marked so that a Python that can brings the
    index up to date.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.usable = self._prepare()

    def _prepare(self) -> bool:
        connection = self._connection
        try:
            connection.execute(_INDEX)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            # Such as "no such module" or "no such tokenizer".
            connection.execute("INSERT OR IGNORE INTO note VALUES (?, '')", (_STALE,))
            return False
        if connection.execute("SELECT 1 FROM note WHERE name = ?", (_STALE,)).fetchone():
            connection.execute(_REBUILD)
            connection.execute("DELETE FROM note WHERE name = ?", (_STALE,))
        return True

    def add(self, row: int, folded: str) -> None:
        """Take in a message that was just written."""
        if self.usable:
            self._connection.execute("INSERT INTO message_index (rowid, folded) VALUES (?, ?)", (row, folded))

    def remove(self, row: int, folded: str) -> None:
        """Forget a message, before it changes or goes."""
        if self.usable:
            self._connection.execute(
                "INSERT INTO message_index (message_index, rowid, folded) VALUES ('delete', ?, ?)",
                (row, folded),
            )

    def purge(self) -> None:
        """Leave nothing behind of what was forgotten: the index keeps it until its parts are merged."""
        if self.usable:
            self._connection.execute(_OPTIMIZE)
