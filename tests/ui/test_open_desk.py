"""What a link asks for is shown whole, and starts only when a person says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gcdesk.desk.opening import Call, Opening
from gcdesk.errors import LinkError
from gcdesk.ui.open_dialog import OpenDialog, spelled_out
from tests.ui.fakes import until
from tests.ui.stage import PRODUCTION, UAT, Stage, stage


def dialogs() -> list[OpenDialog]:
    return [top for top in QApplication.topLevelWidgets() if isinstance(top, OpenDialog) and top.isVisible()]


async def asked(one: Stage, call: Call) -> OpenDialog:
    one.controller.openings.take(call)
    await until(dialogs)
    (dialog,) = dialogs()
    return dialog


def link(text: str) -> Call:
    return Call(link=f"gcdesk://start?{text}")


async def test_a_confirmed_chat_starts_with_all_that_was_shown(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        dialog = await asked(one, link("env=Production&crm=CUST-7&attribute=orderNumber%3D88213"))
        assert dialog.environment.text() == "Production · mypurecloud.de"
        assert dialog.crm_id.text() == "CUST-7"
        assert dialog.attributes is not None
        assert dialog.attributes.toPlainText() == "orderNumber = 88213"
        assert one.bridges == []
        QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
        (bridge,) = one.bridges
        assert one.items[0].name == "Production"
        assert one.shown.crm_id == "CUST-7"
        assert one.shown.attributes["crmId"] == "CUST-7"
        assert one.shown.attributes["orderNumber"] == "88213"
        bridge.configure()
        assert one.crm_id.text() == "CUST-7"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
async def test_a_key_pressed_while_typing_starts_nothing(qtbot: QtBot, tmp_path: Path, key: Qt.Key) -> None:
    async with stage(tmp_path, UAT) as one:
        dialog = await asked(one, link("crm=CUST-7"))
        assert dialog.environment.text() == "UAT · mypurecloud.de"
        assert dialog.attributes is None
        QTest.keyClick(dialog.focusWidget(), key)
        await until(lambda: not dialogs())
        assert one.bridges == []


async def test_keys_alone_confirm_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        dialog = await asked(one, Call(opening=Opening("UAT", "CUST-7")))
        assert "CUST-7" in dialog.crm_id.accessibleName()
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
        one.bridges[0].configure()
        assert one.shown.crm_id == "CUST-7"


async def test_questions_come_one_after_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        first = await asked(one, link("crm=1"))
        one.controller.openings.take(link("crm=2"))
        assert dialogs() == [first]
        first.accept()
        (second,) = dialogs()
        assert second.crm_id.text() == "2"
        second.accept()
        # One chat starts at a time.
        assert [chat.crm_id for chat in one.controller.chats.all] == ["1"]
        one.bridges[0].configure()
        await until(lambda: len(one.bridges) == 2)
        one.bridges[1].configure()
        assert [chat.crm_id for chat in one.controller.chats.all] == ["1", "2"]


async def test_a_flood_of_questions_is_bounded(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        for number in range(30):
            one.controller.openings.take(link(f"crm={number}"))
        assert "Too many chats" in one.window.notices.text()
        for _ in range(30):
            for dialog in dialogs():
                dialog.reject()
        assert not dialogs()
        assert one.bridges == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("crm=", "The CRM customer ID is empty."),
        ("crm=1&env=Elsewhere", "No environment here has the name Elsewhere."),
        ("crm=1&attribute=crmCustomerId%3D2", "names another customer"),
        ("crm=1&attribute=note%3D" + "x" * 1990, "Genesys Cloud allows"),
        ("crm=1&x=2", "unknown word x"),
        ("crm=" + "1" * 5000, "longer than 4,096 characters"),
    ],
)
async def test_what_cannot_be_is_refused_in_the_window(
    qtbot: QtBot, tmp_path: Path, text: str, words: str
) -> None:
    async with stage(tmp_path, UAT) as one:
        one.controller.openings.take(link(text))
        await until(lambda: words in one.window.notices.text())
        assert not dialogs()
        assert one.bridges == []


async def test_a_call_without_a_wish_brings_the_window_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.window.showMinimized()
        one.controller.openings.take(Call())
        assert not one.window.isMinimized()
        assert one.window.isActiveWindow()
        assert not dialogs()


async def test_a_refused_call_is_told_of(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.controller.openings.refuse(LinkError("Words that nobody knows.", ""))
        assert one.window.notices.text() == "Words that nobody knows."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CUST-1", "CUST-1"),
        ("a b", "a b"),
        (" a ", r"\u0020a\u0020"),
        ("\u202ea\u200bb\u00a0c", r"\u202ea\u200bb\u00a0c"),
        ("  ", r"\u0020\u0020"),
        ("שלום", "שלום"),
    ],
)
def test_nothing_hides_in_what_is_shown(text: str, shown: str) -> None:
    assert spelled_out(text) == shown
