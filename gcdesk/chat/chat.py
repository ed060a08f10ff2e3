"""A chat: the guest session pumped over a WebSocket and iterated.

The law of this file: whoever iterates drives the session, one input at a time, and everything the session gives back
is dealt with before the next input. What runs beside, the connection and the reading of the deployment's
configuration, lives in one task group and never outlives the block.
"""

from __future__ import annotations

import asyncio
import logging
import random
import uuid
from collections import deque
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from gcdesk.chat.clock import Clock
from gcdesk.chat.dial_budget import SHARED, DialBudget
from gcdesk.chat.file_wishes import FileWishes
from gcdesk.chat.link import Feed, Link
from gcdesk.chat.opener import Opener, opener_for
from gcdesk.chat.target import Target
from gcdesk.errors import DeploymentUnreadableError
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.errands import CancelErrand, Errand
from gcdesk.guest.events import Ended, ErrorRaised, Event, FrameReceived, FrameSent, StateChanged
from gcdesk.guest.limits import Limits
from gcdesk.guest.moment import Moment
from gcdesk.guest.session import NORMAL_CLOSURE, JoinPolicy, Session, SessionOptions

if TYPE_CHECKING:
    from gcdesk.chat.errands import Renew
    from gcdesk.chat.network import Watch
    from gcdesk.guest.identity import SignIn

_log = logging.getLogger(__name__)

_ROOM = 32
"""Inputs that may wait for whoever iterates; then the connection is not read any further."""


@dataclass(frozen=True)
class ChatOptions:
    """How to chat.

    Args:
        attributes: Custom attributes, key to text, exactly as they go out.
        join: When a new session is joined.
        limits: Limits and times of the service.
        reconnect: Whether a broken connection is tried again.
        token: The guest's identity, of an earlier chat to resume; None for a fresh one, as every test chat should have.
        sign_in: The signed-in customer's; None for a guest.
        renew: Renews it when the service does not take it any more.
    """

    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    join: JoinPolicy = JoinPolicy.AUTOSTART
    limits: Limits = field(default_factory=Limits)
    reconnect: bool = True
    token: str | None = field(default=None, repr=False)
    sign_in: SignIn | None = None
    renew: Renew | None = field(default=None, repr=False)


