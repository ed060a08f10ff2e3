"""Frames as JSON for the clipboard: one as it is, many as a list that tells when and which way each went."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from gcdesk.ui.frame_log import KeptFrame
from gcdesk.ui.plain_text import copy

MOST_COPIED: Final = 2_000_000
"""Characters of many frames that go to the clipboard; handing over more would hold the window up."""

_STEP: Final = 10
_INDENTED: Final = 200
"""Frames that are indented for people; of more, each stands on a line of its own."""


def frame_entry(frame: KeptFrame) -> dict[str, object]:
    """One frame among many: when in UTC, which way, its kind, its size in bytes, and its JSON with secrets masked."""
    return {
        "at": frame.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "direction": "sent" if frame.sent else "received",
        "kind": frame.kind,
        "bytes": frame.size,
        "frame": frame.json(),
    }


def copying(frames: Sequence[KeptFrame], done: Callable[[int], None]) -> Iterator[None]:
    """Put frames on the clipboard, a few with each step; `done` is told how many are there, the first of them."""
    if len(frames) == 1:
        copy(frames[0].masked())
        done(1)
        return
    indent = 2 if len(frames) <= _INDENTED else None
    entries: list[str] = []
    size = 0
    for number, frame in enumerate(frames):
        entry = json.dumps(frame_entry(frame), ensure_ascii=False, indent=indent)
        size += len(entry)
        if entries and size > MOST_COPIED:
            break
        entries.append(entry)
        if number % _STEP == 0:
            yield
    yield
    copy("[\n" + ",\n".join(entries) + "\n]")
    done(len(entries))
