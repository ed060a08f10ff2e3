"""Writes chats to the history as they happen, on a thread of its own.

The law of this file: whoever hands an event over never waits and never fails. What cannot be written now is kept and
written later; each kind of trouble is told once.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakSet

from gcdesk.desk.history_facts import ChatFacts, Place
from gcdesk.errors import GcdeskError, RecordDamagedError, RecordError
from gcdesk.guest.events import Event
from gcdesk.phrase import Phrase

if TYPE_CHECKING:
    import sqlite3

    from gcdesk.desk.history_connection import HistoryConnection, Rows
    from gcdesk.desk.history_live import LiveChat

MOST_WAITING = 100_000
"""Events kept in memory while they cannot be written: hours of a busy chat, some 100 MB at the worst."""

_AT_ONCE = 500
_PAUSE = 1.0


class _Taken(NamedTuple):
    recorder: ChatRecorder
    event: Event


class HistoryWriter:
    """Writes any number of chats; its thread begins with the first event.

    Args:
        place: Where to keep the history, asked once by the thread; None keeps nothing. May raise GcdeskError.
        report: Called by the thread with each kind of trouble, once.
        connect: Opens the history; another one may be given in tests.
        pause: Seconds until what could not be written is tried again.
        head_start: Seconds that the program has for itself before the thread loads what it takes to write.
        settled: Called by the thread each time that more of what was handed over is on the disk, or given up.
    """

    def __init__(
        self,
        place: Callable[[], Place | None],
        report: Callable[[GcdeskError], None] = lambda _error: None,
        *,
        connect: Callable[[Path], sqlite3.Connection] | None = None,
        pause: float = _PAUSE,
        head_start: float = 0.0,
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        self._find_place = place
        self._tell_settled = settled
        self._report = report
        self._connect = connect
        self._pause = pause
        self._head_start = head_start
        self._wake = threading.Condition()
        self._queue: deque[_Taken] = deque()
        self._taken = self._settled = 0
        self._closing = False
        self._complete = True
        self._thread: threading.Thread | None = None
        # All below belongs to the thread.
        self._waiting: deque[Rows] = deque()
        self._chats: WeakSet[LiveChat] = WeakSet()
        self._try_at = 0.0
        self._told: set[str] = set()

    def begin(self, facts: ChatFacts) -> ChatRecorder:
        """Begin the record of a chat; nothing is written before its first event."""
        return ChatRecorder(self, facts)

    def flush(self, seconds: float) -> bool:
        """Wait until all that was handed over is on the disk; False if it is not within so many seconds."""
        with self._wake:
            goal = self._taken
            return self._wake.wait_for(lambda: self._settled >= goal, seconds) and self._complete

    def close(self, seconds: float = 5.0) -> bool:
        """Write what is left and stop; False if that took longer than so many seconds, or could not be done."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(seconds)
        with self._wake:
            return self._settled >= self._taken and self._complete

    def is_settled(self, place: int) -> bool:
        """Whether what was handed over at that place, and all before it, is on the disk or was given up."""
        return self._settled >= place

    def hand_over(self, recorder: ChatRecorder, event: Event) -> int:
        """Take an event of a recorder's, from any thread, without waiting, and return its place among all.

        After the end it is not taken; the place is 0 then.
        """
        with self._wake:
            if self._closing:
                return 0
            self._queue.append(_Taken(recorder, event))
            self._taken += 1
            if self._thread is None:
                # A daemon: a disk that hangs must not keep the program from ending.
                self._thread = threading.Thread(target=self._run, name="gcdesk-history", daemon=True)
                self._thread.start()
            self._wake.notify_all()
            return self._taken

    # The thread

    def _run(self) -> None:
        with self._wake:
            self._wake.wait_for(lambda: self._closing, self._head_start)
        file = self._find_file()
        closing = False
        try:
            while not closing:
                closing = self._collect(keeping=file is not None)
                while file is not None and self._waiting and self._write_some(file):
                    pass
        finally:
            if file is not None:
                file.close()

    def _find_file(self) -> HistoryConnection | None:
        try:
            place = self._find_place()
        except GcdeskError as error:
            self._complete = False
            self._tell(error)
            return None
        if place is None:
            return None
        # Here and not above, so that the thread loads what it takes to write while the chat already connects.
        from gcdesk.desk.history_connection import HistoryConnection
        from gcdesk.desk.history_file import open_history

        return HistoryConnection(place, self._connect or open_history)

    def _collect(self, *, keeping: bool) -> bool:
        """Wait for events and make rows of them; True if they are the last."""
        with self._wake:
            if self._waiting:
                self._wake.wait_for(lambda: self._closing, max(0.0, self._try_at - time.monotonic()))
            else:
                self._wake.wait_for(lambda: self._queue or self._closing)
            # No more than can be written soon: what is in the queue costs least. In trouble all of it is counted.
            room = len(self._queue) if self._waiting else _AT_ONCE
            taken = [self._queue.popleft() for _ in range(min(room, len(self._queue)))]
            closing = self._closing and not self._queue
        for recorder, event in taken:
            if not keeping:
                self._settle(1)
            elif len(self._waiting) >= MOST_WAITING:
                recorder.live().miss()
                self._complete = False
                self._settle(1)
            else:
                self._add(recorder.live(), event)
        return closing

    def _add(self, chat: LiveChat, event: Event) -> None:
        from gcdesk.desk.history_connection import Rows

        self._chats.add(chat)
        self._waiting.append(Rows(chat, *chat.take(event)))

    def _write_some(self, file: HistoryConnection) -> bool:
        """Write the oldest rows that wait; False if that has to be tried again later."""
        batch = list(islice(self._waiting, _AT_ONCE))
        try:
            try:
                file.write(batch)
            except RecordDamagedError as error:
                self._mend(file, error)
                file.write(batch)
        except RecordError as error:
            self._try_at = time.monotonic() + self._pause
            self._tell(error)
            return False
        for _ in batch:
            self._waiting.popleft()
        self._told.clear()
        self._settle(len(batch))
        return True

    def _mend(self, file: HistoryConnection, error: RecordDamagedError) -> None:
        aside = file.mend()
        for chat in self._chats:
            chat.begin_anew()
        if aside is not None:
            title = Phrase(
                "The history file was damaged. It was kept as {aside}, and a fresh one was begun.",
                aside=aside,
            )
            self._tell(
                RecordDamagedError(title, "Earlier chats are in the file that was kept.", detail=error.detail)
            )

    def _tell(self, error: GcdeskError) -> None:
        # Once for each kind, until writing has worked again.
        if error.name not in self._told:
            self._told.add(error.name)
            self._report(error)

    def _settle(self, count: int) -> None:
        with self._wake:
            self._settled += count
            self._wake.notify_all()
        self._tell_settled()


