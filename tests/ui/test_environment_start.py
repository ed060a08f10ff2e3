"""What chats of an environment start with, in the form and in the window; and the test of a connection."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from gcdesk.cli.window import SimulatorHandle
from gcdesk.desk.environments import Environment, EnvironmentIds
from gcdesk.errors import KeyringRefusedError, MissingIdsError
from gcdesk.guest.identity import IdentityProvider
from gcdesk.guest.states import State
from gcdesk.simulator import SimulatorOptions, SimulatorThread
from gcdesk.ui.beginning import Beginning
from gcdesk.ui.doctor_dialog import DoctorDialog
from gcdesk.ui.environments import EnvironmentsDialog
from gcdesk.ui.launch import Launcher
from tests.ui.fakes import until
from tests.ui.stage import IDS, Real, stage

pytestmark = pytest.mark.usefixtures("light_look")

STAGE = Environment(
    "Stage",
    "mypurecloud.de",
    attributes={"tier": "gold", "vip": "true"},
    first_message="Hello, a test",
    proxy="http://proxy.example:3128",
)


class Form:
    """The dialog with one environment, and what it asked for."""

    def __init__(self, qtbot: QtBot, environment: Environment) -> None:
        self.dialog = EnvironmentsDialog()
        qtbot.addWidget(self.dialog)
        self.start = self.dialog.form.start
        self.saves: list[tuple[str | None, Environment, EnvironmentIds | None, bool]] = []
        self.tests: list[tuple[str | None, Environment, EnvironmentIds | None]] = []
        self.dialog.save_requested.connect(lambda *values: self.saves.append(values))
        self.dialog.test_requested.connect(lambda *values: self.tests.append(values))
        self.dialog.set_environments([environment])
        with qtbot.waitExposed(self.dialog):
            self.dialog.open_at(environment.name)

    def choose_proxy(self, words: str) -> None:
        choice: QComboBox = self.start.proxy.choice
        choice.setCurrentIndex(choice.findText(words))
        choice.activated.emit(choice.currentIndex())

    def save(self) -> None:
        QTest.mouseClick(self.dialog.save_button, Qt.MouseButton.LeftButton)

    @property
    def saved(self) -> Environment:
        [(_, environment, _, _)] = self.saves
        return environment


def said_to(simulator: SimulatorThread) -> list[dict[str, Any]]:
    """The texts that the service got."""
    frames = [entry["frame"] for entry in simulator.record if entry.get("direction") == "received"]
    messages = [
        frame["message"] for frame in frames if isinstance(frame, dict) and frame.get("action") == "onMessage"
    ]
    return [message for message in messages if message["type"] == "Text"]


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    return Form(qtbot, STAGE)


def test_what_is_kept_is_shown_and_saved_again(form: Form) -> None:
    assert form.start.attributes.toPlainText() == "tier=gold\nvip=true"
    assert form.start.first_message.toPlainText() == "Hello, a test"
    assert form.start.proxy.choice.currentText() == "This proxy"
    assert form.start.proxy.address.text() == "http://proxy.example:3128"
    assert not form.dialog.form.modified
    form.save()
    assert form.saved == STAGE


def test_what_the_form_does_not_show_stays_as_it_is(qtbot: QtBot) -> None:
    provider = IdentityProvider("https://login.example/authorize", "client")
    form = Form(qtbot, replace(STAGE, sign_in=provider))
    form.save()
    assert form.saved.sign_in == provider


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", {}),
        ("tier=gold\n\n# not this\nnote=a=b c", {"tier": "gold", "note": "a=b c"}),
        (
            '{"vip": true, "level": 1.50, "order": {"id": 7}}',
            {"vip": "true", "level": "1.50", "order": '{"id":7}'},
        ),
    ],
)
def test_attributes_can_be_lines_or_json(form: Form, typed: str, kept: dict[str, str]) -> None:
    form.start.attributes.setPlainText(typed)
    assert form.dialog.form.modified
    form.save()
    assert dict(form.saved.attributes) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tier", "is not KEY=VALUE"),
        ("a=1\na=2", "a is given twice"),
        ("{", "not valid JSON"),
        ("crmCustomerId=7", "carries the CRM customer ID"),
        ("a=" + "x" * 3000, "Genesys Cloud allows"),
    ],
)
def test_attributes_that_cannot_be_used_are_told_below_the_field(form: Form, typed: str, said: str) -> None:
    form.start.attributes.setPlainText(typed)
    form.save()
    assert not form.saves
    assert said in form.start.attributes.accessibleDescription()
    assert form.start.attributes.hasFocus()
    form.start.attributes.setPlainText("")
    assert form.start.attributes.accessibleDescription() == ""


def test_a_first_message_that_is_too_long_is_told_below_the_field(form: Form) -> None:
    form.start.first_message.setPlainText("x" * 4097)
    form.save()
    assert not form.saves
    assert "4,097 bytes long" in form.start.first_message.accessibleDescription()


def test_each_choice_of_a_proxy_is_kept(form: Form) -> None:
    for words, kept in (
        ("As in the settings", ""),
        ("As the operating system says", "system"),
        ("No proxy", "direct"),
    ):
        form.saves.clear()
        form.choose_proxy(words)
        assert not form.start.proxy.address.isVisible()
        form.save()
        assert form.saved.proxy == kept
        form.dialog.saved("Stage")


def test_a_proxy_with_a_password_is_refused_where_it_is_typed(form: Form) -> None:
    address = form.start.proxy.address
    address.setFocus()
    address.selectAll()
    QTest.keyClicks(address, "http://me:hunter2@proxy.example:1")
    QTest.keyClick(address, Qt.Key.Key_Tab)
    assert "holds a user or a password" in address.accessibleDescription()
    form.save()
    assert not form.saves
    form.choose_proxy("No proxy")
    form.save()
    assert form.saved.proxy == "direct"


def test_the_address_of_a_proxy_must_be_there(form: Form) -> None:
    form.start.proxy.address.clear()
    form.save()
    assert not form.saves
    assert form.start.proxy.address.hasFocus()


def test_a_connection_is_tested_as_typed_and_saves_nothing(form: Form) -> None:
    form.choose_proxy("No proxy")
    QTest.mouseClick(form.dialog.test_button, Qt.MouseButton.LeftButton)
    [(old, environment, ids)] = form.tests
    assert (old, environment, ids) == ("Stage", replace(STAGE, proxy="direct"), None)
    assert not form.saves
    form.dialog.form.name.clear()
    QTest.mouseClick(form.dialog.test_button, Qt.MouseButton.LeftButton)
    assert len(form.tests) == 1


async def test_a_chat_sends_the_attributes_and_says_the_first_message(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, STAGE) as one:
        assert "7 keys" in one.window.launch_bar._attributes.summary
        bridge = one.start("CUST-1")
        assert (bridge.attributes["tier"], bridge.attributes["crmCustomerId"]) == ("gold", "CUST-1")
        assert [wish for wish in bridge.asked if wish[0] == "say"] == [("say", "Hello, a test")]


async def test_a_real_chat_starts_with_them_in_the_eyes_of_the_service(qtbot: QtBot, tmp_path: Path) -> None:
    with SimulatorThread(SimulatorOptions(deployment_id=IDS.deployment_id)) as simulator:
        place = replace(STAGE, region="", endpoint=simulator.url, proxy="http://127.0.0.1:9")
        real = Real(lambda: SimulatorHandle(SimulatorOptions()))
        async with stage(tmp_path, place, real=real) as one:
            one.type_and_start("CUST-1")
            one.shown.say("Where is my order?")
            await until(lambda: len(said_to(simulator)) == 2)
            # The chat ends only once its answers are in, so that nothing is cut off.
            await until(lambda: one.shown.state is State.CONFIGURED)
    first, second = said_to(simulator)
    assert (first["text"], second["text"]) == ("Hello, a test", "Where is my order?")
    sent = first["channel"]["metadata"]["customAttributes"]
    assert (sent["crmCustomerId"], sent["tier"], sent["vip"]) == ("CUST-1", "gold", "true")


async def test_a_chat_that_goes_on_says_nothing_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, STAGE) as one:
        one.controller.chats.start("Stage", "CUST-1", Beginning("earlier-token"))
        one.bridges[-1].configure()
        assert not [wish for wish in one.bridges[-1].asked if wish[0] == "say"]


async def test_the_first_message_of_a_chat_that_never_came_to_be_is_not_lost(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, STAGE) as one:
        bridge = one.type_and_start("CUST-1")
        assert bridge is not None
        bridge.failed.emit(KeyringRefusedError())
        bridge.finished.emit()
        assert one.page.composer.text() == "Hello, a test"


async def test_the_window_tests_a_connection_before_it_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    with SimulatorThread() as simulator:
        ids = replace(IDS, deployment_id=simulator.deployment_id)
        async with stage(tmp_path, STAGE) as one:
            one.controller.environments.open_at("Stage")
            await until(lambda: one.controller.environments.dialog is not None)
            dialog = one.controller.environments.dialog
            assert dialog is not None
            form = dialog.form
            await until(lambda: form.deployment_id.line.text())
            form.region.setCurrentIndex(form.region.findData("custom"))
            form.region.activated.emit(form.region.currentIndex())
            form.endpoint.setText(simulator.url)
            form.deployment_id.line.setText(ids.deployment_id)
            QTest.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
            [walk] = dialog.findChildren(DoctorDialog)
            await until(lambda: walk.again_button.isEnabled())
            assert "The deployment is active." in walk.report()
            assert "FAILED" not in walk.report().upper().replace("0 OF", "")
            walk.reject()
            assert one.book is not None
            assert one.book.get("Stage").endpoint == ""


def test_ids_that_were_never_entered_are_asked_for_and_the_rest_can_be_saved(form: Form) -> None:
    form.dialog.show_ids_error("Stage", MissingIdsError("The IDs of Stage are not in this keyring."))
    line = form.dialog.form.deployment_id.line
    assert "never entered here" in line.accessibleDescription()
    assert "Kept" not in line.placeholderText()
    assert form.dialog.banner.text == ""
    form.save()
    [(_, _, ids, _)] = form.saves
    assert ids is None
    form.dialog.saved("Stage")
    form.saves.clear()
    form.dialog.show_ids_error("Stage", MissingIdsError("The IDs of Stage are not in this keyring."))
    line.setText(IDS.deployment_id)
    form.save()
    [(_, _, ids, _)] = form.saves
    assert ids == IDS


async def test_files_of_a_chat_take_the_way_of_the_chat(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, STAGE) as one:
        launcher = Launcher(one.controller._desk, None, one.controller.proofs._proofs)
        [item, _] = one.controller.chats.items
        make_opener = launcher.opener(item)
        target = await launcher.find_target(item)
        assert target.proxy == STAGE.proxy
        found = make_opener().find_proxy("files.example", 443)
    assert found is not None
    assert found.label == "HTTP proxy proxy.example:3128"
