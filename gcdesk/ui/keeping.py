"""Keeps the window's chats in the history as they happen, unless a person wants none."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from gcdesk.desk.settings import Settings
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.launch_controls import EnvironmentItem

if TYPE_CHECKING:
    from gcdesk.desk.history import ChatRecorder, HistoryWriter

_SETTLING = 10.0


class Keeping(QObject):
    """Writes every event of every chat; the writing itself has a thread of its own and never holds anything up.

    Args:
        parent: The Qt parent.
    """

    failed = Signal(object)
    """A GcdeskError: chats are no longer kept, and why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer: HistoryWriter | None = None
        self._earlier: list[HistoryWriter] = []
        self._all: list[ChatRecorder] = []
        self._recorders: WeakKeyDictionary[ChatBridge, ChatRecorder] = WeakKeyDictionary()

    def numbers(self) -> set[int]:
        """The numbers in the history of all chats that were begun in this window."""
        return {recorder.chat_id for recorder in self._all if recorder.chat_id is not None}

    def number(self, bridge: ChatBridge) -> int | None:
        """A chat's number in the history; None before anything is written, and where it is not kept."""
        recorder = self._recorders.get(bridge)
        return None if recorder is None else recorder.chat_id

    def settle(self, bridge: ChatBridge) -> int | None:
        """Wait until all that has happened in a chat is on the disk, and return its number; blocks."""
        recorder = self._recorders.get(bridge)
        if recorder is None:
            return None
        recorder.flush(_SETTLING)
        return recorder.chat_id

    def keep(self, bridge: ChatBridge, item: EnvironmentItem, attributes: Mapping[str, str]) -> None:
        """Keep what is going to happen in a chat."""
        # No chat, no history: the first window need not wait for the import.
        from gcdesk.desk.history import ChatFacts, HistoryWriter, place_for

        if self._writer is None:
            # Called on the writer's thread; the signal brings it over to the window's.
            self._writer = HistoryWriter(lambda: place_for(Settings()), self.failed.emit)
        facts = ChatFacts(
            environment=item.name,
            place=item.place,
            crm_key=item.crm_id_key,
            attributes=dict(attributes),
            colour=item.colour,
            simulated=item.simulated,
        )
        recorder = self._recorders[bridge] = self._writer.begin(facts)
        self._all.append(recorder)
        # Qt holds a method's object weakly, and nobody else holds the recorder.
        bridge.happened.connect(lambda event: recorder.take(event))  # noqa: PLW0108

    def begin_anew(self) -> None:
        """Ask the settings again for the next chat; those that go on are kept as they were, or not."""
        if self._writer is not None:
            self._earlier.append(self._writer)
            self._writer = None

    def close(self, seconds: float) -> None:
        """Write what is left, for so long at most; blocks."""
        deadline = time.monotonic() + seconds
        for writer in (*self._earlier, self._writer):
            if writer is not None:
                writer.close(max(0.0, deadline - time.monotonic()))
