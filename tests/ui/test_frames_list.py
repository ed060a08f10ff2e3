"""The frames list: rows, filter, the bound, the selected frame in masked JSON, and copying."""

from __future__ import annotations

import json
from itertools import pairwise
from statistics import median
from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QMenu
from pytestqt.qtbot import QtBot

from gcdesk.ui import frames_copy, style
from gcdesk.ui.amounts import size_words
from gcdesk.ui.frame_filter import Direction, FrameFilter, Kinds
from gcdesk.ui.frame_log import FrameEvent, FrameLog, KeptFrame
from gcdesk.ui.frame_view import MOST_SHOWN
from gcdesk.ui.frames_list import FramesList
from gcdesk.ui.frames_model import FRAME_ROLE, FramesModel, frame_time, read_out
from gcdesk.ui.json_highlight import JsonHighlighter
from gcdesk.ui.tokens import DARK, LIGHT, Tokens
from tests.ui.conversation import START, received, sample_text, sent
from tests.ui.fakes import until

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


def add(frames: FramesList, *happened: FrameEvent) -> None:
    """Let frames cross the wire, and the list see them without its pause."""
    for event in happened:
        frames.log.add(event)
    frames.catch_up()


def kept(event: FrameEvent) -> KeptFrame:
    return FrameLog().add(event)


def kinds(frames: FramesList) -> list[str]:
    model = frames.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def at_end(frames: FramesList) -> bool:
    bar = frames.table.verticalScrollBar()
    return bar.value() == bar.maximum()


def many(count: int) -> list[FrameEvent]:
    return [received(f'{{"class": "string", "body": "{number}"}}', seconds=number) for number in range(count)]


def test_rows_show_time_direction_kind_and_size(frames: FramesList) -> None:
    add(frames, *talk())
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
    assert read_out(kept(talk()[0])).startswith("Sent at ")
    table = QAccessible.queryAccessibleInterface(frames.table)
    assert table.text(QAccessible.Text.Name) == "Frames"


def test_arrows_are_coloured_by_direction(frames: FramesList) -> None:
    add(frames, talk()[0])
    add(frames, talk()[1])
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
    assert frame_time(kept(received("{}", seconds=0.007))) == f"{START.astimezone():%M:%S}.007"


def test_the_selected_frame_is_shown_and_copied_masked(frames: FramesList) -> None:
    add(frames, *talk())
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
    add(frames, received("<html>\x00 token=abcdefghijklmnop"))
    frames.table.selectRow(0)
    shown = frames.view.text.toPlainText()
    assert shown.startswith("<html>\ufffd token=")
    assert "abcdefghijkl" not in shown


def test_a_huge_frame_is_cut_on_screen_but_copied_whole(frames: FramesList) -> None:
    add(frames, received(json.dumps({"class": "string", "body": "x" * 900_000})))
    began = process_time()
    frames.table.selectRow(0)
    assert process_time() - began < 0.5
    shown = frames.view.text.toPlainText()
    assert len(shown) < MOST_SHOWN + 200
    assert "more characters" in shown
    frames.view.copy_all()
    assert len(QGuiApplication.clipboard().text()) > 900_000


def test_the_tab_key_leads_from_the_filter_to_the_frame(frames: FramesList) -> None:
    add(frames, *talk())
    frames.focus_filter()
    order = [frames.filter_bar.text, frames.filter_bar.direction, frames.filter_bar.kind, frames.table]
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
    add(frames, *talk())
    frames.focus_filter()
    QTest.keyClicks(frames.filter_bar.text, "SESSION")
    assert kinds(frames) == ["configureSession", "SessionResponse 200"]
    frames.filter_bar.text.clear()
    QTest.keyClicks(frames.filter_bar.text, "crm-000123")
    assert kinds(frames) == ["onMessage Text", "StructuredMessage in"], "its echo holds the attributes too"
    frames.filter_bar.text.clear()
    QTest.keyClicks(frames.filter_bar.text, "nothing like it")
    assert kinds(frames) == []
    assert frames.says.text() == "No frame matches the filter."
    frames.filter_bar.text.clear()
    assert not frames.says.isVisible()
    assert len(kinds(frames)) == 6


def test_the_filter_by_direction(frames: FramesList) -> None:
    add(frames, *talk())
    frames.filter_bar.direction.setFocus()
    QTest.keyClick(frames.filter_bar.direction, Qt.Key.Key_Down)
    assert kinds(frames) == ["configureSession", "onMessage Text", "echo"]
    QTest.keyClick(frames.filter_bar.direction, Qt.Key.Key_Down)
    add(frames, received(sample_text("server.event.typing_on")))
    assert kinds(frames)[-1].startswith("StructuredMessage")
    add(frames, sent(sample_text("client.echo")))
    assert "echo" not in kinds(frames)


