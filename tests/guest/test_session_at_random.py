"""Inputs and wishes in any order: nothing but a refused wish is ever raised, and the law of the session holds."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gcdesk.errors import (
    AccessRefusedError,
    ConnectionLostError,
    ConnectionRateError,
    FrameTooLargeError,
    HistoryError,
    InputError,
    OpenTimeoutError,
    UnreachableError,
    WishError,
)
from gcdesk.guest.content import QuickReply
from gcdesk.guest.errands import ReadHistory
from gcdesk.guest.events import (
    AttributesChanged,
    AttributeStatus,
    Ended,
    FrameReceived,
    FrameSent,
    MessageAdded,
    MessageChanged,
    MessageWithdrawn,
    StateChanged,
)
from gcdesk.guest.history_page import parse_history_page
from gcdesk.guest.message import Delivery, Direction
from gcdesk.guest.replies import quick_reply
from gcdesk.guest.states import ENDED, STEPS

from .frames_of import names, sample
from .service import JoinPolicy, Service, State

FINAL = {Delivery.SENT, Delivery.ARRIVED}


class AnySession(RuleBasedStateMachine):
    """One session, and whatever can happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.service = Service()
        self.keys: list[str] = ["never heard of"]
        self.heard = 0

    def wish(self, act: Any, *arguments: Any) -> Any:
        session, service = self.service.session, self.service
        before = (session.state, len(service.events), len(service.frames), session.next_wake)
        try:
            return service.do(act, *arguments)
        except (WishError, InputError):
            assert (session.state, len(service.events), len(service.frames), session.next_wake) == before
            return None

    @initialize(
        join=st.sampled_from(JoinPolicy), reconnect=st.sampled_from([True, True, False]), begun=st.booleans()
    )
    def begin(self, join: JoinPolicy, reconnect: bool, begun: bool) -> None:
        self.service = Service(join=join, reconnect=reconnect)
        if begun:
            self.service.configured(showUserTypingIndicator=True)
            self.heard += 1

    # Inputs

    @rule()
    def dial(self) -> None:
        self.wish(self.service.session.dial)

    @rule()
    def opened(self) -> None:
        if self.service.state() in (State.CONNECTING, State.CLOSED) or self.service.session.wants_dial:
            self.service.opened()

    @rule(
        error=st.sampled_from(
            [UnreachableError(), AccessRefusedError(code=403), ConnectionRateError(retry_after=9)]
        )
    )
    def dial_failed(self, error: UnreachableError) -> None:
        self.service.do(self.service.session.dial_failed, error)

    @rule(too_large=st.integers(0, 9))
    def lost(self, too_large: int) -> None:
        self.service.lose(ConnectionLostError() if too_large else FrameTooLargeError())

    @rule()
    def closed(self) -> None:
        self.service.do(self.service.session.closed)

    @rule(autostart=st.booleans(), clear=st.booleans(), status=st.sampled_from(["Active"] * 9 + ["Inactive"]))
    def deployment(self, autostart: bool, clear: bool, status: str) -> None:
        self.service.deployment(
            status,
            autoStart={"enabled": autostart},
            conversationClear={"enabled": clear},
            showUserTypingIndicator=True,
        )

    @rule()
    def no_deployment(self) -> None:
        self.service.no_deployment()

    @rule(
        new=st.booleans(),
        read_only=st.sampled_from([False] * 5 + [True]),
        limit=st.sampled_from([2048, 2048, -1, 20]),
    )
    def accepted(self, new: bool, read_only: bool, limit: int) -> None:
        self.heard += 1
        self.service.accept(newSession=new, readOnly=read_only, maxCustomDataBytes=limit)

    @rule(name=st.sampled_from(names("server.")), about=st.integers(0, 5))
    def sample_heard(self, name: str, about: int) -> None:
        self.heard += 1
        frames = self.service.frames
        tracing_id = frames[-about].tracing_id if 0 < about <= len(frames) else None
        self.service.hear_sample(name, tracing_id)

    @rule(
        back=st.integers(1, 4), fields=st.sampled_from([{}, {"id": ""}, {"text": None}, {"metadata": None}])
    )
    def echoed(self, back: int, fields: dict[str, object]) -> None:
        asked = [frame for frame in self.service.frames if frame.action == "onMessage"]
        if len(asked) >= back:
            self.heard += 1
            self.service.echo(asked[-back], **fields)

    @rule(code=st.sampled_from([400, 403, 408, 409, 429, 500, 4011, 4013, 5000]), named=st.booleans())
    def refused(self, code: int, named: bool) -> None:
        self.heard += 1
        frames = self.service.frames
        self.service.refuse(code, "refused", frames[-1] if named and frames else None)

    @rule(seconds=st.sampled_from([0, 0.5, 3, 3600]), named=st.booleans())
    def held(self, seconds: float, named: bool) -> None:
        self.heard += 1
        frames = self.service.frames
        self.service.hold(seconds, frames[-1] if named and frames else None)

    @rule(
        seconds=st.sampled_from([600, 600, 600, -1]),
        about=st.sampled_from(["server.jwt_response", "server.session_response.closed_for_new_chat"]),
    )
    def answered(self, seconds: float, about: str) -> None:
        """The answer to the last request for a key, or to the closing of the old session."""
        self.heard += 1
        asked = [
            frame.tracing_id for frame in self.service.frames if frame.action in ("getJwt", "closeSession")
        ]
        frame = sample(about)
        if "jwt" in frame["body"]:
            frame["body"]["exp"] = self.service.now.utc.timestamp() + seconds
        self.service.hear({**frame, "tracingId": asked[-1]} if asked else frame)

    @rule(
        ids=st.lists(st.sampled_from(["a", "b", "c", "body-1", "body-2", ""]), max_size=4),
        text=st.sampled_from(["Hello", "Yes", "other"]),
        inbound=st.booleans(),
        error=st.sampled_from([None, None, None, 401, 403, 429, 500]),
    )
    def page_read(self, ids: list[str], text: str, inbound: bool, error: int | None) -> None:
        history = self.service.session.history
        if not any(isinstance(errand, ReadHistory) for errand in self.service.errands):
            return
        key = self.service.page_asked.key
        if error is not None:
            self.service.do(history.unread, key, HistoryError(code=error))
            return
        body = {"type": "Text", "text": text, "direction": "Inbound" if inbound else "Outbound"}
        page = parse_history_page({"entities": [{"id": name, **body} for name in ids]})
        self.service.do(history.read, key, page)

    @rule(data=st.binary(max_size=30) | st.text(st.characters(), max_size=30))
    def anything_heard(self, data: bytes | str) -> None:
        self.heard += 1
        self.service.hear(data)

    @rule(seconds=st.sampled_from([0.0, 0.1, 1.0, 6.0, 31.0, 400.0]))
    def time_passes(self, seconds: float) -> None:
        self.service.wait(seconds)

    @rule()
    def woken_for_nothing(self) -> None:
        self.service.do(self.service.session.tick)

    # Wishes

    @rule(text=st.sampled_from(["Hello", "ping", "", "\ud800", "a" * 5000]) | st.text(max_size=5))
    def say(self, text: str) -> None:
        if key := self.wish(self.service.session.say, text):
            self.keys.append(key)

    @rule(text=st.sampled_from(["Yes", "", "\ud800"]))
    def reply(self, text: str) -> None:
        if key := self.wish(self.service.session.reply, quick_reply(QuickReply(text, "YES"), "m1")):
            self.keys.append(key)

    @rule(
        name=st.sampled_from(
            ["join", "typing", "clear", "echo", "load_history", "new_chat", "retry_now", "suspect"]
        )
    )
    def wished(self, name: str) -> None:
        self.wish(getattr(self.service.session, name))

    @rule(name=st.sampled_from(["resend", "withdraw"]), index=st.integers(0, 20))
    def about_a_message(self, name: str, index: int) -> None:
        self.wish(getattr(self.service.session, name), self.keys[index % len(self.keys)])

    @rule(
        attributes=st.sampled_from(
            [{}, {"a": "b"}, {"crmCustomerId": "2"}, {"a": "x" * 3000}, {"a": "\ud800"}]
        )
    )
    def other_attributes(self, attributes: dict[str, str]) -> None:
        self.wish(self.service.session.set_attributes, attributes)

    @rule(really=st.integers(0, 5))
    def leave(self, really: int) -> None:
        if not really:
            self.service.do(self.service.session.leave)

    @rule(really=st.integers(0, 9))
    def stop(self, really: int) -> None:
        if not really:
            self.service.do(self.service.session.stop, OpenTimeoutError())

    # The law

    @invariant()
    def states_follow_the_table(self) -> None:
        state = State.IDLE
        for event in self.service.all(StateChanged):
            assert event.before is state
            assert event.state in STEPS[state]
            state = event.state
        assert self.service.state() is state

    @invariant()
    def the_end_comes_once_and_last(self) -> None:
        ended = self.service.all(Ended)
        assert len(ended) == int(self.service.state() in ENDED)
        assert self.service.session.finished == bool(ended)
        if ended:
            after = self.service.events[self.service.events.index(ended[0]) + 1 :]
            assert {type(event).__name__ for event in after} <= {"FrameReceived", "Oddity"}
            assert self.service.session.next_wake is None
            assert not self.service.session.wants_dial

    @invariant()
    def every_frame_is_reported(self) -> None:
        assert [event.frame for event in self.service.all(FrameSent)] == self.service.frames
        assert len(self.service.all(FrameReceived)) == self.heard

    @invariant()
    def it_is_never_due_at_once_for_ever(self) -> None:
        session, service = self.service.session, self.service
        wake = None
        for _ in range(5):
            wake = session.next_wake
            if wake is None or wake > service.seconds:
                return
            service.do(session.tick)
        raise AssertionError(f"due at {wake} and again, though it is {service.seconds}")

    @invariant()
    def messages_are_shown_once_and_what_was_sent_stays_sent(self) -> None:
        fates: dict[str, Delivery] = {}
        for event in self.service.events:
            if isinstance(event, MessageAdded):
                assert event.message.key not in fates
                fates[event.message.key] = event.message.delivery
            elif isinstance(event, MessageChanged):
                assert fates[event.message.key] not in FINAL
                fates[event.message.key] = event.message.delivery
                assert event.message.direction is Direction.INBOUND
            elif isinstance(event, MessageWithdrawn):
                assert fates.pop(event.message.key) is Delivery.QUEUED
        if self.service.state() in ENDED:
            assert set(fates.values()) <= FINAL | {Delivery.FAILED}

    @invariant()
    def messages_stand_in_the_order_of_their_times(self) -> None:
        times = [self.service.message(key).time for key in self.service.transcript]
        known = [time for time in times if time is not None]
        assert known == sorted(known)

    @invariant()
    def attributes_are_echoed_only_after_they_were_sent(self) -> None:
        before: AttributeStatus | None = None
        for event in self.service.all(AttributesChanged):
            if event.status is AttributeStatus.ECHOED:
                assert before is AttributeStatus.SENT
            before = event.status

    @invariant()
    def attributes_have_one_place(self) -> None:
        for index, frame in enumerate(self.service.frames):
            wire = self.service.wire(index)
            assert "channel" not in wire
            if frame.action == "onMessage" and "channel" in wire["message"]:
                assert frame.kind.split()[-1] in {"Text", "Structured", "Join"}
                assert list(wire["message"]["channel"]) == ["metadata"]
                assert list(wire["message"]["channel"]["metadata"]) == ["customAttributes"]


AnySession.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
test_any_order_of_inputs_and_wishes = AnySession.TestCase
