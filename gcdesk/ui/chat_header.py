"""The line above a conversation: whose it is, where it stands, how long it lasts, and the two ways to end it."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from gcdesk.ui.elided import ElidedLabel
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import time_left

_SECOND = 1000


def _now() -> datetime:
    return datetime.now(UTC)


class ActionButton(QPushButton):
    """A quiet button that does what a menu entry does, says so in a sentence, and follows it."""

    def __init__(self, action: QAction, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._action = action
        set_role(self, "plain")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setToolTip(self._action.toolTip())
        self.setAccessibleDescription(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())


class ChatHeader(QFrame):
    """Whose chat it is, where it stands, and how to end it.

    Args:
        leave: Closes the connection.
        end: Ends the conversation.
        more: What else can be done with the chat.
        parent: The Qt parent.
        clock: Gives the time in UTC.
    """

    def __init__(
        self,
        leave: QAction,
        end: QAction,
        more: QMenu,
        parent: QWidget | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._expires: datetime | None = None
        set_role(self, "bar")
        self._name = ElidedLabel(self)
        set_role(self._name, "title")
        self._pill = self._label("pill-quiet")
        self._expiry = self._label("pill-warn")
        self._expiry.setToolTip(self.tr("Any message keeps the session alive"))
        self._expiry.hide()
        self._ticking = QTimer(self, interval=_SECOND)
        self._ticking.timeout.connect(self._show_expiry)
        self._presence = ElidedLabel(self)
        set_role(self._presence, "label")
        self._presence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.leave_button = ActionButton(leave, self.tr("Leave"), self)
        self.leave_button.setObjectName("leaveChat")
        self.end_button = ActionButton(end, self.tr("End"), self)
        self.end_button.setObjectName("endConversation")
        self._more = QPushButton("\N{MIDLINE HORIZONTAL ELLIPSIS}", self)
        self._more.setObjectName("moreAboutChat")
        self._more.setAccessibleName(self.tr("More about this chat"))
        set_role(self._more, "plain")
        self._more.clicked.connect(lambda: more.popup(self._more.mapToGlobal(self._more.rect().bottomLeft())))
        self._lay_out()

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, role)
        return label

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID + 2, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID + 2)
        for part in (self._name, self._pill, self._expiry):
            row.addWidget(part)
        row.addWidget(self._presence, 1)
        for button in (self.leave_button, self.end_button, self._more):
            row.addWidget(button)

    def show_chat(self, chat: LiveChat) -> None:
        """Show a chat as it stands."""
        words, role = chat.pill
        self._name.set_text(chat.crm_id)
        self._pill.setText(words)
        set_role(self._pill, role)
        self._presence.set_text(
            " \N{MIDDLE DOT} ".join(
                part for part in (chat.item.name, chat.presence, chat.standing.customer) if part
            )
        )
        self._expires = chat.standing.expires_soon
        self._show_expiry()
        self.setAccessibleName(f"{chat.crm_id}, {words}")

    def _show_expiry(self) -> None:
        if self._expires is None:
            self._ticking.stop()
            self._expiry.hide()
            return
        left = max(0, math.ceil((self._expires - self._clock()).total_seconds()))
        self._expiry.setText(self.tr("Expires in {time}").format(time=time_left(left)))
        self._expiry.show()
        if not self._ticking.isActive():
            self._ticking.start()
