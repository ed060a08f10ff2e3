"""When things were said in one chat, and how long answers took; counted only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from gcdesk.desk.timings import ReplyTimes, Stopwatch, Timings
from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Direction, Message

_MOST_BREAKS: Final = 1_000
_MOST_ECHOES: Final = 1_000
_UNSETTLED: Final = 64
"""Messages at the end that are counted anew each time, because they may still change or move."""


class ChatTiming:
    """Follows one chat's messages in the order of its transcript.

    Taking an event in costs little and counts nothing; `on_change` is called after those that matter.
    """

    def __init__(self) -> None:
        self.on_change: Callable[[], None] | None = None
        self.breaks: list[datetime] = []
        """When the connection broke."""
        self._stopwatch = Stopwatch()
        self._order: list[str] = []
        self._messages: dict[str, Message] = {}
        self._left: dict[str, datetime] = {}
        self._echoes: list[float] = []
        self._earlier: set[str] = set()
        self._replies = ReplyTimes()
        self._start = self._mark = self._replies.mark()
        # How many messages are counted for good.
        self._settled = 0
        # The reply times of those by key, and of the messages that are counted anew.
        self._seconds: dict[str, float] = {}
        self._unsettled_seconds: dict[str, float] | None = None

    def take(self, event: Event) -> None:
        """Follow the chat."""
        match event:
            case events.MessageAdded():
                self._add(event)
            case events.MessageChanged():
                self._change(event)
            case events.MessageMoved():
                self._move(event.key, event.before)
            case events.MessageWithdrawn():
                self._forget(event.message.key)
            case events.ReconnectPlanned():
                self._stopwatch.take(event)
                if event.attempt == 1:
                    self.breaks.append(event.at)
                    del self.breaks[:-_MOST_BREAKS]
            case (
                events.DeploymentRead()
                | events.ConnectionOpened()
                | events.SessionConfigured()
                | events.RoundTrip()
            ):
                self._stopwatch.take(event)
            case _:
                return
        self._unsettled_seconds = None
        if self.on_change is not None:
            self.on_change()

    def said(self) -> Iterator[tuple[Message, datetime]]:
        """What was said in this chat up to now, each with when it went out or came in."""
        for key in tuple(self._order):
            message = self._messages.get(key)
            if message is not None and key not in self._earlier:
                yield message, self._left.get(key, message.at)

    def message(self, key: str) -> Message | None:
        """The message with that key."""
        return self._messages.get(key)

    def timings(self) -> Timings:
        """How long things took up to now."""
        self._count()
        return self._stopwatch.timings(self._replies.replies)

    def reply_time(self, key: str) -> float | None:
        """How many seconds the customer waited for the message with that key; None if it is no answer."""
        if self._unsettled_seconds is None:
            self._count()
            replies, settled = self._replies.replies, self._mark[0]
            for reply in replies[len(self._seconds) : settled]:
                self._seconds[reply.answer] = reply.seconds
            self._unsettled_seconds = {reply.answer: reply.seconds for reply in replies[settled:]}
        return self._unsettled_seconds.get(key, self._seconds.get(key))

    def echo(self) -> float | None:
        """The median of the seconds from sending a message to its echo, None without any."""
        return sorted(self._echoes)[len(self._echoes) // 2] if self._echoes else None

    def _count(self) -> None:
        self._replies.back_to(self._mark)
        settled = len(self._order) - _UNSETTLED
        for place in range(self._settled, len(self._order)):
            if place == settled:
                self._settled, self._mark = place, self._replies.mark()
            key = self._order[place]
            if key not in self._earlier:
                self._replies.take(self._messages[key], self._left.get(key))

    def _count_anew(self, place: int) -> None:
        """What stands at that place is not what it was."""
        if place < self._settled:
            self._settled, self._mark = 0, self._start
            self._seconds.clear()

    def _add(self, event: events.MessageAdded) -> None:
        key = event.message.key
        known = key in self._messages
        self._messages[key] = event.message
        if known:
            self._count_anew(self._find(key))
            return
        if event.earlier:
            self._earlier.add(key)
        self._place(key, event.before)

    def _change(self, event: events.MessageChanged) -> None:
        message = event.message
        key = message.key
        if key not in self._messages:
            return
        self._messages[key] = message
        if message.direction is not Direction.INBOUND:
            return
        self._count_anew(self._find(key))
        if message.delivery is Delivery.SENDING:
            self._left[key] = event.at
        elif message.delivery is Delivery.SENT and key in self._left:
            self._echoes.append((event.at - self._left[key]).total_seconds())
            del self._echoes[:-_MOST_ECHOES]

    def _move(self, key: str, before: str) -> None:
        if key in self._messages and key != before:
            self._take_out(key)
            self._place(key, before)

    def _forget(self, key: str) -> None:
        if key in self._messages:
            self._take_out(key)
            del self._messages[key]
            self._left.pop(key, None)
            self._earlier.discard(key)

    def _take_out(self, key: str) -> None:
        place = self._find(key)
        del self._order[place]
        self._count_anew(place)

    def _place(self, key: str, before: str) -> None:
        if before not in self._messages:
            self._order.append(key)
            return
        place = self._find(before)
        self._order.insert(place, key)
        if place < self._settled and key in self._earlier:
            # It does not count, so nothing has changed but the numbers.
            self._settled += 1
        else:
            self._count_anew(place)

    def _find(self, key: str) -> int:
        # What changes or moves is near the end; what was said earlier comes in at the beginning.
        order = self._order
        for place in range(len(order) - 1, max(-1, len(order) - _UNSETTLED), -1):
            if order[place] == key:
                return place
        return order.index(key)
