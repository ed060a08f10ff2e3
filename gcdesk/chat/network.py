"""What happens to this computer beside a chat: it sleeps and wakes, and its network goes, comes back or changes.

One task a chat looks every few seconds, and every second only while a broken connection waits for its next try.
Nothing is sent for it: to connect a UDP socket only asks the system which of its addresses would be used.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import msgspec

from gcdesk.chat.clock import Clock
from gcdesk.chat.link import Address, Feed, Link
from gcdesk.guest.events import WokeUp
from gcdesk.guest.moment import Moment
from gcdesk.guest.session import Session
from gcdesk.guest.states import State
from gcdesk.phrase import Phrase

HEARTBEAT = 5.0
"""Seconds between two looks."""

POLL = 1.0
"""The same while a broken connection waits for its next try."""

SLEPT = 10.0
"""Seconds by which a look has to come too late before the computer counts as having slept."""

# Addresses set aside for documentation (RFC 5737, RFC 3849): the way to them is the way to the internet at large.
_ANYWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
_ANY_PORT = 443


class Sight(msgspec.Struct, frozen=True):
    """What one look shows.

    `at` is on the steady clock, `waited` the seconds that were to pass since the look before. `sources` are this
    computer's addresses towards the service and the internet, empty where no way leads. `link` tells connections
    apart, and `at_home` whether the connection's own address is still one of this computer's.
    """

    at: float
    waited: float
    reconnecting: bool = False
    sources: tuple[str, ...] = ()
    link: object = None
    at_home: bool = True


def judge(before: Sight, now: Sight) -> str:
    """What happened between two looks that a chat has to know, a short sentence; empty if nothing did."""
    late = now.at - before.at - now.waited
    if late > SLEPT:
        return Phrase("This computer slept, or gcdesk was halted, for {time}.", time=_long(late))
    if now.reconnecting:
        known = dict(enumerate(before.sources))
        gained = [source for place, source in enumerate(now.sources) if source and source != known.get(place)]
        if gained:
            return "This computer's network changed." if any(before.sources) else "The network is back."
    elif not now.at_home and (before.at_home or before.link is not now.link):
        return "This computer's network address changed."
    return ""


def sources(peer: Address | None) -> tuple[str, ...]:
    """This computer's addresses towards the peer, if there is one, and towards the internet; empty for no way."""
    places = [(_family(peer), str(peer[0]))] if peer else []
    return tuple(_source(family, host) for family, host in (*places, *_ANYWHERE))


def is_here(address: Address) -> bool:
    """Whether an address is one of this computer's, by whether a socket could have it."""
    try:
        # TCP, because some firewalls ask the person about a program that binds UDP.
        with socket.socket(_family(address), socket.SOCK_STREAM) as probe:
            # The same but for the port: an IPv6 address may name its network too.
            probe.bind((address[0], 0, *address[2:]))
    except OSError:
        return False
    return True


class Watch:
    """Looks at this computer for one chat.

    Args:
        clock: Tells the time, sleep included.
        session: Whose connection is checked or tried again.
        link: Gives the connection there is now.
        feed: Hands an input to the session and returns when there was room for it.
    """

    def __init__(
        self,
        clock: Clock,
        session: Session,
        link: Callable[[], Link | None],
        feed: Callable[[Feed], Awaitable[None]],
    ) -> None:
        self._clock = clock
        self._session = session
        self._link = link
        self._feed = feed
        self._stirred = asyncio.Event()
        self._peer: Address | None = None

    def stir(self) -> None:
        """The session's state changed: look at once, and from then on as often as that state needs."""
        self._stirred.set()

    async def run(self) -> None:
        """Look until the session is over."""
        before = self._look(0.0)
        while not self._session.finished:
            pause = POLL if self._is_waiting else HEARTBEAT
            self._stirred.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stirred.wait()
            now = self._look(pause)
            reason = judge(before, now)
            if reason:
                await self._feed(partial(self._happened, reason))
                # To hand it over may have taken long, which is no sleep.
                now = self._look(0.0)
            before = now

    @property
    def _is_waiting(self) -> bool:
        return self._session.state is State.RECONNECTING

    def _look(self, waited: float) -> Sight:
        link = self._link()
        ends = link.ends if link is not None else None
        if ends is not None:
            self._peer = ends[1]
        return Sight(
            at=self._clock.now().monotonic,
            waited=waited,
            reconnecting=self._is_waiting,
            sources=sources(self._peer),
            link=link,
            at_home=ends is None or is_here(ends[0]),
        )

    def _happened(self, reason: str, now: Moment) -> None:
        self._session.emit(WokeUp(now.utc, reason))
        self._session.suspect(now)


def _family(address: Sequence[Any]) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in str(address[0]) else socket.AF_INET


def _source(family: socket.AddressFamily, host: str) -> str:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.setblocking(False)
            probe.connect((host, _ANY_PORT))
            return str(probe.getsockname()[0])
    except OSError:
        return ""


def _long(seconds: float) -> str:
    if seconds < 90:
        return Phrase("{seconds:.0f} seconds", seconds=seconds)
    if seconds < 5400:
        return Phrase("{minutes:.0f} minutes", minutes=seconds / 60)
    return Phrase("{hours:.0f} hours", hours=seconds / 3600)
