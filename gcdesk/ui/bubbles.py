"""The rows of the transcript: a message in its bubble, and the quiet centred notes between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QWidget

from gcdesk.guest.message import Delivery, Direction, Message
from gcdesk.ui import style
from gcdesk.ui.fonts import text_font
from gcdesk.ui.glyphs import placed
from gcdesk.ui.link_strip import LinkStrip
from gcdesk.ui.linked_text import LinkedText
from gcdesk.ui.markup import Paragraph, plain
from gcdesk.ui.message_header import MessageHeader
from gcdesk.ui.message_words import clock_time, delivery_words, sender_name
from gcdesk.ui.parts import GAP, Hub, Part
from gcdesk.ui.plain_text import PlainText, copy
from gcdesk.ui.said import said
from gcdesk.ui.selection import Grip
from gcdesk.ui.steps import took
from gcdesk.ui.tokens import GRID, TYPE_LABEL, TYPE_SMALL

translate = QCoreApplication.translate

SIDE: Final = 6 * GRID
"""Pixels between a row's content and the edge of the transcript."""

WIDEST_BUBBLE: Final = 640
_SHARE: Final = 0.7
_ROUND: Final = 3 * GRID
_PADDING: Final = 14
_PADDING_Y: Final = 11
_ABOVE: Final = 3 * GRID
_ABOVE_CONTINUED: Final = GRID
_LONG_WAIT_MS: Final = 700
_FOUND_BAR: Final = GRID


