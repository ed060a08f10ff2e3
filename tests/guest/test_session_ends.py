"""How chats end: left, cleared, read-only, or closed by the service."""

from __future__ import annotations

from typing import Any

import pytest

from gcdesk.errors import DeploymentUnreadableError, OpenTimeoutError, WishError
from gcdesk.guest.content import QuickReply
from gcdesk.guest.events import Ended, PresenceSeen, StateChanged
from gcdesk.guest.message import Delivery
from gcdesk.guest.replies import quick_reply
from gcdesk.guest.session import NORMAL_CLOSURE

from .service import Service, State


def in_state(state: State) -> Service:
    """A session brought to that state."""
    service = Service()
    if state is State.IDLE:
        return service
    service.do(service.session.dial)
    if state is State.CONNECTING:
        return service
    service.opened()
    service.deployment(conversationClear={"enabled": True}, showUserTypingIndicator=True)
    if state is State.CONNECTED:
        return service
    service.accept(readOnly=state is State.READ_ONLY)
    if state is State.RECONNECTING:
        service.lose()
    elif state in (State.CLOSING, State.CLOSED):
        service.do(service.session.leave)
        if state is State.CLOSED:
            service.do(service.session.closed)
    elif state is State.ERROR:
        service.do(service.session.stop, OpenTimeoutError())
    assert service.state() is state
    return service


@pytest.mark.parametrize("state", State)
def test_a_chat_can_be_left_from_every_state(state: State) -> None:
    service = in_state(state)
    service.do(service.session.leave)
    if state in (State.CONNECTED, State.CONFIGURED, State.READ_ONLY):
        assert service.state() is State.CLOSING
        assert service.wants_close() == NORMAL_CLOSURE
        assert not service.all(Ended)
        service.do(service.session.closed)
    if state is State.CLOSING:
        service.do(service.session.closed)
    assert service.state() is (State.ERROR if state is State.ERROR else State.CLOSED)
    assert (service.ended.error is None) == (state is not State.ERROR)
    assert service.session.next_wake is None
    assert not service.wants_dial()
    events = len(service.events)
    service.do(service.session.leave)
    assert len(service.events) == events


@pytest.mark.parametrize("state", State)
def test_an_error_ends_the_chat_from_every_state(state: State) -> None:
    service = in_state(state)
    service.do(service.session.stop, OpenTimeoutError())
    assert service.state() in (State.ERROR, State.CLOSED)
    assert len(service.all(Ended)) == 1
    assert service.session.finished


@pytest.mark.parametrize("state", State)
def test_wishes_out_of_place_raise_and_change_nothing(state: State) -> None:
    service = in_state(state)
    session = service.session
    says = state in (State.CONNECTING, State.CONNECTED, State.CONFIGURED, State.RECONNECTING)
    joins = state is State.CONFIGURED
    clears = state in (State.CONFIGURED, State.READ_ONLY)
    sets = state not in (State.CLOSING, State.CLOSED, State.ERROR)
    assert (session.can_say, session.can_join, session.can_clear) == (says, joins, clears)
    wishes: list[tuple[Any, ...]] = [
        (says, session.say, "Hello"),
        (says, session.reply, quick_reply(QuickReply("Yes", "YES"), "m1")),
        (joins, session.join),
        (clears, session.clear),
        (sets, session.set_attributes, {"a": "b"}),
        (False, session.resend, "never heard of"),
        (False, session.withdraw, "never heard of"),
        (state is State.IDLE, session.dial),
    ]
    for possible, wish, *arguments in wishes:
        if possible:
            continue
        before = (service.state(), len(service.events), len(service.frames), session.next_wake)
        with pytest.raises(WishError) as caught:
            service.do(wish, *arguments)
        assert caught.value.hint
        assert (service.state(), len(service.events), len(service.frames), session.next_wake) == before
    if state is not State.CONFIGURED:
        assert not service.do(session.typing)
        assert not service.do(session.echo)


