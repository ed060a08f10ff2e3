"""The rows of a conversation under keys and mouse: walked over, selected, copied, and each with its menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from gcdesk.ui import style
from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.column import Column
from gcdesk.ui.earlier import EarlierRow
from gcdesk.ui.message_words import copied_messages
from gcdesk.ui.parts import Hub, Part
from gcdesk.ui.plain_text import copy
from gcdesk.ui.rows import Row, Rows
from gcdesk.ui.selection import Grip, Selection

_DRAG_STEP: Final = 24
"""Pixels that one step scrolls while a drag goes on beyond the edge."""

_DRAG_MS: Final = 30


class MessageColumn(Column):
    """Rows, most of which hold a message.

    The arrow keys walk over the messages and the tab key over what can be used in them. With Shift the arrow keys
    select, as does dragging the mouse from one message into another.

    Args:
        make_row: Makes the widget of a row from its number.
        end_margin: Pixels below the last row.
        parent: The Qt parent.
    """

    def __init__(self, make_row: Callable[[int], Part], end_margin: int, parent: QWidget | None) -> None:
        super().__init__(make_row, end_margin, parent)
        self._rows = Rows()
        self.hub = Hub(self)
        self.selection = Selection(self._rows, self)
        self.selection.changed.connect(self._show_selected)
        self.hub.gripped.connect(self._gripped)
        self.hub.dragged.connect(self._dragged)
        self.hub.dropped.connect(self._dropped)
        self.hub.menu_wanted.connect(self._open_menu)
        self._drag: tuple[MessageRow, QPoint] | None = None
        self._drag_on = QTimer(self, interval=_DRAG_MS)
        self._drag_on.timeout.connect(self._drag_further)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Copying

    def copied_text(self) -> str:
        """The selected messages as plain text, each with date, time and sender; empty if none is selected."""
        return copied_messages(row.message for row in self.selection.in_order() if row.message is not None)

    def copy_selected(self) -> None:
        """Put the selected messages on the clipboard."""
        if self.selection:
            copy(self.copied_text())

    def _open_menu(self, view: MessageRow, where: QPoint) -> None:
        row = self._rows.find(view.message.key)
        if row is None:
            return
        # Nobody needs it for the first message.
        from gcdesk.ui.message_menu import MessageMenu

        menu = MessageMenu(view, self.hub, len(self.selection) if row in self.selection else 0)
        menu.copy_selected.connect(self.copy_selected)
        menu.select_all.connect(self.selection.take_all)
        # Not exec(): a nested event loop would stall the chat.
        menu.popup(where)

    # Selecting

    def _show_selected(self, different: Iterable[Row]) -> None:
        live = {id(self._rows[number]): view for number, view in self.live_rows().items()}
        for row in different:
            view = live.get(id(row))
            if isinstance(view, MessageRow):
                view.set_selected(row in self.selection)

    def _gripped(self, key: str, grip: Grip) -> None:
        row = self._rows.find(key)
        if row is not None:
            self.selection.take(row, grip)

    def _dragged(self, view: MessageRow, where: QPoint) -> None:
        self._drag = view, where
        here = self.viewport().mapFromGlobal(where)
        if view.geometry().contains(here) and not self.selection:
            # Inside one message its text is selected.
            return
        number = self._number_at(here.y())
        row = self._rows[number] if number >= 0 else None
        if row is not None and row.message is not None:
            self.selection.take(row, Grip.EXTEND)
        beyond = not 0 <= here.y() < self.viewport().height()
        if beyond and not self._drag_on.isActive():
            self._drag_on.start()
        elif not beyond:
            self._drag_on.stop()

    def _drag_further(self) -> None:
        if self._drag is None:
            return
        view, where = self._drag
        up = self.viewport().mapFromGlobal(where).y() < 0
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (-_DRAG_STEP if up else _DRAG_STEP))
        self._dragged(view, where)

    def _dropped(self) -> None:
        self._drag = None
        self._drag_on.stop()

    def _number_at(self, y: int) -> int:
        """The row at a height of the visible part, or the one nearest to it; -1 without any."""
        inside = min(max(y, 0), self.viewport().height() - 1)
        return self.row_at(self.verticalScrollBar().value() + inside)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: pressed beside the messages."""
        self.selection.clear()
        super().mousePressEvent(event)

    # Keys

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
        """Walk over the messages, select and copy them."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.selection:
            self.copy_selected()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selection.take_all()
        elif event.key() == Qt.Key.Key_Escape and self.selection:
            self.selection.clear()
        elif not self._walk_by(event):
            super().keyPressEvent(event)

    def _walk_by(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        current = self._current()
        if event.key() == Qt.Key.Key_Home:
            to, step = 0, 1
        elif event.key() == Qt.Key.Key_End:
            to, step = len(self._rows) - 1, -1
        elif not step:
            return False
        elif current >= 0:
            to = current + step
        else:
            to, step = max(self.rows_in_view(), default=-1), -1
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if extend and current >= 0 and self._rows[current] is not self.selection.reach:
            # It begins where the keyboard is, wherever the mouse was before.
            self.selection.take(self._rows[current], Grip.ONLY)
        number = self._walk(to, step)
        if number >= 0:
            self.selection.take(self._rows[number], Grip.EXTEND if extend else Grip.ONLY)
        return True

    def _current(self) -> int:
        focused = QApplication.focusWidget()
        for number, view in self.live_rows().items():
            if focused is not None and (view is focused or view.isAncestorOf(focused)):
                return number
        return -1

    def _walk(self, number: int, step: int) -> int:
        """Go to the next message from a row on; its number, -1 where none is."""
        while 0 <= number < len(self._rows):
            if self._rows[number].message is not None:
                self._go_to(number)
                return number
            if self._rows[number].kind == "earlier" and self._go_to_earlier():
                return -1
            number += step
        return -1

    def _go_to_earlier(self) -> bool:
        view = self.reveal_row(0)
        if not (isinstance(view, EarlierRow) and view.button.isEnabled()):
            return False
        view.button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _go_to(self, number: int) -> None:
        self.reveal_row(number).setFocus(Qt.FocusReason.OtherFocusReason)
