"""The launch bar with real keys and clicks: one start at a time, countdown, problems, environments."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcdesk import __version__
from gcdesk.guest.attributes import byte_counts
from gcdesk.ui import style
from gcdesk.ui.attributes_panel import AttributesPanel
from gcdesk.ui.launch_bar import EnvironmentItem, LaunchBar, LaunchKind, LaunchState
from gcdesk.ui.launch_controls import AttributesButton, CrmIdField, EnvironmentButton, StartButton
from gcdesk.ui.tokens import LIGHT

pytestmark = pytest.mark.usefixtures("light_look")

UAT = EnvironmentItem("UAT", "mypurecloud.de", "green")
PRODUCTION = EnvironmentItem("Production", "mypurecloud.de", "amber", crm_id_key="kundenNummer")
SIMULATOR = EnvironmentItem("Built-in simulator", "this computer only", "purple", simulated=True)


class Bar:
    """The bar in a window, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.bar = LaunchBar(self.window)
        self.bar.set_environments([UAT, PRODUCTION, SIMULATOR], "UAT")
        self.window.resize(1280, 120)
        self.bar.resize(1280, 62)
        qtbot.addWidget(self.window)
        self.started: list[tuple[str, str]] = []
        self.cancelled: list[bool] = []
        self.bar.start_requested.connect(lambda name, crm_id: self.started.append((name, crm_id)))
        self.bar.cancel_requested.connect(lambda: self.cancelled.append(True))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.bar.focus_crm_id()
        qtbot.waitUntil(self.edit.hasFocus)

    @property
    def edit(self) -> QLineEdit:
        found = self.bar.findChild(QLineEdit, "crm-id")
        assert isinstance(found, QLineEdit)
        return found

    @property
    def start(self) -> StartButton:
        found = self.bar.findChild(StartButton)
        assert isinstance(found, StartButton)
        return found

    @property
    def menu(self) -> QMenu:
        found = self.bar.findChild(QMenu)
        assert isinstance(found, QMenu)
        return found

    @property
    def problem(self) -> str:
        found = self.bar.findChild(QLabel, "problem")
        assert isinstance(found, QLabel)
        return found.text() if found.isVisible() else ""

    @property
    def attributes(self) -> AttributesButton:
        found = self.bar.findChild(AttributesButton)
        assert isinstance(found, AttributesButton)
        return found

    def type(self, text: str) -> None:
        if text.isascii():
            QTest.keyClicks(self.edit, text)
            return
        # What has no key of its own comes from an input method.
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.edit, event)

    def press_enter(self) -> None:
        QTest.keyClick(self.edit, Qt.Key.Key_Return)

    def click_start(self) -> None:
        QTest.mouseClick(self.start, Qt.MouseButton.LeftButton)


@pytest.fixture
def bar(qtbot: QtBot) -> Bar:
    return Bar(qtbot)


def hold_enter(widget: QWidget, repeats: int) -> None:
    """Press Enter and hold it: one press, repeats as a keyboard sends them, one release."""
    for index in range(repeats + 1):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            autorep=index > 0,
        )
        QApplication.sendEvent(widget, event)
    release = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, release)


# Starting