def test_the_selected_frame_stays_on_view_while_it_is_filtered_away(frames: FramesList) -> None:
    add(frames, *talk())
    frames.table.selectRow(0)
    before = frames.view.text.toPlainText()
    frames.filter_bar.text.setText("echo")
    assert frames.view.text.toPlainText() == before
    frames.filter_bar.text.setText("")
    assert frames.table.currentIndex().row() == 0
    assert frames.view.text.toPlainText() == before


def test_filtering_many_frames_takes_many_short_turns(frames: FramesList) -> None:
    add(frames, *many(20_000))
    turns, longest = 0, 0.0
    frames.filter_bar.text.setText("19999")
    while frames.model.searching:
        assert frames.says.text() == "Searching 20\u202f000 frames…"
        began = process_time()
        QApplication.processEvents()
        longest = max(longest, process_time() - began)
        turns += 1
    assert kinds(frames) == ["string"]
    assert longest < 0.05
    assert frames.says.text() == "1 of 20\u202f000 frames match the filter."


def test_frames_that_come_in_during_a_search_are_found(frames: FramesList) -> None:
    add(frames, *many(20_000))
    frames.filter_bar.text.setText("configureSession")
    while frames.model.searching:
        add(frames, talk()[0])
        QApplication.processEvents()
    found = len(frames.log) - 20_000
    assert found > 0
    assert kinds(frames) == ["configureSession"] * found


def test_texts_are_found_as_people_read_them() -> None:
    spelled = kept(received('{"class": "string", "body": "Gr\\u00fc\\u00dfe, \\"quoted\\""}'))
    for text in ("grüße", '"quoted"', "STRING"):
        assert FrameFilter(text).passes(spelled), text
    assert not FrameFilter("gruesse").passes(spelled)


def test_one_kind_is_shown_and_signs_of_life_are_left_out(frames: FramesList) -> None:
    add(frames, *talk(), received(sample_text("server.event.typing_on")))
    frames.show_filter(True)
    kind = frames.filter_bar.kind
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Down)
    assert kind.currentData() is Kinds.TALK
    assert kinds(frames) == [
        *["configureSession", "SessionResponse 200", "onMessage Text"],
        *kinds(frames)[3:],
    ]
    assert not {"echo", "StructuredMessage out Typing"} & set(kinds(frames))
    QTest.keyClick(kind, Qt.Key.Key_End)
    assert kinds(frames) == ["StructuredMessage out Typing"]
    offered = [kind.itemText(place) for place in range(kind.count())]
    assert offered[:4] == ["All kinds", "No echo, no typing", "configureSession", "SessionResponse 200"]
    QTest.keyClick(frames.filter_bar.text, Qt.Key.Key_Escape)
    assert len(kinds(frames)) == 7
    assert not frames.filter_shown


def test_a_pong_is_no_talk_but_a_customer_may_say_ping() -> None:
    talks = FrameFilter(kind=Kinds.TALK)
    assert not talks.passes(kept(received(sample_text("server.echo_reply"))))
    said = sample_text("server.structured_message.text_inbound_echo").replace("Where is my order?", "ping")
    assert talks.passes(kept(received(said)))


# Length


def test_a_list_that_nobody_sees_takes_nothing_in(frames: FramesList) -> None:
    add(frames, *talk())
    frames.hide()
    changes: list[int] = []
    frames.model.rowsInserted.connect(lambda *_: changes.append(1))
    for event in many(2_000):
        frames.log.add(event)
    QApplication.processEvents()
    assert changes == []
    assert frames.log.on_change is None
    frames.show()
    assert changes == [1], "all of them are one change"
    assert frames.model.rowCount() == 2_006


async def test_many_frames_at_once_are_few_changes(frames: FramesList) -> None:
    changes: list[int] = []
    frames.model.rowsInserted.connect(lambda *_: changes.append(1))
    for event in many(1_000):
        frames.log.add(event)
    assert len(changes) < 20
    await until(lambda: frames.model.rowCount() == 1_000)


def test_the_next_frame_costs_the_same_whatever_the_length(frames: FramesList) -> None:
    # The processor's time: what else this machine does must not count.
    def cost(event: FrameEvent) -> float:
        began = process_time()
        add(frames, event)
        QApplication.processEvents()
        return process_time() - began

    more = many(60)
    add(frames, *many(100))
    short = median(cost(event) for event in more[:30])
    add(frames, *many(40_000))
    long = median(cost(event) for event in more[30:])
    assert long / short < 3


def test_the_oldest_frames_go_and_that_is_said() -> None:
    frames = FramesList(FrameLog(most_kept=500))
    add(frames, *many(599))
    assert frames.model.rowCount() == 599
    assert frames.says.text() == ""
    add(frames, *many(2))
    assert (frames.model.rowCount(), frames.log.first) == (501, 100)
    assert frames.says.text() == "The oldest 100 frames are gone; the newest are kept."
    assert json.loads(frames.model.index(0, 0).data(FRAME_ROLE).text)["body"] == "100"


