"""What the transcript is put together from: parts that fit themselves to a width, and how parts talk back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from gcdesk.guest.replies import Reply
from gcdesk.ui import style
from gcdesk.ui.file_states import FileStates
from gcdesk.ui.pictures import Pictures
from gcdesk.ui.plain_text import PlainText, one_line, plain_tooltip
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

GAP: Final = 2 * GRID


class Hub(QObject):
    """Where everything inside the transcript reports what the person did.

    One object for all, so that a button deep inside a card needs no chain of signals.
    """

    reply_chosen = Signal(object)
    """A `gcdesk.guest.replies.Reply` to be sent."""

    link_activated = Signal(str)
    """The person has seen this address and wants it opened."""

    picked = Signal(object)
    """A `Pick`: which control of which message was used. Comes before `reply_chosen`."""

    resend_requested = Signal(str)
    """The key of a failed message that shall be sent again."""

    withdraw_requested = Signal(str)
    """The key of a waiting message that shall be taken back."""

    save_requested = Signal(object)
    """The person wants this `gcdesk.guest.content.Attachment` saved."""

    cancel_save_requested = Signal(str)
    """The attachment ID of what shall not be saved after all."""

    fresh_link_requested = Signal(str)
    """The attachment ID of what shall be opened with a link that is good."""

    attach_again_requested = Signal(str)
    """The attachment ID of the customer's file that shall be uploaded again."""

    detach_requested = Signal(str)
    """The attachment ID of the customer's file that shall not be sent after all."""

    frame_wanted = Signal(str)
    """The key of a message whose frame the person wants to see."""

    menu_wanted = Signal(object, object)
    """The row whose menu the person wants, and the QPoint of the screen where."""

    gripped = Signal(str, object)
    """The key of the message that the person takes hold of, and the `gcdesk.ui.selection.Grip`."""

    dragged = Signal(object, object)
    """The row in which a press began, and the QPoint of the screen where the pointer is now."""

    dropped = Signal()
    """The press is over."""

    earlier_requested = Signal()
    """The person wants to see earlier messages."""

    changed_height = Signal(object)
    """A part inside this widget wants another height, because of what the person did there."""

    resized = Signal(object)
    """A part inside this widget wants another height by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files = FileStates(self)
        self.pictures = Pictures(self)

    def answer(self, key: str, place: str, reply: Reply, detail: tuple[str, ...] = ()) -> None:
        """The control at `place` in the message `key` was used: remember that, and ask to send the reply."""
        self.picked.emit(Pick(key, place, detail))
        self.reply_chosen.emit(reply)


@dataclass(frozen=True, slots=True)
class Pick:
    """The control that a person used to answer a message.

    `key` is the message's, `place` the control's among the content, `detail` what was entered there.
    """

    key: str
    place: str
    detail: tuple[str, ...] = ()


class Part(QWidget):
    """A piece of a message. Subclasses say in `fit` how they arrange themselves."""

    expires = False
    """Whether it cannot be used any more once the customer wrote something else."""

    def fit(self, width: int) -> QSize:
        """Arrange everything for at most `width` pixels and return the size that takes."""
        raise NotImplementedError

    @property
    def has_draft(self) -> bool:
        """Whether the person entered something here that would be lost with the widget."""
        return False

    def level(self, height: int) -> None:
        """Take the height of the highest neighbour."""

    def set_usable(self, usable: bool) -> None:
        """Let the person answer with this part, or not any more."""

    def tab_stops(self) -> list[QWidget]:
        """What the tab key leads to in here, in the order of the eye."""
        tab = Qt.FocusPolicy.TabFocus
        here = self.window()
        return [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & tab == tab and widget.window() is here
        ]


class Gap(Part):
    """Room between two groups of parts."""

    def fit(self, _width: int) -> QSize:
        """Of no width."""
        return QSize(0, GRID)


class ChoiceButton(QPushButton):
    """A button whose label comes from outside: shortened where there is no room, read out in full."""

    def __init__(self, label: str, parent: QWidget, role: str = "chip") -> None:
        super().__init__(parent)
        self._mark = ""
        self.label = one_line(label)
        self.setAccessibleName(self.label)
        # Pressing Enter anywhere else must not press this.
        self.setAutoDefault(False)
        style.set_role(self, role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._show(self.label)

    def relabel(self, label: str) -> None:
        """Show and read out another label."""
        self.label = one_line(label)
        self.setAccessibleName(self.label)
        self._show(self.label)

    def mark_chosen(self) -> None:
        """Show that this is what was picked; it cannot be picked again."""
        self._mark = "✓ "
        self.setAccessibleName(translate("Content", "{label}, chosen").format(label=self.label))
        style.set_role(self, "chosen")
        self.setEnabled(False)
        self._show(self.label)

    def fit(self, width: int) -> QSize:
        """Shorten the label so that the button is not wider than `width`."""
        self._show(self.label)
        wanted = self.sizeHint()
        if wanted.width() > width:
            metrics = QFontMetrics(self.font())
            frame = wanted.width() - metrics.horizontalAdvance(self.label)
            self._show(metrics.elidedText(self.label, Qt.TextElideMode.ElideRight, max(0, width - frame)))
            self.setToolTip(plain_tooltip(self.label))
            wanted.setWidth(width)
        return wanted

    def _show(self, text: str) -> None:
        # A single "&" would be taken for a keyboard shortcut and vanish.
        self.setText(self._mark + text.replace("&", "&&"))


def _left_out(widget: QWidget) -> bool:
    # Until its parent is shown, a widget that nobody hid counts as hidden too.
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


Item = Part | ChoiceButton | PlainText


class Group(Part):
    """A part made of `items`; what is said to it is passed on to them."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []

    def set_usable(self, usable: bool) -> None:
        """Let the person answer with any of them, or not any more."""
        for item in self.items:
            if isinstance(item, Part):
                item.set_usable(usable)
            elif isinstance(item, ChoiceButton):
                item.setEnabled(usable)

    @property
    def has_draft(self) -> bool:
        """Whether any of them holds something."""
        return any(isinstance(item, Part) and item.has_draft for item in self.items)