def test_typing_an_id_and_enter_starts(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    assert bar.started == [("UAT", "CUST-12345")]
    assert bar.start.text() == "Starting…"
    assert not bar.start.isEnabled()


def test_a_click_starts_and_the_focus_stays_in_the_field(bar: Bar) -> None:
    bar.type("0007")
    bar.click_start()
    assert bar.started == [("UAT", "0007")]
    bar.qtbot.waitUntil(bar.edit.hasFocus)


def test_a_double_click_starts_once(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.click_start()
    QTest.mouseDClick(bar.start, Qt.MouseButton.LeftButton)
    bar.click_start()
    assert bar.started == [("UAT", "CUST-12345")]
    assert bar.cancelled == []


def test_a_held_enter_starts_once_even_when_the_start_is_over_at_once(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.bar.start_requested.connect(lambda *_: bar.bar.set_launch(LaunchState.ready()))
    hold_enter(bar.edit, 30)
    assert bar.started == [("UAT", "CUST-12345")]


def test_a_held_enter_on_the_button_starts_once(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.bar.start_requested.connect(lambda *_: bar.bar.set_launch(LaunchState.ready()))
    bar.start.setFocus()
    hold_enter(bar.start, 30)
    assert bar.started == [("UAT", "CUST-12345")]


def test_enter_click_and_start_together_start_once(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    bar.click_start()
    bar.press_enter()
    bar.bar.start()
    assert len(bar.started) == 1


def test_nothing_started_from_within_the_start_starts_a_second_one(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.bar.start_requested.connect(lambda *_: bar.bar.start())
    bar.press_enter()
    assert len(bar.started) == 1


@pytest.mark.parametrize("crm_id", ["00012", "  CUST 1", "客户-7", "x" * 500])
def test_the_id_goes_out_exactly_as_typed(bar: Bar, crm_id: str) -> None:
    bar.type(crm_id)
    bar.press_enter()
    assert bar.started == [("UAT", crm_id)]
    assert bar.bar.crm_id() == crm_id


# Cancel


def test_after_a_second_start_becomes_cancel(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    assert bar.start.text() == "Starting…"
    bar.qtbot.waitUntil(lambda: bar.start.text() == "Cancel")
    assert bar.start.isEnabled()
    bar.click_start()
    bar.click_start()
    assert bar.cancelled == [True]
    assert bar.start.text() == "Cancelling…"
    assert len(bar.started) == 1


def test_enter_never_cancels(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    bar.qtbot.waitUntil(lambda: bar.start.text() == "Cancel")
    bar.press_enter()
    assert bar.cancelled == []


def test_somebody_who_keeps_clicking_for_start_does_not_cancel(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.click_start()
    bar.bar._cancel_timer.stop()
    bar.click_start()
    bar.bar._offer_cancel()
    assert bar.start.text() == "Starting…"
    bar.click_start()
    assert bar.cancelled == []
    bar.qtbot.waitUntil(lambda: bar.start.text() == "Cancel")


def test_further_news_of_the_same_start_do_not_put_cancel_off(bar: Bar) -> None:
    bar.bar.set_launch(LaunchState.starting())
    timer = bar.bar._cancel_timer
    bar.qtbot.waitUntil(lambda: timer.remainingTime() < 900)
    left = timer.remainingTime()
    bar.bar.set_launch(LaunchState.starting())
    assert timer.remainingTime() <= left


# After the start


def test_an_active_chat_disables_start_for_its_id_only(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    bar.bar.set_launch(LaunchState.active())
    assert bar.start.text() == "Chat active"
    assert not bar.start.isEnabled()
    bar.press_enter()
    assert len(bar.started) == 1
    bar.type("6")
    assert bar.start.text() == "Start chat"
    assert bar.start.isEnabled()
    QTest.keyClick(bar.edit, Qt.Key.Key_Backspace)
    assert bar.start.text() == "Chat active"
    bar.type("7")
    bar.press_enter()
    assert bar.started == [("UAT", "CUST-12345"), ("UAT", "CUST-123457")]


def test_another_environment_can_start_the_same_id(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    bar.bar.set_launch(LaunchState.active())
    bar.bar.set_environments([UAT, PRODUCTION], "Production")
    assert bar.bar.launch_kind() is LaunchKind.READY


def test_the_countdown_ends_by_itself(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    bar.bar.set_launch(LaunchState.waiting(1.2))
    assert bar.start.text() == "Start in 2 s"
    assert not bar.start.isEnabled()
    bar.press_enter()
    assert len(bar.started) == 1
    bar.qtbot.waitUntil(lambda: bar.start.text() == "Start in 1 s")
    bar.qtbot.waitUntil(lambda: bar.start.text() == "Start chat")
    assert bar.start.isEnabled()
    bar.press_enter()
    assert len(bar.started) == 2


def test_the_countdown_holds_only_the_environment_that_asked_for_it(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.press_enter()
    bar.bar.set_launch(LaunchState.waiting(60))
    assert not bar.start.isEnabled()
    bar.bar.set_environments([UAT, PRODUCTION], "Production")
    assert bar.start.isEnabled()
    bar.bar.set_environments([UAT, PRODUCTION], "UAT")
    assert not bar.start.isEnabled()


def test_a_start_that_is_not_possible_says_why(bar: Bar) -> None:
    bar.bar.set_launch(LaunchState.unavailable("The environments are still being read."))
    assert not bar.start.isEnabled()
    bar.type("1")
    bar.press_enter()
    assert bar.problem == "The environments are still being read."
    assert bar.started == []


# Problems


def test_an_empty_id_is_a_sentence_below_the_field(bar: Bar) -> None:
    bar.press_enter()
    assert bar.started == []
    assert bar.problem == "The CRM customer ID is empty. Type the customer's ID."
    assert bar.edit.accessibleDescription() == bar.problem
    assert bar.start.text() == "Start chat"


@pytest.mark.parametrize("text", ["   ", "CUST\u200b1\u0007"])
def test_an_id_that_cannot_be_sent_is_refused_here(bar: Bar, text: str) -> None:
    bar.bar.set_crm_id(text)
    bar.press_enter()
    assert bar.started == []
    assert bar.problem


def test_a_problem_stays_until_the_field_is_edited(bar: Bar) -> None:
    bar.bar.show_problem("The deployment is not active.", "Activate it.")
    bar.press_enter()
    assert bar.problem
    bar.bar.show_problem("The deployment is not active.", "Activate it.")
    QTest.mouseClick(bar.bar, Qt.MouseButton.LeftButton)
    assert bar.problem == "The deployment is not active. Activate it."
    bar.type("C")
    assert bar.problem == ""
    assert bar.edit.accessibleDescription() == ""


def test_a_problem_is_drawn_in_the_field_too(bar: Bar) -> None:
    field = bar.bar.findChild(CrmIdField)
    assert isinstance(field, CrmIdField)
    middle = QPoint(field.width() // 2, 3)
    assert field.grab().toImage().pixelColor(middle).name() == LIGHT.focus
    bar.bar.show_problem("Wrong.")
    assert field.grab().toImage().pixelColor(middle).name() == LIGHT.bad


def test_too_many_bytes_are_refused_with_both_counts(bar: Bar) -> None:
    bar.bar.set_crm_id("x" * 3000)
    bar.press_enter()
    assert bar.started == []
    assert "2,048" in bar.problem


# Environments


def test_the_chosen_environment_is_shown_and_told(bar: Bar) -> None:
    button = bar.bar.findChild(EnvironmentButton)
    assert isinstance(button, EnvironmentButton)
    assert button.accessibleName() == "Environment: UAT, mypurecloud.de"
    assert bar.bar.environment_name() == "UAT"


def test_an_environment_is_chosen_with_the_keyboard_alone(bar: Bar) -> None:
    button = bar.bar.findChild(EnvironmentButton)
    assert isinstance(button, EnvironmentButton)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    bar.qtbot.waitUntil(bar.menu.isVisible)
    assert [action.text().replace("\t", ", ") for action in bar.menu.actions()] == [
        "UAT, mypurecloud.de",
        "Production, mypurecloud.de",
        "Built-in simulator, this computer only",
        "",
        "Add an environment…",
        "Manage environments…",
    ]
    bar.menu.setActiveAction(bar.menu.actions()[0])
    with bar.qtbot.waitSignal(bar.bar.environment_chosen) as chosen:
        QTest.keyClick(bar.menu, Qt.Key.Key_Down)
        QTest.keyClick(bar.menu, Qt.Key.Key_Return)
    assert chosen.args == ["Production"]
    assert bar.bar.environment_name() == "Production"


def test_choosing_the_same_environment_is_no_news(bar: Bar) -> None:
    with bar.qtbot.assertNotEmitted(bar.bar.environment_chosen):
        bar.menu.actions()[0].trigger()


def test_adding_and_managing_are_in_the_same_list(bar: Bar) -> None:
    add, manage = bar.menu.actions()[-2:]
    with bar.qtbot.waitSignal(bar.bar.add_environment_requested):
        add.trigger()
    with bar.qtbot.waitSignal(bar.bar.manage_environments_requested):
        manage.trigger()


def test_without_environments_start_is_off_and_says_what_to_do(bar: Bar) -> None:
    bar.bar.set_environments([], "")
    assert not bar.start.isEnabled()
    bar.type("1")
    bar.press_enter()
    assert "no environment" in bar.problem
    assert bar.started == []


def test_an_unknown_choice_falls_back_on_the_first(bar: Bar) -> None:
    bar.bar.set_environments([PRODUCTION, UAT], "gone")
    assert bar.bar.environment_name() == "Production"


def test_production_and_the_simulator_look_unlike_a_test_environment(bar: Bar) -> None:
    button = bar.bar.findChild(EnvironmentButton)
    assert isinstance(button, EnvironmentButton)

    def colours() -> set[str]:
        image = button.grab().toImage()
        width, height = range(image.width()), range(image.height())
        return {image.pixelColor(x, y).name() for x in width for y in height}

    assert LIGHT.dot_green in colours()
    bar.bar.set_environments([PRODUCTION], "Production")
    assert LIGHT.dot_amber in colours()
    top = [button.grab().toImage().pixelColor(x, 0).name() for x in range(20, 80)]
    bar.bar.set_environments([SIMULATOR], "Built-in simulator")
    dashed = [button.grab().toImage().pixelColor(x, 0).name() for x in range(20, 80)]
    assert len(set(dashed)) > len(set(top)), "the simulator's frame is dashed"


# Attributes


def test_the_summary_counts_what_goes_out(bar: Bar) -> None:
    bar.type("CUST-12345")
    attributes = bar.bar.attributes()
    assert attributes["crmCustomerId"] == "CUST-12345"
    assert attributes["sourceChannel"] == "gcdesk"
    assert attributes["userAgent"] == f"gcdesk/{__version__}"
    assert set(attributes) == {"crmCustomerId", "customerName", "sourceChannel", "timestamp", "userAgent"}
    size = max(byte_counts(attributes))
    assert bar.attributes.summary == f"5 keys · {size} B of 2\N{NO-BREAK SPACE}048"
    assert bar.attributes.accessibleName() == f"Attributes: {bar.attributes.summary}"


def test_the_key_is_the_environments_own(bar: Bar) -> None:
    bar.type("7")
    bar.bar.set_environments([PRODUCTION], "Production")
    assert bar.bar.attributes()["kundenNummer"] == "7"


def test_the_preview_is_exactly_what_goes_out(bar: Bar) -> None:
    bar.type("CUST-12345")
    QTest.mouseClick(bar.attributes, Qt.MouseButton.LeftButton)
    panel = bar.bar.findChild(AttributesPanel)
    assert isinstance(panel, AttributesPanel)
    bar.qtbot.waitUntil(panel.isVisible)
    sent = bar.bar.attributes()
    shown = {key: label.text() for key, label in panel._values.items()}
    assert list(shown) == list(sent)
    assert {**shown, "timestamp": ""} == {**sent, "timestamp": ""}
    panel.close()


def test_own_attributes_are_added_and_removed_by_keyboard(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.bar.open_attributes()
    panel = bar.bar.findChild(AttributesPanel)
    assert isinstance(panel, AttributesPanel)
    key, value = panel.findChildren(QLineEdit)
    bar.qtbot.waitUntil(key.hasFocus)
    QTest.keyClicks(key, "orderNumber")
    QTest.keyClick(key, Qt.Key.Key_Return)
    assert value.hasFocus()
    QTest.keyClicks(value, "00042")
    QTest.keyClick(value, Qt.Key.Key_Return)
    assert bar.bar.attributes()["orderNumber"] == "00042"
    assert bar.attributes.summary.startswith("6 keys")
    assert panel._values["orderNumber"].text() == "00042"
    remove = next(
        one for one in panel.findChildren(QPushButton) if one.accessibleName() == "Remove orderNumber"
    )
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Space)
    assert "orderNumber" not in bar.bar.attributes()
    assert bar.attributes.summary.startswith("5 keys")
    panel.close()


def test_a_smaller_limit_of_the_service_counts(bar: Bar) -> None:
    bar.type("CUST-12345")
    bar.bar.set_limit(100)
    bar.press_enter()
    assert bar.started == []
    assert "100" in bar.problem


# For everybody


def test_tab_follows_the_eye(bar: Bar) -> None:
    environment = bar.bar.findChild(EnvironmentButton)
    assert isinstance(environment, EnvironmentButton)
    environment.setFocus()
    order: list[QWidget | None] = [QApplication.focusWidget()]
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
    assert order == [environment, bar.edit, bar.attributes, bar.start]
    places = [one.mapTo(bar.bar, QPoint(0, 0)).x() for one in order if one is not None]
    assert places == sorted(places)


def test_every_control_has_a_name(bar: Bar) -> None:
    bar.bar.open_attributes()
    for control in [*bar.bar.findChildren(QPushButton), *bar.bar.findChildren(QLineEdit)]:
        name = control.accessibleName() or (control.text() if isinstance(control, QPushButton) else "")
        assert name, control
    panel = bar.bar.findChild(AttributesPanel)
    assert isinstance(panel, AttributesPanel)
    panel.close()


def test_it_fits_a_narrow_window(bar: Bar) -> None:
    bar.bar.resize(1024, 62)
    QApplication.sendPostedEvents()
    assert bar.bar.minimumSizeHint().width() <= 1024
    right = [child.geometry().right() for child in (bar.attributes, bar.start)]
    assert max(right) <= 1024
    assert bar.edit.width() > 100


def test_the_theme_changes_while_it_is_shown(bar: Bar) -> None:
    bright = bar.bar.grab().toImage().pixelColor(2, 2).name()
    style.set_theme("dark")
    assert bright == LIGHT.bar
    assert bar.bar.grab().toImage().pixelColor(2, 2).name() == style.tokens().bar != bright
