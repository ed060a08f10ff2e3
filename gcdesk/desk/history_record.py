"""A chat as it was kept, opened to be read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import msgspec

from gcdesk.desk.history_codec import (
    EventDecoder,
    StoredEvent,
    StoredMessage,
    message_of,
    shown_event,
    time_of,
)
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Message

_SENT, _RECEIVED = "FrameSent", "FrameReceived"

FRAMES_AND_MESSAGES = frozenset(
    {_SENT, _RECEIVED, "MessageAdded", "MessageChanged", "MessageMoved", "MessageWithdrawn", "TypingChanged"}
)
"""The names of most events: of those that `ChatRecord.frames` and `ChatRecord.messages` give as well."""


class _Move(msgspec.Struct):
    key: str
    before: str


_move = msgspec.json.Decoder(_Move).decode


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """One line of a list of chats.

    Args:
        id: Its number in the history.
        environment: The environment's name, empty where there was none.
        place: Its region or endpoint.
        colour: The environment's colour, empty where there was none.
        simulated: Whether it ran on the simulator.
        crm_key: The custom attribute that carries the CRM customer ID.
        crm_id: The CRM customer ID.
        attributes: All custom attributes as they were last.
        versions: Of gcdesk, Python and the system, when it was begun.
        started: When it was started, in UTC.
        latest: When something last happened in it.
        ended: When it ended; None if it runs, or was cut off.
        state: The session's last state, by its word (gcdesk.guest.states).
        reason: Why it ended, a short sentence or empty.
        error: The name of the error that ended it, or empty.
        messages: How many messages it has.
        frames: How many frames crossed the wire.
        missing: How many events could not be written.
        last_line: The beginning of its last message.
        found: The part of a message that was searched for; empty where nothing was.
    """

    id: int
    environment: str
    place: str
    colour: str
    simulated: bool
    crm_key: str
    crm_id: str
    attributes: Mapping[str, str] = field(repr=False)
    versions: Mapping[str, str]
    started: datetime
    latest: datetime
    ended: datetime | None
    state: str
    reason: str
    error: str
    messages: int
    frames: int
    missing: int
    last_line: str
    found: str = ""


class FrameRecord(NamedTuple):
    """One frame; `text` is its masked JSON on one line, or the masked text of what was none. `size` is in bytes."""

    at: datetime
    sent: bool
    kind: str
    size: int
    text: str


class ShownMessage(NamedTuple):
    """A message of the transcript.

    `left` is when it went out, for an own one that did; `earlier` tells that it is from before this chat; `number` is
    that of the event that showed it first.
    """

    message: Message
    left: datetime | None
    earlier: bool
    number: int


@dataclass(frozen=True, slots=True)
class ChatRecord:
    """All that was kept of a chat: `messages` in the transcript's order, and `rows` as they were written."""

    summary: ChatSummary
    messages: tuple[ShownMessage, ...]
    rows: Sequence[StoredEvent] = field(repr=False)

    def frames(self) -> Iterator[FrameRecord]:
        """The frames, as they crossed the wire."""
        for row in self.rows:
            if row.name in (_SENT, _RECEIVED):
                yield FrameRecord(time_of(row.at), row.name == _SENT, row.kind, row.size, row.data)

    def events(self) -> Iterator[Event]:
        """The events of the chat, as they were; those that this version does not understand are left out.

        Whatever shows a running chat shows a kept one by them.
        """
        for _, event in self.numbered_events():
            yield event

    def numbered_events(self, without: Container[str] = ()) -> Iterator[tuple[int, Event]]:
        """The events, each with its number in the chat, from 0; those with names in `without` are not even read."""
        decoder = EventDecoder()
        for number, row in enumerate(self.rows):
            event = None if row.name in without else decoder.decode(row)
            if event is not None:
                yield number, event


def chat_record(summary: ChatSummary, rows: Sequence[StoredEvent]) -> ChatRecord:
    """Put a chat together from its rows, in their order."""
    return ChatRecord(summary, _Transcript(rows).messages(), rows)


class _Transcript:
    """Follows a chat to the last state of each message; only that one is made into a message."""

    def __init__(self, rows: Sequence[StoredEvent]) -> None:
        self._order = _Order()
        self._shown: dict[str, tuple[StoredMessage, str]] = {}
        self._first: dict[str, tuple[bool, int]] = {}
        self._left: dict[str, int] = {}
        self._latest_frame, self._number = "", 0
        for number, row in enumerate(rows):
            self._number = number
            follow = _FOLLOWED.get(row.name)
            if follow is not None:
                # What another version wrote, and this one does not understand.
                with contextlib.suppress(ValueError):
                    follow(self, row)

    def messages(self) -> tuple[ShownMessage, ...]:
        """The messages that are left, in the transcript's order."""
        return tuple(self._message(key) for key in self._order)

    def _message(self, key: str) -> ShownMessage:
        left = self._left.get(key)
        message = message_of(*self._shown[key])
        return ShownMessage(message, None if left is None else time_of(left), *self._first[key])

    def _received(self, row: StoredEvent) -> None:
        self._latest_frame = row.data

    def _show(self, row: StoredEvent) -> None:
        event = shown_event(row.data)
        key = event.message.key
        if key not in self._shown:
            self._order.add(key, event.before)
            self._first[key] = event.earlier, self._number
        if event.message.delivery is Delivery.SENDING:
            self._left[key] = row.at
        self._shown[key] = event.message, self._latest_frame

    def _move(self, row: StoredEvent) -> None:
        move = _move(row.data)
        self._order.move(move.key, move.before)

    def _withdraw(self, row: StoredEvent) -> None:
        key = shown_event(row.data).message.key
        self._order.remove(key)
        self._shown.pop(key, None)


_FOLLOWED: dict[str, Callable[[_Transcript, StoredEvent], None]] = {
    "FrameReceived": _Transcript._received,
    "MessageAdded": _Transcript._show,
    "MessageChanged": _Transcript._show,
    "MessageMoved": _Transcript._move,
    "MessageWithdrawn": _Transcript._withdraw,
}


class _Order:
    """Keys in an order that takes an insertion anywhere in constant time."""

    def __init__(self) -> None:
        # A ring around the empty key, which stands for the end.
        self._next = {"": ""}
        self._previous = {"": ""}

    def __iter__(self) -> Iterator[str]:
        key = self._next[""]
        while key:
            yield key
            key = self._next[key]

    def add(self, key: str, before: str) -> None:
        if before not in self._next:
            before = ""
        previous = self._previous[before]
        self._next[previous], self._next[key] = key, before
        self._previous[key], self._previous[before] = previous, key

    def remove(self, key: str) -> None:
        if key and key in self._next:
            previous, following = self._previous.pop(key), self._next.pop(key)
            self._next[previous], self._previous[following] = following, previous

    def move(self, key: str, before: str) -> None:
        if key and key in self._next and key != before:
            self.remove(key)
            self.add(key, before)
