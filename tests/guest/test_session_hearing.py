"""What the service says in a running chat."""

from __future__ import annotations

import pytest

from gcdesk.guest.events import (
    AttributesChanged,
    FrameReceived,
    MessageAdded,
    Oddity,
    PresenceSeen,
    RoundTrip,
    TypingChanged,
)
from gcdesk.guest.message import Delivery, Direction, SenderKind

from .frames_of import names, sample
from .service import Service, State
from .test_session_ends import in_state


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", names("server."))
def test_every_frame_is_survived_and_reported_in_every_state(name: str, state: State) -> None:
    service = in_state(state)
    service.hear(sample(name))
    assert service.all(FrameReceived)[-1].frame.cls == sample(name)["class"]
    for step in service.states:
        assert isinstance(step, State)
    assert service.session.finished == (service.state() in (State.CLOSED, State.ERROR))


@pytest.mark.parametrize(
    "data", ["", "nonsense", "[]", "null", "{}", b"\xff\xfe", '{"class":"Hologram","code":200}']
)
def test_what_is_not_understood_is_shown_raw_and_nothing_else(data: str | bytes) -> None:
    service = in_state(State.CONFIGURED)
    service.hear(data)
    oddity = service.last(Oddity)
    assert oddity.problems
    assert service.events[-2:] == [service.last(FrameReceived), oddity]
    assert service.state() is State.CONFIGURED


def test_a_message_of_the_other_side_is_shown_once() -> None:
    service = in_state(State.CONFIGURED)
    frame = sample("server.structured_message.text_outbound_agent")
    for _ in range(3):
        service.hear(frame)
    added = service.last(MessageAdded).message
    assert len(service.all(MessageAdded)) == 1
    assert (added.direction, added.sender.kind) == (Direction.OUTBOUND, SenderKind.AGENT)
    assert added.delivery is Delivery.ARRIVED


def test_two_messages_of_the_same_time_and_text_are_two() -> None:
    service = in_state(State.CONFIGURED)
    service.hear(service.body(text="Hi", channel={"time": "2026-07-01T09:30:15.174Z"}))
    service.hear(service.body(text="Hi", channel={"time": "2026-07-01T09:30:15.174Z"}))
    assert len(service.all(MessageAdded)) == 2


def test_a_second_echo_of_the_same_message_is_shown_nowhere() -> None:
    for body_id in ("one", ""):
        service = in_state(State.CONFIGURED)
        key = service.say("Hello")
        service.echo(id=body_id)
        service.echo(id=body_id)
        assert service.fate(key) is Delivery.SENT
        assert len(service.all(MessageAdded)) == 1


def test_what_the_customer_writes_elsewhere_is_shown_as_the_customers() -> None:
    service = in_state(State.CONFIGURED)
    service.hear(service.body("Inbound", text="from the phone"))
    message = service.last(MessageAdded).message
    assert (message.direction, message.sender.kind) == (Direction.INBOUND, SenderKind.CUSTOMER)


@pytest.mark.parametrize("name", names("server.structured_message."))
def test_every_message_sample_is_shown(name: str) -> None:
    service = in_state(State.CONFIGURED)
    service.hear(sample(name))
    message = service.last(MessageAdded).message
    assert message.text == sample(name)["body"].get("text", "")
    assert len(message.content) == len(sample(name)["body"].get("content", []))
    assert message.text or message.content


@pytest.mark.parametrize("name", names("server.event."))
def test_events_are_never_shown_as_messages(name: str) -> None:
    service = in_state(State.CONFIGURED)
    service.hear(sample(name))
    assert service.all(MessageAdded) == []


def test_typing_is_told_and_ends_with_a_message() -> None:
    service = in_state(State.CONFIGURED)
    service.hear_sample("server.event.typing_on")
    assert service.last(TypingChanged).on
    assert service.last(TypingChanged).seconds == 5.0
    service.hear(service.body(text="Hello", originatingEntity="Bot"))
    assert not service.last(TypingChanged).on
    service.hear(service.body(type="Event", events=[{"eventType": "Typing", "typing": {"type": "Off"}}]))
    assert not service.last(TypingChanged).on


def test_own_typing_is_not_told_back() -> None:
    service = in_state(State.CONFIGURED)
    service.hear(service.body("Inbound", type="Event", events=[{"eventType": "Typing"}]))
    assert service.all(TypingChanged) == []


