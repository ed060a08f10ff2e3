"""The inspector in the window: tabs, pause and filter by keys, and the way between a bubble and its frame."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Message
from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.inspector import Inspector
from gcdesk.ui.timing_panel import TimingPanel
from tests.ui import fakes
from tests.ui.conversation import CUSTOMER, START, message, received, sample_text, sent
from tests.ui.fakes import FakeBridge, until
from tests.ui.stage import PRODUCTION, UAT, Stage, stage


def outgoing(number: int) -> tuple[list[Event], Message]:
    """What a session tells of an own message up to its echo, with its frames."""
    tracing_id = f"00000000-0000-4000-8000-{number:012}"
    own = message(f"Question {number}", sender=CUSTOMER, key=f"q{number}", delivery=Delivery.QUEUED)
    own = replace(own, at=START + timedelta(seconds=number))
    request = json.loads(sample_text("client.on_message.text"))
    request |= {"tracingId": tracing_id}
    request["message"]["text"] = own.text
    echo = json.loads(sample_text("server.structured_message.text_inbound_echo"))
    echo["tracingId"], echo["body"]["id"] = tracing_id, f"echo-{number}"
    echoed = received(json.dumps(echo), seconds=number + 0.1)
    sending = replace(own, delivery=Delivery.SENDING, tracing_id=tracing_id)
    return [
        events.MessageAdded(own.at, own),
        sent(json.dumps(request), seconds=number),
        events.MessageChanged(own.at, sending),
        echoed,
        events.MessageChanged(echoed.at, replace(sending, delivery=Delivery.SENT, raw=echoed.frame.text)),
    ], own


def incoming(number: int) -> list[Event]:
    """A message of the bot, with its frame."""
    body = json.loads(sample_text("server.structured_message.text_outbound_bot"))
    body["body"]["id"] = f"answer-{number}"
    frame = received(json.dumps(body), seconds=number + 0.5)
    said = replace(message(f"Answer {number}", key=f"a{number}"), raw=frame.frame.text, at=frame.at)
    return [frame, events.MessageAdded(frame.at, said)]


def talk(bridge: FakeBridge, count: int = 1) -> None:
    for number in range(count):
        bridge.tell(*outgoing(number)[0], *incoming(number))


def focused_message(one: Stage) -> str:
    focus = QApplication.focusWidget()
    while focus is not None and not isinstance(focus, MessageRow):
        focus = focus.parentWidget()
    return focus.accessibleName() if focus is not None else ""


def follows(one: Stage) -> bool:
    return one.inspector.frames.table.following


async def seen(one: Stage, count: int) -> None:
    await until(lambda: one.inspector.frames.model.rowCount() == count)


# Bubbles and frames


async def test_a_bubble_leads_to_its_frames_one_after_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        talk(one.start(), 3)
        await seen(one, 9)
        one.page.transcript.frame_wanted.emit("q1")
        table = one.inspector.frames.table
        assert table.hasFocus()
        frame = table.current_frame()
        assert frame is not None
        assert (frame.kind, frame.sent) == ("onMessage Text", True)
        assert "Question 1" in one.inspector.frames.view.text.toPlainText()
        one.page.transcript.frame_wanted.emit("q1")
        echo = table.current_frame()
        assert echo is not None
        assert (echo.kind, echo.sent) == ("StructuredMessage in", False)
        one.page.transcript.frame_wanted.emit("q1")
        assert table.current_frame() is frame, "and round again"


async def test_the_menu_of_a_bubble_leads_to_its_frame(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        talk(one.start(), 2)
        await seen(one, 6)
        assert one.page.transcript.reveal("a1")
        focused = QApplication.focusWidget()
        assert focused is not None
        key = QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), focused.mapToGlobal(QPoint(5, 5))
        )
        QApplication.sendEvent(focused, key)
        menu = one.page.transcript.findChild(QMenu)
        assert menu is not None
        next(act for act in menu.actions() if act.text() == "Show frame").trigger()
        frame = one.inspector.frames.table.current_frame()
        assert frame is not None
        assert frame.number == 5
        menu.close()
        assert not one.page.transcript.reveal("never heard of")


async def test_a_frame_leads_to_its_bubble(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        talk(one.start(), 40)
        await seen(one, 120)
        table = one.inspector.frames.table
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Home)
        assert one.inspector.frames.view.message_button.isVisible()
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert "Question 0" in focused_message(one)
        assert one.page.transcript.rows_in_view()[0] <= 2
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.mouseClick(one.inspector.frames.view.message_button, Qt.MouseButton.LeftButton)
        assert "Answer 0" in focused_message(one)


async def test_a_frame_without_a_message_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.start().tell(sent(sample_text("client.echo")))
        await seen(one, 1)
        table = one.inspector.frames.table
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Home)
        assert not one.inspector.frames.view.message_button.isVisible()
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert one.inspector.frames.says.text() == "This frame carried no message."
        one.page.transcript.frame_wanted.emit("from the history")
        assert one.inspector.frames.says.text() == "This message has no frame here."


async def test_what_is_looked_for_does_not_stay_behind_a_filter_or_a_fold(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        talk(one.start(), 2)
        await seen(one, 6)
        one.inspector.frames.focus_filter()
        QTest.keyClicks(one.inspector.frames.filter_bar.text, "nothing like it")
        await seen(one, 0)
        one.inspector.tabs.show_tab("timing")
        one.window.menus.frames.setChecked(False)
        one.page.transcript.frame_wanted.emit("a1")
        assert one.inspector.frames.isVisible()
        assert not one.inspector.frames.filter_shown
        frame = one.inspector.frames.table.current_frame()
        assert frame is not None
        assert frame.number == 5


async def test_without_room_for_frames_it_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, width=700) as one:
        talk(one.start())
        one.page.transcript.frame_wanted.emit("q0")
        assert any(
            "Make the window wider" in label.text() for label in one.window.notices.findChildren(QLabel)
        )


# Tabs and keys


async def test_tabs_by_keys_and_the_tab_stays_from_chat_to_chat(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        first = one.start("CUST-1")
        talk(first)
        assert [one.inspector.tabs.bar.tabText(place) for place in range(2)] == ["Frames", "Timing"]
        assert one.inspector.tabs.part("timing") is None, "it is made when it is wanted"
        QTest.keyClick(
            one.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        assert one.inspector.tabs.tab == "timing"
        panel = one.inspector.tabs.part("timing")
        assert isinstance(panel, TimingPanel)
        assert panel.table.hasFocus()
        assert not one.inspector.tabs.filter.isVisible()
        one.start("CUST-2")
        assert one.inspector.tabs.tab == "timing"
        one.inspector.tabs.bar.setFocus()
        QTest.keyClick(one.inspector.tabs.bar, Qt.Key.Key_Left)
        assert one.inspector.tabs.tab == "frames"
        assert one.inspector.frames.isVisible()
        assert one.inspector.tabs.filter.isVisible()


async def test_the_filter_opens_by_key_and_closes_by_escape(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        talk(one.start())
        await seen(one, 3)
        QTest.keyClick(
            one.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        field = one.inspector.frames.filter_bar.text
        assert field.hasFocus()
        assert one.inspector.tabs.filter.isChecked()
        QTest.keyClicks(field, "onmessage")
        await seen(one, 1)
        QTest.keyClick(field, Qt.Key.Key_Escape)
        await seen(one, 3)
        assert not one.inspector.tabs.filter.isChecked()
        assert one.inspector.frames.table.hasFocus()
        QTest.keyClick(one.inspector.frames.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert field.hasFocus(), "where frames have the keyboard, finding finds frames"


async def test_pause_and_follow(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        talk(bridge)
        await seen(one, 3)
        pause = one.inspector.tabs.pause
        assert pause.accessibleName() == "Pause"
        QTest.mouseClick(pause, Qt.MouseButton.LeftButton)
        assert not follows(one)
        assert pause.accessibleName() == "Follow"
        bridge.tell(*incoming(7))
        await until(lambda: one.inspector.frames.chip.text() == "↓ Paused · 1 new")
        QTest.mouseClick(pause, Qt.MouseButton.LeftButton)
        assert follows(one)
        assert not one.inspector.frames.chip.isVisible()


def test_attributes_stand_between_frames_and_timing_and_come_when_wanted(qtbot: QtBot) -> None:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    made: list[QWidget] = []

    def make(parent: QWidget) -> QWidget:
        made.append(QLineEdit(parent))
        return made[0]

    inspector.tabs.set_attributes(make)
    bar = inspector.tabs.bar
    assert [bar.tabText(place) for place in range(3)] == ["Frames", "Attributes", "Timing"]
    assert made == []
    inspector.tabs.show_tab("attributes")
    assert inspector.tabs.pages.currentWidget() is made[0]
    inspector.tabs.show_tab("frames")
    inspector.tabs.show_tab("attributes")
    assert len(made) == 1


def test_every_control_of_the_inspector_has_a_name(qtbot: QtBot) -> None:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.tabs.show_tab("timing")
    inspector.frames.show_filter(True)
    for part in (inspector.tabs, inspector.frames, inspector.tabs.part("timing")):
        assert part is not None
        controls = [one for one in part.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for control in controls:
            inner = control.objectName().startswith("qt_") or isinstance(control.parent(), QLineEdit)
            if inner or control.window() is not inspector:
                # What Qt makes inside a control, and the list that a chooser drops down.
                continue
            spoken = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
            assert spoken, control


# What nobody sees


async def test_a_hidden_inspector_draws_nothing_and_catches_up(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        first = one.start("CUST-1")
        talk(first)
        await seen(one, 3)
        behind = one.inspector
        one.start("CUST-2")
        changes: list[int] = []
        behind.frames.model.rowsInserted.connect(lambda *_: changes.append(1))
        steps = behind.checklist._shown
        talk(first, 20)
        first.tell(events.RoundTrip(fakes.AT, 0.08))
        assert changes == []
        assert behind.checklist._shown is steps
        assert len(behind.log) == 63
        QTest.keyClick(one.window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
        assert one.inspector is behind
        await seen(one, 63)
        assert changes == [1]


def test_a_frame_costs_a_hidden_inspector_next_to_nothing(qtbot: QtBot) -> None:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    happened = [event for number in range(500) for event in incoming(number)]

    def cost() -> float:
        began = process_time()
        for event in happened:
            inspector.take(event)
        return (process_time() - began) / len(happened)

    # A frame is decoded in some 30 microseconds before it comes here.
    assert min(cost() for _ in range(5)) < 40e-6
    assert inspector.frames.model.rowCount() == 0


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_json_reads_from_left_to_right_in_any_language(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    inspector = Inspector()
    inspector.setLayoutDirection(direction)
    inspector.resize(372, 700)
    qtbot.addWidget(inspector)
    with qtbot.waitExposed(inspector):
        inspector.show()
    inspector.take(sent(sample_text("client.configure_session")))
    qtbot.waitUntil(lambda: inspector.frames.model.rowCount() == 1)
    inspector.frames.table.selectRow(0)
    text = inspector.frames.view.text
    text.moveCursor(QTextCursor.MoveOperation.Start)
    assert text.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert text.cursorRect().left() < text.viewport().width() / 4
