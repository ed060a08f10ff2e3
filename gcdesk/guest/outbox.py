"""Own messages, from the wish to the echo. Nothing leaves this list before its fate is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import ReceivedFrame, StructuredMessage
from gcdesk.guest.replies import Reply


@dataclass(slots=True)
class Outgoing:
    """One own message: what to send, its place in the order, and how far it has come."""

    message: Message
    place: int
    reply: Reply | None = None

    @property
    def key(self) -> str:
        """The message's key, the same from first to last."""
        return self.message.key

    @property
    def said(self) -> str:
        """The text as it goes out, which an echo repeats."""
        return self.message.text if self.reply is None or self.reply.says_label else ""

    def become(self, delivery: Delivery, *, failure: str = "") -> Message:
        """Move on and return the changed message."""
        self.message = replace(self.message, delivery=delivery, failure=failure)
        return self.message

    def renamed(self, tracing_id: str) -> None:
        """Go out under another tracing ID; an empty one asks for a fresh one."""
        self.message = replace(self.message, tracing_id=tracing_id)

    def echoed(self, frame: ReceivedFrame, body: StructuredMessage) -> Message:
        """Take what the echo tells: the service's ID, time and text."""
        self.message = replace(
            self.message,
            id=body.id,
            text=body.text or self.message.text,
            content=body.content or self.message.content,
            delivery=Delivery.SENT,
            time=body.channel.time,
            raw=frame.text,
            failure="",
        )
        return self.message


class Outbox:
    """Own messages in the order they were wished for: waiting, under way, failed."""

    def __init__(self) -> None:
        self._waiting: list[Outgoing] = []
        self._under_way: dict[str, Outgoing] = {}
        self._failed: dict[str, Outgoing] = {}
        self._places = count()

    def add(self, key: str, text: str, reply: Reply | None, at: datetime) -> Outgoing:
        """Queue a new own message."""
        message = Message(
            key=key,
            id="",
            direction=Direction.INBOUND,
            sender=Sender(SenderKind.CUSTOMER),
            text=text,
            content=reply.content if reply else (),
            delivery=Delivery.QUEUED,
            at=at,
        )
        outgoing = Outgoing(message, next(self._places), reply)
        self._waiting.append(outgoing)
        return outgoing

    @property
    def next(self) -> Outgoing | None:
        """The first message that waits to go out."""
        return self._waiting[0] if self._waiting else None

    def start(self, new_id: Callable[[], str]) -> Outgoing:
        """The first waiting message goes out, under the tracing ID it had before a break or else a fresh one."""
        outgoing = self._waiting.pop(0)
        if not outgoing.message.tracing_id:
            outgoing.renamed(new_id())
        self._under_way[outgoing.message.tracing_id] = outgoing
        return outgoing

    def find(self, frame: ReceivedFrame, body: StructuredMessage) -> str:
        """The tracing ID of the own message that a frame is the echo of; empty if of none.

        By the frame's tracing ID, else by the older metadata.customMessageId, else, for a service that names neither,
        by the text of the oldest message under way.
        """
        for tracing_id in (frame.tracing_id, body.metadata.get("customMessageId", "")):
            if tracing_id in self._under_way:
                return tracing_id
        if frame.tracing_id or not self._under_way:
            return ""
        oldest, outgoing = next(iter(self._under_way.items()))
        return oldest if outgoing.said == body.text else ""

    def oldest(self) -> str:
        """The tracing ID of the message longest under way; empty if there is none."""
        return next(iter(self._under_way), "")

    def is_under_way(self, tracing_id: str) -> bool:
        """Whether a message with that tracing ID waits for its echo."""
        return tracing_id in self._under_way

    def finish(self, tracing_id: str) -> Outgoing:
        """The echo came: the message is sent."""
        return self._under_way.pop(tracing_id)

    def fail(self, tracing_id: str) -> Outgoing:
        """The service refused the message; it is kept so that it can be sent again."""
        outgoing = self._under_way.pop(tracing_id)
        self._failed[outgoing.key] = outgoing
        return outgoing

    def put_back(self, tracing_id: str) -> Outgoing:
        """The service did not take the message: it waits again, in its old place, for a fresh tracing ID."""
        outgoing = self._under_way.pop(tracing_id)
        outgoing.renamed("")
        self._wait_again([outgoing])
        return outgoing

    def put_back_all(self) -> list[Outgoing]:
        """Nobody knows whether the service took what was under way: it waits again under its old tracing IDs."""
        interrupted = list(self._under_way.values())
        self._under_way.clear()
        self._wait_again(interrupted)
        return interrupted

    def fail_all(self) -> list[Outgoing]:
        """Everything not yet sent has failed, oldest first."""
        under_way = list(self._under_way.values())
        self._under_way.clear()
        self._failed.update((outgoing.key, outgoing) for outgoing in under_way)
        return [*under_way, *self.fail_waiting()]

    def fail_waiting(self) -> list[Outgoing]:
        """Everything that waits has failed, oldest first; what is under way may still be echoed."""
        waiting, self._waiting = self._waiting, []
        self._failed.update((outgoing.key, outgoing) for outgoing in waiting)
        return waiting

    def withdraw(self, key: str) -> Outgoing | None:
        """Take a waiting message back; None if it does not wait any more."""
        for outgoing in self._waiting:
            if outgoing.key == key:
                self._waiting.remove(outgoing)
                return outgoing
        return None

    def revive(self, key: str) -> Outgoing | None:
        """Queue a failed message again; None if there is none of that key."""
        outgoing = self._failed.pop(key, None)
        if outgoing is not None:
            outgoing.renamed("")
            outgoing.place = next(self._places)
            self._waiting.append(outgoing)
        return outgoing

    def _wait_again(self, returned: list[Outgoing]) -> None:
        # Several can come back one after another: what was said first still goes first.
        self._waiting = sorted([*returned, *self._waiting], key=lambda outgoing: outgoing.place)
