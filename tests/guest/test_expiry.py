"""The end of a session is known, put off by every message, announced once, and asked about; no clock misleads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.events import ClockOff, ExpiryChanged, ExpiryNear, SessionConfigured
from gcdesk.guest.expiry import epoch_seconds
from gcdesk.guest.limits import Limits

from .service import Service, State

HOUR = 3600.0


def configured(
    duration: object = HOUR,
    left: float | None = None,
    *,
    ahead: float | None = 0.0,
    new: bool = True,
    **options: Any,
) -> Service:
    """A configured session; the service told its time, unless `ahead` is None, and this clock is ahead by so much."""
    service = Service(**options)
    service.dial()
    service.deployment()
    if ahead is not None:
        service.do(service.session.service_time.told, service.now.utc - timedelta(seconds=ahead))
    told: dict[str, object] = {} if duration is None else {"durationSeconds": duration}
    if left is not None:
        told["expirationDate"] = service_date(service, left, ahead or 0.0)
    service.accept(newSession=new, **told)
    return service


def service_date(service: Service, left: float, ahead: float = 0.0) -> float:
    """Epoch seconds by the service's clock."""
    return service.now.utc.timestamp() - ahead + left


def left(service: Service) -> float | None:
    seconds = service.session.expiry.seconds_left(service.now)
    return None if seconds is None else float(seconds)


def checks(service: Service) -> int:
    return service.kinds.count("echo")


def answer_check(service: Service, **metadata: object) -> None:
    """Answer the last health check; the service writes its figures as texts."""
    frame = next(frame for frame in reversed(service.frames) if frame.kind == "echo")
    body = service.body("Inbound", text="ping", metadata={key: str(value) for key, value in metadata.items()})
    service.hear({**body, "type": "response", "tracingId": frame.tracing_id})


def hear_reply(service: Service) -> None:
    service.hear(service.body(text="An agent writes"))


def test_a_new_session_has_its_whole_life_before_it() -> None:
    service = configured(HOUR, HOUR)
    (changed,) = service.all(ExpiryChanged)
    assert changed.seconds == pytest.approx(HOUR)
    assert changed.expires == service.now.utc + timedelta(hours=1)
    assert service.all(ExpiryNear) == []


def test_a_resumed_session_has_what_the_service_says_is_left() -> None:
    assert left(configured(HOUR, 1200, new=False)) == pytest.approx(1200)


def test_a_service_that_tells_nothing_of_an_end_has_none() -> None:
    service = configured(None)
    hear_reply(service)
    service.wait(100 * HOUR)
    assert service.all(ExpiryChanged) == []
    assert left(service) is None
    assert checks(service) == 0


def test_the_deployment_tells_the_duration_where_the_session_does_not() -> None:
    service = Service()
    service.dial()
    service.deployment(sessionDurationSeconds=900)
    service.accept()
    assert left(service) == 900


def test_milliseconds_are_known_by_their_size() -> None:
    service = configured(None)
    until = service.now.utc + timedelta(seconds=600)
    service.accept(newSession=False, expirationDate=until.timestamp() * 1000)
    assert left(service) == pytest.approx(600)
    assert service.last(SessionConfigured).expires == until


@pytest.mark.parametrize("date", [-5, 0, 1, 1e300, "nonsense", "nan", None, [], {}, True, 10**400])
@pytest.mark.parametrize("duration", [-1, 0, 1e300, "x", None, []])
def test_nonsense_is_ignored(duration: object, date: object) -> None:
    service = Service()
    service.dial()
    service.deployment()
    service.accept(durationSeconds=duration, expirationDate=date)
    assert service.state() is State.CONFIGURED
    assert left(service) is None
    service.wait(10 * HOUR)
    assert service.all(ExpiryChanged) == []
    assert service.all(ExpiryNear) == []


@given(st.floats() | st.none())
def test_any_number_is_a_date_or_none(value: float | None) -> None:
    seconds = epoch_seconds(value)
    assert seconds is None or 0 < seconds < 1e12


