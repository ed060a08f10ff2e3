"""Selecting messages with keys and mouse, and what copying them gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gcdesk.guest.message import Delivery, Message
from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.message_menu import MessageMenu
from gcdesk.ui.message_words import copied_message, searched_text
from gcdesk.ui.transcript import Transcript
from tests.ui.conversation import AGENT, BOT, CUSTOMER, START, message, sample_message

pytestmark = pytest.mark.usefixtures("light_look")

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def transcript(qtbot: QtBot) -> Iterator[Transcript]:
    """Six messages and a note between them."""
    made = Transcript()
    made.resize(680, 600)
    qtbot.addWidget(made)
    for number, sender in enumerate((CUSTOMER, BOT, AGENT, CUSTOMER, BOT, AGENT)):
        if number == 3:
            made.add_note("Lena joined", START)
        made.add_message(
            message(
                f"Text {number}", sender=sender, key=f"m{number}", at=START + timedelta(minutes=2 * number)
            )
        )
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle(qtbot, made)
    yield made
    made.close()


def settle(qtbot: QtBot, transcript: Transcript) -> None:
    qtbot.waitUntil(lambda: not transcript.is_moving)


def row(transcript: Transcript, key: str) -> MessageRow:
    return next(
        view
        for view in transcript.live_rows().values()
        if isinstance(view, MessageRow) and view.message.key == key
    )


def selected(transcript: Transcript) -> list[str]:
    return [one.message.key for one in transcript.selection.in_order() if one.message is not None]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def line(transcript: Transcript, key: str, who: str, text: str) -> str:
    at = row(transcript, key).message.at.astimezone()
    return f"{at:%Y-%m-%d %H:%M:%S} {who}: {text}"


def test_shift_and_the_arrow_keys_select_and_the_note_between_is_left_out(transcript: Transcript) -> None:
    transcript.reveal("m2")
    press(Qt.Key.Key_Down, SHIFT)
    assert selected(transcript) == ["m2", "m3"]
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Up, SHIFT)
    press(Qt.Key.Key_Up, SHIFT)
    press(Qt.Key.Key_Up, SHIFT)
    assert selected(transcript) == ["m1", "m2"], "the other way from where it began"
    press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().splitlines() == [
        line(transcript, "m1", "Order bot", "Text 1"),
        line(transcript, "m2", "Lena", "Text 2"),
    ]
    press(Qt.Key.Key_Up)
    assert selected(transcript) == []
    press(Qt.Key.Key_Down, SHIFT)
    assert selected(transcript) == ["m0", "m1"], "it begins where the keyboard is"


def test_all_can_be_selected_and_let_go_again(transcript: Transcript) -> None:
    transcript.reveal("m2")
    press(Qt.Key.Key_A, CONTROL)
    assert selected(transcript) == [f"m{number}" for number in range(6)]
    interface = QAccessible.queryAccessibleInterface(row(transcript, "m4"))
    assert ", selected: Text 4" in interface.text(QAccessible.Text.Name)
    press(Qt.Key.Key_Escape)
    assert selected(transcript) == []
    assert "selected" not in interface.text(QAccessible.Text.Name)


def test_clicks_select_as_in_any_list(transcript: Transcript) -> None:
    def click(key: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        view = row(transcript, key)
        assert view.text is not None
        QTest.mouseClick(view.text, Qt.MouseButton.LeftButton, modifier)

    click("m1")
    assert selected(transcript) == []
    click("m4", SHIFT)
    assert selected(transcript) == ["m1", "m2", "m3", "m4"]
    click("m2", CONTROL)
    assert selected(transcript) == ["m1", "m3", "m4"]
    click("m2", CONTROL)
    assert selected(transcript) == ["m1", "m2", "m3", "m4"]
    click("m3")
    assert selected(transcript) == []
    click("m5", SHIFT)
    free = QPointF(5, transcript.viewport().height() - 3)
    left = Qt.MouseButton.LeftButton
    pressed = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        free,
        transcript.viewport().mapToGlobal(free),
        left,
        left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(transcript.viewport(), pressed)
    assert selected(transcript) == [], "a click beside the messages lets go"


def drag(view: MessageRow, to: QPoint) -> None:
    """Press in the middle of a message's text and go to a point of the screen; the button stays down."""
    assert view.text is not None
    begin = view.text.rect().center()
    QTest.mousePress(view.text, Qt.MouseButton.LeftButton, pos=begin)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(view.text.mapFromGlobal(to)),
        QPointF(to),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.text, move)


