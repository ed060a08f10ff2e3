"""Connections that break: what is tried again, for how long, and what is not lost meanwhile."""

from __future__ import annotations

import pytest

from gcdesk.errors import (
    AccessRefusedError,
    ConnectionLostError,
    ConnectionRateError,
    FrameTooLargeError,
    GcdeskError,
    ServiceDownError,
    UnreachableError,
)
from gcdesk.guest.events import (
    AttributeStatus,
    Ended,
    MessageAdded,
    ReconnectPlanned,
    SessionConfigured,
    SessionRenewed,
)
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery
from gcdesk.guest.session import NORMAL_CLOSURE

from .service import SET, JoinPolicy, Service, State


def test_a_broken_connection_is_dialled_again_after_a_pause() -> None:
    service = Service()
    service.configured()
    service.lose()
    assert service.state() is State.RECONNECTING
    planned = service.last(ReconnectPlanned)
    assert (planned.attempt, planned.seconds) == (1, 5.0)
    assert not service.wants_dial()
    assert service.session.next_wake == pytest.approx(service.seconds + 5)
    service.wait(5)
    assert service.wants_dial()
    assert service.session.next_wake is None
    service.opened()
    assert service.kinds == ["configureSession", "configureSession"]
    assert service.wire(0)["token"] == service.wire(1)["token"]
    service.accept(newSession=False)
    assert service.states[-2:] == [State.RECONNECTING, State.CONFIGURED]
    assert service.errors == []


def test_what_was_not_echoed_goes_again_under_its_old_tracing_id() -> None:
    service = Service()
    service.configured()
    sent, lost, waiting = service.say("sent"), service.say("lost"), ""
    service.echo(service.frames[-2])
    service.lose()
    assert service.fate(sent) is Delivery.SENT
    assert service.fate(lost) is Delivery.QUEUED
    waiting = service.say("said meanwhile")
    old = service.frames[-1]
    service.back()
    assert [service.wire(index)["message"]["text"] for index in (-2, -1)] == ["lost", "said meanwhile"]
    assert service.frames[-2].tracing_id == old.tracing_id
    assert service.attributes(-2) is None
    service.echo(service.frames[-2])
    service.echo(service.frames[-1])
    assert [service.fate(key) for key in (sent, lost, waiting)] == [Delivery.SENT] * 3
    assert len(service.all(MessageAdded)) == 3


def test_attributes_that_were_not_echoed_go_again() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    service.lose()
    assert service.status() is AttributeStatus.PENDING
    service.back()
    assert service.attributes() == SET
    service.echo()
    assert service.status() is AttributeStatus.ECHOED


def test_attributes_that_were_echoed_do_not() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    service.echo()
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    service.say("Again")
    assert service.attributes() is None
    assert service.status() is AttributeStatus.ECHOED


def test_a_join_without_its_echo_goes_again() -> None:
    service = Service()
    service.configured(autostart=True)
    service.lose()
    service.back()
    assert service.kinds[-1] == "Join"
    assert service.attributes() == SET


def test_a_join_with_its_echo_does_not() -> None:
    service = Service()
    service.configured(autostart=True)
    service.echo()
    service.lose()
    service.back()
    assert service.kinds.count("Join") == 1


@pytest.mark.parametrize("known_before_the_answer", [True, False])
def test_a_break_before_the_deployment_is_read_does_not_lose_the_join(known_before_the_answer: bool) -> None:
    service = Service()
    service.dial()
    service.accept()
    service.lose()
    service.reopen()
    if known_before_the_answer:
        service.deployment(autoStart={"enabled": True})
    service.accept(newSession=False)
    if not known_before_the_answer:
        service.deployment(autoStart={"enabled": True})
    assert sorted(service.kinds) == ["Join", "configureSession", "configureSession", "getJwt"]
    assert service.attributes(service.kinds.index("Join")) == SET


@pytest.mark.parametrize("join", [JoinPolicy.ALWAYS, JoinPolicy.NEVER])
def test_a_new_session_after_a_break_is_told_and_starts_over(join: JoinPolicy) -> None:
    service = Service(join=join)
    service.configured()
    if join is JoinPolicy.ALWAYS:
        service.echo()
    service.say("Hello")
    service.echo()
    assert service.status() is AttributeStatus.ECHOED
    service.lose()
    service.reopen()
    service.accept(newSession=True)
    assert service.errors == []
    renewed = service.last(SessionRenewed)
    assert not renewed.asked_for
    assert "earlier chat is gone" in renewed.reason
    assert service.state() is State.CONFIGURED
    if join is JoinPolicy.ALWAYS:
        assert service.kinds[-1] == "Join"
        assert service.attributes() == SET
    service.say("Hello again")
    assert service.attributes() == SET


