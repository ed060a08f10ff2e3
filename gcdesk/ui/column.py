"""A scrolling column of any length of which only the visible rows exist.

Rows are numbers with a height. Their widgets are made when they come near the visible part and deleted when they are
far away again, so that adding a row at the end costs the same whatever the length. Heights never measured at the
present width are estimates; when a measure differs, or rows come in above, what the person looks at stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollBar, QWidget

from gcdesk.ui.heights import Heights
from gcdesk.ui.parts import Part

_PASSES: Final = 8
"""How often the visible part is measured again because measuring brought other rows into view."""

_KEPT_AROUND: Final = 2
"""Rows further away than this many heights of the visible part are deleted."""

_AHEAD: Final = 6
"""In how many steps the rows just out of sight are made, so that no step takes long."""

_SLACK: Final = 4
"""Pixels above the end that still count as the end."""


def _holds_focus(view: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (view is focused or view.isAncestorOf(focused))


class _QuietBar(QScrollBar):
    """A scroll bar that keeps its place but shows nothing where there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class Column(QAbstractScrollArea):
    """Rows below each other; stays at the end while rows are added, unless the person scrolled up."""

    at_end_changed = Signal(bool)

    def __init__(
        self, make_row: Callable[[int], Part], end_margin: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make_row = make_row
        self._end_margin = end_margin
        self._heights = Heights()
        self._measured_for: list[int] = []
        self._live: dict[int, Part] = {}
        self._tail: Part | None = None
        self._at_end = True
        # The row at the upper edge, and how many pixels of it are above the edge.
        self._anchor = (0, 0)
        self._placing = False
        self._soon = self._timer(lambda: self._place_in_sight(around=0))
        self._idle = self._timer(self._look_ahead)
        self._ahead = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would change the width, and with it every height.
        self.setVerticalScrollBar(_QuietBar(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(40)

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    # What the owner of the rows does

    def __len__(self) -> int:
        return len(self._heights)

    def append_row(self, estimate: int) -> None:
        """Add a row at the end; its widget is made when it is needed."""
        self._heights.append(estimate)
        self._measured_for.append(0)
        self._soon.start()

    def insert_row(self, row: int, estimate: int, *, hold_below: bool = False) -> None:
        """Add a row above the one with that number; the numbers from there on go up by one.

        What is above it stays where it is, or what is below it with `hold_below`.
        """
        if row >= len(self._heights):
            self.append_row(estimate)
            return
        anchor, above = self._anchor
        if hold_below and anchor < row:
            above += self._heights.offset(anchor) - self._heights.offset(row)
            anchor = row
        self._heights.insert(row, estimate)
        self._measured_for.insert(row, 0)
        self._live = {number + (number >= row): view for number, view in self._live.items()}
        self._anchor = (anchor + 1, above) if anchor >= row else (anchor, above)
        self._soon.start()

    def move_row(self, row: int, to: int) -> None:
        """Move a row so that it gets the number `to`; its widget and what was entered there stay."""
        if row == to:
            return
        view = self._live.get(row)
        height = self._take_out(row)
        self._heights.insert(to, height)
        self._measured_for.insert(to, 0)
        self._live = {number + (number >= to): other for number, other in self._live.items()}
        if view is not None:
            self._live[to] = view
        anchor, above = self._anchor
        self._anchor = (anchor + (anchor >= to), above)
        self._soon.start()

    def live_row(self, row: int) -> Part | None:
        """A row's widget, where it exists just now."""
        return self._live.get(row)

    def live_rows(self) -> dict[int, Part]:
        """All widgets that exist just now."""
        return dict(self._live)

    def remeasure_row(self, row: int, *, hold: bool = False) -> None:
        """A row's widget wants another height. `hold` keeps its upper edge in place, even at the end."""
        self._measured_for[row] = 0
        if hold:
            self._at_end = False
            self._anchor = (row, self.verticalScrollBar().value() - self._heights.offset(row))
        self._soon.start()

    def remake_row(self, row: int) -> None:
        """A row's widget shows something that is no longer so."""
        self._measured_for[row] = 0
        old = self._live.pop(row, None)
        if old is None:
            return
        if _holds_focus(old):
            # The new widget takes the focus before the old one goes, or Qt would pass it to a neighbour.
            new = self._view(row)
            new.fit(self.viewport().width())
            new.setGeometry(old.geometry())
            new.show()
            new.setFocus()
        self._discard(old)
        self._soon.start()

    def remake_rows(self) -> None:
        """All rows show something that is no longer so; what the person looks at stays where it is."""
        self._measured_for = [0] * len(self._heights)
        for row in list(self._live):
            self.remake_row(row)
        self._soon.start()

    def drop_row(self, row: int) -> None:
        """Take a row out for good; the numbers below it go down by one."""
        old = self._live.get(row)
        self._take_out(row)
        if old is not None:
            self._discard(old)
        self._soon.start()

    def _take_out(self, row: int) -> int:
        height = self._heights.remove(row)
        del self._measured_for[row]
        self._live = {number - (number > row): view for number, view in self._live.items() if number != row}
        anchor, above = self._anchor
        if anchor > row:
            self._anchor = (anchor - 1, above)
        elif anchor == row:
            # The next row takes its place at the edge.
            self._anchor = (row, 0)
        return height

    def set_tail(self, tail: Part | None) -> None:
        """Show something below the last row, whichever that is; None for nothing."""
        if self._tail is not None:
            self._discard(self._tail)
        self._tail = tail
        if tail is not None:
            tail.setParent(self.viewport())
        self._soon.start()

    def clear_rows(self) -> None:
        """Forget all rows."""
        for view in self._live.values():
            self._discard(view)
        self._live.clear()
        self._heights.clear()
        self._measured_for.clear()
        self._anchor = (0, 0)
        self._set_at_end(True)
        self._soon.start()

    @property
    def at_end(self) -> bool:
        """Whether new rows scroll into view by themselves."""
        return self._at_end

    @property
    def is_moving(self) -> bool:
        """Whether rows are still to be placed."""
        return self._soon.isActive() or self._idle.isActive()

    def scroll_to_end(self) -> None:
        """Show the last row and stay with the end from now on."""
        self._set_at_end(True)
        self._place(around=0)

    def stay_at_end(self) -> None:
        """Stay with the end from now on; shows it with the next rows."""
        self._set_at_end(True)
        self._soon.start()

    def reveal_row(self, row: int) -> Part:
        """Scroll as little as needed to show a row; return its widget."""
        self._place(around=0)
        bar = self.verticalScrollBar()
        top = self._heights.offset(row)
        height = self.viewport().height()
        if top < bar.value():
            bar.setValue(top)
        # The height may still be an estimate, so what was revealed is measured and looked at once more.
        for _ in range(2):
            bottom = self._heights.offset(row) + self._heights[row]
            if bottom > bar.value() + height:
                bar.setValue(min(self._heights.offset(row), bottom - height))
        if row == len(self._heights) - 1:
            bar.setValue(bar.maximum())
        return self._view(row)

    def make_room(self, height: int) -> None:
        """Leave so many pixels free above the rows."""
        self.setViewportMargins(0, height, 0, 0)

    def show_at_top(self, row: int) -> None:
        """Scroll so that a row stands at the upper edge, or as near to it as the end allows."""
        self._set_at_end(False)
        self._anchor = (row, 0)
        self._place(around=0)

    def row_at(self, offset: int) -> int:
        """The row at so many pixels below the top of the first one, or the nearest; -1 without any."""
        return self._heights.at(offset)

    def rows_in_view(self) -> list[int]:
        """The rows of which at least a part can be seen, from above to below."""
        room = self.viewport().rect()
        return [row for row, view in sorted(self._live.items()) if view.geometry().intersects(room)]

    # Placing

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The person scrolled: show what is there now."""
        if self._placing:
            return
        bar = self.verticalScrollBar()
        self._hold(bar.value())
        self._set_at_end(bar.value() >= bar.maximum() - _SLACK)
        self._place(around=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure what is visible for the new width; the rest waits until it is seen."""
        super().resizeEvent(event)
        self._place(around=0)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: what came while nobody looked gets its widgets now."""
        self._place(around=0)
        super().showEvent(event)

    def _place_in_sight(self, around: int) -> None:
        # Of fifty chats one is looked at; rows of the others cost nothing until they are.
        if self.isVisible():
            self._place(around)

    def _look_ahead(self) -> None:
        """Make rows out of sight, so that scrolling finds them ready."""
        if self.isVisible():
            self._ahead += 1
            self._place(around=self.viewport().height() * self._ahead // _AHEAD)
            if self._ahead < _AHEAD:
                self._idle.start()

    def _hold(self, top: int) -> None:
        row = max(0, self._heights.at(top))
        self._anchor = (row, top - self._heights.offset(row) if len(self._heights) else 0)

    def _place(self, around: int) -> None:
        """Make, measure and move the rows in view and `around` pixels above and below; delete all others."""
        if self._placing:
            return
        self._soon.stop()
        self._placing = True
        try:
            tail = self._tail.fit(self.viewport().width()).height() if self._tail is not None else 0
            end = tail + self._end_margin
            self._settle(end, around)
            self._arrange()
        finally:
            self._placing = False
        if not around:
            self._ahead = 0
            self._idle.start()

    def _settle(self, end: int, around: int) -> None:
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        for _ in range(_PASSES):
            highest = max(0, self._heights.total + end - height)
            top = highest if self._at_end else min(highest, self._anchored())
            if not self._measure(top - around, top + height + around):
                break
        highest = max(0, self._heights.total + end - height)
        bar.setRange(0, highest)
        bar.setPageStep(height)
        bar.setValue(highest if self._at_end else min(highest, self._anchored()))
        if not self._at_end:
            self._set_at_end(bar.value() >= highest - _SLACK)
        self._hold(bar.value())

    def _anchored(self) -> int:
        row, above = self._anchor
        if row >= len(self._heights):
            return 0
        return max(0, self._heights.offset(row) + min(above, self._heights[row]))

    def _measure(self, top: int, bottom: int) -> bool:
        """Give each row between two offsets a widget and its true height; whether any height was another."""
        width = self.viewport().width()
        row = max(0, self._heights.at(top))
        y = self._heights.offset(row)
        changed = False
        while row < len(self._heights) and y < bottom:
            if self._measured_for[row] != width or row not in self._live:
                changed |= self._measure_row(row, width)
            y += self._heights[row]
            row += 1
        return changed

    def _measure_row(self, row: int, width: int) -> bool:
        wanted = self._view(row).fit(width).height()
        self._measured_for[row] = width
        return self._heights.set(row, wanted) != 0

    def _view(self, row: int) -> Part:
        view = self._live.get(row)
        if view is None:
            view = self._live[row] = self._make_row(row)
            view.setParent(self.viewport())
        return view

    def _arrange(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        top = self.verticalScrollBar().value()
        first = self._heights.at(top - _KEPT_AROUND * height)
        last = self._heights.at(top + height + _KEPT_AROUND * height)
        made = False
        for row, view in sorted(self._live.items()):
            if not first <= row <= last and not (_holds_focus(view) or view.has_draft):
                del self._live[row]
                self._discard(view)
                continue
            view.setGeometry(0, self._heights.offset(row) - top, width, self._heights[row])
            made = made or view.isHidden()
            view.show()
        if self._tail is not None:
            size = self._tail.fit(width)
            self._tail.setGeometry(0, self._heights.total - top, width, size.height())
            self._tail.show()
        if made:
            self._order_tab_stops()

    def _order_tab_stops(self) -> None:
        # Qt puts each new widget last, so that after scrolling up the tab key would jump about.
        before: QWidget = self
        for _, view in sorted(self._live.items()):
            # What never has the focus does not move in the chain, and would lead the rest astray.
            takes_focus = view.focusPolicy() != Qt.FocusPolicy.NoFocus
            for stop in (*([view] if takes_focus else []), *view.tab_stops()):
                QWidget.setTabOrder(before, stop)
                before = stop

    def _discard(self, view: QWidget) -> None:
        # It lives until the event is done that led here, which must not press anything in it twice.
        view.setEnabled(False)
        view.hide()
        view.deleteLater()

    def _set_at_end(self, at_end: bool) -> None:
        if at_end != self._at_end:
            self._at_end = at_end
            self.at_end_changed.emit(at_end)
