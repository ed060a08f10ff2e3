"""The environments dialog: fields that say what is wrong, and a keyring that nobody waits for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from gcdesk.desk.environments import COLOURS, Environment, EnvironmentIds
from gcdesk.errors import EnvironmentInputError, KeyringRefusedError, KeyringUnavailableError
from gcdesk.guest.regions import REGIONS
from gcdesk.ui.environments import EnvironmentsDialog
from gcdesk.ui.tokens import ENVIRONMENT_COLOURS

pytestmark = pytest.mark.usefixtures("light_look")

DEPLOYMENT = "11111111-2222-4333-8444-555555555555"
ORG = "99999999-8888-4777-8666-555555555555"
UAT = Environment("UAT", "mypurecloud.de", colour="green")
PRODUCTION = Environment("Production", "mypurecloud.ie", colour="red", crm_id_key="kundenNummer")
LOCAL = Environment("Local", endpoint="ws://127.0.0.1:8080/v1", colour="purple")

Saved = tuple[str | None, Environment, EnvironmentIds | None, bool]


class Dialog:
    """The dialog on the screen, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.dialog = EnvironmentsDialog()
        qtbot.addWidget(self.dialog)
        self.saves: list[Saved] = []
        self.removals: list[tuple[str, bool]] = []
        self.asked_ids: list[str] = []
        self.dialog.save_requested.connect(lambda *values: self.saves.append(values))
        self.dialog.remove_requested.connect(lambda *values: self.removals.append(values))
        self.dialog.ids_requested.connect(self.asked_ids.append)
        self.dialog.set_environments([LOCAL, PRODUCTION, UAT], frozenset({"Local"}))

    def open(self, name: str = "") -> None:
        with self.qtbot.waitExposed(self.dialog):
            self.dialog.open_at(name)
        self.dialog.activateWindow()

    def type(self, line: QLineEdit, text: str) -> None:
        line.setFocus()
        line.selectAll()
        if text:
            QTest.keyClicks(line, text)
        else:
            QTest.keyClick(line, Qt.Key.Key_Delete)

    def leave(self, line: QLineEdit) -> None:
        QTest.keyClick(line, Qt.Key.Key_Tab)

    def choose_region(self, data: str) -> None:
        region = self.dialog.form.region
        region.setCurrentIndex(region.findData(data))
        region.activated.emit(region.currentIndex())

    def fill_new(self, name: str = "Test") -> None:
        self.type(self.dialog.form.name, name)
        self.choose_region("mypurecloud.de")
        self.type(self.dialog.form.deployment_id.line, DEPLOYMENT)

    def save(self) -> None:
        QTest.mouseClick(self.dialog.save_button, Qt.MouseButton.LeftButton)

    def answer(self, words: str) -> None:
        buttons = [one for one in self.dialog.banner.findChildren(QPushButton) if one.isVisible()]
        QTest.mouseClick(next(one for one in buttons if one.text() == words), Qt.MouseButton.LeftButton)

    @property
    def offers(self) -> list[str]:
        return [one.text() for one in self.dialog.banner.findChildren(QPushButton) if one.isVisible()]


@pytest.fixture
def dialog(qtbot: QtBot) -> Dialog:
    return Dialog(qtbot)


# Adding


def test_a_new_environment_is_saved_as_typed(dialog: Dialog) -> None:
    dialog.open()
    dialog.fill_new("  Test ")
    dialog.type(dialog.dialog.form.org_id.line, "{" + ORG.upper() + "}")
    dialog.save()
    [(old, environment, ids, session_only)] = dialog.saves
    assert old is None
    assert environment == Environment("Test", "mypurecloud.de", colour="blue")
    assert ids == EnvironmentIds(ORG, DEPLOYMENT)
    assert session_only is False


def test_enter_saves(dialog: Dialog) -> None:
    dialog.open()
    dialog.fill_new()
    QTest.keyClick(dialog.dialog.form.name, Qt.Key.Key_Return)
    assert len(dialog.saves) == 1


def test_every_region_can_be_chosen_by_its_place(dialog: Dialog) -> None:
    region = dialog.dialog.form.region
    titles = [region.itemText(index) for index in range(region.count())]
    assert titles == [*(one.title for one in REGIONS), "Custom endpoint"]


def test_a_custom_endpoint_has_its_own_field(dialog: Dialog) -> None:
    dialog.open()
    assert not dialog.dialog.form.endpoint.isVisible()
    dialog.fill_new()
    dialog.choose_region("custom")
    assert dialog.dialog.form.endpoint.isVisible()
    dialog.type(dialog.dialog.form.endpoint, "ws://127.0.0.1:9000/v1")
    dialog.save()
    assert dialog.saves[0][1] == Environment("Test", endpoint="ws://127.0.0.1:9000/v1", colour="blue")


