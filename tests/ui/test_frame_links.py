"""Which frame carried which message, over a real session's events."""

from __future__ import annotations

import json
from dataclasses import replace

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Message
from gcdesk.ui.frame_links import FrameLinks
from gcdesk.ui.frame_log import FrameBudget, FrameLog
from tests.ui.conversation import CUSTOMER, START, message, received, sample_text, sent


class Followed:
    """A log and its links, as the inspector keeps them."""

    def __init__(self, most_kept: int = 1_000) -> None:
        self.log = FrameLog(most_kept=most_kept, budget=FrameBudget())
        self.links = FrameLinks(self.log)

    def take(self, *happened: Event) -> None:
        for event in happened:
            if isinstance(event, events.FrameSent | events.FrameReceived):
                self.log.add(event)
            else:
                self.links.take(event)


def say(key: str) -> tuple[list[Event], Message]:
    """What the session tells of an own message, up to its frame."""
    frame = sent(sample_text("client.on_message.text_full"))
    own = message("Where is my order?", sender=CUSTOMER, key=key, delivery=Delivery.QUEUED)
    sending = replace(own, delivery=Delivery.SENDING, tracing_id=frame.frame.tracing_id)
    happened = [events.MessageAdded(START, own), frame, events.MessageChanged(START, sending)]
    return happened, sending


def answer(number: int) -> tuple[events.FrameReceived, Message]:
    raw = json.loads(sample_text("server.structured_message.text_outbound_bot"))
    raw["body"]["id"] = f"answer-{number}"
    frame = received(json.dumps(raw))
    return frame, replace(message("Hello", key=f"a{number}"), raw=frame.frame.text)


def test_an_own_message_has_the_frame_it_went_out_with_and_its_echo() -> None:
    chat = Followed()
    happened, sending = say("m1")
    chat.take(*happened)
    assert chat.links.frames_of("m1") == [0]
    assert chat.links.key_of(0) == "m1"
    chat.take(sent(sample_text("client.echo")))
    echo = received(sample_text("server.structured_message.text_inbound_echo"))
    chat.take(
        echo, events.MessageChanged(START, replace(sending, delivery=Delivery.SENT, raw=echo.frame.text))
    )
    assert chat.links.frames_of("m1") == [0, 2]
    assert chat.links.key_of(1) == "", "a sign of life carries no message"


def test_a_refused_message_has_the_frame_that_refused_it() -> None:
    chat = Followed()
    happened, sending = say("m1")
    chat.take(*happened)
    refusal = received(
        json.dumps({"class": "string", "code": 4011, "body": "too long", "tracingId": sending.tracing_id})
    )
    chat.take(
        refusal, events.MessageChanged(START, replace(sending, delivery=Delivery.FAILED, failure="No."))
    )
    assert chat.links.frames_of("m1") == [0, 1]


def test_a_message_that_is_sent_again_has_both_frames() -> None:
    chat = Followed()
    happened, _ = say("m1")
    chat.take(*happened)
    chat.take(*happened[1:])
    assert chat.links.frames_of("m1") == [0, 1]
    assert chat.links.key_of(1) == "m1"


def test_what_others_say_has_the_frame_it_came_in_with() -> None:
    chat = Followed()
    for number in range(5):
        frame, said = answer(number)
        chat.take(frame, events.MessageAdded(START, said))
    assert [chat.links.frames_of(f"a{number}") for number in range(5)] == [[0], [1], [2], [3], [4]]


def test_what_was_read_from_the_history_has_no_frame() -> None:
    chat = Followed()
    chat.take(*say("m1")[0])
    earlier = replace(message("Before", key="old"), raw='{"id": "old"}')
    chat.take(events.MessageAdded(START, earlier, earlier=True))
    assert chat.links.frames_of("old") == []
    assert chat.links.frames_of("never heard of") == []
    assert chat.links.key_of(99) == ""


def test_links_go_with_their_frames() -> None:
    chat = Followed(most_kept=100)
    for number in range(1_000):
        frame, said = answer(number)
        chat.take(frame, events.MessageAdded(START, said))
    assert chat.links.frames_of("a0") == []
    assert chat.links.frames_of("a999") == [999]
    assert len(chat.links._keys) <= 300
    assert len(chat.links._frames) == len(chat.links._keys)
