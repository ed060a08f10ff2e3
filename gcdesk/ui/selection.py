"""Which messages of a transcript are selected."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal

from gcdesk.ui.rows import Row, Rows


class Grip(Enum):
    """How a person takes hold of a message."""

    ONLY = "only"
    TOGGLE = "toggle"
    EXTEND = "extend"


class Selection(QObject):
    """The selected rows; only those that hold a message can be.

    It is kept by row and not by number, for rows move when earlier messages come in above.

    Args:
        rows: The rows of the transcript.
        parent: The Qt parent.
    """

    changed = Signal(object)
    """A set of the rows that are selected now and were not, or the other way round."""

    def __init__(self, rows: Rows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._selected: set[Row] = set()
        self._anchor: Row | None = None
        self._reach: Row | None = None

    def __len__(self) -> int:
        return len(self._selected)

    def __contains__(self, row: Row) -> bool:
        return row in self._selected

    @property
    def reach(self) -> Row | None:
        """The row that was taken last; the next step with the keyboard goes from there."""
        return self._reach

    def in_order(self) -> list[Row]:
        """The selected rows from above to below."""
        return [row for row in self._rows if row in self._selected]

    def take(self, row: Row, grip: Grip) -> None:
        """Take hold of a row: begin there, add or leave it, or select all from where it began up to it."""
        if grip is Grip.EXTEND and self._anchor is not None:
            self._reach = row
            self._select(self._between(self._anchor, row))
            return
        self._anchor = self._reach = row
        if grip is Grip.TOGGLE:
            self._select(self._selected ^ {row})
        else:
            # One message alone has the ring of the keyboard and needs no other sign.
            self._select({row} if grip is Grip.EXTEND else set())

    def take_all(self) -> None:
        """Select every message."""
        messages = [row for row in self._rows if row.message is not None]
        if messages:
            self._anchor, self._reach = messages[0], messages[-1]
            self._select(set(messages))

    def forget(self, row: Row) -> None:
        """A row goes."""
        if self._anchor is row:
            self._anchor = None
        if self._reach is row:
            self._reach = None
        self._select(self._selected - {row})

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = self._reach = None
        self._select(set())

    def _between(self, one: Row, other: Row) -> set[Row]:
        first, last = sorted((self._rows.number(one), self._rows.number(other)))
        rows = (self._rows[number] for number in range(first, last + 1))
        return {row for row in rows if row.message is not None}

    def _select(self, selected: set[Row]) -> None:
        different = self._selected ^ selected
        self._selected = selected
        if different:
            self.changed.emit(different)
