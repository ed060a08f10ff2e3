"""The top of a transcript: the way to earlier messages, and dividers between conversations."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gcdesk.ui import style
from gcdesk.ui.fonts import text_font
from gcdesk.ui.parts import ChoiceButton, Hub, Part
from gcdesk.ui.plain_text import PlainText
from gcdesk.ui.tokens import GRID, TYPE_LABEL, TYPE_SMALL

translate = QCoreApplication.translate

_SIDE = 6 * GRID


class EarlierState(Enum):
    """What is known of the messages above the first one shown."""

    OFFERED = "offered"
    LOADING = "loading"
    FAILED = "failed"
    COMPLETE = "complete"


class EarlierRow(Part):
    """A button that asks for earlier messages, or what became of asking."""

    def __init__(self, state: EarlierState, reason: str, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self.says = PlainText("", self, font=text_font(TYPE_LABEL), align=Qt.AlignmentFlag.AlignHCenter)
        self.button = ChoiceButton(translate("Transcript", "Load earlier messages"), self)
        self.button.clicked.connect(hub.earlier_requested)
        self.show_state(state, reason)

    def show_state(self, state: EarlierState, reason: str = "") -> None:
        """Show where it stands; `reason` says why it failed."""
        words = {
            EarlierState.LOADING: translate("Transcript", "Loading earlier messages…"),
            EarlierState.FAILED: reason,
            EarlierState.COMPLETE: translate("Transcript", "There are no earlier messages"),
        }.get(state, "")
        self.says.set_text(words)
        self.says.set_ink("bad" if state is EarlierState.FAILED else "muted")
        self.says.setVisible(bool(words))
        if state is EarlierState.FAILED:
            self.button.relabel(translate("Transcript", "Try again"))
            self.button.setAccessibleName(translate("Transcript", "Load earlier messages, try again"))
        else:
            self.button.relabel(translate("Transcript", "Load earlier messages"))
        usable = state in (EarlierState.OFFERED, EarlierState.FAILED)
        self.button.setEnabled(usable)
        self.button.setVisible(usable)
        self.setAccessibleName(words)

    def fit(self, width: int) -> QSize:
        """What is said, and the button below it, in the middle."""
        y = 3 * GRID
        if not self.says.isHidden():
            size = self.says.fit(max(1, width - 2 * _SIDE))
            self.says.setGeometry((width - size.width()) // 2, y, size.width(), size.height())
            y += size.height() + GRID
        if not self.button.isHidden():
            size = self.button.fit(max(1, width - 2 * _SIDE))
            self.button.setGeometry((width - size.width()) // 2, y, size.width(), size.height())
            y += size.height() + GRID
        return QSize(width, y)


class DividerRow(Part):
    """A line across, with words in it: what is below belongs to another conversation."""

    def __init__(self, text: str, reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = PlainText(
            text, self, font=text_font(TYPE_LABEL, bold=True), align=Qt.AlignmentFlag.AlignHCenter
        )
        self.reason = PlainText(
            reason,
            self,
            font=text_font(TYPE_SMALL),
            ink="muted",
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        self.reason.setVisible(bool(reason))
        self.setAccessibleName(". ".join(filter(None, (text, reason))))

    def fit(self, width: int) -> QSize:
        """The words in the middle, the reason below them."""
        y = 5 * GRID
        room = max(1, width - 6 * _SIDE)
        for part in (self.label, self.reason):
            if part.isHidden():
                continue
            size = part.fit(room)
            part.setGeometry((width - size.width()) // 2, y, size.width(), size.height())
            y += size.height() + 2
        return QSize(width, y + 3 * GRID)

    def text(self) -> str:
        """What the divider says."""
        return self.label.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line at both sides of the words."""
        words = self.label.geometry()
        y = words.center().y()
        with QPainter(self) as painter:
            painter.setPen(QColor(style.tokens().border))
            painter.drawLine(_SIDE, y, words.left() - 3 * GRID, y)
            painter.drawLine(words.right() + 3 * GRID, y, self.width() - _SIDE, y)