@pytest.mark.parametrize("ahead", [-7 * 86400, -3600, 3600, 40 * 365 * 86400])
@pytest.mark.parametrize("new", [True, False])
def test_a_wrong_clock_does_not_matter_where_the_service_told_its_time(ahead: float, new: bool) -> None:
    service = configured(HOUR, HOUR if new else 900, ahead=ahead, new=new)
    assert left(service) == pytest.approx(HOUR if new else 900)
    service.wait((HOUR if new else 900) - 300 + 1)
    assert service.last(ExpiryNear).seconds == pytest.approx(300)
    answer_check(service, expirationDate=service_date(service, 100, ahead))
    assert left(service) == pytest.approx(100)


def test_a_new_session_tells_the_services_time_where_nothing_else_does() -> None:
    service = configured(HOUR, ahead=None)
    service.accept(
        newSession=True, durationSeconds=HOUR, expirationDate=service_date(service, HOUR, 5 * HOUR)
    )
    service.do(service.session.echo)
    answer_check(service, durationSeconds=HOUR, expirationDate=service_date(service, 1000, 5 * HOUR))
    assert left(service) == pytest.approx(1000)


def test_without_any_time_of_the_service_a_date_that_cannot_be_gives_way_to_the_duration() -> None:
    service = configured(HOUR, ahead=None, new=False)
    assert left(service) is None, "no date, and nobody knows when the last message was"
    service.accept(
        newSession=False, durationSeconds=HOUR, expirationDate=service_date(service, 900, 9 * HOUR)
    )
    assert left(service) == HOUR
    service.do(service.session.service_time.told, service.now.utc - timedelta(hours=9))
    assert left(service) == pytest.approx(900), "the service's time, when it comes, puts it right"


def test_a_clock_that_is_put_right_in_between_changes_nothing() -> None:
    service = configured(HOUR, HOUR)
    service.seconds += 1000
    moved = service.now._replace(utc=service.now.utc + timedelta(days=3))
    service.session.tick(moved)
    assert service.session.expiry.seconds_left(moved) == pytest.approx(HOUR - 1000)


def test_every_message_in_either_direction_puts_the_end_off() -> None:
    service = configured(HOUR)
    service.wait(1000)
    hear_reply(service)
    assert left(service) == HOUR
    service.wait(1000)
    service.say("Hello")
    assert left(service) == HOUR - 1000, "only what the service has counts"
    service.echo()
    assert left(service) == HOUR


def test_events_and_health_checks_do_not_put_it_off() -> None:
    service = configured(HOUR)
    service.wait(1000)
    service.hear_sample("server.event.typing_on")
    service.do(service.session.echo)
    answer_check(service)
    assert left(service) == HOUR - 1000


def test_many_messages_are_not_many_events() -> None:
    service = configured(HOUR)
    for _ in range(100):
        service.wait(0.4)
        hear_reply(service)
    assert len(service.all(ExpiryChanged)) <= 40 / 5 + 1
    service.wait(6)
    assert service.last(ExpiryChanged).expires == service.now.utc + timedelta(seconds=left(service) or 0)


def test_a_second_more_or_less_is_no_news() -> None:
    service = configured(HOUR, HOUR)
    service.wait(60)
    service.do(service.session.echo)
    answer_check(service, durationSeconds=3600, expirationDate=int(service_date(service, HOUR - 60)) + 1)
    service.wait(60)
    assert len(service.all(ExpiryChanged)) == 1


def test_the_end_is_asked_about_announced_and_asked_about_again() -> None:
    service = configured(HOUR)
    service.wait(HOUR - 311)
    assert (checks(service), service.all(ExpiryNear)) == (0, [])
    service.wait(1.5)
    assert (checks(service), service.all(ExpiryNear)) == (1, [])
    answer_check(service, durationSeconds=3600, expirationDate=service_date(service, left(service) or 0))
    service.wait(10)
    (near,) = service.all(ExpiryNear)
    assert near.seconds == 300
    assert near.expires == near.at + timedelta(seconds=300)
    service.wait(301)
    assert checks(service) == 1
    service.wait(2)
    assert checks(service) == 2
    service.hear({"type": "response", "class": "SessionExpiredEvent", "code": 200, "body": {}})
    assert service.state() is State.ERROR
    assert service.errors == ["SessionExpired!"]
    assert service.ended.error is not None
    assert service.ended.error.code == 4006
    assert service.session.next_wake is None