def test_dragging_within_a_message_selects_its_text_and_beyond_it_messages(transcript: Transcript) -> None:
    view = row(transcript, "m1")
    assert view.text is not None
    drag(view, view.text.mapToGlobal(QPoint(view.text.width() - 1, view.text.height() // 2)))
    assert selected(transcript) == []
    assert view.text.selected_text()
    other = row(transcript, "m3")
    drag(view, other.mapToGlobal(other.rect().center()))
    assert selected(transcript) == ["m1", "m2", "m3"]
    assert not view.text.selected_text(), "what is copied now are the messages"
    QTest.mouseRelease(view.text, Qt.MouseButton.LeftButton)
    assert selected(transcript) == ["m1", "m2", "m3"]


def test_dragging_beyond_the_edge_scrolls_and_selects_on(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(6, 60):
        transcript.add_message(message(f"Text {number}", key=f"m{number}"))
    transcript.reveal("m0")
    settle(qtbot, transcript)
    view = row(transcript, "m0")
    drag(view, transcript.viewport().mapToGlobal(QPoint(40, transcript.viewport().height() + 30)))
    qtbot.waitUntil(lambda: len(selected(transcript)) > 30)
    assert view.text is not None
    QTest.mouseRelease(view.text, Qt.MouseButton.LeftButton)
    assert selected(transcript)[0] == "m0"
    at = transcript.verticalScrollBar().value()
    settle(qtbot, transcript)
    assert transcript.verticalScrollBar().value() == at, "the release ends it"


def test_rows_made_later_show_that_they_are_selected(qtbot: QtBot, transcript: Transcript) -> None:
    for number in range(6, 200):
        transcript.add_message(message(f"Text {number}", key=f"m{number}"))
    settle(qtbot, transcript)
    transcript.selection.take_all()
    transcript.reveal("m0")
    settle(qtbot, transcript)
    assert row(transcript, "m3")._selected
    assert transcript.copied_text().count("\n") == 199


def test_what_is_withdrawn_is_selected_no_longer(transcript: Transcript) -> None:
    transcript.selection.take_all()
    transcript.remove_message("m5")
    assert selected(transcript) == ["m0", "m1", "m2", "m3", "m4"]
    transcript.add_message(message("Earlier", key="before", at=START), "m0", earlier=True)
    transcript.copy_selected()
    assert "Earlier" not in QGuiApplication.clipboard().text()
    transcript.clear()
    assert transcript.copied_text() == ""


def open_menu(transcript: Transcript, key: str) -> dict[str, MessageMenu]:
    view = row(transcript, key)
    for old in view.findChildren(MessageMenu):
        old.close()
        old.setParent(None)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, view.rect().center(), view.mapToGlobal(view.rect().center())
    )
    QApplication.sendEvent(view, event)
    menu = view.findChild(MessageMenu)
    assert isinstance(menu, MessageMenu)
    return {action.text(): menu for action in menu.actions() if action.text()}


def choose(menus: dict[str, MessageMenu], words: str) -> None:
    menu = menus[words]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_the_menu_copies_what_is_selected(transcript: Transcript) -> None:
    choose(open_menu(transcript, "m1"), "Copy with time and sender")
    assert QGuiApplication.clipboard().text() == line(transcript, "m1", "Order bot", "Text 1")
    choose(open_menu(transcript, "m1"), "Select all")
    menus = open_menu(transcript, "m1")
    assert "Copy text" not in menus
    choose(menus, "Copy 6 messages")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 6


def test_the_menu_leads_to_the_frame_and_offers_what_delivery_needs(
    qtbot: QtBot, transcript: Transcript
) -> None:
    own = row(transcript, "m3").message
    with qtbot.waitSignal(transcript.frame_wanted) as frame:
        choose(open_menu(transcript, "m3"), "Show frame")
    assert frame.args == ["m3"]
    assert not {"Send again", "Do not send"} & set(open_menu(transcript, "m3"))
    transcript.change_message(replace(own, delivery=Delivery.FAILED))
    with qtbot.waitSignal(transcript.resend_requested) as again:
        choose(open_menu(transcript, "m3"), "Send again")
    assert again.args == ["m3"]
    transcript.change_message(replace(own, delivery=Delivery.QUEUED))
    with qtbot.waitSignal(transcript.withdraw_requested) as withdrawn:
        choose(open_menu(transcript, "m3"), "Do not send")
    assert withdrawn.args == ["m3"]


# What copying gives


@pytest.mark.parametrize(
    "name", ["quick_replies", "card", "carousel", "list_picker", "attachment", "date_picker"]
)
def test_copies_name_what_stands_below_the_text_but_never_an_address(name: str) -> None:
    one = sample_message(name)
    copied = copied_message(one)
    assert "https://" not in copied
    assert "[" in copied
    assert searched_text(one).startswith(one.text)


def test_a_copied_line_says_the_services_time_where_it_gave_one() -> None:
    one: Message = replace(message("Hello", at=START), time=START + timedelta(hours=1))
    assert copied_message(one).startswith(
        f"{(START + timedelta(hours=1)).astimezone():%Y-%m-%d %H:%M:%S} Order bot:"
    )