class Chat(FileWishes):
    """One test chat: `async with Chat(...) as chat: async for event in chat: ...`.

    Entering dials. Iterating gives every event in order and ends after `Ended`; failures of the service and the
    network are events, never exceptions. Cancelling whoever iterates stops the chat. Leaving the block says goodbye
    with close code 1000 and ends within the limit's `close_timeout`, whatever the other side does.

    Args:
        target: The deployment to chat with.
        options: How.
        opener: Opens connections; the target's proxy and the system's trust store by default.
        clock: Tells the time.
        dials: The turns to dial; shared by all chats of the program by default.
    """

    def __init__(
        self,
        target: Target,
        options: ChatOptions | None = None,
        *,
        opener: Opener | None = None,
        clock: Clock | None = None,
        dials: DialBudget | None = None,
    ) -> None:
        super().__init__()
        options = options or ChatOptions()
        self.target = target
        self._limits = options.limits
        self._opener = opener or opener_for(target)
        self._renew = options.renew
        self._clock = clock or Clock()
        self._dials = dials or SHARED
        self._session = Session(
            SessionOptions(
                deployment_id=target.deployment_id,
                token=str(options.token or uuid.uuid4()),
                attributes=options.attributes,
                join=options.join,
                limits=options.limits,
                reconnect=options.reconnect,
                resume=options.token is not None,
                sign_in=options.sign_in,
            ),
            new_id=lambda: str(uuid.uuid4()),
            jitter=random.random,
        )
        self._inputs: asyncio.Queue[tuple[Link | None, Feed]] = asyncio.Queue(_ROOM)
        self._events: deque[Event] = deque()
        self._over = False
        self._group = asyncio.TaskGroup()
        self._tasks: set[asyncio.Task[None]] = set()
        self._errands: dict[str, asyncio.Task[None]] = {}
        self._link: Link | None = None
        self._link_task: asyncio.Task[None] | None = None
        self._watch: Watch | None = None

    def __repr__(self) -> str:
        return f"<Chat {self.state.value} with {self.target!r}>"

    # The pump

    async def __aenter__(self) -> Self:
        self._session.dial(self._clock.now())
        await self._group.__aenter__()
        self._follow()
        self._spawn(self._read_deployment(), "deployment configuration")
        self._spawn(self._watch_network(), "network watch")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.leave()
            while self._link_task is not None and not self._link_task.done():
                await self._turn()
        finally:
            # Someone may still be iterating in another task.
            self._over = True
            self._stir()
            for task in tuple(self._tasks):
                task.cancel()
            # The block's own error is not the group's business: it would come out wrapped in a group.
            await self._group.__aexit__(None, None, None)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        while not self._events and not self._over:
            await self._turn()
        if self._over:
            raise StopAsyncIteration
        event = self._events.popleft()
        self._over = isinstance(event, Ended)
        return event

    async def _turn(self) -> None:
        """Wait for one input, or for the time the session wants to be woken, and deal with it."""
        wake, now = self._session.next_wake, self._clock.now().monotonic
        if wake is not None and wake <= now:
            # Even a session that is always due lets others run.
            await asyncio.sleep(0)
            self._session.tick(self._clock.now())
            self._follow()
            return
        loop = asyncio.get_running_loop()
        alarm = loop.call_later(wake - now, self._stir) if wake is not None else None
        try:
            link, feed = await self._inputs.get()
        finally:
            if alarm is not None:
                alarm.cancel()
        # A connection that was given up has nothing more to say, and nothing comes after the end.
        if link in (None, self._link) and not self._session.finished:
            feed(self._clock.now())
            self._follow()

    def _follow(self) -> None:
        """Do what the session wants after an input: send, tell, dial, close."""
        session = self._session
        frames = session.take_frames()
        if self._link is not None:
            for frame in frames:
                self._link.send(frame.text)
        for event in session.take_events():
            _note(event)
            self._note_link(event)
            self._events.append(event)
            if isinstance(event, StateChanged) and self._watch is not None:
                self._watch.stir()
        for errand in session.take_errands():
            self._run_errand(errand)
        if session.wants_close is not None and self._link is not None:
            self._link.close(session.wants_close)
            session.wants_close = None
        if session.wants_check and self._link is not None:
            session.wants_check = False
            self._link.check(self._limits.check_timeout)
        if session.wants_dial:
            session.wants_dial = False
            self._give_up_link()
            self._link = Link(
                self._opener, self.target, self._limits, session, self._hand_over, self._dials, self._clock
            )
            self._link_task = self._spawn(self._link.run(), "connection")
        if session.finished:
            self._let_go()

    def _give_up_link(self) -> None:
        """The connection before gives way to the next one, which may be because its dial hangs."""
        if self._link is None or self._link_task is None:
            return
        if self._link.is_open:
            self._link.close(NORMAL_CLOSURE)
        else:
            self._link_task.cancel()

    def _run_errand(self, errand: Errand) -> None:
        if isinstance(errand, CancelErrand):
            if (task := self._errands.pop(errand.key, None)) is not None:
                task.cancel()
            return
        # Only some chats have errands, and the first reply need not wait for the import.
        from gcdesk.chat.errands import Around, run_errand

        feed = partial(self._hand_over, None)
        around = Around(self._opener, self.target, self._limits, self._session, feed, self._renew)
        task = self._spawn(run_errand(errand, around), type(errand).__name__)
        self._errands[errand.key] = task
        task.add_done_callback(partial(self._errand_done, errand.key))

    def _errand_done(self, key: str, task: asyncio.Task[None]) -> None:
        if self._errands.get(key) is task:
            del self._errands[key]

    def _let_go(self) -> None:
        """After the end no connection is kept: an open one is closed, a dial is given up, errands are dropped."""
        for task in self._errands.values():
            task.cancel()
        self._errands.clear()
        if self._link is None or self._link_task is None:
            return
        if self._link.is_open:
            self._link.close(NORMAL_CLOSURE)
        elif not self._link_task.cancelling():
            self._link_task.cancel()

    @contextmanager
    def _wish(self) -> Iterator[Moment]:
        yield self._clock.now()
        self._follow()
        self._stir()

    def _stir(self) -> None:
        """Wake whoever iterates; there is no need to where inputs wait anyway."""
        if self._inputs.empty():
            self._inputs.put_nowait((None, _nothing))

    async def _hand_over(self, link: Link | None, feed: Feed) -> None:
        await self._inputs.put((link, feed))

    def _spawn(self, coroutine: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        task = self._group.create_task(coroutine, name=f"gcdesk {name}")
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._stir()

    async def _watch_network(self) -> None:
        # Not needed for the dial, so the import is done while the socket connects.
        from gcdesk.chat.network import Watch

        self._watch = Watch(self._clock, self._session, lambda: self._link, partial(self._hand_over, None))
        await self._watch.run()

    async def _read_deployment(self) -> None:
        # The import takes a while, which is better spent while the socket connects.
        from gcdesk.chat.fetch import read_deployment

        url = self.target.endpoint.config_url(self.target.deployment_id)
        began = self._clock.now().monotonic
        times: list[datetime] = []
        feed: Feed
        try:
            value = await read_deployment(self._opener, url, self._limits.deployment_timeout, times.append)
        except DeploymentUnreadableError as error:
            seconds = self._clock.now().monotonic - began
            feed = partial(self._session.deployment_unread, error, seconds)
        else:
            seconds = self._clock.now().monotonic - began
            feed = partial(self._session.deployment_read, parse_deployment(value), seconds)
        for time in times:
            await self._hand_over(None, partial(self._session.service_time.told, time))
        await self._hand_over(None, feed)


def _nothing(_now: Moment) -> None:
    """Only wakes."""


def _note(event: Event) -> None:
    match event:
        case StateChanged():
            _log.info("State %s, was %s. %s", event.state.value, event.before.value, event.reason)
        case ErrorRaised():
            _log.info("%s: %s %s", event.error.name, event.error.title, event.error.detail)
        case FrameSent():
            _log.debug("Sent %s, %d bytes", event.frame.kind, event.size)
        case FrameReceived():
            _log.debug("Received %s, %d bytes", event.frame.kind, event.size)
        case _:
            _log.debug("%s", type(event).__name__)
