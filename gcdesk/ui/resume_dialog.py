"""The earlier chats of one environment that can be gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gcdesk.ui.plain_text import one_line
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.desk.tokens import KeptSession

_SESSION = Qt.ItemDataRole.UserRole


class ResumeDialog(QDialog):
    """Lists sessions by customer and time; the tokens are never shown."""

    chosen = Signal(object)
    """The `gcdesk.desk.tokens.KeptSession` to go on with."""

    def __init__(self, environment: str, sessions: Sequence[KeptSession], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Resume an earlier chat"))
        words = (
            self.tr("The newest chats in {environment}. A resumed chat goes on in its old guest session.")
            if sessions
            else self.tr("No chat in {environment} can be resumed. Chats are kept here once they have begun.")
        )
        self.says = QLabel(words.format(environment=one_line(environment)), self)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.says.setWordWrap(True)
        set_role(self.says, "muted")
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Earlier chats"))
        set_role(self.list, "boxed")
        for session in sessions:
            when = QLocale().toString(
                QDateTime.fromSecsSinceEpoch(int(session.at.timestamp())), QLocale.FormatType.ShortFormat
            )
            item = QListWidgetItem(f"{one_line(session.crm_id) or self.tr('No CRM ID')}  ·  {when}")
            item.setData(_SESSION, session)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(sessions))
        self.list.itemActivated.connect(self._resume)
        self.resume_button = QPushButton(self.tr("Resume"), self)
        set_role(self.resume_button, "primary")
        self.resume_button.setDefault(True)
        self.resume_button.setEnabled(bool(sessions))
        self.resume_button.clicked.connect(self._resume)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.resume_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.says)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.setMinimumWidth(110 * GRID)

    def _resume(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_SESSION))
            self.accept()
