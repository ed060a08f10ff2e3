"""The search in a conversation: the line above it, what was found, and the marks in the messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.rows import Row, Rows
from gcdesk.ui.transcript_find_bar import TranscriptFindBar
from gcdesk.ui.transcript_search import TranscriptSearch

if TYPE_CHECKING:
    from gcdesk.ui.transcript import Transcript


class TranscriptFinding(QObject):
    """Joins a transcript, the line above it and the search.

    Args:
        transcript: The conversation, which makes room for the line.
        rows: Its rows.
    """

    def __init__(self, transcript: Transcript, rows: Rows) -> None:
        super().__init__(transcript)
        self._transcript = transcript
        self._rows = rows
        self.bar = TranscriptFindBar(transcript)
        self.bar.hide()
        self.search = TranscriptSearch(rows, self)
        self.bar.sought.connect(self._seek)
        self.bar.stepped.connect(self.step)
        self.bar.closed.connect(self.close)
        self.search.changed.connect(self._show)
        self.search.ended.connect(self._begin)

    def open(self) -> None:
        """Show the line and lead the keyboard there; what was sought last is sought again."""
        if not self.is_open:
            self.bar.show()
            self._transcript.make_room(self.bar.sizeHint().height())
            self.place()
            self._seek(self.bar.field.text())
        self.bar.begin()

    def close(self) -> None:
        """Put the line away and lead the keyboard to the message that was found."""
        at = self.search.at
        focused = self.bar.window().focusWidget()
        had_focus = self.bar.isAncestorOf(focused)
        self.bar.hide()
        self._transcript.make_room(0)
        self.search.seek("")
        if not had_focus:
            return
        if at is not None and at.message is not None:
            self._transcript.reveal(at.message.key)
        else:
            self._transcript.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_open(self) -> bool:
        """Whether the line is there."""
        return not self.bar.isHidden()

    def step(self, step: int) -> None:
        """Show the next message that was found, 1 for downwards and -1 for upwards; opens the line first."""
        if not self.is_open:
            self.open()
        in_view = self._transcript.rows_in_view()
        edge = (min if step > 0 else max)(in_view, default=0)
        row = self.search.go(step, edge)
        if row is not None:
            self._transcript.reveal_row(self._rows.number(row))
            self._mark_all()

    def place(self) -> None:
        """Stand at the upper edge."""
        self.bar.setGeometry(0, 0, self._transcript.width(), self.bar.sizeHint().height())

    def dress(self, row: Row, view: MessageRow) -> None:
        """A message has a new widget: mark in it what was found."""
        sought = self.search.sought
        if sought or view.is_marked:
            view.mark(sought, found=row is self.search.at)

    def _seek(self, text: str) -> None:
        self.search.seek(text)
        self._show()

    def _begin(self) -> None:
        if self.search.sought and self.search.at is None:
            # The newest messages are what one looks at, so the search goes upwards from there.
            self.step(-1)

    def _show(self) -> None:
        self.bar.show_found(self.search.place, self.search.count)
        self._mark_all()

    def _mark_all(self) -> None:
        for number, view in self._transcript.live_rows().items():
            if isinstance(view, MessageRow):
                self.dress(self._rows[number], view)
