"""Which frame carried which message, both ways.

The law of this file: a link is made when the message is told of, from the frames just before; nothing is searched
later, and links go with their frames.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Final

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Message
from gcdesk.ui.frame_log import FrameLog, KeptFrame

_LOOKED_BACK: Final = 32
"""The frame that brought a message, or took it away, was told of just before it."""


class FrameLinks:
    """The links between the messages and the frames of one chat.

    An own message has the frames that it went out with, and the one that it came back with as an echo or was refused
    with; others have the one that they came in with. What was read from the history has none.

    Args:
        log: The frames; each is to be in there before the message's event is taken.
    """

    def __init__(self, log: FrameLog) -> None:
        self._log = log
        self._frames: dict[str, list[int]] = {}
        self._keys: dict[int, str] = {}
        self._cleaned = 0

    def take(self, event: Event) -> None:
        """Follow the chat."""
        match event:
            case events.MessageAdded():
                self._link_received(event.message)
            case events.MessageChanged():
                if event.message.delivery is Delivery.SENDING:
                    self._link_sent(event.message)
                elif event.message.delivery is Delivery.FAILED:
                    self._link_refusal(event.message)
                else:
                    self._link_received(event.message)

    def frames_of(self, key: str) -> list[int]:
        """The numbers of a message's frames that are still kept, oldest first."""
        return [number for number in self._frames.get(key, ()) if number >= self._log.first]

    def key_of(self, number: int) -> str:
        """The key of the message that a frame carried, empty if it carried none."""
        return self._keys.get(number, "")

    def _link_received(self, message: Message) -> None:
        if message.raw:
            self._link(message.key, lambda frame: not frame.sent and frame.text == message.raw)

    def _link_sent(self, message: Message) -> None:
        if message.tracing_id:
            self._link(message.key, lambda frame: frame.sent and message.tracing_id in frame.text)

    def _link_refusal(self, message: Message) -> None:
        if message.tracing_id:
            self._link(message.key, lambda frame: not frame.sent and message.tracing_id in frame.text)

    def _link(self, key: str, is_it: Callable[[KeptFrame], bool]) -> None:
        frames = self._log.since(max(self._log.first, self._log.end - _LOOKED_BACK))
        found = next((frame for frame in reversed(frames) if is_it(frame)), None)
        if found is None or found.number in self._keys:
            return
        self._keys[found.number] = key
        self._frames.setdefault(key, []).append(found.number)
        self._clean()

    def _clean(self) -> None:
        """Forget the links of frames that have gone."""
        if self._cleaned == self._log.first:
            return
        self._cleaned = self._log.first
        # Links come in the order of their frames, or nearly so: what stands behind a newer one waits a little.
        for number in list(takewhile(lambda number: number < self._log.first, self._keys)):
            key = self._keys.pop(number)
            left = [one for one in self._frames[key] if one >= self._log.first]
            if left:
                self._frames[key] = left
            else:
                del self._frames[key]
