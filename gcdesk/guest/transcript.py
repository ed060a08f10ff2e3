"""What stands in the transcript, where, and how each change of it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.inbox import Inbox, message_of
from gcdesk.guest.message import Message
from gcdesk.guest.moment import Moment
from gcdesk.guest.order import Order
from gcdesk.guest.received import StructuredMessage


class Entry(NamedTuple):
    """A message of a page of the history: `message` is None if it stands in the transcript already."""

    key: str
    time: datetime | None
    message: Message | None = None


class Transcript:
    """The messages of one session, each shown once and in order.

    Args:
        emit: Takes what happened.
    """

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self._emit = emit
        self.inbox = Inbox()
        self.order = Order()

    def said(self, message: Message, now: Moment) -> None:
        """An own message, which is shown at once."""
        self.order.wait(message.key)
        self._emit(events.MessageAdded(now.utc, message))

    def changed(self, message: Message, now: Moment) -> None:
        """An own message moved on, or back."""
        self._emit(events.MessageChanged(now.utc, message))

    def left(self, message: Message, now: Moment) -> None:
        """An own message does not wait for its turn any more: it is under way, or has failed."""
        self.changed(message, now)
        if (before := self.order.release(message.key)) is not None:
            self._emit(events.MessageMoved(now.utc, message.key, before))

    def confirmed(self, message: Message, now: Moment) -> None:
        """The service has an own message and told its ID and time."""
        self.inbox.see(message.id or message.tracing_id, message.key)
        self.inbox.reached(message.id, message.time)
        self.changed(message, now)
        for key, before in self.order.settle(message.key, message.time):
            self._emit(events.MessageMoved(now.utc, key, before))

    def withdrawn(self, message: Message, now: Moment) -> None:
        """An own message was taken back."""
        self.order.drop(message.key)
        self._emit(events.MessageWithdrawn(now.utc, message))

    def arrived(self, body: StructuredMessage, tracing_id: str, raw: str, now: Moment) -> None:
        """A message that was not seen before came in."""
        key = self.inbox.key_for(body.id)
        self.inbox.see(body.id, key)
        self.inbox.reached(body.id, body.channel.time)
        if not body.id:
            self.inbox.count_nameless(body)
        message = message_of(body, key, now.utc, tracing_id=tracing_id, raw=raw)
        self._emit(events.MessageAdded(now.utc, message, self.order.add(key, message.time)))

    def read(self, entries: Sequence[Entry], newer: str, now: Moment, *, missed: bool) -> None:
        """Messages were read from the history.

        Args:
            entries: Oldest first, those that stand here already among them.
            newer: The key of a message known to follow them, empty if none is.
            now: The moment.
            missed: Whether they were looked for because of a break.
        """
        new = {entry.key: entry.message for entry in entries if entry.message is not None}
        places = self.order.merge([(entry.key, entry.time) for entry in entries], newer, at_end=missed)
        for key, before in places:
            message = new[key]
            self.inbox.reached(message.id, message.time)
            self._emit(events.MessageAdded(now.utc, message, before, earlier=True))