def test_the_model_keeps_qts_rules() -> None:
    log = FrameLog(most_kept=150)
    model = FramesModel(log)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for event in many(300):
        log.add(event)
        model.catch_up()
    model.set_filter(FrameFilter("9", Direction.RECEIVED))
    for event in many(300):
        log.add(event)
        model.catch_up()
    assert 0 < model.rowCount() < 150
    model.set_log(FrameLog())
    assert model.rowCount() == 0
    assert tester.model() is model


# The end


def test_it_follows_the_newest_frame_unless_scrolled_up(qtbot: QtBot, frames: FramesList) -> None:
    add(frames, *many(200))
    qtbot.waitUntil(lambda: at_end(frames) and frames.table.verticalScrollBar().maximum() > 100)
    bar = frames.table.verticalScrollBar()
    QTest.keyClick(frames.table, Qt.Key.Key_Home)
    assert not frames.table.following
    top = frames.table.rowAt(0)
    add(frames, *many(20))
    QApplication.processEvents()
    assert frames.table.rowAt(0) == top
    assert frames.chip.isVisible()
    assert frames.chip.text() == "↓ Paused · 20 new"
    QTest.mouseClick(frames.chip, Qt.MouseButton.LeftButton)
    assert at_end(frames)
    assert not frames.chip.isVisible()
    add(frames, talk()[0])
    qtbot.waitUntil(lambda: at_end(frames))
    bar.triggerAction(QAbstractSlider.SliderAction.SliderSingleStepSub)
    assert not frames.table.following
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    assert frames.table.following


def test_a_paused_list_stays_even_at_its_end(qtbot: QtBot, frames: FramesList) -> None:
    add(frames, *many(200))
    qtbot.waitUntil(lambda: at_end(frames))
    frames.table.follow(False)
    place = frames.table.verticalScrollBar().value()
    add(frames, *many(5))
    QApplication.processEvents()
    assert frames.table.verticalScrollBar().value() == place
    QTest.mouseClick(frames.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert not frames.table.following, "looking at a frame is no wish to follow"


def test_what_is_looked_at_stays_while_the_oldest_go(qtbot: QtBot) -> None:
    frames = FramesList(FrameLog(most_kept=300))
    frames.resize(372, 520)
    qtbot.addWidget(frames)
    with qtbot.waitExposed(frames):
        frames.show()
    add(frames, *many(300))
    QApplication.processEvents()
    frames.table.follow(False)
    frames.table.verticalScrollBar().setValue(200)
    looked_at = frames.model.index(frames.table.rowAt(0), 0).data(FRAME_ROLE)
    add(frames, *many(100))
    QApplication.processEvents()
    assert frames.log.first == 100
    assert frames.model.index(frames.table.rowAt(0), 0).data(FRAME_ROLE) is looked_at


# Copying many


def test_many_frames_are_copied_as_a_list(frames: FramesList) -> None:
    add(frames, *talk())
    frames.table.setFocus()
    QTest.keyClick(frames.table, Qt.Key.Key_Home)
    QTest.keyClick(frames.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(frames.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    first, second = json.loads(text)
    assert TOKEN not in text
    assert (first["direction"], first["kind"], first["bytes"]) == ("sent", "configureSession", talk()[0].size)
    assert first["at"] == "2026-11-23T10:41:07.000Z"
    assert first["frame"]["action"] == "configureSession"
    assert (second["direction"], second["at"]) == ("received", "2026-11-23T10:41:07.112Z")
    assert frames.says.text() == "2 frames copied as JSON."


def test_a_copy_that_would_be_too_long_says_how_much_it_is(
    frames: FramesList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames_copy, "MOST_COPIED", 20_000)
    add(frames, *many(1_000))
    frames.table.selectAll()
    frames.copy_selected()
    while frames._copying.busy:
        QApplication.processEvents()
    copied = json.loads(QGuiApplication.clipboard().text())
    assert 50 < len(copied) < 200
    assert f"The first {len(copied)} of 1\u202f000 frames copied" in frames.says.text()


def test_the_menu_of_a_frame(qtbot: QtBot, frames: FramesList) -> None:
    add(frames, *talk())
    where = frames.table.visualRect(frames.model.index(2, 0)).center()
    QTest.mouseClick(frames.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    frames.table.customContextMenuRequested.emit(where)
    menu = frames.findChild(QMenu)
    assert isinstance(menu, QMenu)
    acts = {act.text(): act for act in menu.actions()}
    assert list(acts) == ["Copy as JSON", "Show message", "Show only this kind", "", "Select all"]
    assert not acts["Show message"].isEnabled()
    acts["Show only this kind"].trigger()
    assert kinds(frames) == ["onMessage Text"]
    assert frames.filter_shown
    menu.close()


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
    add(frames, talk()[0])
    frames.table.selectRow(0)

    def colours() -> set[str]:
        layout = frames.view.text.document().findBlockByNumber(1).layout()
        return {piece.format.foreground().color().name() for piece in layout.formats()}

    assert colours() == {LIGHT.json_key, LIGHT.json_string}
    style.set_theme("dark")
    assert colours() == {DARK.json_key, DARK.json_string}
