"""The order of the chat list, and how little of it a change touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from gcdesk.ui.chat_entry import ChatEntry, Section
from gcdesk.ui.chat_list_model import ENTRY_ROLE, ChatListModel
from tests.ui.rows import NOON, Row


@pytest.fixture
def model(qapp: QApplication) -> Iterator[ChatListModel]:
    model = ChatListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    yield model
    del tester


def shown(model: ChatListModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def expected(rows: list[Row]) -> list[str]:
    """What the list must show, worked out the slow way; the rows are in the order in which they were added."""
    lines: list[str] = []
    for section in Section:
        here = [(place, row) for place, row in enumerate(rows) if row.section is section]
        if section is Section.LIVE:
            here.reverse()
        else:
            here.sort(key=lambda placed: (-placed[1].at.timestamp(), placed[0]))
        lines += [section.words, *(row.title for _, row in here)] if here else []
    return lines


def test_the_headings_come_in_their_order_and_only_where_something_stands(model: ChatListModel) -> None:
    rows = [Row("old", Section.EARLIER), Row("live", Section.LIVE), Row("today"), Row("run", Section.RUNS)]
    for row in rows:
        model.add(row)
    assert shown(model) == ["Live", "live", "Today", "today", "Earlier", "old", "Scenario runs", "run"]
    assert [entry.title for entry in model.entries] == ["live", "today", "old", "run"]
    model.remove(rows[2])
    assert shown(model) == ["Live", "live", "Earlier", "old", "Scenario runs", "run"]
    model.remove(*rows)
    assert shown(model) == []
    assert len(model) == 0


def test_live_chats_stay_where_they_are_whatever_is_said_in_them(model: ChatListModel) -> None:
    first, second = Row("1", Section.LIVE), Row("2", Section.LIVE)
    model.add(first)
    model.add(second)
    first.at += timedelta(minutes=1)
    model.refresh(first)
    assert shown(model) == ["Live", "2", "1"]


def test_a_change_of_one_chat_touches_its_row_alone(model: ChatListModel) -> None:
    rows = [Row(str(number), Section.LIVE) for number in range(50)]
    model.extend(rows)
    changes, resets = QSignalSpy(model.dataChanged), QSignalSpy(model.modelReset)
    rows[20].line = "Hello"
    model.refresh(rows[20])
    assert changes.count() == 1
    top, bottom = changes.at(0)[:2]
    assert top.row() == bottom.row() == model.index_of(rows[20]).row() == 30
    assert resets.count() == 0


def test_an_ended_chat_moves_and_whoever_points_at_it_goes_along(model: ChatListModel) -> None:
    rows = [Row("1", Section.LIVE), Row("2", Section.LIVE), Row("3", at=NOON - timedelta(hours=1))]
    model.extend(rows)
    pointing = QPersistentModelIndex(model.index_of(rows[1]))
    resets = QSignalSpy(model.modelReset)
    rows[1].section = Section.TODAY
    model.refresh(rows[1])
    assert shown(model) == ["Live", "1", "Today", "2", "3"]
    assert pointing.data(ENTRY_ROLE) is rows[1]
    rows[0].section = Section.YESTERDAY
    model.refresh(rows[0])
    assert shown(model) == ["Today", "2", "3", "Yesterday", "1"]
    assert resets.count() == 0


def test_only_what_contains_the_words_is_shown(model: ChatListModel) -> None:
    rows = [
        Row("1", Section.LIVE, text="Where is my order?"),
        Row("order-2"),
        Row("3", environment="Order desk"),
    ]
    other = Row("4", text="nothing")
    model.extend([*rows, other])
    model.find(["order"])
    assert shown(model) == ["Live", "1", "Today", "order-2", "3"]
    assert other in model
    other.text = "an order"
    model.refresh(other)
    assert shown(model) == ["Live", "1", "Today", "order-2", "3", "4"]
    model.find(["order", "where"])
    assert shown(model) == ["Live", "1"]
    model.find(["nowhere"], found=[other, Row("a stranger")])
    assert shown(model) == ["Today", "4"]
    model.find([])
    assert len(model.entries) == 4


def test_a_hidden_chat_ends_behind_the_search(model: ChatListModel) -> None:
    row = Row("1", Section.LIVE)
    model.add(row)
    model.find(["nothing"])
    row.section = Section.TODAY
    model.refresh(row)
    assert shown(model) == []
    model.find([])
    assert shown(model) == ["Today", "1"]


def test_a_new_day_puts_chats_below_another_heading(model: ChatListModel) -> None:
    row = Row("1")
    model.add(row)
    resets = QSignalSpy(model.modelReset)
    model.rearrange()
    assert resets.count() == 0
    row.section = Section.YESTERDAY
    model.rearrange()
    assert shown(model) == ["Yesterday", "1"]


def test_it_knows_whether_rows_must_tell_their_environment(model: ChatListModel) -> None:
    rows = [Row("1"), Row("2", environment="Production")]
    model.add(rows[0])
    assert not bool(model.several_environments)
    model.add(rows[1])
    assert bool(model.several_environments)
    model.remove(rows[1])
    assert not bool(model.several_environments)


def test_headings_cannot_be_chosen_and_rows_are_read_out(model: ChatListModel) -> None:
    model.add(Row("CUST-1", line="Hello"))
    heading, row = model.index(0), model.index(1)
    assert not heading.flags() & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    assert row.flags() & Qt.ItemFlag.ItemIsSelectable
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert (heading.data(spoken), row.data(spoken)) == ("Today", "CUST-1, Hello")
    assert heading.data(ENTRY_ROLE) is None


def test_older_chats_are_asked_for_once_at_the_end_of_the_list(model: ChatListModel) -> None:
    wanted = QSignalSpy(model.more_wanted)
    root = QModelIndex()
    assert not model.canFetchMore(root)
    model.has_more = True
    model.find(["words"])
    assert not model.canFetchMore(root), "what is sought is sought among all chats"
    model.find([])
    model.fetchMore(root)
    model.fetchMore(root)
    assert wanted.count() == 1


_SECTIONS = st.sampled_from(list(Section))
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), _SECTIONS, st.integers(0, 3)),
        st.tuples(st.just("change"), _SECTIONS, st.integers(0, 30)),
        st.tuples(st.just("remove"), _SECTIONS, st.integers(0, 30)),
        st.tuples(st.just("find"), _SECTIONS, st.integers(0, 2)),
    ),
    max_size=25,
)


@given(_STEPS)
def test_however_it_came_about_the_order_is_the_same(steps: list[tuple[str, Section, int]]) -> None:
    model = ChatListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    rows: list[Row] = []
    word = ""
    for number, (step, section, value) in enumerate(steps):
        if step == "add":
            rows.append(Row(f"{number}-{value}", section, NOON + timedelta(minutes=value)))
            model.add(rows[-1])
        elif step == "find":
            word = f"-{value}" if value else ""
            model.find([word] if word else [])
        elif rows and step == "remove":
            model.remove(rows.pop(value % len(rows)))
        elif rows:
            row = rows[value % len(rows)]
            row.section, row.at = section, NOON + timedelta(minutes=value)
            model.refresh(row)
        assert shown(model) == expected([row for row in rows if word in row.title])
        placed: list[ChatEntry] = model.entries
        assert all(model.index_of(entry).data(ENTRY_ROLE) is entry for entry in placed)
    del tester


def test_a_tool_tip_says_what_found_no_room_and_is_never_html(model: ChatListModel) -> None:
    model.add(Row("<b>CUST-1</b>", line="Bye & thanks", environment="Production"))
    tip = model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p>&lt;b&gt;CUST-1&lt;/b&gt;<br>Production<br>Bye &amp; thanks</p>"
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) is None
