"""The service under any requests in any order: it never fails, and its books always balance."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gcdesk.simulator.demo import DEMO_DEPLOYMENT_ID
from gcdesk.simulator.faults import FaultPlan
from gcdesk.simulator.options import SimulatorOptions
from gcdesk.simulator.rates import ECHOES_PER_CONNECTION, REQUESTS_PER_CONNECTION, RateLimit
from gcdesk.simulator.record import Record
from gcdesk.simulator.service import Service
from gcdesk.simulator.sessions import MAX_CONNECTIONS, Session
from gcdesk.simulator.state import State

from .guest import Clock, Frame

TOKENS = ("token one", "token two")
IDS = ("id one", "id two", "id three")


class Caller:
    """A connection that keeps what it is sent."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.session: Session | None = None
        self.requests = RateLimit(*REQUESTS_PER_CONNECTION)
        self.echoes = RateLimit(*ECHOES_PER_CONNECTION)
        self.sent: list[Frame] = []
        self.closed = False

    def send(self, frame: Frame) -> None:
        """Keep a frame, as it would be on the wire."""
        self.sent.append(json.loads(json.dumps(frame)))

    def close(self, code: int) -> None:
        """Remember that it was closed."""
        self.closed = True

    def cut(self) -> None:
        """Remember that it was cut."""
        self.closed = True


def message(**fields: Any) -> st.SearchStrategy[Frame]:
    whole, spoilt = st.fixed_dictionaries(fields), st.fixed_dictionaries({}, optional=fields)
    return st.fixed_dictionaries({"message": st.one_of(whole, whole, spoilt)})


TEXT = st.sampled_from(["hello", "hello", "hi", "image", "end", "readonly", "", "a" * 5000])
PRESENCE = st.sampled_from(["Join", "Clear", "SignIn"]).map(
    lambda kind: {"eventType": "Presence", "presence": {"type": kind}}
)
TYPING = st.just({"eventType": "Typing", "typing": {"type": "On"}})
FILE = st.sampled_from(IDS).map(lambda key: {"contentType": "Attachment", "attachment": {"id": key}})
BUTTON = st.just(
    {
        "contentType": "ButtonResponse",
        "buttonResponse": {"type": "QuickReply", "text": "Yes", "payload": "Y"},
    }
)
ATTRIBUTES = st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2).map(
    lambda found: {"metadata": {"customAttributes": found}}
)
FIELDS: dict[str, st.SearchStrategy[Frame]] = {
    "configureSession": st.fixed_dictionaries({"startNew": st.booleans()}),
    "configureAuthenticatedSession": st.fixed_dictionaries(
        {"data": st.fixed_dictionaries({"code": st.text()})}
    ),
    "onMessage": st.one_of(
        message(type=st.just("Text"), text=TEXT, channel=ATTRIBUTES),
        message(type=st.just("Text"), text=TEXT, content=st.lists(FILE, max_size=2)),
        message(type=st.just("Structured"), text=TEXT, content=st.lists(BUTTON, max_size=2)),
        message(type=st.just("Event"), events=st.lists(PRESENCE | TYPING, max_size=2)),
    ),
    "echo": st.just({"message": {"type": "Text", "text": "ping"}}),
    "onAttachment": st.fixed_dictionaries(
        {
            "attachmentId": st.sampled_from(IDS),
            "fileName": st.sampled_from(["a.txt"] * 4 + ["a", "a.exe"]),
            "fileType": st.sampled_from(["text/plain"] * 4 + ["text/html"]),
            "fileSize": st.sampled_from([1, 1, 1, 2, 0, -1]),
            "errorsAsJson": st.booleans(),
        }
    ),
    "getAttachment": st.fixed_dictionaries({"attachmentId": st.sampled_from(IDS)}),
    "deleteAttachment": st.fixed_dictionaries({"attachmentId": st.sampled_from(IDS)}),
    "getJwt": st.just({}),
    "getConfiguration": st.just({}),
    "closeSession": st.fixed_dictionaries({"closeAllConnections": st.booleans()}),
}
ACTIONS = (*FIELDS, *["onMessage"] * 8, *["onAttachment"] * 2)
REQUEST = st.sampled_from(ACTIONS).flatmap(
    lambda action: st.tuples(
        st.just(action),
        FIELDS[action],
        # Mostly the token that the connection was configured with.
        st.sampled_from([None, None, None, *TOKENS]),
        st.sampled_from(["t1", "t2", "t3", None, None, None]),
    )
)
STEP = st.tuples(st.integers(0, 4), st.floats(0, 20), st.booleans(), st.none() | st.one_of([REQUEST] * 8))


def check(state: State, service: Service) -> None:
    for session in state.sessions.all():
        assert len(session.lines) <= MAX_CONNECTIONS
        assert all(line.session is session for line in session.lines if isinstance(line, Caller))
    entries = [entry for conversation in service.conversations for entry in conversation.entries]
    assert len({entry.message_id for entry in entries}) == len(entries)
    for conversation in service.conversations:
        tracing_ids = [entry.tracing_id for entry in conversation.entries if entry.tracing_id]
        assert len(set(tracing_ids)) == len(tracing_ids)


async def play(steps: list[tuple[int, float, bool, Any]], **options: Any) -> None:
    clock = Clock()
    settings = SimulatorOptions(clock=clock, session_seconds=300, **options)
    state = State(settings, FaultPlan(), Record(None, clock), "http://simulator")
    service = Service(state)
    callers = [Caller(number) for number in range(5)]
    for caller in callers:
        # A run that begins without a session ends up with nothing but refusals.
        configure = {"action": "configureSession", "token": TOKENS[caller.number % 2]}
        service.receive(caller, json.dumps({**configure, "deploymentId": DEMO_DEPLOYMENT_ID}))
        assert caller.sent[0]["class"] == "SessionResponse"
    for number, seconds, looking, request in steps:
        clock.sleep(seconds)
        caller = callers[number]
        if request is None or caller.closed:
            service.leave(caller)
            callers[number] = Caller(number)
        else:
            action, fields, token, tracing_id = request
            frame = {
                "action": action,
                "token": token or TOKENS[number % 2],
                "deploymentId": DEMO_DEPLOYMENT_ID,
                **fields,
            }
            if tracing_id is not None:
                frame["tracingId"] = tracing_id
            before = len(caller.sent)
            service.receive(caller, json.dumps(frame))
            assert len(caller.sent) > before
        if looking:
            service.tick()
            await asyncio.sleep(0)
        check(state, service)
    await service.close()


@settings(max_examples=60)
@given(
    steps=st.lists(STEP, min_size=10, max_size=40),
    ending=st.sampled_from(["Send", "ReadOnly", "off"]),
    sign_in=st.sampled_from(["off", "optional", "required"]),
)
def test_no_requests_upset_the_service(
    steps: list[tuple[int, float, bool, Any]], ending: str, sign_in: str
) -> None:
    asyncio.run(play(steps, conversation_disconnect=ending, sign_in=sign_in))
