"""How long things took in a chat: replies first of all."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gcdesk.desk.history_record import FRAMES_AND_MESSAGES, ChatRecord, ShownMessage
from gcdesk.guest import events
from gcdesk.guest.message import Delivery, Direction


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """One answer: the keys of the two messages, when the question went out, and the seconds until the answer."""

    question: str
    answer: str
    asked: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Timings:
    """What took how long, in seconds; None where it did not happen.

    Args:
        replies: Each answer that came first after something the customer said.
        median: The median of those, None without any.
        slowest: The slowest of those, None without any.
        deployment: Reading the deployment's configuration.
        connection: Opening the first connection.
        session: The service's answer to configureSession.
        round_trip: The median of the signs of life that the service gave.
        reconnects: How often the connection broke and was tried again.
    """

    replies: tuple[ReplyTime, ...]
    median: float | None
    slowest: float | None
    deployment: float | None
    connection: float | None
    session: float | None
    round_trip: float | None
    reconnects: int


def reply_times(messages: Iterable[ShownMessage]) -> tuple[ReplyTime, ...]:
    """The reply times in a transcript, in its order.

    An answer is the first message to the customer that arrives after one of theirs has gone out; greetings and
    further messages have no reply time, nor has what was said before this chat.
    """
    replies: list[ReplyTime] = []
    question: ShownMessage | None = None
    for shown in messages:
        message = shown.message
        if shown.earlier:
            continue
        if message.direction is Direction.INBOUND:
            question = shown if message.delivery is Delivery.SENT else question
        elif question is not None:
            asked = question.left or question.message.at
            seconds = (message.at - asked).total_seconds()
            # Where clocks or the order of messages were put right, it is no answer.
            if seconds >= 0:
                replies.append(ReplyTime(question.message.key, message.key, asked, seconds))
                question = None
    return tuple(replies)


def timings_of(record: ChatRecord) -> Timings:
    """All that is known of how long things took in a kept chat."""
    replies = reply_times(record.messages)
    seconds = [reply.seconds for reply in replies]
    first: dict[type[events.Event], float] = {}
    round_trips: list[float] = []
    reconnects = 0
    for _, event in record.numbered_events(FRAMES_AND_MESSAGES):
        match event:
            case events.DeploymentRead() | events.ConnectionOpened() | events.SessionConfigured():
                first.setdefault(type(event), event.seconds)
            case events.RoundTrip():
                round_trips.append(event.seconds)
            case events.ReconnectPlanned():
                reconnects += 1
    return Timings(
        replies=replies,
        median=statistics.median(seconds) if seconds else None,
        slowest=max(seconds, default=None),
        deployment=first.get(events.DeploymentRead),
        connection=first.get(events.ConnectionOpened),
        session=first.get(events.SessionConfigured),
        round_trip=statistics.median(round_trips) if round_trips else None,
        reconnects=reconnects,
    )
