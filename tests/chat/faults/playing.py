"""Plays a chat with a simulator in which something goes wrong, and counts at both ends what came of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.dial_budget import DialBudget
from gcdesk.chat.target import Target
from gcdesk.errors import GcdeskError
from gcdesk.guest.arrival import Arrival
from gcdesk.guest.events import Ended, Event, MessageAdded, MessageChanged, MessageMoved
from gcdesk.guest.message import Delivery, Direction, Message
from gcdesk.guest.regions import endpoint_for_url
from gcdesk.guest.states import State
from gcdesk.simulator import Simulator, SimulatorOptions
from tests.support.warped import WarpedClock, WarpedLoop

ATTRIBUTES = {"crmCustomerId": "0042"}
LONGEST = 1800.0
"""Simulated seconds that any single wait may take."""

QUIET = 40.0
"""Simulated seconds after the last word in which something late or doubled may still come."""

_TURNS_TO_END = 20
_SETTLED = (Delivery.SENT, Delivery.FAILED)
_E = TypeVar("_E", bound=Event)


class ChatOverError(Exception):
    """The chat ended while the story waited for something."""


@dataclass(frozen=True)
class Case:
    """A chat in which something goes wrong, and all that is to come of it.

    faults: what the simulator is asked for; each has to strike. story: what the customer does. options: the
    simulator's. told: the named errors that the user is shown, each type once, in order of first showing; says: the
    title of the last of them. ended: the one that ends the chat, None if it goes on until it is left. seen: events
    that must have come. failed: messages shown as not sent; unsure: how many of them the service has all the same,
    because its answer never came. unseen: answers that are never shown. strange: shown messages that are in no
    conversation, sent by the fault itself. arrival: what the Platform API says of the custom attributes, where it
    is asked.
    """

    faults: str
    story: Callable[[Play], Awaitable[None]]
    told: tuple[type[GcdeskError], ...] = ()
    says: str = ""
    ended: type[GcdeskError] | None = None
    seen: tuple[type[Event], ...] = ()
    failed: int = 0
    unsure: int = 0
    unseen: int = 0
    strange: int = 0
    arrival: Arrival | None = None
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The faults and the story, for the name of the test."""
        return f"{self.faults or 'none'}-{self.story.__name__}".replace(" ", "+")


class Play:
    """One chat: the story says and waits, the events are kept, and both ends can be counted."""

    def __init__(self, chat: Chat, simulator: Simulator, folder: Path) -> None:
        self.chat = chat
        self.simulator = simulator
        self.folder = folder
        self.events: list[Event] = []
        self.said: list[str] = []
        self.raised: list[GcdeskError] = []
        self.arrival: Arrival | None = None
        self.shown: dict[str, Message] = {}
        self.order: list[str] = []
        self._changed = asyncio.Event()

    # For stories

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until the condition holds. Raises ChatOverError when the chat ends first, TimeoutError much later."""
        async with asyncio.timeout(LONGEST):
            while not condition():
                if self.events and isinstance(self.events[-1], Ended):
                    raise ChatOverError
                self._changed.clear()
                await self._changed.wait()

    async def event(self, kind: type[_E], wanted: Callable[[_E], bool] = lambda _: True) -> _E:
        """The first event of a kind, past or to come, that is wanted."""
        await self.until(lambda: any(map(wanted, self.all(kind))))
        return next(filter(wanted, self.all(kind)))

    async def configured(self) -> None:
        """Wait for the session."""
        await self.until(lambda: self.chat.state is State.CONFIGURED)

    async def say(self, text: str, **more: str) -> None:
        """Say something, wait for its fate, and leave a moment for the answer."""
        await self.configured()
        key = self.chat.say(text, **more)
        self.said.append(text)
        await self.until(lambda: key in self.shown and self.shown[key].delivery in _SETTLED)
        await self.rest(2)

    async def rest(self, seconds: float) -> None:
        """Let simulated seconds pass."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.until(lambda: False)

    # What happened

    def all(self, kind: type[_E]) -> list[_E]:
        """The events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def errors(self) -> list[GcdeskError]:
        """The first error of each type that the user was shown, in order, and what the user's wishes raised."""
        first: dict[type[GcdeskError], GcdeskError] = {}
        for error in (*_errors_in(self.events), *self.raised):
            first.setdefault(type(error), error)
        return list(first.values())

    @property
    def ended(self) -> Ended:
        """The last event."""
        (ended,) = self.all(Ended)
        assert self.events[-1] is ended
        return ended

    def texts(self, direction: Direction, *deliveries: Delivery) -> Counter[str]:
        """The texts that are shown, and how often."""
        return Counter(
            message.text
            for message in self.shown.values()
            if message.direction is direction and message.delivery in deliveries
        )

    def texts_at_service(self, direction: str) -> Counter[str]:
        """The texts that the service has, and how often."""
        return Counter(
            message.text or ""
            for conversation in self.simulator.conversations
            for message in conversation.messages
            if message.direction == direction
        )

    @property
    def strikes(self) -> set[str]:
        """The faults that happened."""
        return {entry["name"] for entry in self.simulator.record if entry.get("event") == "fault"}

    async def iterate(self) -> None:
        """Take every event."""
        async for event in self.chat:
            self._take(event)
            self.events.append(event)
            self._changed.set()

    def _take(self, event: Event) -> None:
        match event:
            case MessageAdded(message=message, before=before):
                assert message.key not in self.shown, f"{message.key} was added twice"
                self.shown[message.key] = message
                self._place(message.key, before)
            case MessageMoved(key=key, before=before):
                self.order.remove(key)
                self._place(key, before)
            case MessageChanged(message=message):
                self.shown[message.key] = message

    def _place(self, key: str, before: str) -> None:
        self.order.insert(self.order.index(before) if before else len(self.order), key)


def play(case: Case, folder: Path, prepare: Callable[[Simulator], object] = lambda _: None) -> Play:
    """Play a case to its end on a loop whose time jumps; fails if a task stays behind.

    Args:
        case: What is played.
        folder: An empty folder.
        prepare: Called with the running simulator before the chat begins.
    """
    with asyncio.Runner(loop_factory=WarpedLoop) as runner:
        return runner.run(_play(case, folder, prepare))


async def _play(case: Case, folder: Path, prepare: Callable[[Simulator], object]) -> Play:
    # The dates of HTTP are the real ones.
    clock = WarpedClock(asyncio.get_running_loop(), began=datetime.now(UTC))
    faults = tuple(case.faults.split())
    options = SimulatorOptions(faults=faults, clock=clock.epoch, **case.options)
    async with Simulator(options) as simulator:
        prepare(simulator)
        target = Target(endpoint_for_url(simulator.url), simulator.deployment_id)
        chat = Chat(target, ChatOptions(ATTRIBUTES), clock=clock, dials=DialBudget())
        played = Play(chat, simulator, folder)
        async with chat:
            watching = asyncio.create_task(played.iterate())
            with contextlib.suppress(ChatOverError):
                await case.story(played)
                await played.rest(QUIET)
            chat.leave()
            await watching
    await _nothing_left()
    return played


async def _nothing_left() -> None:
    for _ in range(_TURNS_TO_END):
        if len(asyncio.all_tasks()) == 1:
            return
        await asyncio.sleep(0)
    raise AssertionError(f"tasks were left: {asyncio.all_tasks()}")


def _errors_in(events: Iterable[Event]) -> Iterable[GcdeskError]:
    for event in events:
        error = getattr(getattr(event, "upload", event), "error", None)
        if isinstance(error, GcdeskError):
            yield error
