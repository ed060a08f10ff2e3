"""Reading the history: page by page, without doubles, within the limits, and told as it goes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.errors import ConnectionLostError, GcdeskError, HistoryError, HttpAnswerError, WishError
from gcdesk.guest.errands import CancelErrand, ReadHistory
from gcdesk.guest.events import HistoryChanged, HistoryStatus, MessageAdded, PresenceSeen, SessionRenewed
from gcdesk.guest.history_page import parse_history_page
from gcdesk.guest.message import Delivery

from .frames_of import Frame, sample
from .service import Service, State
from .test_session_ends import in_state

LOADING, LOADED, FAILED = HistoryStatus.LOADING, HistoryStatus.LOADED, HistoryStatus.FAILED


def entity(number: int, **fields: Any) -> Frame:
    """A message of the history with a time; the greater the number, the newer."""
    time = f"2026-07-01T08:{number // 60 % 60:02}:{number % 60:02}Z"
    return {
        "id": f"old-{number}",
        "type": "Text",
        "text": f"{number}",
        "direction": "Outbound",
        "channel": {"time": time},
        **fields,
    }


def loading(service: Service | None = None) -> Service:
    """A session that reads its history and waits for the first page."""
    service = service or in_state(State.CONFIGURED)
    service.do(service.session.load_history)
    service.give_key()
    return service


def told(service: Service) -> list[tuple[HistoryStatus, int, bool]]:
    return [(event.status, event.added, event.complete) for event in service.all(HistoryChanged)]


def pages(service: Service) -> list[int]:
    return [errand.page for errand in service.errands if isinstance(errand, ReadHistory)]


def test_the_first_page_needs_a_key_and_is_shown_oldest_first() -> None:
    service = in_state(State.CONFIGURED)
    service.hear(service.body(text="live"))
    service.do(service.session.load_history)
    assert service.kinds[-1] == "getJwt"
    assert told(service) == [(LOADING, 0, False)]
    assert service.errands == []
    service.give_key()
    asked = service.page_asked
    assert (asked.page, asked.page_size) == (1, 25)
    assert asked.jwt
    assert asked.jwt not in repr(asked)
    service.page(entity(3), entity(2), entity(1))
    assert service.texts == ["1", "2", "3", "live"]
    assert told(service)[-1] == (LOADED, 3, True)
    service.do(service.session.load_history)
    assert told(service)[-1] == (LOADED, 0, True)
    added = service.all(MessageAdded)[1:]
    assert all(event.earlier for event in added)
    assert [event.message.delivery for event in added] == [Delivery.ARRIVED] * 3


def test_a_page_stays_in_its_order_where_it_has_no_times() -> None:
    service = loading()
    service.page(*sample("rest.history_page")["entities"])
    assert service.texts == ["Choose", "Hi"]
    assert [len(event.message.content) for event in service.all(MessageAdded)] == [2, 0]
    assert service.all(PresenceSeen) == []


@pytest.mark.parametrize(
    "state", [state for state in State if state not in (State.CONFIGURED, State.READ_ONLY)]
)
def test_it_cannot_be_read_out_of_place(state: State) -> None:
    service = in_state(state)
    assert not service.session.history.can_load
    with pytest.raises(WishError):
        service.do(service.session.load_history)
    assert service.all(HistoryChanged) == []


def test_a_conversation_that_is_over_can_still_be_read() -> None:
    service = loading(in_state(State.READ_ONLY))
    service.page(entity(1))
    assert service.texts == ["1"]


def test_a_wish_while_it_is_being_read_asks_for_nothing_more() -> None:
    service = loading()
    service.do(service.session.load_history)
    assert len(service.all(HistoryChanged)) == 1
    assert pages(service) == [1]


def test_one_wish_reads_on_until_there_is_something_new() -> None:
    service = in_state(State.CONFIGURED)
    live = [service.body(text=f"live {number}") for number in range(3)]
    for frame in live:
        service.hear(frame)
    loading(service)
    service.page(*[service.entity(frame) for frame in reversed(live)], pageSize=3, total=9)
    assert pages(service) == [1, 2]
    service.page(entity(3), entity(2), entity(1), pageSize=3, total=9)
    assert service.texts == ["1", "2", "3", "live 0", "live 1", "live 2"]
    assert told(service)[-1] == (LOADED, 3, False)
    service.do(service.session.load_history)
    assert pages(service) == [1, 2, 3]
    service.page()
    assert told(service)[-1] == (LOADED, 0, True)
    service.do(service.session.load_history)
    assert pages(service) == [1, 2, 3]
    assert told(service)[-1] == (LOADED, 0, True)


@pytest.mark.parametrize("lie", [{}, {"total": 3, "pageCount": 1}, {"total": 0}, {"pageCount": 99}])
def test_what_the_service_says_of_all_pages_loses_nothing(lie: Frame) -> None:
    service = loading()
    for start in (10, 5, 0):
        service.page(*[entity(start + number) for number in (4, 3, 2, 1, 0)], pageSize=5, **lie)
        if start:
            service.do(service.session.load_history)
    service.do(service.session.load_history)
    service.page(**lie)
    assert service.texts == [str(number) for number in range(15)]
    assert told(service)[-1] == (LOADED, 0, True)


def test_a_service_that_always_gives_the_same_page_is_not_asked_for_ever() -> None:
    service = loading()
    first = [entity(number) for number in range(25, 0, -1)]
    service.page(*first, total=1000)
    service.do(service.session.load_history)
    for _ in range(3):
        service.page(*first, total=1000)
    assert pages(service) == [1, 2, 3, 4]
    assert told(service)[-1] == (LOADED, 0, True)
    assert len(service.texts) == 25


def test_a_page_may_shift_while_messages_arrive() -> None:
    service = loading()
    everything = [entity(number) for number in range(20, 0, -1)]
    service.page(*everything[:5], pageSize=5, total=20)
    for number in (21, 22):
        new = entity(number)
        service.hear({"type": "message", "class": "StructuredMessage", "code": 200, "body": new})
        everything.insert(0, new)
    for page in (2, 3, 4, 5):
        service.do(service.session.load_history)
        assert service.page_asked.page == page
        service.page(*everything[(page - 1) * 5 : page * 5], pageSize=5, total=22)
    assert service.texts == [str(number) for number in range(1, 23)]
    service.do(service.session.load_history)
    service.page(pageSize=5, total=22)
    assert told(service)[-1] == (LOADED, 0, True)


def test_a_page_may_shift_by_a_whole_page() -> None:
    service = loading()
    everything = [entity(number) for number in range(20, 0, -1)]
    service.page(*everything[:5], pageSize=5)
    service.do(service.session.load_history)
    service.page(*everything[:5], pageSize=5)
    assert service.page_asked.page == 3
    service.page(*everything[5:10], pageSize=5)
    assert service.texts == [str(number) for number in range(11, 21)]


def test_an_own_message_is_known_in_the_history_before_and_after_its_echo() -> None:
    service = in_state(State.CONFIGURED)
    key = service.say("Hello")
    loading(service)
    mine = entity(9, id="mine", text="Hello", direction="Inbound")
    service.page(mine, entity(1))
    assert service.transcript == ["old-1", key]
    assert service.fate(key) is Delivery.SENT
    assert service.message(key).time is not None
    service.echo(next(frame for frame in service.frames if frame.kind.endswith("Text")), id="mine")
    assert service.texts == ["1", "Hello"]


@pytest.mark.parametrize("where", ["tracingId", "customMessageId"])
def test_an_own_message_is_known_by_its_tracing_id_where_the_history_has_it(where: str) -> None:
    service = in_state(State.CONFIGURED)
    key = service.say("Hello")
    tracing_id = service.frames[-1].tracing_id
    mark = {where: tracing_id} if where == "tracingId" else {"metadata": {where: tracing_id}}
    service.echo(id="one")
    loading(service)
    service.page(entity(9, id="another", text="changed", direction="Inbound", **mark))
    assert service.transcript == [key]


def test_an_own_message_whose_echo_had_no_id_is_known_by_its_text() -> None:
    service = in_state(State.CONFIGURED)
    keys = [service.say("Hello"), service.say("Hello")]
    for frame in service.frames[-2:]:
        service.echo(frame, id="")
    for _ in range(2):
        loading(service)
        service.page(*[entity(n, text="Hello", direction="Inbound") for n in (2, 1)], total=99)
    assert sorted(service.transcript) == sorted(keys)


def test_what_another_client_said_is_shown_although_it_is_the_same() -> None:
    service = in_state(State.CONFIGURED)
    key = service.say("Hello")
    service.echo(id="mine")
    loading(service)
    service.page(
        entity(2, id="mine", text="Hello", direction="Inbound"),
        entity(1, text="Hello", direction="Inbound"),
    )
    assert service.transcript == ["old-1", key]


def test_messages_without_an_id_are_shown_as_often_as_they_were_said() -> None:
    service = in_state(State.CONFIGURED)
    service.hear(service.body(text="Hi", id="", channel={"time": "2026-07-01T08:00:00Z"}))
    nameless = {
        "type": "Text",
        "text": "Hi",
        "direction": "Outbound",
        "channel": {"time": "2026-07-01T08:00:00Z"},
    }
    loading(service)
    service.page(nameless, nameless, total=9)
    assert service.texts == ["Hi", "Hi"]
    service.do(service.session.load_history)
    service.page(nameless, nameless, entity(1), total=9)
    assert service.texts == ["Hi", "Hi", "1"]


# The key


def test_a_key_is_used_again_until_five_seconds_before_its_end() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.load_history)
    service.give_key(seconds=60)
    service.page(entity(30), pageSize=1)
    service.wait(50)
    service.do(service.session.load_history)
    assert service.kinds.count("getJwt") == 1
    service.page(entity(29), pageSize=1)
    service.wait(6)
    service.do(service.session.load_history)
    assert service.kinds.count("getJwt") == 2


@pytest.mark.parametrize("expires", [0, 1, None, "soon"])
def test_a_key_that_has_just_come_is_used_whatever_this_computers_clock_says(expires: object) -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.load_history)
    service.give_key(exp=expires)
    service.page(entity(1))
    assert service.texts == ["1"]


def test_a_key_may_come_without_a_tracing_id_and_for_nobody() -> None:
    service = in_state(State.CONFIGURED)
    frame = {**sample("server.jwt_response"), "tracingId": ""}
    service.hear(frame)
    assert service.errands == []
    service.do(service.session.load_history)
    service.hear(frame)
    assert pages(service) == [1]


def test_an_empty_key_and_no_key_are_failures() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.load_history)
    service.give_key(jwt="")
    assert told(service)[-1][0] is FAILED
    service.do(service.session.load_history)
    service.wait(21)
    error = service.last(HistoryChanged).error
    assert isinstance(error, HistoryError)
    assert "in time" in error.title
    service.do(service.session.load_history)
    service.refuse_key(403)
    error = service.last(HistoryChanged).error
    assert error is not None
    assert error.code == 403
    assert service.errors == []
    assert service.state() is State.CONFIGURED


def test_a_key_refused_for_speed_is_asked_for_again_when_it_may_be() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.load_history)
    service.hold(10, service.frames[-1])
    service.wait(9)
    assert service.kinds.count("getJwt") == 1
    service.wait(2)
    assert service.kinds.count("getJwt") == 2


def test_a_key_that_is_not_accepted_is_replaced_once() -> None:
    service = loading()
    service.no_page(HistoryError(code=401))
    assert service.kinds.count("getJwt") == 2
    service.give_key()
    service.no_page(HistoryError(code=401))
    assert service.kinds.count("getJwt") == 2
    assert told(service)[-1][0] is FAILED
    assert service.errors == []


# Failures and limits


@pytest.mark.parametrize("error", [HistoryError(code=503), ConnectionLostError(), HistoryError(code=429)])
def test_what_may_pass_is_tried_three_times_more_with_growing_pauses(error: GcdeskError) -> None:
    service = loading()
    times = [service.seconds]
    for count in (2, 3, 4):
        service.no_page(error)
        while len(pages(service)) < count:
            service.wait(0.5)
        times.append(service.seconds)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps == sorted(gaps)
    assert gaps[0] < gaps[-1]
    service.no_page(error)
    assert service.last(HistoryChanged).error is error
    assert told(service)[-1][0] is FAILED
    assert service.session.next_wake is None


def test_a_wait_the_service_asks_for_is_kept() -> None:
    service = loading()
    service.no_page(HistoryError(code=429, retry_after=40))
    service.wait(39)
    assert pages(service) == [1]
    service.wait(4)
    assert pages(service) == [1, 1]


@pytest.mark.parametrize("error", [HistoryError(code=403), HistoryError(code=404), HttpAnswerError()])
def test_what_will_not_pass_is_told_at_once_and_may_be_wished_for_again(error: GcdeskError) -> None:
    service = loading()
    service.no_page(error)
    assert service.last(HistoryChanged).error is error
    assert pages(service) == [1]
    service.do(service.session.load_history)
    service.page(entity(1))
    assert service.texts == ["1"]


def test_no_more_than_ten_pages_a_minute() -> None:
    service = loading()
    for number in range(10):
        service.page(entity(100 - number), pageSize=1)
        service.do(service.session.load_history)
    assert len(pages(service)) == 10
    service.wait(59)
    assert len(pages(service)) == 10
    service.wait(5)
    assert len(pages(service)) == 11


def test_what_comes_late_or_for_nobody_is_left_alone() -> None:
    service = loading()
    old = service.page_asked.key
    service.no_page(HistoryError(code=403))
    before = len(service.events)
    service.do(service.session.history.read, old, parse_history_page({"entities": [entity(1)]}))
    service.do(service.session.history.unread, old, HistoryError())
    service.do(service.session.history.read, "never heard of", parse_history_page({}))
    assert len(service.events) == before


def test_leaving_gives_the_reading_up() -> None:
    service = loading()
    service.do(service.session.leave)
    assert isinstance(service.errands[-1], CancelErrand)
    assert service.errands[-1].key == service.page_asked.key
    service.page(entity(1))
    assert service.all(MessageAdded) == []
    assert service.session.next_wake is None


def test_a_reading_that_a_break_interrupted_goes_on_after_it() -> None:
    service = loading()
    service.lose()
    assert isinstance(service.errands[-1], CancelErrand)
    service.reopen()
    service.accept(newSession=False)
    service.page(entity(2), entity(1), pageSize=2, total=4)
    service.page()
    assert [event.missed for event in service.all(HistoryChanged)] == [False, True, True]
    service.page(entity(2), entity(1), pageSize=2, total=4)
    service.page()
    assert told(service)[-1] == (LOADED, 0, True)
    assert service.texts == ["1", "2"]


# Resuming


def test_a_resumed_session_shows_its_earlier_messages_by_itself() -> None:
    service = Service(resume=True)
    service.dial()
    service.deployment(autoStart={"enabled": True})
    service.accept(newSession=False)
    assert service.kinds == ["configureSession", "getJwt"]
    service.give_key()
    service.page(entity(2), entity(1))
    assert service.texts == ["1", "2"]
    service.say("Hello")
    assert service.attributes() is not None
    assert service.all(SessionRenewed) == []


def test_a_session_that_could_not_be_resumed_is_told_and_joined_as_a_new_one() -> None:
    service = Service(resume=True)
    service.dial()
    service.deployment(autoStart={"enabled": True})
    service.accept(newSession=True)
    renewed = service.last(SessionRenewed)
    assert not renewed.asked_for
    assert "earlier chat is over" in renewed.reason
    assert service.kinds == ["configureSession", "Join"]


def test_an_old_message_of_a_resumed_session_is_not_taken_for_a_new_one() -> None:
    service = Service(resume=True)
    service.dial()
    key = service.say("Hello")
    service.deployment()
    service.accept(newSession=False)
    service.give_key()
    service.page(entity(1, text="Hello", direction="Inbound"))
    assert service.fate(key) is Delivery.SENDING
    assert service.texts == ["Hello", "Hello"]


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ENTITIES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["a", "b", "c", ""]) | ODD,
        "text": st.sampled_from(["Hello", "x"]) | ODD,
        "direction": st.sampled_from(["Inbound", "Outbound"]) | ODD,
        "type": st.sampled_from(["Text", "Structured", "Event"]) | ODD,
        "channel": st.fixed_dictionaries({"time": st.sampled_from(["2026-07-01T08:00:00Z", None]) | ODD})
        | ODD,
        "content": ODD,
        "events": ODD,
        "metadata": ODD,
    },
)


@given(st.lists(st.fixed_dictionaries({"entities": st.lists(ENTITIES | ODD, max_size=4)}) | ODD, max_size=4))
def test_any_page_is_survived_and_nothing_is_shown_twice(values: list[object]) -> None:
    service = in_state(State.CONFIGURED)
    service.say("Hello")
    for value in values:
        service.do(service.session.load_history)
        if service.session.history.complete:
            break
        if service.kinds[-1] == "getJwt":
            service.give_key()
        service.do(service.session.history.read, service.page_asked.key, parse_history_page(value))
    assert len(service.transcript) == len(service.all(MessageAdded))
    assert service.state() is State.CONFIGURED
