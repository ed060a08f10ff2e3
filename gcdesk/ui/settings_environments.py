"""The environments page: which there are, and the ways to add, edit, hand on and take in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from gcdesk.desk.environments import Environment
from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.settings_page import SettingsPage
from gcdesk.ui.style import set_role, theme, tokens
from gcdesk.ui.tokens import GRID


class EnvironmentsPage(SettingsPage):
    """A list with buttons; the form of one environment is a dialog of its own."""

    add_requested = Signal()
    edit_requested = Signal(str)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("Environments"),
            self.tr(
                "Where chats go, and what they start with: key of the CRM customer ID, default attributes, first "
                "message, proxy. A file to hand on holds no IDs and no secrets."
            ),
            parent,
        )
        self._environments: tuple[Environment, ...] = ()
        self._session_only: frozenset[str] = frozenset()
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.title)
        set_role(self.list, "boxed")
        self.add_button = QPushButton(self.tr("Add…"), self)
        self.edit_button = QPushButton(self.tr("Edit…"), self)
        self.import_button = QPushButton(self.tr("Import…"), self)
        self.export_button = QPushButton(self.tr("Export…"), self)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for button in (self.add_button, self.edit_button):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.import_button, self.export_button):
            row.addWidget(button)
        for button in (self.add_button, self.edit_button, self.import_button, self.export_button):
            button.setAutoDefault(False)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row)
        self.add_button.clicked.connect(self.add_requested)
        self.edit_button.clicked.connect(self._edit)
        self.import_button.clicked.connect(self.import_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.list.itemActivated.connect(lambda _item: self._edit())
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        theme().changed.connect(self._fill)
        self._enable()

    def show_environments(
        self, environments: Sequence[Environment], session_only: frozenset[str] = frozenset()
    ) -> None:
        """Take all environments, and the names of those that are kept for this session only."""
        self._environments, self._session_only = tuple(environments), session_only
        self._fill()

    @property
    def chosen(self) -> str:
        """The name of the environment that is marked; empty if none is."""
        row = self.list.currentRow()
        return self._environments[row].name if 0 <= row < len(self._environments) else ""

    def _fill(self) -> None:
        before = self.list.currentRow()
        self.list.clear()
        for environment in self._environments:
            place = environment.place
            if environment.name in self._session_only:
                place = self.tr("{place}, this session only").format(place=place)
            item = QListWidgetItem(f"{environment.name}   {place}", self.list)
            item.setIcon(glyph_icon("dot", tokens().dot(environment.colour)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{environment.name}, {place}")
        self.list.setCurrentRow(min(max(0, before), self.list.count() - 1))
        self._enable()

    def _enable(self) -> None:
        self.edit_button.setEnabled(bool(self.chosen))
        self.export_button.setEnabled(bool(self._environments))

    def _edit(self) -> None:
        if self.chosen:
            self.edit_requested.emit(self.chosen)
