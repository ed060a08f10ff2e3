"""Ending a chat from every state, in every way, on both loops: quickly, with nothing left."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

from gcdesk.chat import tcp
from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.target import Target
from gcdesk.guest.events import Ended, Event, FrameSent, ReconnectPlanned, SessionConfigured, StateChanged
from gcdesk.guest.states import State
from tests.chat.conftest import ServerContext
from tests.chat.proxy_servers import Passed, http_proxy
from tests.chat.servers import (
    Behave,
    Service,
    after_request,
    bare_server,
    friendly,
    guest_service,
    never,
    session_response,
    silent,
    target,
    upgraded_then_deaf,
)
from tests.chat.watching import QUICK

LIMITS = replace(QUICK, close_timeout=0.3, reconnect_pause=5, reconnect_budget=60)
SLACK = 1.0
"""Seconds that a busy machine may take on top of the time limit of the goodbye."""


class Running:
    """A chat iterated in a task of its own."""

    def __init__(self, target: Target) -> None:
        self.chat = Chat(target, ChatOptions({"crmCustomerId": "0042"}, limits=LIMITS))
        self.events: list[Event] = []
        self.limit = asyncio.timeout(None)
        self._more = asyncio.Event()
        self.task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        async with self.limit, self.chat:
            async for event in self.chat:
                self.events.append(event)
                self._more.set()

    async def seen(self, kind: type[Event]) -> None:
        async with asyncio.timeout(10):
            while not any(isinstance(event, kind) for event in self.events):
                self._more.clear()
                await self._more.wait()


@dataclass
class Stage:
    """Where to, and how to know that the chat has come as far as the stage says."""

    target: Target
    reached: Callable[[Running], Awaitable[object]]
    service: Service | None = None


@dataclass
class Needs:
    """The fixtures that some stages need."""

    monkeypatch: pytest.MonkeyPatch
    server_context: ServerContext


StageMaker = Callable[[Needs], AbstractAsyncContextManager[Stage]]


@asynccontextmanager
async def looking_up_the_name(needs: Needs) -> AsyncIterator[Stage]:
    began, over = threading.Event(), threading.Event()

    def block(*_: object, **__: object) -> list[object]:
        began.set()
        over.wait()
        return []

    needs.monkeypatch.setattr(socket, "getaddrinfo", block)
    try:
        yield Stage(target("wss://host.test/v1"), lambda _: asyncio.to_thread(began.wait))
    finally:
        over.set()


@asynccontextmanager
async def connecting(needs: Needs) -> AsyncIterator[Stage]:
    began = asyncio.Event()
    connect = tcp.connect_tcp

    async def tell(addresses: Any) -> socket.socket:
        began.set()
        return await connect(addresses)

    needs.monkeypatch.setattr("gcdesk.chat.opener.connect_tcp", tell)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        place = server.getsockname()
        with socket.create_connection(place):
            yield Stage(target(f"ws://127.0.0.1:{place[1]}/v1"), lambda _: began.wait())


@asynccontextmanager
async def at_a_bare_server(scheme: str, behave: Behave) -> AsyncIterator[Stage]:
    """A stage in which both connections of a chat have reached a server that then behaves as told."""
    both = asyncio.Barrier(3)

    async def tell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if behave is after_request:
            await reader.readuntil(b"\r\n\r\n")
        await both.wait()
        await never(reader, writer)

    async with bare_server(tell) as port:
        yield Stage(target(f"{scheme}://127.0.0.1:{port}/v1"), lambda _: both.wait())


def securing_the_connection(needs: Needs) -> AbstractAsyncContextManager[Stage]:
    return at_a_bare_server("wss", never)


def opening_the_websocket(needs: Needs) -> AbstractAsyncContextManager[Stage]:
    return at_a_bare_server("ws", after_request)


@asynccontextmanager
async def waiting_for_the_proxy(needs: Needs) -> AsyncIterator[Stage]:
    both = asyncio.Barrier(3)

    async def tell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await both.wait()
        await never(reader, writer)

    async with bare_server(tell) as port:
        needs.monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        yield Stage(target("wss://service.test/v1"), lambda _: both.wait())


@asynccontextmanager
async def configuring(needs: Needs) -> AsyncIterator[Stage]:
    async with guest_service(silent) as service:
        yield Stage(service.target, lambda running: running.seen(FrameSent), service)


@asynccontextmanager
async def chatting(needs: Needs) -> AsyncIterator[Stage]:
    async with guest_service(friendly) as service:
        yield Stage(service.target, lambda running: running.seen(SessionConfigured), service)


@asynccontextmanager
async def chatting_over_tls_and_a_proxy(needs: Needs) -> AsyncIterator[Stage]:
    async with guest_service(friendly, context=needs.server_context("service.test")) as service:
        passed = Passed(int(service.url.rsplit(":", 1)[1].partition("/")[0]))
        async with bare_server(http_proxy(passed)) as port:
            needs.monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
            place = target("wss://service.test/v1")
            yield Stage(place, lambda running: running.seen(SessionConfigured), service)


@asynccontextmanager
async def with_a_deaf_peer(needs: Needs) -> AsyncIterator[Stage]:
    async with bare_server(upgraded_then_deaf) as port:
        yield Stage(target(f"ws://127.0.0.1:{port}/v1"), lambda running: running.seen(FrameSent))


@asynccontextmanager
async def reconnecting(needs: Needs) -> AsyncIterator[Stage]:
    async def cut(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        socket.transport.abort()

    async with guest_service(cut) as service:
        yield Stage(service.target, lambda running: running.seen(ReconnectPlanned))


async def by_cancelling(running: Running) -> None:
    running.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running.task


async def by_leaving(running: Running) -> None:
    running.chat.leave()
    await running.task
    assert isinstance(running.events[-1], Ended)
    assert running.events[-1].error is None


async def by_a_time_limit(running: Running) -> None:
    running.limit.reschedule(asyncio.get_running_loop().time())
    with pytest.raises(TimeoutError):
        await running.task


async def by_cancelling_twice(running: Running) -> None:
    running.task.cancel()
    await asyncio.sleep(0)
    running.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running.task


STAGES: list[StageMaker] = [
    looking_up_the_name,
    connecting,
    securing_the_connection,
    opening_the_websocket,
    waiting_for_the_proxy,
    configuring,
    chatting,
    chatting_over_tls_and_a_proxy,
    with_a_deaf_peer,
    reconnecting,
]
WAYS = [by_cancelling, by_leaving, by_a_time_limit, by_cancelling_twice]

every_stage = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


async def end(stage: StageMaker, way: Callable[[Running], Awaitable[None]], needs: Needs) -> None:
    async with stage(needs) as at:
        running = Running(at.target)
        await at.reached(running)
        start = time.monotonic()
        await way(running)
        assert time.monotonic() - start < LIMITS.close_timeout + SLACK
        assert running.chat.state in (State.CLOSED, State.CLOSING)
        if at.service is not None and way is not by_cancelling_twice:
            assert running.chat.state is State.CLOSED
            assert await at.service.close_frame() == (1000, "")


@pytest.fixture
def needs(monkeypatch: pytest.MonkeyPatch, server_context: ServerContext, trusted: object) -> Needs:
    return Needs(monkeypatch, server_context)


@every_way
@every_stage
async def test_a_chat_ends(
    stage: StageMaker, way: Callable[[Running], Awaitable[None]], needs: Needs
) -> None:
    await end(stage, way, needs)


@every_way
@every_stage
async def test_a_chat_ends_on_the_qt_loop(
    stage: StageMaker, way: Callable[[Running], Awaitable[None]], needs: Needs, qtbot: object
) -> None:
    await end(stage, way, needs)


async def test_an_error_in_the_block_comes_out_as_it_is_after_the_goodbye() -> None:
    async def stumble(target: Target) -> None:
        async with Chat(target, ChatOptions(limits=LIMITS)) as chat:
            async for event in chat:
                if isinstance(event, SessionConfigured):
                    raise ZeroDivisionError

    async with guest_service() as service:
        with pytest.raises(ZeroDivisionError):
            await stumble(service.target)
        assert await service.close_frame() == (1000, "")


async def test_leaving_the_block_without_ever_iterating() -> None:
    async with guest_service() as service:
        start = time.monotonic()
        async with Chat(service.target, ChatOptions(limits=LIMITS)) as chat:
            pass
        assert time.monotonic() - start < LIMITS.close_timeout + SLACK
        assert chat.state is State.CLOSED


async def test_after_the_block_nobody_waits_for_events_any_more() -> None:
    async with guest_service() as service:
        async with Chat(service.target, ChatOptions(limits=LIMITS)) as chat:
            elsewhere = asyncio.create_task(_count(chat))
            await asyncio.sleep(0)
        assert await elsewhere >= 0
        assert await _count(chat) == 0


async def _count(chat: Chat) -> int:
    return len([event async for event in chat])


async def test_what_was_said_last_still_goes_out_before_the_goodbye() -> None:
    async with guest_service() as service:
        async with Chat(service.target, ChatOptions(limits=LIMITS)) as chat:
            async for event in chat:
                if isinstance(event, SessionConfigured):
                    break
            async for event in chat:
                if isinstance(event, StateChanged) and event.state is State.CONFIGURED:
                    break
            chat.say("goodbye")
            chat.leave()
            assert [type(event) async for event in chat][-1] is Ended
        assert await service.close_frame() == (1000, "")


async def test_a_peer_that_reads_nothing_cannot_hold_the_goodbye_up() -> None:
    async def stop_reading(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        socket.transport.pause_reading()
        await over.wait()
        socket.transport.abort()

    over = asyncio.Event()
    limits = replace(LIMITS, message_bytes=20_000_000)
    async with guest_service(stop_reading) as service:
        async with Chat(service.target, ChatOptions(limits=limits)) as chat:
            async for event in chat:
                if isinstance(event, FrameSent) and event.frame.kind == "onMessage Text":
                    break
                if isinstance(event, SessionConfigured):
                    # More than the sockets on both sides can hold.
                    chat.say("x" * 15_000_000)
            start = time.monotonic()
        assert time.monotonic() - start < LIMITS.close_timeout + SLACK
        over.set()


async def test_a_bug_in_what_runs_beside_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> object:
        raise ZeroDivisionError

    async def chat_with(target: Target) -> None:
        async with Chat(target, ChatOptions(limits=LIMITS)) as chat:
            async for _ in chat:
                pass

    monkeypatch.setattr("gcdesk.chat.fetch.read_deployment", broken)
    async with guest_service() as service:
        with pytest.raises(ExceptionGroup) as caught:
            await chat_with(service.target)
    assert caught.group_contains(ZeroDivisionError)
