"""Names to addresses to sockets, whatever the name server and the addresses do."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gcdesk.chat import tcp
from gcdesk.chat.off_loop import off_loop
from gcdesk.chat.tcp import connect_tcp, resolve


@contextmanager
def listening() -> Iterator[tuple[str, int]]:
    """A socket that accepts into its backlog and nothing else."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()


@contextmanager
def full() -> Iterator[tuple[str, int]]:
    """A socket whose backlog is full, so that connecting to it neither succeeds nor fails."""
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as server,
        socket.create_connection(server.getsockname()),
    ):
        yield server.getsockname()


def refused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def four(place: tuple[str, int]) -> tcp.Address:
    return socket.AF_INET, place


async def test_a_written_address_needs_no_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    def unasked(*_: object) -> None:
        raise AssertionError("the name server was asked")

    monkeypatch.setattr(socket, "getaddrinfo", unasked)
    assert await resolve("127.0.0.1", 80) == [(socket.AF_INET, ("127.0.0.1", 80))]
    assert await resolve("::1", 80) == [(socket.AF_INET6, ("::1", 80, 0, 0))]


async def test_the_families_take_turns_beginning_with_the_preferred_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    six = [(socket.AF_INET6, (f"2001:db8::{n}", 443, 0, 0)) for n in (1, 2, 3)]
    four = [(socket.AF_INET, ("192.0.2.1", 443))]

    def answer(*_: object) -> list[tuple[Any, ...]]:
        return [(family, socket.SOCK_STREAM, 6, "", place) for family, place in [*six, *four, six[0]]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert await resolve("host.test", 443) == [six[0], four[0], six[1], six[2]]


async def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(socket.gaierror):
        await resolve("no-such-host.invalid", 443)


async def test_the_first_address_that_answers_wins_after_one_that_refuses() -> None:
    with listening() as place:
        made = await connect_tcp([four(("127.0.0.1", refused_port())), four(place)])
        assert made.getpeername() == place
        made.close()


async def test_an_address_that_keeps_silent_does_not_hold_up_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tcp, "STAGGER", 0.05)
    with full() as silent, listening() as place:
        made = await connect_tcp([four(silent), four(place)])
        assert made.getpeername() == place
        made.close()


async def test_where_nothing_answers_the_first_failure_is_told() -> None:
    with pytest.raises(ConnectionRefusedError):
        await connect_tcp([four(("127.0.0.1", refused_port())), four(("127.0.0.1", refused_port()))])


async def test_cancelling_the_race_leaves_no_socket() -> None:
    with full() as one, full() as other:
        racing = asyncio.create_task(connect_tcp([four(one), four(other)]))
        await asyncio.sleep(tcp.STAGGER * 1.5)
        racing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await racing


async def test_a_socket_by_name_is_ready_for_the_loop() -> None:
    with listening() as (_, port):
        made = await connect_tcp(await resolve("localhost", port))
        assert not made.getblocking()
        made.close()


async def test_a_blocking_call_gives_its_result_or_its_exception() -> None:
    assert await off_loop(threading.current_thread, "a name") is not threading.main_thread()

    def fail() -> None:
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        await off_loop(fail, "a name")


async def test_cancelling_does_not_wait_for_a_blocking_call_and_its_end_touches_nothing() -> None:
    began, go_on = threading.Event(), threading.Event()
    finished = threading.Event()

    def block() -> None:
        began.set()
        go_on.wait()
        finished.set()

    waiting = asyncio.create_task(off_loop(block, "a name"))
    await asyncio.to_thread(began.wait)
    start = time.monotonic()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert time.monotonic() - start < 1
    go_on.set()
    assert finished.wait(10)
