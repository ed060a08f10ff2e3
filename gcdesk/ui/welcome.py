"""What the middle of the window shows before there is a chat."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID


class Welcome(QFrame):
    """Says how to start, and offers an environment where there is none but the simulator."""

    add_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "canvas")
        self._title = _centred(self, self.tr("Start a test chat"), "title")
        self._how = _centred(self, self.tr("Type a CRM customer ID above and press Enter."), "muted")
        self._where = _centred(self, "", "muted")
        self._add = QPushButton(self.tr("Add an environment"), self)
        self._add.setObjectName("addEnvironment")
        self._add.clicked.connect(self.add_requested)
        self._add.hide()
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._how)
        column.addWidget(self._where)
        column.addSpacing(2 * GRID)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_place(self, item: EnvironmentItem | None, *, alone: bool) -> None:
        """Say where a chat would go.

        Args:
            item: The chosen environment.
            alone: Whether there is none but the simulator.
        """
        text = ""
        if item is not None and item.simulated:
            text = self.tr("The simulator plays Genesys Cloud on this computer: nothing leaves it.")
        elif item is not None:
            text = self.tr("The chat goes to {name} at {place}.").format(name=item.name, place=item.place)
        self._where.setText(text)
        self._where.setVisible(bool(text))
        self._add.setVisible(alone)


def _centred(parent: QWidget, text: str, role: str) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    set_role(label, role)
    return label
