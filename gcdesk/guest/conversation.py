"""A conversation as the Platform API tells it, read as leniently as a frame (guest API, section 7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gcdesk.guest.lenient import Reader

CUSTOMER = "customer"
_PURPOSES_OF_GUESTS = frozenset({CUSTOMER, "external"})


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody or something in a conversation; texts are empty where nothing was told.

    `purpose` is the platform's word: customer, workflow, acd, agent, and so on. `attributes` are the participant data.
    """

    id: str
    purpose: str
    name: str
    queue: str
    state: str
    ended_by: str
    joined: datetime | None
    left: datetime | None
    attributes: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlatformConversation:
    """One conversation; `problems` are plain sentences about what was odd in the answer."""

    id: str
    started: datetime | None
    ended: datetime | None
    participants: tuple[Participant, ...]
    problems: tuple[str, ...] = ()

    @property
    def customer_data(self) -> Mapping[str, str]:
        """The customer's participant data; of several customers the later one's value counts."""
        data: dict[str, str] = {}
        for participant in self.participants:
            if participant.purpose in _PURPOSES_OF_GUESTS:
                data.update(participant.attributes)
        return data

    @property
    def has_customer(self) -> bool:
        """Whether there is a customer to have any participant data."""
        return any(participant.purpose in _PURPOSES_OF_GUESTS for participant in self.participants)


def read_conversation(value: object) -> PlatformConversation:
    """Read a conversation from the Platform API, or from a file somebody exported; never raises."""
    problems: list[str] = []
    body = Reader(value, "", problems)
    if "participants" not in body.value and isinstance(body.value.get("conversation"), Mapping):
        body = body.inside("conversation")
    return PlatformConversation(
        id=body.text("id") or body.text("conversationId"),
        started=body.time("startTime"),
        ended=body.time("endTime"),
        participants=tuple(_participant(item) for item in body.readers("participants")),
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class FlowEnd:
    """How a flow ended: its name, the platform's word for why, and each flow outcome with its value."""

    flow: str
    reason: str
    outcomes: tuple[tuple[str, str], ...] = ()


def read_flow_ends(value: object) -> tuple[FlowEnd, ...]:
    """The flows of a conversation from its analytics details, in the order of the sessions; never raises.

    The fields are those of the Platform API's AnalyticsFlow and AnalyticsFlowOutcome.
    """
    flows = [
        session.inside("flow")
        for participant in Reader(value, "", []).readers("participants")
        for session in participant.readers("sessions")
        if isinstance(session.value.get("flow"), Mapping)
    ]
    return tuple(
        FlowEnd(
            flow.text("flowName") or flow.text("flowId"),
            flow.text("exitReason"),
            tuple(
                (one.text("flowOutcome") or one.text("flowOutcomeId"), one.text("flowOutcomeValue"))
                for one in flow.readers("outcomes")
            ),
        )
        for flow in flows
    )


def _participant(reader: Reader) -> Participant:
    # The same fields stand once for the participant and once for each of its messages, by version of the API.
    messages = [*reader.readers("messages"), *reader.readers("sessions")]
    latest = messages[-1] if messages else reader
    queue = reader.inside("queue")
    return Participant(
        id=reader.text("id") or reader.text("participantId"),
        purpose=reader.text("purpose").lower(),
        name=reader.text("name") or reader.text("participantName"),
        queue=reader.text("queueName") or queue.text("name") or reader.text("queueId") or queue.text("id"),
        state=latest.text("state"),
        ended_by=latest.text("disconnectType") or reader.text("disconnectType"),
        joined=reader.time("connectedTime") or reader.time("startTime"),
        left=reader.time("endTime"),
        attributes=reader.texts("attributes"),
    )