def test_a_service_that_breaks_every_connection_at_once_is_given_up() -> None:
    service = Service()
    service.configured()
    began = service.seconds
    service.lose()
    while not service.session.finished:
        service.reopen()
        service.accept(newSession=False)
        service.lose()
    assert 280 <= service.seconds - began <= 300
    assert service.state() is State.ERROR
    assert service.errors == ["ConnectionLost!"]
    assert service.ended.error is not None
    assert "5 minutes" in service.ended.error.title
    assert [event.attempt for event in service.all(ReconnectPlanned)] == list(
        range(1, len(service.all(ReconnectPlanned)) + 1)
    )


def test_dials_that_fail_use_the_budget_up() -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.lose()
    while not service.session.finished:
        service.wait(10)
        service.session.wants_dial = False
        service.do(service.session.dial_failed, UnreachableError())
    assert service.ended.error is not None
    assert service.ended.error.detail == UnreachableError.title
    assert service.fate(key) is Delivery.FAILED
    assert service.session.next_wake is None
    assert not service.wants_dial()


def test_a_message_of_the_service_gives_the_budget_back() -> None:
    service = Service()
    service.configured()
    for _ in range(3):
        service.lose()
        service.wait(200)
        service.reopen()
        service.accept(newSession=False)
        service.hear(service.body(text="still here"))
    assert service.state() is State.CONFIGURED
    assert [event.attempt for event in service.all(ReconnectPlanned)] == [1, 1, 1]


def test_a_refused_dial_is_final_and_a_busy_service_is_waited_for() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.wait(5)
    busy: GcdeskError = ConnectionRateError(code=429, retry_after=60)
    service.do(service.session.dial_failed, busy)
    assert service.last(ReconnectPlanned).seconds == 60
    service.wait(60)
    service.do(service.session.dial_failed, ServiceDownError(code=503))
    assert service.state() is State.RECONNECTING
    service.wait(6)
    refused = AccessRefusedError(code=403)
    service.do(service.session.dial_failed, refused)
    assert service.ended.error is refused


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (400, "SessionRefused"),
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (4006, "SessionExpired"),
        (4007, "SessionNotFound"),
        (4017, "CannotDowngrade"),
        (4020, "MissingParameter"),
        (5000, "UnexpectedService"),
    ],
)
def test_a_session_refused_after_a_break_ends_the_chat(code: int, name: str) -> None:
    service = Service()
    service.configured()
    service.lose()
    service.reopen()
    service.refuse(code)
    assert service.errors == [f"{name}!"]
    assert service.ended.error is not None
    assert service.wants_close() == NORMAL_CLOSURE


@pytest.mark.parametrize("code", [408, 500, 502, 503, 599])
def test_a_service_that_fails_after_a_break_is_tried_again(code: int) -> None:
    service = Service()
    service.configured()
    service.lose()
    service.reopen()
    service.refuse(code)
    assert service.state() is State.RECONNECTING
    assert service.wants_close() == NORMAL_CLOSURE
    service.lose()
    assert len(service.all(ReconnectPlanned)) == 2
    service.reopen()
    assert service.wants_close() is None
    service.accept(newSession=False)
    assert service.state() is State.CONFIGURED


def test_too_many_requests_after_a_break_are_waited_for() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.reopen()
    service.hold(30)
    assert service.state() is State.RECONNECTING
    assert service.last(ReconnectPlanned).seconds == 30


def test_silence_after_a_break_is_tried_again() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.reopen()
    service.wait(20.5)
    assert service.state() is State.RECONNECTING
    assert service.wants_close() == NORMAL_CLOSURE
    assert service.last(ReconnectPlanned).error.name == "ConfigureTimeout"
    service.reopen()
    service.accept(newSession=False)
    assert service.state() is State.CONFIGURED


def test_a_second_break_while_configuring_is_one_more_try() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.reopen()
    service.lose()
    assert [event.attempt for event in service.all(ReconnectPlanned)] == [1, 2]
    service.lose()
    assert len(service.all(ReconnectPlanned)) == 2


def test_without_reconnecting_a_break_is_the_end() -> None:
    service = Service(reconnect=False)
    service.configured()
    error = ConnectionLostError()
    service.lose(error)
    assert service.ended.error is error
    assert service.state() is State.ERROR
    assert service.all(ReconnectPlanned) == []