class Flow(Group):
    """Parts side by side, in as many lines as they need; those of one line are equally high."""

    def __init__(self, parent: QWidget | None, *, gap: int = GAP) -> None:
        super().__init__(parent)
        self._gap = gap

    def fit(self, width: int) -> QSize:
        """Fill line after line."""
        x = y = used = tallest = 0
        line: list[tuple[Item, QRect]] = []
        for item in self.items:
            if _left_out(item):
                continue
            size = item.fit(width)
            if x and x + size.width() > width:
                self._place(line, tallest)
                line = []
                x, y, tallest = 0, y + tallest + self._gap, 0
            line.append((item, QRect(x, y, size.width(), size.height())))
            tallest = max(tallest, size.height())
            used = max(used, x + size.width())
            x += size.width() + self._gap
        self._place(line, tallest)
        return QSize(used, y + tallest)

    def _place(self, line: Sequence[tuple[Item, QRect]], tallest: int) -> None:
        for item, rectangle in line:
            if isinstance(item, Part):
                rectangle.setHeight(tallest)
            item.setGeometry(rectangle)
            if isinstance(item, Part):
                item.level(tallest)


class Stack(Group):
    """Parts below each other, `margin` pixels from the edge; all get the width of the widest."""

    def __init__(self, parent: QWidget | None, *, gap: int = GAP, margin: int = 0) -> None:
        super().__init__(parent)
        self.gap = gap
        self.margin = margin

    def fit(self, width: int) -> QSize:
        """Measure all, then give all the same width; hidden ones take no room."""
        inner = max(1, width - 2 * self.margin)
        placed: list[tuple[Item, int, int]] = []
        y = self.margin
        widest = 0
        for item in self.items:
            if _left_out(item):
                continue
            y += self.gap if placed else 0
            size = item.fit(inner)
            placed.append((item, y, size.height()))
            y += size.height()
            widest = max(widest, size.width())
        for item, top, height in placed:
            item.setGeometry(self.margin, top, widest, height)
        return QSize(widest + 2 * self.margin, y + self.margin)
