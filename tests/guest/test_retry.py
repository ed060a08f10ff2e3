"""Trying again: pauses, the budget, and when it is given back."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.limits import Limits
from gcdesk.guest.retry import Retry


def test_the_pause_is_about_five_seconds() -> None:
    for jitter, pause in ((0.0, 4.0), (0.5, 5.0), (1.0, 6.0)):
        assert Retry(Limits(), partial(float, jitter)).plan(0.0) == pytest.approx(pause)


def test_the_service_may_ask_for_longer_but_not_for_shorter() -> None:
    retry = Retry(Limits(), lambda: 0.5)
    assert retry.plan(0.0, 40.0) == 40.0
    assert retry.plan(0.0, 1.0) == 5.0


@given(st.floats(0, 1), st.floats(0, 20))
def test_the_budget_is_never_exceeded_and_always_ends(jitter: float, open_for: float) -> None:
    limits = Limits()
    retry, now, tries = Retry(limits, lambda: jitter), 0.0, 0
    while (pause := retry.plan(now)) is not None:
        tries += 1
        now += pause
        assert now <= limits.reconnect_budget + 1e-6
        assert retry.attempt == tries
        now += open_for
    assert now + 0.8 * limits.reconnect_pause + 1.2 * limits.reconnect_pause >= limits.reconnect_budget
    assert 10 <= tries <= 75


def test_a_wait_beyond_the_budget_is_not_tried() -> None:
    retry = Retry(Limits(), lambda: 0.5)
    assert retry.plan(0.0, 301.0) is None
    assert retry.attempt == 0


def test_a_working_connection_gives_the_whole_budget_back() -> None:
    retry = Retry(Limits(), lambda: 0.5)
    retry.plan(0.0)
    assert retry.plan(299.0) is None
    retry.stable()
    assert retry.attempt == 0
    assert retry.plan(299.0) == 5.0
    assert retry.attempt == 1
