"""Limits are figures that can be kept; everything else is refused with a sentence."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.errors import LimitInputError
from gcdesk.guest.limits import LARGEST, LIMIT_NAMES, Limits, check_limit


def test_the_defaults_are_the_services() -> None:
    limits = Limits()
    assert limits.requests_per_minute == 60
    assert limits.configures_per_minute == 60
    assert limits.echoes_per_minute == 2
    assert limits.history_per_minute == 10
    assert limits.connections_per_token == 3
    assert limits.connections_per_minute == 1000
    assert limits.expiry_notice == 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("message_burst", 0),
        ("message_burst", 1.0),
        ("requests_per_minute", True),
        ("requests_per_minute", LARGEST + 1),
        ("requests_per_minute", 10**400),
        ("requests_reserved", -1),
        ("echo_cooldown", -0.1),
        ("messages_per_second", 0),
        ("messages_per_second", 1e-320),
        ("messages_per_second", float("nan")),
        ("open_timeout", float("inf")),
        ("ping_timeout", "3"),
        ("close_timeout", None),
    ],
)
def test_what_cannot_be_a_limit_is_refused(name: str, value: object) -> None:
    with pytest.raises(LimitInputError, match=f"The limit {name} has to be a") as caught:
        Limits(**{name: value})  # type: ignore[arg-type] # the point of the test
    assert "number from" in caught.value.title
    with pytest.raises(LimitInputError):
        check_limit(name, value)


@pytest.mark.parametrize("name", ["requests_reserved", "echo_cooldown", "typing_cooldown", "reconnect_pause"])
def test_no_pause_and_no_reserve_are_allowed(name: str) -> None:
    assert asdict(Limits(**{name: 0}))[name] == 0


@given(st.sampled_from(LIMIT_NAMES), st.integers(1, LARGEST))
def test_any_whole_number_in_the_range_is_a_limit(name: str, value: int) -> None:
    check_limit(name, value)
    assert asdict(Limits(**{name: value}))[name] == value


@given(
    st.sampled_from(LIMIT_NAMES),
    st.none() | st.text() | st.booleans() | st.lists(st.integers()) | st.binary(),
)
def test_nothing_but_a_number_is_a_limit(name: str, value: object) -> None:
    with pytest.raises(LimitInputError):
        check_limit(name, value)
