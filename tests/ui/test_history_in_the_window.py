"""Kept chats in the window: listed, found, opened, made evidence of, and deleted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.desk.history_book import ChatBook
from gcdesk.desk.settings import Settings
from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.ui.delete_dialog import DeleteDialog
from gcdesk.ui.evidence_dialog import EvidenceDialog
from gcdesk.ui.history_desk import PAGE, HistoryDesk
from gcdesk.ui.history_dialog import HistoryDialog
from gcdesk.ui.keeping import Keeping
from gcdesk.ui.kept_entry import KeptEntry
from gcdesk.ui.kept_page import KeptPage
from gcdesk.ui.live_entry import LiveEntry
from gcdesk.ui.tell_dialog import TellDialog
from tests.desk.chats import facts, keep, made_chat, told_chat
from tests.ui.fakes import AT, message, until
from tests.ui.reading import nameless, unreachable
from tests.ui.stage import UAT, Stage, stage

NOW = datetime.now(UTC)

Open = Callable[..., AbstractAsyncContextManager[Stage]]


def said(texts: list[str], *, days: float = 0, reason: str = "") -> list[Event]:
    """A chat of these texts, so many days ago; it ended if there is a reason."""
    told = list(made_chat(texts, at=NOW - timedelta(days=days, minutes=5)))
    return [*told, events.Ended(told[-1].at, reason)] if reason else told


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ChatBook:
    """The history of this test."""
    monkeypatch.setenv("GCDESK_CONFIG_DIR", str(tmp_path))
    return ChatBook()


@pytest.fixture
def three(book: ChatBook) -> list[int]:
    """Three kept chats: one that ended, one that was cut off, and an old one."""
    return keep(
        book.path,
        (
            facts("CUST-1", started=NOW),
            said(["Where is my order?", "Order 88213 is here"], reason="It was left."),
        ),
        (facts("CUST-2", started=NOW - timedelta(days=1)), said(["Hello", "Hello, Ann"], days=1)),
        (
            facts("CUST-3", started=NOW - timedelta(days=40)),
            said(["Refund", "A moment"], days=40, reason="Left."),
        ),
    )


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Opens a window that has read its history."""

    @asynccontextmanager
    async def open_window(rows: int = 3) -> AsyncIterator[Stage]:
        keeping = Keeping()
        async with stage(tmp_path, UAT, keeping=keeping) as one:
            desk_of(one).load()
            await until(lambda: len(kept_of(one)) >= rows)
            yield one
        keeping.close(10)

    return open_window


def desk_of(one: Stage) -> HistoryDesk:
    desk = one.controller.history
    assert desk is not None
    return desk


def kept_of(one: Stage) -> list[KeptEntry]:
    return [entry for entry in one.controller.chat_list.model.entries if isinstance(entry, KeptEntry)]


def page_of(one: Stage) -> KeptPage:
    page = one.window.middle.currentWidget()
    assert isinstance(page, KeptPage)
    return page


