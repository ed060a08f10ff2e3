"""The tree of row heights against a plain list."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from gcdesk.ui.heights import Heights

heights = st.lists(st.integers(1, 900), min_size=1, max_size=80)


def filled(values: list[int]) -> Heights:
    tree = Heights()
    for value in values:
        tree.append(value)
    return tree


@given(heights)
def test_offsets_are_the_sums_of_what_is_above(values: list[int]) -> None:
    tree = filled(values)
    assert [tree.offset(row) for row in range(len(values) + 1)] == [0, *accumulate(values)]
    assert tree.total == sum(values)
    assert len(tree) == len(values)


@given(heights, st.data())
def test_changed_heights_move_what_is_below(values: list[int], data: st.DataObject) -> None:
    tree = filled(values)
    for _ in range(5):
        row = data.draw(st.integers(0, len(values) - 1))
        height = data.draw(st.integers(0, 900))
        assert tree.set(row, height) == height - values[row]
        values[row] = height
        tree.append(7)
        values.append(7)
    assert [tree.offset(row) for row in range(len(values) + 1)] == [0, *accumulate(values)]
    assert [tree[row] for row in range(len(values))] == values


@given(heights, st.integers(-100, 80_000))
def test_the_row_at_an_offset_is_the_one_that_covers_it(values: list[int], offset: int) -> None:
    ends = list(accumulate(values))
    expected = min(bisect_right(ends, max(0, offset)), len(values) - 1)
    assert filled(values).at(offset) == expected


def test_rows_without_height_are_never_found() -> None:
    tree = filled([10, 0, 0, 10])
    assert [tree.at(offset) for offset in (0, 9, 10, 19)] == [0, 0, 3, 3]


def test_an_empty_column_has_no_rows() -> None:
    tree = filled([3, 4])
    tree.clear()
    assert (tree.at(0), tree.total, len(tree), tree.offset(0)) == (-1, 0, 0, 0)
    tree.append(5)
    assert (tree.at(99), tree.total) == (0, 5)


@given(heights, st.data())
def test_rows_put_in_and_taken_out_anywhere(values: list[int], data: st.DataObject) -> None:
    tree = filled(values)
    for _ in range(8):
        row = data.draw(st.integers(0, len(values)))
        putting_in: bool = data.draw(st.booleans())
        if putting_in or not values:
            tree.insert(row, 11)
            values.insert(row, 11)
        else:
            row = min(row, len(values) - 1)
            assert tree.remove(row) == values.pop(row)
        changing: bool = data.draw(st.booleans())
        if values and changing:
            row = data.draw(st.integers(0, len(values) - 1))
            tree.set(row, 5)
            values[row] = 5
        if data.draw(st.booleans()):
            tree.append(3)
            values.append(3)
        if data.draw(st.booleans()):
            assert tree.offset(len(values)) == tree.total
    assert [tree.offset(row) for row in range(len(values) + 1)] == [0, *accumulate(values)]
    assert (tree.total, len(tree)) == (sum(values), len(values))
