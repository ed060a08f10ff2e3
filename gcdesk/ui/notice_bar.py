"""A line below the launch bar for what concerns the whole program and must not pass unseen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID


class NoticeBar(QFrame):
    """Shows sentences, one after the other, until each is dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "warned")
        self._waiting: list[str] = []
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._dismiss = QPushButton(self.tr("Dismiss"), self)
        self._dismiss.setObjectName("dismissNotice")
        self._dismiss.clicked.connect(self._next)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        row.addWidget(self._text, 1)
        row.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, text: str) -> None:
        """Show a sentence, or let it wait behind the one that is shown; the same one is not told twice."""
        if text in self._waiting:
            return
        self._waiting.append(text)
        self._refresh()

    def text(self) -> str:
        """What is shown."""
        return self._waiting[0] if self._waiting else ""

    def _next(self) -> None:
        self._waiting.pop(0)
        self._refresh()

    def _refresh(self) -> None:
        self._text.setText(self.text())
        self.setAccessibleName(self.text())
        self.setVisible(bool(self._waiting))
