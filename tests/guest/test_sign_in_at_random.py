"""Whatever a service says about a sign-in, in whatever order: nothing is raised, and the rules hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gcdesk.errors import ConnectionLostError, SignInExpiredError, WishError
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.errands import CancelErrand, RenewSignIn
from gcdesk.guest.events import Ended, SignInNeeded
from gcdesk.guest.identity import SignIn
from tests.guest.service import Service, State

UPGRADE = parse_deployment({"status": "Active", "auth": {"enabled": True, "allowSessionUpgrade": True}})

MOST_RENEWALS = 3

Step = Callable[["Run"], None]


class Run:
    """One session with its service, and how often a JWT was renewed since one was taken."""

    def __init__(self, sign_in: SignIn | None) -> None:
        self.service = Service(sign_in=sign_in)
        self.session = self.service.session
        self.number = 0
        self.renewals = 0
        self.service.do(self.session.deployment_read, UPGRADE, 0.1)

    @property
    def outstanding(self) -> int:
        """Renewals that were asked for, less those that were answered or given up."""
        asked = sum(isinstance(errand, RenewSignIn) for errand in self.service.errands)
        dropped = sum(isinstance(errand, CancelErrand) for errand in self.service.errands)
        return asked - dropped - self.number

    def fresh(self, *, renewable: bool = True) -> SignIn:
        return SignIn(f"jwt-{len(self.service.frames)}", renewable=renewable)

    def wish(self, act: Callable[..., Any], *arguments: Any) -> None:
        try:
            self.service.do(act, *arguments)
        except WishError:
            return
        self.renewals = 0


def reopen(run: Run) -> None:
    if run.session.wants_dial:
        run.service.opened()


def accept(run: Run) -> None:
    if run.session.connecting.is_configuring:
        run.service.accept(newSession=not run.session.connecting.configured_once)
        run.renewals = 0


def answer_step_up(run: Run) -> None:
    frame = {"type": "response", "class": "SessionResponse", "code": 200, "body": {"connected": True}}
    run.service.hear(
        {**frame, "tracingId": run.service.frames[-1].tracing_id} if run.service.frames else frame
    )


def renewed(run: Run) -> None:
    if run.outstanding:
        run.number += 1
        run.renewals += 1
        run.service.do(run.session.sign_in.renewed, run.fresh())


def not_renewed(run: Run) -> None:
    if run.outstanding:
        run.number += 1
        error = SignInExpiredError() if run.number % 2 else ConnectionLostError()
        run.service.do(run.session.sign_in.not_renewed, error)


def refuse(code: int, text: str = "no") -> Step:
    def step(run: Run) -> None:
        run.service.refuse(code, text, run.service.frames[-1] if run.service.frames else None)

    return step


def stubborn(run: Run) -> None:
    """The service takes no JWT at all."""
    for _ in range(MOST_RENEWALS + 2):
        if not run.session.finished:
            refuse(401)(run)
            renewed(run)


STEPS: list[Step] = [
    stubborn,
    reopen,
    reopen,
    accept,
    accept,
    answer_step_up,
    renewed,
    not_renewed,
    *(refuse(code) for code in (401, 401, 403, 429, 500)),
    refuse(403, "Session authentication failed"),
    refuse(403, "Try to authenticate again"),
    lambda run: run.service.refuse(401),
    lambda run: run.service.lose(),
    lambda run: run.service.do(run.session.retry_now),
    lambda run: run.service.wait(6),
    lambda run: run.service.wait(40),
    lambda run: run.service.hear_sample("server.event.presence_sign_in_inbound"),
    lambda run: run.wish(run.session.step_up, run.fresh()),
    lambda run: run.wish(run.session.signed_in, run.fresh(renewable=False)),
    lambda run: run.wish(run.session.signed_in, run.fresh()),
    lambda run: run.wish(run.session.log_out),
    lambda run: run.service.do(run.session.sign_in.revoked),
    lambda run: run.wish(run.session.say, "Hello"),
]


@settings(max_examples=300)
@given(
    st.sampled_from([None, SignIn("jwt", renewable=True), SignIn("jwt")]),
    st.lists(st.sampled_from(STEPS), max_size=40),
)
def test_the_rules_hold(sign_in: SignIn | None, steps: list[Step]) -> None:
    run = Run(sign_in)
    service, session = run.service, run.session
    service.dial()
    for step in steps:
        step(run)
        assert 0 <= run.outstanding <= 1
        assert run.renewals <= MOST_RENEWALS
        if session.sign_in.waiting:
            assert service.state() is State.RECONNECTING
            assert not service.wants_dial()
            assert service.last(SignInNeeded).waiting
        if session.finished:
            break
    session.leave(service.now)
    if service.state() is State.CLOSING:
        session.closed(service.now)
    service.drain()
    assert isinstance(service.events[-1], Ended)
    assert session.next_wake is None
    assert not session.sign_in.waiting
    for frame in service.frames:
        sent = json.loads(frame.text)
        assert ("data" in sent) == (sent["action"] == "configureAuthenticatedSession")
