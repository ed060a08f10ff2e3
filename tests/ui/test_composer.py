"""The composer with real keys: growing, sending, the byte limit, typing signals, and why it is closed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.guest.limits import Limits
from gcdesk.ui.composer import Composer
from gcdesk.ui.tokens import CONTROL_HEIGHT

pytestmark = pytest.mark.usefixtures("light_look")


class Writer:
    """A composer in a window below another field, a clock to turn, and what was asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.now = 100.0
        self.window = QWidget()
        self.other = QLineEdit(self.window)
        self.composer = Composer(self.window, clock=lambda: self.now)
        column = QVBoxLayout(self.window)
        column.addWidget(self.other)
        column.addStretch()
        column.addWidget(self.composer)
        self.window.resize(500, 400)
        qtbot.addWidget(self.window)
        self.sent: list[str] = []
        self.typed: list[float] = []
        self.composer.send_requested.connect(self.sent.append)
        self.composer.typing.connect(lambda: self.typed.append(self.now))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.composer.focus_input()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.composer.input, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.composer.input, key, modifier)

    def words(self) -> list[str]:
        """The labels below the field that can be seen."""
        return [
            label.text() for label in self.composer.findChildren(QLabel) if label.isVisible() and label.text()
        ]


@pytest.fixture
def writer(qtbot: QtBot) -> Writer:
    return Writer(qtbot)


def test_enter_sends_and_the_text_goes_once_it_is_accepted(writer: Writer) -> None:
    writer.write("Where is my order?")
    writer.press(Qt.Key.Key_Return)
    assert writer.sent == ["Where is my order?"]
    assert writer.composer.text() == "Where is my order?", "not accepted yet"
    writer.composer.accepted()
    assert writer.composer.text() == ""
    assert not writer.composer.send_button.isEnabled()


def test_what_was_written_meanwhile_stays(writer: Writer) -> None:
    writer.write("first")
    writer.press(Qt.Key.Key_Enter)
    QTest.keyClick(writer.composer.input, Qt.Key.Key_End)
    writer.write(" second")
    writer.composer.accepted()
    assert writer.composer.text() == " second"


def test_a_refused_text_stays_with_the_reason_and_can_be_sent_again(writer: Writer) -> None:
    writer.write("hello")
    writer.press(Qt.Key.Key_Return)
    writer.composer.refused("The chat is not ready.")
    assert writer.composer.text() == "hello"
    assert writer.words() == ["The chat is not ready."]
    writer.press(Qt.Key.Key_Return)
    assert writer.sent == ["hello", "hello"]
    writer.write("!")
    assert writer.words() == []


def test_shift_enter_begins_a_new_line(writer: Writer) -> None:
    writer.write("one")
    writer.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    writer.write("two")
    assert writer.sent == []
    QTest.mouseClick(writer.composer.send_button, Qt.MouseButton.LeftButton)
    assert writer.sent == ["one\ntwo"]


def test_a_held_enter_key_sends_once(writer: Writer) -> None:
    writer.write("hello")
    for repeated in (False, True, True):
        pressed = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated
        )
        QApplication.sendEvent(writer.composer.input, pressed)
    assert writer.sent == ["hello"]


@pytest.mark.parametrize("text", ["", " ", "\n \t"])
def test_blank_text_is_not_sent(writer: Writer, text: str) -> None:
    writer.composer.set_text(text)
    writer.press(Qt.Key.Key_Return)
    assert writer.sent == []
    assert not writer.composer.send_button.isEnabled()


def test_it_grows_from_one_line_to_six_and_back(writer: Writer) -> None:
    field = writer.composer.input
    heights = [field.height()]
    for _ in range(8):
        writer.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        heights.append(field.height())
    line = field.fontMetrics().lineSpacing()
    assert heights[0] == CONTROL_HEIGHT
    steps = [after - before for before, after in pairwise(heights)]
    assert steps == [line] * 5 + [0] * 3
    assert field.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
    writer.composer.set_text("one")
    assert field.height() == CONTROL_HEIGHT


