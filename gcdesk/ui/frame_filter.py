"""Which frames are shown: by direction, by kind and by text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from gcdesk.ui.frame_log import KeptFrame


class Direction(Enum):
    """Which way frames went."""

    BOTH = "both"
    SENT = "sent"
    RECEIVED = "received"


class Kinds(Enum):
    """A choice of kinds that is no single one."""

    ALL = "all"
    TALK = "talk"
    """All but signs of life and typing, which come by the dozen."""


_NO_TALK = frozenset(
    {"echo", "onMessage Typing", "StructuredMessage out Typing", "StructuredMessage in Typing"}
)
_PONG = ('"ping"', '"response"')
_LONGEST_PONG = 1000


def is_talk(frame: KeptFrame) -> bool:
    """Whether a frame is neither a sign of life (guest API, section 5) nor typing."""
    if frame.kind in _NO_TALK:
        return False
    if frame.sent or frame.kind != "StructuredMessage in" or frame.size > _LONGEST_PONG:
        return True
    return not all(word in frame.text for word in _PONG)


@dataclass(frozen=True)
class FrameFilter:
    """What to show: frames of a direction, of a kind, whose kind or text holds `text`, whatever its case."""

    text: str = ""
    direction: Direction = Direction.BOTH
    kind: Kinds | str = Kinds.ALL

    @property
    def active(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self._needles) or self.direction is not Direction.BOTH or self.kind is not Kinds.ALL

    @cached_property
    def _needles(self) -> tuple[str, ...]:
        needle = self.text.strip().lower()
        if not needle:
            return ()
        # JSON may spell out what a person types: quotes, line breaks, and letters beyond ASCII.
        spelled = json.dumps(needle)[1:-1].lower()
        return (needle,) if spelled == needle else (needle, spelled)

    def passes(self, frame: KeptFrame) -> bool:
        """Whether a frame is shown."""
        if self.direction is not Direction.BOTH and frame.sent != (self.direction is Direction.SENT):
            return False
        if isinstance(self.kind, str):
            if frame.kind != self.kind:
                return False
        elif self.kind is Kinds.TALK and not is_talk(frame):
            return False
        needles = self._needles
        if not needles:
            return True
        kind, text = frame.kind.lower(), frame.text.lower()
        return any(needle in text or needle in kind for needle in needles)
