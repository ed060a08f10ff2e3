"""A chat with the simulator, on both loops: two WebSocket implementations that share no code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from gcdesk.chat.chat import ChatOptions
from gcdesk.chat.target import Target
from gcdesk.errors import (
    AccessRefusedError,
    ConfigureTimeoutError,
    ConnectionLostError,
    DeploymentInactiveError,
    GcdeskError,
)
from gcdesk.guest.events import (
    AttributesChanged,
    AttributeStatus,
    DeploymentUnread,
    ErrorRaised,
    HeldBack,
    Oddity,
    ReconnectPlanned,
    SessionConfigured,
)
from gcdesk.guest.regions import endpoint_for_url
from gcdesk.guest.states import State
from gcdesk.simulator import Simulator, SimulatorOptions
from tests.chat.watching import QUICK, Watched, watched

ATTRIBUTES = {"crmCustomerId": "007 ✓", "sourceChannel": "gcdesk"}
OPTIONS = ChatOptions(ATTRIBUTES, limits=QUICK)


def target(simulator: Simulator) -> Target:
    return Target(endpoint_for_url(simulator.url), simulator.deployment_id)


@asynccontextmanager
async def trouble(fault: str, options: ChatOptions = OPTIONS) -> AsyncIterator[Watched]:
    """A chat with a simulator that misbehaves."""
    async with (
        Simulator(SimulatorOptions(faults=(fault,))) as simulator,
        watched(target(simulator), options) as watch,
    ):
        yield watch


async def echoed(watch: Watched) -> None:
    await watch.until(AttributesChanged, lambda event: event.status is AttributeStatus.ECHOED)


async def converse(autostart: bool) -> None:
    options = SimulatorOptions(autostart=autostart)
    async with Simulator(options) as simulator, watched(target(simulator), OPTIONS) as watch:
        await watch.state(State.CONFIGURED)
        if autostart:
            await echoed(watch)
        await watch.sent(watch.chat.say("Grüße"))
        await echoed(watch)
        (conversation,) = simulator.conversations
        assert dict(conversation.participant_data) == ATTRIBUTES
        watch.chat.leave()
        assert (await watch.ended()).error is None


@pytest.mark.parametrize("autostart", [True, False])
async def test_the_customers_data_arrives(autostart: bool) -> None:
    await converse(autostart)


@pytest.mark.parametrize("autostart", [True, False])
async def test_the_customers_data_arrives_on_the_qt_loop(autostart: bool, qtbot: object) -> None:
    await converse(autostart)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("refuse-403", AccessRefusedError),
        ("inactive", (DeploymentInactiveError, AccessRefusedError)),
        ("drop-before-session", ConnectionLostError),
        ("400-configure", GcdeskError),
        ("silent", ConfigureTimeoutError),
    ],
)
async def test_faults_that_end_a_chat(fault: str, kind: type[GcdeskError]) -> None:
    options = replace(OPTIONS, limits=replace(QUICK, configure_timeout=0.3))
    async with trouble(fault, options) as watch:
        assert isinstance((await watch.ended()).error, kind)
        assert watch.chat.state is State.ERROR


async def test_a_connection_that_drops_is_restored() -> None:
    async with trouble("drop-after-session@1") as watch:
        await watch.until(ReconnectPlanned)
        await watch.sent(watch.chat.say("hello"))


async def test_broken_frames_are_shown_and_the_chat_goes_on() -> None:
    async with trouble("malformed") as watch:
        await watch.until(SessionConfigured)
        await watch.sent(watch.chat.say("hello"))
        assert watch.all(Oddity)


async def test_a_configuration_that_cannot_be_read_is_a_warning() -> None:
    async with trouble("no-config") as watch:
        assert (await watch.until(DeploymentUnread)).error.code == 500
        await watch.sent(watch.chat.say("hello"))


async def test_a_refused_message_tells_how_long_to_wait() -> None:
    async with trouble("429-message") as watch:
        await watch.until(SessionConfigured)
        watch.chat.say("hello")
        held = await watch.until(HeldBack)
        assert held.seconds == 3
        assert watch.all(ErrorRaised)[0].error.retry_after == 3
