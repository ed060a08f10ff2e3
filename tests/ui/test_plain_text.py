"""Text from outside: never HTML, never cut off, either direction, selectable, read out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gcdesk.ui.plain_text import LONGEST_SHOWN, PlainText, address, one_line, plain_tooltip, showable
from gcdesk.ui.tokens import LIGHT

pytestmark = pytest.mark.usefixtures("light_look")


def shown(qtbot: QtBot, text: str, width: int = 300) -> PlainText:
    label = PlainText(text)
    qtbot.addWidget(label)
    label.resize(label.fit(width))
    with qtbot.waitExposed(label):
        label.show()
    return label


def inked_columns(label: PlainText) -> list[int]:
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = image.pixelColor(image.width() - 1, image.height() - 1)
    rows = range(image.height())
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in rows)]


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "<img src='https://example.com/x.png'>", "R&amp;D &lt;3", "a & b"]
)
def test_markup_is_shown_as_it_was_written(qtbot: QtBot, text: str) -> None:
    label = shown(qtbot, text)
    assert label.textFormat() == Qt.TextFormat.PlainText
    spoken = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
    assert spoken == text
    plain = shown(qtbot, text.replace("<", "x").replace("&", "x"))
    assert abs(label.fit(300).width() - plain.fit(300).width()) < 30, (
        "as wide as its letters, markup included"
    )


def test_a_long_word_wraps_inside_the_width(qtbot: QtBot) -> None:
    label = shown(qtbot, "https://example.com/" + "a" * 400, width=200)
    line = PlainText("a").fit(200).height()
    assert label.width() <= 200
    assert label.height() > 10 * line
    assert label.sizeHint().width() <= 200


def test_right_to_left_text_stands_at_the_right_edge(qtbot: QtBot) -> None:
    for text, at_right in (("שלום", True), ("hello", False)):
        label = shown(qtbot, text)
        label.resize(300, label.height())
        columns = inked_columns(label)
        assert columns
        assert (columns[0] > 150) is at_right
        assert (columns[-1] < 150) is not at_right


def test_each_paragraph_has_its_own_direction(qtbot: QtBot) -> None:
    label = shown(qtbot, "hello\nשלום")
    label.resize(300, label.height())
    columns = inked_columns(label)
    assert columns[0] < 20
    assert columns[-1] > 280


def test_dragging_selects_and_a_double_click_selects_a_word(qtbot: QtBot) -> None:
    label = shown(qtbot, "Order 88213 is on its way")
    middle = label.height() // 2
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(label, left, Qt.KeyboardModifier.NoModifier, QPoint(0, middle))
    QTest.mouseMove(label, QPoint(label.width(), middle))
    QTest.mouseRelease(label, left, Qt.KeyboardModifier.NoModifier, QPoint(label.width(), middle))
    assert label.selected_text() == "Order 88213 is on its way"
    image = label.grab().toImage()
    colours = {image.pixelColor(x, 1).name() for x in range(image.width())}
    assert LIGHT.accent in colours
    label.clear_selection()
    assert label.selected_text() == ""
    QTest.mouseDClick(label, left, Qt.KeyboardModifier.NoModifier, QPoint(label.width() // 3, middle))
    assert label.selected_text() == "88213"


def test_selected_lines_keep_their_breaks(qtbot: QtBot) -> None:
    label = shown(qtbot, "one\ntwo")
    QTest.mousePress(label, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(0, 1))
    QTest.mouseMove(label, QPoint(label.width() + 50, label.height() - 1))
    assert label.selected_text() == "one\ntwo"


def test_over_long_text_is_cut_and_says_so() -> None:
    text = showable("a" * (LONGEST_SHOWN + 12345))
    assert text.startswith("a" * LONGEST_SHOWN + "…")
    assert "12\u202f345 more characters" in text
    assert showable("a" * LONGEST_SHOWN) == "a" * LONGEST_SHOWN


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_can_be_shown(qtbot: QtBot, text: str) -> None:
    label = PlainText(text)
    qtbot.addWidget(label)
    size = label.fit(120)
    assert 0 <= size.width() <= 120
    assert label.text() == showable(text)
    assert "\n" not in one_line(text)


def test_half_characters_are_replaced_not_dropped() -> None:
    assert showable("a\ud800b\x00") == "a\ufffdb\ufffd"


def test_an_address_hides_nothing() -> None:
    assert address("https://bank.example/\u202egnp.exe") == "https://bank.example/\\u202egnp.exe"
    assert address("https://ex\u200bample.com/") == "https://ex\\u200bample.com/"


def test_a_label_keeps_joined_emoji() -> None:
    assert one_line(" 👩‍💻\n ok\t") == "👩‍💻 ok"


def test_a_tool_tip_is_not_taken_for_html() -> None:
    assert plain_tooltip("<b>x</b>\n&") == "<p>&lt;b&gt;x&lt;/b&gt;<br>&amp;</p>"
