"""Asks whether a chat that another program wants shall start, and shows all that it would be."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.plain_text import PlainText
from gcdesk.ui.settings_page import note
from gcdesk.ui.style import mono_font, set_role, tokens
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_WIDTH = 120 * GRID
_LINES = 6


class OpenDialog(QDialog):
    """One chat that is asked for.

    Args:
        item: The environment.
        crm_id: The CRM customer ID.
        attributes: What goes out beside that, and beside what every chat there sends.
        parent: The Qt parent.
    """

    def __init__(
        self, item: EnvironmentItem, crm_id: str, attributes: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Start a chat"))
        heading = QLabel(self.tr("Start this chat?"), self)
        set_role(heading, "title")
        means = note(self.tr("Another program asks for it. Nothing is sent unless you start it here."), self)
        self.environment = self._shown(self.tr("Environment"), f"{item.name} · {item.place}")
        dot = QLabel(self)
        dot.setPixmap(
            glyph_icon("hollow" if item.simulated else "dot", tokens().dot(item.colour)).pixmap(4 * GRID)
        )
        place = QHBoxLayout()
        place.setSpacing(GRID)
        place.addWidget(dot)
        place.addWidget(self.environment, 1)
        self.crm_id = self._shown(self.tr("CRM customer ID"), crm_id)
        rows = QFormLayout()
        rows.setHorizontalSpacing(4 * GRID)
        rows.setVerticalSpacing(2 * GRID)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.addRow(self.tr("Environment"), place)
        rows.addRow(self.tr("CRM customer ID"), self.crm_id)
        self.attributes: QPlainTextEdit | None = None
        if attributes:
            self.attributes = self._attributes(attributes)
            rows.addRow(self.tr("Attributes"), self.attributes)
        self.start_button = QPushButton(self.tr("&Start chat"), self)
        self.start_button.setAutoDefault(False)
        set_role(self.start_button, "primary")
        self.start_button.clicked.connect(self.accept)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        # The dialog may come up in the middle of typing, so Enter must not start anything.
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        column.addWidget(heading)
        column.addWidget(means)
        column.addLayout(rows)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)

    def _shown(self, name: str, text: str) -> PlainText:
        shown = PlainText(spelled_out(text), parent=self)
        shown.setAccessibleName(f"{name}: {spelled_out(text)}")
        return shown

    def _attributes(self, attributes: Mapping[str, str]) -> QPlainTextEdit:
        lines = [f"{spelled_out(key)} = {spelled_out(value)}" for key, value in attributes.items()]
        shown = QPlainTextEdit("\n".join(lines), self)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setFont(mono_font())
        shown.setAccessibleName(self.tr("Attributes"))
        height = shown.fontMetrics().lineSpacing() * min(len(lines), _LINES)
        shown.setFixedHeight(height + 6 * GRID)
        return shown


def spelled_out(text: str) -> str:
    """The text with everything that cannot be seen, or turns other characters around, as its code."""
    first, last = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    return "".join(
        sign if sign.isprintable() and first <= place < last else f"\\u{ord(sign):04x}"
        for place, sign in enumerate(text)
    )
