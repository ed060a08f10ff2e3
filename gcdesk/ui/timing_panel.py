"""How long things took in a chat: figures, the timeline, and each reply time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gcdesk.desk.timings import ReplyTime, Timings
from gcdesk.guest.message import Direction, Sender
from gcdesk.ui.amounts import grouped
from gcdesk.ui.chat_timing import ChatTiming
from gcdesk.ui.hairline import hairline
from gcdesk.ui.notes import person
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.replies_table import RepliesTable
from gcdesk.ui.slices import Slices
from gcdesk.ui.steps import took
from gcdesk.ui.style import set_role
from gcdesk.ui.timeline import Answer, Course, Said, Timeline
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_PAUSE_MS: Final = 400
_LONG_PAUSE_MS: Final = 4_000
_STEP: Final = 250
_SIDE: Final = 18
_LONGEST_QUESTION: Final = 200
_MOST_LANES: Final = 6
"""Whoever speaks after so many others shares the last lane."""


class TimingPanel(QFrame):
    """The timing of one chat; while nobody sees it, it counts nothing.

    Args:
        timing: What was said when.
        parent: The Qt parent.
    """

    message_wanted = Signal(str)
    """The key of the message that the person wants to see in the conversation."""

    def __init__(self, timing: ChatTiming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._timing = timing
        self._figures = {
            "replies": _Figure(translate("Timing", "Replies"), self),
            "median": _Figure(translate("Timing", "Median"), self),
            "slowest": _Figure(translate("Timing", "Slowest"), self),
            "echo": _Figure(translate("Timing", "Echo"), self),
        }
        self.timeline = Timeline(self)
        self.table = RepliesTable(self._words, self)
        self.setFocusProxy(self.table)
        self.says = QLabel(translate("Timing", "There are no answers to messages of the customer yet."), self)
        self.says.setWordWrap(True)
        set_role(self.says, "muted")
        self.slowest_first = QPushButton(translate("Timing", "Slowest first"), self)
        self.slowest_first.setCheckable(True)
        set_role(self.slowest_first, "plain")
        self._drawing = Slices(self)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        self._lay_out()
        self.slowest_first.toggled.connect(self.refresh)
        self.table.chosen.connect(self.timeline.choose)
        self.table.open_requested.connect(self.message_wanted)
        self.timeline.picked.connect(self.table.choose)

    def refresh(self) -> None:
        """Count and show what there is now."""
        timings = self._timing.timings()
        self._show_figures(timings)
        shown = bool(timings.replies)
        for part in (self.table, self.slowest_first):
            part.setVisible(shown)
        self.says.setVisible(not shown)
        chosen = self.table.current_answer()
        replies = list(timings.replies)
        if self.slowest_first.isChecked():
            replies.sort(key=lambda reply: -reply.seconds)
        self.table.replies.show_replies(replies)
        if chosen and not self.table.current_answer():
            self.table.choose(chosen)
        self._drawing.start(self._draw(timings))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: somebody looks."""
        super().showEvent(event)
        self._timing.on_change = self._changed
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody looks any more."""
        super().hideEvent(event)
        self._timing.on_change = None
        self._soon.stop()
        self._drawing.stop()

    def _lay_out(self) -> None:
        figures = QGridLayout()
        figures.setContentsMargins(_SIDE, 2 * GRID, _SIDE, 2 * GRID)
        figures.setHorizontalSpacing(2 * GRID)
        self._figures["echo"].setToolTip(
            translate("Timing", "Median time from sending a message until the service echoes it")
        )
        for place, figure in enumerate(self._figures.values()):
            figures.addWidget(figure, 0, place)
            figures.setColumnStretch(place, 1)
        line = QHBoxLayout()
        line.setContentsMargins(_SIDE, 0, _SIDE, 2 * GRID)
        line.addWidget(self.timeline)
        heading = QLabel(translate("Timing", "Reply times"), self)
        set_role(heading, "heading")
        above = QHBoxLayout()
        above.setContentsMargins(_SIDE, GRID, 2 * GRID + 2, GRID)
        above.addWidget(heading, 1)
        above.addWidget(self.slowest_first)
        self.says.setContentsMargins(_SIDE, 0, _SIDE, 2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(figures)
        column.addLayout(line)
        column.addWidget(hairline(self))
        column.addLayout(above)
        column.addWidget(self.says)
        column.addWidget(self.table, 1)
        column.addStretch()

    def _show_figures(self, timings: Timings) -> None:
        self._figures["replies"].show_value(grouped(len(timings.replies)))
        for name, seconds in (
            ("median", timings.median),
            ("slowest", timings.slowest),
            ("echo", self._timing.echo()),
        ):
            self._figures[name].show_value(took(seconds) if seconds is not None else "–")

    def _words(self, reply: ReplyTime) -> tuple[str, str]:
        answer, question = self._timing.message(reply.answer), self._timing.message(reply.question)
        text = one_line(question.text[:_LONGEST_QUESTION]) if question is not None else ""
        who = person(answer.sender) if answer is not None else ""
        return who, text or translate("Timing", "a choice or a file")

    def _draw(self, timings: Timings) -> Iterator[None]:
        """Draw the course of the chat; that of a long one is put together in more than one turn."""
        lanes: dict[str, int] = {translate("Transcript", "You"): 0}
        said: list[Said] = []
        by_key: dict[str, int] = {}
        for message, at in self._timing.said():
            lane = 0 if message.direction is Direction.INBOUND else _lane(lanes, message.sender)
            by_key[message.key] = lane
            said.append(Said(at.timestamp(), lane))
            if len(said) % _STEP == 0:
                yield
        answers = []
        for reply in timings.replies:
            slowest = reply.seconds == timings.slowest
            answers.append(Answer(reply, by_key.get(reply.answer, 0), slowest=slowest))
            if len(answers) % _STEP == 0:
                yield
        self.timeline.show_course(
            Course(tuple(lanes), tuple(said), tuple(answers), tuple(self._timing.breaks))
        )

    def _changed(self) -> None:
        if not self._soon.isActive():
            # A course that takes long to draw is drawn less often.
            self._soon.start(_PAUSE_MS if not self._drawing.busy else _LONG_PAUSE_MS)


class _Figure(QWidget):
    """A value with its name below it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.value = QLabel(self)
        set_role(self.value, "strong")
        below = QLabel(name, self)
        below.setWordWrap(True)
        set_role(below, "small")
        for label in (self.value, below):
            label.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # Figures run from left to right, but stand above their names.
        column.addWidget(self.value, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(below)
        column.addStretch()

    def show_value(self, value: str) -> None:
        """Show another value."""
        self.value.setText(value)
        self.setAccessibleName(f"{self._name}: {value}")
        self.value.setAccessibleName(f"{self._name}: {value}")


def _lane(lanes: dict[str, int], sender: Sender) -> int:
    name = person(sender)
    if name not in lanes and len(lanes) >= _MOST_LANES:
        name = translate("Timing", "Others")
    return lanes.setdefault(name, len(lanes))
