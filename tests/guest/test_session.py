"""A session from the first dial to the first message: the life every test chat has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gcdesk.errors import (
    AccessRefusedError,
    ConnectionLostError,
    MessageInputError,
    NameNotFoundError,
    WishError,
)
from gcdesk.guest.events import (
    AttributesChanged,
    AttributeStatus,
    Carrier,
    ConnectionOpened,
    DeploymentRead,
    DeploymentUnread,
    FrameReceived,
    MessageAdded,
    MessageWithdrawn,
    SessionConfigured,
)
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery, Direction, SenderKind
from gcdesk.guest.session import NORMAL_CLOSURE

from .service import DEPLOYMENT_ID, SET, TOKEN, JoinPolicy, Service, State


def test_dialling_wants_a_connection_and_tells_what_will_be_sent() -> None:
    service = Service()
    assert service.state() is State.IDLE
    assert not service.wants_dial()
    service.do(service.session.dial)
    assert service.wants_dial()
    assert service.states == [State.CONNECTING]
    told = service.last(AttributesChanged)
    assert (told.status, told.attributes, told.carrier, told.joining) == (
        AttributeStatus.PENDING,
        SET,
        None,
        None,
    )
    assert told.size == len('{"crmCustomerId":"000123","customerName":"Ada"}')


def test_a_session_is_dialled_once() -> None:
    service = Service()
    service.do(service.session.dial)
    for _ in range(2):
        with pytest.raises(WishError):
            service.do(service.session.dial)
    assert service.states == [State.CONNECTING]


def test_the_first_frame_configures_the_session() -> None:
    service = Service()
    service.do(service.session.dial)
    service.seconds += 0.25
    service.opened()
    opened = service.last(ConnectionOpened)
    assert (opened.host, opened.tls, opened.proxy) == ("webmessaging.mypurecloud.de", "TLS 1.3", "")
    assert opened.seconds == pytest.approx(0.25)
    assert service.state() is State.CONNECTED
    assert service.kinds == ["configureSession"]
    assert service.wire() == {
        "action": "configureSession",
        "token": TOKEN,
        "deploymentId": DEPLOYMENT_ID,
        "startNew": False,
        "journeyContext": {
            "customer": {"id": TOKEN, "idType": "cookie"},
            "customerSession": {"id": "", "type": "web"},
        },
        "tracingId": "id-1",
    }


def test_the_services_answer_configures_the_session() -> None:
    service = Service()
    service.dial()
    service.seconds += 0.5
    service.accept(expirationDate=1783157415)
    configured = service.last(SessionConfigured)
    assert (configured.new_session, configured.read_only, configured.max_custom_data_bytes) == (
        True,
        False,
        2048,
    )
    assert configured.expires == datetime.fromtimestamp(1783157415, UTC)
    assert configured.seconds == pytest.approx(0.5)
    assert service.states == [State.CONNECTING, State.CONNECTED, State.CONFIGURED]


def test_autostart_joins_with_the_attributes_and_the_first_message_repeats_them() -> None:
    service = Service()
    service.configured(autostart=True)
    assert service.kinds == ["configureSession", "Join"]
    assert service.attributes() == SET
    assert service.statuses == [AttributeStatus.PENDING, AttributeStatus.PENDING, AttributeStatus.SENT]
    assert [event.joining for event in service.all(AttributesChanged)] == [None, True, True]
    assert service.last(AttributesChanged).carrier is Carrier.JOIN
    service.echo()
    assert service.statuses[3:] == [AttributeStatus.ECHOED]
    key = service.say("Hello")
    assert service.kinds[2:] == ["Text"]
    assert service.attributes() == SET
    service.echo()
    assert service.fate(key) is Delivery.SENT
    service.say("Again")
    assert service.attributes() is None
    assert service.statuses[3:] == [AttributeStatus.ECHOED]
    service.check_frames()


def test_without_autostart_the_first_message_carries_them() -> None:
    service = Service()
    service.configured()
    assert service.kinds == ["configureSession"]
    assert service.last(AttributesChanged).joining is False
    key = service.say("Hello")
    assert service.attributes() == SET
    assert service.last(AttributesChanged).carrier is Carrier.MESSAGE
    assert service.fate(key) is Delivery.SENDING
    service.echo()
    assert service.statuses[-2:] == [AttributeStatus.SENT, AttributeStatus.ECHOED]
    assert service.fate(key) is Delivery.SENT


def test_nothing_goes_before_the_deployment_tells_whether_to_join() -> None:
    service = Service()
    service.dial()
    service.accept()
    key = service.say("Hello")
    assert service.kinds == ["configureSession"]
    assert service.fate(key) is Delivery.QUEUED
    service.deployment(autoStart={"enabled": True})
    assert service.kinds == ["configureSession", "Join", "Text"]
    assert service.attributes(1) == service.attributes(2) == SET


def test_an_unreadable_deployment_is_told_and_the_chat_goes_on_without_joining() -> None:
    service = Service()
    service.dial()
    service.accept()
    service.say("Hello")
    service.no_deployment()
    assert service.kinds == ["configureSession", "Text"]
    assert len(service.all(DeploymentUnread)) == 1
    assert service.errors == []
    assert service.state() is State.CONFIGURED


@pytest.mark.parametrize("when", ["dialled", "opened", "configured"])
def test_an_inactive_deployment_stops_with_the_reason(when: str) -> None:
    service = Service()
    service.do(service.session.dial)
    if when != "dialled":
        service.opened()
    if when == "configured":
        service.accept()
    service.deployment(status="Inactive")
    assert service.errors == ["DeploymentInactive!"]
    assert service.ended.error is not None
    assert "Inactive" in service.ended.error.title
    assert service.state() is State.ERROR
    assert service.wants_close() == (None if when == "dialled" else NORMAL_CLOSURE)
    assert len(service.all(DeploymentRead)) == 1
    assert service.kinds in ([], ["configureSession"])


def test_a_running_session_that_is_not_new_is_not_joined() -> None:
    service = Service(join=JoinPolicy.ALWAYS)
    service.dial()
    service.deployment(autoStart={"enabled": True})
    service.accept(newSession=False)
    assert service.kinds == ["configureSession"]
    service.say("Hello")
    assert service.attributes() == SET


@pytest.mark.parametrize("join", [JoinPolicy.ALWAYS, JoinPolicy.NEVER])
@pytest.mark.parametrize("autostart", [True, False])
def test_the_policy_goes_before_the_deployment_and_needs_no_wait(join: JoinPolicy, autostart: bool) -> None:
    service = Service(join=join)
    service.dial()
    service.accept()
    assert service.kinds[1:] == (["Join"] if join is JoinPolicy.ALWAYS else [])
    service.deployment(autoStart={"enabled": autostart})
    assert service.kinds[1:] == (["Join"] if join is JoinPolicy.ALWAYS else [])


def test_the_customer_can_join_by_hand_once() -> None:
    service = Service()
    assert not service.can_join()
    with pytest.raises(WishError):
        service.do(service.session.join)
    service.configured()
    assert service.can_join()
    service.do(service.session.join)
    assert service.kinds[1:] == ["Join"]
    assert service.attributes() == SET
    assert not service.can_join()
    with pytest.raises(WishError):
        service.do(service.session.join)
    service.echo()
    with pytest.raises(WishError):
        service.do(service.session.join)
    assert service.status() is AttributeStatus.ECHOED


@pytest.mark.parametrize("autostart", [True, False])
def test_a_join_wished_for_before_the_deployment_is_known_is_kept(autostart: bool) -> None:
    service = Service()
    service.dial()
    service.accept()
    service.do(service.session.join)
    service.deployment(autoStart={"enabled": autostart})
    assert service.kinds[1:] == ["Join"]


def test_a_join_echo_without_a_tracing_id_counts() -> None:
    service = Service()
    service.configured(autostart=True)
    service.hear_sample("server.event.presence_join_inbound")
    assert service.status() is AttributeStatus.ECHOED


def test_the_join_echo_of_another_connection_does_not_count() -> None:
    service = Service()
    service.configured(autostart=True)
    service.hear_sample("server.event.presence_join_inbound", "another's")
    assert service.status() is AttributeStatus.SENT


def test_messages_wait_for_the_session_and_keep_their_order() -> None:
    service = Service()
    service.do(service.session.dial)
    keys = [service.say("one"), service.say("two")]
    service.opened()
    keys.append(service.say("three"))
    service.deployment()
    assert service.kinds == ["configureSession"]
    service.accept()
    assert [service.wire(index)["message"]["text"] for index in (1, 2, 3)] == ["one", "two", "three"]
    assert [service.attributes(index) for index in (1, 2, 3)] == [SET, None, None]
    assert [service.fate(key) for key in keys] == [Delivery.SENDING] * 3


def test_an_own_message_keeps_its_key_and_takes_the_services_id() -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    shown = service.message(key)
    assert (shown.direction, shown.sender.kind, shown.id) == (Direction.INBOUND, SenderKind.CUSTOMER, "")
    service.echo(id="theirs", channel={"time": "2026-07-01T09:30:15.174Z"})
    message = service.message(key)
    assert (message.id, message.delivery, message.text) == ("theirs", Delivery.SENT, "Hello")
    assert message.time == datetime(2026, 7, 1, 9, 30, 15, 174_000, UTC)
    assert message.at == shown.at
    assert len(service.all(MessageAdded)) == 1


def test_an_own_echo_without_a_tracing_id_is_known_by_its_text() -> None:
    service = Service()
    service.configured()
    key = service.say("Hello")
    service.hear(service.body("Inbound", text="Hello"))
    assert service.fate(key) is Delivery.SENT
    assert service.status() is AttributeStatus.ECHOED
    assert len(service.all(MessageAdded)) == 1


def test_messages_are_paced_and_the_session_asks_to_be_woken_for_the_rest() -> None:
    service = Service()
    service.configured()
    keys = [service.say(f"message {number}") for number in range(6)]
    assert service.kinds.count("Text") == 3
    assert service.session.next_wake is not None
    assert service.session.next_wake > service.seconds
    service.wait(10)
    assert service.kinds.count("Text") == 6
    assert [service.fate(key) for key in keys] == [Delivery.SENDING] * 6
    for frame in service.frames[-6:]:
        service.echo(frame)
    assert service.session.next_wake is None


def test_requests_of_one_connection_stay_below_sixty_a_minute_for_hours() -> None:
    service = Service()
    service.configured()
    for number in range(300):
        service.say(f"message {number}")
    sent: list[float] = []
    for _ in range(2000):
        before = len(service.frames)
        service.wait(0.25)
        sent += [service.seconds] * (len(service.frames) - before)
    assert service.kinds.count("Text") == 300
    assert max(sum(start <= time < start + 60 for time in sent) for start in sent) <= 60


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "The message is empty."),
        (" \n\t", "The message is empty."),
        ("a" * 4097, "The message is 4,097 bytes long; Genesys Cloud takes at most 4,096."),
        ("é" * 2049, "The message is 4,098 bytes long; Genesys Cloud takes at most 4,096."),
        ("half \ud83d", "The message holds half a character that cannot be sent."),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_here(text: str, title: str) -> None:
    service = Service()
    service.configured()
    events = len(service.events)
    with pytest.raises(MessageInputError) as caught:
        service.say(text)
    assert caught.value.title == title
    assert len(service.events) == events
    assert service.kinds == ["configureSession"]


@pytest.mark.parametrize("text", ["a" * 4096, "é" * 2048, " x ", "a\x00b", "a\u2028b", "👩‍👩‍👧‍👦 שלום"])
def test_every_other_text_goes_out_unchanged(text: str) -> None:
    service = Service()
    service.configured()
    service.say(text)
    assert service.wire()["message"]["text"] == text


def test_a_waiting_message_can_be_taken_back() -> None:
    service = Service()
    service.do(service.session.dial)
    key, other = service.say("one"), service.say("two")
    service.do(service.session.withdraw, key)
    assert service.last(MessageWithdrawn).message.key == key
    service.opened()
    service.deployment()
    service.accept()
    assert [service.wire(-1)["message"]["text"], service.kinds.count("Text")] == ["two", 1]
    with pytest.raises(WishError):
        service.do(service.session.withdraw, other)
    with pytest.raises(WishError):
        service.do(service.session.withdraw, "never heard of")


@pytest.mark.parametrize("error", [NameNotFoundError(), AccessRefusedError(code=403)])
def test_a_first_dial_that_fails_is_the_end(error: NameNotFoundError) -> None:
    service = Service()
    service.do(service.session.dial)
    service.say("Hello")
    service.do(service.session.dial_failed, error)
    assert service.ended.error is error
    assert service.states == [State.CONNECTING, State.ERROR]
    assert not service.wants_dial()
    assert service.session.next_wake is None
    assert service.errors == [f"{error.name}!"]


def test_a_connection_that_breaks_before_the_session_is_configured_is_the_end() -> None:
    for breaks_at in (State.CONNECTING, State.CONNECTED):
        service = Service()
        service.do(service.session.dial)
        if breaks_at is State.CONNECTED:
            service.opened()
        service.lose()
        assert service.state() is State.ERROR
        assert service.ended.error is not None
        assert service.ended.error.name == "ConnectionLost"


def test_a_silent_service_is_given_up() -> None:
    service = Service()
    service.dial()
    assert service.session.next_wake == service.seconds + Limits().configure_timeout
    service.wait(19.9)
    assert service.state() is State.CONNECTED
    service.wait(0.2)
    assert service.errors == ["ConfigureTimeout!"]
    assert service.ended.error is not None
    assert service.wants_close() == NORMAL_CLOSURE
    assert service.session.next_wake is None


def test_the_size_of_a_frame_is_told_in_bytes() -> None:
    service = Service()
    service.configured()
    service.hear('{"a":"é"}')
    service.hear('{"a":"é"}'.encode())
    service.hear("\ud800")
    assert [event.size for event in service.all(FrameReceived)[-3:]] == [10, 10, 3]


def test_nothing_secret_shows_in_what_a_log_might_hold() -> None:
    service = Service()
    service.configured(autostart=True)
    service.say("a secret text")
    shown = " ".join([repr(service.session), repr(service.session.options), *map(repr, service.frames)])
    for secret in (TOKEN, DEPLOYMENT_ID, SET["crmCustomerId"], "a secret text"):
        assert secret not in shown


def test_a_lost_connection_is_no_surprise_after_the_end() -> None:
    service = Service()
    service.configured()
    service.do(service.session.leave)
    service.do(service.session.closed)
    events = len(service.events)
    service.lose(ConnectionLostError())
    service.do(service.session.closed)
    service.do(service.session.dial_failed, ConnectionLostError())
    service.do(service.session.tick)
    assert len(service.events) == events
