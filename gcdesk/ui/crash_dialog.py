"""Says that something went wrong inside gcdesk, what was saved and where, and gives the report to pass on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gcdesk.ui.settings_page import note
from gcdesk.ui.style import mono_font, set_role
from gcdesk.ui.tokens import GRID

_SIZE = (170 * GRID, 120 * GRID)


class CrashDialog(QDialog):
    """One report.

    Args:
        title: What happened.
        lines: What was saved and where, a sentence each.
        report: The report, masked.
        folder: Where reports are kept.
        parent: The window.
    """

    def __init__(self, title: str, lines: Sequence[str], report: str, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Crash report"))
        heading = QLabel(title, self)
        heading.setWordWrap(True)
        set_role(heading, "title")
        self.lines = tuple(lines)
        self.setAccessibleDescription(" ".join((title, *lines)))
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFont(mono_font())
        self.report.setAccessibleName(self.tr("Report"))
        copy = QPushButton(self.tr("Copy report"), self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        show = QPushButton(self.tr("Open folder"), self)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addWidget(copy)
        buttons.addWidget(show)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(heading)
        for line in lines:
            column.addWidget(note(line, self, ""))
        column.addWidget(self.report, 1)
        column.addLayout(buttons)
        room = parent.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - 20 * GRID))
