"""The fields of an environment: a label above, the control, and below it one sentence when something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from gcdesk.ui.glyphs import glyph_icon, paint_glyph
from gcdesk.ui.style import set_role, theme, tokens
from gcdesk.ui.tokens import GRID

_CHEVRON = 14


class Chooser(QComboBox):
    """A combo box with the window's own arrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # A long choice is cut rather than widening the form.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint as the style sheet says, then the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        left = round(self.width() - _CHEVRON - 2.5 * GRID)
        place = QRect(left, (self.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON)
        where = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        paint_glyph(
            painter, "chevron", QRectF(where), tokens().text if self.isEnabled() else tokens().disabled
        )
        painter.end()


class SecretEdit(QWidget):
    """A line that shows dots, and a button that shows what is behind them."""

    def __init__(self, parent: QWidget, what: str) -> None:
        super().__init__(parent)
        self._what = what
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.reveal = QPushButton(self)
        self.reveal.setCheckable(True)
        self.reveal.setAutoDefault(False)
        set_role(self.reveal, "plain")
        self.reveal.toggled.connect(self._toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.line, 1)
        row.addWidget(self.reveal)
        theme().changed.connect(self._show_sign)
        self._toggle(False)

    def hide_secret(self) -> None:
        """Show dots again."""
        self.reveal.setChecked(False)

    def _toggle(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        words = self.tr("Hide the {what}") if shown else self.tr("Show the {what}")
        self.reveal.setAccessibleName(words.format(what=self._what))
        self.reveal.setToolTip(words.format(what=self._what))
        self._show_sign()

    def _show_sign(self) -> None:
        self.reveal.setIcon(glyph_icon("eye-off" if self.reveal.isChecked() else "eye", tokens().text_soft))


class EntryField(QWidget):
    """A label, a control and a place for the sentence about it.

    Args:
        parent: The form.
        label: What the control is for; it becomes the accessible name too.
        control: The control.
        focus: The part of it that takes the focus and the mark of a wrong field, if not the control itself.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget, label: str, control: QWidget, focus: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = focus or control
        self._mark.setAccessibleName(label)
        name = QLabel(label, self)
        name.setBuddy(self._mark)
        # In a language that needs more room the form must not grow beyond its dialog.
        name.setWordWrap(True)
        set_role(name, "label")
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        set_role(self._problem, "problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(name)
        column.addWidget(control)
        column.addWidget(self._problem)
        column.addStretch(1)
        if isinstance(self._mark, QLineEdit):
            self._mark.textEdited.connect(self.edited)
            self._mark.editingFinished.connect(self.left)
        elif isinstance(self._mark, QComboBox):
            self._mark.activated.connect(self.edited)

    @property
    def problem(self) -> str:
        """The sentence below the control; empty if nothing is wrong."""
        return self._problem.text()

    def set_problem(self, problem: str) -> None:
        """Say what is wrong, or take it back with an empty text."""
        if problem == self.problem:
            return
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._mark.setAccessibleDescription(problem)
        self._mark.setProperty("wrong", "true" if problem else "false")
        # Style sheets read properties only when a widget is polished.
        self._mark.style().unpolish(self._mark)
        self._mark.style().polish(self._mark)

    def focus(self) -> None:
        """Put the cursor there."""
        self._mark.setFocus(Qt.FocusReason.OtherFocusReason)
