"""The chat list as a person uses it: with keys, with the mouse, and while chats change behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QImage, QPainter
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.ui import chat_list as module
from gcdesk.ui.chat_entry import Section
from gcdesk.ui.chat_list import ChatList
from gcdesk.ui.chat_row import ChatRow, when
from gcdesk.ui.style import Theme, tokens
from tests.ui.fakes import until
from tests.ui.rows import NOON, Row


@pytest.fixture
def chats(qtbot: QtBot, light_look: Theme) -> ChatList:
    chats = ChatList()
    qtbot.addWidget(chats)
    chats.resize(228, 640)
    chats.show()
    chats.activateWindow()
    return chats


def titles(chats: ChatList) -> list[str]:
    return [entry.title for entry in chats.model.entries]


def several(chats: ChatList, count: int = 3) -> list[Row]:
    """Live chats; the list shows the last one first."""
    rows = [Row(f"CUST-{number}", Section.LIVE, text=f"order {number}") for number in range(1, count + 1)]
    chats.model.extend(rows)
    return rows


def test_an_empty_list_says_what_will_stand_there(chats: ChatList) -> None:
    assert not chats.field.isVisible()
    assert not chats.view.isVisible()
    assert chats.grab().toImage() is not None
    several(chats)
    assert chats.field.isVisible()
    assert chats.view.isVisible()


def test_keys_move_through_the_list_and_over_the_headings(chats: ChatList) -> None:
    first, second, third = several(chats)
    ended = Row("CUST-4")
    chats.model.add(ended)
    chats.mark(third)
    chosen = QSignalSpy(chats.chosen)
    chats.view.setFocus()
    for _ in range(3):
        QTest.keyClick(chats.view, Qt.Key.Key_Down)
    assert [chosen.at(place)[0] for place in range(chosen.count())] == [second, first, ended]


def test_marking_a_chat_is_no_choice(chats: ChatList) -> None:
    first, _, third = several(chats)
    chosen = QSignalSpy(chats.chosen)
    chats.mark(first)
    chats.mark(third)
    chats.mark(None)
    assert chosen.count() == 0
    assert not chats.view.currentIndex().isValid()


def test_what_happens_behind_the_list_chooses_nothing(chats: ChatList) -> None:
    first, second, third = several(chats)
    chats.mark(second)
    chosen = QSignalSpy(chats.chosen)
    third.section = Section.TODAY
    chats.model.refresh(third)
    chats.model.remove(first)
    second.section = Section.TODAY
    chats.model.refresh(second)
    chats.model.add(Row("CUST-5", Section.LIVE))
    assert chosen.count() == 0
    assert chats.view.currentIndex().data() == "CUST-2"
    chats.model.remove(second)
    assert chosen.count() == 0
    assert not chats.view.currentIndex().isValid(), "nobody chose the neighbour"


async def test_typing_finds_by_id_and_text_and_escape_brings_all_back(qtbot: QtBot, chats: ChatList) -> None:
    several(chats)
    sought: list[str] = []
    chats.sought.connect(sought.append)
    chats.begin_search()
    QTest.keyClicks(chats.field, "ORDER 2")
    await until(lambda: titles(chats) == ["CUST-2"])
    assert sought == ["ORDER 2"], "once typing has paused"
    QTest.keyClick(chats.field, Qt.Key.Key_Escape)
    assert titles(chats) == ["CUST-3", "CUST-2", "CUST-1"]
    assert sought[-1] == ""
    left = QSignalSpy(chats.left)
    QTest.keyClick(chats.field, Qt.Key.Key_Escape)
    assert left.count() == 1


def test_enter_takes_the_first_that_is_found(chats: ChatList) -> None:
    _, second, third = several(chats)
    chats.mark(third)
    chosen, opened = QSignalSpy(chats.chosen), QSignalSpy(chats.opened)
    chats.begin_search()
    QTest.keyClicks(chats.field, "cust-2")
    QTest.keyClick(chats.field, Qt.Key.Key_Return)
    assert chosen.at(0) == [second]
    assert opened.at(0) == [second]


def test_down_goes_from_the_field_into_the_list_and_up_comes_back(chats: ChatList) -> None:
    _, _, third = several(chats)
    chats.mark(third)
    chats.begin_search()
    assert chats.field.hasFocus()
    QTest.keyClick(chats.field, Qt.Key.Key_Down)
    assert chats.view.hasFocus()
    QTest.keyClick(chats.view, Qt.Key.Key_Up)
    assert chats.field.hasFocus()


def test_nothing_found_is_said_in_plain_text(chats: ChatList) -> None:
    several(chats)
    chats.field.setText("<b>nobody</b>")
    chats.field.seek()
    labels = [label.text() for label in chats.findChildren(QWidget, "none")]  # type: ignore[attr-defined]
    assert labels == ["No chat contains “<b>nobody</b>”."]
    assert not chats.view.isVisible()
    chats.field.clear()
    assert chats.view.isVisible()


def test_chats_found_elsewhere_stand_there_for_as_long_as_they_are_sought(chats: ChatList) -> None:
    several(chats)
    kept = [Row("CUST-OLD", Section.EARLIER, text="never loaded")]
    chats.field.setText("refund")
    chats.field.seek()
    chats.show_found("something else", kept)
    assert titles(chats) == [], "an answer that came too late"
    chats.show_found("refund", kept)
    assert titles(chats) == ["CUST-OLD"]
    chats.field.clear()
    assert titles(chats) == ["CUST-3", "CUST-2", "CUST-1"]


def test_the_shown_chat_is_marked_again_after_a_search(chats: ChatList) -> None:
    first, _, _ = several(chats)
    chats.mark(first)
    chosen = QSignalSpy(chats.chosen)
    chats.field.setText("cust-3")
    chats.field.seek()
    assert not chats.view.currentIndex().isValid()
    chats.field.clear()
    assert chats.view.currentIndex().data() == "CUST-1"
    assert chosen.count() == 0


def test_delete_enter_and_the_menu_key_are_meant_for_the_shown_chat(chats: ChatList) -> None:
    first, _, third = several(chats)
    chats.mark(third)
    removed, opened, menu = (
        QSignalSpy(signal) for signal in (chats.remove_wanted, chats.opened, chats.menu_wanted)
    )
    chats.view.setFocus()
    QTest.keyClick(chats.view, Qt.Key.Key_Delete)
    QTest.keyClick(chats.view, Qt.Key.Key_Return)
    assert removed.at(0) == opened.at(0) == [third]
    row = chats.view.visualRect(chats.model.index_of(first)).center()
    chats.view.customContextMenuRequested.emit(row)
    entry, where = menu.at(0)
    assert entry is first
    assert where == chats.view.viewport().mapToGlobal(row)
    chats.view.customContextMenuRequested.emit(QPoint(-1, -1))
    assert menu.at(1)[0] is first, "the keyboard means the chosen row"


def test_the_field_can_be_cleared_with_the_mouse(chats: ChatList) -> None:
    several(chats)
    clear = chats.field.findChild(QToolButton)
    assert isinstance(clear, QToolButton)
    assert not clear.isVisible()
    chats.field.setText("cust-2")
    chats.field.seek()
    assert clear.isVisible()
    action = clear.defaultAction()
    assert isinstance(action, QAction)
    assert action.text() == "Clear the search"
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert len(titles(chats)) == 3


def test_a_new_day_is_noticed(chats: ChatList, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("CUST-1")
    chats.model.add(row)
    row.section = Section.YESTERDAY
    chats.look_at_the_day()
    assert chats.model.index(0).data() == "Today", "no new day, no work"
    tomorrow = module._today() + timedelta(days=1)
    monkeypatch.setattr(module, "_today", lambda: tomorrow)
    chats.look_at_the_day()
    assert chats.model.index(0).data() == "Yesterday"


class Counted(ChatRow):
    """Counts which rows are painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.painted: list[str] = []

    def paint(self, painter: Any, option: Any, index: Any) -> None:
        self.painted.append(index.data())
        super().paint(painter, option, index)


