"""The table of states: what it allows, and that nothing else happens."""

from __future__ import annotations

from itertools import product

import pytest

from gcdesk.guest.states import ENDED, LIVE, STEPS, State, step

ALL = list(product(State, State))


@pytest.mark.parametrize(("before", "after"), [pair for pair in ALL if pair[1] in STEPS[pair[0]]])
def test_steps_of_the_table_are_taken(before: State, after: State) -> None:
    assert step(before, after) is after


@pytest.mark.parametrize(("before", "after"), [pair for pair in ALL if pair[1] not in STEPS[pair[0]]])
def test_all_other_steps_raise(before: State, after: State) -> None:
    table = {state: frozenset(steps) for state, steps in STEPS.items()}
    with pytest.raises(AssertionError, match=f"no step from {before.value} to {after.value}"):
        step(before, after)
    assert table == STEPS


def test_the_table_is_that_of_the_guest_api() -> None:
    allowed = {(before.value, after.value) for before in State for after in STEPS[before]}
    live = {"connecting", "connected", "configured", "read-only", "reconnecting"}
    expected = {("idle", "connecting"), ("idle", "closed"), ("idle", "error"), ("connecting", "connected")}
    expected |= {("connected", "configured"), ("connected", "read-only")}
    expected |= {("configured", "read-only"), ("read-only", "configured")}
    expected |= {("reconnecting", "configured"), ("reconnecting", "read-only")}
    expected |= {(state, "reconnecting") for state in live - {"reconnecting"}}
    expected |= {(state, end) for state in live for end in ("closing", "closed", "error")}
    expected |= {("closing", "closed"), ("closing", "error")}
    assert allowed == expected


def test_nothing_leads_out_of_an_end_and_an_end_can_be_reached_from_everywhere() -> None:
    assert frozenset({State.CLOSED, State.ERROR}) == ENDED
    assert not ENDED & LIVE
    for state in State:
        if state in ENDED:
            assert not STEPS[state]
        else:
            assert STEPS[state] >= ENDED


def test_the_words_are_those_of_reports() -> None:
    words = "idle connecting connected configured read-only reconnecting closing closed error"
    assert [state.value for state in State] == words.split()
