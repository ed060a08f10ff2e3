"""The line above a kept chat: whose it was, how it stood last, when it was, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gcdesk.ui.elided import ElidedLabel
from gcdesk.ui.kept_entry import kept_state, kept_title
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.desk.history_record import ChatSummary


class KeptHeader(QFrame):
    """The header of a kept chat.

    Args:
        summary: The chat's line of the history.
        parent: The Qt parent.
    """

    evidence_requested = Signal()
    """The person wants evidence of it for a ticket."""

    delete_requested = Signal()
    """It shall be deleted."""

    def __init__(self, summary: ChatSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        name = ElidedLabel(self)
        name.set_text(kept_title(summary))
        set_role(name, "title")
        words, role = kept_state(summary)
        pill = QLabel(words, self)
        pill.setTextFormat(Qt.TextFormat.PlainText)
        set_role(pill, role)
        when = ElidedLabel(self)
        set_role(when, "label")
        when.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        here = summary.started.astimezone()
        day = QLocale().toString(QDate(here.year, here.month, here.day), QLocale.FormatType.LongFormat)
        parts = (summary.environment, day, f"{here:%H:%M}")
        when.set_text(" \N{MIDDLE DOT} ".join(part for part in parts if part))
        self.evidence_button = QPushButton(self.tr("Evidence…"), self)
        self.evidence_button.setObjectName("keptEvidence")
        self.evidence_button.setToolTip(self.tr("Everything a ticket needs, as a page and as JSON"))
        self.evidence_button.clicked.connect(self.evidence_requested)
        self.delete_button = QPushButton(self.tr("Delete…"), self)
        self.delete_button.setObjectName("keptDelete")
        self.delete_button.setToolTip(self.tr("Delete this chat from this computer for good"))
        self.delete_button.clicked.connect(self.delete_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID + 2, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID + 2)
        row.addWidget(name)
        row.addWidget(pill)
        row.addWidget(when, 1)
        for button in (self.evidence_button, self.delete_button):
            set_role(button, "plain")
            button.setAccessibleDescription(button.toolTip())
            row.addWidget(button)
        self.setAccessibleName(f"{kept_title(summary)}, {words}")