class NoteRow(Part):
    """A quiet centred line: joined, left, disconnected, and the like."""

    def __init__(self, text: str, parent: QWidget, at: datetime | None = None) -> None:
        super().__init__(parent)
        self.label = PlainText(
            text,
            self,
            font=text_font(TYPE_LABEL),
            ink="muted",
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        if at is not None:
            self.label.setToolTip(clock_time(at))

    def fit(self, width: int) -> QSize:
        """Centre the text."""
        size = self.label.fit(max(1, width - 2 * SIDE))
        top = 4 * GRID
        self.label.setGeometry((width - size.width()) // 2, top, size.width(), size.height())
        return QSize(width, top + size.height() + GRID)

    def text(self) -> str:
        """What the note says."""
        return self.label.text()


class MessageRow(Part):
    """One message: who and how far above, the text in a bubble, then its content.

    `paragraphs` replace the bare text where it is not shown as it was written. `reply_time` is how many seconds the
    customer waited for it, where it is an answer.
    """

    def __init__(
        self,
        message: Message,
        text: str,
        content: Sequence[Part],
        hub: Hub,
        *,
        continues: bool,
        paragraphs: Sequence[Paragraph] | None = None,
        reply_time: float | None = None,
    ) -> None:
        super().__init__()
        self.message = message
        self.own = message.direction is Direction.INBOUND
        self._hub = hub
        # What has no bubble needs its name, for there is no side of it.
        self.continues = continues and not self.own and bool(text)
        self._reply_time = reply_time
        self._hovered = False
        self._selected = False
        self._sought = ""
        self._found = False
        self._bubble = QRect()
        self._header = MessageHeader(self, end=self.own)
        self.text = self._make_text(text, paragraphs) if text else None
        self._strip: LinkStrip | None = None
        self.content = list(content)
        for part in self.content:
            part.setParent(self)
        self._failure: PlainText | None = None
        self._again: QPushButton | None = None
        self._take_back: QPushButton | None = None
        self._waits_long: QTimer | None = None
        # Reached with the arrow keys from its neighbours, so that the tab key leads to controls only.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_message(message)

    def _make_text(self, text: str, paragraphs: Sequence[Paragraph] | None) -> LinkedText:
        made = LinkedText(text, self, ink="on_accent" if self.own else "text")
        made.set_paragraphs(paragraphs if paragraphs is not None else plain(text))
        made.link_pressed.connect(self._show_link)
        return made

    def _show_link(self, url: str) -> None:
        if self._strip is None:
            self._strip = LinkStrip(self._hub, self)
        self._strip.toggle(url)

    def show_message(self, message: Message) -> None:
        """Show how far the message has come by now; text and content stay."""
        self.message = message
        self._show_header()
        failed = message.delivery is Delivery.FAILED
        if failed and self._failure is None:
            self._failure = PlainText("", self, font=text_font(TYPE_SMALL), ink="bad")
            self._again = QPushButton(translate("Transcript", "Send again"), self)
            self._again.setAccessibleName(translate("Transcript", "Send this message again"))
            self._again.clicked.connect(lambda: self._hub.resend_requested.emit(self.message.key))
        if self._failure is not None and self._again is not None:
            self._failure.set_text(
                said(message.failure) or translate("Transcript", "The message could not be sent.")
            )
            self._failure.setVisible(failed)
            self._again.setVisible(failed)
            self._again.setEnabled(failed)
        if message.delivery is Delivery.QUEUED:
            self._begin_waiting()
        else:
            if self._waits_long is not None:
                self._waits_long.stop()
            if self._take_back is not None:
                self._take_back.hide()
        self.setAccessibleName(self._read_out())
        self.update()

    def _begin_waiting(self) -> None:
        if self._waits_long is None:
            # Most messages wait for a moment only, and a button that flashes up helps nobody.
            self._waits_long = QTimer(self, singleShot=True, interval=_LONG_WAIT_MS)
            self._waits_long.timeout.connect(self._offer_take_back)
        self._waits_long.start()

    def _offer_take_back(self) -> None:
        if self._take_back is None:
            self._take_back = QPushButton(translate("Transcript", "Do not send"), self)
            self._take_back.setAccessibleName(translate("Transcript", "Do not send this message"))
            self._take_back.clicked.connect(lambda: self._hub.withdraw_requested.emit(self.message.key))
        self._take_back.show()
        self._hub.resized.emit(self)

    def _read_out(self) -> str:
        message = self.message
        waited = self._waited(translate("Transcript", "answered after {time}"))
        marked = translate("Transcript", "selected") if self._selected else ""
        when = delivery_words(message) or clock_time(message.time or message.at)
        head = ", ".join(filter(None, (sender_name(message), when, waited, marked)))
        parts = (self.text.text() if self.text else "", said(message.failure))
        return ": ".join(filter(None, (head, " ".join(filter(None, parts)))))

    def _show_header(self) -> None:
        message = self.message
        when = clock_time(message.time or message.at) if self._hovered else ""
        if self.continues:
            words = [when]
        elif self.own:
            words = [sender_name(message), delivery_words(message) or when]
        else:
            words = [sender_name(message), self._waited(translate("Transcript", "after {time}")), when]
        self._header.setText(" · ".join(filter(None, words)))
        self._header.set_ink("bad" if message.delivery is Delivery.FAILED else "muted")

    def _waited(self, template: str) -> str:
        if self._reply_time is None:
            return ""
        time = took(self._reply_time)
        # Number and unit would change places among words that read from the right.
        return template.format(time=f"\u2066{time}\u2069" if self.isRightToLeft() else time)

    def show_reply_time(self, seconds: float | None) -> None:
        """Say how long the customer waited for this answer, None where it is none."""
        if seconds != self._reply_time:
            self._reply_time = seconds
            self._show_header()
            self.setAccessibleName(self._read_out())

    def set_selected(self, selected: bool) -> None:
        """Show that it is among the messages to be copied, or is not."""
        if selected != self._selected:
            self._selected = selected
            if selected and self.text is not None:
                self.text.clear_selection()
            self.setAccessibleName(self._read_out())
            self.update()

    @property
    def is_marked(self) -> bool:
        """Whether a search has left its marks here."""
        return bool(self._sought)

    def mark(self, sought: str, *, found: bool) -> None:
        """Mark these folded words wherever they stand in here; `found` where the search is just now."""
        if (sought, found) != (self._sought, self._found):
            self._sought, self._found = sought, found
            for text in self.findChildren(PlainText):
                text.mark(sought, strong=found)
            self.update()

    def fit(self, width: int) -> QSize:
        """Header, bubble, content and failure below each other; own messages at the right."""
        inner = max(1, width - 2 * SIDE)
        room = min(inner, max(int(inner * _SHARE), 220), WIDEST_BUBBLE)
        y = _ABOVE_CONTINUED if self.continues else _ABOVE
        line = self._header.line_height
        if not self.continues:
            self._header.setGeometry(SIDE + GRID, y, inner - 2 * GRID, line)
            y += line + GAP
        if self.text is not None:
            y = self._place_bubble(self.text, y, width, room)
        if self.continues:
            # Without a name above there is only the side of the bubble for the time.
            beside = QRect(0, self._bubble.bottom() - line - GRID, self._bubble.left() - 2 * GRID, line)
            if not self.isRightToLeft():
                beside.setLeft(self._bubble.right() + 2 * GRID)
                beside.setRight(width - 1)
            self._header.setGeometry(beside)
        if self._strip is not None and not self._strip.isHidden():
            size = self._strip.fit(room)
            self._strip.setGeometry(self._left(width, size.width()), y + GAP, size.width(), size.height())
            y += GAP + size.height()
        for index, part in enumerate(self.content):
            if index or self.text is not None:
                y += GAP
            size = part.fit(min(inner, WIDEST_BUBBLE))
            part.setGeometry(self._left(width, size.width()), y, size.width(), size.height())
            y += size.height()
        return QSize(width, self._place_failure(y, width, room) + GRID)

    def _left(self, width: int, taken: int) -> int:
        # The own side is where a line ends.
        return width - SIDE - taken if self.own is not self.isRightToLeft() else SIDE

    def _place_bubble(self, text: PlainText, y: int, width: int, room: int) -> int:
        size = text.fit(room - 2 * _PADDING)
        self._bubble = QRect(0, y, size.width() + 2 * _PADDING, size.height() + 2 * _PADDING_Y)
        self._bubble.moveLeft(self._left(width, self._bubble.width()))
        text.setGeometry(self._bubble.adjusted(_PADDING, _PADDING_Y, -_PADDING, -_PADDING_Y))
        return self._bubble.bottom() + 1

    def _place_failure(self, y: int, width: int, room: int) -> int:
        if self._take_back is not None and not self._take_back.isHidden():
            size = self._take_back.sizeHint()
            self._take_back.setGeometry(
                self._left(width, size.width()), y + GRID, size.width(), size.height()
            )
            return y + GRID + size.height()
        if self._failure is None or self._again is None or self._failure.isHidden():
            return y
        size = self._failure.fit(room)
        self._failure.setGeometry(self._left(width, size.width()), y + GRID, size.width(), size.height())
        y += GRID + size.height() + GRID
        button = self._again.sizeHint()
        self._again.setGeometry(self._left(width, button.width()), y, button.width(), button.height())
        return y + button.height()

    @property
    def has_draft(self) -> bool:
        """Whether the person entered something in the content."""
        return any(part.has_draft for part in self.content)

    def set_answerable(self, usable: bool, *, latest: bool) -> None:
        """Let the person answer with the content; `latest` if no own message came after this one."""
        for part in self.content:
            part.set_usable(usable and (latest or not part.expires))

    def copied_text(self) -> str:
        """What copying gives: the selected part of the text, or else all of it."""
        if self.text is None:
            return ""
        return self.text.selected_text() or self.text.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bubble, and the ring around what has the focus."""
        look = style.tokens()
        with QPainter(self) as painter:
            if self._selected:
                painter.fillRect(self.rect(), QColor(look.selected))
            if self._found:
                bar = QRectF(0, 0, _FOUND_BAR, self.height())
                painter.fillRect(placed(self, bar), QColor(look.warn))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.text is not None:
                edge = look.accent if self.own else look.line
                painter.setPen(QPen(QColor(edge), 1))
                painter.setBrush(QColor(look.accent if self.own else look.bubble))
                painter.drawRoundedRect(QRectF(self._bubble).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
            if self.hasFocus():
                ring = QRectF(self._bubble if self.text is not None else self.contentsRect())
                painter.setPen(QPen(QColor(look.focus), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(ring.adjusted(-2, -2, 2, 2), _ROUND + 2, _ROUND + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the platform's own keys, unless more than this is to be copied."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.copied_text() and not self._selected:
            copy(self.copied_text())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu."""
        self._hub.menu_wanted.emit(self, event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the message, with the keys that every list knows."""
        if event.button() == Qt.MouseButton.LeftButton:
            keys = event.modifiers()
            grip = Grip.ONLY
            if keys & Qt.KeyboardModifier.ShiftModifier:
                grip = Grip.EXTEND
            elif keys & Qt.KeyboardModifier.ControlModifier:
                grip = Grip.TOGGLE
            self._hub.gripped.emit(self.message.key, grip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select more messages once the pointer has left this one."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hub.dragged.emit(self, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End what the press began."""
        self._hub.dropped.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the time while the pointer is here."""
        self._hovered = True
        self._show_header()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the time again."""
        self._hovered = False
        self._show_header()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring and the selection away."""
        if self.text is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.text.clear_selection()
        self.update()
        super().focusOutEvent(event)