class ChatRecorder:
    """Hands the events of one chat to the history.

    Args:
        writer: What writes them.
        facts: What is known of the chat before its first event.
        alone: Whether the writer is this recorder's own, and stops with it.
    """

    def __init__(self, writer: HistoryWriter, facts: ChatFacts, *, alone: bool = False) -> None:
        self._writer = writer
        self._facts = facts
        self._live: LiveChat | None = None
        self._alone = alone

    @property
    def chat_id(self) -> int | None:
        """The chat's number in the history; None before anything is written, and after it was deleted."""
        return None if self._live is None else self._live.row

    def live(self) -> LiveChat:
        """The chat as the writer sees it; for the writer's thread alone."""
        if self._live is None:
            from gcdesk.desk.history_live import LiveChat

            self._live = LiveChat(self._facts)
        return self._live

    def take(self, event: Event) -> int:
        """Take an event, from any thread, and return its place for `is_settled`; never waits and never raises."""
        return self._writer.hand_over(self, event)

    def is_settled(self, place: int) -> bool:
        """Whether the event that was taken at that place is on the disk, or was given up."""
        return self._writer.is_settled(place)

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until all that was taken is on the disk; False if it is not within so many seconds."""
        return self._writer.flush(seconds)

    def close(self, seconds: float = 5.0) -> bool:
        """End the record; waits, at most so many seconds, until it is on the disk, and tells whether it is."""
        return self._writer.close(seconds) if self._alone else self._writer.flush(seconds)
