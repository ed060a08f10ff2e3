"""Guest sessions that hear broken frames in every state, and the law that holds for each frame.

Nothing is raised, the frame is reported once and whole, masking works and shows no token, what the session sends is a
request it can decode again, every step is one of the table, nothing but frames comes after the end.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from gcdesk.errors import ConnectionLostError, GcdeskError
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.events import Ended, Event, FrameReceived, FrameSent, Oddity, StateChanged
from gcdesk.guest.frames import UnknownRequest, decode_request
from gcdesk.guest.moment import Moment
from gcdesk.guest.received import decode_frame
from gcdesk.guest.session import JoinPolicy, Session, SessionOptions
from gcdesk.guest.states import ENDED, STEPS, State
from tests.fuzz.mutate import TOKEN, Mutator

_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_LIFE = 200
"""Frames that one session hears at most."""


class WrongError(AssertionError):
    """The law was broken; the text says which part of it."""


class Life:
    """One session from the dial to its end, fed with broken frames and random wishes."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._seconds = 0.0
        self._state = State.IDLE
        self._ended = False
        self.session = Session(
            SessionOptions(
                deployment_id=str(uuid.UUID(int=5)),
                token=TOKEN,
                attributes={"crmCustomerId": "0042"},
                join=chance.choice(list(JoinPolicy)),
                reconnect=chance.random() < 0.8,
            ),
            new_id=lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            jitter=chance.random,
        )
        self.session.dial(self.now())
        self._drain()

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return self._ended

    def now(self) -> Moment:
        """The time, a little later at each call."""
        self._seconds += self._chance.choice((0.001, 0.01, 0.3, 2.0, 9.0))
        return Moment(self._seconds, _BEGAN + timedelta(seconds=self._seconds))

    def hear(self, data: str | bytes) -> None:
        """Let one frame in, after whatever else may happen meanwhile."""
        self._meanwhile()
        self.session.received(data, self.now())
        heard = [event for event in self._drain() if isinstance(event, FrameReceived)]
        whole = data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")
        if len(heard) != 1 or heard[0].frame.text != whole:
            raise WrongError("the frame was not reported once and whole")

    def _meanwhile(self) -> None:
        session, chance = self.session, self._chance
        if session.wants_dial:
            session.opened("host", "TLS 1.3", "", self.now())
        elif (wake := session.next_wake) is not None and chance.random() < 0.3:
            self._seconds = max(self._seconds, wake)
            session.tick(self.now())
        match chance.randrange(40):
            case 0:
                session.deployment_read(parse_deployment({"status": "Active", "id": "x"}), 0.1, self.now())
            case 1:
                session.lost(ConnectionLostError(), self.now())
            case 2 | 3:
                self._wish(lambda: session.say("hello", self.now()))
            case 4:
                session.typing(self.now())
                session.echo(self.now())
            case 5:
                self._wish(lambda: session.clear(self.now()))
            case _:
                pass
        self._drain()

    def _wish(self, wish: Callable[[], object]) -> None:
        try:
            wish()
        except GcdeskError:
            return  # a wish out of place is refused

    def _drain(self) -> list[Event]:
        for frame in self.session.take_frames():
            if isinstance(decode_request(frame.text), UnknownRequest):
                raise WrongError(f"an odd request went out: {frame.kind}")
        self.session.take_errands()
        taken = self.session.take_events()
        for event in taken:
            if self._ended and not isinstance(event, FrameReceived | FrameSent | Oddity):
                raise WrongError(f"{type(event).__name__} after the end")
            if isinstance(event, StateChanged):
                if event.before is not self._state or event.state not in STEPS[event.before]:
                    raise WrongError(f"from {self._state} by {event.before} to {event.state}")
                self._state = event.state
            self._ended = self._ended or isinstance(event, Ended)
        if self._ended is not (self.session.state in ENDED):
            raise WrongError("the end and the state disagree")
        return taken


def read_alone(data: str | bytes) -> str:
    """Read a frame outside of any session; returns its kind."""
    frame = decode_frame(data)
    if TOKEN in frame.masked() or TOKEN in repr(frame):
        raise WrongError("a masked frame shows a token")
    return frame.kind


def fuzz(frames: int, seed: int) -> Counter[str]:
    """Try that many frames and return how often each state heard one.

    Raises:
        Exception: Whatever a frame set off; it is a bug.
    """
    chance, mutator = random.Random(seed), Mutator(seed)
    heard: Counter[str] = Counter()
    life = Life(chance)
    for number in range(frames):
        if life.over or number % _LIFE == 0:
            life = Life(chance)
        data = mutator.frame()
        try:
            if number % 8 == 0:
                read_alone(data)
            heard[life.session.state.value] += 1
            life.hear(data)
        except Exception as error:
            error.add_note(f"seed {seed}, frame {number}, state {life.session.state.value}: {data!r}")
            raise
    return heard
