"""One WebSocket of a chat, from the dial to the last byte."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from gcdesk.chat.clock import Clock
from gcdesk.chat.dial_budget import DialBudget
from gcdesk.chat.failures import lost_error, silent_error
from gcdesk.chat.opener import APPLICATION, Opener
from gcdesk.chat.target import Target
from gcdesk.errors import ConnectError, TooManyConnectionsError
from gcdesk.guest.budgeting import Dials
from gcdesk.guest.limits import Limits
from gcdesk.guest.moment import Moment
from gcdesk.guest.session import Session
from gcdesk.phrase import Phrase

Address = tuple[Any, ...]
"""What a socket calls its own or its peer's address."""

Feed = Callable[[Moment], None]
"""An input of the session that still wants to know the time."""


class Link:
    """Dials, tells the session what it hears, sends what it is given, and says goodbye.

    Args:
        opener: Opens the WebSocket.
        target: Where to.
        limits: Times and sizes.
        session: Which session the inputs are for.
        hand_over: Takes an input; returns when there is room for the next one.
        dials: The turns to dial that it shares with other chats.
        clock: Tells the time.
    """

    def __init__(
        self,
        opener: Opener,
        target: Target,
        limits: Limits,
        session: Session,
        hand_over: Callable[[Link, Feed], Awaitable[None]],
        dials: DialBudget,
        clock: Clock,
    ) -> None:
        self._opener = opener
        self._target = target
        self._limits = limits
        self._session = session
        self._hand_over = hand_over
        self._dials = dials
        self._clock = clock
        self._outgoing: asyncio.Queue[str | int] = asyncio.Queue()
        self._connection: ClientConnection | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._suspicions: asyncio.Queue[float] = asyncio.Queue()
        self._is_dead = False

    @property
    def is_open(self) -> bool:
        """Whether the WebSocket opened; a dial that has not come so far can only be given up."""
        return self._connection is not None

    @property
    def ends(self) -> tuple[Address, Address] | None:
        """The connection's own address and its peer's, as sockets call them; None before it is open."""
        if self._connection is None:
            return None
        transport = self._connection.transport
        own, peer = transport.get_extra_info("sockname"), transport.get_extra_info("peername")
        return (own, peer) if own and peer else None

    def send(self, text: str) -> None:
        """Send a frame after all that were handed over before."""
        self._outgoing.put_nowait(text)

    def close(self, code: int) -> None:
        """Close the WebSocket after what was handed over is sent; cut it off if that takes too long."""
        if self._connection is None or self._deadline is not None:
            return
        # A deadline for everything at once: a peer that does not read, one that does not answer, one that lingers.
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self._limits.close_timeout, self._connection.transport.abort)
        self._outgoing.put_nowait(code)

    def check(self, seconds: float) -> None:
        """Ask for a sign of life; without one within `seconds` the connection counts as lost."""
        if self._suspicions.empty():
            self._suspicions.put_nowait(seconds)

    async def run(self) -> None:
        """Live through the whole connection. However it ends, and even when cancelled, no socket is left."""
        token, allowed = self._session.options.token, self._limits.connections_per_token
        if not self._dials.hold(token, allowed):
            error = TooManyConnectionsError(
                Phrase(
                    "This chat is open {allowed} times already; one more would close the oldest.",
                    allowed=allowed,
                )
            )
            await self._hand_over(self, partial(self._session.dial_failed, error))
            return
        try:
            await self._wait_for_turn()
            await self._live()
        finally:
            self._dials.let_go(token)

    async def _wait_for_turn(self) -> None:
        """Wait until the deployment takes one more connection, if many were opened within a minute."""
        place = self._target.endpoint.websocket_url(self._target.deployment_id, APPLICATION)
        now = self._clock.now().monotonic
        at = self._dials.reserve(place, self._limits.connections_per_minute, now)
        try:
            if at > now:
                await self._tell_dials(place, at)
                await asyncio.sleep(at - now)
        except asyncio.CancelledError:
            self._dials.give_back(place, at)
            raise
        await self._tell_dials(place, None)

    async def _tell_dials(self, place: str, at: float | None) -> None:
        dials = Dials(
            self._dials.used(place, self._clock.now().monotonic),
            self._limits.connections_per_minute,
            self._dials.held(self._session.options.token),
            at,
        )
        await self._hand_over(self, partial(self._session.budget.dialling, dials))

    async def _live(self) -> None:
        endpoint, deployment_id = self._target.endpoint, self._target.deployment_id
        try:
            opened = await self._opener.open_websocket(
                endpoint.websocket_url(deployment_id, APPLICATION),
                self._target.origin or endpoint.origin,
                self._limits,
            )
        except ConnectError as error:
            await self._hand_over(self, partial(self._session.dial_failed, error))
            return
        self._connection = opened.connection
        try:
            if opened.time is not None:
                await self._hand_over(self, partial(self._session.service_time.told, opened.time))
            await self._hand_over(
                self, partial(self._session.opened, endpoint.display, opened.tls, opened.proxy)
            )
            async with asyncio.TaskGroup() as group:
                beside = [
                    group.create_task(self._write(opened.connection)),
                    group.create_task(self._look_after(opened.connection)),
                ]
                end = await self._read(opened.connection)
                for task in beside:
                    task.cancel()
            await self._hand_over(self, partial(self._session.lost, end))
        finally:
            if self._deadline is not None:
                self._deadline.cancel()
            opened.connection.transport.abort()
            await opened.connection.wait_closed()

    async def _read(self, connection: ClientConnection) -> ConnectError:
        """Hand over every frame, in order, until the connection ends; returns how it ended."""
        try:
            while True:
                data = await connection.recv()
                await self._hand_over(self, partial(self._session.received, data))
        except ConnectionClosed as error:
            return silent_error() if self._is_dead else lost_error(error)

    async def _look_after(self, connection: ClientConnection) -> None:
        """Ping whenever there is a suspicion, and cut a connection that does not answer."""
        while True:
            seconds = await self._suspicions.get()
            try:
                async with asyncio.timeout(seconds):
                    await (await connection.ping())
            except TimeoutError:
                self._is_dead = True
                connection.transport.abort()
            except ConnectionClosed:
                return  # whoever reads learns of it too, and tells

    async def _write(self, connection: ClientConnection) -> None:
        try:
            while isinstance(item := await self._outgoing.get(), str):
                await connection.send(item)
            await connection.close(item)
        except ConnectionClosed:
            return  # whoever reads learns of it too, and tells
