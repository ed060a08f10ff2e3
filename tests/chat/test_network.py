"""Sleep, a network that goes, returns or changes: what is seen, what it means, and what a chat does about it."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any, Self

import pytest

from gcdesk.chat import network
from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.clock import Clock, steady_seconds
from gcdesk.chat.network import HEARTBEAT, POLL, Sight, is_here, judge, sources
from gcdesk.guest.events import ConnectionOpened, ExpiryNear, ReconnectPlanned, WokeUp
from gcdesk.guest.limits import Limits
from gcdesk.guest.moment import Moment
from gcdesk.guest.states import State
from tests.chat.servers import (
    Service,
    friendly,
    guest_service,
    session_response,
)
from tests.chat.watching import QUICK, Watched, watched
from tests.support.places import PROJECT
from tests.support.warped import WarpedClock, WarpedLoop

CALM = Sight(at=100.0, waited=HEARTBEAT, sources=("", "10.0.0.5", "fe80::1"), link=1)
SECOND = {"waited": POLL, "reconnecting": True}


def later(before: Sight, seconds: float, **changes: Any) -> Sight:
    """The next look, that many seconds after one."""
    fields = {name: getattr(before, name) for name in before.__struct_fields__}
    return Sight(**{**fields, "at": before.at + seconds, **changes})


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (later(CALM, 5), ""),
        (later(CALM, 0.1), ""),
        (later(CALM, 14.9), ""),
        (later(CALM, 16), "This computer slept, or gcdesk was halted, for 11 seconds."),
        (later(CALM, 3 * 60 + 5), "This computer slept, or gcdesk was halted, for 3 minutes."),
        (later(CALM, 8 * 3600, **SECOND), "This computer slept, or gcdesk was halted, for 8 hours."),
        (later(CALM, 5, at_home=False), "This computer's network address changed."),
        (later(CALM, 5, sources=("", "10.9.9.9", "")), ""),
        (later(CALM, 1, **SECOND), ""),
        (later(CALM, 1, **SECOND, at_home=False), ""),
        (later(CALM, 1, **SECOND, sources=("", "", "")), ""),
        (later(CALM, 1, **SECOND, sources=("", "10.0.0.5", "")), ""),
        (later(CALM, 1, **SECOND, sources=("", "10.9.9.9", "")), "This computer's network changed."),
        (
            later(CALM, 1, **SECOND, sources=("10.0.0.5", "10.0.0.5", "fe80::1")),
            "This computer's network changed.",
        ),
    ],
)
def test_what_two_looks_mean(now: Sight, reason: str) -> None:
    assert judge(CALM, now) == reason


def test_a_network_that_was_gone_is_back() -> None:
    gone = later(CALM, 1, **SECOND, sources=("", "", ""))
    assert judge(gone, later(gone, 1, sources=("", "", "2001:db8::7"))) == "The network is back."
    assert judge(gone, later(gone, 1)) == ""


def test_an_address_that_is_gone_is_told_once_a_connection() -> None:
    away = later(CALM, 5, at_home=False)
    assert judge(away, later(away, 5)) == ""
    assert judge(away, later(away, 5, link=2)) != ""


def test_the_system_is_asked_without_sending() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))
        ear.setblocking(False)
        to_peer, *_ = sources(ear.getsockname())
        assert to_peer == "127.0.0.1"
        with pytest.raises(BlockingIOError):
            ear.recv(1)


def test_two_families_and_no_peer() -> None:
    seen = sources(None)
    assert len(seen) == 2
    assert all(isinstance(source, str) for source in seen)
    assert len(sources(("not an address", 1))) == 3
    assert sources(("not an address", 1))[0] == ""


def test_addresses_of_this_computer_and_of_others() -> None:
    assert is_here(("127.0.0.1", 12345))
    assert not is_here(("203.0.113.77", 12345))
    assert not is_here(("2001:db8::77", 12345, 0, 0))
    assert not is_here(("nonsense", 1))
    if socket.has_ipv6:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            try:
                probe.bind(("::1", 0))
            except OSError:
                return
            assert is_here(probe.getsockname())


def test_the_steady_clock_is_the_loops_but_for_sleep() -> None:
    before, loop_before = steady_seconds(), time.monotonic()
    for _ in range(1000):
        assert steady_seconds() >= before
    assert steady_seconds() - before <= time.monotonic() - loop_before + 1


class Sleepy(WarpedClock):
    """The loop's time, and what was slept, during which the loop's time stood still."""

    slept = 0.0

    def now(self) -> Moment:
        now = super().now()
        return Moment(now.monotonic + self.slept, now.utc + timedelta(seconds=self.slept))


def on_a_warped_loop(scene: Callable[[Sleepy], Coroutine[Any, Any, None]]) -> None:
    """Run it where waiting takes no time."""

    async def play() -> None:
        async with asyncio.timeout(100_000):
            await scene(Sleepy(asyncio.get_running_loop()))

    with asyncio.Runner(loop_factory=WarpedLoop) as runner:
        runner.run(play())


class Scene(Watched):
    """A chat that is watched in a task of its own."""

    async def __aenter__(self) -> Self:
        await self.chat.__aenter__()
        self._task = asyncio.create_task(self.watch())
        return self

    async def __aexit__(self, *error: object) -> None:
        self.chat.leave()
        await self._task
        await self.chat.__aexit__(None, None, None)


LONG = replace(
    QUICK,
    reconnect_pause=200,
    reconnect_budget=10_000,
    check_timeout=5.0,
    ping_interval=1000,
    ping_timeout=1000,
)


def chat_with(service: Service, clock: Clock, limits: Limits = LONG) -> Scene:
    return Scene(Chat(service.target, ChatOptions(limits=limits), clock=clock))


def test_after_sleep_a_connection_is_asked_and_one_that_answers_stays() -> None:
    async def scene(clock: Sleepy) -> None:
        async with guest_service() as service, chat_with(service, clock) as watch:
            await watch.state(State.CONFIGURED)
            clock.slept += 3600
            woke = await watch.until(WokeUp)
            assert woke.reason == "This computer slept, or gcdesk was halted, for 60 minutes."
            await asyncio.sleep(60)
            assert len(watch.all(WokeUp)) == 1
            assert watch.all(ReconnectPlanned) == []
            assert watch.chat.state is State.CONFIGURED

    on_a_warped_loop(scene)


def test_after_sleep_a_connection_that_is_dead_is_found_out_within_seconds_and_restored() -> None:
    over = asyncio.Event()

    async def deaf(connection: Any, service: Service) -> None:
        """Configure, then read nothing any more, so that pings are not answered either."""
        if len(service.connections) > 1:
            await friendly(connection, service)
            return
        await connection.send(session_response(await _request(connection)))
        connection.transport.pause_reading()
        await over.wait()

    async def scene(clock: Sleepy) -> None:
        async with guest_service(deaf) as service:
            async with chat_with(service, clock, replace(LONG, reconnect_pause=1)) as watch:
                await watch.state(State.CONFIGURED)
                clock.slept += 3600
                woke = await watch.until(WokeUp)
                again = await watch.until(ConnectionOpened, lambda event: event.at > woke.at)
                assert (again.at - woke.at).total_seconds() < 5 + 2
            service.connections[0].transport.abort()
            over.set()

    on_a_warped_loop(scene)


def test_sleep_while_a_retry_is_planned_ends_the_wait() -> None:
    async def scene(clock: Sleepy) -> None:
        async with guest_service() as service, chat_with(service, clock) as watch:
            await watch.state(State.CONFIGURED)
            service.connections[0].transport.abort()
            planned = await watch.until(ReconnectPlanned)
            assert planned.seconds > 100
            clock.slept += 50
            woke = await watch.until(WokeUp)
            again = await watch.until(ConnectionOpened, lambda event: event.at > planned.at)
            assert (again.at - woke.at).total_seconds() < 1

    on_a_warped_loop(scene)


def test_the_session_expires_during_sleep_and_knows_it_on_waking() -> None:
    async def brief(connection: Any, service: Service) -> None:
        frame = session_response(await _request(connection)).replace(
            '"connected": true', '"connected": true, "durationSeconds": 1200'
        )
        await connection.send(frame)
        async for data in connection:
            service.received.append({"data": data})

    async def scene(clock: Sleepy) -> None:
        async with guest_service(brief) as service, chat_with(service, clock) as watch:
            await watch.state(State.CONFIGURED)
            clock.slept += 1000
            woke = await watch.until(WokeUp)
            near = await watch.until(ExpiryNear)
            assert near.at - woke.at < timedelta(seconds=1)
            assert 150 < near.seconds < 200

    on_a_warped_loop(scene)


def test_a_network_that_returns_ends_the_wait_for_the_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, back = ("", ""), ("10.0.0.5", "")

    async def scene(clock: Sleepy) -> None:
        ways = {"now": back}
        monkeypatch.setattr(network, "sources", lambda _peer: ways["now"])
        async with guest_service() as service, chat_with(service, clock) as watch:
            await watch.state(State.CONFIGURED)
            ways["now"] = gone
            service.connections[0].transport.abort()
            planned = await watch.until(ReconnectPlanned)
            await asyncio.sleep(20)
            assert watch.chat.state is State.RECONNECTING
            ways["now"] = back
            returned = clock.now().utc
            woke = await watch.until(WokeUp)
            assert woke.reason == "The network is back."
            again = await watch.until(ConnectionOpened, lambda event: event.at > planned.at)
            assert (again.at - returned).total_seconds() < 2 * POLL
            await asyncio.sleep(30)
            assert len(watch.all(WokeUp)) == 1

    on_a_warped_loop(scene)


def test_a_connection_whose_address_is_gone_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(clock: Sleepy) -> None:
        async with guest_service() as service, chat_with(service, clock) as watch:
            await watch.state(State.CONFIGURED)
            monkeypatch.setattr(network, "is_here", lambda _address: False)
            woke = await watch.until(WokeUp)
            assert woke.reason == "This computer's network address changed."
            await asyncio.sleep(60)
            assert len(watch.all(WokeUp)) == 1
            assert watch.chat.state is State.CONFIGURED, "it answered"

    on_a_warped_loop(scene)


def test_an_idle_chat_looks_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[float] = []

    async def scene(clock: Sleepy) -> None:
        seen = sources(None)

        def look(_peer: object) -> tuple[str, ...]:
            looks.append(clock.now().monotonic)
            return seen

        monkeypatch.setattr(network, "sources", look)
        async with guest_service() as service, chat_with(service, clock) as watch:
            await watch.state(State.CONFIGURED)
            await asyncio.sleep(10)
            looks.clear()
            await asyncio.sleep(600)
            assert len(looks) <= 600 / HEARTBEAT + 1
            assert watch.all(WokeUp) == []

    on_a_warped_loop(scene)


async def test_a_chat_that_is_left_leaves_no_watch_behind() -> None:
    async with guest_service() as service, watched(service.target) as watch:
        await watch.state(State.CONFIGURED)
        assert any(task.get_name() == "gcdesk network watch" for task in asyncio.all_tasks())
    assert not any(task.get_name() == "gcdesk network watch" for task in asyncio.all_tasks())


def test_a_real_network_that_loses_its_address_and_gets_it_back() -> None:
    if not _may_have_a_network_of_its_own():
        pytest.skip("it takes Linux, unshare and ip, and the right to have a network namespace")
    ran = subprocess.run(
        ["unshare", "-rn", sys.executable, "-m", "tests.chat.far_network"],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.stdout.splitlines() == [
        "configured",
        "This computer's network address changed.",
        "ConnectionLost",
        "The network is back.",
        "configured",
        "ended",
    ], ran.stderr


def _may_have_a_network_of_its_own() -> bool:
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    trial = ["unshare", "-rn", "ip", "link", "add", "veth0", "type", "veth", "peer", "name", "veth1"]
    return subprocess.run(trial, capture_output=True, timeout=30, check=False).returncode == 0


async def _request(connection: Any) -> dict[str, Any]:
    request = json.loads(await connection.recv())
    assert isinstance(request, dict)
    return request
