"""Where the person writes as the customer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gcdesk.guest.limits import Limits
from gcdesk.ui import style
from gcdesk.ui.amounts import grouped
from gcdesk.ui.composer_input import ComposerInput
from gcdesk.ui.queue_line import QueueLine
from gcdesk.ui.recall import Recall
from gcdesk.ui.tokens import CONTROL_HEIGHT, GRID
from gcdesk.ui.tray import Tray

translate = QCoreApplication.translate

_LIMITS: Final = Limits()

COUNT_FROM: Final = 400
"""Bytes left from which on they are counted down."""


def _bytes(count: int) -> str:
    """A count of bytes with its unit: thousands apart, one byte in the singular."""
    return translate("Composer", "{count} bytes", "", count).format(count=grouped(count))


class _SendButton(QPushButton):
    """As high as one line of the field beside it."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), CONTROL_HEIGHT)


class Composer(QFrame):
    """A text field that grows, and Send. The text stays until `accepted` is called.

    Args:
        limit: The longest message in UTF-8 bytes (guest API, section 8).
        typing_pause: Seconds between two `typing` signals (guest API, section 5).
        clock: Gives monotonic seconds.
    """

    send_requested = Signal(str)
    """The text to send; answer with `accepted` or `refused`."""

    typing = Signal()
    """The person is writing."""

    attach_requested = Signal()
    """The person wants to choose files."""

    files_offered = Signal(object)
    """A list of `pathlib.Path` or QImage that were pasted or dropped."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        limit: int = _LIMITS.message_bytes,
        typing_pause: float = _LIMITS.typing_cooldown,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._limit = limit
        self._typing_pause = typing_pause
        self._clock = clock
        self._typed_at = -typing_pause
        self._asked = ""
        self._available = True
        self._reason = ""
        self._filling = False
        style.set_role(self, "bar")
        self.input = ComposerInput(self)
        self.input.setAccessibleName(translate("Composer", "Write as the customer"))
        self.input.enter.connect(self._send)
        self.input.textChanged.connect(self._edited)
        self.input.recall.connect(self._recall)
        self.input.files_pasted.connect(self.files_offered)
        self.input.picture_pasted.connect(lambda image: self.files_offered.emit([image]))
        self._recalled = Recall()
        self.tray = Tray(self)
        self.tray.changed.connect(self._refresh)
        self.attach_button = _SendButton("+", self)
        self.attach_button.setObjectName("attach")
        self.attach_button.setAccessibleName(translate("Composer", "Attach files"))
        style.set_role(self.attach_button, "glyph")
        self.attach_button.clicked.connect(self.attach_requested)
        self.send_button = _SendButton(translate("Composer", "Send"), self)
        self.send_button.setToolTip(translate("Composer", "Enter sends, Shift+Enter begins a new line"))
        style.set_role(self.send_button, "primary")
        self.send_button.clicked.connect(self._send)
        self._says = self._make_label("label")
        self._count = self._make_label("small")
        self.queue = QueueLine(self)
        self._lay_out()
        self._refresh()

    def _make_label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        style.set_role(label, role)
        label.hide()
        return label

    def _lay_out(self) -> None:
        self._says.setWordWrap(True)
        self._count.setWordWrap(False)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID + 2)
        row.addWidget(self.attach_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.input, 1)
        row.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        below = QHBoxLayout()
        below.addWidget(self._says, 1)
        below.addWidget(self.queue, 1)
        below.addStretch()
        below.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 3 * GRID, 18, 3 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.tray)
        column.addLayout(row)
        column.addLayout(below)
        self.setFocusProxy(self.input)
        # In the order of the eye, whatever order they were made in.
        for before, after in (
            (self.tray, self.attach_button),
            (self.attach_button, self.input),
            (self.input, self.send_button),
        ):
            QWidget.setTabOrder(before, after)

    # What the chat says

    def set_available(self, available: bool, reason: str = "") -> None:
        """Take text, or not, with the reason in its place. What was written stays."""
        if (available, reason) == (self._available, self._reason):
            return
        self._available, self._reason = available, reason
        self._refresh()

    def set_attachable(self, attachable: bool, reason: str = "") -> None:
        """Take files, or not, with the reason on the button."""
        self.attach_button.setEnabled(attachable)
        ways = translate("Composer", "Attach files; they can also be pasted, or dropped on the conversation")
        self.attach_button.setToolTip(reason or ways)
        self.attach_button.setAccessibleDescription(reason)

    def accepted(self) -> None:
        """The text was taken: remove it, but not what was written after it."""
        text = self.text()
        self._recalled.add(self._asked)
        self.set_text(text.removeprefix(self._asked) if self._asked else text)
        self._asked = ""

    def refused(self, sentence: str) -> None:
        """The text was not taken: say why and keep it."""
        self._say(sentence, role="problem")

    def text(self) -> str:
        """What is written."""
        return self.input.toPlainText()

    def set_text(self, text: str) -> None:
        """Write something; that does not count as typing."""
        self._filling = True
        try:
            self.input.setPlainText(text)
        finally:
            self._filling = False

    def focus_input(self) -> None:
        """Lead the keyboard here."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the person does

    def _left(self) -> int:
        return self._limit - len(self.text().encode("utf-8", "replace"))

    def _send(self) -> None:
        text = self.text()
        if not self._available or not (text.strip() or self.tray.chips):
            return
        if any(chip.failed or not chip.attachment_id for chip in self.tray.chips):
            self._say(
                translate("Composer", "Try the file that failed again, or remove it, before you send."),
                role="problem",
            )
            return
        if self._left() < 0:
            self._say_too_long()
            return
        self._asked = text
        self.send_requested.emit(text)

    def _recall(self, step: int) -> None:
        text = self._recalled.step(step, self.text())
        if text is not None:
            self.set_text(text)
            self.input.moveCursor(QTextCursor.MoveOperation.End)

    def _edited(self) -> None:
        self._refresh()
        if self._filling or not self.text().strip():
            return
        now = self._clock()
        if now - self._typed_at >= self._typing_pause:
            self._typed_at = now
            self.typing.emit()

    def _refresh(self) -> None:
        left = self._left()
        # Not disabled: Qt would pass the keyboard on to a neighbour, and Enter would press whatever that is.
        self.input.setReadOnly(not self._available)
        style.set_role(self.input, "" if self._available else "closed")
        prompt = translate("Composer", "Write as the customer")
        self.input.setPlaceholderText(prompt if self._available else self._reason)
        self.input.setAccessibleDescription("" if self._available else self._reason)
        something = bool(self.text().strip()) or bool(self.tray.chips)
        self.send_button.setEnabled(self._available and something)
        self._show_count(left)
        if left < 0:
            self._say_too_long()
        elif not self._available and self.text():
            # The placeholder is covered by what was written.
            self._say(self._reason, role="label")
        else:
            self._says.hide()

    def _show_count(self, left: int) -> None:
        if left >= 0:
            words = translate("Composer", "{bytes} left").format(bytes=_bytes(left))
        else:
            words = translate("Composer", "{bytes} too long").format(bytes=_bytes(-left))
        self._count.setText(words)
        style.set_role(self._count, "small" if left >= 0 else "problem")
        self._count.setVisible(left < COUNT_FROM)

    def _say_too_long(self) -> None:
        sentence = translate(
            "Composer", "A message can hold {limit}. Shorten it by {over} to send it; nothing is lost."
        )
        self._say(sentence.format(limit=_bytes(self._limit), over=_bytes(-self._left())), role="problem")

    def _say(self, sentence: str, role: str) -> None:
        style.set_role(self._says, role)
        self._says.setText(sentence)
        self._says.show()
