"""The checklist's steps: only what happened, at the right step, with what to do."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk import errors
from gcdesk.guest import codes, events
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.events import AttributeStatus, Carrier, Event
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.moment import Moment
from gcdesk.guest.session import Session, SessionOptions
from gcdesk.guest.states import State
from gcdesk.ui.steps import ARRIVED, CONNECTION, DEPLOYMENT, SENT, SESSION, Step, Steps, StepStatus, took

AT = datetime(2026, 11, 23, 9, 41, 7, tzinfo=UTC)
ATTRIBUTES = {
    "crmCustomerId": "CUST-12345",
    "customerName": "Priya",
    "sourceChannel": "gcdesk",
    "timestamp": "2026-11-23T09:41:07Z",
    "userAgent": "gcdesk",
}
ACTIVE: dict[str, Any] = {"status": "Active", "messenger": {"enabled": True}}


def new_steps(**options: Any) -> Steps:
    return Steps(local_time=lambda time: time.astimezone(timezone(timedelta(hours=1))), **options)


def by_id(steps: tuple[Step, ...], step: str) -> Step:
    return next(one for one in steps if one.id == step)


def moved(before: State, after: State, reason: str = "") -> events.StateChanged:
    return events.StateChanged(AT, after, before, reason)


CONNECTING = moved(State.IDLE, State.CONNECTING)
OPENED = events.ConnectionOpened(AT, "webmessaging.mypurecloud.de", "TLS 1.3", 0.084)
CONNECTED = moved(State.CONNECTING, State.CONNECTED)
CONFIGURED = events.SessionConfigured(
    AT,
    new_session=True,
    read_only=False,
    max_custom_data_bytes=2048,
    expires=AT + timedelta(hours=71, minutes=59),
    seconds=0.112,
)


def attributes(
    status: AttributeStatus, carrier: Carrier | None = None, joining: bool | None = None
) -> events.AttributesChanged:
    return events.AttributesChanged(AT, status, ATTRIBUTES, 213, carrier, joining)


def read(config: Mapping[str, Any] = ACTIVE) -> events.DeploymentRead:
    return events.DeploymentRead(AT, parse_deployment(config), 0.061)


UNTIL_CONFIGURED: tuple[Event, ...] = (
    CONNECTING,
    read(),
    OPENED,
    CONNECTED,
    CONFIGURED,
    moved(State.CONNECTED, State.CONFIGURED),
)


def after(*happened: Event, steps: Steps | None = None) -> tuple[Step, ...]:
    steps = steps or new_steps()
    for event in happened:
        steps.apply(event)
    return steps.steps


def test_at_first_everything_waits() -> None:
    steps = new_steps().steps
    assert [step.id for step in steps] == [DEPLOYMENT, CONNECTION, SESSION, SENT, ARRIVED]
    assert {step.status for step in steps} == {StepStatus.WAITING}
    assert [step.title for step in steps] == [
        "Deployment",
        "Connection",
        "Session",
        "Attributes",
        "Arrival in Genesys Cloud",
    ]


def test_connecting_runs_what_can_run() -> None:
    steps = after(CONNECTING)
    running = [step.id for step in steps if step.status is StepStatus.RUNNING]
    assert running == [DEPLOYMENT, CONNECTION]


def test_each_step_shows_what_was_measured() -> None:
    steps = after(*UNTIL_CONFIGURED)
    assert [(step.status, step.title, step.detail, step.measured) for step in steps[:3]] == [
        (StepStatus.DONE, "Deployment is active", "conversations on, no sign-in needed", "61 ms"),
        (StepStatus.DONE, "Connected", "webmessaging.mypurecloud.de, TLS 1.3", "84 ms"),
        (StepStatus.DONE, "Session configured", "new session, ends in 71 h", "112 ms"),
    ]


def test_attributes_that_wait_say_for_what() -> None:
    waiting = by_id(after(*UNTIL_CONFIGURED, attributes(AttributeStatus.PENDING, joining=False)), SENT)
    assert waiting.status is StepStatus.WAITING
    assert waiting.title == "Attributes not sent yet"
    assert waiting.detail == "crmCustomerId and 4 more, 213 B"
    assert waiting.hint == "They go with the first message."
    joining = by_id(after(*UNTIL_CONFIGURED, attributes(AttributeStatus.PENDING, joining=True)), SENT)
    assert joining.hint == "They go with the Join."
    unknown = by_id(after(CONNECTING, attributes(AttributeStatus.PENDING)), SENT)
    assert unknown.hint == ""


def test_attributes_on_their_way_are_not_done() -> None:
    sent = by_id(after(*UNTIL_CONFIGURED, attributes(AttributeStatus.SENT, Carrier.JOIN)), SENT)
    assert sent.status is StepStatus.RUNNING
    assert sent.title == "Attributes on their way, with the Join"


def test_echoed_attributes_are_sent_with_the_local_time() -> None:
    steps = after(*UNTIL_CONFIGURED, attributes(AttributeStatus.SENT), attributes(AttributeStatus.ECHOED))
    sent = by_id(steps, SENT)
    assert (sent.status, sent.title) == (StepStatus.DONE, "Attributes sent")
    assert sent.detail == "crmCustomerId and 4 more, 213 B"
    assert sent.measured == "10:41:07"


def test_arrival_is_never_done_and_says_how_to_check() -> None:
    arrived = by_id(after(*UNTIL_CONFIGURED, attributes(AttributeStatus.ECHOED)), ARRIVED)
    assert arrived.status is StepStatus.WAITING
    assert "not proven" in arrived.title
    assert "Without the credentials of an OAuth client gcdesk cannot look it up." in arrived.detail
    for needed in ("crmCustomerId", "Get Participant Data", "inbound message flow", "participant data"):
        assert needed in arrived.hint


def test_arrival_names_the_key_of_the_environment() -> None:
    changed = events.AttributesChanged(AT, AttributeStatus.ECHOED, {"kundenNummer": "7"}, 13)
    steps = after(*UNTIL_CONFIGURED, changed)
    assert "kundenNummer" in by_id(steps, ARRIVED).hint
    assert by_id(steps, SENT).detail == "kundenNummer, 13 B"


def test_the_simulator_is_not_taken_for_genesys_cloud() -> None:
    steps = new_steps(simulated=True)
    arrived = by_id(after(*UNTIL_CONFIGURED, attributes(AttributeStatus.ECHOED), steps=steps), ARRIVED)
    assert arrived.status is StepStatus.WAITING
    assert "simulator" in arrived.detail
    assert arrived.hint == ""


def test_an_unreadable_deployment_is_a_warning_and_can_be_copied() -> None:
    error = errors.DeploymentUnreadableError(code=403, detail="GET config.json")
    step = by_id(after(CONNECTING, events.DeploymentUnread(AT, error, 0.5)), DEPLOYMENT)
    assert step.status is StepStatus.WARNED
    assert step.detail == errors.DeploymentUnreadableError.title
    assert step.hint == errors.DeploymentUnreadableError.hint
    assert step.measured == "500 ms"
    assert step.actions == ("copy",)
    assert "DeploymentUnreadable" in step.details
    assert "Code: 403" in step.details
    assert "GET config.json" in step.details


@pytest.mark.parametrize(
    ("auth", "status", "facts"),
    [
        ({"enabled": True}, StepStatus.WARNED, "conversations on, sign-in needed"),
        (
            {"enabled": True, "allowSessionUpgrade": True},
            StepStatus.DONE,
            "conversations on, sign-in possible",
        ),
        ({"enabled": False}, StepStatus.DONE, "conversations on, no sign-in needed"),
    ],
)
def test_a_sign_in_is_a_warning_only_where_guests_need_it(
    auth: dict[str, Any], status: StepStatus, facts: str
) -> None:
    step = by_id(after(CONNECTING, read({**ACTIVE, "auth": auth})), DEPLOYMENT)
    assert (step.status, step.detail) == (status, facts)
    assert bool(step.hint) is (status is StepStatus.WARNED)


def test_a_deployment_without_a_status_is_not_called_active() -> None:
    step = by_id(after(CONNECTING, read({})), DEPLOYMENT)
    assert "active" not in step.title


def test_an_inactive_deployment_fails_with_its_reason_and_its_time() -> None:
    error = errors.DeploymentInactiveError("The deployment is not active: its status is Inactive.")
    inactive = read({"status": "Inactive"})
    steps = after(CONNECTING, inactive, events.ErrorRaised(AT, error, fatal=True))
    step = by_id(steps, DEPLOYMENT)
    assert step.status is StepStatus.FAILED
    assert step.title == error.title
    assert step.hint == error.hint
    assert step.measured == "61 ms"
    assert step.actions[0] == "environment"


@pytest.mark.parametrize(
    ("error", "where", "first_action"),
    [
        (errors.NameNotFoundError(), CONNECTION, "environment"),
        (errors.UnreachableError(), CONNECTION, "retry"),
        (errors.TlsError(), CONNECTION, "retry"),
        (errors.ProxyError(), CONNECTION, "retry"),
        (errors.OpenTimeoutError(), CONNECTION, "retry"),
        (errors.ConnectionLostError(), CONNECTION, "retry"),
        (errors.AccessRefusedError(code=403), CONNECTION, "environment"),
        (errors.EndpointNotFoundError(code=404), CONNECTION, "environment"),
        (errors.ServiceDownError(code=503), CONNECTION, "retry"),
        (errors.ConnectionRateError(code=429, retry_after=12), CONNECTION, "copy"),
        (errors.ConfigureTimeoutError(), SESSION, "retry"),
        (codes.service_error(400, "Deployment not found", during_configure=True), SESSION, "retry"),
        (codes.service_error(4006, "expired"), SESSION, "retry"),
        (codes.service_error(4013, "too large"), SENT, "attributes"),
        (errors.CustomAttributeError("Too many bytes.", "Shorten some."), SENT, "attributes"),
        (errors.DeploymentInactiveError(), DEPLOYMENT, "environment"),
        (errors.EnvironmentInputError("No IDs.", "Enter them."), DEPLOYMENT, "environment"),
        (errors.KeyringRefusedError(), DEPLOYMENT, "retry"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, errors.GcdeskError) else "",
)
def test_errors_land_at_their_step_with_two_sentences(
    error: errors.GcdeskError, where: str, first_action: str
) -> None:
    steps = after(CONNECTING, OPENED, CONNECTED, events.ErrorRaised(AT, error, fatal=True))
    failed = [step for step in steps if step.status is StepStatus.FAILED]
    assert [step.id for step in failed] == [where]
    assert failed[0].title == error.title
    assert failed[0].hint == error.hint
    assert failed[0].actions[0] == first_action
    assert failed[0].actions[-1] == "copy"
    assert error.name in failed[0].details
    assert error.title in failed[0].details


def test_an_error_before_the_chat_started_is_shown_too() -> None:
    step = by_id(new_steps().fail(errors.KeyringRefusedError(), AT), DEPLOYMENT)
    assert step.status is StepStatus.FAILED
    assert step.title == errors.KeyringRefusedError.title


def test_an_end_by_an_error_nobody_raised_is_still_placed() -> None:
    steps = after(CONNECTING, events.Ended(AT, "x", errors.UnreachableError()))
    assert by_id(steps, CONNECTION).status is StepStatus.FAILED


def test_after_the_end_nothing_runs_and_nothing_became_done() -> None:
    steps = after(*UNTIL_CONFIGURED, attributes(AttributeStatus.SENT), events.Ended(AT, "The chat was left."))
    assert not [step for step in steps if step.status is StepStatus.RUNNING]
    sent = by_id(steps, SENT)
    assert (sent.status, sent.detail) == (StepStatus.WAITING, "The chat ended before this was known.")


def test_attributes_never_sent_say_so_at_the_end() -> None:
    pending = attributes(AttributeStatus.PENDING, joining=False)
    sent = by_id(after(*UNTIL_CONFIGURED, pending, events.Ended(AT, "x")), SENT)
    assert sent.detail == "The chat ended before they were sent."


def test_a_refused_set_keeps_the_services_reason() -> None:
    error = codes.service_error(4013, "Custom attributes exceed 2048")
    happened = (
        events.ErrorRaised(AT, error, fatal=False, tracing_id="t"),
        attributes(AttributeStatus.REFUSED),
    )
    sent = by_id(after(*UNTIL_CONFIGURED, attributes(AttributeStatus.SENT), *happened), SENT)
    assert (sent.status, sent.title, sent.hint) == (StepStatus.FAILED, error.title, error.hint)
    assert sent.actions == ("attributes", "copy")
    alone = by_id(after(*UNTIL_CONFIGURED, attributes(AttributeStatus.REFUSED)), SENT)
    assert alone.status is StepStatus.FAILED
    assert alone.hint


def test_a_429_on_the_way_is_a_warning_until_the_echo() -> None:
    error = codes.service_error(429, "slow down", 12)
    refused = (
        attributes(AttributeStatus.SENT),
        events.ErrorRaised(AT, error, fatal=False, tracing_id="t"),
        attributes(AttributeStatus.PENDING, joining=False),
    )
    sent = by_id(after(*UNTIL_CONFIGURED, *refused), SENT)
    assert (sent.status, sent.title, sent.hint) == (StepStatus.WARNED, error.title, error.hint)
    assert sent.detail == "They go with the first message."
    echoed = (attributes(AttributeStatus.SENT), attributes(AttributeStatus.ECHOED))
    assert by_id(after(*UNTIL_CONFIGURED, *refused, *echoed), SENT).status is StepStatus.DONE


def test_a_refused_message_after_delivery_leaves_the_checklist_alone() -> None:
    error = codes.service_error(4011, "too long")
    before = (*UNTIL_CONFIGURED, attributes(AttributeStatus.SENT), attributes(AttributeStatus.ECHOED))
    assert after(*before, events.ErrorRaised(AT, error, fatal=False, tracing_id="t")) == after(*before)


def own_message(delivery: Delivery) -> events.MessageChanged:
    message = Message("k", "", Direction.INBOUND, Sender(SenderKind.CUSTOMER), "hi", (), delivery, AT)
    return events.MessageChanged(AT, message)


def test_a_refusal_of_something_else_warns_at_the_session_until_a_message_got_through() -> None:
    error = codes.service_error(403, "not allowed")
    before = (*UNTIL_CONFIGURED, attributes(AttributeStatus.SENT), attributes(AttributeStatus.ECHOED))
    warned = after(*before, events.ErrorRaised(AT, error, fatal=False))
    assert by_id(warned, SESSION).status is StepStatus.WARNED
    assert by_id(warned, SESSION).title == error.title
    again = after(*before, events.ErrorRaised(AT, error, fatal=False), own_message(Delivery.SENT))
    assert by_id(again, SESSION) == by_id(after(*before), SESSION)


def test_reconnecting_runs_again_and_comes_back() -> None:
    planned = events.ReconnectPlanned(AT, 2, 4.6, errors.ConnectionLostError())
    lost = (moved(State.CONFIGURED, State.RECONNECTING), planned)
    steps = after(*UNTIL_CONFIGURED, *lost)
    assert by_id(steps, CONNECTION).status is StepStatus.RUNNING
    assert by_id(steps, CONNECTION).title == "Reconnecting, try 2"
    assert by_id(steps, CONNECTION).detail == "The connection was lost. Next try in 5 s."
    assert by_id(steps, SESSION).status is StepStatus.WAITING
    resumed = events.SessionConfigured(
        AT, new_session=False, read_only=False, max_custom_data_bytes=None, expires=None, seconds=0.05
    )
    steps = after(*UNTIL_CONFIGURED, *lost, OPENED, resumed, moved(State.RECONNECTING, State.CONFIGURED))
    assert by_id(steps, CONNECTION).title == "Connected again"
    assert by_id(steps, SESSION).title == "Session resumed"
    assert by_id(steps, SESSION).detail == "existing session"


def test_a_chat_lost_over_a_break_is_said_at_the_session() -> None:
    gone = errors.ConnectionLostError("The earlier chat is gone.", "Go on here as a new chat.")
    step = by_id(after(*UNTIL_CONFIGURED, CONFIGURED, events.ErrorRaised(AT, gone, fatal=False)), SESSION)
    assert (step.status, step.title, step.hint) == (StepStatus.WARNED, gone.title, gone.hint)


def test_read_only_warns_and_says_what_to_do() -> None:
    ended = moved(State.CONFIGURED, State.READ_ONLY, "The other side ended the conversation.")
    step = by_id(after(*UNTIL_CONFIGURED, ended), SESSION)
    assert step.status is StepStatus.WARNED
    assert step.detail == "The other side ended the conversation."
    assert step.hint == "Start a new chat to write again."


def test_a_local_connection_is_not_called_encrypted() -> None:
    opened = events.ConnectionOpened(AT, "127.0.0.1:8080", "", 0.002)
    assert by_id(after(CONNECTING, opened), CONNECTION).detail == (
        "127.0.0.1:8080, not encrypted, on this computer"
    )
    proxied = events.ConnectionOpened(AT, "host", "TLS 1.2", 0.002, "proxy:3128")
    assert by_id(after(CONNECTING, proxied), CONNECTION).detail == "host, TLS 1.2, through proxy:3128"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=71, minutes=59), "ends in 71 h"),
        (timedelta(minutes=15), "ends in 15 min"),
        (timedelta(days=540), "ends in 540 days"),
        (timedelta(seconds=-61), "already past its end"),
    ],
)
def test_the_end_of_a_session_in_words(left: timedelta, words: str) -> None:
    configured = events.SessionConfigured(
        AT, new_session=True, read_only=False, max_custom_data_bytes=None, expires=AT + left, seconds=0.1
    )
    assert by_id(after(configured), SESSION).detail == f"new session, {words}"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "0 ms"), (0.061, "61 ms"), (0.9994, "999 ms"), (0.9996, "1.0 s"), (1.94, "1.9 s"), (12.4, "12 s")],
)
def test_durations_in_words(seconds: float, words: str) -> None:
    assert took(seconds) == words


def test_words_go_through_the_translation_that_was_handed_in() -> None:
    asked: list[tuple[str, str]] = []

    def translate(context: str, text: str) -> str:
        asked.append((context, text))
        return text.upper()

    steps = Steps(translate)
    steps.apply(CONNECTING)
    assert by_id(steps.steps, CONNECTION).title == "CONNECTING"
    steps.apply(events.ErrorRaised(AT, errors.TlsError(), fatal=True))
    assert ("Sentences", errors.TlsError.title) in asked


class Drive:
    """A real session, fed by hand, and the steps that follow its events."""

    def __init__(self) -> None:
        numbers = itertools.count(1)
        options = SessionOptions("deployment", "token", ATTRIBUTES)
        self.session = Session(options, lambda: f"id-{next(numbers)}")
        self.steps = new_steps()
        self.now = Moment(100.0, AT)

    def settle(self) -> tuple[Step, ...]:
        self.session.take_frames()
        for event in self.session.take_events():
            self.steps.apply(event)
        return self.steps.steps

    def configured(self, *, autostart: bool) -> tuple[Step, ...]:
        conversations = {"conversations": {"autoStart": {"enabled": autostart}}}
        config = {"status": "Active", "messenger": {"enabled": True, "apps": conversations}}
        self.session.dial(self.now)
        self.session.deployment_read(parse_deployment(config), 0.05, self.now)
        self.session.opened("host", "TLS 1.3", "", self.now)
        self.answer({"connected": True, "newSession": True}, "SessionResponse")
        return self.settle()

    def answer(self, body: dict[str, Any], kind: str, tracing_id: str = "") -> None:
        frame: dict[str, Any] = {"type": "response", "class": kind, "code": 200, "body": body}
        if tracing_id:
            frame["tracingId"] = tracing_id
        self.session.received(json.dumps(frame), self.now)


def test_a_real_session_without_autostart_waits_for_the_first_message() -> None:
    drive = Drive()
    sent = by_id(drive.configured(autostart=False), SENT)
    assert (sent.status, sent.hint) == (StepStatus.WAITING, "They go with the first message.")
    drive.session.say("Where is my order?", drive.now)
    assert by_id(drive.settle(), SENT).title == "Attributes on their way, with the first message"
    message = next(iter(drive.session.sending.outbox._under_way))
    body = {"id": "1", "type": "Text", "text": "Where is my order?", "direction": "Inbound"}
    drive.answer(body, "StructuredMessage", message)
    steps = drive.settle()
    assert by_id(steps, SENT).status is StepStatus.DONE
    assert by_id(steps, ARRIVED).status is StepStatus.WAITING


def test_a_real_session_with_autostart_sends_them_on_the_join() -> None:
    drive = Drive()
    assert by_id(drive.configured(autostart=True), SENT).title == "Attributes on their way, with the Join"
    event = {"eventType": "Presence", "presence": {"type": "Join"}}
    body = {"id": "1", "type": "Event", "direction": "Inbound", "events": [event]}
    drive.answer(body, "StructuredMessage", drive.session.sending.join_id)
    assert by_id(drive.settle(), SENT).status is StepStatus.DONE


def any_event() -> st.SearchStrategy[Event]:
    error = st.sampled_from(
        [
            errors.AccessRefusedError(),
            errors.ConnectionLostError(),
            errors.ConfigureTimeoutError(),
            codes.service_error(429, "", 3),
            codes.service_error(4013, ""),
            errors.DeploymentInactiveError(),
        ]
    )
    state = st.sampled_from(list(State))
    return st.one_of(
        st.sampled_from(list(UNTIL_CONFIGURED)),
        st.builds(moved, state, state),
        st.builds(attributes, st.sampled_from(list(AttributeStatus)), st.none(), st.none()),
        st.builds(lambda e, fatal: events.ErrorRaised(AT, e, fatal=fatal), error, st.booleans()),
        st.builds(lambda e: events.Ended(AT, "x", e), st.none() | error),
        st.builds(lambda e: events.ReconnectPlanned(AT, 1, 5.0, e), error),
        st.builds(own_message, st.sampled_from(list(Delivery))),
    )


@given(st.lists(any_event(), max_size=25))
def test_whatever_happens_arrival_is_never_done_and_sent_needs_an_echo(happened: list[Event]) -> None:
    steps = after(*happened)
    assert len(steps) == 5
    assert by_id(steps, ARRIVED).status is not StepStatus.DONE
    echoed = any(
        isinstance(event, events.AttributesChanged) and event.status is AttributeStatus.ECHOED
        for event in happened
    )
    assert echoed or by_id(steps, SENT).status is not StepStatus.DONE
    assert all(step.hint for step in steps if step.status is StepStatus.FAILED)
    assert all(step.title for step in steps)
