"""The boxes to tick, as they are painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gcdesk.ui.style import tokens
from gcdesk.ui.ticks import MARK_ROOM, TickBox

pytestmark = pytest.mark.usefixtures("light_look")


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_mark_stands_where_reading_begins(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = TickBox("Keep chats & more", parent)
    box.setLayoutDirection(direction)
    box.setChecked(True)
    box.resize(300, 24)
    image = box.grab().toImage()
    accent = QColor(tokens().accent)
    painted = [
        x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) == accent
    ]
    assert painted
    begins = 0 if direction is Qt.LayoutDirection.LeftToRight else image.width() - MARK_ROOM
    assert all(begins <= x < begins + MARK_ROOM for x in painted)
