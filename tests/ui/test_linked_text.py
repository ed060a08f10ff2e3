"""Links in messages: found, reached by keyboard and pointer, opened only after their address was shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.linked_text import LinkedText
from gcdesk.ui.plain_text import PlainText
from gcdesk.ui.transcript import Transcript
from tests.ui.conversation import CUSTOMER, message

pytestmark = pytest.mark.usefixtures("light_look")


class Talk:
    """A transcript in a window, and which links were opened."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.transcript = Transcript(self.window)
        column.addWidget(self.transcript)
        self.window.resize(600, 500)
        qtbot.addWidget(self.window)
        self.opened: list[str] = []
        self.transcript.link_activated.connect(self.opened.append)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def show(self, text: str, **more: object) -> LinkedText:
        self.transcript.add_message(message(text, **more))  # type: ignore[arg-type]
        self.settle()
        row = self.transcript.live_row(len(self.transcript) - 1)
        assert isinstance(row, MessageRow)
        assert isinstance(row.text, LinkedText)
        return row.text

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.transcript.is_moving)

    def press(self, name: str) -> None:
        (button,) = [
            button
            for button in self.transcript.findChildren(QPushButton)
            if button.isVisible() and button.accessibleName() == name
        ]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def words(self) -> str:
        return "\n".join(
            label.text() for label in self.transcript.findChildren(PlainText) if label.isVisible()
        )


@pytest.fixture
def talk(qtbot: QtBot) -> Iterator[Talk]:
    made = Talk(qtbot)
    yield made
    made.window.close()


def test_a_click_on_a_link_shows_its_address_first(talk: Talk) -> None:
    text = talk.show("https://bank.example@evil.example/pay")
    QTest.mouseClick(text, Qt.MouseButton.LeftButton, pos=QPoint(text.width() // 2, text.height() // 2))
    talk.settle()
    assert talk.opened == []
    assert "Opens in the browser:" in talk.words()
    assert "This leads to evil.example." in talk.words()
    talk.press("Open https://bank.example@evil.example/pay")
    assert talk.opened == ["https://bank.example@evil.example/pay"]
    talk.press("Do not open this address")
    assert "Opens in the browser:" not in talk.words()


def test_a_click_beside_a_link_and_a_drag_over_it_open_nothing(talk: Talk) -> None:
    text = talk.show("words before https://example.com/")
    QTest.mouseClick(text, Qt.MouseButton.LeftButton, pos=QPoint(5, text.height() // 2))
    middle = text.height() // 2
    QTest.mousePress(text, Qt.MouseButton.LeftButton, pos=QPoint(text.width() // 2, middle))
    QTest.mouseMove(text, QPoint(text.width() - 3, middle))
    QTest.mouseRelease(text, Qt.MouseButton.LeftButton, pos=QPoint(text.width() - 3, middle))
    talk.settle()
    assert text.selected_text()
    assert "Opens in the browser:" not in talk.words()


def test_the_tab_key_walks_over_the_links_and_enter_shows_where_they_go(talk: Talk) -> None:
    text = talk.show("https://one.example and https://two.example")
    assert text.links == ["https://one.example", "https://two.example"]
    talk.transcript.setFocus()
    QTest.keyClick(talk.transcript, Qt.Key.Key_Tab)
    assert text.hasFocus()
    assert text.accessibleName() == "Link https://one.example"
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert text.hasFocus()
    assert text.accessibleName() == "Link https://two.example"
    QTest.keyClick(text, Qt.Key.Key_Return)
    talk.settle()
    assert "https://two.example" in talk.words()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Open"
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert talk.opened == ["https://two.example"]


def test_texts_without_links_are_no_tab_stop(talk: Talk) -> None:
    assert talk.show("nothing to open here").focusPolicy() == Qt.FocusPolicy.NoFocus


def test_markdown_is_drawn_for_others_and_the_customer_stays_as_written(talk: Talk) -> None:
    theirs, mine = talk.show("**bold** <b>not</b>"), talk.show("**mine**", sender=CUSTOMER)
    assert shown(theirs) == "**bold** <b>not</b>"
    talk.transcript.set_markdown(True)
    talk.settle()
    theirs, mine = (text_of(talk, number) for number in (0, 1))
    assert shown(theirs) == "bold <b>not</b>"
    assert theirs.text() == "**bold** <b>not</b>", "what is copied and read out is the message"
    assert shown(mine) == "**mine**"
    talk.transcript.set_markdown(False)
    talk.settle()
    assert shown(text_of(talk, 0)) == "**bold** <b>not</b>"


def text_of(talk: Talk, number: int) -> LinkedText:
    row = talk.transcript.live_row(number)
    assert isinstance(row, MessageRow)
    assert isinstance(row.text, LinkedText)
    return row.text


def shown(text: LinkedText) -> str:
    """What the document that is painted holds."""
    document = text.findChild(QTextDocument)
    assert isinstance(document, QTextDocument)
    return document.toPlainText()
