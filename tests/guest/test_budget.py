"""The budget is told when something changes that a person would see, and what waits is known with its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gcdesk.guest.budget import Budget, BudgetKind
from gcdesk.guest.budgeting import Dials
from gcdesk.guest.events import BudgetChanged
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery

from .service import Service


def budget(service: Service) -> Budget:
    """As it is now."""
    return service.session.budget.state(service.now)


def told(service: Service) -> list[Budget]:
    return [event.budget for event in service.all(BudgetChanged)]


def used(service: Service, kind: BudgetKind) -> int:
    return budget(service).of(kind).used


def test_every_kind_is_counted_against_its_limit() -> None:
    service = Service()
    assert {use.kind for use in budget(service).uses} == set(BudgetKind)
    service.configured(showUserTypingIndicator=True)
    service.say("Hello")
    service.echo()
    service.do(service.session.echo)
    assert used(service, BudgetKind.CONFIGURES) == 1
    assert used(service, BudgetKind.ECHOES) == 1
    assert used(service, BudgetKind.MESSAGES) == 1
    assert used(service, BudgetKind.REQUESTS) == 3
    service.session.sending.pace.history_read(service.seconds)
    assert used(service, BudgetKind.HISTORY) == 1
    assert [(use.allowed, use.free_at is None) for use in budget(service).uses] == [
        (3, False),
        (60, False),
        (2, False),
        (60, False),
        (10, False),
        (3, True),
        (1000, True),
    ]
    free_at = budget(service).of(BudgetKind.REQUESTS).free_at
    assert free_at == service.now.utc + timedelta(seconds=63)
    service.wait(64)
    assert all(use.used == 0 and use.free_at is None for use in budget(service).uses)


def test_a_new_connection_has_fresh_requests_and_echoes_and_the_sessions_old_rest() -> None:
    service = Service()
    service.configured()
    service.do(service.session.echo)
    service.lose()
    service.reopen()
    assert used(service, BudgetKind.REQUESTS) == 1
    assert used(service, BudgetKind.ECHOES) == 0
    assert used(service, BudgetKind.CONFIGURES) == 2


def test_many_messages_are_told_once_a_second_and_when_the_wait_begins_and_ends() -> None:
    service = Service(limits=Limits(messages_per_second=10, message_burst=5))
    service.configured()
    service.wait(2)
    service.events.clear()
    for number in range(40):
        service.say(str(number))
    began = service.seconds
    assert [one.waiting for one in told(service)] == [0, 1]
    service.wait(10)
    assert used(service, BudgetKind.REQUESTS) == 41
    moments = [event.at for event in service.all(BudgetChanged)]
    assert [one.waiting for one in told(service)][-1] == 0
    assert len(moments) <= 4 / 1.05 + 4, "at most one a second beside the wait's two ends"
    assert service.seconds == began + 10
    assert told(service)[-1].of(BudgetKind.REQUESTS).used == 41


def test_nothing_is_told_while_nothing_happens_and_nobody_is_woken_for_it() -> None:
    service = Service()
    service.configured()
    service.wait(5)
    before = len(told(service))
    service.wait(3600)
    assert len(told(service)) == before
    assert service.session.next_wake is None
    service.hear(service.body(text="An agent says something"))
    assert len(told(service)) == before


def test_what_changes_shortly_after_a_report_is_told_a_second_later() -> None:
    service = Service()
    service.configured()
    service.wait(5)
    service.events.clear()
    service.say("one")
    service.say("two")
    assert [one.of(BudgetKind.MESSAGES).used for one in told(service)] == [1]
    service.wait(0.99)
    assert len(told(service)) == 1
    service.wait(0.02)
    assert [one.of(BudgetKind.REQUESTS).used for one in told(service)] == [2, 3]


def test_a_hold_is_told_at_once_and_outlives_the_connection() -> None:
    service = Service()
    service.configured()
    service.wait(5)
    service.say("Hello")
    service.hold(100, service.frames[-1])
    until = service.now.utc + timedelta(seconds=105)
    assert told(service)[-1].held_until == until
    assert told(service)[-1].waiting == 1
    assert told(service)[-1].next_at == until
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    assert budget(service).held_until == until
    assert service.kinds.count("Text") == 1
    service.wait(110)
    assert service.kinds.count("Text") == 2
    assert budget(service).held_until is None


def test_waiting_messages_are_known_with_their_earliest_times_and_can_be_taken_back() -> None:
    service = Service(limits=Limits(messages_per_second=1, message_burst=1))
    service.configured()
    service.wait(5)
    keys = [service.say(str(number)) for number in range(4)]
    waiting = service.session.waiting(service.now)
    assert [one.message.key for one in waiting] == keys[1:]
    expected = [service.now.utc + timedelta(seconds=1.05 * place) for place in (1, 2, 3)]
    assert [one.at for one in waiting] == expected
    assert budget(service).next_at == expected[0]
    service.do(service.session.withdraw, keys[1])
    assert told(service)[-1].waiting == 1, "the wait goes on, so there is no hurry to tell how many wait"
    service.wait(1)
    assert told(service)[-1].waiting == 2
    service.wait(0.1)
    assert service.fate(keys[2]) is Delivery.SENDING
    service.wait(10)
    assert service.session.waiting(service.now) == ()
    assert told(service)[-1].waiting == 0


def test_messages_come_at_the_times_that_were_foretold() -> None:
    service = Service(limits=Limits(requests_per_minute=8))
    service.configured()
    keys = [service.say(str(number)) for number in range(12)]
    foretold = {one.message.key: one.at for one in service.session.waiting(service.now)}
    assert len(foretold) == 9
    sent: dict[str, object] = {}
    for _ in range(400):
        service.wait(0.5)
        for key in keys:
            if service.fate(key) is Delivery.SENDING:
                sent.setdefault(key, service.now.utc)
    for key, at in foretold.items():
        assert at is not None
        assert timedelta(0) <= sent[key] - at <= timedelta(seconds=0.5)  # type: ignore[operator]


def test_before_the_session_is_configured_nobody_knows_when_a_message_goes() -> None:
    service = Service()
    service.dial()
    key = service.say("Early")
    (waiting,) = service.session.waiting(service.now)
    assert (waiting.message.key, waiting.at) == (key, None)
    assert budget(service).next_at is None
    assert told(service)[-1].waiting == 1
    service.deployment()
    service.accept()
    assert service.session.waiting(service.now) == ()


def test_an_owed_join_goes_before_the_messages_and_takes_its_place() -> None:
    service = Service(limits=Limits(messages_per_second=1, message_burst=1))
    service.configured()
    service.say("first")
    service.say("second")
    service.session.sending.join_owed = True
    (waiting,) = service.session.waiting(service.now)
    assert waiting.at == service.now.utc + timedelta(seconds=2.1)


def test_a_dial_that_waits_for_its_turn_is_told_at_once() -> None:
    service = Service()
    service.do(service.session.dial)
    service.do(service.session.budget.dialling, Dials(1000, 1000, 1, service.seconds + 7))
    assert told(service)[-1].dial_at == service.now.utc + timedelta(seconds=7)
    assert used(service, BudgetKind.DIALS) == 1000
    assert used(service, BudgetKind.CONNECTIONS) == 1
    service.seconds += 7
    service.do(service.session.budget.dialling, Dials(1000, 1000, 1))
    assert told(service)[-1].dial_at is None


def test_what_went_out_just_before_a_break_is_told_with_it() -> None:
    service = Service()
    service.configured()
    service.wait(5)
    service.say("one")
    service.say("two")
    service.lose()
    assert told(service)[-1].of(BudgetKind.MESSAGES).used == 2
    assert told(service)[-1].waiting == 2


@pytest.mark.parametrize("ends", ["leave", "stop"])
def test_after_the_end_nothing_is_told(ends: str) -> None:
    service = Service()
    service.configured()
    service.say("one")
    service.say("two")
    service.refuse(4006) if ends == "stop" else service.do(service.session.leave)
    before = len(told(service))
    service.do(service.session.budget.dialling, Dials(5, 1000, 0))
    service.wait(10)
    assert len(told(service)) == before
    assert service.session.next_wake is None


def test_a_session_is_not_configured_more_often_than_a_minute_allows() -> None:
    service = Service(limits=Limits(configures_per_minute=3, reconnect_pause=1))
    service.configured()
    configured_at = [service.seconds]
    for _ in range(5):
        service.lose()
        service.do(service.session.retry_now)
        service.reopen()
        configured_at.append(service.seconds)
        service.accept(newSession=False)
        service.hear(service.body(text="still here"))
    assert service.kinds.count("configureSession") == 6
    assert all(late - early >= 60 for early, late in zip(configured_at, configured_at[3:], strict=False))
    assert configured_at[2] == configured_at[0], "the first ones need not wait"


def test_what_is_checked_against_the_history_after_a_break_has_no_time_yet() -> None:
    service = Service()
    service.configured()
    key = service.say("Did it arrive?")
    service.lose()
    service.reopen()
    service.accept(newSession=False)
    assert "getJwt" in service.kinds
    assert [(one.message.key, one.at) for one in service.session.waiting(service.now)] == [(key, None)]
    assert budget(service).waiting == 1
    assert budget(service).next_at is None


def test_typing_is_told_in_the_budget_too() -> None:
    service = Service()
    service.configured(showUserTypingIndicator=True)
    service.wait(5)
    service.do(service.session.typing)
    assert told(service)[-1].of(BudgetKind.MESSAGES).used == 1
