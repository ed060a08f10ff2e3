"""Signed-in customers' chats with the simulator, from the login page in a browser to the log-out."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from aiohttp import ClientSession

from gcdesk.chat.chat import ChatOptions
from gcdesk.chat.opener import Opener
from gcdesk.chat.sign_in import Renewal, Tokens, renew, sign_in
from gcdesk.chat.target import Target
from gcdesk.errors import SignInCancelledError, SignInExpiredError
from gcdesk.guest.events import Ended, ErrorRaised, FrameSent, MessageAdded, SignedIn, SignInNeeded
from gcdesk.guest.identity import IdentityProvider, SignIn
from gcdesk.guest.regions import endpoint_for_url
from gcdesk.guest.states import State
from gcdesk.simulator import Simulator, SimulatorOptions
from tests.chat.provider import jwt
from tests.chat.watching import QUICK, Watched, watched

ATTRIBUTES = {"crmCustomerId": "007"}


class _Form(HTMLParser):
    """The form of a login page: where it goes, and what it carries."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = values["action"]
        if tag == "input" and values.get("type") == "hidden":
            self.fields[values["name"]] = values["value"]


@dataclass
class Person:
    """Somebody at a browser, who fills in the login page and presses a button."""

    answer: str = "yes"
    first_name: str = "Sam"
    pages: list[str] = field(default_factory=list)

    async def __call__(self, address: str) -> None:
        async with ClientSession() as browser:
            async with browser.get(address) as shown:
                url, page = str(shown.url), await shown.text()
            form = _Form()
            form.feed(page)
            names = {"first_name": self.first_name, "last_name": "Doe", "answer": self.answer}
            async with browser.post(urljoin(url, form.action), data={**form.fields, **names}) as shown:
                self.pages.append(await shown.text())


@dataclass
class Shifted:
    """A clock that a test can put forward."""

    by: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.by


def target(simulator: Simulator) -> Target:
    return Target(endpoint_for_url(simulator.url), simulator.deployment_id)


def login_of(simulator: Simulator) -> IdentityProvider:
    base = target(simulator).endpoint.login_base
    return IdentityProvider(f"{base}/login/authorize", "gcdesk")


async def log_in(simulator: Simulator, person: Person | None = None) -> Tokens:
    person = person or Person()
    return await sign_in(Opener(), target(simulator), login_of(simulator), browse=person)


@asynccontextmanager
async def service(
    kind: str = "required", *faults: str, clock: Callable[[], float] = time.time
) -> AsyncIterator[Simulator]:
    options = SimulatorOptions(sign_in=kind, faults=faults, clock=clock)  # type: ignore[arg-type]
    async with Simulator(options) as simulator:
        yield simulator


def chat_options(simulator: Simulator, tokens: Tokens, *, known: bool = True) -> ChatOptions:
    """As a customer; `known` tells whether this computer can read when the JWT runs out."""
    taken = tokens.sign_in if known else SignIn(tokens.jwt, None, renewable=True)
    return ChatOptions(ATTRIBUTES, limits=QUICK, sign_in=taken, renew=Renewal(target(simulator), tokens))


def configures(watch: Watched) -> list[str]:
    actions = [event.frame.action for event in watch.all(FrameSent)]
    return [action for action in actions if action.startswith("configure")]


async def talk(watch: Watched, text: str = "Hello") -> None:
    """Say something and wait for its echo and an answer."""
    await watch.state(State.CONFIGURED)
    await watch.sent(watch.chat.say(text))
    await watch.until(MessageAdded, lambda event: event.message.direction.name == "OUTBOUND")


async def test_a_customer_signs_in_chats_and_logs_out() -> None:
    async with service() as simulator:
        person = Person()
        tokens = await log_in(simulator, person)
        assert tokens.sign_in.expires is not None
        async with watched(target(simulator), chat_options(simulator, tokens)) as watch:
            await talk(watch)
            assert configures(watch) == ["configureAuthenticatedSession"]
            assert len(watch.all(SignedIn)) == 1
            assert watch.all(SignInNeeded) == []
            watch.chat.log_out()
            ended = await watch.ended()
            assert "logged out" in ended.reason
            assert ended.error is None
        with pytest.raises(SignInExpiredError):
            await renew(Opener(), target(simulator), tokens.refresh_token)
    assert "go back to gcdesk" in person.pages[0]


async def test_a_person_who_cancels() -> None:
    async with service() as simulator:
        person = Person(answer="no")
        with pytest.raises(SignInCancelledError):
            await log_in(simulator, person)


async def test_a_guest_is_warned_before_writing() -> None:
    async with service() as simulator, watched(target(simulator), ChatOptions(limits=QUICK)) as watch:
        needed = await watch.until(SignInNeeded)
        assert not needed.waiting
        await watch.state(State.CONFIGURED)


