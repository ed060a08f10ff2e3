"""The preview of what will be sent."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.ui.attributes_panel import AttributesPanel
from gcdesk.ui.tokens import LIGHT

pytestmark = pytest.mark.usefixtures("light_look")

SENT = {"crmCustomerId": "00012", "note": "a\nb", "nested": '{"a":[1,true]}'}


@pytest.fixture
def anchor(qtbot: QtBot) -> QWidget:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.resize(200, 36)
    anchor.show()
    return anchor


@pytest.fixture
def panel(anchor: QWidget) -> AttributesPanel:
    panel = AttributesPanel(anchor)
    panel.show_attributes(SENT, frozenset({"note"}), 2048)
    panel.open_below(anchor)
    return panel


def texts(panel: AttributesPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_keys_and_values_stand_as_they_go_out(panel: AttributesPanel) -> None:
    shown = texts(panel)
    for text in ("crmCustomerId", "00012", '{"a":[1,true]}', "a\N{RETURN SYMBOL}b"):
        assert text in shown


def test_bytes_stand_against_the_limit(panel: AttributesPanel) -> None:
    assert any(text.endswith("B of 2\N{NO-BREAK SPACE}048") for text in texts(panel))


def test_too_many_bytes_are_said_in_a_sentence_and_on_the_bar(panel: AttributesPanel) -> None:
    panel.show_attributes({"crmCustomerId": "x" * 300}, frozenset(), 200)
    assert any("Genesys Cloud allows 200" in text for text in texts(panel))
    meter = panel._meter.grab().toImage()
    assert meter.pixelColor(meter.width() // 2, 2).name() == LIGHT.bad


def test_doubts_about_names_are_warnings(panel: AttributesPanel) -> None:
    panel.show_attributes({"crmCustomerId": "1", "order number": "2"}, frozenset(), 2048)
    assert any("order number" in text and "space" in text for text in texts(panel) if text != "order number")


def test_only_own_attributes_can_be_removed(panel: AttributesPanel, qtbot: QtBot) -> None:
    buttons = [one for one in panel.findChildren(QPushButton) if one.text() == "Remove"]
    assert [one.accessibleName() for one in buttons] == ["Remove note"]
    with qtbot.waitSignal(panel.removed) as removed:
        QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert removed.args == ["note"]


def test_a_key_is_needed_a_value_is_not(panel: AttributesPanel, qtbot: QtBot) -> None:
    key, value = panel.findChildren(QLineEdit)
    with qtbot.assertNotEmitted(panel.added):
        QTest.keyClick(value, Qt.Key.Key_Return)
    assert key.hasFocus()
    QTest.keyClicks(key, " orderNumber ")
    with qtbot.waitSignal(panel.added) as added:
        QTest.keyClick(value, Qt.Key.Key_Return)
    assert added.args == ["orderNumber", ""]
    assert key.text() == ""


def test_a_long_value_neither_widens_the_panel_nor_is_lost(panel: AttributesPanel) -> None:
    before = panel.width()
    panel.show_attributes({"crmCustomerId": "x" * 500}, frozenset(), 2048)
    assert panel.width() == before
    assert panel._values["crmCustomerId"].text() == "x" * 500
    assert panel._values["crmCustomerId"].toolTip() == "x" * 500


def test_values_are_text_even_when_they_look_like_markup(panel: AttributesPanel) -> None:
    panel.show_attributes({"crmCustomerId": "<b>1</b>"}, frozenset(), 2048)
    value = panel._values["crmCustomerId"]
    assert value.textFormat() is Qt.TextFormat.PlainText
    assert "<b>" not in value.toolTip()


def test_many_attributes_scroll_inside_the_panel(panel: AttributesPanel) -> None:
    panel.show_attributes({f"key{number}": "1" for number in range(60)}, frozenset(), 2048)
    assert panel.sizeHint().height() < 500