def test_the_end_is_the_last_thing_told_and_the_state_before_it() -> None:
    service = in_state(State.CONFIGURED)
    key = service.say("Hello")
    service.do(service.session.leave)
    service.do(service.session.closed)
    assert service.fate(key) is Delivery.FAILED
    assert isinstance(service.events[-2], StateChanged)
    assert service.ended.reason == "The chat was left; the conversation stays open."


def test_a_cleared_conversation_ends_the_chat() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.clear)
    assert service.kinds[-1] == "Clear"
    assert service.attributes() is None
    service.hear_sample("server.event.presence_clear_inbound", service.frames[-1].tracing_id)
    assert service.state() is State.CONFIGURED
    service.hear_sample("server.session_cleared_event")
    assert service.state() is State.CLOSING
    assert service.wants_close() == NORMAL_CLOSURE
    service.hear_sample("server.connection_closed_event")
    service.lose()
    assert service.state() is State.CLOSED
    assert (service.ended.error, service.ended.reason) == (None, "The conversation was ended.")
    assert service.errors == []


def test_a_clear_may_also_end_with_the_connection_alone() -> None:
    service = in_state(State.READ_ONLY)
    service.do(service.session.clear)
    service.hear_sample("server.connection_closed_event")
    service.do(service.session.closed)
    assert service.ended.reason == "The conversation was ended."


def test_a_clear_the_deployment_forbids_is_not_sent() -> None:
    service = Service()
    service.configured()
    assert not service.session.can_clear
    with pytest.raises(WishError, match="does not let the customer end"):
        service.do(service.session.clear)
    assert service.kinds == ["configureSession"]


@pytest.mark.parametrize("named", [True, False])
def test_after_a_refused_clear_a_closed_connection_is_an_error_again(named: bool) -> None:
    service = Service()
    service.dial()
    service.do(service.session.deployment_unread, DeploymentUnreadableError(), 0.1)
    service.accept()
    service.do(service.session.clear)
    service.refuse(403, "Conversation Clear is off", service.frames[-1] if named else None)
    assert service.errors == ["ClearNotAllowed"]
    service.hear_sample("server.connection_closed_event")
    assert service.errors == ["ClearNotAllowed", "TooManyConnections!"]


def test_too_many_connections_of_one_token_end_the_chat() -> None:
    service = in_state(State.CONFIGURED)
    service.hear_sample("server.connection_closed_event")
    assert service.errors == ["TooManyConnections!"]
    assert service.ended.error is not None
    assert "too many connections" in service.ended.error.title
    assert service.wants_close() == NORMAL_CLOSURE


@pytest.mark.parametrize("name", ["server.connection_closed_event.signed_in", "server.logout_event"])
def test_signing_in_or_out_elsewhere_closes_the_chat_without_an_error(name: str) -> None:
    service = in_state(State.CONFIGURED)
    service.hear_sample(name)
    assert service.state() is State.CLOSING
    service.do(service.session.closed)
    assert service.ended.error is None
    assert "customer" in service.ended.reason


def test_the_other_side_can_end_the_conversation_for_good() -> None:
    service = in_state(State.CONFIGURED)
    under_way = [service.say(f"message {number}") for number in range(3)]
    waiting = service.say("too late")
    service.hear_sample("server.event.presence_disconnect_read_only")
    assert service.state() is State.READ_ONLY
    assert service.last(PresenceSeen).read_only
    assert service.fate(waiting) is Delivery.FAILED
    assert service.message(waiting).failure
    assert [service.fate(key) for key in under_way] == [Delivery.SENDING] * 3
    service.echo(service.frames[1])
    assert service.fate(under_way[0]) is Delivery.SENT
    assert service.session.next_wake is None
    with pytest.raises(WishError, match="can only be read"):
        service.say("Hello?")
    with pytest.raises(WishError, match="can only be read"):
        service.do(service.session.resend, waiting)


def test_the_other_side_can_also_leave_the_conversation_open() -> None:
    service = in_state(State.CONFIGURED)
    service.hear_sample("server.event.presence_disconnect")
    assert service.state() is State.CONFIGURED
    assert service.last(PresenceSeen).kind == "Disconnect"
    service.say("Hello?")
    assert service.kinds[-1] == "Text"


