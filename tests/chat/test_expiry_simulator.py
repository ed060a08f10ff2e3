"""A session's end as the simulator plays it, over real sockets, on a loop whose time jumps ahead."""

from __future__ import annotations

import asyncio

import pytest

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.target import Target
from gcdesk.guest.events import Ended, ExpiryNear, FrameSent
from gcdesk.guest.regions import endpoint_for_url
from gcdesk.simulator import Simulator, SimulatorOptions
from tests.support.warped import WarpedClock, WarpedLoop

QUARTER = 900


def test_the_end_is_announced_put_off_by_a_message_announced_again_and_named_when_it_comes() -> None:
    near: list[float] = []
    checks: list[float] = []
    ended: list[Ended] = []

    async def scene() -> None:
        clock = WarpedClock(asyncio.get_running_loop())
        async with Simulator(SimulatorOptions(session_seconds=QUARTER, clock=clock.epoch)) as simulator:
            target = Target(endpoint_for_url(simulator.url), simulator.deployment_id)
            async with Chat(target, ChatOptions(), clock=clock) as chat:
                began = clock.now().monotonic
                async for event in chat:
                    at = clock.now().monotonic - began
                    match event:
                        case ExpiryNear():
                            near.append(at)
                            if len(near) == 1:
                                chat.say("Still here")
                        case FrameSent() if event.frame.kind == "echo":
                            checks.append(at)
                        case Ended():
                            ended.append(event)

    with asyncio.Runner(loop_factory=WarpedLoop) as runner:
        runner.run(scene())

    first, second = near
    assert first == pytest.approx(QUARTER - 300, abs=5)
    assert second - first == pytest.approx(QUARTER - 300, abs=5)
    for at in near:
        assert any(at - check == pytest.approx(10, abs=1) for check in checks)
    (end,) = ended
    assert end.error is not None
    assert (end.error.name, end.error.code) == ("SessionExpired", 4006)
