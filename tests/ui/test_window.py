"""The window as a person uses it: real widgets, real keys, bridges that a test moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.errors import (
    AccessRefusedError,
    ConnectionRateError,
    KeyringUnavailableError,
    MessageInputError,
    WishError,
)
from gcdesk.guest import events
from gcdesk.guest.message import Delivery, Direction, Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.ui.bubbles import NoteRow
from gcdesk.ui.chat_entry import section_of
from gcdesk.ui.launch_state import LaunchKind
from gcdesk.ui.shelf import simulator_item
from gcdesk.ui.step import StepStatus
from gcdesk.ui.welcome import Welcome
from gcdesk.ui.window import Window
from tests.support.coroutines import turns
from tests.ui.fakes import AT, deployment, message, until
from tests.ui.stage import IDS, PRODUCTION, UAT, Stage, stage

LENA = Sender(SenderKind.AGENT, "Lena")


async def test_a_first_run_is_ready_to_start_on_the_simulator(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.window.launch_bar.focus_crm_id()
        assert one.window.launch_bar.environment_name() == simulator_item().name
        assert one.window.launch_bar.launch_kind() is LaunchKind.READY
        assert one.window.focusWidget() is one.crm_id
        welcome = one.window.middle.currentWidget()
        assert isinstance(welcome, Welcome)
        add = welcome.findChild(QPushButton, "addEnvironment")
        assert isinstance(add, QPushButton)
        assert add.isVisible()
        add.click()
        await until(lambda: one.controller.environments.dialog is not None)
        dialog = one.controller.environments.dialog
        assert dialog is not None
        assert dialog.isVisible()


async def test_typing_an_id_and_enter_starts_that_chat(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, PRODUCTION, UAT) as one:
        bridge = one.type_and_start("0042 Ä")
        assert bridge is not None
        assert bridge.started
        assert one.items[0].name == "Production"
        assert bridge.attributes["crmId"] == "0042 Ä"
        assert one.window.launch_bar.launch_kind() is LaunchKind.STARTING
        assert one.window.focusWidget() is one.page.composer.input
        bridge.configure()
        assert one.window.launch_bar.launch_kind() is LaunchKind.ACTIVE
        assert one.window.windowTitle() == "0042 Ä"
        assert one.window.focusWidget() is one.page.composer.input


async def test_one_start_at_a_time_whatever_is_pressed(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        first = one.type_and_start("1")
        assert first is not None
        for _ in range(5):
            QTest.keyClick(one.crm_id, Qt.Key.Key_Return)
        assert one.type_and_start("2") is None
        one.controller.chats.start(simulator_item().name, "3")
        assert len(one.bridges) == 1
        first.configure()
        assert one.type_and_start("2") is not None
        assert len(one.bridges) == 2


async def test_the_same_customer_is_shown_instead_of_started_again(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.start("1")
        one.start("2")
        assert one.shown.crm_id == "2"
        assert one.type_and_start("1") is None
        assert one.shown.crm_id == "1"
        assert one.window.launch_bar.launch_kind() is LaunchKind.ACTIVE


async def test_a_start_can_be_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        one.window.launch_bar.cancel_requested.emit()
        assert bridge.asked == [("leave", None)]
        bridge.finished.emit()
        assert one.window.launch_bar.launch_kind() is LaunchKind.READY
        assert one.type_and_start("1") is not None


async def test_after_429_start_waits_and_then_works_again(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        bridge.become(State.CONNECTING)
        error = ConnectionRateError(retry_after=0.6, code=429)
        bridge.tell(events.ErrorRaised(AT, error, fatal=True))
        bridge.end(error)
        assert one.window.launch_bar.launch_kind() is LaunchKind.WAITING
        assert one.type_and_start("1") is None
        one.controller.chats.start_again(one.shown)
        assert len(one.bridges) == 1
        await until(lambda: one.window.launch_bar.launch_kind() is LaunchKind.READY)
        assert one.type_and_start("1") is not None


async def test_a_refusal_fails_its_step_and_offers_the_environment(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        bridge.become(State.CONNECTING)
        error = AccessRefusedError(code=403)
        bridge.tell(events.ErrorRaised(AT, error, fatal=True))
        bridge.end(error)
        failed = [step for step in one.steps if step.status is StepStatus.FAILED]
        assert [(step.title, step.hint) for step in failed] == [(error.title, error.hint)]
        edit = one.inspector.findChild(QPushButton, "action-environment")
        assert isinstance(edit, QPushButton)
        edit.click()
        await until(lambda: one.controller.environments.dialog is not None)
        dialog = one.controller.environments.dialog
        assert dialog is not None
        await until(lambda: dialog.form.name.text() == "UAT")
        assert one.window.launch_bar.launch_kind() is LaunchKind.READY


async def test_start_again_starts_for_the_same_customer(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.type_and_start("CUST-1")
        assert bridge is not None
        bridge.failed.emit(KeyringUnavailableError())
        bridge.finished.emit()
        one.crm_id.setText("something else")
        one.inspector.action_requested.emit("retry")
        assert len(one.bridges) == 2
        assert one.shown.crm_id == "CUST-1"
        assert one.bridges[1].attributes["crmCustomerId"] == "CUST-1"


async def test_a_message_goes_down_and_comes_back_up(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.start()
        QTest.keyClicks(one.page.composer.input, "Where is my order?")
        assert bridge.asked == [("typing", None)]
        QTest.keyClick(one.page.composer.input, Qt.Key.Key_Return)
        assert bridge.asked[-1] == ("say", "Where is my order?")
        assert one.page.composer.text() == ""
        sending = message("Where is my order?", delivery=Delivery.SENDING)
        bridge.tell(events.MessageAdded(AT, sending))
        bridge.tell(events.MessageAdded(AT, message("Which one?", "m2", sender=LENA)))
        assert one.page.transcript.message_count() == 2
        bridge.tell(events.MessageWithdrawn(AT, sending))
        assert one.page.transcript.message_count() == 1


async def test_a_refused_message_stays_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.start()
        bridge.refuses = MessageInputError("The message is too odd.", "Write another.")
        one.page.composer.set_text("Odd")
        one.window.menus.send.trigger()
        assert one.page.composer.text() == "Odd"
        labels = {label.text() for label in one.page.composer.findChildren(type(one.page.composer._says))}
        assert "The message is too odd. Write another." in labels


async def test_what_can_be_written_follows_from_the_state(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        bridge.configure()
        assert not one.page.composer.input.isReadOnly()
        bridge.tell(events.StateChanged(AT, State.READ_ONLY, State.CONFIGURED))
        assert one.page.composer.input.isReadOnly()
        assert "ended" in one.page.composer.input.placeholderText()


async def test_typing_shows_for_as_long_as_the_service_says(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.start()
        bridge.tell(events.TypingChanged(AT, on=True, seconds=5.0, sender=LENA))
        assert one.page._typing_ends.isActive()
        assert 4900 <= one.page._typing_ends.interval() <= 5100
        bridge.tell(events.TypingChanged(AT, on=False, seconds=0.0, sender=LENA))
        assert not one.page._typing_ends.isActive()


async def test_frames_go_to_the_chat_they_belong_to(qtbot: QtBot, tmp_path: Path) -> None:
    from gcdesk.guest.received import decode_frame

    async with stage(tmp_path) as one:
        first = one.start("1")
        second = one.start("2")
        for bridge, count in ((first, 2), (second, 1)):
            for _ in range(count):
                bridge.tell(events.FrameReceived(AT, decode_frame('{"type":"response"}'), 19))
        assert one.inspector.frames.table.model().rowCount() == 1
        one.window.menus.previous.trigger()
        assert one.inspector.frames.table.model().rowCount() == 2


async def test_chats_side_by_side(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        menus = one.window.menus
        first = one.start("1")
        assert not menus.next.isEnabled()
        one.start("2")
        assert one.window.status_line.chats.text() == "2 live chats"
        first.tell(events.MessageAdded(AT, message("Hello", "m1", sender=LENA)))
        assert one.controller.chats.all[0].unread == 1
        menus.next.trigger()
        assert one.shown.crm_id == "1"
        assert one.shown.unread == 0
        menus.next.trigger()
        assert one.shown.crm_id == "2"
        rows = one.controller.chat_list.model
        assert [rows.data(rows.index(row)) for row in range(rows.rowCount())] == ["Live", "2", "1"]
        first.end()
        day = section_of(AT).words
        assert [rows.data(rows.index(row)) for row in range(rows.rowCount())] == ["Live", "2", day, "1"]
        assert one.shown.crm_id == "2"
        assert one.window.status_line.chats.text() == "1 live chat"


async def test_the_list_chooses_with_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.start("1")
        one.start("2")
        view = one.controller.chat_list.view
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert one.shown.crm_id == "1"
        QTest.keyClick(view, Qt.Key.Key_Up)
        assert one.shown.crm_id == "2"


async def test_only_an_ended_chat_can_be_removed(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        menus = one.window.menus
        one.start("1")
        bridge = one.start("2")
        assert not menus.remove.isEnabled()
        one.controller.chats.remove(one.shown)
        assert len(one.controller.chats.all) == 2
        bridge.end()
        assert menus.remove.isEnabled()
        menus.remove.trigger()
        assert [chat.crm_id for chat in one.controller.chats.all] == ["1"]
        assert one.shown.crm_id == "1"
        one.bridges[0].end()
        menus.remove.trigger()
        assert one.controller.chats.shown is None
        assert isinstance(one.window.middle.currentWidget(), Welcome)
        assert not menus.leave.isEnabled()


async def test_leaving_and_ending_are_two_things(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        menus = one.window.menus
        assert not menus.leave.isEnabled()
        bridge = one.start()
        bridge.tell(deployment(clear=True))
        assert menus.clear.isEnabled()
        menus.clear.trigger()
        menus.leave.trigger()
        assert [wish for wish, _ in bridge.asked] == ["clear", "leave"]
        bridge.tell(deployment(clear=False))
        assert not menus.clear.isEnabled()
        assert "does not let the customer" in menus.clear.toolTip()
        assert menus.leave.isEnabled()


async def test_a_wish_out_of_place_is_told_in_the_transcript(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.start()
        bridge.refuses = WishError("The conversation cannot be joined right now.", "Wait.")
        one.window.menus.join.trigger()

        def lines() -> list[str]:
            return [row.text() for row in one.page.transcript.findChildren(NoteRow)]

        await until(lambda: "The conversation cannot be joined right now. Wait." in lines())


async def test_the_focus_is_left_alone_where_the_person_went_on(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        one.window.menus.new_chat.trigger()
        QTest.keyClicks(one.crm_id, "2")
        bridge.configure()
        assert one.window.focusWidget() is one.crm_id
        assert one.crm_id.text() == "2"


async def test_what_is_written_before_the_session_is_ready_waits(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        for text in ("one", "two"):
            QTest.keyClicks(one.page.composer.input, text)
            QTest.keyClick(one.page.composer.input, Qt.Key.Key_Return)
        assert not [text for wish, text in bridge.asked if wish == "say"]
        bridge.become(State.CONNECTING)
        assert [text for wish, text in bridge.asked if wish == "say"] == ["one", "two"]
        QTest.keyClicks(one.page.composer.input, "three")
        QTest.keyClick(one.page.composer.input, Qt.Key.Key_Return)
        assert bridge.asked[-1] == ("say", "three")


async def test_what_was_written_for_a_chat_that_never_came_is_not_lost(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        QTest.keyClicks(one.page.composer.input, "Hello")
        QTest.keyClick(one.page.composer.input, Qt.Key.Key_Return)
        bridge.failed.emit(KeyringUnavailableError())
        bridge.finished.emit()
        assert one.page.composer.text() == "Hello"
        assert one.window.focusWidget() is one.page.composer.input


async def test_after_a_failed_start_the_keyboard_is_at_the_id_again(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.type_and_start("1")
        assert bridge is not None
        bridge.failed.emit(KeyringUnavailableError())
        bridge.finished.emit()
        assert one.window.focusWidget() is one.crm_id
        QTest.keyClick(one.crm_id, Qt.Key.Key_Return)
        assert len(one.bridges) == 2


async def test_f6_goes_round_the_parts(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.start()
        await until(lambda: QApplication.focusWidget() is one.page.composer.input)
        seen: list[QWidget | None] = []
        for _ in range(5):
            one.window.menus.next_part.trigger()
            seen.append(QApplication.focusWidget())
        assert len(set(seen)) == 5
        assert seen[-1] is one.page.composer.input
        assert one.crm_id in seen
        one.window.menus.previous_part.trigger()
        assert QApplication.focusWidget() is seen[-2]


async def test_nothing_is_cut_off_at_1024_by_640(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, width=1024, height=640) as one:
        bridge = one.start("C" * 500)
        bridge.tell(events.PresenceSeen(AT, "Join", Direction.OUTBOUND, LENA))
        await turns()
        assert one.window.size() == QSize(1024, 640)
        assert not one.controller.chat_list.isVisible()
        assert one.inspector.isVisible()
        for part in _controls(one):
            corner = part.mapTo(one.window, QPoint(part.width(), part.height()))
            assert corner.x() <= 1024, part.accessibleName() or part.objectName()
            assert corner.y() <= 640, part.accessibleName() or part.objectName()
            hint = part.minimumSizeHint()
            assert part.width() >= min(hint.width(), 60), part.objectName()


def _controls(one: Stage) -> list[QWidget]:
    return [
        part
        for part in one.window.findChildren(QPushButton)
        if part.isVisible() and part.window() is one.window
    ]


async def test_the_list_comes_back_with_the_room(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        assert one.controller.chat_list.isVisible()
        one.window.resize(1000, 700)
        assert not one.controller.chat_list.isVisible()
        one.window.resize(700, 600)
        assert not one.window.right.isVisible()
        one.window.resize(1280, 800)
        assert one.controller.chat_list.isVisible()
        assert one.window.right.isVisible()
        one.window.menus.chat_list.trigger()
        assert not one.controller.chat_list.isVisible()


async def test_frames_can_be_put_away_for_all_chats(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.start("1")
        assert one.inspector.frames.isVisible()
        one.window.menus.frames.trigger()
        assert not one.inspector.frames.isVisible()
        one.start("2")
        assert not one.inspector.frames.isVisible()
        assert one.inspector.checklist.isVisible()


async def test_the_window_is_found_again_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.window.resize(1180, 700)
        one.window.across.setSizes([200, 600, 380])
        one.window.menus.frames.setChecked(False)
        sizes = one.window.across.sizes()
        remembered = one.controller.remembered()
    async with stage(tmp_path / "again", remembered=remembered) as two:
        two.window.resize(1180, 700)
        assert two.window.across.sizes() == sizes
        assert not two.window.menus.frames.isChecked()
    assert remembered["shelf"]["chosen"] == "UAT"
    assert IDS.deployment_id not in str(remembered)


@pytest.mark.parametrize("damaged", [{"geometry": "###"}, {"geometry": 7, "across": "AAAA"}, {"across": []}])
async def test_a_damaged_memory_is_forgotten(
    qtbot: QtBot, tmp_path: Path, damaged: dict[str, object]
) -> None:
    async with stage(tmp_path, remembered=damaged) as one:
        assert one.window.middle.width() >= 360


async def test_what_is_asked_for_before_anybody_listens_is_not_lost(qtbot: QtBot, tmp_path: Path) -> None:
    def hurry(window: Window) -> None:
        window.launch_bar.environment_chosen.emit("Production")
        window.launch_bar.start_requested.emit("Production", "early")
        window.menus.manage.trigger()
        window.menus.frames.trigger()

    async with stage(tmp_path, UAT, PRODUCTION, hurry=hurry) as one:
        assert one.shown.crm_id == "early"
        assert one.items[0].name == "Production"
        assert one.window.launch_bar.environment_name() == "Production"
        assert not one.inspector.frames.isVisible()
        await until(lambda: one.controller.environments.dialog is not None)
        one.window.menus.frames.trigger()
        assert one.inspector.frames.isVisible()
        assert len(one.bridges) == 1


async def test_closing_is_a_wish_and_the_window_stays(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        wishes: list[None] = []
        one.window.closing.connect(lambda: wishes.append(None))
        one.window.close()
        assert one.window.isVisible()
        one.window.menus.quit.trigger()
        assert len(wishes) == 2


async def test_every_shortcut_is_there_once(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        shortcuts = [a.shortcut().toString() for a in one.window.actions() if not a.shortcut().isEmpty()]
        assert len(shortcuts) == len(set(shortcuts))
        assert {"Ctrl+N", "Ctrl+Return", "Ctrl+W", "Ctrl+Q", "F6", "Ctrl+,", "Ctrl+PgDown"} <= set(shortcuts)
        menu_bar = one.window.menuBar()
        in_menus = {action.objectName() for menu in menu_bar.findChildren(QMenu) for action in menu.actions()}
        in_menus |= {action.objectName() for action in one.controller.chat_desk.switch.actions()}
        assert one.controller.chat_desk.switch.menuAction() in one.window.menus.chat_menu.actions()
        assert {action.objectName() for action in one.window.actions()} <= in_menus


async def test_the_level_of_the_log_and_the_theme_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    import logging

    level = logging.getLogger("gcdesk").level
    async with stage(tmp_path) as one:
        menus = one.window.menus
        assert one.window.status_line.level.text() == "Log level: warning"
        next(a for a in menus.levels.actions() if a.data() == "debug").trigger()
        next(a for a in menus.themes.actions() if a.data() == "dark").trigger()
        assert logging.getLogger("gcdesk").level == logging.DEBUG
        assert one.window.status_line.level.text() == "Log level: debug"
        await until(lambda: one.settings.get("theme", str, "") == "dark")
        await until(lambda: one.settings.get("log_level", str, "") == "debug")
        next(a for a in menus.themes.actions() if a.data() == "system").trigger()
    logging.getLogger("gcdesk").setLevel(level)


async def test_the_status_bar_says_where_ids_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        keyring = one.window.status_line.keyring
        await until(lambda: keyring.text() == "Keyring: Secret Service")


async def test_the_round_trip_shows_for_the_shown_chat(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        bridge = one.start("1")
        bridge.tell(events.RoundTrip(AT, 0.087))
        assert one.window.status_line.round_trip.text() == "Round trip 87 ms"
        one.start("2")
        assert one.window.status_line.round_trip.text() == ""


async def test_a_chosen_environment_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        assert not one.window.welcome.findChild(QPushButton, "addEnvironment").isVisible()  # type: ignore[union-attr]
        one.window.launch_bar._choose("Production")
        assert one.window.menus.edit.isEnabled()
        chosen = one.settings.path
        await until(lambda: "Production" in chosen.read_text(encoding="utf-8"))
        from gcdesk.desk.environments import Environments
        from tests.ui.stage import LastingIds

        await until(lambda: Environments(one.settings, LastingIds()).chosen == "Production")
        one.window.launch_bar._choose(simulator_item().name)
        assert not one.window.menus.edit.isEnabled()


async def test_an_environment_is_added_through_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.window.menus.add.trigger()
        await until(lambda: one.controller.environments.dialog is not None)
        dialog = one.controller.environments.dialog
        assert dialog is not None
        dialog.save_requested.emit(None, UAT, IDS, False)
        await until(lambda: one.window.launch_bar.environment_name() == "UAT")
        await until(lambda: "Saved" in dialog.status.text())
        dialog.save_requested.emit(None, UAT, IDS, False)
        await until(lambda: "already" in dialog.banner.text)
        dialog.remove_requested.emit("UAT", False)
        await until(lambda: one.window.launch_bar.environment_name() == simulator_item().name)
        await until(lambda: "removed" in dialog.status.text())
        dialog.close()


async def test_notices_wait_for_one_another(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.window.notices.tell("One.")
        one.window.notices.tell("Two.")
        one.window.notices.tell("Two.")
        dismiss = one.window.notices.findChild(QPushButton, "dismissNotice")
        assert isinstance(dismiss, QPushButton)
        assert (one.window.notices.text(), one.window.notices.isVisible()) == ("One.", True)
        dismiss.click()
        assert one.window.notices.text() == "Two."
        dismiss.click()
        assert not one.window.notices.isVisible()


async def test_about_names_the_versions(qtbot: QtBot, tmp_path: Path) -> None:
    from gcdesk.ui.about import AboutDialog

    async with stage(tmp_path) as one:
        one.window.menus.about.trigger()
        dialog = one.window.findChild(AboutDialog)
        assert isinstance(dialog, AboutDialog)
        for name in ("gcdesk 0.", "Python 3.", "Qt 6.", "websockets ", "qasync 0.28"):
            assert name in dialog.versions.text()
        dialog.close()


async def test_copying_the_id(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        one.start("  7 ")
        one.window.menus.copy_id.trigger()
        assert QGuiApplication.clipboard().text() == "  7 "
