"""From the service's messages to messages a person reads, each once."""

from __future__ import annotations

from datetime import datetime

from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import ReceivedFrame, StructuredMessage

_KINDS = {"Human": SenderKind.AGENT, "Bot": SenderKind.BOT}


def direction_of(body: StructuredMessage) -> Direction:
    """The message's direction; one that names none is taken as outbound, because own ones come with an echo."""
    return Direction.INBOUND if body.direction == "Inbound" else Direction.OUTBOUND


def sender_of(body: StructuredMessage) -> Sender:
    """Who wrote it (guest API, section 3.1): inbound is the customer, outbound a bot, an agent or not said."""
    person = body.channel.from_
    name = person.nickname or " ".join(part for part in (person.first_name, person.last_name) if part)
    if direction_of(body) is Direction.INBOUND:
        return Sender(SenderKind.CUSTOMER, name, person.image)
    return Sender(_KINDS.get(body.originating_entity, SenderKind.UNKNOWN), name, person.image)


class Inbox:
    """Remembers what was shown, so that nothing is shown twice."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._unnamed = 0

    def is_new(self, body_id: str) -> bool:
        """Whether that ID was not seen before; from now on it was. An empty ID is always new."""
        if not body_id:
            return True
        if body_id in self._seen:
            return False
        self._seen.add(body_id)
        return True

    def message(self, frame: ReceivedFrame, body: StructuredMessage, at: datetime) -> Message:
        """The message a person reads, made from a frame that was not shown yet."""
        if body.id:
            key = body.id
        else:
            self._unnamed += 1
            key = f"unnamed-{self._unnamed}"
        return Message(
            key=key,
            id=body.id,
            direction=direction_of(body),
            sender=sender_of(body),
            text=body.text,
            content=body.content,
            delivery=Delivery.ARRIVED,
            at=at,
            time=body.channel.time,
            tracing_id=frame.tracing_id,
            raw=frame.text,
        )
