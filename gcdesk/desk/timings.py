"""How long things took in a chat: replies first of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Direction, Message

if TYPE_CHECKING:
    from gcdesk.desk.history_record import ChatRecord, ShownMessage

_ROUND_TRIPS = 1_000
"""Signs of life that count: the newest ones."""


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """One answer: the keys of the two messages, when the question went out, and the seconds until the answer."""

    question: str
    answer: str
    asked: datetime
    seconds: float


ReplyMark = tuple[int, tuple[str, datetime] | None]
"""How far `ReplyTimes` has come."""


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


class ReplyTimes:
    """Counts reply times message by message, in the transcript's order.

    An answer is the first message to the customer that arrives after one of theirs has gone out; greetings and
    further messages have no reply time. What was said before this chat is not to be taken.
    """

    def __init__(self) -> None:
        self.replies: list[ReplyTime] = []
        self._question: tuple[str, datetime] | None = None

    def take(self, message: Message, left: datetime | None) -> None:
        """Count on with the next message; `left` is when it went out, for an own one that did."""
        if message.direction is Direction.INBOUND:
            if message.delivery is Delivery.SENT:
                self._question = message.key, left or message.at
        elif self._question is not None:
            question, asked = self._question
            seconds = (message.at - asked).total_seconds()
            # Where clocks or the order of messages were put right, it is no answer.
            if seconds >= 0:
                self.replies.append(ReplyTime(question, message.key, asked, seconds))
                self._question = None

    def mark(self) -> ReplyMark:
        """Remember how far it has come."""
        return len(self.replies), self._question

    def back_to(self, mark: ReplyMark) -> None:
        """Forget what was taken since."""
        count, self._question = mark
        del self.replies[count:]


def reply_times(messages: Iterable[ShownMessage]) -> tuple[ReplyTime, ...]:
    """The reply times in a kept transcript, in its order."""
    counted = ReplyTimes()
    for shown in messages:
        if not shown.earlier:
            counted.take(shown.message, shown.left)
    return tuple(counted.replies)


class Stopwatch:
    """Follows what took how long in a chat, by its events."""

    def __init__(self) -> None:
        self._first: dict[type[Event], float] = {}
        self._round_trips: list[float] = []
        self._reconnects = 0

    def take(self, event: Event) -> None:
        """Follow the chat; most events change nothing."""
        match event:
            case events.DeploymentRead() | events.ConnectionOpened() | events.SessionConfigured():
                self._first.setdefault(type(event), event.seconds)
            case events.RoundTrip():
                self._round_trips.append(event.seconds)
                del self._round_trips[:-_ROUND_TRIPS]
            case events.ReconnectPlanned():
                self._reconnects += 1

    def timings(self, replies: Iterable[ReplyTime]) -> Timings:
        """All that is known now, with these reply times."""
        replies = tuple(replies)
        seconds = [reply.seconds for reply in replies]
        return Timings(
            replies=replies,
            median=_median(seconds),
            slowest=max(seconds, default=None),
            deployment=self._first.get(events.DeploymentRead),
            connection=self._first.get(events.ConnectionOpened),
            session=self._first.get(events.SessionConfigured),
            round_trip=_median(self._round_trips),
            reconnects=self._reconnects,
        )


def timings_of(record: ChatRecord) -> Timings:
    """All that is known of how long things took in a kept chat."""
    # Whoever has a record has loaded this; a running chat is timed without it.
    from gcdesk.desk.history_record import FRAMES_AND_MESSAGES

    stopwatch = Stopwatch()
    for _, event in record.numbered_events(FRAMES_AND_MESSAGES):
        stopwatch.take(event)
    return stopwatch.timings(reply_times(record.messages))


def _median(seconds: Sequence[float]) -> float | None:
    # The statistics module takes longer to load than all else here.
    ordered = sorted(seconds)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