def test_of_fifty_chats_only_the_changed_one_is_painted(qtbot: QtBot, chats: ChatList) -> None:
    rows = several(chats, 50)
    row = Counted(chats.view)
    chats.view.setItemDelegate(row)
    chats.mark(rows[49])
    qtbot.waitUntil(lambda: "CUST-50" in row.painted and "CUST-45" in row.painted)
    QApplication.processEvents()
    row.painted.clear()
    rows[47].line = "Something was said"
    chats.model.refresh(rows[47])
    qtbot.waitUntil(lambda: bool(row.painted))
    assert row.painted == ["CUST-48"]


# How a row is drawn


def drawn(row: Row, direction: Qt.LayoutDirection, *, environment: bool = False) -> QImage:
    chats = ChatList()
    chats.model.add(row)
    delegate = ChatRow()
    delegate.tells_environment = environment
    image = QImage(220, 50, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    option: Any = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 220, 50)
    option.direction = direction
    painter = QPainter(image)
    delegate.paint(painter, option, chats.model.index_of(row))
    painter.end()
    return image


def places_of(image: QImage, colour: str) -> list[int]:
    """The columns in which a colour stands as it is."""
    return sorted(
        {
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).name() == colour
        }
    )


def test_the_dot_leads_and_the_badge_ends_in_both_directions(light_look: Theme) -> None:
    row = Row("CUST-1", Section.LIVE, line="Hello", dot="red", unread=3)
    rightward = drawn(row, Qt.LayoutDirection.LeftToRight)
    leftward = drawn(row, Qt.LayoutDirection.RightToLeft)
    assert max(places_of(rightward, tokens().dot_red)) < 20
    assert min(places_of(leftward, tokens().dot_red)) > 200
    assert min(places_of(rightward, tokens().accent)) > 180
    assert max(places_of(leftward, tokens().accent)) < 40


def test_only_unread_messages_have_a_badge(light_look: Theme) -> None:
    row = Row("CUST-1", Section.LIVE, line="Hello")
    assert places_of(drawn(row, Qt.LayoutDirection.LeftToRight), tokens().accent) == []
    one, many = Row("1", unread=1), Row("1", unread=1000)
    widths = [
        len(places_of(drawn(each, Qt.LayoutDirection.LeftToRight), tokens().accent)) for each in (one, many)
    ]
    assert 10 < widths[0] < widths[1] < 50


def test_the_environment_is_told_only_where_it_tells_chats_apart(light_look: Theme) -> None:
    row = Row("CUST-1", environment="Production")
    without = drawn(row, Qt.LayoutDirection.LeftToRight)
    told = drawn(row, Qt.LayoutDirection.LeftToRight, environment=True)
    assert without != told


@pytest.mark.parametrize(
    ("hours", "section", "text"),
    [
        (0, Section.LIVE, "clock"),
        (0, Section.TODAY, "clock"),
        (24, Section.YESTERDAY, "clock"),
        (24, Section.LIVE, "18 Nov"),
        (24 * 5, Section.THIS_WEEK, "14 Nov"),
    ],
)
def test_a_row_tells_the_time_where_the_heading_tells_the_day(
    hours: int, section: Section, text: str
) -> None:
    at = NOON - timedelta(hours=hours)
    here = at.astimezone()
    told = when(at, section, QDate(2026, 11, 19))
    assert told == (f"{here:%H:%M}" if text == "clock" else text)
