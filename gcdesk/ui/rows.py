"""What stands in the transcript, row by row: messages, notes, dividers, and the way to earlier messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from gcdesk.guest.message import Direction, Message
from gcdesk.ui.parts import Pick

_SAME_BREATH: Final = 60.0
"""Seconds within which messages of one sender stand under one name."""

RowKind = Literal["message", "note", "divider", "earlier"]


@dataclass(slots=True, eq=False)
class Row:
    """One row; `at` is when it came to be, `continues` whether it stands under the name of the one above."""

    kind: RowKind
    at: datetime
    message: Message | None = None
    note: str = ""
    reason: str = ""
    continues: bool = False
    pick: Pick | None = None
    place: int = field(default=-1, repr=False)
    """Where it was seen last; rows that came in above may have pushed it down since."""

    folded: str | None = field(default=None, repr=False)
    """What searches see of the message, once one has looked."""


class Rows:
    """The rows by number, and the messages among them by key."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._by_key: dict[str, Row] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> Row:
        return self._rows[number]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @property
    def messages(self) -> int:
        """How many messages there are."""
        return len(self._by_key)

    def find(self, key: str) -> Row | None:
        """The row of the message with that key."""
        return self._by_key.get(key)

    def has(self, row: Row) -> bool:
        """Whether the message of a row is still here."""
        return row.message is not None and self._by_key.get(row.message.key) is row

    def number(self, row: Row) -> int:
        """The number of a row that is here."""
        place = row.place
        if not (0 <= place < len(self._rows) and self._rows[place] is row):
            # Rows are compared by identity, so this is quick even among many.
            row.place = self._rows.index(row)
        return row.place

    def insert(self, number: int, row: Row) -> None:
        """Put a row in, so that it gets that number."""
        row.place = number
        self._rows.insert(number, row)
        if row.message is not None:
            self._by_key[row.message.key] = row

    def remove(self, row: Row) -> int:
        """Take a row out and return the number it had."""
        number = self.number(row)
        del self._rows[number]
        if row.message is not None:
            del self._by_key[row.message.key]
        return number

    def clear(self) -> None:
        """Forget all rows."""
        self._rows.clear()
        self._by_key.clear()

    def continues(self, number: int) -> bool:
        """Whether the message of a row stands under the name of the one above."""
        message = self._rows[number].message
        above = self._rows[number - 1].message if number else None
        if message is None or above is None or message.direction is Direction.INBOUND:
            return False
        return (
            above.direction is message.direction
            and above.sender == message.sender
            and abs((message.at - above.at).total_seconds()) < _SAME_BREATH
        )

    def place_before(self, key: str, at: datetime) -> int:
        """The number for a message of that time which precedes the one with that key.

        Notes that were written later than the message stay below it. An unknown key, and none, mean the end.
        """
        row = self._by_key.get(key)
        if row is None:
            return len(self._rows)
        return self.above_later_notes(self.number(row), at)

    def above_later_notes(self, number: int, at: datetime) -> int:
        """The number for a message of that time, at `number` or above the notes there that came later."""
        while (
            number and self._rows[number - 1].kind in ("note", "divider") and self._rows[number - 1].at > at
        ):
            number -= 1
        return number
