"""Many chats in one window: beside each other, again, elsewhere, and changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gcdesk.cli.window import SimulatorHandle
from gcdesk.guest import events
from gcdesk.guest.message import Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.simulator import SimulatorOptions, SimulatorThread
from gcdesk.ui.beginning import Beginning
from gcdesk.ui.launch_state import LaunchKind
from gcdesk.ui.live_entry import LiveEntry
from tests.ui.fakes import AT, message, until
from tests.ui.stage import IDS, PRODUCTION, UAT, Real, Stage, stage


async def test_start_again_leaves_the_running_chat_alone(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start("CUST-1")
        first = one.shown
        one.controller.chats.start_again(first)
        assert len(one.bridges) == 2
        assert one.shown is not first
        assert one.shown.crm_id == "CUST-1"
        assert one.bridges[0].asked == []
        assert one.beginnings[1] == Beginning()
        one.controller.chats.start_again(first)
        assert len(one.bridges) == 2, "one start at a time"
        one.bridges[1].configure()
        assert len(one.controller.chats.live) == 2


async def test_a_chat_starts_in_another_environment_with_that_ones_key(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        one.start("CUST-1")
        one.controller.chats.start_elsewhere(one.shown, "Production")
        assert [item.name for item in one.items] == ["UAT", "Production"]
        assert one.window.launch_bar.environment_name() == "Production"
        assert one.bridges[1].attributes["crmId"] == "CUST-1"
        assert "crmCustomerId" not in one.bridges[1].attributes


async def test_attributes_given_go_out_exactly(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        given = {"crmCustomerId": "CUST-1", "tier": "gold"}
        one.controller.chats.start("UAT", "CUST-1", attributes=given)
        assert one.bridges[0].attributes == given
        assert one.shown.attributes == given
        assert one.crm_id.text() == "CUST-1"
        given["tier"] = "changed later"
        assert one.shown.attributes["tier"] == "gold"


async def test_a_drafted_copy_can_be_changed_and_started_beside_its_original(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        original = {"crmCustomerId": "CUST-1", "customerName": "Priya", "timestamp": "2020", "tier": "gold"}
        chats, bar = one.controller.chats, one.window.launch_bar
        chats.start("UAT", "CUST-1", attributes=original)
        one.bridges[0].configure()
        first = one.shown
        chats.start("Production", "CUST-2")
        one.bridges[1].configure()
        chats.draft(first)
        assert (bar.environment_name(), bar.crm_id()) == ("UAT", "CUST-1")
        drafted = bar.attributes()
        assert drafted["tier"] == "gold"
        assert drafted["customerName"] == "Priya"
        assert drafted["timestamp"] > "2026"
        assert drafted["crmCustomerId"] == "CUST-1"
        bar.set_crm_id("CUST-3")
        assert bar.attributes()["crmCustomerId"] == "CUST-3", "the ID is no part of the copy"


async def test_changed_attributes_make_another_chat_of_the_same_customer(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        bar, chats = one.window.launch_bar, one.controller.chats
        one.start("CUST-1")
        assert bar.launch_kind() is LaunchKind.ACTIVE
        bar.take_attributes({**one.shown.attributes, "tier": "gold"})
        assert bar.launch_kind() is LaunchKind.READY
        assert one.type_and_start("CUST-1") is one.bridges[1]
        assert one.bridges[1].attributes["tier"] == "gold"
        one.bridges[1].configure()
        assert bar.launch_kind() is LaunchKind.ACTIVE
        bar.take_attributes(chats.all[0].attributes)
        assert "tier" not in bar.attributes()
        assert one.type_and_start("CUST-1") is None
        assert one.shown is chats.all[0], "with these attributes it goes on already"


# With keys


def press(one: Stage, *keys: str) -> None:
    """Press shortcuts on whatever has the focus."""
    for key in keys:
        QTest.keySequence(QApplication.focusWidget() or one.window, QKeySequence(key))


def turned(one: Stage, text: str) -> bool:
    """Whether the chat of that ID is shown, with its own page."""
    return one.shown.crm_id == text and one.page.chat is one.shown


async def test_numbers_and_control_tab_switch_chats(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        for number in range(1, 12):
            one.start(f"CUST-{number}")
        press(one, "Ctrl+1")
        assert turned(one, "CUST-11"), "the first of the list is the newest"
        press(one, "Ctrl+9")
        assert turned(one, "CUST-3")
        press(one, "Ctrl+Tab")
        assert turned(one, "CUST-2")
        press(one, "Ctrl+Tab", "Ctrl+Tab")
        assert turned(one, "CUST-11"), "round about"
        press(one, "Ctrl+Shift+Tab")
        assert turned(one, "CUST-1")
        for place in (0, 5):
            assert one.controller.chat_desk.switch.actions()[place].isVisible()
        one.bridges[10].end()
        press(one, "Ctrl+1")
        assert turned(one, "CUST-10"), "numbers count live chats only"


async def test_the_shortcuts_work_from_every_field(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start("CUST-1")
        one.start("CUST-2")
        desk = one.controller.chat_desk
        fields = [
            one.crm_id,
            one.page.composer.input,
            one.inspector.frames.table,
            desk.list.view,
            desk.list.field,
        ]
        for field in fields:
            one.controller.chats.select(one.controller.chats.all[1])
            field.setFocus()
            press(one, "Ctrl+2")
            assert turned(one, "CUST-1"), field.objectName()
            one.controller.chats.select(one.controller.chats.all[1])
            field.setFocus()
            press(one, "Ctrl+Tab")
            assert turned(one, "CUST-1"), field.objectName()
            field.setFocus()
            press(one, "Ctrl+K")
            assert desk.list.field.hasFocus(), field.objectName()


async def test_the_menu_names_the_live_chats(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        actions = one.controller.chat_desk.switch.actions()
        assert not one.controller.chat_desk.switch.isEnabled()
        one.start("R&D" + "x" * 100)
        one.start("CUST-2")
        one.bridges[0].tell(
            events.MessageAdded(AT, message("Hello", "m1", sender=Sender(SenderKind.BOT, "Bot")))
        )
        await until(lambda: "1 unread message" in actions[1].text())
        assert one.window.status_line.chats.text() == "2 live chats · 1 unread"
        assert actions[0].text() == "&1  CUST-2 · UAT"
        assert actions[1].text().startswith("&2  R&&Dxxx")
        assert len(actions[1].text()) < 80
        assert [action.isVisible() for action in actions[:3]] == [True, True, False]


async def test_the_list_unfolds_for_a_search_where_there_is_no_room(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, width=1024, height=640) as one:
        chat_list = one.controller.chat_list
        one.start("CUST-1")
        one.start("CUST-2")
        assert not chat_list.isVisible()
        press(one, "Ctrl+K")
        assert chat_list.isVisible()
        assert chat_list.field.hasFocus()
        assert one.window.width() == 1024
        QTest.keyClicks(chat_list.field, "cust-1")
        QTest.keyClick(chat_list.field, Qt.Key.Key_Return)
        assert turned(one, "CUST-1")
        await until(lambda: not chat_list.isVisible())
        assert one.page.composer.input.hasFocus()
        press(one, "Ctrl+K")
        QTest.keyClick(chat_list.field, Qt.Key.Key_Escape)
        QTest.keyClick(chat_list.field, Qt.Key.Key_Escape)
        assert not chat_list.isVisible()
        assert one.page.composer.input.hasFocus()


async def test_the_menu_starts_in_another_environment(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        menu = one.controller.chat_desk.elsewhere
        assert not menu.isEnabled()
        one.start("CUST-1")
        assert menu.isEnabled()
        menu.aboutToShow.emit()
        names = [action.text().split("\t")[0] for action in menu.actions()]
        assert names == ["Production", "Built-in simulator"]
        menu.actions()[0].trigger()
        assert one.shown.item.name == "Production"
        assert not menu.isEnabled(), "one start at a time"
        one.bridges[1].configure()
        assert menu.isEnabled()
        assert len(one.controller.chats.live) == 2
        assert one.controller.chat_list.model.several_environments


async def test_a_copy_is_changed_in_the_launch_bar_and_started_with_enter(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start("CUST-1")
        first = one.shown
        one.start("CUST-2")
        one.controller.chats.select(first)
        press(one, "Ctrl+D")
        assert one.crm_id.text() == "CUST-1"
        bar = one.window.launch_bar
        bar.take_attributes({**bar.attributes(), "tier": "gold"})
        one.window.launch_bar.start()
        assert one.bridges[2].attributes["tier"] == "gold"
        assert one.bridges[2].attributes["crmCustomerId"] == "CUST-1"
        assert one.shown is not first


async def test_what_can_be_done_with_a_chat_is_offered_in_its_row(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start("CUST-1")
        one.start("CUST-2")
        chat_list = one.controller.chat_list
        view = chat_list.view
        place = view.visualRect(view.model().index(2, 0)).center()
        view.customContextMenuRequested.emit(place)
        assert turned(one, "CUST-1"), "the menu speaks of the chat below the mouse"
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
        menu.close()
        assert "Start a&gain" in offered
        assert "Duplicate with c&hanged attributes…" in offered
        one.bridges[0].end()
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Delete)
        assert [chat.crm_id for chat in one.controller.chats.all] == ["CUST-2"]
        QTest.keyClick(view, Qt.Key.Key_Delete)
        assert len(one.controller.chats.all) == 1, "a chat that goes on stays"


async def test_a_held_key_starts_again_once(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start("CUST-1")
        menus = one.window.menus
        assert not menus.start_again.autoRepeat()
        menus.start_again.trigger()
        assert not menus.start_again.isEnabled()
        menus.start_again.trigger()
        assert len(one.bridges) == 2


async def test_real_chats_stand_beside_each_other_each_in_a_session_of_its_own(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with SimulatorThread(SimulatorOptions(deployment_id=IDS.deployment_id)) as simulator:
        place = replace(UAT, region="", endpoint=simulator.url)
        async with stage(tmp_path, place, real=Real(lambda: SimulatorHandle(SimulatorOptions()))) as one:
            one.type_and_start("CUST-1")
            await until(lambda: one.shown.state is State.CONFIGURED)
            one.controller.chats.start_again(one.shown)
            await until(lambda: one.shown.state is State.CONFIGURED)
            again, first = one.controller.chats.all[::-1]
            first.say("order one")
            again.say("order two")
            await until(lambda: first.unread and "order two" in again.last_line)
            assert again.unread == 0
            rows = one.controller.chat_list.model.entries
            assert [entry.line for entry in rows] == [again.last_line, first.last_line]
            one.controller.chat_list.field.setText("order one")
            one.controller.chat_list.field.seek()
            (found,) = one.controller.chat_list.model.entries
            assert isinstance(found, LiveEntry)
            assert found.chat is first
    received = [entry["frame"] for entry in simulator.record if entry.get("direction") == "received"]
    sessions = {frame["token"] for frame in received if frame.get("action") == "configureSession"}
    assert len(sessions) == 2
    sent = [
        frame["message"]["channel"]["metadata"]["customAttributes"]["crmCustomerId"]
        for frame in received
        if frame.get("action") == "onMessage" and frame["message"]["type"] == "Text"
    ]
    assert sent == ["CUST-1", "CUST-1"]
