"""What stands in the transcript, where, and how each change of it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.inbox import Inbox, message_of
from gcdesk.guest.message import Message
from gcdesk.guest.moment import Moment
from gcdesk.guest.order import Order
from gcdesk.guest.received import StructuredMessage


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
        self._moved(message.key, self.order.release(message.key), now)

    def confirmed(self, message: Message, now: Moment) -> None:
        """The service has an own message and told its ID and time."""
        self.inbox.see(message.id or message.tracing_id, message.key)
        self.inbox.reached(message.id, message.time)
        self.changed(message, now)
        self._moved(message.key, self.order.settle(message.key, message.time), now)

    def withdrawn(self, message: Message, now: Moment) -> None:
        """An own message was taken back."""
        self.order.drop(message.key)
        self._emit(events.MessageWithdrawn(now.utc, message))

    def arrived(self, body: StructuredMessage, tracing_id: str, raw: str, now: Moment) -> None:
        """A message that was not seen before came in."""
        key = self.inbox.key_for(body.id)
        self.inbox.see(body.id, key)
        self.inbox.reached(body.id, body.channel.time)
        message = message_of(body, key, now.utc, tracing_id=tracing_id, raw=raw)
        self._emit(events.MessageAdded(now.utc, message, self.order.add(key, message.time)))

    def read(
        self, messages: Sequence[Message], newer: str, now: Moment, *, new: set[str], missed: bool
    ) -> None:
        """Messages were read from the history.

        Args:
            messages: Oldest first, those that are shown already among them.
            newer: The key of a message known to follow them, empty if none is.
            now: The moment.
            new: The keys of those that are not shown yet.
            missed: Whether they were looked for because of a break.
        """
        by_key = {message.key: message for message in messages}
        placed = self.order.merge([(message.key, message.time) for message in messages], newer, at_end=missed)
        for key, before in placed:
            if key in new:
                message = by_key[key]
                self.inbox.reached(message.id, message.time)
                self._emit(events.MessageAdded(now.utc, message, before, earlier=True))

    def _moved(self, key: str, before: str | None, now: Moment) -> None:
        if before is not None:
            self._emit(events.MessageMoved(now.utc, key, before))
