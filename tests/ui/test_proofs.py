"""Proving in the window that attributes arrive: real chats with the simulator, read as a person would."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from gcdesk.cli.window import SimulatorHandle
from gcdesk.desk.environments import Environment, EnvironmentIds
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.states import State
from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorOptions, SimulatorThread
from gcdesk.ui.check_rows import CheckRows
from gcdesk.ui.doctor_dialog import DoctorDialog
from gcdesk.ui.prove_dialog import ProveDialog
from gcdesk.ui.step import (
    ADD_CREDENTIALS,
    ARRIVED,
    CHECK_AGAIN,
    COPY_CONVERSATION,
    DEPLOYMENT,
    Step,
    StepStatus,
)
from gcdesk.ui.wrong_org import WrongOrgDialog
from tests.ui.fakes import until
from tests.ui.stage import IDS, Real, Stage, stage

D = TypeVar("D", bound=QDialog)

SETTLED = (StepStatus.DONE, StepStatus.WARNED, StepStatus.FAILED)
STRANGER = "99999999-2222-4333-8444-555555555555"


def real(**options: object) -> Real:
    return Real(lambda: SimulatorHandle(SimulatorOptions(**options)))  # type: ignore[arg-type]


def step(one: Stage, which: str) -> Step:
    return next(each for each in one.shown.steps if each.id == which)


async def active(one: Stage) -> None:
    one.type_and_start("0042")
    await until(lambda: one.shown.state is State.CONFIGURED)


async def settled(one: Stage) -> Step:
    """Start, say hello, and wait until the last step says something final."""
    await active(one)
    one.shown.say("hello")
    await until(lambda: one.shown.proof.proof is not None and step(one, ARRIVED).status in SETTLED)
    return step(one, ARRIVED)


def read(found: Step) -> str:
    return f"{found.title} {found.detail} {found.hint}"


def dialog_of(kind: type[D]) -> D:
    (found,) = [top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible()]
    return found


async def test_arrived_is_said_with_the_time_the_conversation_and_its_flow(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, real=real()) as one:
        found = await settled(one)
        assert (found.status, found.title) == (StepStatus.DONE, "Arrived in the simulator")
        assert "5 of 5 attributes: crmCustomerId = 0042 on the customer" in found.detail
        assert "flow Simulator flow" in found.detail
        assert found.measured.endswith("s")
        assert found.actions == (CHECK_AGAIN, COPY_CONVERSATION), "the simulator has no admin pages"
        one.inspector.action_requested.emit(COPY_CONVERSATION)
        assert QApplication.clipboard().text() == one.shown.proof.conversation_id
        assert one.shown.proof.conversation_id in found.detail
        one.inspector.action_requested.emit(CHECK_AGAIN)
        assert step(one, ARRIVED).title == "Looking for the attributes in the simulator"
        await until(lambda: step(one, ARRIVED).status is StepStatus.DONE)


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (
            "attributes-dropped",
            StepStatus.FAILED,
            (
                "Not in the simulator",
                "Not on the customer: crmCustomerId, customerName",
                "message's channel",
                "at the message's top level, the old place",
            ),
        ),
        (
            "attributes-blocked",
            StepStatus.FAILED,
            ("Not on the customer: crmCustomerId,", "2 of 5 attributes"),
        ),
        (
            "attributes-renamed",
            StepStatus.FAILED,
            (
                "Different in the simulator",
                "crmCustomerId is there as “context.crmCustomerId” = 0042.",
                "prefix",
                "3 more differ.",
            ),
        ),
        (
            "attributes-lowered",
            StepStatus.FAILED,
            ("crmCustomerId is there as “crmcustomerid” = 0042.", "letter by letter"),
        ),
        (
            "attributes-changed",
            StepStatus.FAILED,
            ("crmCustomerId is 42, but 0042 was sent.", "overwritten", "4 of 5 attributes arrived as sent."),
        ),
        (
            "missing-permission",
            StepStatus.WARNED,
            ("Arrival in the simulator is not proven", "The OAuth client lacks one of these permissions"),
        ),
        ("expired-token", StepStatus.WARNED, ("not proven", "does not accept the access token")),
    ],
)
async def test_what_did_not_arrive_says_why(
    qtbot: QtBot, tmp_path: Path, fault: str, status: StepStatus, said: tuple[str, ...]
) -> None:
    async with stage(tmp_path, real=real(faults=(fault,))) as one:
        found = await settled(one)
        assert found.status is status
        for words in said:
            assert words in read(found)
        assert "Genesys Cloud" not in found.title, "the simulator is never called that"
        assert found.actions[0] == CHECK_AGAIN


async def test_a_wrong_org_stops_the_start_until_somebody_insists(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, real=real(faults=("wrong-org",))) as one:
        one.type_and_start("7")
        await until(lambda: one.shown.state is State.ERROR)
        stopped = step(one, DEPLOYMENT)
        assert stopped.status is StepStatus.FAILED
        assert "belong to the org Another org (simulator)" in stopped.title
        assert "de3051a1" not in read(stopped), "both orgs are masked"
        dialog = dialog_of(WrongOrgDialog)
        assert dialog.says.text() == stopped.title
        assert dialog.cancel_button.isDefault()
        dialog.start_button.click()
        await until(lambda: one.shown.state is State.CONFIGURED)
        one.controller.chats.start_again(one.shown)
        assert not [
            d for d in QApplication.topLevelWidgets() if isinstance(d, WrongOrgDialog) and d.isVisible()
        ]


async def test_an_org_that_cannot_be_compared_is_a_warning_and_the_chat_goes_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, real=real(faults=("expired-token",))) as one:
        await active(one)
        warned = step(one, ARRIVED)
        assert warned.status is StepStatus.WARNED
        assert warned.title == "The org could not be compared"
        assert "does not accept the access token" in warned.detail
        assert one.shown.live


async def test_an_environments_own_client_is_used_and_forgotten_with_it(qtbot: QtBot, tmp_path: Path) -> None:
    with SimulatorThread(SimulatorOptions()) as simulator:
        options = simulator.simulator.options
        local = Environment("Local", endpoint=simulator.url, colour="purple")
        async with stage(tmp_path, local, real=real()) as one:
            assert one.book is not None
            kept = one.book.edit("Local", local, EnvironmentIds("", DEMO_DEPLOYMENT_ID))
            found = await settled_by_hand(one)
            assert found.actions == (ADD_CREDENTIALS,)
            assert "Get Participant Data action" in found.hint
            assert "crmCustomerId" in found.hint
            one.book.keep_credentials("Local", Credentials(options.client_id, options.client_secret))
            one.shown.proof.check_again()
            await until(lambda: step(one, ARRIVED).status is StepStatus.DONE)
            assert step(one, ARRIVED).title == "Arrived in Genesys Cloud"
            one.book.remove("Local")
            assert one.book.credentials.load(kept.identifier) is None


async def settled_by_hand(one: Stage) -> Step:
    await active(one)
    one.shown.say("hello")
    await until(lambda: ADD_CREDENTIALS in step(one, ARRIVED).actions)
    await until(lambda: not one.shown.proof.able)
    return step(one, ARRIVED)


async def test_a_chat_whose_deployment_forbids_clear_ends_through_the_platform_api(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(
        tmp_path, real=real(conversation_clear=False, conversation_disconnect="ReadOnly")
    ) as one:
        await active(one)
        await until(lambda: one.shown.deployment is not None)
        assert not one.window.menus.clear.isEnabled()
        assert "first message" in one.shown.why_not_clear
        one.shown.say("hello")
        await until(lambda: step(one, ARRIVED).status is StepStatus.DONE)
        notes: list[str] = []
        one.shown.noted.connect(lambda line, _at: notes.append(line))
        assert one.window.menus.clear.isEnabled()
        one.window.menus.clear.trigger()
        await until(lambda: "The conversation was ended through the Platform API" in notes)
        await until(lambda: one.shown.state is State.READ_ONLY)


async def test_the_walk_shows_each_finding_and_its_report_hides_secrets(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, real=real(faults=("missing-permission",))) as one:
        one.window.menus.examine.trigger()
        dialog = dialog_of(DoctorDialog)
        assert not dialog.copy_button.isEnabled()
        await until(dialog.copy_button.isEnabled, 30.0)
        dialog.copy_button.click()
        report = QApplication.clipboard().text()
        assert "The WebSocket opens." in report
        assert "The OAuth client lacks" in report
        assert "steps failed. Begin with the first one." in report
        assert DEMO_DEPLOYMENT_ID not in report
        rows = dialog.findChild(CheckRows)
        assert rows is not None
        texts = [label.text() for label in rows.findChildren(type(dialog.says))]
        assert {"ok", "failed"} <= {text.rpartition(", ")[2] for text in texts}, "a word beside the sign"
        dialog.again_button.click()
        dialog.close_button.click()


async def test_any_conversation_can_be_proved(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, real=real()) as one:
        await settled(one)
        one.window.menus.prove.trigger()
        dialog = dialog_of(ProveDialog)
        dialog.prove_button.click()
        assert "It is not said which conversation" in dialog._which_field.problem
        dialog.kind.setCurrentIndex(1)
        dialog.which.setText(one.shown.proof.conversation_id)
        dialog.expected.setPlainText("crmCustomerId=0042\nchannel")
        dialog.prove_button.click()
        assert dialog._expected_field.problem
        dialog.expected.setPlainText("crmCustomerId=0043")
        dialog.prove_button.click()
        await until(dialog.prove_button.isEnabled)
        assert "crmCustomerId is 0042, but 0043 was sent." in dialog.answer.accessibleDescription()
        exported = tmp_path / "conversation.json"
        exported.write_text(
            '{"id": "c", "participants": [{"purpose": "customer", "attributes": {"crm": "1"}}]}'
        )
        dialog.kind.setCurrentIndex(2)
        dialog.which.setText(str(exported))
        dialog.expected.setPlainText("crm=1")
        dialog.prove_button.click()
        await until(dialog.prove_button.isEnabled)
        assert dialog.answer.accessibleName().startswith("Arrived in Genesys Cloud")
        dialog.which.setText(str(tmp_path / "nothing.json"))
        dialog.prove_button.click()
        await until(dialog.prove_button.isEnabled)
        assert "cannot be read" in dialog.answer.accessibleName()


async def test_the_form_checks_a_client_in_place_and_keeps_it(qtbot: QtBot, tmp_path: Path) -> None:
    with SimulatorThread(SimulatorOptions()) as simulator:
        options = simulator.simulator.options
        local = Environment("Local", endpoint=simulator.url, colour="purple")
        async with stage(tmp_path, local, real=real()) as one:
            assert one.book is not None
            one.controller.environments.open_at("Local")
            await until(lambda: one.controller.environments.dialog is not None)
            dialog = one.controller.environments.dialog
            assert dialog is not None
            await until(lambda: dialog.form.deployment_id.line.text() == IDS.deployment_id)
            client = dialog.form.client
            client.check_button.click()
            assert "no OAuth client to check" in client.result.text()
            client.client_id.setText(options.client_id)
            client.secret.line.setText("wrong")
            client.check_button.click()
            await until(client.check_button.isEnabled)
            assert "did not accept" in client.result.text() or "refused" in client.result.text()
            client.secret.line.setText(options.client_secret)
            dialog.form.org_id.line.setText(STRANGER)
            client.check_button.click()
            await until(client.check_button.isEnabled)
            assert "belong to the org Demonstration org (simulator)" in client.result.text()
            dialog.form.org_id.line.clear()
            dialog.save_button.click()
            await until(lambda: dialog.status.text() == "Saved.")
            assert one.book.credentials_of("Local") == Credentials(options.client_id, options.client_secret)
            assert options.client_secret not in (tmp_path / "settings.json").read_text()
            dialog.close()
            assert not client.secret.line.text(), "a closed dialog holds nothing"
