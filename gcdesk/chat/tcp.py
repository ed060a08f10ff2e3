"""From a host name to a connected TCP socket."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections import deque
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any

from gcdesk.chat.off_loop import off_loop

STAGGER = 0.25
"""Seconds after which the next address is tried beside the one that does not answer (RFC 8305, section 5)."""

_TURNS_TO_RELEASE = 20

Address = tuple[socket.AddressFamily, Any]
"""The family and what `socket.connect` takes for it."""


async def resolve(host: str, port: int, family: int = socket.AF_UNSPEC) -> list[Address]:
    """The addresses of a host in the order to try them, the two families by turns.

    Raises:
        OSError: The name does not resolve (`socket.gaierror`).
        UnicodeError: It cannot be a host name.
    """
    literal = _literal(host, port)
    if literal is not None:
        return [literal]

    def look_up() -> list[Address]:
        found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
        return [(entry[0], entry[4]) for entry in found]

    found = list(dict.fromkeys(await off_loop(look_up, "gcdesk name lookup")))
    first = [address for address in found if address[0] == found[0][0]]
    others = [address for address in found if address[0] != found[0][0]]
    return [address for address in chain(*zip_longest(first, others)) if address is not None]


async def connect_tcp(addresses: Sequence[Address]) -> socket.socket:
    """A connected non-blocking socket to the first of a host's addresses that answers.

    Raises:
        OSError: Nothing answers at any of them; the first one's failure.
    """
    if len(addresses) == 1:
        return await _connect(addresses[0])
    return await _race(deque(addresses))


async def _race(waiting: deque[Address]) -> socket.socket:
    """The first socket that connects; an address that keeps silent does not hold up the next one."""
    running: set[asyncio.Task[socket.socket]] = set()
    failures: list[BaseException] = []
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.create_task(_connect(waiting.popleft())))
            done, running = await asyncio.wait(
                running, timeout=STAGGER if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            winner = _winner(done, failures)
            if winner is not None:
                return winner
        raise failures[0]
    finally:
        for task in running:
            task.cancel()
        if running:
            late, _ = await asyncio.wait(running)
            surplus = _winner({task for task in late if not task.cancelled()}, failures)
            if surplus is not None:
                surplus.close()


def _winner(done: set[asyncio.Task[socket.socket]], failures: list[BaseException]) -> socket.socket | None:
    """One of the sockets that connected; the others are closed, and failures are noted."""
    winner: socket.socket | None = None
    for task in done:
        failure = task.exception()
        if failure is not None:
            failures.append(failure)
        elif winner is None:
            winner = task.result()
        else:
            task.result().close()
    return winner


async def _connect(address: Address) -> socket.socket:
    family, place = address
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        await asyncio.get_running_loop().sock_connect(made, place)
    except BaseException:
        made.close()
        raise
    return made


async def released(raw: socket.socket) -> None:
    """Wait until the aborted transport has let go of its socket, which takes it a turn or two of the loop."""
    for _ in range(_TURNS_TO_RELEASE):
        if raw.fileno() == -1:
            return
        await asyncio.sleep(0)
    raw.close()


def _literal(host: str, port: int) -> Address | None:
    """The address that is written out as such; looking it up would cost a thread."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return socket.AF_INET, (host, port)
    # A scope such as %eth0 is a number in the socket's address, which only the resolver knows.
    return None if address.scope_id else (socket.AF_INET6, (host, port, 0, 0))