def test_wrapped_lines_count_too_and_follow_the_width(writer: Writer) -> None:
    field = writer.composer.input
    writer.composer.set_text("words " * 30)
    wide = field.height()
    assert wide > CONTROL_HEIGHT
    writer.window.resize(300, 400)
    writer.qtbot.waitUntil(lambda: field.height() > wide)


def test_pasted_text_is_plain(writer: Writer) -> None:
    QGuiApplication.clipboard().setText("<b>bold</b>")
    writer.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    writer.press(Qt.Key.Key_Return)
    assert writer.sent == ["<b>bold</b>"]


def test_bytes_are_counted_near_the_limit(writer: Writer) -> None:
    limit = Limits().message_bytes
    writer.composer.set_text("x" * (limit - 400))
    assert writer.words() == []
    writer.composer.input.insertPlainText("ü")
    assert writer.words() == ["398 bytes left"]
    writer.composer.set_text("x" * (limit - 1))
    assert writer.words() == ["1 byte left"]
    writer.composer.set_text("ü" * (limit // 2))
    assert writer.words() == ["0 bytes left"]
    writer.press(Qt.Key.Key_Return)
    assert writer.sent == ["ü" * (limit // 2)]


def test_a_text_over_the_limit_is_refused_with_a_sentence_and_kept(writer: Writer) -> None:
    text = "👋" * 1030
    writer.composer.set_text(text)
    writer.press(Qt.Key.Key_Return)
    assert writer.sent == []
    assert writer.composer.text() == text
    sentence, count = writer.words()
    assert sentence == (
        "A message can hold 4\u202f096 bytes. Shorten it by 24 bytes to send it; nothing is lost."
    )
    assert count == "24 bytes too long"
    for _ in range(6):
        QTest.keyClick(writer.composer.input, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        writer.press(Qt.Key.Key_Backspace)
    assert writer.words() == ["0 bytes left"]
    writer.press(Qt.Key.Key_Return)
    assert len(writer.sent) == 1


def test_typing_is_told_at_most_every_five_seconds(writer: Writer) -> None:
    for step in range(12):
        writer.now = 100.0 + step
        writer.write("a")
    assert writer.typed == [100.0, 105.0, 110.0]


def test_typing_means_a_person_writes(writer: Writer) -> None:
    writer.composer.set_text("filled in by the program")
    writer.composer.set_text("")
    writer.write("  ")
    assert writer.typed == []


def test_closed_it_says_why_and_keeps_the_draft(writer: Writer) -> None:
    field = writer.composer.input
    writer.composer.set_available(False, "Start a chat to write as the customer")
    assert field.placeholderText() == "Start a chat to write as the customer"
    writer.write("x")
    writer.press(Qt.Key.Key_Return)
    assert (writer.composer.text(), writer.sent) == ("", [])
    interface = QAccessible.queryAccessibleInterface(field)
    assert interface.text(QAccessible.Text.Name) == "Write as the customer"
    assert interface.text(QAccessible.Text.Description) == "Start a chat to write as the customer"
    writer.composer.set_available(True)
    assert field.placeholderText() == "Write as the customer"
    writer.composer.focus_input()
    writer.write("a draft")
    writer.composer.set_available(False, "The chat has ended")
    assert writer.composer.text() == "a draft"
    assert writer.words() == ["The chat has ended"]
    assert not writer.composer.send_button.isEnabled()
    writer.composer.set_available(True)
    assert writer.composer.send_button.isEnabled()


def test_closing_does_not_move_the_keyboard_elsewhere(writer: Writer) -> None:
    writer.composer.set_available(False, "Reconnecting")
    assert writer.composer.input.hasFocus()
    writer.composer.set_available(True)
    writer.write("on it goes")
    assert writer.composer.text() == "on it goes"
    writer.other.setFocus()
    writer.composer.set_available(False, "Reconnecting")
    writer.composer.set_available(True)
    assert writer.other.hasFocus(), "whoever went elsewhere stays there"


def test_the_tab_key_leads_to_send_and_away(writer: Writer) -> None:
    writer.write("hello")
    writer.press(Qt.Key.Key_Tab)
    assert writer.composer.send_button.hasFocus()
    QTest.keyClick(writer.composer.send_button, Qt.Key.Key_Space)
    assert writer.sent == ["hello"]
