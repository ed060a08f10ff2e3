"""The frames list: rows, filter, the bound, the selected frame in masked JSON, and copying."""

from __future__ import annotations

import json
from itertools import pairwise
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gcdesk.ui import style
from gcdesk.ui.amounts import size_words
from gcdesk.ui.frame_view import MOST_SHOWN
from gcdesk.ui.frames_list import FramesList
from gcdesk.ui.frames_model import EVENT_ROLE, Direction, FrameEvent, FramesModel, frame_time, read_out
from gcdesk.ui.json_highlight import JsonHighlighter
from gcdesk.ui.tokens import DARK, LIGHT, Tokens
from tests.ui.conversation import START, received, sample_text, sent

pytestmark = pytest.mark.usefixtures("light_look")

TOKEN = "5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10"


def talk() -> list[FrameEvent]:
    """The first frames of a chat."""
    return [
        sent(sample_text("client.configure_session")),
        received(sample_text("server.session_response"), seconds=0.112),
        sent(sample_text("client.on_message.text_with_attributes"), seconds=0.119),
        received(sample_text("server.structured_message.text_inbound_echo"), seconds=0.206),
        received(sample_text("server.structured_message.carousel"), seconds=0.99),
        sent(sample_text("client.echo"), seconds=24.4),
    ]


@pytest.fixture
def frames(qtbot: QtBot) -> FramesList:
    made = FramesList()
    made.resize(372, 520)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def kinds(frames: FramesList) -> list[str]:
    model = frames.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def at_end(frames: FramesList) -> bool:
    bar = frames.table.verticalScrollBar()
    return bar.value() == bar.maximum()


def many(count: int) -> list[FrameEvent]:
    return [received(f'{{"class": "string", "body": "{number}"}}', seconds=number) for number in range(count)]


def test_rows_show_time_direction_kind_and_size(frames: FramesList) -> None:
    for event in talk():
        frames.add(event)
    assert kinds(frames) == [
        "configureSession",
        "SessionResponse 200",
        "onMessage Text",
        "StructuredMessage in",
        "StructuredMessage out",
        "echo",
    ]
    index = frames.model.index(1, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert (
        spoken
        == f"Received at {START.astimezone():%M:%S}.112: SessionResponse 200, {size_words(talk()[1].size)}"
    )
    assert read_out(talk()[0]).startswith("Sent at ")
    table = QAccessible.queryAccessibleInterface(frames.table)
    assert table.text(QAccessible.Text.Name) == "Frames"


def test_arrows_are_coloured_by_direction(frames: FramesList) -> None:
    frames.add(talk()[0])
    frames.add(talk()[1])
    QApplication.processEvents()
    image = frames.table.viewport().grab().toImage()
    height = frames.table.rowHeight(0)

    def hues(row: int) -> set[int]:
        # The edges of letters are mixed with the ground, which leaves their hue.
        pixels = [(x, y) for x in range(image.width()) for y in range(row * height, (row + 1) * height)]
        colours = [image.pixelColor(x, y) for x, y in pixels]
        return {colour.hsvHue() for colour in colours if colour.hsvSaturation() > 150}

    blue, green = QColor(LIGHT.accent_text).hsvHue(), QColor(LIGHT.good).hsvHue()
    assert all(abs(hue - blue) < 20 for hue in hues(0))
    assert all(abs(hue - green) < 20 for hue in hues(1))
    assert hues(0)
    assert hues(1)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1449, "1.4 kB"),
        (15_000, "15 kB"),
        (2_500_000, "2.5 MB"),
    ],
)
def test_sizes_are_short(size: int, words: str) -> None:
    assert size_words(size) == words


def test_times_have_milliseconds() -> None:
    assert frame_time(received("{}", seconds=0.007)) == f"{START.astimezone():%M:%S}.007"


