"""Every control has a name and a keyboard way: in the window, with a chat that shows all there is, and in dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.guest import events
from tests.support.places import SAMPLE_FRAMES
from tests.ui.conversation import AGENT, CUSTOMER, message, sample_message
from tests.ui.fakes import AT, FakeBridge, until
from tests.ui.reading import nameless, unreachable
from tests.ui.stage import UAT, Stage, stage

STRUCTURED = sorted(
    path.name.removeprefix("server.structured_message.").removesuffix(".json")
    for path in SAMPLE_FRAMES.glob("server.structured_message.*.json")
)


def talk(bridge: FakeBridge) -> None:
    """Everything that a transcript can show."""
    for name in STRUCTURED:
        bridge.tell(events.MessageAdded(AT, sample_message(name)))
    bridge.tell(events.MessageAdded(AT, message("See https://example.com for more.", sender=AGENT)))
    bridge.tell(events.MessageAdded(AT, message("It is CUST-1", sender=CUSTOMER)))


def actions(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from actions(below)
        elif not action.isSeparator():
            yield action


def opened(one: Stage) -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not one.window]


async def test_every_control_of_the_window_has_a_name_and_a_keyboard_way(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        assert nameless(one.window) == []
        bridge = one.start()
        talk(bridge)
        await until(lambda: not one.page.transcript.is_moving)
        assert nameless(one.window) == []
        assert unreachable(one.window) == []


async def test_every_dialog_of_the_menus_has_names_and_keyboard_ways(qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[str] = []
    async with stage(tmp_path, UAT) as one:
        one.start()
        entries = [action for menu in _menus(one) for action in actions(menu) if "…" in action.text()]
        assert entries
        for action in entries:
            # The filter is a field of the inspector.
            if not action.isEnabled() or action is one.window.menus.filter_frames:
                continue
            action.trigger()
            await until(lambda: opened(one))
            for dialog in opened(one):
                if isinstance(dialog, QFileDialog):
                    # The toolkit's own, or the system's.
                    dialog.close()
                    continue
                seen.append(dialog.windowTitle())
                assert (action.text(), nameless(dialog)) == (action.text(), [])
                assert (action.text(), unreachable(dialog)) == (action.text(), [])
                dialog.close()
    assert len(seen) >= 3


async def test_every_action_says_what_it_does(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        assert all(action.text() for menu in _menus(one) for action in actions(menu) if action.isVisible())
        shortcuts = [
            action.shortcut().toString()
            for menu in _menus(one)
            for action in actions(menu)
            if not action.shortcut().isEmpty()
        ]
        assert len(shortcuts) == len(set(shortcuts))


def _menus(one: Stage) -> list[QMenu]:
    found = [action.menu() for action in one.window.menuBar().actions()]
    return [menu for menu in found if isinstance(menu, QMenu)]
