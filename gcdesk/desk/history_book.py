"""The book of chats that were kept: listed, searched, opened to be read, deleted.

Every call opens the file and closes it again, so that any thread may call and nothing is in the way of the programs
that write. All of them may block for as long as another program writes.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gcdesk.desk.history_codec import StoredEvent, stamp_of, time_of
from gcdesk.desk.history_deletion import delete_before, delete_chats
from gcdesk.desk.history_file import history_path, naming, open_history
from gcdesk.desk.history_record import ChatRecord, ChatSummary, chat_record
from gcdesk.desk.history_schema import MessageIndex
from gcdesk.desk.history_search import SHORTEST_INDEXED, excerpt, fold, phrase, words_of
from gcdesk.errors import RecordInputError
from gcdesk.phrase import Phrase

__all__ = ["ChatBook", "ChatQuery"]

_COLUMNS = (
    "id, environment, place, colour, simulated, crm_key, crm_id, attributes, versions, started, latest, ended, "
    "state, reason, error, messages, frames, missing, last_line"
)


@dataclass(frozen=True)
class ChatQuery:
    """Which chats are wanted; what is left empty does not matter.

    Args:
        text: Words that one message of the chat holds, all of them, in any case; or a part of its CRM ID.
        crm_id: A part of the CRM customer ID, in any case.
        environment: The environment's name, in any case.
        since: Chats that were started then or later.
        until: Chats that were started before.
    """

    text: str = ""
    crm_id: str = ""
    environment: str = ""
    since: datetime | None = None
    until: datetime | None = None


class ChatBook:
    """The chats that were kept on this computer.

    Args:
        path: The history file; `history_path()` if left out. It need not exist.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or history_path()

    def list(
        self,
        query: ChatQuery | None = None,
        limit: int | None = None,
        *,
        after: ChatSummary | None = None,
    ) -> list[ChatSummary]:
        """The chats that a query asks for, the latest first, at most `limit` of them. Raises RecordError.

        Args:
            query: Which chats; all if left out.
            limit: How many at most; all if left out.
            after: The last chat of the page before; the first page if left out.
        """
        with self._reading() as opened:
            return [] if opened is None else _list(*opened, query or ChatQuery(), limit, after)

    def summary(self, chat_id: int) -> ChatSummary:
        """A chat's line of the list; raises as `open` does."""
        with self._reading() as opened:
            if opened is None:
                raise _no_such(chat_id)
            return _summary_of(opened[0], chat_id)

    def open(self, chat_id: int) -> ChatRecord:
        """A chat with all that was kept of it.

        Raises:
            RecordInputError: There is none of that number.
            RecordError: The history cannot be read.
        """
        with self._reading() as opened:
            if opened is None:
                raise _no_such(chat_id)
            connection, _ = opened
            # Two questions, one moment: what is written between them belongs to a later one.
            connection.execute("BEGIN")
            summary = _summary_of(connection, chat_id)
            rows = connection.execute(
                "SELECT at, name, kind, size, data FROM event WHERE chat = ? ORDER BY id", (chat_id,)
            ).fetchall()
        return chat_record(summary, [StoredEvent._make(row) for row in rows])

    def delete(self, chat_id: int) -> None:
        """Delete a chat for good, whether it has ended or not.

        Raises:
            RecordInputError: There is none of that number.
            RecordError: The history cannot be written; the chat is still there.
        """
        with self._reading() as opened:
            if opened is None or not delete_chats(*opened, [_number(chat_id)]):
                raise _no_such(chat_id)

    def delete_older(self, days: float) -> int:
        """Delete the chats in which nothing has happened for so many days, and return how many there were.

        Raises:
            RecordInputError: The number of days is negative, or too large for a calendar.
            RecordError: The history cannot be written; all are still there.
        """
        stamp = stamp_of(_days_ago(days))
        with self._reading() as opened:
            return 0 if opened is None else delete_before(*opened, stamp)

    def count_older(self, days: float) -> int:
        """How many chats `delete_older` would delete; raises as it does."""
        stamp = stamp_of(_days_ago(days))
        with self._reading() as opened:
            if opened is None:
                return 0
            counted = opened[0].execute("SELECT count(*) FROM chat WHERE latest < ?", (stamp,))
            return int(counted.fetchone()[0])

    @property
    def size(self) -> int:
        """Bytes that the history takes on the disk."""
        sizes = 0
        for path in (self.path, Path(f"{self.path}-wal")):
            with contextlib.suppress(OSError):
                sizes += path.stat().st_size
        return sizes

    @contextlib.contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, MessageIndex] | None]:
        """The open file, None if there is none yet."""
        if not self.path.exists():
            yield None
            return
        with contextlib.closing(open_history(self.path)) as connection, naming(self.path):
            yield connection, MessageIndex(connection)


