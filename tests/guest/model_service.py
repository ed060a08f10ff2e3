"""The service as a model: a conversation, a connection that loses and muddles frames, and a history beside it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from gcdesk.errors import HistoryError
from gcdesk.guest.errands import CancelErrand, ReadHistory
from gcdesk.guest.events import MessageChanged
from gcdesk.guest.history_page import parse_history_page
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery, Direction
from gcdesk.guest.states import ENDED, State

from .frames_of import Frame
from .service import JoinPolicy, Service

MOST_OVERTAKEN = 5

QUICK: dict[str, Any] = {
    "reconnect_pause": 0.5,
    "reconnect_budget": 1e6,
    "messages_per_second": 1e6,
    "requests_per_minute": 10**6,
    "history_per_minute": 10**6,
    "configures_per_minute": 10**6,
    "history_page_size": 6,
}


@dataclass(frozen=True)
class Manners:
    """How this service behaves.

    Args:
        history: Whether it gives one; "silent" means that it does not even answer the wish for a key.
        knows_repeats: Whether a request with a tracing ID it had already is not taken a second time.
        names_echoes: Whether an echo names the tracing ID.
        names_entities: Whether the history does.
        gives_times: Whether messages have a channel time.
        skew: Seconds by which its clock is ahead of the customer's.
    """

    history: str = "yes"
    knows_repeats: bool = True
    names_echoes: bool = True
    names_entities: bool = False
    gives_times: bool = True
    skew: int = 0


class Model:
    """One session and the service at its other end, with everything in between in the hands of a test."""

    def __init__(self, manners: Manners, **options: Any) -> None:
        self.manners = manners
        limits = {**QUICK, **options}
        self.client = Service(join=JoinPolicy.NEVER, attributes={}, limits=Limits(**limits))
        self.said: list[str] = []
        self.conversation: list[Frame] = []
        self.up: list[Frame] = []
        self.late: list[Frame] = []
        self.down: list[str] = []
        self.connected = False
        self._tracing: dict[str, Frame] = {}
        self._sent = 0
        self._errands = 0
        self._began = False
        self.client.do(self.client.session.dial)
        self._open()
        self.client.deployment()
        self.settle()

    # The customer and the agent

    def say(self, text: str) -> None:
        if self.client.session.can_say:
            self.said.append(self.client.say(text))
            self._collect()

    def agent(self, text: str) -> None:
        entry = self._entry(text, "Outbound", "")
        self._push(entry)

    # The line

    def process(self) -> None:
        """The service takes the next request."""
        if self.up:
            self._take(self.up.pop(0))

    def process_late(self) -> None:
        """A request of a connection that broke long ago is taken only now."""
        if self.late:
            self._take(self.late.pop(0), answered=False)

    def deliver(self, index: int = 0, *, twice: bool = False) -> None:
        """A frame reaches the customer, maybe twice, maybe out of turn; but none is overtaken by many."""
        if self.down and self.connected:
            index = 0 if self._overtaken >= MOST_OVERTAKEN else index % len(self.down)
            self._overtaken = self._overtaken + 1 if index and not twice else 0
            text = self.down[index] if twice else self.down.pop(index)
            self.client.hear(text)
            self._collect()

    def cut(self, taken: int, *, late: bool = False) -> None:
        """The connection breaks. So many requests under way are still taken, their answers are lost like all others."""
        if not self.connected:
            return
        for frame in self.up[:taken]:
            self._take(frame)
        if late:
            self.late += [frame for frame in self.up[taken:] if frame["action"] == "onMessage"]
        self.up.clear()
        self.down.clear()
        self.connected = False
        self.client.lose()
        self._collect()

    def flow(self, count: int) -> None:
        """So many requests are taken, and as many frames and pages come, without trouble."""
        for _ in range(count):
            self.process()
            self.deliver()
            self.answer_page()

    def reconnect(self, taken: int) -> None:
        """The connection breaks and is there again."""
        self.cut(taken)
        self.wait(1)

    def wait(self, seconds: float) -> None:
        self.client.wait(seconds)
        self._collect()
        if not self.connected and self.client.session.wants_dial:
            self._open()

    def answer_page(self, *, well: bool = True) -> None:
        """The page that is being asked for comes, or fails."""
        if self._asked is None:
            return
        errand, self._asked = self._asked, None
        history = self.client.session.history
        if not well or self.manners.history != "yes":
            self.client.do(history.unread, errand.key, HistoryError(code=500))
        else:
            start = (errand.page - 1) * errand.page_size
            entities = self.conversation[::-1][start : start + errand.page_size]
            self.client.do(
                history.read, errand.key, parse_history_page({"entities": list(map(self._entity, entities))})
            )
        self._collect()

    def settle(self) -> None:
        """Nothing goes wrong any more, until there is nothing left to do."""
        for _ in range(400):
            while self.late:
                self.process_late()
            while self.up or self.down:
                self.process()
                self.deliver()
            self.answer_page()
            if self.is_quiet:
                return
            self.wait(1)
        raise AssertionError(f"no end to it: {self.client.session!r}, {self.client.session.next_wake}")

    @property
    def is_quiet(self) -> bool:
        session = self.client.session
        undecided = session.sending.outbox.undecided or session.sending.outbox.next is not None
        busy = self.up or self.down or self._asked is not None or not self.connected or undecided
        return not busy and session.state is State.CONFIGURED and session.next_wake is None

    # What came of it

    def check_shown(self) -> None:
        """Every own message stands once and is sent; nothing of the service stands twice."""
        transcript = self.client.transcript
        changes = [event.message for event in self.client.all(MessageChanged)]
        confirmed = [message.key for message in changes if message.delivery is Delivery.SENT]
        assert sorted(confirmed) == sorted(self.said)
        assert not any(count > 1 for count in Counter(transcript).values())
        messages = [self.client.message(key) for key in transcript]
        own = [message.key for message in messages if message.direction is Direction.INBOUND]
        assert sorted(own) == sorted(self.said)
        assert all(self.client.fate(key) is Delivery.SENT for key in self.said)
        ids = [message.id for message in messages]
        assert len(set(ids)) == len(ids)
        assert set(ids) <= {entry["id"] for entry in self.conversation}

    def check_said(self, *, once: bool) -> None:
        """Every text the customer said is in the conversation."""
        texts = Counter(self.client.message(key).text for key in self.said)
        have = Counter(entry["text"] for entry in self.conversation if entry["direction"] == "Inbound")
        if once:
            assert have == texts
        else:
            assert all(have[text] >= count for text, count in texts.items())

    def check_complete(self) -> None:
        """The transcript is the conversation."""
        shown = [self.client.message(key).id for key in self.client.transcript]
        conversation = [entry["id"] for entry in self.conversation]
        if self.manners.gives_times:
            assert shown == conversation
        else:
            assert sorted(shown) == sorted(conversation)

    # Inside

    _asked: ReadHistory | None = None
    _overtaken = 0

    def _open(self) -> None:
        self.connected = True
        self.client.opened()
        self._collect()

    def _collect(self) -> None:
        """What the session gave out."""
        client = self.client
        assert client.session.state not in ENDED
        if self.connected:
            self.up += [json.loads(frame.text) for frame in client.frames[self._sent :]]
        self._sent = len(client.frames)
        for errand in client.errands[self._errands :]:
            if isinstance(errand, ReadHistory):
                self._asked = errand
            elif (
                isinstance(errand, CancelErrand) and self._asked is not None and errand.key == self._asked.key
            ):
                self._asked = None
        self._errands = len(client.errands)

    def _take(self, request: Frame, *, answered: bool = True) -> None:
        tracing_id = request["tracingId"]
        if request["action"] == "configureSession":
            new, self._began = not self._began, True
            body = {"connected": True, "newSession": new, "readOnly": False}
            self._answer("SessionResponse", body, tracing_id)
        elif request["action"] == "getJwt":
            if self.manners.history == "yes":
                self._answer("JwtResponse", {"jwt": "key", "exp": 4_000_000_000}, tracing_id)
            elif self.manners.history == "no":
                self._answer("string", "no history here", tracing_id, code=403)
        elif request["action"] == "onMessage":
            entry = self._tracing.get(tracing_id) if self.manners.knows_repeats else None
            if entry is None:
                entry = self._tracing[tracing_id] = self._entry(
                    request["message"]["text"], "Inbound", tracing_id
                )
            if answered or self.connected:
                self._push(entry, tracing_id if self.manners.names_echoes else "")

    def _entry(self, text: str, direction: str, tracing_id: str) -> Frame:
        number = len(self.conversation)
        start = datetime(2026, 7, 1, 9, 30, tzinfo=UTC) + timedelta(seconds=1000 + self.manners.skew)
        time = (start + timedelta(seconds=number)).isoformat()
        entry = {
            "id": f"entry-{number}",
            "type": "Text",
            "text": text,
            "direction": direction,
            "channel": {"time": time} if self.manners.gives_times else {},
            "tracingId": tracing_id,
        }
        self.conversation.append(entry)
        return entry

    def _entity(self, entry: Frame) -> Frame:
        return {
            key: value for key, value in entry.items() if key != "tracingId" or self.manners.names_entities
        }

    def _push(self, entry: Frame, tracing_id: str = "") -> None:
        body = {key: value for key, value in entry.items() if key != "tracingId"}
        frame = {"type": "message", "class": "StructuredMessage", "code": 200, "body": body}
        self._send(frame | ({"tracingId": tracing_id} if tracing_id else {}))

    def _answer(self, kind: str, body: object, tracing_id: str, code: int = 200) -> None:
        self._send({"type": "response", "class": kind, "code": code, "body": body, "tracingId": tracing_id})

    def _send(self, frame: Frame) -> None:
        if self.connected:
            self.down.append(json.dumps(frame))
