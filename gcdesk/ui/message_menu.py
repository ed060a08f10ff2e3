"""The menu of one message."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from gcdesk.guest.message import Delivery
from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.message_words import copied_message
from gcdesk.ui.parts import Hub
from gcdesk.ui.plain_text import copy

translate = QCoreApplication.translate


class MessageMenu(QMenu):
    """Copy it, see its frame, send it again.

    Args:
        view: The message.
        hub: Where wishes go.
        selected: How many messages are selected, this one among them; 0 if it is not.
    """

    copy_selected = Signal()
    """The selected messages shall be copied."""

    select_all = Signal()
    """All messages shall be selected."""

    def __init__(self, view: MessageRow, hub: Hub, selected: int) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        message = view.message
        key = message.key
        if selected:
            self._offer_selected(selected)
        else:
            self._offer_copies()
        every = self.addAction(translate("Transcript", "Select all"))
        every.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        every.triggered.connect(self.select_all)
        self.addSeparator()
        frame = self.addAction(translate("Transcript", "Show frame"))
        frame.triggered.connect(lambda: hub.frame_wanted.emit(key))
        if message.delivery is Delivery.FAILED:
            again = self.addAction(translate("Transcript", "Send again"))
            again.triggered.connect(lambda: hub.resend_requested.emit(key))
        elif message.delivery is Delivery.QUEUED:
            take_back = self.addAction(translate("Transcript", "Do not send"))
            take_back.triggered.connect(lambda: hub.withdraw_requested.emit(key))

    def _offer_copies(self) -> None:
        text = self._view.copied_text()
        alone = self.addAction(translate("Transcript", "Copy text"))
        alone.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        alone.setEnabled(bool(text))
        alone.triggered.connect(lambda: copy(text))
        message = self._view.message
        whole = self.addAction(translate("Transcript", "Copy with time and sender"))
        whole.triggered.connect(lambda: copy(copied_message(message)))

    def _offer_selected(self, selected: int) -> None:
        template = translate("Transcript", "Copy {count} messages", "", selected)
        action = self.addAction(template.format(count=selected))
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        action.triggered.connect(self.copy_selected)
