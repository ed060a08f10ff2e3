"""What the service refuses: what it costs, what is tried again, and what ends the chat."""

from __future__ import annotations

import pytest

from gcdesk.errors import CustomAttributeError, MessageInputError, WishError
from gcdesk.guest.content import QuickReply
from gcdesk.guest.events import AttributesChanged, AttributeStatus, ErrorRaised, HeldBack, MessageAdded
from gcdesk.guest.message import Delivery
from gcdesk.guest.replies import quick_reply
from gcdesk.guest.session import NORMAL_CLOSURE

from .service import SET, JoinPolicy, Service, State

REFUSED_AT_CONFIGURE = [
    (400, "Deployment not found", "SessionRefused"),
    (401, "", "Unauthorized"),
    (403, "Origin not allowed", "Forbidden"),
    (404, "", "NotFound"),
    (429, "", "TooManyRequests"),
    (500, "", "ServiceFailure"),
    (503, "", "ServiceFailure"),
    (4006, "session expired", "SessionExpired"),
    (4007, "session not found", "SessionNotFound"),
    (4017, "", "CannotDowngrade"),
    (4020, "", "MissingParameter"),
    (302, "", "Redirected"),
]


@pytest.mark.parametrize(("code", "text", "name"), REFUSED_AT_CONFIGURE)
def test_a_refused_session_ends_the_chat_under_its_own_name(code: int, text: str, name: str) -> None:
    service = Service()
    service.dial()
    service.deployment()
    key = service.say("Hello")
    service.refuse(code, text)
    assert service.errors == [f"{name}!"]
    assert service.states == [State.CONNECTING, State.CONNECTED, State.ERROR]
    assert service.ended.error is not None
    assert service.ended.error.code == code
    assert service.wants_close() == NORMAL_CLOSURE
    assert service.fate(key) is Delivery.FAILED
    assert service.kinds == ["configureSession"]


def test_too_many_requests_at_configure_tells_how_long_to_wait() -> None:
    service = Service()
    service.dial()
    service.hold(17)
    assert service.errors == ["TooManyRequests!"]
    assert service.ended.error is not None
    assert service.ended.error.retry_after == 17
    assert service.ended.error.code == 429


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        (4006, "session expired", "SessionExpired"),
        (4007, "session not found", "SessionNotFound"),
        (4017, "cannot downgrade", "CannotDowngrade"),
    ],
)
def test_some_refusals_end_the_chat_at_any_time(code: int, text: str, name: str) -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.refuse(code, text)
    assert service.errors == [f"{name}!"]
    assert service.state() is State.ERROR
    assert service.fate(key) is Delivery.FAILED
    assert service.wants_close() == NORMAL_CLOSURE


@pytest.mark.parametrize("kind", ["response", "message"])
@pytest.mark.parametrize("read_only", [True, False])
def test_an_expired_session_ends_the_chat(kind: str, read_only: bool) -> None:
    service = Service()
    service.dial()
    service.deployment()
    service.accept(readOnly=read_only)
    service.hear({"type": kind, "class": "SessionExpiredEvent", "code": 200, "body": {}})
    assert service.errors == ["SessionExpired!"]
    assert service.state() is State.ERROR


@pytest.mark.parametrize("code", [400, 401, 403, 404, 408, 500, 4000, 4010, 4012, 4020, 5000])
def test_other_refusals_are_told_and_the_chat_goes_on(code: int) -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.refuse(code, "no", service.frames[-1])
    assert service.state() is State.CONFIGURED
    assert service.last(ErrorRaised).tracing_id == service.frames[-1].tracing_id
    assert not service.last(ErrorRaised).fatal
    message = service.message(key)
    assert message.delivery is Delivery.FAILED
    assert message.failure == str(service.last(ErrorRaised).error)


def test_a_failed_message_can_be_sent_again_under_a_fresh_tracing_id() -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    first = service.frames[-1]
    with pytest.raises(WishError):
        service.do(service.session.resend, key)
    service.refuse(500, "no", first)
    service.do(service.session.resend, key)
    assert service.fate(key) is Delivery.SENDING
    assert service.frames[-1].tracing_id != first.tracing_id
    assert service.attributes() == SET
    service.echo()
    assert service.fate(key) is Delivery.SENT
    assert service.status() is AttributeStatus.ECHOED
    with pytest.raises(WishError):
        service.do(service.session.resend, key)
    with pytest.raises(WishError):
        service.do(service.session.resend, "never heard of")
    assert len(service.all(MessageAdded)) == 1


