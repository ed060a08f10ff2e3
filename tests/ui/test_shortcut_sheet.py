"""The sheet of keyboard shortcuts says what the menus say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from gcdesk.ui.menus import Menus
from gcdesk.ui.shortcut_sheet import ShortcutSheet, keys_elsewhere, keys_of
from tests.ui.reading import nameless
from tests.ui.stage import UAT, stage


def sheet(qtbot: QtBot) -> tuple[ShortcutSheet, Menus]:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window)
    one = ShortcutSheet(keys_of(window.menuBar()) | keys_elsewhere(), window)
    qtbot.addWidget(one)
    one.show()
    return one, menus


def test_every_shortcut_of_the_menus_is_there(qtbot: QtBot) -> None:
    one, menus = sheet(qtbot)
    shown = dict(one.shown())
    assert shown["New chat"] == "Ctrl+N"
    assert shown["Choose environment"] == "Ctrl+Shift+E"
    assert shown["Begin a new line"] == "Shift+Return"
    for action in (menus.send, menus.leave, menus.settings, menus.quit):
        assert action.shortcut().toString() in shown.values()


def test_a_line_is_found_by_what_it_does_its_menu_or_its_keys(qtbot: QtBot) -> None:
    one, _ = sheet(qtbot)
    QTest.keyClicks(one.field, "quit")
    assert one.shown() == [("Quit", "Ctrl+Q")]
    one.field.setText("ctrl+n")
    assert ("New chat", "Ctrl+N") in one.shown()
    one.field.setText("environment")
    assert ("Choose environment", "Ctrl+Shift+E") in one.shown()
    one.field.setText("no such thing")
    assert one.shown() == []
    one.field.clear()
    assert len(one.shown()) > 10


def test_a_screen_reader_finds_names(qtbot: QtBot) -> None:
    one, _ = sheet(qtbot)
    assert nameless(one) == []


async def test_it_opens_by_its_own_shortcut(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.window.menus.shortcuts.trigger()
        (dialog,) = one.window.findChildren(ShortcutSheet)
        assert dialog.isVisible()
        assert ("Keyboard shortcuts", "Ctrl+/") in dialog.shown()
