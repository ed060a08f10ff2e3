"""Where moments stand on a line when long pauses are drawn short."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.ui.time_scale import TimeScale

MOMENTS = st.lists(st.integers(0, 10_000_000).map(lambda number: number / 100), max_size=60)


def test_short_pauses_are_drawn_in_proportion() -> None:
    scale = TimeScale((0, 10, 20), 200, longest=30)
    assert [scale.place(at) for at in (0, 5, 10, 20)] == [0, 50, 100, 200]
    assert scale.pauses == []


def test_a_long_pause_is_shortened_and_told_of() -> None:
    scale = TimeScale((0, 10, 3_610, 3_620), 100, longest=30)
    assert [scale.place(at) for at in (0, 10, 3_610, 3_620)] == [0, 20, 80, 100]
    assert scale.pauses == [(20, 80, 3_600)]
    assert scale.place(1_810) == 50


def test_without_any_time_everything_stands_at_the_beginning() -> None:
    assert TimeScale((), 100).place(5) == 0
    assert TimeScale((7, 7), 100).place(7) == 0


@given(MOMENTS, st.floats(1, 2_000))
def test_the_order_is_kept_and_the_line_is_used_whole(moments: list[float], width: float) -> None:
    scale = TimeScale(moments, width)
    places = [scale.place(moment) for moment in sorted(moments)]
    assert all(one <= other for one, other in pairwise(places))
    assert all(0 <= place <= width * 1.000001 for place in places)
    if len(set(moments)) > 1:
        assert places[0] == 0
        assert places[-1] == pytest.approx(width)