def test_the_colours_are_those_of_the_launch_bar(dialog: Dialog) -> None:
    colour = dialog.dialog.form.colour
    assert tuple(colour.itemData(index) for index in range(colour.count())) == COLOURS == ENVIRONMENT_COLOURS


# Sentences


def test_saving_an_empty_form_says_what_is_missing_everywhere(dialog: Dialog) -> None:
    dialog.open()
    dialog.save()
    form = dialog.dialog.form
    assert dialog.saves == []
    assert "name" in form.problem("name")
    assert "region" in form.problem("region")
    assert "deployment ID" in form.problem("deployment_id")
    assert form.problem("org_id") == ""
    assert form.name.hasFocus()
    assert form.name.accessibleDescription() == form.problem("name")


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        ("name", "uat", "already"),
        ("deployment_id", "not-a-uuid", "UUID"),
        ("org_id", "12345", "UUID"),
        ("origin", "two words", "Origin"),
        ("endpoint", "ws://example.com/v1", "ws://"),
        ("endpoint", "wss://webmessaging.genesiscloud.com/v1", "genesiscloud"),
        ("crm_id_key", "a\u0007b", "shown"),
    ],
)
def test_a_field_is_judged_when_it_is_left(dialog: Dialog, field: str, text: str, word: str) -> None:
    dialog.open()
    dialog.choose_region("custom")
    form = dialog.dialog.form
    control = getattr(form, field)
    line = control if isinstance(control, QLineEdit) else control.line
    line.setFocus()
    line.insert(text)
    line.textEdited.emit(line.text())
    assert form.problem(field) == ""
    dialog.leave(line)
    assert word in form.problem(field)
    QTest.keyClicks(line, "x")
    assert form.problem(field) == "", "the sentence goes as soon as the field changes"


def test_passing_through_an_untouched_form_complains_about_nothing(dialog: Dialog) -> None:
    dialog.open()
    for _ in range(6):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert not any(dialog.dialog.form.problem(field) for field in ("name", "deployment_id", "org_id"))


# Editing


def test_opening_an_environment_asks_for_its_ids_and_shows_dots(dialog: Dialog) -> None:
    dialog.open("UAT")
    form = dialog.dialog.form
    assert dialog.asked_ids[-1] == "UAT"
    assert form.name.text() == "UAT"
    dialog.dialog.set_ids("UAT", EnvironmentIds(ORG, DEPLOYMENT))
    assert form.deployment_id.line.text() == DEPLOYMENT
    assert DEPLOYMENT not in form.deployment_id.line.displayText()
    QTest.mouseClick(form.deployment_id.reveal, Qt.MouseButton.LeftButton)
    assert form.deployment_id.line.displayText() == DEPLOYMENT
    assert form.deployment_id.reveal.accessibleName() == "Hide the deployment ID"
    QTest.keyClick(form.deployment_id.reveal, Qt.Key.Key_Space)
    assert DEPLOYMENT not in form.deployment_id.line.displayText()


