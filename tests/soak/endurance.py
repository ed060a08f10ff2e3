"""A chat that goes on while its connection breaks, and what is left of it at both ends."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from dataclasses import dataclass, field

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.target import Target
from gcdesk.errors import GcdeskError
from gcdesk.guest.events import (
    Ended,
    Event,
    MessageAdded,
    MessageChanged,
    MessageMoved,
    SessionConfigured,
    SessionRenewed,
)
from gcdesk.guest.message import Delivery, Direction, Message
from gcdesk.guest.regions import endpoint_for_url
from gcdesk.simulator import Simulator, SimulatorOptions
from tests.soak.relay import Break, Relay
from tests.support.warped import WarpedClock, WarpedLoop

_BETWEEN_BREAKS = 60.0
_BETWEEN_MESSAGES = (3.0, 20.0)
_TO_SETTLE = 900.0
_ANSWER = "You said: "


@dataclass
class Outcome:
    """What both ends have at the end."""

    hours: float
    said: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    breaks: Counter[Break] = field(default_factory=Counter)
    sessions: int = 0
    renewed: int = 0
    shown: dict[str, Message] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    ended: Ended | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, event: Event) -> None:
        """Keep what an event changes in the transcript."""
        match event:
            case MessageAdded(message=message, before=before):
                if message.key in self.shown:
                    raise AssertionError(f"{message.key} was added twice")
                self.shown[message.key] = message
                self._place(message.key, before)
            case MessageMoved(key=key, before=before):
                self.order.remove(key)
                self._place(key, before)
            case MessageChanged(message=message):
                self.shown[message.key] = message
            case SessionConfigured():
                self.sessions += 1
            case SessionRenewed():
                self.renewed += 1
            case Ended():
                self.ended = event
            case _:
                return
        self.changed.set()

    async def settle(self) -> None:
        """Wait until everything said is sent and answered."""
        while not self.settled:
            self.changed.clear()
            await self.changed.wait()

    def _place(self, key: str, before: str) -> None:
        self.order.insert(self.order.index(before) if before else len(self.order), key)

    def of(self, direction: Direction) -> list[Message]:
        """The transcript's messages in that direction, in order."""
        return [self.shown[key] for key in self.order if self.shown[key].direction is direction]

    @property
    def settled(self) -> bool:
        """Whether everything said is sent and answered."""
        own = self.of(Direction.INBOUND)
        answers = sum(message.text.startswith(_ANSWER) for message in self.of(Direction.OUTBOUND))
        return all(message.delivery is Delivery.SENT for message in own) and answers >= len(self.said)

    def wrong(self) -> list[str]:
        """A sentence for everything that was lost, doubled or out of order."""
        own = self.of(Direction.INBOUND)
        answers = [message.text for message in self.of(Direction.OUTBOUND)]
        expected = {
            "said and in the conversation": (self.said, self.arrived),
            "said and shown": (self.said, [message.text for message in own]),
            "answered and shown": (self.answered, answers),
        }
        found = []
        for what, (one, other) in expected.items():
            lost, more = Counter(one) - Counter(other), Counter(other) - Counter(one)
            if lost or more:
                found.append(f"{what}: lost {list(lost.elements())[:5]}, doubled {list(more.elements())[:5]}")
        if not found and [message.text for message in own] != self.arrived:
            found.append("own messages are not in the order of the conversation")
        if not found and answers != self.answered:
            found.append("answers are not in the order of the conversation")
        found.extend(
            f"{message.text} is {message.delivery.value}"
            for message in own
            if message.delivery is not Delivery.SENT
        )
        if self.refused:
            found.append(f"not taken: {self.refused[:3]}")
        if self.ended is None or self.ended.error is not None:
            found.append(f"the chat ended with {self.ended}")
        return found

    def lines(self) -> list[str]:
        """The outcome in plain words."""
        breaks = ", ".join(f"{count} times {how.value}" for how, count in self.breaks.items())
        return [
            f"{self.hours:g} simulated hours, {sum(self.breaks.values())} breaks: {breaks}.",
            f"{self.sessions} sessions were configured, {self.renewed} of them new after a break.",
            f"{len(self.said)} messages said, {len(self.arrived)} in the conversation.",
            f"{len(self.answered)} answers given, {len(self.of(Direction.OUTBOUND))} shown.",
            *(self.wrong() or ["Nothing was lost and nothing doubled."]),
        ]


def endure(hours: float, seed: int) -> Outcome:
    """Chat for that long, break by break; the same seed breaks at the same moments."""
    with asyncio.Runner(loop_factory=WarpedLoop) as runner:
        return runner.run(_endure(hours, seed))


async def _endure(hours: float, seed: int) -> Outcome:
    chance, outcome = random.Random(seed), Outcome(hours)
    clock = WarpedClock(asyncio.get_running_loop())
    options = SimulatorOptions(autostart=True, whole_tokens=True, clock=clock.epoch)
    async with Simulator(options) as simulator:
        port = int(simulator.url.rsplit(":", 1)[1].split("/")[0])
        async with Relay(port, chance) as relay:
            target = Target(endpoint_for_url(relay.url), simulator.deployment_id)
            chat = Chat(target, ChatOptions(attributes={"crmCustomerId": "0042"}), clock=clock)
            await _chat(chat, relay, chance, outcome)
        for conversation in simulator.conversations:
            for message in conversation.messages:
                if message.text:
                    mine = message.direction == "Inbound"
                    (outcome.arrived if mine else outcome.answered).append(message.text)
    return outcome


async def _chat(chat: Chat, relay: Relay, chance: random.Random, outcome: Outcome) -> None:
    async with chat, asyncio.TaskGroup() as group:
        work = [
            group.create_task(_say(chat, chance, outcome)),
            group.create_task(_break(relay, chance, outcome)),
        ]
        group.create_task(_stop(chat, outcome, work))
        async for event in chat:
            outcome.take(event)
        for task in work:
            task.cancel()


async def _say(chat: Chat, chance: random.Random, outcome: Outcome) -> None:
    number = 0
    while True:
        await asyncio.sleep(chance.uniform(*_BETWEEN_MESSAGES))
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            number += 1
            text = f"message {number}"
            try:
                chat.say(text)
            except GcdeskError as error:
                outcome.refused.append(f"{text}: {error.title}")
            else:
                outcome.said.append(text)


async def _break(relay: Relay, chance: random.Random, outcome: Outcome) -> None:
    while True:
        await asyncio.sleep(_BETWEEN_BREAKS * chance.uniform(0.7, 1.3))
        how = chance.choice(list(Break))
        relay.break_all(how)
        outcome.breaks[how] += 1


async def _stop(chat: Chat, outcome: Outcome, work: list[asyncio.Task[None]]) -> None:
    await asyncio.sleep(outcome.hours * 3600)
    for task in work:
        task.cancel()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_TO_SETTLE):
            await outcome.settle()
    chat.leave()