def test_presence_is_told_with_its_direction() -> None:
    service = in_state(State.CONFIGURED)
    service.hear_sample("server.event.presence_sign_in_inbound")
    seen = service.last(PresenceSeen)
    assert (seen.kind, seen.direction, seen.read_only) == ("SignIn", Direction.INBOUND, False)


def test_an_events_kind_that_is_not_known_is_left_alone() -> None:
    service = in_state(State.CONFIGURED)
    events = len(service.events)
    service.hear(service.body(type="Event", events=[{"eventType": "Reactions", "reactions": []}]))
    assert [type(event) for event in service.events[events:]] == [FrameReceived]


@pytest.mark.parametrize("how", ["tracing ID", "older message ID", "nothing"])
def test_a_health_check_gives_a_round_trip_and_no_message(how: str) -> None:
    service = in_state(State.CONFIGURED)
    assert service.do(service.session.echo)
    assert service.wire()["message"] == {"type": "Text", "text": "ping"}
    service.seconds += 0.12
    frame = sample("server.echo_reply")
    del frame["tracingId"]
    if how == "tracing ID":
        frame["tracingId"] = service.frames[-1].tracing_id
    elif how == "older message ID":
        frame["body"]["metadata"] = {"customMessageId": service.frames[-1].tracing_id}
    service.hear(frame)
    assert service.last(RoundTrip).seconds == pytest.approx(0.12)
    assert service.all(MessageAdded) == []
    service.hear(frame)
    assert len(service.all(RoundTrip)) == 1
    assert service.all(MessageAdded) == []


def test_the_answer_to_someone_elses_health_check_is_shown_nowhere() -> None:
    service = in_state(State.CONFIGURED)
    service.hear_sample("server.echo_reply", "SGVhbHRoQ2hlY2tNZXNzYWdlSWQ=")
    assert service.all(MessageAdded) == []
    assert service.all(RoundTrip) == []


def test_a_customer_who_says_ping_is_heard() -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.echo)
    key = service.say("ping")
    service.echo()
    assert service.fate(key) is Delivery.SENT
    assert service.all(RoundTrip) == []


def test_a_health_check_that_is_asked_too_early_goes_when_its_half_minute_is_over() -> None:
    service = in_state(State.CONFIGURED)
    assert service.do(service.session.echo)
    service.wait(30)
    for _ in range(3):
        assert not service.do(service.session.echo)
    assert service.kinds.count("echo") == 1
    service.wait(2)
    assert service.kinds.count("echo") == 2
    service.wait(3600)
    assert service.kinds.count("echo") == 2


@pytest.mark.parametrize("ends", ["break", "leave"])
def test_a_health_check_that_waits_is_forgotten_with_the_connection(ends: str) -> None:
    service = in_state(State.CONFIGURED)
    service.do(service.session.echo)
    assert not service.do(service.session.echo)
    if ends == "break":
        service.lose()
        service.reopen()
        service.accept(newSession=False)
    else:
        service.do(service.session.leave)
    service.wait(100)
    assert service.kinds.count("echo") == 1


def test_own_typing_is_told_at_most_every_five_seconds_until_a_message_arrives() -> None:
    service = in_state(State.CONFIGURED)
    assert service.do(service.session.typing)
    assert service.attributes() is None
    service.wait(5)
    assert not service.do(service.session.typing)
    service.wait(0.1)
    assert service.do(service.session.typing)
    service.say("Hello")
    assert not service.do(service.session.typing)
    service.echo()
    service.wait(1)
    assert service.do(service.session.typing)
    assert service.kinds.count("Typing") == 3


def test_own_typing_is_not_told_where_the_deployment_hides_it() -> None:
    service = Service()
    service.configured(showUserTypingIndicator=False)
    assert not service.do(service.session.typing)
    assert service.kinds == ["configureSession"]


def test_typing_and_health_checks_leave_the_attributes_to_the_message() -> None:
    service = in_state(State.CONFIGURED)
    told = len(service.all(AttributesChanged))
    service.do(service.session.typing)
    service.do(service.session.echo)
    assert len(service.all(AttributesChanged)) == told
    service.say("Hello")
    assert service.attributes() is not None
