"""What this program is, and which versions it runs with."""

from __future__ import annotations

import importlib.metadata
import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gcdesk import __version__
from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.licences import LicencesDialog
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

_PACKAGES = ("PySide6-Essentials", "qasync", "websockets", "aiohttp", "keyring", "msgspec")


class AboutDialog(QDialog):
    """Names the versions, ready to be copied into a report."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About gcdesk"))
        title = QLabel(f"gcdesk {__version__}", self)
        set_role(title, "title")
        what = QLabel(
            self.tr(
                "Starts test chats on Genesys Cloud Web Messaging as a CRM customer, and shows each step."
            ),
            self,
        )
        what.setWordWrap(True)
        self.versions = QLabel(versions(), self)
        self.versions.setTextFormat(Qt.TextFormat.PlainText)
        self.versions.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        set_role(self.versions, "muted")
        copy = QPushButton(self.tr("Copy versions"), self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        licences = QPushButton(self.tr("Licences…"), self)
        licences.clicked.connect(self._show_licences)
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(licences)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        for part in (title, what, self.versions):
            column.addWidget(part)
        column.addLayout(buttons)
        self.setMinimumWidth(95 * GRID)

    def _show_licences(self) -> None:
        show_dialog(LicencesDialog(self))


def versions() -> str:
    """The versions of all that matters, one a line."""
    lines = [f"gcdesk {__version__}", f"Python {platform.python_version()}", f"Qt {qVersion()}"]
    for name in _PACKAGES:
        try:
            lines.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            lines.append(f"{name} is not installed")
    return "\n".join([*lines, platform.platform()])
