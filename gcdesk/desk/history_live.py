"""One chat while it is being written: what its rows are to say, told from its events."""

from __future__ import annotations

import json
import platform
import sqlite3
from typing import NamedTuple

from gcdesk import __version__
from gcdesk.desk.history_codec import EventEncoder, StoredEvent, stamp_of, whole_text
from gcdesk.desk.history_facts import ChatFacts
from gcdesk.desk.history_schema import MessageIndex
from gcdesk.desk.history_search import fold
from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.content import Attachment, Card, Carousel, Content, DatePicker, Form, ListPicker, QuickReply
from gcdesk.guest.events import Event
from gcdesk.guest.masking import mask_frame, mask_text
from gcdesk.guest.message import Message
from gcdesk.guest.states import State

_LONGEST_LINE = 200


class MessageRow(NamedTuple):
    """A message as searches see it; `folded` is empty for one that was taken back."""

    key: str
    text: str
    folded: str


class LiveChat:
    """Turns the events of one chat into rows, and keeps its row of the table `chat` up to date.

    Writing can fail and be done again: nothing here changes by writing, until `kept` says that it is on the disk.
    """

    def __init__(self, facts: ChatFacts) -> None:
        self.row: int | None = None
        self.deleted = False
        self._facts = facts
        self._encoder = EventEncoder()
        self._attributes = dict(facts.attributes)
        self._latest = stamp_of(facts.started)
        self._ended: int | None = None
        self._state, self._reason, self._error = State.IDLE.value, "", ""
        self._keys: set[str] = set()
        self._frames = self._missing = self._written = 0
        self._last_line = ""

    def take(self, event: Event) -> tuple[StoredEvent, MessageRow | None]:
        """The rows of an event; call it once for each, in their order."""
        stored = self._encoder.encode(event)
        self._latest = max(self._latest, stored.at)
        message: MessageRow | None = None
        match event:
            case events.FrameSent() | events.FrameReceived():
                self._frames += 1
            case events.MessageAdded() | events.MessageChanged():
                message = self._message(event.message)
            case events.MessageWithdrawn():
                self._keys.discard(event.message.key)
                message = MessageRow(event.message.key, "", "")
            case events.StateChanged():
                self._state = event.state.value
            case events.AttributesChanged():
                self._attributes = dict(event.attributes)
            case events.Ended():
                self._ended, self._reason, self._error = stored.at, event.reason, _name(event.error)
        return stored, message

    def miss(self) -> None:
        """An event had to be dropped: the record says so."""
        self._missing += 1

    def kept(self, row: int | None, events_written: int) -> None:
        """What was written is on the disk; a chat without a row has been deleted."""
        self.row, self.deleted = row, row is None
        self._written += events_written

    def begin_anew(self) -> None:
        """The file was set aside, with all that was written of this chat: the rest goes to a fresh one."""
        self.row = None
        self._missing += self._written
        self._written = 0

    def write(
        self,
        connection: sqlite3.Connection,
        index: MessageIndex,
        rows: list[tuple[StoredEvent, MessageRow | None]],
    ) -> int | None:
        """Write rows and this chat's own, inside a transaction; return its row, None if it has been deleted.

        Raises:
            sqlite3.Error: They cannot be written.
        """
        if self.deleted:
            return None
        row = self._write_chat(connection)
        if row is None:
            return None
        connection.executemany(
            "INSERT INTO event (chat, at, name, kind, size, data) VALUES (?, ?, ?, ?, ?, ?)",
            ((row, *stored) for stored, _ in rows),
        )
        for _, message in rows:
            if message is not None:
                _write_message(connection, index, row, message)
        return row

    def _write_chat(self, connection: sqlite3.Connection) -> int | None:
        values = self._columns()
        if self.row is None:
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            inserted = connection.execute(
                f"INSERT INTO chat ({names}) VALUES ({marks})",  # noqa: S608 - the names stand below
                tuple(values.values()),
            )
            return inserted.lastrowid
        changes = ", ".join(f"{name} = ?" for name in values)
        updated = connection.execute(
            f"UPDATE chat SET {changes} WHERE id = ?",  # noqa: S608 - the names stand below
            (*values.values(), self.row),
        )
        # A person who deletes a chat that still runs does not want the rest of it either.
        return self.row if updated.rowcount else None

    def _columns(self) -> dict[str, str | int | None]:
        facts = self._facts
        attributes = mask_frame({"customAttributes": self._attributes})
        return {
            "environment": whole_text(facts.environment),
            "place": whole_text(mask_text(facts.place)),
            "colour": facts.colour,
            "simulated": int(facts.simulated),
            "crm_key": whole_text(facts.crm_key),
            "crm_id": whole_text(self._attributes.get(facts.crm_key, "")),
            "attributes": json.dumps(attributes),
            "versions": json.dumps(_versions()),
            "started": stamp_of(facts.started),
            "latest": self._latest,
            "ended": self._ended,
            "state": self._state,
            "reason": whole_text(mask_text(self._reason)),
            "error": self._error,
            "messages": len(self._keys),
            "frames": self._frames,
            "missing": self._missing,
            "last_line": self._last_line,
        }

    def _message(self, message: Message) -> MessageRow:
        self._keys.add(message.key)
        line = " ".join(_masked(message.text).split()) or next(iter(_labels(message.content)), "")
        self._last_line = line[:_LONGEST_LINE]
        text = _masked("\n".join(filter(None, (message.text, *_labels(message.content)))))
        return MessageRow(whole_text(message.key), text, fold(text))


def _write_message(
    connection: sqlite3.Connection, index: MessageIndex, chat: int, message: MessageRow
) -> None:
    before = connection.execute(
        "SELECT id, folded FROM message WHERE chat = ? AND key = ?", (chat, message.key)
    ).fetchone()
    if before is not None:
        row, folded = before
        if folded == message.folded:
            return
        index.remove(row, folded)
        connection.execute("DELETE FROM message WHERE id = ?", (row,))
    if message.folded:
        inserted = connection.execute(
            "INSERT INTO message (chat, key, text, folded) VALUES (?, ?, ?, ?)", (chat, *message)
        )
        index.add(inserted.lastrowid or 0, message.folded)


def _masked(text: str) -> str:
    return whole_text(str(mask_frame(text)))


def _labels(content: tuple[Content, ...]) -> list[str]:
    """What a person reads of a message besides its text."""
    labels: list[str] = []
    for item in content:
        match item:
            case QuickReply():
                labels.append(item.text)
            case Card():
                labels += [item.title, item.description, *(action.text for action in item.actions)]
            case Carousel():
                labels += _labels(item.cards)
            case DatePicker() | Form():
                labels += [item.title, item.subtitle]
            case ListPicker():
                titles = (choice.title for section in item.sections for choice in section.items)
                labels += [item.title, item.subtitle, *titles]
            case Attachment():
                labels.append(item.filename)
    return [label for label in labels if label]


def _name(error: GcdeskError | None) -> str:
    return "" if error is None else error.name


def _versions() -> dict[str, str]:
    return {
        "gcdesk": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
    }
