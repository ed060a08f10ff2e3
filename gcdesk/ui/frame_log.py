"""The frames of one chat as they are kept: small, and no more of them than there is room for.

The law of this file: keeping a frame costs the same however many there are, and draws nothing. Whoever shows frames
asks for what is new.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from gcdesk.guest.events import FrameReceived, FrameSent
from gcdesk.guest.received import StructuredMessage, decode_frame
from gcdesk.ui.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcdesk.desk.history_record import FrameRecord

FrameEvent = FrameSent | FrameReceived

MOST_KEPT: Final = 50_000
"""Frames kept of one chat; at 60 requests a minute (guest API, section 8) that is more than a working day."""

MOST_BYTES: Final = 64_000_000
"""Bytes of memory that the frames of one chat may take."""

MOST_BYTES_TOGETHER: Final = 256_000_000
"""Bytes of memory that the frames of all chats together may take."""

_DROPPED_AT_ONCE: Final = 100
_FRAME_ITSELF: Final = 240
_CHECKED_EVERY: Final = 1_000_000
_LEFT_FREE: Final = 0.02
_LONGEST_KIND: Final = 200


@dataclass(slots=True, eq=False)
class KeptFrame:
    """One frame: `number` counts from 0 in its chat, `size` is in bytes, `text` is what crossed the wire, unmasked."""

    number: int
    at: datetime
    sent: bool
    kind: str
    size: int
    text: str = field(repr=False)

    @property
    def weight(self) -> int:
        """Bytes of memory that it takes, more or less."""
        return sys.getsizeof(self.text) + _FRAME_ITSELF

    def json(self) -> object:
        """The frame's JSON with tokens and IDs masked; the masked text if it is no JSON."""
        return decode_frame(self.text).json()

    def masked(self) -> str:
        """The frame as readable text with tokens and IDs masked."""
        return decode_frame(self.text).masked()


def frame_kind(event: FrameEvent) -> str:
    """The frame's kind on one line; events of the guest API say which event they are."""
    kind = event.frame.kind[:_LONGEST_KIND]
    if isinstance(event, FrameReceived):
        body = event.frame.body
        if isinstance(body, StructuredMessage) and body.type == "Event" and body.events:
            first = body.events[0]
            kind = f"{kind} {(first.presence or first.kind)[:_LONGEST_KIND]}"
    # There are few kinds and many frames.
    return sys.intern(one_line(kind))


class FrameBudget:
    """What the frames of all chats may take together: where it is used up, the chat with most gives its oldest."""

    def __init__(self, most_bytes: int = MOST_BYTES_TOGETHER) -> None:
        self._most_bytes = most_bytes
        self._logs: weakref.WeakSet[FrameLog] = weakref.WeakSet()

    @property
    def weight(self) -> int:
        """Bytes that are taken now."""
        return sum(log.weight for log in self._logs)

    def join(self, log: FrameLog) -> None:
        """Count another chat's frames."""
        self._logs.add(log)

    def check(self) -> None:
        """Let go what is too much."""
        over = self.weight - self._most_bytes
        while over > 0:
            heaviest = max(self._logs, key=lambda log: log.weight)
            before = heaviest.weight
            heaviest.lighten(before - over - int(self._most_bytes * _LEFT_FREE))
            if heaviest.weight == before:
                return
            over = self.weight - self._most_bytes


BUDGET: Final = FrameBudget()
"""There is one program, so there is one budget."""


class FrameLog:
    """The frames of one chat in the order they crossed the wire; the oldest go where there are too many.

    Args:
        most_kept: How many frames are kept.
        most_bytes: How many bytes they may take.
        budget: What all chats may take together.
    """

    def __init__(
        self, *, most_kept: int = MOST_KEPT, most_bytes: int = MOST_BYTES, budget: FrameBudget = BUDGET
    ) -> None:
        self.first = 0
        """The number of the oldest frame that is kept; as many have gone."""
        self.weight = 0
        self.on_change: Callable[[], None] | None = None
        """Called after each new frame, by whoever shows them; None while nobody looks."""
        self._frames: list[KeptFrame] = []
        self._most_kept = most_kept
        self._most_bytes = most_bytes
        self._budget = budget
        self._unchecked = 0
        budget.join(self)

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def end(self) -> int:
        """The number that the next frame will get."""
        return self.first + len(self._frames)

    def get(self, number: int) -> KeptFrame | None:
        """The frame with that number, None if it is gone or yet to come."""
        place = number - self.first
        return self._frames[place] if 0 <= place < len(self._frames) else None

    def since(self, number: int, most: int | None = None) -> list[KeptFrame]:
        """The frames from that number on, or from the oldest that is kept; `most` of them."""
        start = max(0, number - self.first)
        return self._frames[start : None if most is None else start + most]

    def add(self, event: FrameEvent) -> KeptFrame:
        """Keep a frame that was just sent or received."""
        sent = isinstance(event, FrameSent)
        return self._keep(
            KeptFrame(self.end, event.at, sent, frame_kind(event), event.size, event.frame.text)
        )

    def add_records(self, records: Iterable[FrameRecord]) -> None:
        """Keep frames that were read back from the history."""
        for record in records:
            kind = sys.intern(one_line(record.kind[:_LONGEST_KIND]))
            self._keep(KeptFrame(self.end, record.at, record.sent, kind, record.size, record.text))

    def lighten(self, weight: int) -> None:
        """Let the oldest frames go until they weigh no more than that; the newest one always stays."""
        count = 0
        while self.weight > weight and count < len(self._frames) - 1:
            self.weight -= self._frames[count].weight
            count += 1
        del self._frames[:count]
        self.first += count

    def _keep(self, frame: KeptFrame) -> KeptFrame:
        self._frames.append(frame)
        weight = frame.weight
        self.weight += weight
        self._unchecked += weight
        if len(self._frames) >= self._most_kept + _DROPPED_AT_ONCE:
            self._drop(len(self._frames) - self._most_kept)
        if self.weight > self._most_bytes:
            self.lighten(int(self._most_bytes * (1 - _LEFT_FREE)))
        if self._unchecked > _CHECKED_EVERY:
            self._unchecked = 0
            self._budget.check()
        if self.on_change is not None:
            self.on_change()
        return frame

    def _drop(self, count: int) -> None:
        self.weight -= sum(frame.weight for frame in self._frames[:count])
        del self._frames[:count]
        self.first += count
