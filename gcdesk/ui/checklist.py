"""The status checklist: one row a step, with what was measured, and what to do where something failed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gcdesk.ui.glyphs import Glyph, paint_glyph, side_of
from gcdesk.ui.step import COPY_DETAILS, Step, StepStatus
from gcdesk.ui.style import set_role, theme, tokens
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import action_words, listed, status_words

_GLYPHS: Final[dict[StepStatus, Glyph]] = {
    StepStatus.WAITING: "ring",
    StepStatus.RUNNING: "arc",
    StepStatus.DONE: "check",
    StepStatus.WARNED: "bang",
    StepStatus.FAILED: "cross",
}
_TURN_MS: Final = 80
# More would not fit beside each other in the narrow pane.
_BUTTONS_IN_A_ROW: Final = 2
_TURN_DEGREES: Final = 36


class StatusSign(QWidget):
    """The sign in front of a step; a running step's sign turns while it is seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._status = StepStatus.WAITING
        self._angle = 0
        self._turning = QTimer(self, interval=_TURN_MS)
        self._turning.timeout.connect(self._turn)
        self.setFixedSize(4 * GRID, 4 * GRID)
        theme().changed.connect(self.update)

    def set_status(self, status: StepStatus) -> None:
        """Show a status, in a shape as well as in a colour."""
        self._status = status
        self.setAccessibleName(status_words(status))
        self._turn_if_needed()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: shown, so a running sign turns."""
        super().showEvent(event)
        self._turn_if_needed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: hidden, so nothing needs to turn."""
        super().hideEvent(event)
        self._turning.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: paint the sign."""
        look = tokens()
        colour = {
            StepStatus.WAITING: look.disabled,
            StepStatus.RUNNING: look.accent_text,
            StepStatus.DONE: look.good,
            StepStatus.WARNED: look.warn,
            StepStatus.FAILED: look.bad,
        }[self._status]
        painter = QPainter(self)
        paint_glyph(painter, _GLYPHS[self._status], QRectF(self.rect()), colour, self._angle)
        painter.end()

    def _turn_if_needed(self) -> None:
        if self._status is StepStatus.RUNNING and self.isVisible():
            self._turning.start()
        else:
            self._turning.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + _TURN_DEGREES) % 360
        self.update()


class StepRow(QFrame):
    """One step: sign, title, measured value, and below them what is known and what to do."""

    action_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._details = ""
        self._buttons: list[QPushButton] = []
        self._actions: tuple[str, ...] = ()
        self._sign = StatusSign(self)
        self._title = _text_label(self)
        self._measured = _text_label(self, "mono")
        self._measured.setWordWrap(False)
        self._measured.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._detail = _text_label(self, "small")
        self._hint = _text_label(self, "small")
        self._button_row = QGridLayout()
        self._button_row.setSpacing(2 * GRID)
        self._button_row.setColumnStretch(_BUTTONS_IN_A_ROW, 1)
        self._button_row.setContentsMargins(0, GRID, 0, 0)

        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(self._title, 1)
        top.addWidget(self._measured, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addLayout(top)
        texts.addWidget(self._detail)
        texts.addWidget(self._hint)
        texts.addLayout(self._button_row)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(3 * GRID)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(texts, 1)

    def set_step(self, step: Step) -> None:
        """Show a step as it stands."""
        failed = step.status is StepStatus.FAILED
        self._details = step.details
        self._sign.set_status(step.status)
        self._title.setText(step.title)
        set_role(self._title, {StepStatus.FAILED: "strong", StepStatus.WAITING: "muted"}.get(step.status, ""))
        self._measured.setText(step.measured)
        for label, text in ((self._detail, step.detail), (self._hint, step.hint)):
            label.setText(text)
            label.setVisible(bool(text))
            set_role(label, "soft" if failed else "small")
        set_role(self, "failed" if failed else "panel")
        below = 2 * GRID if step.actions else GRID
        self._row.setContentsMargins(2 * GRID, 2 * GRID if failed else GRID, 2 * GRID, below)
        self.setAccessibleName(listed((step.title.rstrip("."), status_words(step.status), step.measured)))
        self.setAccessibleDescription(" ".join(part for part in (step.detail, step.hint) if part))
        self._set_actions(step.actions, prominent=failed)

    def _set_actions(self, actions: tuple[str, ...], *, prominent: bool) -> None:
        if actions != self._actions:
            self._actions = actions
            for button in self._buttons:
                self._button_row.removeWidget(button)
                button.deleteLater()
            while self._button_row.count():
                self._button_row.takeAt(0)
            self._buttons = [self._button(action) for action in actions]
            for place, button in enumerate(self._buttons):
                self._button_row.addWidget(button, *divmod(place, _BUTTONS_IN_A_ROW))
            self._button_row.setContentsMargins(0, 2 * GRID if actions else 0, 0, 0)
        for index, button in enumerate(self._buttons):
            first = prominent and index == 0 and actions[0] != COPY_DETAILS
            set_role(button, "primary" if first else "")

    def _button(self, action: str) -> QPushButton:
        button = QPushButton(action_words(action), self)
        button.setObjectName(f"action-{action}")
        button.clicked.connect(lambda: self._act(action))
        return button

    def _act(self, action: str) -> None:
        if action == COPY_DETAILS:
            QGuiApplication.clipboard().setText(self._details)
        self.action_requested.emit(action)


class Checklist(QFrame):
    """The steps of the chat that is shown.

    `action_requested` names what a button wants: "retry" or "copy" for example; the details
    are in the clipboard already when "copy" comes.
    """

    action_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAccessibleName(self.tr("Status"))
        self._rows: list[StepRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(1)
        self._layout.setContentsMargins(2 * GRID + 2, 3 * GRID, 2 * GRID + 2, 2 * GRID)
        self._shown: tuple[Step, ...] = ()

    def set_steps(self, steps: tuple[Step, ...]) -> None:
        """Show the steps as they stand; rows that did not change are left alone."""
        while len(self._rows) < len(steps):
            row = StepRow(self)
            row.action_requested.connect(self.action_requested)
            self._layout.addWidget(row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(steps))
            if index < len(steps) and self._shown[index : index + 1] != steps[index : index + 1]:
                row.set_step(steps[index])
        self._shown = steps

    def minimumSizeHint(self) -> QSize:
        """Qt: never force the pane wider than it may be folded to."""
        return QSize(60 * GRID, super().minimumSizeHint().height())


def _text_label(parent: QWidget, role: str = "") -> QLabel:
    label = QLabel(parent)
    # What the service sends is data, never markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(side_of(parent) | Qt.AlignmentFlag.AlignVCenter)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        set_role(label, role)
    return label
