"""The checklist as a person sees and uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gcdesk.ui import style
from gcdesk.ui.checklist import Checklist, StatusSign, StepRow
from gcdesk.ui.step import Step, StepStatus, waiting_steps
from gcdesk.ui.tokens import DARK, LIGHT

DONE = Step(
    "deployment", StepStatus.DONE, "Deployment is active", "conversations on, no sign-in needed", "61 ms"
)
FAILED = Step(
    "connection",
    StepStatus.FAILED,
    "Genesys Cloud refused the connection (403).",
    hint="Check the deployment ID.",
    actions=("environment", "copy"),
    details="AccessRefused\nGenesys Cloud refused the connection (403).",
)
RUNNING = Step("session", StepStatus.RUNNING, "Configuring the session")


pytestmark = pytest.mark.usefixtures("light_look")


@pytest.fixture
def checklist(qtbot: QtBot) -> Checklist:
    widget = Checklist()
    qtbot.addWidget(widget)
    widget.resize(371, 400)
    widget.show()
    return widget


def texts(widget: Checklist) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def rows(widget: Checklist) -> list[StepRow]:
    return [row for row in widget.findChildren(StepRow) if row.isVisible()]


def button(widget: Checklist, action: str) -> QPushButton:
    found = widget.findChild(QPushButton, f"action-{action}")
    assert isinstance(found, QPushButton)
    return found


def test_each_step_shows_title_detail_and_measure(checklist: Checklist) -> None:
    checklist.set_steps((DONE,))
    assert texts(checklist) == ["Deployment is active", "61 ms", "conversations on, no sign-in needed"]


def test_a_new_chat_shows_five_waiting_steps(checklist: Checklist) -> None:
    checklist.set_steps(waiting_steps(lambda _context, text: text))
    assert len(rows(checklist)) == 5


def test_fewer_steps_hide_rows_that_are_left(checklist: Checklist) -> None:
    checklist.set_steps((DONE, FAILED, RUNNING))
    checklist.set_steps((DONE,))
    assert len(rows(checklist)) == 1


def test_a_status_is_told_in_words_too(checklist: Checklist) -> None:
    checklist.set_steps((DONE, FAILED, RUNNING))
    assert [row.accessibleName() for row in rows(checklist)] == [
        "Deployment is active, done, 61 ms",
        "Genesys Cloud refused the connection (403), failed",
        "Configuring the session, running",
    ]
    assert rows(checklist)[1].accessibleDescription() == "Check the deployment ID."
    assert [sign.accessibleName() for sign in checklist.findChildren(StatusSign)] == [
        "done",
        "failed",
        "running",
    ]


def test_a_status_is_a_shape_not_only_a_colour(checklist: Checklist, qtbot: QtBot) -> None:
    """Each sign covers other pixels than every other sign."""
    covered = []
    for status in StepStatus:
        sign = StatusSign(checklist)
        sign.set_status(status)
        image = sign.grab().toImage()
        ground = image.pixel(0, 0)
        size = range(16)
        covered.append(frozenset((x, y) for x in size for y in size if image.pixel(x, y) != ground))
    assert all(covered)
    assert len(set(covered)) == len(StepStatus)


def test_a_failed_step_stands_on_its_own_ground_in_both_themes(checklist: Checklist) -> None:
    checklist.set_steps((FAILED,))
    row = rows(checklist)[0]
    assert row.grab().toImage().pixelColor(row.width() - 6, row.height() // 2).name() == LIGHT.bad_ground
    style.set_theme("dark")
    assert row.grab().toImage().pixelColor(row.width() - 6, row.height() // 2).name() == DARK.bad_ground


def test_the_best_action_is_pressed_by_mouse_or_keyboard(checklist: Checklist, qtbot: QtBot) -> None:
    checklist.set_steps((FAILED,))
    edit = button(checklist, "environment")
    assert edit.text() == "Edit environment"
    assert edit.property("role") == "primary"
    with qtbot.waitSignal(checklist.action_requested) as clicked:
        QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert clicked.args == ["environment"]
    edit.setFocus()
    with qtbot.waitSignal(checklist.action_requested) as pressed:
        QTest.keyClick(edit, Qt.Key.Key_Space)
    assert pressed.args == ["environment"]


def test_copy_details_fills_the_clipboard(checklist: Checklist, qtbot: QtBot) -> None:
    checklist.set_steps((FAILED,))
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(checklist.action_requested) as copied:
        QTest.mouseClick(button(checklist, "copy"), Qt.MouseButton.LeftButton)
    assert copied.args == ["copy"]
    assert QGuiApplication.clipboard().text() == FAILED.details


def test_buttons_go_when_the_step_recovers(checklist: Checklist, qtbot: QtBot) -> None:
    checklist.set_steps((FAILED,))
    checklist.set_steps((DONE,))
    assert not [one for one in checklist.findChildren(QPushButton) if one.isVisible()]


def test_only_a_running_step_that_is_seen_turns(checklist: Checklist, qtbot: QtBot) -> None:
    checklist.set_steps((RUNNING,))
    sign = checklist.findChild(StatusSign)
    assert isinstance(sign, StatusSign)
    before = sign.grab().toImage()
    qtbot.waitUntil(lambda: sign.grab().toImage() != before)
    checklist.hide()
    assert not sign._turning.isActive()
    checklist.show()
    assert sign._turning.isActive()
    checklist.set_steps((DONE,))
    assert not sign._turning.isActive()


def test_what_the_service_sends_is_shown_as_text(checklist: Checklist) -> None:
    nasty = Step("session", StepStatus.FAILED, "<b>bold</b>", "<img src=x>", hint="<a href='x'>y</a>")
    checklist.set_steps((nasty,))
    assert texts(checklist) == ["<b>bold</b>", "<img src=x>", "<a href='x'>y</a>"]
    formats = {label.textFormat() for label in checklist.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_long_sentences_wrap_instead_of_widening_the_pane(checklist: Checklist) -> None:
    checklist.set_steps((Step("session", StepStatus.FAILED, "long " * 60, hint="word " * 80),))
    assert checklist.minimumSizeHint().width() <= 260
    title = next(label for label in checklist.findChildren(QLabel) if label.text().startswith("long"))
    assert title.height() > 3 * title.fontMetrics().height()
