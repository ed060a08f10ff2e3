"""All chats of a program together dial no faster than a deployment allows, and no token too often at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.dial_budget import SHARED, DialBudget
from gcdesk.guest.budget import BudgetKind
from gcdesk.guest.events import BudgetChanged, ConnectionOpened, Ended
from gcdesk.guest.states import State
from tests.chat.servers import guest_service
from tests.chat.watching import QUICK, watched
from tests.support.warped import WarpedClock, WarpedLoop

ONE_MINUTE = replace(QUICK, connections_per_minute=10, configure_timeout=1000, open_timeout=1000)


def most_within(times: Sequence[float], seconds: float) -> int:
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def test_the_first_ones_go_at_once_and_the_others_as_soon_as_they_may() -> None:
    budget = DialBudget()
    times = [budget.reserve("one", 40, 100.0) for _ in range(100)]
    assert times == [100.0] * 40 + [163.0] * 40 + [226.0] * 20
    assert budget.reserve("other", 40, 100.0) == 100.0, "another deployment has a minute of its own"
    assert budget.used("one", 100.0) == 100
    assert budget.used("one", 163.0) == 60
    assert budget.used("one", 300.0) == 0


@given(st.lists(st.tuples(st.floats(0, 30), st.booleans()), min_size=1, max_size=120), st.integers(1, 20))
def test_no_minute_ever_holds_more_than_allowed_and_turns_given_back_are_used(
    dials: list[tuple[float, bool]], allowed: int
) -> None:
    budget, now, kept = DialBudget(), 0.0, []
    for pause, gives_back in dials:
        now += pause
        at = budget.reserve("one", allowed, now)
        assert at >= now
        if gives_back and at > now:
            budget.give_back("one", at)
            assert budget.reserve("one", allowed, now) == at
        kept.append(at)
    assert most_within(kept, 60) <= allowed


def test_a_token_is_open_as_often_as_allowed() -> None:
    budget = DialBudget()
    assert [budget.hold("token", 3) for _ in range(4)] == [True, True, True, False]
    assert budget.held("token") == 3
    budget.let_go("token")
    assert budget.hold("token", 3)
    assert budget.held("other") == 0
    for _ in range(3):
        budget.let_go("token")
    assert budget.held("token") == 0


def test_many_chats_started_together_are_paced_and_each_shows_its_wait() -> None:
    opened: list[float] = []
    shown: list[tuple[float, float]] = []

    async def one(chat: Chat, clock: WarpedClock) -> None:
        async with chat:
            waits_until = None
            async for event in chat:
                if isinstance(event, BudgetChanged) and event.budget.dial_at is not None:
                    waits_until = event.budget.dial_at
                    assert event.budget.of(BudgetKind.DIALS).allowed == 10
                elif isinstance(event, ConnectionOpened):
                    opened.append(clock.now().monotonic)
                    if waits_until is not None:
                        shown.append((waits_until.timestamp(), event.at.timestamp()))
                    chat.leave()

    async def scene() -> None:
        clock, dials = WarpedClock(asyncio.get_running_loop()), DialBudget()
        async with guest_service() as service, asyncio.TaskGroup() as group:
            for _ in range(30):
                chat = Chat(service.target, ChatOptions(limits=ONE_MINUTE), clock=clock, dials=dials)
                group.create_task(one(chat, clock))

    with asyncio.Runner(loop_factory=WarpedLoop) as runner:
        runner.run(scene())
    assert len(opened) == 30
    assert most_within(opened, 60) <= 10
    assert max(opened) - min(opened) < 2 * 63 + 5
    assert len(shown) == 20, "who waits says so"
    assert all(0 <= at - until < 5 for until, at in shown)


def test_a_chat_that_is_left_while_it_waits_gives_its_turn_back() -> None:
    async def scene() -> None:
        clock, dials = WarpedClock(asyncio.get_running_loop()), DialBudget()
        limits = replace(ONE_MINUTE, connections_per_minute=1)

        def chat() -> Chat:
            return Chat(service.target, ChatOptions(limits=limits), clock=clock, dials=dials)

        async with guest_service() as service, chat() as first:
            async for event in first:
                if isinstance(event, ConnectionOpened):
                    break
            began = clock.now().utc
            async with chat() as second:
                async for event in second:
                    if isinstance(event, BudgetChanged) and event.budget.dial_at is not None:
                        assert event.budget.dial_at - began > timedelta(seconds=60)
                        break
            async with chat() as third:
                async for event in third:
                    if isinstance(event, ConnectionOpened):
                        assert event.at - began < timedelta(seconds=70)
                        break

    with asyncio.Runner(loop_factory=WarpedLoop) as runner:
        runner.run(scene())


async def test_a_fourth_connection_of_a_session_is_not_dialled() -> None:
    token = "0f6f3f10-8a5e-4a3e-9d5f-3b8f6c1d2e4a"
    options = ChatOptions(token=token, limits=QUICK)
    async with guest_service() as service:
        async with (
            watched(service.target, options) as first,
            watched(service.target, options) as second,
            watched(service.target, options) as third,
        ):
            for watch in (first, second, third):
                await watch.state(State.CONFIGURED)
            assert third.chat.budget.of(BudgetKind.CONNECTIONS).used == 3
            async with watched(service.target, options) as fourth:
                ended = await fourth.until(Ended)
            assert ended.error is not None
            assert ended.error.name == "TooManyConnections"
            assert ended.error.title == "This chat is open 3 times already; one more would close the oldest."
            assert len(service.connections) == 3
        async with watched(service.target, options) as again:
            await again.state(State.CONFIGURED)
    assert SHARED.held(token) == 0


async def test_a_connection_that_breaks_makes_room_for_the_next() -> None:
    options = ChatOptions(limits=replace(QUICK, connections_per_token=1))
    async with guest_service() as service, watched(service.target, options) as watch:
        await watch.state(State.CONFIGURED)
        service.connections[0].transport.abort()
        await watch.until(ConnectionOpened, lambda event: event is not watch.all(ConnectionOpened)[0])
        assert watch.chat.budget.of(BudgetKind.CONNECTIONS).used == 1
