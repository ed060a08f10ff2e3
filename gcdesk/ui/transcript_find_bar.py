"""The line above a conversation in which it is searched."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from gcdesk.ui import style
from gcdesk.ui.amounts import grouped
from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_PAUSE_MS = 120


class TranscriptFindBar(QFrame):
    """Takes what is sought, says how often it was found, and leads from one to the next.

    Args:
        parent: The transcript.
    """

    sought = Signal(str)
    """The text to look for, once typing has paused for a moment."""

    stepped = Signal(int)
    """1 for the next message that was found, -1 for the one before."""

    closed = Signal()
    """The person is done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        style.set_role(self, "bar")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(translate("FindBar", "Find in this chat"))
        self.field.setAccessibleName(translate("FindBar", "Find in this chat"))
        self.field.textChanged.connect(self._typed)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._seek)
        self.says = QLabel(self)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        style.set_role(self.says, "muted")
        self.previous = self._button("↑", translate("FindBar", "Previous message that was found"), "Shift+F3")
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next = self._button("↓", translate("FindBar", "Next message that was found"), "F3")
        self.next.clicked.connect(lambda: self.step(1))
        self.close_button = self._button("", translate("FindBar", "Close the search"), "Esc")
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(6 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        row.setSpacing(GRID)
        row.addWidget(self.field, 1)
        row.addSpacing(GRID)
        row.addWidget(self.says)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        style.theme().changed.connect(self._dress)
        self._dress()
        self.show_found(0, 0)

    def _button(self, sign: str, words: str, keys: str) -> QPushButton:
        button = QPushButton(sign, self)
        button.setAccessibleName(words)
        button.setToolTip(translate("FindBar", "{what} ({keys})").format(what=words, keys=keys))
        button.setAutoDefault(False)
        style.set_role(button, "plain")
        return button

    def show_found(self, place: int, count: int) -> None:
        """Say that so many messages were found, and which of them is looked at; 0 for none."""
        if not self.field.text().strip():
            words = ""
        elif count == 0:
            words = translate("FindBar", "Not found")
        elif place:
            template = translate("FindBar", "{place} of {count}")
            words = template.format(place=grouped(place), count=grouped(count))
        else:
            words = translate("FindBar", "{count} found").format(count=grouped(count))
        self.says.setText(words)
        self.says.setAccessibleName(words)
        for button in (self.previous, self.next):
            button.setEnabled(count > 0)

    def begin(self) -> None:
        """Take the keyboard, ready for something new."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def step(self, step: int) -> None:
        """Go on to the next message, or back."""
        if self._pause.isActive():
            # Whoever presses Enter at once wants the first one for what was typed.
            self._seek()
        else:
            self.stepped.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes on, Shift+Enter back, Escape closes."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.step(-1 if back else 1)
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line below it."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(style.tokens().line))

    def _typed(self) -> None:
        self._pause.start()

    def _seek(self) -> None:
        self._pause.stop()
        self.sought.emit(self.field.text())

    def _dress(self) -> None:
        self.close_button.setIcon(glyph_icon("cross", style.tokens().muted))
