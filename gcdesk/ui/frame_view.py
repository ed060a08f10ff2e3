"""One frame as coloured JSON, its secrets masked, with buttons to copy it and to go to its message."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui import style
from gcdesk.ui.amounts import grouped
from gcdesk.ui.fonts import mono_font
from gcdesk.ui.frame_log import KeptFrame
from gcdesk.ui.json_highlight import JsonHighlighter
from gcdesk.ui.plain_text import copy
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

MOST_SHOWN: Final = 60_000
"""Characters of one frame that are shown; more would hold the window up. Copying copies all."""


_ANY_HEIGHT: Final = 16_777_215
"""Qt's own word for no limit (QWIDGETSIZE_MAX)."""


class FrameView(QFrame):
    """The selected frame. Only what `masked()` gives is ever shown or copied."""

    message_requested = Signal()
    """The person wants to see the message that this frame carried."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked = ""
        style.set_role(self, "code")
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        style.set_role(self._title, "small")
        self.copy_button = QPushButton(translate("Frames", "Copy"), self)
        self.copy_button.setAccessibleName(translate("Frames", "Copy the frame's JSON, secrets masked"))
        self.copy_button.setToolTip(translate("Frames", "Copy the JSON; secrets stay masked"))
        style.set_role(self.copy_button, "plain")
        self.copy_button.clicked.connect(self.copy_all)
        self.message_button = QPushButton(translate("Frames", "Show message"), self)
        self.message_button.setToolTip(translate("Frames", "Go to this frame's message in the conversation"))
        style.set_role(self.message_button, "plain")
        self.message_button.clicked.connect(self.message_requested)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        self.text.setFont(mono_font())
        self.text.setAccessibleName(translate("Frames", "Selected frame"))
        style.set_role(self.text, "code")
        # JSON is written from left to right, whatever the language of the window.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.text.document().setDefaultTextOption(option)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._highlighter = JsonHighlighter(self.text.document())
        head = self._head = QHBoxLayout()
        head.setContentsMargins(14, GRID, 2 * GRID, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self.message_button)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self.show_frame(None)

    def show_frame(self, frame: KeptFrame | None, *, has_message: bool = False) -> None:
        """Show a frame, or none; `has_message` offers the way to its message."""
        self._masked = frame.masked() if frame is not None else ""
        self.copy_button.setEnabled(frame is not None)
        self.message_button.setVisible(has_message)
        # Without a frame the room belongs to the list.
        self.text.setVisible(frame is not None)
        self.setMaximumHeight(_ANY_HEIGHT if frame is not None else self._head.sizeHint().height() + GRID)
        if frame is None:
            self._title.setText(translate("Frames", "Select a frame to see its JSON"))
            self.text.clear()
            return
        self._title.setText(frame.kind)
        shown = showable_code(self._masked)
        if shown != self.text.toPlainText():
            self.text.setPlainText(shown)

    def copy_all(self) -> None:
        """Put the whole frame on the clipboard, masked."""
        if self._masked:
            copy(self._masked)


def showable_code(text: str) -> str:
    """A frame's text as far as it is shown."""
    cut = text[:MOST_SHOWN]
    if len(cut) < len(text):
        rest = translate("Frames", "… {count} more characters; Copy takes all of it")
        cut += "\n" + rest.format(count=grouped(len(text) - len(cut)))
    return cut.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
