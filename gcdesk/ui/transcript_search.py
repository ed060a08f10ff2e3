"""Looks for words in a conversation, and goes from one message that holds them to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, Signal

from gcdesk.desk.history_search import fold
from gcdesk.ui.message_words import searched_text
from gcdesk.ui.rows import Row, Rows
from gcdesk.ui.slices import Slices
from gcdesk.ui.text_search import holds

_STEP: Final = 50
"""Messages that are looked at in one step; that takes far less than a millisecond once they were looked at before."""


class TranscriptSearch(QObject):
    """Which messages hold what is sought, and which of them is looked at.

    What is sought may be several words; they are found together as they were typed, whatever their case.

    Args:
        rows: The rows of the transcript.
        parent: The Qt parent.
    """

    changed = Signal()
    """Other messages were found, or another one is looked at."""

    ended = Signal()
    """All messages were looked through for something new."""

    def __init__(self, rows: Rows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._sought = ""
        self._hits: set[Row] = set()
        self._at: Row | None = None
        self._slices = Slices(self)

    @property
    def sought(self) -> str:
        """What is sought, folded; empty for nothing."""
        return self._sought

    @property
    def count(self) -> int:
        """How many messages hold it."""
        return len(self._hits)

    @property
    def at(self) -> Row | None:
        """The message that is looked at."""
        return self._at

    @property
    def place(self) -> int:
        """Which of the found messages is looked at, from 1 at the top; 0 if none is."""
        if self._at is None:
            return 0
        place = 0
        for row in self._rows:
            place += row in self._hits
            if row is self._at:
                break
        return place

    def seek(self, text: str) -> None:
        """Look for something else; `ended` follows, at once unless the conversation is long."""
        sought = fold(text).strip()
        if sought == self._sought:
            return
        self._sought = sought
        self._hits.clear()
        self._at = None
        self.changed.emit()
        self._slices.start(self._look())

    def look_at(self, row: Row) -> None:
        """A message came, or has changed."""
        if not self._sought:
            return
        known = row in self._hits
        if self._holds(row) == known:
            return
        if known:
            self.forget(row)
        else:
            self._hits.add(row)
            self.changed.emit()

    def forget(self, row: Row) -> None:
        """A message goes."""
        if row not in self._hits:
            return
        self._hits.discard(row)
        if self._at is row:
            self._at = None
        self.changed.emit()

    def forget_all(self) -> None:
        """All messages go."""
        self._slices.stop()
        self._hits.clear()
        self._at = None
        self.changed.emit()

    def go(self, step: int, begin: int) -> Row | None:
        """Go to the next message that holds it, downwards with 1 and upwards with -1, round the end if need be.

        `begin` is the number of the row to begin at while none is looked at.
        """
        length = len(self._rows)
        number = self._rows.number(self._at) + step if self._at is not None else begin
        for distance in range(length):
            row = self._rows[(number + step * distance) % length]
            if row in self._hits:
                self._at = row
                self.changed.emit()
                return row
        return None

    def _holds(self, row: Row) -> bool:
        if row.message is None:
            return False
        if row.folded is None:
            row.folded = fold(searched_text(row.message))
        return holds(row.folded, self._sought)

    def _look(self) -> Iterator[None]:
        if self._sought:
            # Rows may come in between two steps: those are looked at as they come.
            for number, row in enumerate(list(self._rows)):
                if self._holds(row) and self._rows.has(row):
                    self._hits.add(row)
                if number % _STEP == _STEP - 1:
                    yield
        self.changed.emit()
        self.ended.emit()
        yield