def test_ids_of_an_environment_shown_before_are_ignored(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.dialog.set_ids("Production", EnvironmentIds(ORG, DEPLOYMENT))
    assert dialog.dialog.form.deployment_id.line.text() == ""


def test_ids_that_come_late_never_replace_what_was_typed(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.type(dialog.dialog.form.deployment_id.line, ORG)
    dialog.dialog.set_ids("UAT", EnvironmentIds("", DEPLOYMENT))
    assert dialog.dialog.form.deployment_id.line.text() == ORG


def test_untouched_ids_are_left_as_they_are(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.type(dialog.dialog.form.name, "UAT 2")
    dialog.save()
    old, environment, ids, _ = dialog.saves[0]
    assert (old, environment.name, ids) == ("UAT", "UAT 2", None)


def test_ids_that_were_read_and_not_changed_are_left_as_they_are(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.dialog.set_ids("UAT", EnvironmentIds(ORG, DEPLOYMENT))
    dialog.save()
    assert dialog.saves[0][2] is None


def test_a_changed_id_keeps_the_other_one(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.dialog.set_ids("UAT", EnvironmentIds(ORG, DEPLOYMENT))
    dialog.type(dialog.dialog.form.deployment_id.line, ORG)
    dialog.save()
    assert dialog.saves[0][2] == EnvironmentIds(ORG, ORG)


def test_an_id_that_was_read_cannot_be_emptied_away(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.dialog.set_ids("UAT", EnvironmentIds("", DEPLOYMENT))
    dialog.type(dialog.dialog.form.deployment_id.line, "")
    dialog.save()
    assert dialog.saves == []
    assert "missing" in dialog.dialog.form.problem("deployment_id")


def test_all_fields_of_an_environment_are_shown_and_kept(dialog: Dialog) -> None:
    dialog.open("Production")
    dialog.save()
    assert dialog.saves[0][1] == PRODUCTION
    dialog.dialog.saved("Production")
    dialog.open("Local")
    dialog.save()
    assert dialog.saves[1][1] == LOCAL


def test_a_region_outside_the_list_survives(dialog: Dialog) -> None:
    odd = Environment("Odd", "use1.pure.cloud", colour="grey")
    dialog.dialog.set_environments([odd])
    dialog.open("Odd")
    dialog.save()
    assert dialog.saves[0][1] == odd


def test_ids_are_let_go_when_the_dialog_closes(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.dialog.set_ids("UAT", EnvironmentIds(ORG, DEPLOYMENT))
    QTest.keyClick(dialog.dialog, Qt.Key.Key_Escape)
    assert not dialog.dialog.isVisible()
    form = dialog.dialog.form
    assert (form.deployment_id.line.text(), form.org_id.line.text()) == ("", "")
    dialog.dialog.set_ids("UAT", EnvironmentIds(ORG, DEPLOYMENT))
    assert form.deployment_id.line.text() == ""


# The keyring


def test_while_the_keyring_works_nothing_can_be_pressed_twice(dialog: Dialog) -> None:
    dialog.open()
    dialog.fill_new()
    dialog.save()
    assert not dialog.dialog.save_button.isEnabled()
    assert not dialog.dialog.form.isEnabled()
    assert dialog.dialog.status.text() == "Saving…"
    dialog.save()
    assert len(dialog.saves) == 1
    dialog.dialog.set_environments([UAT, Environment("Test", "mypurecloud.de")])
    dialog.dialog.saved("Test")
    assert dialog.dialog.save_button.isEnabled()
    assert dialog.dialog.status.text() == "Saved."
    assert dialog.dialog.list.currentItem().text() == "Test"


@pytest.mark.parametrize("error", [KeyringUnavailableError(), KeyringRefusedError()])
def test_without_a_keyring_this_session_only_is_offered(
    dialog: Dialog, error: KeyringUnavailableError | KeyringRefusedError
) -> None:
    dialog.open()
    dialog.fill_new()
    dialog.save()
    dialog.dialog.show_error(error)
    assert error.title in dialog.dialog.banner.text
    assert error.hint in dialog.dialog.banner.text
    assert dialog.dialog.form.deployment_id.line.text() == DEPLOYMENT, "nothing has to be typed again"
    dialog.answer("Use for this session only")
    assert [save[3] for save in dialog.saves] == [False, True]
    assert dialog.saves[1][:3] == dialog.saves[0][:3]


def test_other_errors_offer_no_way_around_the_keyring(dialog: Dialog) -> None:
    dialog.open()
    dialog.fill_new()
    dialog.save()
    dialog.dialog.show_error(EnvironmentInputError("There is one already.", "Choose another name."))
    assert dialog.dialog.banner.text == "There is one already. Choose another name."
    assert dialog.offers == []


def test_ids_that_cannot_be_read_are_said_and_can_be_typed_anew(dialog: Dialog) -> None:
    dialog.open("UAT")
    dialog.dialog.show_ids_error("UAT", KeyringRefusedError())
    assert KeyringRefusedError.title in dialog.dialog.banner.text
    dialog.type(dialog.dialog.form.deployment_id.line, DEPLOYMENT)
    dialog.save()
    assert dialog.saves[0][2] == EnvironmentIds("", DEPLOYMENT)


def test_where_ids_are_kept_is_said(dialog: Dialog) -> None:
    dialog.dialog.set_storage("IDs are kept in the Secret Service.")
    dialog.open()
    assert dialog.dialog.form.storage.isVisible()


def test_an_error_after_the_dialog_was_closed_opens_it_again(dialog: Dialog) -> None:
    dialog.open()
    dialog.fill_new()
    dialog.save()
    QTest.keyClick(dialog.dialog, Qt.Key.Key_Escape)
    assert not dialog.dialog.isVisible()
    dialog.dialog.show_error(KeyringUnavailableError())
    assert dialog.dialog.isVisible()
    dialog.answer("Use for this session only")
    assert dialog.saves[1][2] == EnvironmentIds("", DEPLOYMENT)


def test_saving_that_ends_after_closing_asks_for_no_ids(dialog: Dialog) -> None:
    dialog.open()
    dialog.fill_new()
    dialog.save()
    asked = len(dialog.asked_ids)
    QTest.keyClick(dialog.dialog, Qt.Key.Key_Escape)
    dialog.open("UAT")
    assert not dialog.dialog.save_button.isEnabled(), "the first one is still being saved"
    QTest.keyClick(dialog.dialog, Qt.Key.Key_Escape)
    dialog.dialog.set_environments([UAT, Environment("Test", "mypurecloud.de")])
    dialog.dialog.saved("Test")
    assert len(dialog.asked_ids) == asked
    assert not dialog.dialog.isVisible()
    dialog.open("UAT")
    assert dialog.dialog.save_button.isEnabled()
    assert dialog.dialog.form.name.text() == "UAT"


# Removing


def test_removing_asks_first_and_can_be_taken_back(dialog: Dialog) -> None:
    dialog.open("UAT")
    QTest.mouseClick(dialog.dialog.remove_button, Qt.MouseButton.LeftButton)
    assert dialog.removals == []
    assert dialog.dialog.banner.text == "Remove UAT and erase its IDs?"
    dialog.answer("Keep it")
    assert dialog.removals == []
    assert dialog.dialog.banner.text == ""


def test_removing_names_it_and_shows_the_next(dialog: Dialog) -> None:
    dialog.open("UAT")
    QTest.mouseClick(dialog.dialog.remove_button, Qt.MouseButton.LeftButton)
    dialog.answer("Remove UAT")
    assert dialog.removals == [("UAT", False)]
    dialog.dialog.set_environments([LOCAL, PRODUCTION])
    dialog.dialog.removed("UAT")
    assert dialog.dialog.status.text() == "UAT was removed."
    assert dialog.dialog.form.name.text() == "Local"


def test_a_keyring_that_cannot_be_reached_does_not_keep_an_environment_alive(dialog: Dialog) -> None:
    dialog.open("UAT")
    QTest.mouseClick(dialog.dialog.remove_button, Qt.MouseButton.LeftButton)
    dialog.answer("Remove UAT")
    dialog.dialog.show_error(KeyringUnavailableError())
    dialog.answer("Remove, and leave the IDs in the keyring")
    assert dialog.removals == [("UAT", False), ("UAT", True)]


def test_the_last_one_removed_leaves_an_empty_form(dialog: Dialog) -> None:
    dialog.dialog.set_environments([UAT])
    dialog.open("UAT")
    dialog.dialog.set_environments([])
    dialog.dialog.removed("UAT")
    assert dialog.dialog.form.name.text() == ""
    assert not dialog.dialog.remove_button.isEnabled()


# The list


def test_the_list_leads_to_the_form(dialog: Dialog) -> None:
    dialog.open("Local")
    listing = dialog.dialog.list
    listing.setFocus()
    QTest.keyClick(listing, Qt.Key.Key_Down)
    assert dialog.dialog.form.name.text() == "Production"
    assert dialog.asked_ids[-1] == "Production"


def test_what_is_not_saved_is_not_lost_without_a_question(dialog: Dialog) -> None:
    dialog.open("Local")
    dialog.type(dialog.dialog.form.name, "Lokal")
    listing = dialog.dialog.list
    listing.setFocus()
    QTest.keyClick(listing, Qt.Key.Key_Down)
    assert dialog.dialog.form.name.text() == "Lokal"
    assert listing.currentItem().text() == "Local"
    dialog.answer("Go on editing")
    assert dialog.dialog.form.name.text() == "Lokal"
    QTest.mouseClick(dialog.dialog.add_button, Qt.MouseButton.LeftButton)
    dialog.answer("Discard the changes")
    assert dialog.dialog.form.name.text() == ""


def test_session_only_environments_say_so(dialog: Dialog) -> None:
    tips = [dialog.dialog.list.item(row).toolTip() for row in range(3)]
    assert tips == ["ws://127.0.0.1:8080/v1, this session only", "mypurecloud.ie", "mypurecloud.de"]


def test_the_dialog_never_blocks(dialog: Dialog) -> None:
    dialog.open("UAT")
    assert dialog.dialog.isVisible()
    assert dialog.dialog.isModal()


def test_every_control_has_a_name(dialog: Dialog) -> None:
    dialog.open("UAT")
    for kind in (QLineEdit, QComboBox, QPushButton, QListWidget):
        for control in dialog.dialog.findChildren(kind):
            text = control.text() if isinstance(control, QPushButton) else ""
            assert control.accessibleName() or text, control


def test_tab_follows_the_eye(dialog: Dialog) -> None:
    dialog.open("Local")
    form = dialog.dialog.form
    form.name.setFocus()
    expected = [
        form.name,
        form.colour,
        form.region,
        form.endpoint,
        form.deployment_id.line,
        form.deployment_id.reveal,
        form.org_id.line,
        form.org_id.reveal,
        form.client.client_id,
        form.client.secret.line,
        form.client.secret.reveal,
        form.client.check_button,
        form.crm_id_key,
        form.origin,
        form.start.attributes,
        form.start.first_message,
        form.start.proxy.choice,
        dialog.dialog.test_button,
        dialog.dialog.close_button,
        dialog.dialog.save_button,
    ]
    seen = [QApplication.focusWidget()]
    while len(seen) < len(expected):
        focused = seen[-1]
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == expected
