"""The licences of everything that gcdesk is made of, read in a thread while the dialog shows already."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gcdesk.ui.mailbox import Mailbox
from gcdesk.ui.style import mono_font
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.desk.components import Component

translate = QCoreApplication.translate

_SIZE = (240 * GRID, 140 * GRID)
_LIST_WIDTH = 58 * GRID


def _read(mailbox: Mailbox) -> None:
    from gcdesk.desk.components import components

    mailbox.post([(one, one.text) for one in components()])


class LicencesDialog(QDialog):
    """Every package with its version and licence; the text of the chosen one beside the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licences"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Packages"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.currentItemChanged.connect(self._show)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(mono_font())
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.text.setPlaceholderText(self.tr("Reading the licences"))
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        both = QHBoxLayout()
        both.setSpacing(3 * GRID)
        both.addWidget(self.list)
        both.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addLayout(both, 1)
        column.addLayout(buttons)
        room = parent.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - 20 * GRID))
        mailbox = Mailbox()
        mailbox.arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=_read, args=(mailbox,), name="gcdesk licences", daemon=True).start()

    def _take(self, pairs: list[tuple[Component, str]]) -> None:
        for component, text in pairs:
            item = QListWidgetItem(f"{component.name} {component.version}", self.list)
            item.setToolTip(component.licence)
            item.setData(Qt.ItemDataRole.UserRole, _words(component, text))
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _show(self, item: QListWidgetItem | None) -> None:
        self.text.setPlainText(str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else "")


def _words(component: Component, text: str) -> str:
    named = component.licence or translate("Licences", "not named by the package")
    head = translate("Licences", "{name} {version}, licence: {licence}").format(
        name=component.name, version=component.version, licence=named
    )
    missing = translate("Licences", "The package does not bring the text of its licence along.")
    return f"{head}\n\n{text or missing}"