def test_a_session_that_is_over_from_the_start_is_read_only() -> None:
    service = Service()
    service.dial()
    key = service.say("Hello")
    service.deployment(autoStart={"enabled": True})
    service.accept(readOnly=True, newSession=True)
    assert service.state() is State.READ_ONLY
    assert service.kinds == ["configureSession"]
    assert service.fate(key) is Delivery.FAILED
    assert service.session.next_wake is None


def test_a_later_answer_can_make_the_session_read_only() -> None:
    service = in_state(State.CONFIGURED)
    service.accept(readOnly=True, newSession=False)
    assert service.state() is State.READ_ONLY


def test_leaving_says_whether_the_conversation_stays_open() -> None:
    for state, reason in [
        (State.CONFIGURED, "The chat was left; the conversation stays open."),
        (State.READ_ONLY, "The chat was left."),
        (State.CONNECTING, "The chat was left."),
    ]:
        service = in_state(state)
        service.do(service.session.leave)
        service.do(service.session.closed)
        assert service.ended.reason == reason


# Ending the conversation


def test_what_was_said_before_the_end_goes_before_it() -> None:
    service = in_state(State.CONFIGURED)
    for text in ("one", "two", "three", "bye"):
        service.say(text)
    service.do(service.session.clear)
    assert service.kinds[-1] == "Text"
    service.wait(5)
    assert service.kinds[-2:] == ["Text", "Clear"]
    assert service.wire(-2)["message"]["text"] == "bye"


def test_the_end_keeps_a_wait_the_service_asked_for() -> None:
    service = in_state(State.CONFIGURED)
    service.hold(20)
    service.do(service.session.clear)
    service.wait(19)
    assert "Clear" not in service.kinds
    service.wait(3)
    assert service.kinds[-1] == "Clear"


def test_an_end_refused_for_speed_is_asked_for_again() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.clear)
    service.hold(20, service.frames[-1])
    assert not service.session.can_clear
    service.wait(22)
    assert service.kinds.count("Clear") == 2


def test_the_end_is_asked_for_once() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.clear)
    assert not service.session.can_clear
    with pytest.raises(WishError, match="being ended already"):
        service.do(service.session.clear)
    assert service.kinds.count("Clear") == 1


def test_an_end_without_an_answer_is_told_and_the_chat_left() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.clear)
    service.hear_sample("server.event.presence_clear_inbound", service.frames[-1].tracing_id)
    service.wait(9.9)
    assert service.state() is State.CONFIGURED
    service.wait(0.2)
    assert service.errors == ["ClearUnanswered"]
    assert service.wants_close() == NORMAL_CLOSURE
    service.do(service.session.closed)
    assert service.ended.error is None
    assert "did not confirm" in service.ended.reason


def test_after_a_refused_end_the_chat_goes_on_and_may_be_ended_again() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.clear)
    service.refuse(403, "Conversation clear is not enabled", service.frames[-1])
    assert service.errors == ["ClearNotAllowed"]
    service.wait(60)
    assert service.state() is State.CONFIGURED
    service.say("Then not")
    assert service.session.can_clear
    service.do(service.session.clear)
    assert service.kinds[-1] == "Clear"


@pytest.mark.parametrize("new", [True, False])
def test_a_break_while_ending_is_cleared_up_after_it(new: bool) -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.clear)
    service.lose()
    service.reopen()
    service.accept(newSession=new)
    if new:
        # The token starts afresh, so the conversation is ended (guest API, section 6).
        assert service.state() is State.CLOSING
        service.do(service.session.closed)
        assert service.ended.reason == "The conversation was ended."
        return
    service.wait(1)
    assert service.kinds.count("Clear") == 2
    service.hear_sample("server.session_cleared_event")
    service.do(service.session.closed)
    assert service.ended.reason == "The conversation was ended."


def test_a_message_to_a_conversation_that_is_over_shows_that_it_is() -> None:
    service = in_state(State.CONFIGURED)
    key = service.say("Hello")
    service.refuse(409, "read-only", service.frames[-1])
    assert service.fate(key) is Delivery.FAILED
    assert service.state() is State.READ_ONLY
    assert service.session.renewing.possible
