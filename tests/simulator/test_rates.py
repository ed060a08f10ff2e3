"""Rate limits: the rule alone, then each limit of the service."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gcdesk.simulator.rates import RateLimit
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, Frame, Guest, chat, guest


@given(
    allowed=st.integers(1, 5),
    gaps=st.lists(st.floats(min_value=0, max_value=3, allow_nan=False), min_size=1, max_size=60),
)
def test_no_stretch_of_time_holds_more_than_the_limit(allowed: int, gaps: list[float]) -> None:
    limit = RateLimit(allowed, 2.0)
    now, taken = 1000.0, list[float]()
    for gap in gaps:
        now += gap
        wait = limit.take(now)
        if wait:
            assert len([moment for moment in taken if moment > now - 2.0]) == allowed
            assert 1 <= wait <= 2
            assert wait >= taken[-allowed] + 2.0 - now
        else:
            taken.append(now)
    for moment in taken:
        assert len([other for other in taken if moment <= other < moment + 2.0]) <= allowed


def test_waiting_as_told_is_enough() -> None:
    limit = RateLimit(1, 60.0)
    assert limit.take(0.0) == 0
    assert limit.take(0.5) == 60
    assert limit.take(59.9) == 1
    assert limit.take(60.5) == 0


def assert_refused(frame: Frame, retry_after: int) -> None:
    assert (frame["type"], frame["class"], frame["code"]) == ("response", "TooManyRequestsErrorMessage", 429)
    assert frame["body"]["errorCode"] == 4029
    assert frame["body"]["retryAfter"] == retry_after
    assert frame["body"]["errorMessage"]


async def ping(visitor: Guest) -> Frame:
    await visitor.send("echo", message={"type": "Text", "text": "ping"})
    return await visitor.next()


async def test_five_messages_a_second_for_each_session() -> None:
    clock = Clock()
    options = SimulatorOptions(clock=clock, faults=("no-reply",))
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        for number in range(5):
            await visitor.say(f"message {number}")
            assert (await visitor.next())["code"] == 200
        tracing_id = await visitor.say("one too many", {"crmCustomerId": "CUST-1"})
        refused = await visitor.next()
        assert_refused(refused, 1)
        assert refused["tracingId"] == tracing_id
        assert simulator.conversations[0].participant_data == {}
        async with chat(simulator) as other:
            await other.say("another session has its own")
            assert (await other.next())["code"] == 200
        clock.sleep(1)
        await visitor.say("after waiting")
        assert (await visitor.next())["code"] == 200


async def test_sixty_requests_a_minute_for_each_connection() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator, chat(simulator) as visitor:
        for _ in range(59):
            await visitor.send("getJwt")
            assert (await visitor.next())["code"] == 200
        clock.sleep(20)
        await visitor.send_raw("not even JSON")
        assert_refused(await visitor.next(), 40)
        clock.sleep(40)
        await visitor.send("getJwt")
        assert (await visitor.next())["code"] == 200


async def test_two_health_checks_a_minute_for_each_connection() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator, chat(simulator) as visitor:
        assert [(await ping(visitor))["code"] for _ in range(2)] == [200, 200]
        assert_refused(await ping(visitor), 60)
        clock.sleep(60)
        assert (await ping(visitor))["code"] == 200


async def test_sixty_configures_a_minute_for_each_session() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator:
        async with guest(simulator) as visitor:
            assert [(await visitor.configure())["code"] for _ in range(60)] == [200] * 60
        async with guest(simulator, visitor.token) as again:
            assert_refused(await again.configure(), 60)
