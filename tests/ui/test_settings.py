"""The settings: what is changed is kept at once and holds, and what cannot be used is said where it stands."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from gcdesk.desk.environment_files import write_environments
from gcdesk.desk.history import HISTORY_DAYS, KEEP_HISTORY
from gcdesk.desk.preferences import Preferences, read_preferences
from gcdesk.desk.settings import Settings
from gcdesk.errors import SettingsError
from gcdesk.guest.limits import LIMIT_NAMES
from gcdesk.ui import languages, style
from gcdesk.ui.export_dialog import ExportDialog
from gcdesk.ui.limit_words import LIMIT_GROUPS
from gcdesk.ui.settings_dialog import SettingsDialog
from gcdesk.ui.settings_limits import LimitField
from gcdesk.ui.tell_dialog import TellDialog
from tests.ui.fakes import until
from tests.ui.stage import PRODUCTION, UAT, Stage, stage

pytestmark = pytest.mark.usefixtures("light_look")


@asynccontextmanager
async def settings_of(one: Stage) -> AsyncIterator[SettingsDialog]:
    """The dialog, opened from the menu."""
    one.window.menus.settings.trigger()
    desk = one.controller.settings
    await until(lambda: desk.dialog is not None and desk.dialog.isVisible())
    assert desk.dialog is not None
    yield desk.dialog
    desk.dialog.accept()


def kept(one: Stage) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(one.settings.path.read_text("utf-8"))
    return value


def choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def type_over(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Tab)


def show_page(dialog: SettingsDialog, title: str) -> None:
    [item] = dialog.list.findItems(title, Qt.MatchFlag.MatchExactly)
    dialog.list.setCurrentItem(item)


# What holds at once


async def test_the_theme_holds_at_once_and_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        show_page(dialog, "Appearance")
        choose(dialog.appearance.theme, "dark")
        assert style.theme().choice == "dark"
        assert one.window.menus.themes.checkedAction().data() == "dark"
        await until(lambda: kept(one).get("theme") == "dark")


async def test_the_language_is_kept_for_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        show_page(dialog, "Appearance")
        names = [dialog.appearance.language.itemText(at) for at in range(dialog.appearance.language.count())]
        assert names == ["As the system", *(language.name for language in languages.available())]
        assert not dialog.appearance.restart.isVisible()
        choose(dialog.appearance.language, "en")
        assert dialog.appearance.restart.isVisible()
        await until(lambda: kept(one).get("language") == "en")


async def test_the_proxy_is_the_next_chats(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        assert one.book is not None
        show_page(dialog, "Proxy")
        fields = dialog.proxy.proxy
        choose(fields.choice, "named")
        type_over(fields.address, "http://me:hunter2@proxy.example")
        assert "password" in fields.address.accessibleDescription()
        assert "proxy" not in kept(one)
        type_over(fields.address, "proxy.example:3128")
        await until(lambda: dialog.status.text() == "Saved.")
        assert one.book.target_of("UAT")[2].proxy == "http://proxy.example:3128"
        choose(fields.choice, "direct")
        await until(lambda: kept(one).get("proxy") == "direct")
        choose(fields.choice, "system")
        await until(lambda: "proxy" not in kept(one))


async def test_the_history_is_turned_off_for_chats_from_now_on(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        told: list[None] = []
        one.controller.settings.history_changed.connect(lambda: told.append(None))
        show_page(dialog, "History")
        type_over(dialog.history.days, "30")
        await until(lambda: kept(one).get(HISTORY_DAYS) == 30)
        QTest.mouseClick(dialog.history.keep, Qt.MouseButton.LeftButton)
        assert not dialog.history.days.isEnabled()
        await until(lambda: kept(one).get(KEEP_HISTORY) is False)
        await until(lambda: len(told) == 2)
        QTest.mouseClick(dialog.history.keep, Qt.MouseButton.LeftButton)
        await until(lambda: KEEP_HISTORY not in kept(one))


async def test_own_limits_are_kept_and_given_up(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        show_page(dialog, "Limits")
        fields = dialog.limits.fields
        assert fields["message_bytes"].placeholderText() == "4\N{NO-BREAK SPACE}096"
        assert not dialog.limits.reset_button.isEnabled()
        type_over(fields["messages_per_second"], "0.5")
        await until(lambda: kept(one).get("limits") == {"messages_per_second": 0.5})
        type_over(fields["message_bytes"], "1 000")
        await until(lambda: kept(one).get("limits", {}).get("message_bytes") == 1000)
        type_over(fields["message_bytes"], "")
        await until(lambda: kept(one).get("limits") == {"messages_per_second": 0.5})
        QTest.mouseClick(dialog.limits.reset_button, Qt.MouseButton.LeftButton)
        assert fields["messages_per_second"].text() == ""
        await until(lambda: "limits" not in kept(one))


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("message_bytes", "1.5", "Write a whole number from 1 to 1 000 000 000."),
        ("message_bytes", "0", "Write a whole number from 1"),
        ("echo_cooldown", "-1", "Write a number from 0 to"),
        ("open_timeout", "0", "Write a number from 0.001 to"),
        ("open_timeout", "nan", "Write a number"),
        ("open_timeout", "soon", "Write a number"),
        ("unready_tries", "9" * 5000, "Write a whole number"),
    ],
)
async def test_a_limit_that_cannot_be_used_is_told_below_it(
    qtbot: QtBot, tmp_path: Path, name: str, typed: str, said: str
) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        show_page(dialog, "Limits")
        field = dialog.limits.fields[name]
        field.setText(typed)
        field.editingFinished.emit()
        assert field.accessibleDescription().replace("\N{NO-BREAK SPACE}", " ").startswith(said)
        assert field.problem.isVisible()
        assert "limits" not in kept(one)


def test_every_limit_has_words() -> None:
    worded = [name for group in LIMIT_GROUPS for name, _ in group.limits]
    assert sorted(worded) == sorted(LIMIT_NAMES)
    words = [words for group in LIMIT_GROUPS for _, words in group.limits]
    assert len(set(words)) == len(words)


# What is shown


async def test_what_is_kept_is_shown_and_what_cannot_be_used_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.settings.set("limits", {"message_bytes": 100, "open_timeout": "soon"})
        one.settings.set("proxy", "ftp://x")
        one.settings.set("history_days", 7)
        async with settings_of(one) as dialog:
            assert dialog.limits.fields["message_bytes"].text() == "100"
            assert dialog.limits.fields["open_timeout"].text() == ""
            assert dialog.history.days.text() == "7"
            assert "open_timeout" in dialog.banner.text
            assert "proxy" in dialog.banner.text


async def test_a_file_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        dialog.show_error(SettingsError())
        assert "The settings file could not be used." in dialog.banner.text
        dialog.saved()
        assert dialog.banner.text == ""


async def test_environments_are_edited_from_the_settings(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one, settings_of(one) as dialog:
        page = dialog.environments
        await until(lambda: page.list.count() == 2)
        assert page.chosen == "Production"
        page.list.setCurrentRow(1)
        QTest.mouseClick(page.edit_button, Qt.MouseButton.LeftButton)
        await until(lambda: one.controller.environments.dialog is not None)
        editor = one.controller.environments.dialog
        assert editor is not None
        await until(editor.isVisible)
        assert editor.form.name.text() == "UAT"
        editor.form.name.setText("Acceptance")
        QTest.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)
        await until(lambda: page.list.item(0).text().startswith("Acceptance"))
        editor.reject()


async def test_every_control_has_a_name_and_every_page_a_title(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        for kind in (QLineEdit, QComboBox, QListWidget, QAbstractButton):
            for control in dialog.findChildren(kind):
                text = control.text() if isinstance(control, QAbstractButton) else ""
                assert control.accessibleName() or text, control
        for page in dialog.pages:
            assert page.title in [label.text() for label in page.findChildren(QLabel)]


async def test_the_keyboard_passes_the_pages_first(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        assert dialog.list.hasFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_End)
        assert dialog.stack.currentWidget() is dialog.limits
        QTest.keyClick(dialog.list, Qt.Key.Key_Tab)
        first = dialog.focusWidget()
        assert isinstance(first, LimitField)
        assert first.name == "message_bytes"
        QTest.keyClick(first, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


async def test_closing_keeps_what_was_being_typed(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        show_page(dialog, "History")
        dialog.history.days.setFocus()
        QTest.keyClicks(dialog.history.days, "14")
        QTest.keyClick(dialog.history.days, Qt.Key.Key_Escape)
        await until(lambda: kept(one).get(HISTORY_DAYS) == 14)


# Files


def answer_file(one: Stage, path: Path) -> None:
    """Choose a file in the dialog that asks for one."""
    [chooser] = [found for found in one.window.findChildren(QFileDialog) if found.isVisible()]
    chooser.fileSelected.emit(str(path))
    chooser.close()


def told(one: Stage) -> list[TellDialog]:
    return [found for found in one.window.findChildren(TellDialog) if found.isVisible()]


async def test_environments_are_handed_on_and_taken_in(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "environments.json"
    async with stage(tmp_path / "one", UAT, PRODUCTION) as one:
        one.window.menus.hand_on.trigger()
        await until(lambda: one.window.findChildren(ExportDialog))
        [dialog] = one.window.findChildren(ExportDialog)
        QTest.mouseClick(dialog.boxes["UAT"], Qt.MouseButton.LeftButton)
        QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
        answer_file(one, path)
        await until(lambda: told(one))
        assert "without IDs and secrets" in told(one)[0].text
    text = path.read_text("utf-8")
    assert "Production" in text
    assert "UAT" not in text
    assert "11111111" not in text
    async with stage(tmp_path / "two", UAT) as one:
        one.window.menus.take_in.trigger()
        answer_file(one, path)
        await until(lambda: told(one))
        assert told(one)[0].text == "Added: Production. Edit each to enter its deployment ID."
        assert [item.name for item in one.controller.chats.items] == [
            "Production",
            "UAT",
            "Built-in simulator",
        ]


async def test_what_is_here_already_is_replaced_when_somebody_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "environments.json"
    write_environments(path, [replace(UAT, first_message="Hi")])
    async with stage(tmp_path, UAT) as one:
        assert one.book is not None
        one.window.menus.take_in.trigger()
        answer_file(one, path)
        await until(lambda: told(one))
        answer = told(one)[0].answer_button
        assert answer is not None
        assert one.book.get("UAT").first_message == ""
        QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
        await until(lambda: [shown for shown in told(one) if shown.text.startswith("Replaced")])
        assert one.book.get("UAT").first_message == "Hi"


async def test_a_file_that_holds_no_environments_is_said_so(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("[]", "utf-8")
    async with stage(tmp_path, UAT) as one:
        one.window.menus.take_in.trigger()
        answer_file(one, path)
        await until(lambda: told(one))
        assert "The file holds no environments of gcdesk." in told(one)[0].text


def test_nothing_kept_is_what_everybody_starts_with(tmp_path: Path) -> None:
    assert read_preferences(Settings(tmp_path / "settings.json")) == Preferences()


async def test_quit_works_in_a_dialog_of_a_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one, settings_of(one) as dialog:
        await until(lambda: dialog.environments.list.count())
        QTest.mouseClick(dialog.environments.export_button, Qt.MouseButton.LeftButton)
        await until(lambda: dialog.findChildren(ExportDialog))
        [export] = dialog.findChildren(ExportDialog)
        assert one.window.menus.quit in export.actions()
        QTest.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
        [chooser] = [found for found in dialog.findChildren(QFileDialog) if found.isVisible()]
        assert one.window.menus.quit in chooser.actions()
        chooser.close()
