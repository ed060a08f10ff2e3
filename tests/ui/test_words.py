"""The one table that turns states into words, and the small formats beside it."""

from __future__ import annotations

import pytest

from gcdesk.guest.states import ENDED, LIVE, State
from gcdesk.ui.sheet import style_sheet
from gcdesk.ui.step import COPY_DETAILS, EDIT_ATTRIBUTES, EDIT_ENVIRONMENT, RETRY, StepStatus
from gcdesk.ui.tokens import LIGHT
from gcdesk.ui.words import (
    action_words,
    attribute_summary,
    countdown,
    grouped,
    listed,
    sentence,
    state_look,
    status_words,
)


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words_and_a_look_the_style_sheet_knows(state: State) -> None:
    look = state_look(state)
    assert look.words
    assert f'QLabel[role="{look.pill}"]' in style_sheet(LIGHT)


@pytest.mark.parametrize("state", list(State))
def test_what_is_enabled_follows_from_the_state(state: State) -> None:
    look = state_look(state)
    assert look.can_end is (state in LIVE)
    assert look.can_write is (state in (State.CONFIGURED, State.RECONNECTING))
    assert look.under_way is (state in (State.CONNECTING, State.CONNECTED))
    assert bool(look.why_not) is not look.can_write
    assert not (state in ENDED and look.can_write)


def test_every_status_and_action_has_words() -> None:
    assert len({status_words(status) for status in StepStatus}) == len(StepStatus)
    actions = (RETRY, EDIT_ENVIRONMENT, EDIT_ATTRIBUTES, COPY_DETAILS)
    assert len({action_words(action) for action in actions}) == len(actions)


def test_numbers_and_counts() -> None:
    assert grouped(999) == "999"
    assert grouped(2048) == "2\N{NO-BREAK SPACE}048"
    assert attribute_summary(5, 213, 2048) == "5 keys · 213 B of 2\N{NO-BREAK SPACE}048"
    assert attribute_summary(1, 20, 2048) == "1 key · 20 B of 2\N{NO-BREAK SPACE}048"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (12.0, "Start in 12 s"),
        (11.2, "Start in 12 s"),
        (0.1, "Start in 1 s"),
        (-1.0, "Start in 1 s"),
        (130.0, "Start in 2:10"),
    ],
)
def test_the_countdown_never_promises_too_early_a_start(seconds: float, words: str) -> None:
    assert countdown(seconds) == words


def test_joining_leaves_empty_parts_out() -> None:
    assert sentence("It is empty.", "") == "It is empty."
    assert listed(("done", "", "61 ms")) == "done, 61 ms"
