"""Which frame tells the Platform API what conversation a chat belongs to (guest API, section 7.2)."""

from __future__ import annotations

from gcdesk.guest.inbox import direction_of, is_written
from gcdesk.guest.message import Direction
from gcdesk.guest.pulse import is_ping
from gcdesk.guest.received import ReceivedFrame, StructuredMessage


def witness(frame: ReceivedFrame) -> str:
    """The service's ID of the customer's message or Join that a frame echoes; empty if it echoes neither.

    Typing and other events are echoed with an ID too, but belong to no record that could be asked for.
    """
    body = frame.body
    if not isinstance(body, StructuredMessage) or is_ping(frame, body):
        return ""
    if direction_of(body) is not Direction.INBOUND:
        return ""
    joins = any(event.kind == "Presence" and event.presence == "Join" for event in body.events)
    return body.id if joins or is_written(body) else ""
