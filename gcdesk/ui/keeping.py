"""Keeps the window's chats in the history as they happen, unless a person wants none."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from gcdesk.desk.settings import Settings
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.launch_controls import EnvironmentItem

if TYPE_CHECKING:
    from gcdesk.desk.history import ChatRecorder, HistoryWriter
    from gcdesk.guest.events import Event

_SETTLING = 10.0

PATIENCE = 3.0
"""Seconds that an event waits for the disk before it is shown; a disk that is slower holds nothing up after that."""


class Tide:
    """Wakes who waits for the disk, whichever thread has written."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rose = asyncio.Event()
        self._waiting = 0

    def rise(self) -> None:
        """More is on the disk; called by the thread that writes."""
        if self._waiting and self._loop is not None:
            # The loop may have ended meanwhile, and nobody waits any more.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._wake)

    async def reach(self, reached: Callable[[], bool]) -> None:
        """Return when that is so; looked at each time that more was written."""
        self._loop = asyncio.get_running_loop()
        # Counted before it looks, so that no rise in between goes unheard.
        self._waiting += 1
        try:
            while not reached():
                await self._rose.wait()
        finally:
            self._waiting -= 1

    def _wake(self) -> None:
        self._rose.set()
        self._rose = asyncio.Event()


class ChatLedger:
    """One chat on the disk.

    Args:
        recorder: Writes it.
        tide: Tells when something was written.
        patience: Seconds that an event waits for the disk.
    """

    def __init__(self, recorder: ChatRecorder, tide: Tide, patience: float = PATIENCE) -> None:
        self.recorder = recorder
        self._tide = tide
        self._patience = patience
        self._late = False

    def take(self, event: Event) -> int:
        """Hand an event to the disk, and return its place."""
        return self.recorder.take(event)

    async def written(self, place: int) -> None:
        """Return when the event at that place is on the disk.

        Where that takes too long it returns all the same, and until the disk has caught up nothing waits again.
        """
        if self.recorder.is_settled(place):
            self._late = False
        elif not self._late:
            try:
                async with asyncio.timeout(self._patience):
                    await self._tide.reach(lambda: self.recorder.is_settled(place))
            except TimeoutError:
                self._late = True


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
        self._tide = Tide()
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
        """Keep what is going to happen in a chat: it is on the disk before it is shown."""
        # No chat, no history: the first window need not wait for the import.
        from gcdesk.desk.history import ChatFacts, HistoryWriter, place_for

        if self._writer is None:
            # Called on the writer's thread; the signal brings it over to the window's.
            self._writer = HistoryWriter(
                lambda: place_for(Settings()), self.failed.emit, settled=self._tide.rise
            )
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
        bridge.ledger = ChatLedger(recorder, self._tide)

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