def test_a_service_that_says_nothing_after_the_end_is_not_asked_for_ever() -> None:
    service = configured(HOUR)
    service.wait(50 * HOUR)
    assert checks(service) == 2
    assert len(service.all(ExpiryNear)) == 1
    assert service.session.next_wake is None
    assert service.state() is State.CONFIGURED


def test_a_message_after_the_notice_takes_it_back_and_asks_the_service() -> None:
    service = configured(HOUR)
    service.wait(HOUR - 100)
    assert checks(service) == 1
    hear_reply(service)
    assert checks(service) == 2
    assert left(service) == HOUR
    assert service.last(ExpiryChanged).seconds == HOUR
    service.wait(HOUR - 200)
    assert len(service.all(ExpiryNear)) == 2


def test_a_check_too_soon_after_another_goes_at_the_end_of_its_cooldown() -> None:
    service = configured(HOUR)
    service.wait(HOUR - 311)
    service.do(service.session.echo)
    service.wait(30)
    assert checks(service) == 1
    service.wait(2)
    assert checks(service) == 2


def test_the_notice_is_a_limit() -> None:
    service = configured(HOUR, limits=Limits(expiry_notice=60))
    service.wait(HOUR - 61)
    assert service.all(ExpiryNear) == []
    service.wait(2)
    assert service.last(ExpiryNear).seconds == 60


def test_a_short_session_is_not_announced_as_soon_as_it_begins() -> None:
    service = configured(120)
    service.wait(59)
    assert service.all(ExpiryNear) == []
    service.wait(2)
    assert service.last(ExpiryNear).seconds == 60


def test_a_session_that_is_resumed_shortly_before_its_end_is_announced_at_once() -> None:
    service = configured(HOUR, 100, new=False)
    service.wait(0)
    assert service.last(ExpiryNear).seconds == pytest.approx(100)
    assert checks(service) == 0


def test_a_computer_that_slept_past_the_end_asks_at_once_and_announces_nothing() -> None:
    service = configured(HOUR)
    service.seconds += 8 * HOUR
    service.do(service.session.tick)
    assert service.all(ExpiryNear) == []
    assert checks(service) == 1


def test_a_conversation_that_can_only_be_read_is_not_announced_to_expire() -> None:
    service = configured(HOUR)
    service.hear_sample("server.event.presence_disconnect_read_only")
    assert service.state() is State.READ_ONLY
    service.wait(2 * HOUR)
    assert service.all(ExpiryNear) == []
    assert checks(service) == 0


def test_a_break_keeps_the_end_and_the_answer_after_it_counts() -> None:
    service = configured(HOUR)
    service.wait(HOUR - 302)
    service.lose()
    service.wait(3)
    assert service.last(ExpiryNear).seconds == 300
    service.reopen()
    service.accept(newSession=False, durationSeconds=HOUR, expirationDate=service_date(service, 200))
    assert left(service) == pytest.approx(200)


def test_after_the_end_nothing_is_announced() -> None:
    service = configured(HOUR)
    service.do(service.session.leave)
    assert left(service) is None
    service.wait(2 * HOUR)
    assert service.all(ExpiryNear) == []


@pytest.mark.parametrize("ahead", [-121, 121, 90000, -90000])
def test_a_clock_that_is_off_is_told_once(ahead: float) -> None:
    service = Service()
    told = service.session.service_time.told
    for _ in range(3):
        service.do(told, service.now.utc - timedelta(seconds=ahead))
        service.wait(100)
    assert [event.seconds for event in service.all(ClockOff)] == [ahead]
    service.do(told, service.now.utc - timedelta(seconds=2 * ahead))
    assert [event.seconds for event in service.all(ClockOff)] == [ahead, 2 * ahead]


def test_a_clock_that_is_nearly_right_is_not_worth_a_word() -> None:
    service = Service()
    for ahead in (-119, 0, 119):
        service.do(service.session.service_time.told, service.now.utc - timedelta(seconds=ahead))
    assert service.all(ClockOff) == []


def test_the_services_time_goes_on_with_the_steady_clock() -> None:
    service = Service()
    times = service.session.service_time
    assert times.now(service.now) == service.now.utc
    began = service.now.utc - timedelta(hours=5)
    service.do(times.told, began)
    service.seconds += 50
    jumped = service.now._replace(utc=service.now.utc + timedelta(days=1))
    assert times.now(jumped) == began + timedelta(seconds=50)
