"""The service's time comes with its HTTP answers, and a chat tells if this computer's clock is off."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.clock import Clock
from gcdesk.chat.failures import service_time
from gcdesk.guest.events import ClockOff, DeploymentRead, SessionConfigured
from gcdesk.guest.moment import Moment
from tests.chat.servers import PATIENCE, Service, guest_service
from tests.chat.watching import QUICK

DATE = "Sun, 06 Nov 2026 08:49:37 GMT"
MOMENT = datetime(2026, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "time"),
    [
        ({}, None),
        ({"date": DATE}, MOMENT),
        ({"date": "Fri, 06 Nov 2026 09:49:37 +0100"}, MOMENT),
        ({"date": "Fri, 06 Nov 2026 08:49:37 -0000"}, MOMENT),
        ({"date": DATE, "age": "3600"}, MOMENT + timedelta(hours=1)),
        ({"date": DATE, "age": "-5"}, MOMENT),
        ({"date": DATE, "age": "9" * 400}, None),
        ({"date": DATE, "age": "9" * 10}, None),
        ({"date": "Fri, 31 Dec 9999 23:59:59 GMT"}, None),
        ({"date": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({"date": "yesterday"}, None),
        ({"date": ""}, None),
    ],
)
def test_the_time_of_an_answer(headers: Mapping[str, str], time: datetime | None) -> None:
    assert service_time(headers) == time


@given(st.text(), st.text())
def test_any_header_is_a_time_or_none(date: str, age: str) -> None:
    time = service_time({"date": date, "age": age})
    assert time is None or time.tzinfo is not None


class Off(Clock):
    """This computer's clock, set wrong."""

    def __init__(self, seconds: float) -> None:
        self._off = timedelta(seconds=seconds)

    def now(self) -> Moment:
        now = super().now()
        return Moment(now.monotonic, now.utc + self._off)


def told_by(service: Service, *, handshake: datetime | None, document: datetime | None) -> None:
    """Let the service date its answers so, or not at all."""
    plain = service.answer

    def dated(response: Response, time: datetime | None) -> Response:
        if "Date" in response.headers:
            del response.headers["Date"]
        if time is not None:
            response.headers["Date"] = format_datetime(time, usegmt=True)
        return response

    async def answer(socket: ServerConnection, request: Request) -> Response | None:
        response = await plain(socket, request)
        return None if response is None else dated(response, document)

    service.answer = answer
    service.handshake = lambda response: dated(response, handshake)


async def clock_off(clock: Clock, *, handshake: datetime | None, document: datetime | None) -> list[float]:
    """What a chat says about the clock until both answers are there."""
    async with asyncio.timeout(PATIENCE), guest_service() as service:
        told_by(service, handshake=handshake, document=document)
        async with Chat(service.target, ChatOptions(limits=QUICK), clock=clock) as chat:
            off: list[float] = []
            awaited = {SessionConfigured, DeploymentRead}
            async for event in chat:
                awaited.discard(type(event))
                if isinstance(event, ClockOff):
                    off.append(event.seconds)
                if not awaited:
                    return off
    raise AssertionError("the chat ended early")


@pytest.mark.parametrize("off", [-86400.0, -150.0, 150.0, 86400.0])
@pytest.mark.parametrize("by", ["handshake", "document", "both"])
async def test_a_clock_that_is_off_is_told_by_either_answer_and_once(off: float, by: str) -> None:
    now = datetime.now(UTC)
    seconds = await clock_off(
        Off(off),
        handshake=now if by != "document" else None,
        document=now if by != "handshake" else None,
    )
    assert seconds == [pytest.approx(off, abs=20)]


async def test_a_right_clock_and_a_service_without_a_date_are_not_worth_a_word() -> None:
    now = datetime.now(UTC)
    assert await clock_off(Clock(), handshake=now, document=now) == []
    assert await clock_off(Off(86400), handshake=None, document=None) == []