@pytest.mark.parametrize("named", [True, False])
def test_a_message_too_long_leaves_the_attributes_to_the_next(named: bool) -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.refuse(4011, "message too long", service.frames[-1] if named else None)
    assert service.fate(key) is Delivery.FAILED
    assert service.statuses[-2:] == [AttributeStatus.SENT, AttributeStatus.PENDING]
    service.say("Shorter")
    assert service.attributes() == SET
    service.echo()
    assert service.status() is AttributeStatus.ECHOED


@pytest.mark.parametrize("named", [True, False])
def test_too_many_requests_hold_everything_and_then_the_message_goes_again(named: bool) -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    first = service.frames[-1]
    service.hold(3, first if named else None)
    assert service.state() is State.CONFIGURED
    assert service.last(HeldBack).seconds == 3
    assert service.fate(key) is Delivery.QUEUED
    assert service.status() is AttributeStatus.PENDING
    later = service.say("Next")
    assert not service.do(service.session.typing)
    assert not service.do(service.session.echo)
    service.wait(2.9)
    assert service.frames[-1] is first
    service.wait(0.5)
    assert [service.wire(index)["message"]["text"] for index in (-2, -1)] == ["Hello", "Next"]
    assert service.attributes(-2) == SET
    assert service.frames[-2].tracing_id != first.tracing_id
    assert (service.fate(key), service.fate(later)) == (Delivery.SENDING, Delivery.SENDING)
    service.echo(service.frames[-2])
    assert service.status() is AttributeStatus.ECHOED


def test_three_messages_refused_for_speed_go_again_in_their_order() -> None:
    service = Service()
    service.configured()
    for text in ("one", "two", "three"):
        service.say(text)
    first = service.frames[-3:]
    for frame in first:
        service.hold(2, frame)
    service.wait(10)
    again = [frame for frame in service.frames if frame not in first][-3:]
    assert [service.wire(service.frames.index(frame))["message"]["text"] for frame in again] == [
        "one",
        "two",
        "three",
    ]
    assert service.kinds.count("Text") == 6


def test_a_join_refused_for_speed_goes_again_with_the_attributes() -> None:
    service = Service()
    service.configured(autostart=True)
    service.hold(1, service.frames[-1])
    assert service.status() is AttributeStatus.PENDING
    service.wait(2)
    assert service.kinds == ["configureSession", "Join", "Join"]
    assert service.attributes() == SET
    service.echo()
    assert service.status() is AttributeStatus.ECHOED


def test_a_join_refused_for_good_can_be_wished_for_again() -> None:
    service = Service()
    service.configured(autostart=True)
    service.refuse(403, "no", service.frames[-1])
    assert service.state() is State.CONFIGURED
    assert service.session.can_join
    assert service.status() is AttributeStatus.PENDING
    service.say("Hello")
    assert service.attributes() == SET


@pytest.mark.parametrize("named", [True, False])
def test_attributes_the_service_finds_too_large_are_not_sent_again(named: bool) -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.refuse(4013, "custom attributes too large", service.frames[-1] if named else None)
    assert service.fate(key) is Delivery.FAILED
    assert service.status() is AttributeStatus.REFUSED
    service.say("Again")
    assert service.attributes() is None
    service.do(service.session.set_attributes, {"crmCustomerId": "1"})
    assert service.status() is AttributeStatus.PENDING
    service.say("And again")
    assert service.attributes() == {"crmCustomerId": "1"}


def test_a_late_refusal_of_an_earlier_set_does_not_concern_the_present_one() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    old = service.frames[-1]
    service.do(service.session.set_attributes, {"crmCustomerId": "1"})
    service.refuse(4013, "custom attributes too large", old)
    assert service.status() is AttributeStatus.PENDING
    service.say("Again")
    assert service.attributes() == {"crmCustomerId": "1"}


def test_the_echo_of_an_earlier_set_does_not_deliver_the_present_one() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    service.do(service.session.set_attributes, {"crmCustomerId": "1"})
    service.echo()
    assert service.status() is AttributeStatus.PENDING


