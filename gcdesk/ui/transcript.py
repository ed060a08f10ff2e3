"""The conversation as the customer saw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from gcdesk.guest.message import Direction, Message
from gcdesk.ui import style
from gcdesk.ui.bubbles import WIDEST_BUBBLE, MessageRow, NoteRow, sender_name
from gcdesk.ui.column import Column
from gcdesk.ui.content_view import build_content, shown_text
from gcdesk.ui.fonts import text_font
from gcdesk.ui.newest_chip import NewestChip
from gcdesk.ui.parts import Hub, Part, Pick
from gcdesk.ui.plain_text import LONGEST_SHOWN, one_line
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_SAME_BREATH: Final = 60.0
"""Seconds within which messages of one sender stand under one name."""

_CONTENT_ESTIMATE: Final = 120


@dataclass(slots=True)
class _Row:
    at: datetime
    message: Message | None = None
    note: str = ""
    continues: bool = False
    pick: Pick | None = None


class Transcript(Column):
    """Messages and notes, newest at the end.

    The arrow keys walk over the messages, the tab key over what can be used in them.
    """

    reply_chosen = Signal(object)
    """A `gcdesk.guest.replies.Reply`; if it is refused, call `take_back_pick`."""

    resend_requested = Signal(str)
    """The key of a failed message."""

    link_activated = Signal(str)
    """A web address the person has seen and wants opened."""

    attachment_activated = Signal(object)
    """A `gcdesk.guest.content.Attachment` whose address the person has seen and wants opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._make, 4 * GRID, parent)
        self._rows: list[_Row] = []
        self._by_key: dict[str, int] = {}
        self._newest_own = -1
        self._newest_pick = -1
        self._usable = True
        self._hub = self._make_hub()
        self._chip = NewestChip(self)
        self._chip.clicked.connect(self.scroll_to_end)
        self.at_end_changed.connect(lambda at_end: self._chip.offer(not at_end))
        metrics = QFontMetrics(text_font())
        self._line_height = metrics.lineSpacing()
        self._character_width = max(1, metrics.averageCharWidth())
        self.viewport().setAutoFillBackground(False)
        style.set_role(self, "canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("Transcript", "Conversation"))
        self.setAccessibleDescription(translate("Transcript", "The arrow keys move between the messages"))
        style.theme().changed.connect(self.viewport().update)

    def _make_hub(self) -> Hub:
        hub = Hub(self)
        hub.picked.connect(self._picked)
        hub.reply_chosen.connect(self.reply_chosen)
        hub.resend_requested.connect(self.resend_requested)
        hub.link_activated.connect(self.link_activated)
        hub.attachment_activated.connect(self.attachment_activated)
        hub.changed_height.connect(self._changed_height)
        return hub

    # What happens in the chat

    def add_message(self, message: Message) -> None:
        """Show a message below all others; one with a known key changes that message instead."""
        if message.key in self._by_key:
            self.change_message(message)
            return
        row = _Row(message.at, message, continues=self._continues(message))
        self._by_key[message.key] = len(self._rows)
        self._rows.append(row)
        self.append_row(self._estimate(message))
        if message.direction is Direction.INBOUND:
            self._newest_own = len(self._rows) - 1
            self._refresh_usable()
            # Whoever writes wants to see it.
            self.stay_at_end()
        else:
            self._tell(message)

    def change_message(self, message: Message) -> None:
        """Show what became of a message, found by its key; an unknown one is added."""
        number = self._by_key.get(message.key)
        if number is None:
            self.add_message(message)
            return
        row = self._rows[number]
        before, row.message = row.message, message
        view = self.live_row(number)
        same = before is not None and (before.text, before.content) == (message.text, message.content)
        if same and isinstance(view, MessageRow):
            view.show_message(message)
            self.remeasure_row(number)
        else:
            self.remake_row(number)

    def remove_message(self, key: str) -> None:
        """Take a message out that was withdrawn before it went out."""
        number = self._by_key.pop(key, None)
        if number is not None:
            self._rows[number].message = None
            self.drop_row(number)

    def add_note(self, text: str, at: datetime) -> None:
        """Show a quiet centred line, such as who joined."""
        self._rows.append(_Row(at, note=text))
        line = self._line_height
        self.append_row(5 * GRID + line)

    def set_typing(self, text: str) -> None:
        """Show a line such as "Lena is typing…" below all messages; an empty one takes it away."""
        self.set_tail(NoteRow(text, self.viewport()) if text else None)

    def set_usable(self, usable: bool) -> None:
        """Let the person answer with buttons and pickers, or not while the chat cannot take it."""
        if usable != self._usable:
            self._usable = usable
            self._refresh_usable()

    def take_back_pick(self) -> None:
        """The last chosen reply was refused: nothing was sent, so it can be chosen again."""
        if self._newest_pick >= 0:
            self._rows[self._newest_pick].pick = None
            self.remake_row(self._newest_pick)
            self._newest_pick = -1

    def clear(self) -> None:
        """Forget everything."""
        self._rows.clear()
        self._by_key.clear()
        self._newest_own = self._newest_pick = -1
        self.set_tail(None)
        self.clear_rows()

    def message_count(self) -> int:
        """How many messages stand here."""
        return len(self._by_key)

    # Rows

    def _continues(self, message: Message) -> bool:
        if not self._rows or message.direction is Direction.INBOUND:
            return False
        last = self._rows[-1].message
        return (
            last is not None
            and last.direction is message.direction
            and last.sender == message.sender
            and abs((message.at - last.at).total_seconds()) < _SAME_BREATH
        )

    def _estimate(self, message: Message) -> int:
        columns = max(10, min(WIDEST_BUBBLE, self.viewport().width()) * 7 // 10 // self._character_width)
        text = message.text[:LONGEST_SHOWN]
        lines = len(text) // columns + text.count("\n") + 1
        return lines * self._line_height + 13 * GRID + (_CONTENT_ESTIMATE if message.content else 0)

    def _make(self, number: int) -> Part:
        row = self._rows[number]
        if row.message is None:
            return NoteRow(row.note, self.viewport(), row.at)
        content = build_content(row.message, self._hub, row.pick)
        view = MessageRow(row.message, shown_text(row.message), content, self._hub, continues=row.continues)
        view.set_answerable(self._usable and row.pick is None, latest=number > self._newest_own)
        return view

    def _refresh_usable(self) -> None:
        for number, view in self.live_rows().items():
            if isinstance(view, MessageRow):
                usable = self._usable and self._rows[number].pick is None
                view.set_answerable(usable, latest=number > self._newest_own)

    def _picked(self, pick: Pick) -> None:
        number = self._by_key.get(pick.key, -1)
        if number < 0:
            return
        self._rows[number].pick = pick
        self._newest_pick = number
        self.remake_row(number)

    def _changed_height(self, part: QObject) -> None:
        for number, view in self.live_rows().items():
            if isinstance(part, QWidget) and (view is part or view.isAncestorOf(part)):
                self.remeasure_row(number, hold=True)

    def _tell(self, message: Message) -> None:
        if not self.at_end:
            self._chip.missed_one()
        if QAccessible.isActive():
            words = f"{sender_name(message)}: {one_line(shown_text(message))}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # Keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chip at the edge."""
        super().resizeEvent(event)
        self._chip.place()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The tab key leads to what is in view first, and scrolls to what is not."""
        if forward and self.hasFocus():
            for number in self.rows_in_view():
                view = self.live_row(number)
                stops = view.tab_stops() if view is not None else []
                for stop in stops:
                    if stop.isEnabled() and stop.isVisible():
                        stop.setFocus(Qt.FocusReason.TabFocusReason)
                        self.reveal_row(number)
                        return True
        moved = super().focusNextPrevChild(forward)
        number = self._current()
        if moved and number >= 0:
            self.reveal_row(number)
        return moved

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring while the conversation as a whole has the focus."""
        if self.hasFocus():
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(QColor(style.tokens().focus), 2))
                painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk over the messages."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Home:
            self._walk(0, 1)
        elif event.key() == Qt.Key.Key_End:
            self._walk(len(self._rows) - 1, -1)
        elif step:
            current = self._current()
            if current >= 0:
                self._walk(current + step, step)
            else:
                self._walk(max(self.rows_in_view(), default=-1), -1)
        else:
            super().keyPressEvent(event)

    def _current(self) -> int:
        focused = QApplication.focusWidget()
        for number, view in self.live_rows().items():
            if focused is not None and (view is focused or view.isAncestorOf(focused)):
                return number
        return -1

    def _walk(self, number: int, step: int) -> None:
        while 0 <= number < len(self._rows):
            if self._rows[number].message is not None:
                self._go_to(number)
                return
            number += step

    def _go_to(self, number: int) -> None:
        self.reveal_row(number).setFocus(Qt.FocusReason.OtherFocusReason)
