"""Guest sessions and their conversations. A session is its token: who holds the token holds the session."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from .answers import Frame
from .rates import CONFIGURES_PER_SESSION, MESSAGES_PER_SESSION, RateLimit

MAX_CONNECTIONS = 3
"""Connections a token may have; one more closes the oldest (guest API, section 8)."""


class Line(Protocol):
    """What a session needs of a connection."""

    number: int

    def send(self, frame: Frame) -> None:
        """Send a frame, after all that were sent before it."""

    def close(self, code: int) -> None:
        """Close once everything sent before has left."""


@dataclass
class Conversation:
    """What the platform side would know of one chat."""

    conversation_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    participant_data: dict[str, str] = field(default_factory=dict)
    message_ids: list[str] = field(default_factory=list)
    greeted: bool = False
    agent: bool = False


@dataclass(eq=False)
class Session:
    """One token's session: its conversation, its open connections, and the answers still being given."""

    token: str = field(repr=False)
    seconds: int
    expires_at: float
    conversation: Conversation = field(default_factory=Conversation)
    read_only: bool = False
    lines: list[Line] = field(default_factory=list)
    message_rate: RateLimit = field(default_factory=lambda: RateLimit(*MESSAGES_PER_SESSION), repr=False)
    configure_rate: RateLimit = field(default_factory=lambda: RateLimit(*CONFIGURES_PER_SESSION), repr=False)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    answering: set[asyncio.Task[None]] = field(default_factory=set, repr=False)

    def touch(self, now: float) -> None:
        """Any chat message, in or out, moves the expiry (guest API, section 5)."""
        self.expires_at = now + self.seconds

    def expired(self, now: float) -> bool:
        """Whether it has run out at `now`, in epoch seconds."""
        return now >= self.expires_at

    def broadcast(self, frame: Frame) -> None:
        """Send a frame on every connection of the token."""
        for line in tuple(self.lines):
            line.send(frame)

    def hush(self) -> None:
        """Drop the answers that are still on their way."""
        for task in self.answering:
            task.cancel()


class Sessions:
    """All sessions by token."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._by_token: dict[str, Session] = {}

    def get(self, token: str) -> Session | None:
        """The session of a token, expired or not."""
        return self._by_token.get(token)

    def open(self, token: str, now: float) -> Session:
        """Start a session for a token that has none."""
        session = Session(token, self._seconds, now + self._seconds)
        self._by_token[token] = session
        return session

    def forget(self, session: Session) -> None:
        """The token starts afresh the next time it is used."""
        if self._by_token.get(session.token) is session:
            del self._by_token[session.token]

    def all(self) -> list[Session]:
        """Every session, oldest first."""
        return list(self._by_token.values())