def test_attributes_over_the_services_limit_are_refused_before_they_go() -> None:
    service = Service(join=JoinPolicy.ALWAYS)
    service.dial()
    service.accept(maxCustomDataBytes=20)
    assert service.status() is AttributeStatus.REFUSED
    assert service.errors == ["CustomAttribute"]
    assert service.kinds == ["configureSession", "Join"]
    assert service.attributes() is None
    with pytest.raises(CustomAttributeError):
        service.do(service.session.set_attributes, {"crmCustomerId": "12345"})
    service.do(service.session.set_attributes, {"id": "1"})
    service.say("Hello")
    assert service.attributes() == {"id": "1"}


@pytest.mark.parametrize(
    "attributes", [{"a": "x" * 3000}, {"a": "\ud800"}, {"\ud800": "a"}, {"": "a"}, {"a": "\x07"}]
)
def test_a_set_that_cannot_be_sent_is_refused_and_the_earlier_stays(attributes: dict[str, str]) -> None:
    service = Service()
    service.configured()
    with pytest.raises(CustomAttributeError):
        service.do(service.session.set_attributes, attributes)
    service.say("Hello")
    assert service.attributes() == SET


def test_an_equal_set_changes_nothing() -> None:
    service = Service()
    service.configured()
    told = len(service.all(AttributesChanged))
    service.do(service.session.set_attributes, dict(SET))
    assert len(service.all(AttributesChanged)) == told


def test_a_new_set_goes_with_the_next_message() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    service.echo()
    service.do(service.session.set_attributes, {**SET, "order": "7"})
    service.say("Again")
    assert service.attributes() == {**SET, "order": "7"}
    service.echo()
    assert service.statuses[-3:] == [AttributeStatus.PENDING, AttributeStatus.SENT, AttributeStatus.ECHOED]


def test_a_reply_carries_the_attributes_too_and_is_checked_like_a_text() -> None:
    service = Service()
    service.configured()
    key = service.do(service.session.reply, quick_reply(QuickReply("Yes", "YES"), "m1"))
    assert service.kinds[-1] == "Structured"
    assert service.attributes() == SET
    service.echo()
    assert service.fate(key) is Delivery.SENT
    for text in ("a" * 5000, "\ud800"):
        with pytest.raises(MessageInputError):
            service.do(service.session.reply, quick_reply(QuickReply(text, "x"), "m1"))
    with pytest.raises(MessageInputError):
        service.do(service.session.reply, quick_reply(QuickReply("x", "\ud800"), "m1"))


def test_a_refused_echo_or_typing_leaves_the_messages_alone() -> None:
    service = Service()
    service.configured()
    service.do(service.session.typing)
    typing = service.frames[-1]
    key = service.say("Hello")
    service.hear_sample("server.string_error.403_typing_disabled", typing.tracing_id)
    service.hear_sample("server.string_error.403_typing_disabled")
    assert service.fate(key) is Delivery.SENDING
    service.do(service.session.echo)
    service.refuse(400, "no", service.frames[-1])
    assert service.fate(key) is Delivery.SENDING
    assert service.state() is State.CONFIGURED


def test_an_unnamed_refusal_with_nothing_under_way_is_only_told() -> None:
    service = Service()
    service.configured()
    service.refuse(4011, "message too long")
    service.hold(1)
    assert service.errors == ["MessageTooLong", "TooManyRequests"]
    assert service.last(ErrorRaised).tracing_id == ""
    assert service.state() is State.CONFIGURED


@pytest.mark.parametrize("code", [429, 4029])
@pytest.mark.parametrize("named", [True, False])
def test_a_refusal_for_speed_that_names_no_wait_holds_for_a_while(code: int, named: bool) -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.refuse(code, "slow down", service.frames[-1] if named else None)
    assert service.fate(key) is Delivery.QUEUED
    assert service.last(HeldBack).seconds == 3
    service.wait(2.9)
    assert service.kinds.count("Text") == 1
    service.wait(0.5)
    assert service.kinds.count("Text") == 2
    service.echo()
    assert service.fate(key) is Delivery.SENT


def test_an_empty_set_is_told_too() -> None:
    service = Service()
    service.configured()
    service.say("Hello")
    service.echo()
    told = len(service.all(AttributesChanged))
    service.do(service.session.set_attributes, {})
    assert len(service.all(AttributesChanged)) == told + 1
    assert service.last(AttributesChanged).attributes == {}
    service.say("Again")
    assert service.attributes() is None