async def show(one: Stage, crm_id: str) -> KeptPage:
    """Click a kept chat and wait until all of it stands there."""
    view = one.controller.chat_list.view
    entry = next(entry for entry in kept_of(one) if entry.title == crm_id)
    place = view.visualRect(one.controller.chat_list.model.index_of(entry)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await until(lambda: page_of(one).complete)
    return page_of(one)


def texts_of(page: KeptPage) -> list[str]:
    rows = page.transcript._rows
    return [row.message.text for row in rows if row.message is not None]


def dialog_of(kind: type[QWidget]) -> QWidget:
    found = [top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible()]
    return found[0]


def press(one: Stage, key: str) -> None:
    QTest.keySequence(QApplication.focusWidget() or one.window, QKeySequence(key))


async def test_kept_chats_stand_below_their_days(qtbot: QtBot, three: list[int], opened: Open) -> None:
    async with opened() as one:
        rows = [(entry.title, entry.line, entry.dot) for entry in kept_of(one)]
        assert rows == [
            ("CUST-1", "It was left.", "grey"),
            ("CUST-2", "Hello, Ann", "amber"),
            ("CUST-3", "Left.", "grey"),
        ]
        assert kept_of(one)[1].words().startswith("CUST-2, UAT, Not ended, Hello, Ann, 2")
        assert one.window.middle.currentWidget() is one.window.welcome


async def test_a_kept_chat_opens_to_be_read(qtbot: QtBot, three: list[int], opened: Open) -> None:
    async with opened() as one:
        page = await show(one, "CUST-1")
        assert texts_of(page) == ["Where is my order?", "Order 88213 is here"]
        assert "can be read" in page.words
        assert one.window.right.currentWidget() is page.inspector
        assert len(page.inspector.log) == 3
        assert one.window.windowTitle() == "CUST-1"
        assert not one.window.menus.send.isEnabled()
        assert nameless(page) == []
        assert unreachable(page) == []
        assert page.inspector.show_frame_of("body-1"), "a bubble leads to its frame"
        one.start("CUST-9")
        assert one.shown.crm_id == "CUST-9"
        assert desk_of(one).page is None
        again = await show(one, "CUST-2")
        assert "cut off" in again.words
        assert one.controller.chats.shown is None
        one.controller.chats.changed.emit()
        assert one.window.windowTitle() == "CUST-2"


async def test_everything_that_a_session_tells_can_be_shown(
    qtbot: QtBot, book: ChatBook, opened: Open
) -> None:
    keep(book.path, (facts("CUST-1", started=NOW), told_chat()))
    async with opened(1) as one:
        page = await show(one, kept_of(one)[0].title)
        record = book.open(1)
        assert texts_of(page) == [shown.message.text for shown in record.messages]
        assert len(page.inspector.log) == len(list(record.frames()))
        steps = page.inspector.checklist._shown
        assert steps
        assert all(action == "copy" for step in steps for action in step.actions)
        assert all(step.status.value != "running" for step in steps)


async def test_a_chat_of_this_window_is_listed_once(qtbot: QtBot, three: list[int], opened: Open) -> None:
    async with opened() as one:
        one.start("CUST-9").tell(events.MessageAdded(AT, message("A word that is nowhere else")))
        await until(lambda: desk_of(one)._history.numbers())
        desk_of(one).load()
        chat_list = one.controller.chat_list
        chat_list.field.setText("nowhere else")
        chat_list.field.seek()
        search = desk_of(one)._search
        assert search is not None
        await search
        (found,) = chat_list.model.entries
        assert isinstance(found, LiveEntry)


async def test_all_chats_are_searched_from_the_field(qtbot: QtBot, three: list[int], opened: Open) -> None:
    async with opened() as one:
        chat_list = one.controller.chat_list
        chat_list.field.setText("my ORDER")
        chat_list.field.seek()
        await until(lambda: [entry.title for entry in kept_of(one)] == ["CUST-1"])
        QTest.keyClick(chat_list.field, Qt.Key.Key_Return)
        await until(lambda: isinstance(one.window.middle.currentWidget(), KeptPage))
        await until(lambda: page_of(one).complete)
        assert texts_of(page_of(one))[0] == "Where is my order?"
        chat_list.field.setText("")
        assert len(kept_of(one)) == 3


async def test_older_chats_come_as_the_list_is_scrolled(qtbot: QtBot, book: ChatBook, opened: Open) -> None:
    chats = [
        (facts(f"CUST-{number}", started=NOW - timedelta(hours=number)), said(["Hello"], days=number / 24))
        for number in range(PAGE + 5)
    ]
    keep(book.path, *chats)
    async with opened(PAGE) as one:
        model = one.controller.chat_list.model
        view = one.controller.chat_list.view
        view.scrollToBottom()
        await until(lambda: len(model) == PAGE + 5)
        assert not model.has_more
        assert len({entry.summary.id for entry in kept_of(one)}) == PAGE + 5


async def test_a_kept_chat_is_deleted_after_a_question(
    qtbot: QtBot, book: ChatBook, three: list[int], opened: Open
) -> None:
    async with opened() as one:
        page = await show(one, "CUST-1")
        page.header.delete_button.click()
        dialog = dialog_of(DeleteDialog)
        assert isinstance(dialog, DeleteDialog)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert len(book.list()) == 3, "Enter keeps it"
        one.controller.chat_list.view.setFocus()
        QTest.keyClick(one.controller.chat_list.view, Qt.Key.Key_Delete)
        dialog = dialog_of(DeleteDialog)
        assert isinstance(dialog, DeleteDialog)
        dialog.delete_button.click()
        await until(lambda: len(kept_of(one)) == 2)
        assert [chat.crm_id for chat in book.list()] == ["CUST-2", "CUST-3"]
        assert one.window.windowTitle() != "CUST-1"


async def test_the_same_customer_starts_again(qtbot: QtBot, three: list[int], opened: Open) -> None:
    async with opened() as one:
        page = await show(one, "CUST-2")
        page.start_button.click()
        assert one.shown.crm_id == "CUST-2"
        assert one.items[-1].name == "UAT"


# The place for all chats


async def test_the_history_is_searched_and_a_chat_opened(
    qtbot: QtBot, three: list[int], opened: Open
) -> None:
    async with opened() as one:
        press(one, "Ctrl+H")
        dialog = dialog_of(HistoryDialog)
        assert isinstance(dialog, HistoryDialog)
        await until(lambda: len(dialog.model) == 3)
        await until(lambda: dialog.count.text().startswith("3 chats"))
        assert nameless(dialog) == []
        assert unreachable(dialog) == []
        QTest.keyClicks(dialog.field, "refund")
        await until(lambda: len(dialog.model) == 1)
        dialog.open_button.click()
        await until(lambda: isinstance(one.window.middle.currentWidget(), KeptPage))
        await until(lambda: page_of(one).complete)
        assert texts_of(page_of(one))[0] == "Refund"


async def test_old_chats_are_deleted_by_age_after_a_question(
    qtbot: QtBot, book: ChatBook, three: list[int], opened: Open
) -> None:
    async with opened() as one:
        desk_of(one).open_dialog()
        dialog = dialog_of(HistoryDialog)
        assert isinstance(dialog, HistoryDialog)
        dialog.days.setText("400")
        dialog.older_button.click()
        await until(lambda: "as old as that" in dialog.banner.text)
        dialog.days.setText("30")
        dialog.older_button.click()
        await until(lambda: dialog.banner.text.startswith("Delete 1 chat"))
        assert len(book.list()) == 3
        answer = next(b for b in dialog.banner.findChildren(QPushButton) if b.text() == "Delete them")
        answer.click()
        await until(lambda: len(kept_of(one)) == 2)
        assert [chat.crm_id for chat in book.list()] == ["CUST-1", "CUST-2"]


# Evidence


async def test_evidence_of_a_kept_chat_is_saved_as_a_page_and_as_json(
    qtbot: QtBot, three: list[int], opened: Open, tmp_path: Path
) -> None:
    async with opened() as one:
        await show(one, "CUST-1")
        press(one, "Ctrl+Shift+S")
        dialog = dialog_of(EvidenceDialog)
        assert isinstance(dialog, EvidenceDialog)
        assert nameless(dialog) == []
        dialog.save_button.click()
        await until(lambda: dialogs(QFileDialog))
        chooser = dialog_of(QFileDialog)
        assert isinstance(chooser, QFileDialog)
        assert "CUST-1" not in chooser.selectedFiles()[0]
        chooser.fileSelected.emit(str(tmp_path / "pack.html"))
        chooser.close()
        await until(lambda: dialogs(TellDialog))
        assert "pack.json" in dialogs(TellDialog)[0].text  # type: ignore[attr-defined]
        document = json.loads((tmp_path / "pack.json").read_text(encoding="utf-8"))
        page = (tmp_path / "pack.html").read_text(encoding="utf-8")
        assert document["personal_data"] == "masked"
        assert "CUST-1" not in page
        assert "Where is my order?" in page


async def test_a_running_chat_is_copied_as_markdown_up_to_now(
    qtbot: QtBot, three: list[int], opened: Open
) -> None:
    async with opened() as one:
        bridge = one.start("CUST-9")
        bridge.tell(events.MessageAdded(AT, message("The last thing that was said")))
        press(one, "Ctrl+Shift+K")
        await until(lambda: "The last thing that was said" in QGuiApplication.clipboard().text())
        assert "CUST-9" not in QGuiApplication.clipboard().text()
        assert "Markdown" in one.window.status_line.currentMessage()


async def test_a_chat_that_is_not_kept_has_no_evidence_and_says_so(
    qtbot: QtBot, book: ChatBook, opened: Open
) -> None:
    Settings().set("keep_history", False)
    async with opened(0) as one:
        one.start("CUST-9")
        press(one, "Ctrl+Shift+K")
        await until(lambda: "not kept" in one.window.notices.text())


async def test_nothing_is_offered_without_a_chat(qtbot: QtBot, book: ChatBook, opened: Open) -> None:
    async with opened(0) as one:
        evidence = desk_of(one).evidence
        assert not evidence.save.isEnabled()
        one.start("CUST-9")
        assert evidence.save.isEnabled()


def dialogs(kind: type[QWidget]) -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible()]