def test_a_conversation_that_is_over_stays_so_after_a_break() -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.hear_sample("server.event.presence_disconnect_read_only")
    service.lose()
    service.back(readOnly=True)
    assert service.states[-3:] == [State.READ_ONLY, State.RECONNECTING, State.READ_ONLY]
    assert service.fate(key) is Delivery.FAILED
    assert len(service.all(SessionConfigured)) == 2


def test_leaving_while_reconnecting_ends_at_once_or_closes_what_is_open() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.do(service.session.leave)
    assert service.state() is State.CLOSED
    assert service.all(Ended)
    assert service.session.next_wake is None
    assert not service.wants_dial()

    service = Service()
    service.configured()
    service.lose()
    service.reopen()
    service.do(service.session.leave)
    assert service.state() is State.CLOSING
    assert service.wants_close() == NORMAL_CLOSURE
    service.lose()
    assert service.ended.error is None


def test_a_connection_that_opens_too_late_is_closed_again() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.wait(5)
    service.do(service.session.leave)
    assert service.wants_close() is None
    frames = len(service.frames)
    service.opened()
    assert service.wants_close() == NORMAL_CLOSURE
    assert len(service.frames) == frames


# Trying again


def test_whoever_does_not_want_to_wait_need_not() -> None:
    service = Service()
    service.configured()
    assert not service.do(service.session.retry_now)
    service.lose()
    assert service.do(service.session.retry_now)
    assert service.wants_dial()
    assert service.session.next_wake is None
    service.opened()
    assert not service.do(service.session.retry_now)
    service.accept(newSession=False)
    assert service.state() is State.CONFIGURED


def test_a_wait_the_service_asked_for_is_not_cut_short() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.wait(5)
    service.do(service.session.dial_failed, ConnectionRateError(code=429, retry_after=60))
    service.session.wants_dial = False
    service.wait(30)
    assert not service.do(service.session.retry_now)
    assert not service.wants_dial()
    service.wait(30)
    assert service.wants_dial()


def test_a_wait_beyond_the_budget_is_told_as_the_services_own() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.wait(5)
    error = ServiceDownError(code=503, retry_after=3600)
    service.do(service.session.dial_failed, error)
    assert service.ended.error is error


def test_a_dial_that_hangs_gives_way_to_another_but_not_a_fresh_one() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.wait(5)
    service.session.wants_dial = False
    assert not service.do(service.session.retry_now)
    service.wait(3)
    assert service.do(service.session.retry_now)
    assert service.wants_dial()


def test_a_suspicion_has_the_connection_checked_or_dials() -> None:
    service = Service()
    service.do(service.session.suspect)
    assert not service.wants_check()
    service.configured()
    service.do(service.session.suspect)
    assert service.wants_check()
    service.lose()
    service.do(service.session.suspect)
    assert service.wants_dial()


def test_sleep_does_not_use_the_budget_up() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.seconds += 3600
    service.do(service.session.tick)
    service.do(service.session.dial_failed, UnreachableError())
    assert service.state() is State.RECONNECTING


@pytest.mark.parametrize(
    ("budget", "words"), [(1, "1 second"), (20, "20 seconds"), (90, "90 seconds"), (300, "5 minutes")]
)
def test_the_time_that_was_tried_is_told_in_words(budget: float, words: str) -> None:
    service = Service(limits=Limits(reconnect_budget=budget, reconnect_pause=0.5))
    service.configured()
    service.lose()
    while not service.session.finished:
        service.wait(1)
        service.session.wants_dial = False
        service.do(service.session.dial_failed, UnreachableError())
    assert service.ended.error is not None
    assert service.ended.error.title.endswith(f"within {words}.")


def test_too_many_requests_without_a_time_are_tried_again_after_a_break() -> None:
    service = Service()
    service.configured()
    service.lose()
    service.reopen()
    service.refuse(429, "slow down")
    assert service.state() is State.RECONNECTING


def test_frames_that_are_too_large_are_named_and_end_the_chat_when_they_keep_coming() -> None:
    service = Service()
    service.configured()
    for count in (1, 2):
        service.lose(FrameTooLargeError(code=1009))
        assert service.errors == ["FrameTooLarge"] * count
        service.back()
        service.hear(service.body(text="in between"))
    service.lose(FrameTooLargeError(code=1009))
    assert service.errors == ["FrameTooLarge", "FrameTooLarge", "FrameTooLarge!"]
    assert type(service.ended.error) is FrameTooLargeError


def test_frames_that_are_too_large_now_and_then_do_not_end_the_chat() -> None:
    service = Service()
    service.configured()
    for _ in range(6):
        service.lose(FrameTooLargeError(code=1009))
        service.back()
        service.hear(service.body(text="in between"))
        service.wait(400)
    assert service.state() is State.CONFIGURED
