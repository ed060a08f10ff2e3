"""The conversation as the customer saw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gcdesk.guest.message import Direction, Message
from gcdesk.ui import markdown, style
from gcdesk.ui.bubbles import WIDEST_BUBBLE, MessageRow, NoteRow
from gcdesk.ui.content_view import build_content
from gcdesk.ui.earlier import DividerRow, EarlierRow, EarlierState
from gcdesk.ui.fonts import text_font
from gcdesk.ui.message_column import MessageColumn
from gcdesk.ui.message_words import sender_name, shown_text
from gcdesk.ui.newest_chip import NewestChip
from gcdesk.ui.parts import Part, Pick
from gcdesk.ui.plain_text import LONGEST_SHOWN, one_line
from gcdesk.ui.rows import Row
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.ui.transcript_finding import TranscriptFinding

translate = QCoreApplication.translate

_CONTENT_ESTIMATE: Final = 120


def _no_answer(_key: str) -> float | None:
    return None


class Transcript(MessageColumn):
    """Messages and notes, newest at the end."""

    reply_chosen = Signal(object)
    """A `gcdesk.guest.replies.Reply`; if it is refused, call `take_back_pick`."""

    resend_requested = Signal(str)
    """The key of a failed message."""

    withdraw_requested = Signal(str)
    """The key of a waiting message."""

    link_activated = Signal(str)
    """A web address the person has seen and wants opened."""

    earlier_requested = Signal()
    """The person wants to see earlier messages."""

    frame_wanted = Signal(str)
    """The key of a message whose frame the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._make, 4 * GRID, parent)
        self._earlier = EarlierState.OFFERED, ""
        self._newest_own: Row | None = None
        self._newest_pick: Row | None = None
        self._newest_divider: Row | None = None
        self._usable = True
        self._markdown = False
        self._answered_after: Callable[[str], float | None] = _no_answer
        self._connect()
        self._chip = NewestChip(self)
        self._chip.clicked.connect(self.jump_to_new)
        self._first_missed: Row | None = None
        self.at_end_changed.connect(self._show_end)
        self._finding: TranscriptFinding | None = None
        self._reply_times_soon = QTimer(self, singleShot=True)
        self._reply_times_soon.timeout.connect(self._refresh_reply_times)
        metrics = QFontMetrics(text_font())
        self._line_height = metrics.lineSpacing()
        self._character_width = max(1, metrics.averageCharWidth())
        self.viewport().setAutoFillBackground(False)
        style.set_role(self, "canvas")
        self.setAccessibleName(translate("Transcript", "Conversation"))
        self.setAccessibleDescription(translate("Transcript", "The arrow keys move between the messages"))
        style.theme().changed.connect(self.viewport().update)

    def _connect(self) -> None:
        hub = self.hub
        hub.picked.connect(self._picked)
        hub.reply_chosen.connect(self.reply_chosen)
        hub.resend_requested.connect(self.resend_requested)
        hub.withdraw_requested.connect(self.withdraw_requested)
        hub.link_activated.connect(self.link_activated)
        hub.frame_wanted.connect(self.frame_wanted)
        hub.earlier_requested.connect(self.earlier_requested)
        hub.changed_height.connect(lambda part: self._changed_height(part, hold=True))
        hub.resized.connect(lambda part: self._changed_height(part, hold=False))

    # What happens in the chat

    def add_message(self, message: Message, before: str = "", *, earlier: bool = False) -> None:
        """Show a message above the one with the key `before`, or below all others.

        A message with a known key changes that message instead. `earlier` ones come from the history: what the
        person looks at stays where it is.
        """
        if self._rows.find(message.key) is not None:
            self.change_message(message)
            return
        number = self._number_for(message, before, earlier=earlier)
        row = Row("message", message.at, message)
        last = number == len(self._rows)
        self._insert(number, row, self._estimate(message), hold_below=earlier)
        self._search_in(row)
        if message.direction is Direction.INBOUND:
            self._own_message_at(row)
            if last and not earlier:
                # Whoever writes wants to see it.
                self.stay_at_end()
        elif not earlier:
            self._tell(row, message, last=last)
            self._reply_times_soon.start()

    def change_message(self, message: Message) -> None:
        """Show what became of a message, found by its key; an unknown one is added."""
        row = self._rows.find(message.key)
        if row is None:
            self.add_message(message)
            return
        number = self._rows.number(row)
        before, row.message = row.message, message
        row.folded = None
        self._search_in(row)
        self._reply_times_soon.start()
        view = self.live_row(number)
        same = before is not None and (before.text, before.content) == (message.text, message.content)
        if same and isinstance(view, MessageRow):
            view.show_message(message)
            self.remeasure_row(number)
        else:
            self.remake_row(number)

    def move_message(self, key: str, before: str) -> None:
        """A message belongs above the one with the key `before`, or below all others; unknown ones are left."""
        row = self._rows.find(key)
        if row is None or row.message is None or key == before:
            return
        number = self._rows.remove(row)
        to = self._rows.place_before(before, row.message.time or row.message.at)
        self._rows.insert(to, row)
        self.move_row(number, to)
        for place in {number, to, to + 1}:
            self._regroup(place)
        self._find_newest_own()

    def remove_message(self, key: str) -> None:
        """Take a message out that was withdrawn before it went out."""
        row = self._rows.find(key)
        if row is not None:
            self.selection.forget(row)
            if self._finding is not None:
                self._finding.search.forget(row)
            if self._first_missed is row:
                self._first_missed = None
            number = self._rows.remove(row)
            self.drop_row(number)
            self._regroup(number)
            self._find_newest_own()

    def add_note(self, text: str, at: datetime) -> None:
        """Show a quiet centred line, such as who joined."""
        self._insert(len(self._rows), Row("note", at, note=text), 5 * GRID + self._line_height)

    def add_divider(self, text: str, reason: str, at: datetime) -> None:
        """Show that what follows belongs to another conversation; what was asked above is over."""
        row = Row("divider", at, note=text, reason=reason)
        number = len(self._rows)
        while number and self._rows[number - 1].kind == "note" and self._rows[number - 1].at >= at:
            # What was noted at the same moment belongs to the new conversation.
            number -= 1
        self._insert(number, row, 10 * GRID + self._line_height)
        self._newest_divider = row
        self._refresh_usable()

    def show_earlier(self, state: EarlierState, reason: str = "") -> None:
        """Show at the top where the earlier messages stand, and offer to load them."""
        self._earlier = state, reason
        if not len(self._rows) or self._rows[0].kind != "earlier":
            row = Row("earlier", datetime.min.replace(tzinfo=UTC))
            self._insert(0, row, 12 * GRID, hold_below=not self.at_end)
            return
        view = self.live_row(0)
        if isinstance(view, EarlierRow):
            had_focus = view.button.hasFocus()
            if had_focus and state in (EarlierState.LOADING, EarlierState.COMPLETE):
                # A button that goes would hand the keyboard to a neighbour.
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            view.show_state(state, reason)
        self.remeasure_row(0)

    def set_typing(self, text: str) -> None:
        """Show a line such as "Lena is typing…" below all messages; an empty one takes it away."""
        self.set_tail(NoteRow(text, self.viewport()) if text else None)

    def set_usable(self, usable: bool) -> None:
        """Let the person answer with buttons and pickers, or not while the chat cannot take it."""
        if usable != self._usable:
            self._usable = usable
            self._refresh_usable()

    def set_markdown(self, on: bool) -> None:
        """Show what bots and agents write as Markdown, or as it was written."""
        if on != self._markdown:
            self._markdown = on
            self.remake_rows()

    def take_back_pick(self) -> None:
        """The last chosen reply was refused: nothing was sent, so it can be chosen again."""
        row, self._newest_pick = self._newest_pick, None
        if row is not None:
            row.pick = None
            self.remake_row(self._rows.number(row))

    def clear(self) -> None:
        """Forget everything."""
        self.selection.clear()
        if self._finding is not None:
            self._finding.search.forget_all()
        self._rows.clear()
        self._newest_own = self._newest_pick = self._newest_divider = self._first_missed = None
        self.set_tail(None)
        self.clear_rows()

    def reveal(self, key: str) -> bool:
        """Scroll to the message with that key and lead the keyboard there; False where it does not stand here."""
        row = self._rows.find(key)
        if row is not None:
            self._go_to(self._rows.number(row))
        return row is not None

    def jump_to_new(self) -> None:
        """Scroll to the first message that came in out of sight, or to the end if there is none."""
        missed, self._first_missed = self._first_missed, None
        if missed is None:
            self.scroll_to_end()
            return
        self.show_at_top(self._rows.number(missed))
        self._chip.offer(not self.at_end)
        self._chip.forget_missed()

    def set_reply_times(self, answered_after: Callable[[str], float | None]) -> None:
        """Say beside each answer how many seconds the customer waited for it.

        `answered_after` gives them for a message's key, None where it is no answer.
        """
        self._answered_after = answered_after
        self._refresh_reply_times()

    def open_find(self) -> TranscriptFinding:
        """Open the search above the conversation, ready for new words; steps from one found message to the next."""
        if self._finding is None:
            # Nobody needs it for the first message.
            from gcdesk.ui.transcript_finding import TranscriptFinding

            self._finding = TranscriptFinding(self, self._rows)
        self._finding.open()
        return self._finding

    @property
    def finding(self) -> TranscriptFinding | None:
        """The search, once it was opened for the first time."""
        return self._finding

    def message_count(self) -> int:
        """How many messages stand here."""
        return self._rows.messages

    # Rows

    def _number_for(self, message: Message, before: str, *, earlier: bool) -> int:
        when = message.time or message.at
        if earlier and not before:
            return self._rows.above_later_notes(len(self._rows), when)
        return self._rows.place_before(before, when)

    def _insert(self, number: int, row: Row, estimate: int, *, hold_below: bool = False) -> None:
        self._rows.insert(number, row)
        row.continues = self._rows.continues(number)
        self.insert_row(number, estimate, hold_below=hold_below)
        self._regroup(number + 1)

    def _regroup(self, number: int) -> None:
        """Another row stands above this one now: whether it needs a name may have changed."""
        if number < len(self._rows):
            row = self._rows[number]
            continues = self._rows.continues(number)
            if continues != row.continues:
                row.continues = continues
                self.remake_row(number)

    def _estimate(self, message: Message) -> int:
        columns = max(10, min(WIDEST_BUBBLE, self.viewport().width()) * 7 // 10 // self._character_width)
        text = message.text[:LONGEST_SHOWN]
        lines = len(text) // columns + text.count("\n") + 1
        return lines * self._line_height + 13 * GRID + (_CONTENT_ESTIMATE if message.content else 0)

    def _make(self, number: int) -> Part:
        row = self._rows[number]
        if row.kind == "earlier":
            return EarlierRow(*self._earlier, self.hub, self.viewport())
        if row.kind == "divider":
            return DividerRow(row.note, row.reason, self.viewport())
        if row.message is None:
            return NoteRow(row.note, self.viewport(), row.at)
        content = build_content(row.message, self.hub, row.pick)
        text = shown_text(row.message)
        # The customer's own words stay as written, as in the messenger.
        marked = self._markdown and row.message.direction is Direction.OUTBOUND
        view = MessageRow(
            row.message,
            text,
            content,
            self.hub,
            continues=row.continues,
            paragraphs=markdown.paragraphs(text) if marked else None,
            reply_time=self._answered_after(row.message.key),
        )
        view.set_selected(row in self.selection)
        if self._finding is not None:
            self._finding.dress(row, view)
        self._set_answerable(number, view)
        return view

    def _set_answerable(self, number: int, view: MessageRow) -> None:
        usable = (
            self._usable and self._rows[number].pick is None and number > self._number(self._newest_divider)
        )
        view.set_answerable(usable, latest=number > self._number(self._newest_own))

    def _number(self, row: Row | None) -> int:
        return -1 if row is None else self._rows.number(row)

    def _own_message_at(self, row: Row) -> None:
        if self._rows.number(row) > self._number(self._newest_own):
            self._newest_own = row
            self._refresh_usable()

    def _find_newest_own(self) -> None:
        """After a message went, or went elsewhere, another one may be the customer's newest."""
        self._newest_own = None
        for number in range(len(self._rows) - 1, -1, -1):
            message = self._rows[number].message
            if message is not None and message.direction is Direction.INBOUND:
                self._newest_own = self._rows[number]
                break
        self._refresh_usable()

    def _refresh_usable(self) -> None:
        for number, view in self.live_rows().items():
            if isinstance(view, MessageRow):
                self._set_answerable(number, view)

    def _picked(self, pick: Pick) -> None:
        row = self._rows.find(pick.key)
        if row is not None:
            row.pick = pick
            self._newest_pick = row
            self.remake_row(self._rows.number(row))

    def _changed_height(self, part: QObject, *, hold: bool) -> None:
        for number, view in self.live_rows().items():
            if isinstance(part, QWidget) and (view is part or view.isAncestorOf(part)):
                self.remeasure_row(number, hold=hold)

    def _refresh_reply_times(self) -> None:
        if self.isVisible():
            for view in self.live_rows().values():
                if isinstance(view, MessageRow) and not view.own:
                    view.show_reply_time(self._answered_after(view.message.key))

    def _search_in(self, row: Row) -> None:
        if self._finding is not None:
            self._finding.search.look_at(row)

    def _show_end(self, at_end: bool) -> None:
        if at_end:
            self._first_missed = None
        self._chip.offer(not at_end)

    def _tell(self, row: Row, message: Message, *, last: bool) -> None:
        if not self.at_end and last:
            self._first_missed = self._first_missed or row
            self._chip.missed_one()
        if QAccessible.isActive():
            words = f"{sender_name(message)}: {one_line(shown_text(message))}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: somebody looks at it now."""
        super().showEvent(event)
        self._reply_times_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chip and the search at their edges."""
        super().resizeEvent(event)
        self._chip.place()
        if self._finding is not None:
            self._finding.place()