def test_the_selected_frame_is_shown_and_copied_masked(frames: FramesList) -> None:
    for event in talk():
        frames.add(event)
    assert not frames.view.copy_button.isEnabled()
    frames.table.setFocus()
    QTest.keyClick(frames.table, Qt.Key.Key_Home)
    shown = frames.view.text.toPlainText()
    assert json.loads(shown)["action"] == "configureSession"
    assert TOKEN not in shown
    assert "7a10" in shown
    QTest.mouseClick(frames.view.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert json.loads(copied) == json.loads(shown)
    assert TOKEN not in copied
    QTest.keyClick(frames.table, Qt.Key.Key_Down)
    assert '"SessionResponse"' in frames.view.text.toPlainText()
    QTest.keyClick(frames.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert json.loads(QGuiApplication.clipboard().text())["class"] == "SessionResponse"
    QTest.keyClick(frames.table, Qt.Key.Key_End)
    assert '"echo"' in frames.view.text.toPlainText()
    assert frames.view.text.isReadOnly()


def test_a_frame_that_is_no_json_is_shown_as_it_came(frames: FramesList) -> None:
    frames.add(received("<html>\x00 token=abcdefghijklmnop"))
    frames.table.selectRow(0)
    shown = frames.view.text.toPlainText()
    assert shown.startswith("<html>\ufffd token=")
    assert "abcdefghijkl" not in shown


def test_a_huge_frame_is_cut_on_screen_but_copied_whole(frames: FramesList) -> None:
    frames.add(received(json.dumps({"class": "string", "body": "x" * 900_000})))
    began = process_time()
    frames.table.selectRow(0)
    assert process_time() - began < 0.5
    shown = frames.view.text.toPlainText()
    assert len(shown) < MOST_SHOWN + 200
    assert "more characters" in shown
    frames.view.copy_all()
    assert len(QGuiApplication.clipboard().text()) > 900_000


def test_the_tab_key_leads_from_the_filter_to_the_frame(frames: FramesList) -> None:
    for event in talk():
        frames.add(event)
    frames.focus_filter()
    order = [frames.filter_text, frames.filter_direction, frames.table]
    for here, there in pairwise(order):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        assert there.hasFocus()
    QTest.keyClick(frames.table, Qt.Key.Key_Home)
    QTest.keyClick(frames.table, Qt.Key.Key_Tab)
    assert frames.view.copy_button.hasFocus()
    QTest.keyClick(frames.view.copy_button, Qt.Key.Key_Space)
    assert "configureSession" in QGuiApplication.clipboard().text()
    QTest.keyClick(frames.view.copy_button, Qt.Key.Key_Tab)
    assert frames.view.text.hasFocus()


# Filter


def test_the_filter_searches_kinds_and_texts(frames: FramesList) -> None:
    for event in talk():
        frames.add(event)
    frames.focus_filter()
    QTest.keyClicks(frames.filter_text, "SESSION")
    assert kinds(frames) == ["configureSession", "SessionResponse 200"]
    frames.filter_text.clear()
    QTest.keyClicks(frames.filter_text, "crm-000123")
    assert kinds(frames) == ["onMessage Text", "StructuredMessage in"], "its echo holds the attributes too"
    frames.filter_text.clear()
    QTest.keyClicks(frames.filter_text, "nothing like it")
    assert kinds(frames) == []
    assert frames.says.text() == "No frame matches the filter."
    frames.filter_text.clear()
    assert not frames.says.isVisible()
    assert len(kinds(frames)) == 6


def test_the_filter_by_direction(frames: FramesList) -> None:
    for event in talk():
        frames.add(event)
    frames.filter_direction.setFocus()
    QTest.keyClick(frames.filter_direction, Qt.Key.Key_Down)
    assert kinds(frames) == ["configureSession", "onMessage Text", "echo"]
    QTest.keyClick(frames.filter_direction, Qt.Key.Key_Down)
    frames.add(received(sample_text("server.event.typing_on")))
    assert kinds(frames)[-1].startswith("StructuredMessage")
    frames.add(sent(sample_text("client.echo")))
    assert "echo" not in kinds(frames)


def test_the_selected_frame_stays_on_view_while_it_is_filtered_away(frames: FramesList) -> None:
    for event in talk():
        frames.add(event)
    frames.table.selectRow(0)
    before = frames.view.text.toPlainText()
    frames.filter_text.setText("echo")
    assert frames.view.text.toPlainText() == before
    frames.filter_text.setText("")
    assert frames.table.currentIndex().row() == 0
    assert frames.view.text.toPlainText() == before


def test_filtering_fifty_thousand_frames_does_not_stall() -> None:
    model = FramesModel()
    model.set_frames(many(50_000))
    began = process_time()
    model.set_filter("49999", Direction.RECEIVED)
    assert process_time() - began < 0.25
    assert model.rowCount() == 1


# Length


def test_the_next_frame_costs_the_same_whatever_the_length(qtbot: QtBot, frames: FramesList) -> None:
    # The processor's time at its best: what else this machine does must not count.
    def cost(event: FrameEvent) -> float:
        began = process_time()
        frames.add(event)
        QApplication.processEvents()
        return process_time() - began

    more = many(60)
    frames.set_frames(many(100))
    short = min(cost(event) for event in more[:30])
    frames.set_frames(many(40_000))
    long = min(cost(event) for event in more[30:])
    assert long / short < 3


def test_the_oldest_frames_go_and_that_is_said(frames: FramesList) -> None:
    kept = FramesList(most_kept=500)
    for event in many(599):
        kept.add(event)
    assert kept.model.total == 599
    assert kept.says.text() == ""
    for event in many(2):
        kept.add(event)
    assert kept.model.total == 501
    assert kept.says.text() == "The oldest 100 frames are gone; the newest are kept."
    assert json.loads(kept.model.index(0, 0).data(EVENT_ROLE).frame.text)["body"] == "100"
    kept.set_frames(many(700))
    assert (kept.model.total, kept.model.dropped) == (500, 200)
    kept.clear()
    assert (kept.model.total, kept.model.dropped, kept.says.text()) == (0, 0, "")


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = FramesModel(most_kept=150)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for event in many(300):
        model.add(event)
    model.set_filter("9", Direction.RECEIVED)
    for event in many(300):
        model.add(event)
    assert model.total <= 250
    assert tester.model() is model


# The end


def test_it_follows_the_newest_frame_unless_scrolled_up(qtbot: QtBot, frames: FramesList) -> None:
    for event in many(200):
        frames.add(event)
    qtbot.waitUntil(lambda: at_end(frames) and frames.table.verticalScrollBar().maximum() > 100)
    frames.table.verticalScrollBar().setValue(50)
    top = frames.table.rowAt(0)
    for event in many(20):
        frames.add(event)
    QApplication.processEvents()
    assert frames.table.rowAt(0) == top
    frames.table.scrollToBottom()
    frames.add(talk()[0])
    qtbot.waitUntil(lambda: at_end(frames))


def test_what_is_looked_at_stays_while_the_oldest_go(qtbot: QtBot) -> None:
    frames = FramesList(most_kept=300)
    frames.resize(372, 520)
    qtbot.addWidget(frames)
    with qtbot.waitExposed(frames):
        frames.show()
    frames.set_frames(many(300))
    frames.table.verticalScrollBar().setValue(200)
    looked_at = frames.model.index(frames.table.rowAt(0), 0).data(EVENT_ROLE)
    for event in many(100):
        frames.add(event)
    QApplication.processEvents()
    assert frames.model.dropped == 100
    assert frames.model.index(frames.table.rowAt(0), 0).data(EVENT_ROLE) is looked_at


# Colours


def coloured(text: str, look: Tokens) -> dict[str, str]:
    """Each coloured piece of a line with its colour."""
    document = QTextDocument()
    highlighter = JsonHighlighter(document)
    document.setPlainText(text)
    highlighter.rehighlight()
    found = {}
    for piece in document.firstBlock().layout().formats():
        units = text.encode("utf-16-le")
        part = units[2 * piece.start : 2 * (piece.start + piece.length)].decode("utf-16-le")
        found[part] = piece.format.foreground().color().name()
    return found


@pytest.mark.parametrize(("theme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_json_has_colours(theme: style.ThemeChoice, look: Tokens) -> None:
    style.set_theme(theme)
    assert coloured('  "na\\"me" : "a: 1 true",', look) == {
        '"na\\"me"': look.json_key,
        '"a: 1 true"': look.json_string,
    }
    assert coloured('"👋": -1.5e3, [true, null]', look) == {
        '"👋"': look.json_key,
        "-1.5e3": look.json_number,
        "true": look.json_word,
        "null": look.json_word,
    }
    assert coloured("<html> is no JSON", look) == {}


def test_colours_follow_the_theme(frames: FramesList) -> None:
    frames.add(talk()[0])
    frames.table.selectRow(0)

    def colours() -> set[str]:
        layout = frames.view.text.document().findBlockByNumber(1).layout()
        return {piece.format.foreground().color().name() for piece in layout.formats()}

    assert colours() == {LIGHT.json_key, LIGHT.json_string}
    style.set_theme("dark")
    assert colours() == {DARK.json_key, DARK.json_string}
