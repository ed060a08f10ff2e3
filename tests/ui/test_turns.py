"""Many chats share the time of one thread with the window."""

from __future__ import annotations

import asyncio
import time

import pytest

from gcdesk.ui.turns import Turns


async def test_within_its_time_nobody_waits() -> None:
    turns, order = Turns(), []

    async def chat(name: str) -> None:
        for number in range(3):
            await turns.wait()
            order.append(f"{name}{number}")

    await asyncio.gather(chat("a"), chat("b"))
    assert order == ["a0", "a1", "a2", "b0", "b1", "b2"]


async def test_what_takes_too_long_together_is_spread_over_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    turns, passes, done = Turns(), 0, []
    over = asyncio.Event()

    async def count() -> None:
        nonlocal passes
        while not over.is_set():
            passes += 1
            await asyncio.sleep(0)

    async def chat(number: int) -> None:
        nonlocal now
        await turns.wait()
        # Each takes as long as half a turn.
        now += 0.01
        done.append(number)

    counting = asyncio.create_task(count())
    await asyncio.gather(*(chat(number) for number in range(20)))
    over.set()
    await counting
    assert done == list(range(20))
    assert passes >= 10


async def test_a_turn_opens_anew_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    turns = Turns()
    await turns.wait()
    now = 100.0
    await asyncio.wait_for(turns.wait(), 5)
    await asyncio.wait_for(turns.wait(), 5)
