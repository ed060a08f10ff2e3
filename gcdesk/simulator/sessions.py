"""Guest sessions. A session is its token: who holds the token holds the session (guest API, section 2)."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from .answers import Frame
from .conversations import Conversation, Ending, Message
from .customers import SignIn
from .rates import CONFIGURES_PER_SESSION, HISTORY_PER_SESSION, MESSAGES_PER_SESSION, RateLimit

MAX_CONNECTIONS = 3
"""Connections a token may have; one more closes the oldest (guest API, section 8)."""


class Line(Protocol):
    """What a session needs of a connection."""

    number: int

    def send(self, frame: Frame) -> None:
        """Send a frame, after all that were sent before it."""

    def close(self, code: int) -> None:
        """Close once everything sent before has left."""


@dataclass(eq=False)
class Session:
    """One token's session: its conversation, its open connections, and the answers still being given.

    session_id: names it where the token must not be, as in a JWT. sign_in: who is signed in, None for a guest.
    signed_out: a sign-in was revoked, so the session serves nobody any more. accepted: every message taken so far
    by its tracing ID.
    """

    token: str = field(repr=False)
    seconds: int
    expires_at: float
    conversation: Conversation = field(default_factory=Conversation)
    session_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    read_only: bool = False
    told_expired: bool = False
    sign_in: SignIn | None = None
    signed_out: bool = False
    lines: list[Line] = field(default_factory=list)
    accepted: dict[str, Message] = field(default_factory=dict, repr=False)
    message_rate: RateLimit = field(default_factory=lambda: RateLimit(*MESSAGES_PER_SESSION), repr=False)
    configure_rate: RateLimit = field(default_factory=lambda: RateLimit(*CONFIGURES_PER_SESSION), repr=False)
    history_rate: RateLimit = field(default_factory=lambda: RateLimit(*HISTORY_PER_SESSION), repr=False)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    answering: set[asyncio.Task[None]] = field(default_factory=set, repr=False)

    def touch(self, now: float) -> None:
        """Any chat message, in or out, moves the expiry (guest API, section 5)."""
        self.expires_at = now + self.seconds

    def expired(self, now: float) -> bool:
        """Whether it has run out at `now`, in epoch seconds."""
        return now >= self.expires_at

    def expire(self, now: float) -> None:
        """Run out at `now`. Whoever calls this tells the connections."""
        self.hush()
        self.expires_at = min(self.expires_at, now)
        self.told_expired = True
        self.conversation.ending = "expired"

    def broadcast(self, frame: Frame) -> None:
        """Send a frame on every connection of the token."""
        for line in tuple(self.lines):
            line.send(frame)

    def dismiss(self, frame: Frame, *, but: Line | None = None) -> None:
        """Send a last frame on every connection but one, and close them."""
        for line in tuple(self.lines):
            if line is not but:
                line.send(frame)
                line.close(1000)

    def hush(self) -> None:
        """Drop the answers that are still on their way."""
        for task in self.answering:
            task.cancel()


class Sessions:
    """All sessions by token, and every conversation there ever was, oldest first."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._by_token: dict[str, Session] = {}
        self.conversations: list[Conversation] = []

    def get(self, token: str) -> Session | None:
        """The session of a token, expired or not."""
        return self._by_token.get(token)

    def by_id(self, session_id: str) -> Session | None:
        """The session of an ID, expired or not."""
        return next((each for each in self._by_token.values() if each.session_id == session_id), None)

    def open(self, token: str, now: float) -> Session:
        """Start a session for a token that has none."""
        session = Session(token, self._seconds, now + self._seconds)
        self._by_token[token] = session
        self._begin(session, now)
        return session

    def start_new(self, session: Session, now: float) -> None:
        """Begin another conversation in a session: writable, and with an expiry of its own."""
        session.hush()
        session.conversation.ending = session.conversation.ending or "new chat"
        session.read_only = False
        session.touch(now)
        session.conversation = Conversation()
        self._begin(session, now)

    def end(self, session: Session, ending: Ending) -> None:
        """End a session for good: the token starts afresh the next time it is used."""
        session.hush()
        session.conversation.ending = ending
        if self._by_token.get(session.token) is session:
            del self._by_token[session.token]

    def all(self) -> list[Session]:
        """Every session, oldest first."""
        return list(self._by_token.values())

    def _begin(self, session: Session, now: float) -> None:
        session.conversation.started = now
        self.conversations.append(session.conversation)
