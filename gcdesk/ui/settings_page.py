"""One page of the settings: a title, a sentence, and below them what can be set."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID


class SettingsPage(QWidget):
    """A page; its parts go into `column`.

    Args:
        title: What the page is called in the list of pages.
        means: One or two sentences that say what it is for.
        parent: The Qt parent.
    """

    def __init__(self, title: str, means: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        heading = QLabel(title, self)
        set_role(heading, "title")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4 * GRID)
        self.column.addWidget(heading)
        self.column.addWidget(note(means, self))


def note(text: str, parent: QWidget, role: str = "muted") -> QLabel:
    """A sentence that wraps."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_role(label, role)
    return label
