"""Messages and frames for the tests of the conversation, made from the sample frames or by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from gcdesk.guest import frames
from gcdesk.guest.content import Content
from gcdesk.guest.events import FrameReceived, FrameSent
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import StructuredMessage, decode_frame
from tests.support.places import SAMPLE_FRAMES

START = datetime(2026, 11, 23, 10, 41, 7, tzinfo=UTC)
BOT = Sender(SenderKind.BOT, "Order bot")
AGENT = Sender(SenderKind.AGENT, "Lena")
CUSTOMER = Sender(SenderKind.CUSTOMER)

_numbers = count(1)


def message(
    text: str,
    content: Iterable[Content] = (),
    *,
    sender: Sender = BOT,
    key: str = "",
    delivery: Delivery | None = None,
    failure: str = "",
    at: datetime | None = None,
) -> Message:
    """A message of the bot, unless said otherwise; each one a minute and a half after the one before."""
    number = next(_numbers)
    own = sender.kind is SenderKind.CUSTOMER
    return Message(
        key=key or f"key-{number}",
        id=f"id-{number}",
        direction=Direction.INBOUND if own else Direction.OUTBOUND,
        sender=sender,
        text=text,
        content=tuple(content),
        delivery=delivery or (Delivery.SENT if own else Delivery.ARRIVED),
        at=at or START + timedelta(seconds=90 * number),
        failure=failure,
    )


def sample_text(name: str) -> str:
    """The text of a sample frame."""
    return (SAMPLE_FRAMES / f"{name}.json").read_text(encoding="utf-8")


def sample_message(name: str) -> Message:
    """The message that a sample frame of the service brings."""
    body = decode_frame(sample_text(f"server.structured_message.{name}")).body
    assert isinstance(body, StructuredMessage)
    return message(body.text, body.content)


def received(text: str, *, seconds: float = 0.0) -> FrameReceived:
    """A frame from the service."""
    return FrameReceived(START + timedelta(seconds=seconds), decode_frame(text), len(text.encode()))


def sent(text: str, *, seconds: float = 0.0) -> FrameSent:
    """A frame to the service, from its JSON."""
    request = frames.decode_request(text)
    assert not isinstance(request, frames.UnknownRequest)
    frame = frames.sent_frame(request)
    return FrameSent(START + timedelta(seconds=seconds), frame, len(frame.text.encode()))