def _summary_of(connection: sqlite3.Connection, chat_id: int) -> ChatSummary:
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM chat WHERE id = ?",  # noqa: S608 - columns of ours
        (_number(chat_id),),
    ).fetchone()
    if found is None:
        raise _no_such(chat_id)
    return _summary(found)


def _list(
    connection: sqlite3.Connection,
    index: MessageIndex,
    query: ChatQuery,
    limit: int | None,
    after: ChatSummary | None,
) -> list[ChatSummary]:
    connection.create_function("fold", 1, fold, deterministic=True)
    conditions, values = _conditions(query, index.usable)
    if after is not None:
        # By place and not by number, so that chats which come or go meanwhile shift nothing.
        conditions.append("(started, id) < (?, ?)")
        values += [stamp_of(after.started), after.id]
    where = " AND ".join(conditions) or "TRUE"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM chat WHERE {where} ORDER BY started DESC, id DESC LIMIT ?",  # noqa: S608 - marks only
        (*values, -1 if limit is None else max(0, limit)),
    ).fetchall()
    summaries = [_summary(row) for row in rows]
    words = words_of(query.text)
    if not words:
        return summaries
    found = _found(connection, index, words)
    return [
        replace(one, found=excerpt(_text(connection, found[one.id]), words)) if one.id in found else one
        for one in summaries
    ]


def _conditions(query: ChatQuery, indexed: bool) -> tuple[list[str], list[str | int]]:
    """What the chats must meet, as SQL with marks, and the values for the marks: no text ever becomes SQL."""
    conditions: list[str] = []
    values: list[str | int] = []
    if query.environment:
        conditions.append("fold(environment) = ?")
        values.append(fold(query.environment))
    if query.crm_id:
        conditions.append("instr(fold(crm_id), ?)")
        values.append(fold(query.crm_id))
    for moment, sign in ((query.since, ">="), (query.until, "<")):
        if moment is not None:
            conditions.append(f"started {sign} ?")
            values.append(stamp_of(moment))
    words = words_of(query.text)
    if words:
        said, said_values = _said(words, indexed)
        conditions.append(
            f"(instr(fold(crm_id), ?) OR id IN (SELECT chat FROM message WHERE {said}))"  # noqa: S608 - marks only
        )
        values += [fold(query.text.strip()), *said_values]
    return conditions, values


def _said(words: list[str], indexed: bool) -> tuple[str, list[str]]:
    """What a message must meet that holds all the words."""
    quick = [word for word in words if indexed and len(word) >= SHORTEST_INDEXED]
    slow = [word for word in words if word not in quick]
    conditions = ["instr(folded, ?)"] * len(slow)
    values = list(slow)
    if quick:
        conditions.insert(0, "id IN (SELECT rowid FROM message_index WHERE message_index MATCH ?)")
        values.insert(0, phrase(quick))
    return " AND ".join(conditions), values


def _found(connection: sqlite3.Connection, index: MessageIndex, words: list[str]) -> dict[int, int]:
    """The latest message that holds all the words, by chat."""
    said, values = _said(words, index.usable)
    rows = connection.execute(
        f"SELECT chat, max(id) FROM message WHERE {said} GROUP BY chat",  # noqa: S608 - marks only
        values,
    )
    return dict(rows.fetchall())


def _text(connection: sqlite3.Connection, message: int) -> str:
    return str(connection.execute("SELECT text FROM message WHERE id = ?", (message,)).fetchone()[0])


def _summary(row: tuple[object, ...]) -> ChatSummary:
    fields = dict(zip(_COLUMNS.split(", "), row, strict=True))
    for name in ("attributes", "versions"):
        fields[name] = json.loads(str(fields[name]))
    fields["attributes"] = fields["attributes"]["customAttributes"]  # type: ignore[index]
    for name in ("started", "latest", "ended"):
        stamp = fields[name]
        fields[name] = time_of(stamp) if isinstance(stamp, int) else None
    return ChatSummary(**{**fields, "simulated": bool(fields["simulated"])})  # type: ignore[arg-type]


def _number(chat_id: int) -> int:
    # SQLite takes no larger ones.
    if not 0 < chat_id < 2**63:
        raise _no_such(chat_id)
    return chat_id


def _no_such(chat_id: int) -> RecordInputError:
    return RecordInputError(
        Phrase("There is no chat {chat_id} in the history.", chat_id=chat_id),
        "Look its number up with gcdesk history list.",
    )


def _days_ago(days: float) -> datetime:
    try:
        if days < 0:
            raise OverflowError
        return datetime.now(UTC) - timedelta(days=days)
    except (OverflowError, ValueError) as error:
        raise RecordInputError(
            Phrase("Chats cannot be older than {days:g} days.", days=days),
            "Give a number of days, such as 90.",
        ) from error
