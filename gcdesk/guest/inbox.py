"""From the service's messages to messages a person reads, each once."""

from __future__ import annotations

from datetime import datetime

from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import StructuredMessage

_KINDS = {"Human": SenderKind.AGENT, "Bot": SenderKind.BOT}
_WRITTEN = frozenset({"Text", "Structured", "Message"})


def direction_of(body: StructuredMessage) -> Direction:
    """The message's direction; one that names none is taken as outbound, because own ones come with an echo."""
    return Direction.INBOUND if body.direction == "Inbound" else Direction.OUTBOUND


def is_written(body: StructuredMessage) -> bool:
    """Whether a person reads it; the rest are events."""
    return body.type in _WRITTEN or (body.type != "Event" and bool(body.text or body.content))


def sender_of(body: StructuredMessage) -> Sender:
    """Who wrote it (guest API, section 3.1): inbound is the customer, outbound a bot, an agent or not said."""
    person = body.channel.from_
    name = person.nickname or " ".join(part for part in (person.first_name, person.last_name) if part)
    if direction_of(body) is Direction.INBOUND:
        return Sender(SenderKind.CUSTOMER, name, person.image)
    return Sender(_KINDS.get(body.originating_entity, SenderKind.UNKNOWN), name, person.image)


class Inbox:
    """Remembers what was seen, by the service's ID, so that nothing is shown twice."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[str, int]] = {}
        self._nameless: dict[tuple[object, ...], int] = {}
        self._keys: set[str] = set()
        self._unnamed = 0
        self._newest_time: datetime | None = None
        self.newest = ""
        """The ID of the newest message known, by its time where it has one."""

    @property
    def count(self) -> int:
        """How many IDs were seen so far; tells what was seen before a moment."""
        return len(self._seen)

    def see(self, body_id: str, key: str = "") -> bool:
        """Whether that ID was not seen before; from now on it was. An empty ID is always new.

        Args:
            body_id: The service's ID.
            key: The key under which it stands in the transcript; empty if it does not, as events do not.
        """
        if not body_id:
            return True
        if body_id in self._seen:
            return False
        self._seen[body_id] = (key, len(self._seen))
        return True

    def has(self, body_id: str, before: int | None = None) -> bool:
        """Whether that ID was seen, before `count` had that value if one is given."""
        seen = self._seen.get(body_id)
        return seen is not None and (before is None or seen[1] < before)

    def key_of(self, body_id: str) -> str:
        """The key of the message with that ID in the transcript, empty if there is none."""
        return self._seen.get(body_id, ("", 0))[0]

    def reached(self, body_id: str, time: datetime | None) -> None:
        """A message with that ID stands in the transcript: it may be the newest."""
        if body_id and (time is None or self._newest_time is None or time >= self._newest_time):
            self.newest, self._newest_time = body_id, time or self._newest_time

    def count_nameless(self, body: StructuredMessage) -> None:
        """A message without an ID stands in the transcript; all that tells it from others is what it says."""
        like = _likeness(body)
        self._nameless[like] = self._nameless.get(like, 0) + 1

    def nameless(self, body: StructuredMessage) -> int:
        """How many messages without an ID say the same at the same time."""
        return self._nameless.get(_likeness(body), 0)

    def key_for(self, body_id: str) -> str:
        """The key for a message that is new: its ID, or a number where it has none."""
        key = body_id
        while not key or key in self._keys:
            self._unnamed += 1
            key = f"unnamed-{self._unnamed}"
        self._keys.add(key)
        return key


def _likeness(body: StructuredMessage) -> tuple[object, ...]:
    return body.direction, body.text, body.channel.time, str(body.content)


def message_of(
    body: StructuredMessage, key: str, at: datetime, *, tracing_id: str = "", raw: str = ""
) -> Message:
    """The message a person reads; `raw` is the JSON it was read from."""
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
        tracing_id=tracing_id,
        raw=raw,
    )
