"""Chats to keep: as a session tells them, and as many of them as a test wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gcdesk.desk.history import ChatFacts, HistoryWriter, Place
from gcdesk.guest import events, frames
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import decode_frame
from gcdesk.guest.states import State
from tests.guest.frames_of import names, sample
from tests.guest.service import DEPLOYMENT_ID, SET, TOKEN, Service

__all__ = ["DEPLOYMENT_ID", "SET", "START", "TOKEN", "facts", "keep", "long_chat", "made_chat", "told_chat"]

START = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


def facts(crm_id: str = "CUST-12345", **fields: Any) -> ChatFacts:
    """What is known of a chat before it begins; `attributes` are those besides the CRM customer ID."""
    attributes = {"crmCustomerId": crm_id, **fields.pop("attributes", {})}
    given = {"environment": "UAT", "place": "mypurecloud.de", "colour": "green", "started": START, **fields}
    return ChatFacts(crm_key="crmCustomerId", attributes=attributes, **given)


def told_chat() -> list[Event]:
    """All that a session says of a chat with every frame a service can send, a break and an end."""
    service = Service()
    service.configured(autostart=True)
    service.echo()
    service.say("Where is my order?")
    service.echo()
    for name in names("server.structured_message"):
        frame = sample(name)
        # In the samples they share an ID, and one of a kind is shown once.
        service.hear({**frame, "body": {**frame["body"], "id": f"body-{name}"}})
    for name in ("server.presigned_url_response", "server.event.typing_on", "server.too_many_requests"):
        service.hear_sample(name)
    service.hear("not JSON at all")
    service.hear('{"class":"News","code":200,"body":{}}')
    service.wait(30)
    service.say("Still there?")
    service.lose()
    service.back()
    service.session.leave(service.now)
    service.session.closed(service.now)
    service.drain()
    assert isinstance(service.events[-1], events.Ended)
    return service.events


def made_chat(texts: list[str], *, at: datetime = START, prefix: str = "") -> Iterator[Event]:
    """A chat of these texts, said by the customer and the bot in turn, a second apart; it does not end."""
    yield events.StateChanged(at, State.CONFIGURED, State.CONNECTED)
    for number, text in enumerate(texts):
        at += timedelta(seconds=1)
        key = f"{prefix}{number}"
        body = {"id": f"body-{key}", "type": "Text", "direction": "Outbound", "text": text, "channel": {}}
        answer = {"type": "message", "class": "StructuredMessage", "code": 200, "body": body}
        if number % 2 == 0:
            message = _own(key, text, at)
            yield events.MessageAdded(at, message)
            message = replace(message, delivery=Delivery.SENDING, tracing_id=f"trace-{key}")
            yield events.MessageChanged(at, message)
            request = frames.OnMessage(
                token=TOKEN, tracing_id=f"trace-{key}", message=frames.text_message(text, SET)
            )
            sent = frames.sent_frame(request)
            yield events.FrameSent(at, sent, len(sent.text))
            raw = json.dumps(
                {**answer, "body": {**body, "direction": "Inbound"}, "tracingId": f"trace-{key}"}
            )
            yield events.FrameReceived(at, decode_frame(raw), len(raw))
            yield events.MessageChanged(
                at, replace(message, delivery=Delivery.SENT, id=f"body-{key}", raw=raw)
            )
        else:
            raw = json.dumps(answer)
            yield events.FrameReceived(at, decode_frame(raw), len(raw))
            yield events.MessageAdded(
                at,
                Message(
                    key=f"body-{key}",
                    id=f"body-{key}",
                    direction=Direction.OUTBOUND,
                    sender=Sender(SenderKind.BOT, "Order bot"),
                    text=text,
                    content=(),
                    delivery=Delivery.ARRIVED,
                    at=at,
                    raw=raw,
                ),
            )


def long_chat(messages: int) -> list[Event]:
    """A chat of so many messages."""
    return list(made_chat([f"message {number} of a chat that goes on" for number in range(messages)]))


def keep(path: Path, *chats: tuple[ChatFacts, list[Event]]) -> list[int]:
    """Write whole chats, and return their numbers."""
    writer = HistoryWriter(lambda: Place(path), _refuse)
    recorders = []
    for known, told in chats:
        recorder = writer.begin(known)
        for event in told:
            recorder.take(event)
        recorders.append(recorder)
    assert writer.close(60)
    return [recorder.chat_id or 0 for recorder in recorders]


def _own(key: str, text: str, at: datetime) -> Message:
    return Message(
        key=key,
        id="",
        direction=Direction.INBOUND,
        sender=Sender(SenderKind.CUSTOMER),
        text=text,
        content=(),
        delivery=Delivery.QUEUED,
        at=at,
    )


def _refuse(error: Exception) -> None:
    raise error
