"""Which environments go into a file to hand on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gcdesk.desk.environments import Environment
from gcdesk.ui.settings_page import note
from gcdesk.ui.style import set_role
from gcdesk.ui.ticks import TickBox
from gcdesk.ui.tokens import GRID

_WIDTH = 100 * GRID
_MOST_HEIGHT = 80 * GRID


class ExportDialog(QDialog):
    """A box to tick for each environment; all of them are ticked."""

    export_requested = Signal(object)
    """The names of those that are ticked, a list with at least one."""

    def __init__(self, environments: Sequence[Environment], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export environments"))
        self.boxes: dict[str, TickBox] = {}
        inside = QWidget(self)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID)
        for environment in environments:
            box = TickBox(environment.name, inside)
            box.setChecked(True)
            box.toggled.connect(self._enable)
            self.boxes[environment.name] = box
            rows.addWidget(box)
        rows.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        scroll.setMinimumHeight(min(_MOST_HEIGHT, inside.sizeHint().height() + 2))
        means = note(
            self.tr(
                "The file holds names, places, attributes and first messages. Org IDs, deployment IDs, OAuth clients, "
                "sign-ins and whatever looks like an ID or a secret stay here."
            ),
            self,
        )
        self.export_button = QPushButton(self.tr("Export…"), self)
        set_role(self.export_button, "primary")
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self._export)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(means)
        column.addWidget(scroll, 1)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self._enable()

    @property
    def _ticked(self) -> list[str]:
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def _enable(self) -> None:
        self.export_button.setEnabled(bool(self._ticked))

    def _export(self) -> None:
        names = self._ticked
        self.accept()
        self.export_requested.emit(names)
