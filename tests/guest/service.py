"""A session on the table: time, IDs and the service's words are handed in, and all that comes out is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from gcdesk.errors import ConnectionLostError, DeploymentUnreadableError, GcdeskError
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.errands import Errand, ReadHistory
from gcdesk.guest.events import (
    AttributesChanged,
    AttributeStatus,
    Ended,
    ErrorRaised,
    Event,
    FrameSent,
    MessageAdded,
    MessageChanged,
    MessageMoved,
    MessageWithdrawn,
    StateChanged,
)
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.history_page import parse_history_page
from gcdesk.guest.message import Delivery, Message
from gcdesk.guest.moment import Moment
from gcdesk.guest.session import JoinPolicy, Session, SessionOptions
from gcdesk.guest.states import State

from .frames_of import Frame, sample

DEPLOYMENT_ID = "d1b10d8d-2b3e-4d6f-9f0a-1c2d3e4f5a6b"
TOKEN = "5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10"
SET = {"crmCustomerId": "000123", "customerName": "Ada"}

_Kind = TypeVar("_Kind", bound=Event)
_START = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


class Service:
    """Both ends of one session: drives it, answers it, and remembers what it said.

    Args:
        options: Fields of `SessionOptions`.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("attributes", SET)
        self._ids = count(1)
        self.session = Session(
            SessionOptions(deployment_id=DEPLOYMENT_ID, token=TOKEN, **options),
            lambda: f"id-{next(self._ids)}",
        )
        self.seconds = 1000.0
        self.events: list[Event] = []
        self.frames: list[SentFrame] = []
        self.errands: list[Errand] = []
        self._bodies = count(1)

    # Time

    @property
    def now(self) -> Moment:
        return Moment(self.seconds, _START + timedelta(seconds=self.seconds))

    def do(self, act: Callable[..., Any], *arguments: Any) -> Any:
        """One input or wish now; what comes out is kept."""
        try:
            return act(*arguments, self.now)
        finally:
            self.drain()

    def drain(self) -> None:
        self.frames += self.session.take_frames()
        self.events += self.session.take_events()
        self.errands += self.session.take_errands()

    def wait(self, seconds: float) -> None:
        """Let time pass, waking the session exactly when it asks for it."""
        until = self.seconds + seconds
        for _ in range(10_000):
            wake = self.session.next_wake
            if wake is None or wake > until:
                self.seconds = until
                return
            self.seconds = max(self.seconds, wake)
            self.do(self.session.tick)
        raise AssertionError("the session asks to be woken again and again")

    # The connection

    def opened(self) -> None:
        self.session.wants_dial = False
        self.do(self.session.opened, "webmessaging.mypurecloud.de", "TLS 1.3", "")

    def dial(self) -> None:
        self.do(self.session.dial)
        self.opened()

    def lose(self, error: GcdeskError | None = None) -> None:
        self.do(self.session.lost, error or ConnectionLostError())

    def reopen(self) -> None:
        """Wait until the session dials again, and open."""
        for _ in range(100):
            if self.session.wants_dial:
                break
            self.wait(1)
        assert self.session.wants_dial
        self.opened()

    # What the service says

    def hear(self, frame: Frame | str | bytes) -> None:
        self.do(self.session.received, json.dumps(frame) if isinstance(frame, dict) else frame)

    def hear_sample(self, name: str, tracing_id: str | None = None) -> None:
        frame = sample(name)
        frame.pop("tracingId", None)
        self.hear({**frame, "tracingId": tracing_id} if tracing_id is not None else frame)

    def accept(self, **body: Any) -> None:
        """Answer configureSession."""
        answer = {
            "connected": True,
            "newSession": True,
            "readOnly": False,
            "maxCustomDataBytes": 2048,
            **body,
        }
        self.hear({"type": "response", "class": "SessionResponse", "code": 200, "body": answer})

    def deployment(self, status: str = "Active", **conversations: Any) -> None:
        """Hand in the deployment's configuration."""
        value = {"status": status, "messenger": {"apps": {"conversations": conversations}}}
        self.do(self.session.deployment_read, parse_deployment(value), 0.1)

    def no_deployment(self) -> None:
        self.do(self.session.deployment_unread, DeploymentUnreadableError(), 0.1)

    def body(self, direction: str = "Outbound", **fields: Any) -> Frame:
        inner = {"type": "Text", "direction": direction, "id": f"body-{next(self._bodies)}", **fields}
        return {"type": "message", "class": "StructuredMessage", "code": 200, "body": inner}

    def echo(self, frame: SentFrame | None = None, **fields: Any) -> None:
        """Echo an own message or Join, the last frame by default."""
        frame = frame or self.frames[-1]
        sent = json.loads(frame.text)["message"]
        body = self.body("Inbound", **{key: sent[key] for key in ("type", "text", "events") if key in sent})
        body["body"].update(fields)
        self.hear({**body, "tracingId": frame.tracing_id})

    def refuse(self, code: int, text: str = "refused", frame: SentFrame | None = None) -> None:
        """A plain text error, about a frame or about none."""
        answer: Frame = {"type": "response", "class": "string", "code": code, "body": text}
        self.hear({**answer, "tracingId": frame.tracing_id} if frame else answer)

    def hold(self, seconds: float = 3, frame: SentFrame | None = None) -> None:
        """Too many requests."""
        self.hear_sample_with_wait(seconds, frame.tracing_id if frame else None)

    def hear_sample_with_wait(self, seconds: float, tracing_id: str | None) -> None:
        frame = sample("server.too_many_requests")
        frame["body"]["retryAfter"] = seconds
        self.hear({**frame, "tracingId": tracing_id} if tracing_id else frame)

    # The history

    def give_key(self, seconds: float = 600, **fields: Any) -> None:
        """Answer the last getJwt with a key that is good for so long."""
        asked = next(frame for frame in reversed(self.frames) if frame.action == "getJwt")
        body = {"jwt": f"key-{len(self.frames)}", "exp": self.now.utc.timestamp() + seconds, **fields}
        answer: Frame = {"type": "response", "class": "JwtResponse", "code": 200, "body": body}
        self.hear({**answer, "tracingId": asked.tracing_id})

    def refuse_key(self, code: int = 404) -> None:
        """There is no history here."""
        asked = next(frame for frame in reversed(self.frames) if frame.action == "getJwt")
        self.refuse(code, "no", asked)

    @property
    def page_asked(self) -> ReadHistory:
        """The page that was asked for last."""
        return next(errand for errand in reversed(self.errands) if isinstance(errand, ReadHistory))

    def page(self, *newest_first: Frame, **fields: Any) -> None:
        """Answer with a page; it is taken for the last one unless `fields` say otherwise."""
        value = {"entities": list(newest_first), **fields}
        self.do(self.session.history.read, self.page_asked.key, parse_history_page(value))

    def no_page(self, error: GcdeskError) -> None:
        """The page that was asked for cannot be read."""
        self.do(self.session.history.unread, self.page_asked.key, error)

    def entity(self, frame: Frame | None = None, /, **fields: Any) -> Frame:
        """A message of the service as the history has it: the body of a frame, or a new one of these fields."""
        return dict((frame or self.body())["body"]) | fields

    # Short ways

    def back(self, **body: Any) -> None:
        """Connect again after a break, in the same session of a service without a history."""
        self.reopen()
        self.accept(**{"newSession": False, **body})
        self.refuse_key()

    def say(self, text: str) -> str:
        return str(self.do(self.session.say, text))

    def configured(self, autostart: bool = False, **conversations: Any) -> None:
        """All the way to a configured session."""
        self.dial()
        self.deployment(autoStart={"enabled": autostart}, **conversations)
        self.accept()

    # What came out

    def all(self, kind: type[_Kind]) -> list[_Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, kind: type[_Kind]) -> _Kind:
        return self.all(kind)[-1]

    # Methods, because a type checker takes an attribute for what it was before the last input.

    def state(self) -> State:
        return self.session.state

    def status(self) -> AttributeStatus:
        return self.statuses[-1]

    def wants_close(self) -> int | None:
        return self.session.wants_close

    def wants_dial(self) -> bool:
        return self.session.wants_dial

    def wants_check(self) -> bool:
        return self.session.wants_check

    def can_join(self) -> bool:
        return self.session.can_join

    @property
    def states(self) -> list[State]:
        return [event.state for event in self.all(StateChanged)]

    @property
    def kinds(self) -> list[str]:
        """The frames that went out, in short words."""
        return [frame.kind.removeprefix("onMessage ") for frame in self.frames]

    @property
    def statuses(self) -> list[AttributeStatus]:
        return [event.status for event in self.all(AttributesChanged)]

    @property
    def errors(self) -> list[str]:
        """The names of the errors, those that end the session with a mark."""
        return [event.error.name + "!" * event.fatal for event in self.all(ErrorRaised)]

    @property
    def ended(self) -> Ended:
        assert isinstance(self.events[-1], Ended)
        assert len(self.all(Ended)) == 1
        assert self.session.finished
        return self.last(Ended)

    def message(self, key: str) -> Message:
        """A message as the transcript shows it now."""
        shown: dict[str, Message] = {}
        for event in self.events:
            if isinstance(event, MessageAdded):
                assert event.message.key not in shown, "a message is shown twice"
                shown[event.message.key] = event.message
            elif isinstance(event, MessageChanged):
                assert event.message.key in shown, "a message changes before it is shown"
                shown[event.message.key] = event.message
        return shown[key]

    @property
    def transcript(self) -> list[str]:
        """The keys as a window shows them, first to last; every place told has to be one."""
        shown: list[str] = []
        for event in self.events:
            match event:
                case MessageAdded(before=before, message=message):
                    assert message.key not in shown, "a message is shown twice"
                    shown.insert(shown.index(before) if before else len(shown), message.key)
                case MessageMoved(key=key, before=before):
                    shown.remove(key)
                    shown.insert(shown.index(before) if before else len(shown), key)
                case MessageWithdrawn(message=message):
                    shown.remove(message.key)
        assert shown == self.session.order.keys()
        return shown

    @property
    def texts(self) -> list[str]:
        """What stands in the transcript, first to last."""
        return [self.message(key).text for key in self.transcript]

    def fate(self, key: str) -> Delivery:
        return self.message(key).delivery

    def wire(self, index: int = -1) -> Frame:
        """A frame that went out, as the service reads it."""
        frame = json.loads(self.frames[index].text)
        assert isinstance(frame, dict)
        return frame

    def attributes(self, index: int = -1) -> Mapping[str, str] | None:
        """The custom attributes on a frame that went out; None if it has none."""
        channel = self.wire(index)["message"].get("channel")
        return None if channel is None else channel["metadata"]["customAttributes"]

    def check_frames(self) -> None:
        """Every frame was reported, as it went out."""
        assert [event.frame for event in self.all(FrameSent)] == self.frames


__all__ = ["DEPLOYMENT_ID", "SET", "TOKEN", "JoinPolicy", "Service", "State"]
