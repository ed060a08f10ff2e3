"""Watching a chat from a task of its own, so that a test can wait for what happens in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.guest.events import Ended, Event, MessageAdded, MessageChanged, StateChanged
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery, Direction
from gcdesk.guest.states import State
from tests.chat.servers import PATIENCE

QUICK = Limits(
    open_timeout=10,
    configure_timeout=10,
    close_timeout=0.3,
    reconnect_pause=0.02,
    reconnect_budget=10,
    messages_per_second=1000,
)

_E = TypeVar("_E", bound=Event)


class Watched:
    """A chat that is being iterated, and everything it has told so far."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.events: list[Event] = []
        self._more = asyncio.Event()

    async def watch(self) -> None:
        """Iterate to the end."""
        async for event in self.chat:
            self.events.append(event)
            self._more.set()

    def all(self, kind: type[_E]) -> list[_E]:
        """The events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    async def until(self, kind: type[_E], wanted: Callable[[_E], bool] = lambda _: True) -> _E:
        """The first event of a kind, past or to come, that is wanted. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for event in self.all(kind):
                    if wanted(event):
                        return event
                self._more.clear()
                await self._more.wait()

    async def state(self, state: State) -> StateChanged:
        """The first step into a state."""
        return await self.until(StateChanged, lambda event: event.state is state)

    async def reply(self, text: str) -> None:
        """Wait for a message to the customer."""
        await self.until(
            MessageAdded,
            lambda event: event.message.direction is Direction.OUTBOUND and event.message.text == text,
        )

    async def sent(self, key: str) -> None:
        """Wait until an own message is confirmed."""
        await self.until(
            MessageChanged,
            lambda event: event.message.key == key and event.message.delivery is Delivery.SENT,
        )

    async def ended(self) -> Ended:
        """Wait for the end."""
        ended = await self.until(Ended)
        assert self.events[-1] is ended
        return ended


@asynccontextmanager
async def watched(
    target: Target, options: ChatOptions | None = None, opener: Opener | None = None
) -> AsyncIterator[Watched]:
    """A chat that is iterated beside the test; leaving the block leaves the chat."""
    async with Chat(target, options or ChatOptions(limits=QUICK), opener=opener) as chat:
        watch = Watched(chat)
        watching = asyncio.create_task(watch.watch())
        try:
            yield watch
        finally:
            chat.leave()
            await watching
