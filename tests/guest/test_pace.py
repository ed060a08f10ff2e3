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


def test_typing_and_health_checks_leave_the_last_requests_to_what_matters() -> None:
    limits = Limits(requests_per_minute=10, requests_reserved=4)
    pace = Pace(limits)
    for second in range(5):
        pace.request_sent(second)
    assert pace.typing_at(5.0) == pace.echo_at(5.0) == 5.0
    pace.request_sent(5.0)
    assert pace.typing_at(6.0) == pace.echo_at(6.0) == pytest.approx(63.0)
    assert pace.request_at(6.0) == pace.message_at(6.0) == 6.0


def test_typing_never_makes_a_message_wait() -> None:
    pace = Pace(Limits(messages_per_second=1, message_burst=2))
    assert pace.typing_at(0.0) == 0.0
    pace.message_sent(0.0)
    assert pace.typing_at(0.0) == pytest.approx(1.05)
    assert pace.message_at(0.0) == 0.0


def test_a_reserve_as_large_as_the_minute_still_lets_one_through() -> None:
    pace = Pace(Limits(requests_per_minute=3, requests_reserved=50, message_burst=1))
    assert pace.typing_at(7.0) == pace.echo_at(7.0) == 7.0
    pace.request_sent(7.0)
    assert pace.typing_at(8.0) == pytest.approx(70.0)


def test_health_checks_keep_their_cooldown_and_their_number_a_minute() -> None:
    pace, now, times = Pace(Limits()), 0.0, []
    for _ in range(6):
        now = pace.echo_at(now)
        pace.echo_sent(now)
        times.append(now)
    assert min(after - before for before, after in pairwise(times)) > 30
    assert most_within(times, 60) == 2
    pace.renew_connection()
    assert pace.echo_at(now) == pytest.approx(now + 31.5), "the cooldown outlives the connection"


def test_configures_and_history_count_for_the_session_and_not_for_the_connection() -> None:
    pace = Pace(Limits(configures_per_minute=2, history_per_minute=3))
    for second in (0.0, 1.0):
        assert pace.configure_at(second) == second
        pace.configure_sent(second)
        pace.renew_connection()
    assert pace.configure_at(2.0) == pytest.approx(63.0)
    assert pace.configure_at(64.0) == 64.0
    for second in (0.0, 1.0, 2.0):
        assert pace.history_at(second) == second
        pace.history_read(second)
    pace.renew_connection()
    assert pace.history_at(3.0) == pytest.approx(63.0)
    assert pace.request_at(3.0) == 3.0, "the history comes over HTTP"


def test_a_hold_stops_typing_checks_and_history_but_not_the_configuring_of_a_new_connection() -> None:
    pace = Pace(Limits())
    pace.hold(0.0, 100)
    pace.renew_connection()
    assert pace.typing_at(1.0) == pace.echo_at(1.0) == pace.history_at(1.0) == pytest.approx(105.0)
    assert pace.configure_at(1.0) == 1.0


@given(
    st.lists(st.floats(0, 20), max_size=70),
    st.integers(1, 30),
    st.floats(0.5, 5),
    st.integers(1, 5),
    st.integers(0, 20),
)
def test_a_plan_is_what_comes_to_pass(
    pauses: list[float], per_minute: int, per_second: float, burst: int, count: int
) -> None:
    limits = Limits(requests_per_minute=per_minute, messages_per_second=per_second, message_burst=burst)
    pace, now = Pace(limits), 0.0
    for pause in pauses:
        now = pace.message_at(now + pause)
        pace.message_sent(now)
    planned = list(pace.messages_at(now, count))
    assert planned == sent_as_soon_as_allowed(pace, count, now)


@given(st.lists(st.floats(0, 2), max_size=40), st.floats(0.5, 50), st.integers(1, 6))
def test_a_full_burst_means_waiting(pauses: list[float], per_second: float, burst: int) -> None:
    limits = Limits(requests_per_minute=1000, messages_per_second=per_second, message_burst=burst)
    pace, now = Pace(limits), 0.0
    for pause in pauses:
        now = pace.message_at(now + pause)
        assert pace.burst_used(now) <= burst - 1
        pace.message_sent(now)
        assert 1 <= pace.burst_used(now) <= burst
        waits = pace.message_at(now) - now
        assert (waits > 1e-5 * pace.gap) <= (pace.burst_used(now) == burst)


def test_the_limits_stay_within_the_services() -> None:
    limits = Limits()
    assert limits.messages_per_second + limits.message_burst <= 5
    assert limits.requests_per_minute == 60
    assert limits.message_bytes == 4096
    assert limits.attribute_bytes == 2048
    assert limits.echo_cooldown >= 30
    assert limits.typing_cooldown >= 5
    assert limits.reconnect_budget == 300
