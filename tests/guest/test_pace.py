"""The pace: never faster than the service allows, never slower than it must be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.limits import Limits
from gcdesk.guest.pace import Pace


def sent_as_soon_as_allowed(pace: Pace, count: int, now: float = 1000.0) -> list[float]:
    """When messages go out if each goes at its earliest time."""
    times = []
    for _ in range(count):
        now = pace.message_at(now)
        pace.message_sent(now)
        times.append(now)
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def test_a_few_messages_go_at_once_and_then_a_steady_rate() -> None:
    times = sent_as_soon_as_allowed(Pace(Limits()), 20)
    assert times[:3] == [1000.0] * 3
    gaps = [after - before for before, after in pairwise(times[2:])]
    assert all(gap == pytest.approx(0.525) for gap in gaps)


def test_the_reserve_comes_back_with_rest() -> None:
    pace = Pace(Limits())
    sent_as_soon_as_allowed(pace, 10)
    assert sent_as_soon_as_allowed(pace, 3, now=1100.0) == pytest.approx([1100.0] * 3)


@given(st.lists(st.floats(0, 90), min_size=1, max_size=150), st.integers(1, 60), st.floats(0.5, 5))
def test_no_window_holds_more_than_the_service_allows(
    pauses: list[float], per_minute: int, per_second: float
) -> None:
    limits = Limits(requests_per_minute=per_minute, messages_per_second=per_second)
    pace, now, times = Pace(limits), 0.0, []
    for pause in pauses:
        now = pace.message_at(now + pause)
        pace.message_sent(now)
        times.append(now)
    assert most_within(times, 60) <= per_minute
    assert most_within(times, 1) <= limits.message_burst + per_second


def test_the_minute_stays_bounded_when_only_the_distant_past_is_asked_about() -> None:
    # A wait is planned without a present, as the time for the next wake is.
    pace, now, times = Pace(Limits(requests_per_minute=10)), 0.0, []
    for _ in range(60):
        now = max(now, pace.message_at(float("-inf")))
        pace.message_sent(now)
        times.append(now)
    assert most_within(times, 60) == 10


def test_other_requests_count_but_do_not_use_the_reserve() -> None:
    pace = Pace(Limits(requests_per_minute=5))
    for _ in range(4):
        pace.request_sent(0.0)
    assert pace.message_at(0.0) == 0.0
    pace.request_sent(0.0)
    assert pace.message_at(0.0) == pytest.approx(63.0)
    assert pace.request_at(0.0) == pytest.approx(63.0)


def test_a_new_connection_has_a_fresh_minute() -> None:
    pace = Pace(Limits(requests_per_minute=2))
    pace.request_sent(0.0)
    pace.request_sent(0.0)
    pace.renew_connection()
    assert pace.request_at(1.0) == 1.0


def test_a_hold_stops_everything_and_is_never_shortened() -> None:
    pace = Pace(Limits())
    pace.hold(10.0, 4.0)
    pace.hold(10.0, 1.0)
    assert pace.request_at(10.0) == pytest.approx(14.2)
    assert pace.message_at(10.0) == pytest.approx(14.2)
    pace.renew_connection()
    assert pace.request_at(10.0) == pytest.approx(14.2)
    assert pace.request_at(20.0) == 20.0


def test_the_limits_stay_within_the_services() -> None:
    limits = Limits()
    assert limits.messages_per_second + limits.message_burst <= 5
    assert limits.requests_per_minute == 60
    assert limits.message_bytes == 4096
    assert limits.attribute_bytes == 2048
    assert limits.echo_cooldown >= 30
    assert limits.typing_cooldown >= 5
    assert limits.reconnect_budget == 300