@pytest.mark.parametrize("known", [True, False])
async def test_a_jwt_that_has_run_out_is_renewed(known: bool) -> None:
    clock = Shifted()
    async with service(clock=clock) as simulator:
        tokens = await log_in(simulator)
        if known:
            tokens = replace(tokens, jwt=jwt(exp=time.time() - 60))
        else:
            clock.by = 24 * 3600
        options = chat_options(simulator, tokens, known=known)
        async with watched(target(simulator), options) as watch:
            await talk(watch)
            # One that this computer knows to have run out is not even sent.
            assert len(configures(watch)) == (1 if known else 2)
            assert watch.all(ErrorRaised) == []


async def test_a_sign_in_that_is_refused_time_and_again_ends_with_a_name() -> None:
    async with service("required", "401-configure") as simulator:
        tokens = await log_in(simulator)
        async with watched(target(simulator), chat_options(simulator, tokens)) as watch:
            await watch.until(Ended)
            assert [event.error.name for event in watch.all(SignInNeeded)] == ["SignInExpired"]
            assert len(configures(watch)) == 4


async def test_a_customer_logged_out_elsewhere_signs_in_again_and_goes_on() -> None:
    async with service() as simulator:
        old, person = await log_in(simulator), Person()
        async with watched(target(simulator), chat_options(simulator, old)) as watch:
            await talk(watch)
        await sign_out(simulator, old)
        async with watched(target(simulator), chat_options(simulator, old)) as watch:
            needed = await watch.until(SignInNeeded)
            assert needed.waiting
            assert watch.chat.waits_for_sign_in
            assert needed.error.name == "SessionAuthenticationFailed"
            fresh = await log_in(simulator, person)
            watch.chat.signed_in(fresh.sign_in, Renewal(target(simulator), fresh))
            await talk(watch, "Hello again")
            assert configures(watch) == ["configureAuthenticatedSession"] * 2


async def sign_out(simulator: Simulator, tokens: Tokens) -> None:
    from gcdesk.chat.sign_in import revoke

    await revoke(Opener(), target(simulator), tokens.jwt)


async def test_a_guest_steps_up_in_the_middle_of_a_chat() -> None:
    async with service("optional") as simulator:
        tokens = await log_in(simulator, Person(first_name="Ada"))
        async with watched(target(simulator), ChatOptions(ATTRIBUTES, limits=QUICK)) as watch:
            await talk(watch)
            watch.chat.step_up(tokens.sign_in, Renewal(target(simulator), tokens))
            signed_in = await watch.until(SignedIn)
            assert (signed_in.name, signed_in.stepped_up) == ("Ada Doe", True)
            assert watch.all(SignInNeeded) == []
            await watch.sent(watch.chat.say("As myself"))
            assert configures(watch) == ["configureSession", "configureAuthenticatedSession"]
            assert (watch.chat.can_step_up, watch.chat.can_log_out) == (False, True)
        # One conversation, not one for the guest and another for the customer.
        assert len(simulator.conversations) == 1


async def test_a_step_up_with_a_jwt_of_another_deployment_leaves_the_guest() -> None:
    async with (
        service("optional") as simulator,
        watched(target(simulator), ChatOptions(ATTRIBUTES, limits=QUICK)) as watch,
    ):
        await talk(watch)
        watch.chat.step_up(SignIn("a.b.c"))
        raised = await watch.until(ErrorRaised)
        assert not raised.fatal
        assert raised.error.code == 401
        await watch.sent(watch.chat.say("Still here"))


async def test_another_window_of_the_same_customer_takes_over() -> None:
    async with service() as simulator:
        tokens = await log_in(simulator)
        async with watched(target(simulator), chat_options(simulator, tokens)) as first:
            await first.state(State.CONFIGURED)
            async with watched(target(simulator), chat_options(simulator, tokens)) as second:
                await second.state(State.CONFIGURED)
                ended = await first.ended()
                assert "signed in elsewhere" in ended.reason


async def test_the_token_of_a_signed_in_session_is_no_guests() -> None:
    async with service("optional") as simulator:
        tokens = await log_in(simulator)
        options = chat_options(simulator, tokens)
        async with watched(
            target(simulator), replace(options, token="5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10")
        ) as watch:
            await watch.state(State.CONFIGURED)
        guest = ChatOptions(limits=QUICK, token="5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10")
        async with watched(target(simulator), guest) as watch:
            ended = await watch.ended()
            assert ended.error is not None
            assert ended.error.name == "CannotDowngrade"


async def test_on_the_windows_loop(qtbot: object) -> None:
    async with service() as simulator:
        tokens = await log_in(simulator)
        async with watched(target(simulator), chat_options(simulator, tokens)) as watch:
            await talk(watch)
            assert len(watch.all(SignedIn)) == 1
