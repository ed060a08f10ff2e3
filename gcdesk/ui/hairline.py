"""The thin line between two parts of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from gcdesk.ui.style import set_role


def hairline(parent: QWidget) -> QFrame:
    """A horizontal line of one pixel."""
    line = QFrame(parent)
    set_role(line, "line")
    line.setFixedHeight(1)
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line
