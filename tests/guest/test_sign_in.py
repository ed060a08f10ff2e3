"""Signed-in customers: configured with a JWT, renewed when it is not taken, stepped up from guests, and logged out."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from gcdesk.errors import (
    ConfigureTimeoutError,
    ConnectionLostError,
    ExchangeRefusedError,
    GcdeskError,
    HttpTimeoutError,
    SignInExpiredError,
    WishError,
)
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.errands import CancelErrand, Errand, RenewSignIn, RevokeSignIn
from gcdesk.guest.events import Ended, ErrorRaised, ReconnectPlanned, SignedIn, SignInNeeded
from gcdesk.guest.identity import SignIn
from tests.guest.frames_of import sample
from tests.guest.service import DEPLOYMENT_ID, TOKEN, Service, State

SAMPLE = "client.configure_authenticated_session"
EARLY = SignIn("jwt-1", None, renewable=True)
FRESH = SignIn("jwt-2", None, renewable=True)
TEXTS = ("Session authentication failed", "try to authenticate again: the token is old")


class Signed(Service):
    """A service for a customer with a sign-in, and the errands that were asked for."""

    def __init__(self, sign_in: SignIn | None = EARLY, **options: Any) -> None:
        super().__init__(sign_in=sign_in, **options)

    @property
    def asked(self) -> list[Errand]:
        """All errands about the sign-in so far."""
        kinds = RenewSignIn | RevokeSignIn | CancelErrand
        return [errand for errand in self.errands if isinstance(errand, kinds)]

    def waits(self) -> bool:
        return self.session.sign_in.waiting

    def renew(self, sign_in: SignIn = FRESH) -> None:
        self.do(self.session.sign_in.renewed, sign_in)

    def fail_to_renew(self, error: GcdeskError) -> None:
        self.do(self.session.sign_in.not_renewed, error)

    @property
    def actions(self) -> list[str]:
        return [frame.action for frame in self.frames]

    @property
    def codes(self) -> list[str]:
        """The JWTs of the frames that carried one."""
        return [
            json.loads(frame.text)["data"]["code"]
            for frame in self.frames
            if frame.action == "configureAuthenticatedSession"
        ]

    @property
    def needs(self) -> list[tuple[str, bool]]:
        return [(event.error.name, event.waiting) for event in self.all(SignInNeeded)]

    def answer_step_up(self, **body: Any) -> None:
        answer = {"connected": True, "newSession": False, "readOnly": False, **body}
        frame = {"type": "response", "class": "SessionResponse", "code": 200, "body": answer}
        self.hear({**frame, "tracingId": self.frames[-1].tracing_id})

    def say_signed_in(self) -> None:
        self.hear_sample("server.event.presence_sign_in_inbound")


def guest(**auth: bool) -> Signed:
    """A guest in a configured chat."""
    service = Signed(None)
    service.dial()
    auth = {"enabled": True, "allowSessionUpgrade": True, **auth}
    value = {"status": "Active", "auth": auth, "messenger": {"apps": {"conversations": {}}}}
    service.do(service.session.deployment_read, parse_deployment(value), 0.1)
    service.accept()
    return service


def signed_in() -> Signed:
    """A signed-in customer in a configured chat."""
    service = Signed()
    service.configured()
    return service


class TestConfiguring:
    def test_the_frame_is_the_sample(self) -> None:
        service = Signed(SignIn("<jwt from oauthcodegrantjwtexchange>"))
        service.dial()
        expected = sample(SAMPLE)
        assert expected["token"] == TOKEN
        expected.update(deploymentId=DEPLOYMENT_ID, tracingId=service.frames[-1].tracing_id)
        assert service.wire() == expected

    def test_the_service_takes_it(self) -> None:
        service = signed_in()
        assert service.state() is State.CONFIGURED
        assert service.actions[0] == "configureAuthenticatedSession"
        assert [(event.name, event.stepped_up) for event in service.all(SignedIn)] == [("", False)]
        assert service.asked == []

    def test_a_guest_is_configured_as_one(self) -> None:
        service = guest()
        assert service.actions[0] == "configureSession"
        assert service.all(SignedIn) == []

    def test_after_a_break_it_is_configured_so_again_and_told_once(self) -> None:
        service = signed_in()
        service.lose()
        service.reopen()
        service.accept(newSession=False)
        assert service.codes == ["jwt-1", "jwt-1"]
        assert len(service.all(SignedIn)) == 1

    def test_no_frame_event_or_errand_shows_the_jwt(self) -> None:
        secret = "header." + "x" * 40 + ".signature"
        service = Signed(SignIn(secret, renewable=True))
        service.dial()
        service.refuse(401)
        shown = f"{service.events} {service.asked} {service.frames} {service.session.options}"
        shown += "".join(frame.masked() for frame in service.frames)
        assert secret not in shown
        assert "x" * 20 not in shown


class TestRenewing:
    def test_unauthorized_leads_to_a_fresh_jwt_on_the_same_connection(self) -> None:
        service = Signed()
        service.dial()
        service.refuse(401, "User is unauthorized")
        assert service.asked == [RenewSignIn(key="renew sign-in", stale="jwt-1")]
        assert service.state() is State.CONNECTED
        service.renew()
        assert service.codes == ["jwt-1", "jwt-2"]
        service.accept()
        assert service.state() is State.CONFIGURED
        assert service.needs == []
        assert service.errors == []

    def test_three_times_and_no_more(self) -> None:
        service = Signed()
        service.dial()
        for number in range(2, 5):
            service.refuse(401)
            service.renew(SignIn(f"jwt-{number}", renewable=True))
        assert service.codes == ["jwt-1", "jwt-2", "jwt-3", "jwt-4"]
        service.refuse(401)
        assert len(service.asked) == 3
        assert service.needs == [("SignInExpired", False)]
        assert service.ended.error is not None
        assert service.ended.error.name == "SignInExpired"
        assert "although it was renewed" in service.ended.reason
        assert service.wants_close() == 1000

    def test_once_it_is_taken_the_count_begins_anew(self) -> None:
        service = Signed()
        service.dial()
        for _ in range(3):
            service.refuse(401)
            service.renew()
        service.accept()
        service.lose()
        service.reopen()
        service.refuse(401)
        assert len(service.asked) == 4
        assert service.state() is State.RECONNECTING

    def test_without_anything_to_renew_by_the_chat_waits(self) -> None:
        service = Signed(SignIn("jwt-1"))
        service.dial()
        service.refuse(401)
        assert service.asked == []
        assert service.needs == [("SignInExpired", True)]
        assert service.state() is State.RECONNECTING
        assert service.wants_close() == 1000

    @pytest.mark.parametrize(
        ("error", "waits"),
        [
            (SignInExpiredError(code=401), True),
            (SignInExpiredError(code=503, retry_after=3), True),
            (ExchangeRefusedError(code=403), True),
            (ExchangeRefusedError(code=503), False),
            (ExchangeRefusedError(code=429, retry_after=3), False),
            (ConnectionLostError(), False),
            (HttpTimeoutError(), False),
        ],
    )
    def test_what_cannot_be_renewed_waits_for_the_person_or_for_the_network(
        self, error: GcdeskError, waits: bool
    ) -> None:
        service = signed_in()
        service.lose()
        service.reopen()
        service.refuse(401)
        service.fail_to_renew(error)
        assert service.state() is State.RECONNECTING
        assert service.needs == ([(error.name, True)] if waits else [])
        planned = len(service.all(ReconnectPlanned))
        assert planned == (1 if waits else 2)
        service.wait(60)
        assert service.wants_dial() is not waits

    def test_at_the_first_connection_an_unreachable_service_ends_it(self) -> None:
        service = Signed()
        service.dial()
        service.refuse(401)
        service.fail_to_renew(ConnectionLostError())
        assert service.ended.error is not None

    def test_silence_while_it_is_renewed_counts_as_silence(self) -> None:
        service = Signed()
        service.dial()
        service.refuse(401)
        service.wait(30)
        assert isinstance(service.ended.error, ConfigureTimeoutError)
        assert service.asked[-1] == CancelErrand(key="renew sign-in")
        service.renew()
        service.fail_to_renew(SignInExpiredError())
        assert isinstance(service.events[-1], Ended)
        assert service.codes == ["jwt-1"]

    def test_a_break_while_it_is_renewed_uses_what_comes(self) -> None:
        service = signed_in()
        service.lose()
        service.reopen()
        service.refuse(401)
        service.lose()
        service.renew()
        service.reopen()
        service.accept(newSession=False)
        assert service.codes == ["jwt-1", "jwt-1", "jwt-2"]
        assert len(service.asked) == 1

    def test_a_break_and_a_connection_while_it_is_renewed_waits_for_it(self) -> None:
        service = signed_in()
        service.lose()
        service.reopen()
        service.refuse(401)
        service.lose()
        service.reopen()
        assert service.codes == ["jwt-1", "jwt-1"]
        service.renew()
        assert service.codes == ["jwt-1", "jwt-1", "jwt-2"]
        assert len(service.asked) == 1


class TestExpiry:
    @pytest.mark.parametrize(("seconds", "renewed"), [(-60, True), (4.9, True), (5.1, False), (600, False)])
    def test_a_jwt_about_to_run_out_is_renewed_before_it_is_used(self, seconds: float, renewed: bool) -> None:
        now = Service().now.utc
        service = Signed(SignIn("jwt-1", now + timedelta(seconds=seconds), renewable=True))
        service.dial()
        assert bool(service.asked) is renewed
        assert service.codes == ([] if renewed else ["jwt-1"])
        if renewed:
            # Even if this computer's clock says that the fresh one has run out too.
            service.renew(SignIn("jwt-2", now - timedelta(days=1), renewable=True))
            assert service.codes == ["jwt-2"]
        service.accept()
        assert service.state() is State.CONFIGURED

    @pytest.mark.parametrize(("ahead", "left", "renewed"), [(7200, 600, False), (-7200, -600, True)])
    def test_the_services_clock_decides_and_not_this_computers(
        self, ahead: float, left: float, renewed: bool
    ) -> None:
        now = Service().now.utc - timedelta(seconds=ahead)
        service = Signed(SignIn("jwt-1", now + timedelta(seconds=left), renewable=True))
        service.do(service.session.service_time.told, now)
        service.dial()
        assert bool(service.asked) is renewed

    def test_one_that_cannot_be_renewed_is_tried_all_the_same(self) -> None:
        service = Signed(SignIn("jwt-1", datetime.fromisoformat("2020-01-01T00:00:00Z")))
        service.dial()
        assert service.codes == ["jwt-1"]

    def test_only_reconnecting_looks_at_it(self) -> None:
        now = Service().now.utc
        service = Signed(SignIn("jwt-1", now + timedelta(seconds=60), renewable=True))
        service.configured()
        service.wait(3600)
        assert service.asked == []
        service.lose()
        service.reopen()
        assert len(service.asked) == 1
        assert service.codes == ["jwt-1"]
        service.renew()
        assert service.codes == ["jwt-1", "jwt-2"]

    def test_a_jwt_says_itself_when_it_runs_out(self) -> None:
        claims = base64.urlsafe_b64encode(b'{"exp": 1000}').rstrip(b"=").decode()
        service = Signed(SignIn.of(f"a.{claims}.b", renewable=True))
        service.dial()
        assert len(service.asked) == 1


class TestSigningInAgain:
    @pytest.mark.parametrize("text", TEXTS)
    @pytest.mark.parametrize("when", ["connecting", "configured", "reconnecting", "read-only"])
    def test_the_chat_waits_for_a_fresh_sign_in_and_goes_on(self, text: str, when: str) -> None:
        service = Signed()
        service.dial()
        if when != "connecting":
            service.accept(readOnly=when == "read-only")
        if when == "reconnecting":
            service.lose()
            service.reopen()
        service.refuse(403, text)
        assert service.state() is State.RECONNECTING
        assert service.needs == [("SessionAuthenticationFailed", True)]
        assert service.waits()
        assert service.wants_close() == 1000
        service.wait(3600)
        assert not service.wants_dial()
        service.do(service.session.signed_in, FRESH)
        assert service.wants_dial()
        service.opened()
        assert service.codes[-1] == "jwt-2"
        service.accept(newSession=False)
        assert service.state() is State.CONFIGURED
        assert not service.waits()
        assert service.errors == []

    def test_a_guest_is_asked_to_sign_in_too(self) -> None:
        service = Signed(None)
        service.dial()
        service.refuse(403, TEXTS[0])
        assert service.needs == [("SessionAuthenticationFailed", True)]
        service.do(service.session.signed_in, FRESH)
        service.opened()
        assert service.codes == ["jwt-2"]
        service.accept()
        assert len(service.all(SignedIn)) == 1

    def test_what_was_said_meanwhile_goes_out_then(self) -> None:
        service = signed_in()
        service.refuse(403, TEXTS[0])
        service.say("Are you there?")
        service.do(service.session.signed_in, FRESH)
        service.opened()
        service.accept(newSession=False)
        service.wait(5)
        assert service.kinds[-1] == "Text"

    def test_leaving_while_it_waits(self) -> None:
        service = signed_in()
        service.refuse(403, TEXTS[0])
        service.do(service.session.leave)
        assert service.ended.error is None
        with pytest.raises(WishError):
            service.do(service.session.signed_in, FRESH)

    def test_without_reconnecting_it_ends(self) -> None:
        service = Signed(reconnect=False)
        service.configured()
        service.refuse(403, TEXTS[0])
        assert service.needs == [("SessionAuthenticationFailed", False)]
        assert service.ended.error is not None

    def test_a_network_that_comes_back_does_not_dial(self) -> None:
        service = signed_in()
        service.refuse(403, TEXTS[0])
        service.wait(10)
        service.do(service.session.connecting.retry_now)
        assert not service.wants_dial()

    def test_a_fresh_sign_in_without_need_is_used_at_the_next_connection(self) -> None:
        service = signed_in()
        service.do(service.session.signed_in, FRESH)
        assert service.codes == ["jwt-1"]
        service.lose()
        service.reopen()
        assert service.codes == ["jwt-1", "jwt-2"]

    def test_a_guest_who_needs_none_steps_up_instead(self) -> None:
        service = guest()
        with pytest.raises(WishError):
            service.do(service.session.signed_in, FRESH)

    def test_other_texts_with_403_are_about_something_else(self) -> None:
        service = signed_in()
        service.refuse(403, "Turn on the Feature Toggle or fix the configuration.")
        assert service.needs == []
        assert service.errors == ["Forbidden"]
        assert service.state() is State.CONFIGURED


class TestSteppingUp:
    def test_a_guest_becomes_a_customer_on_the_same_connection(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        assert service.wire()["action"] == "configureAuthenticatedSession"
        assert service.wire()["token"] == TOKEN
        assert service.wire()["startNew"] is False
        assert not service.session.sign_in.can_step_up
        service.answer_step_up()
        assert service.all(SignedIn) == []
        service.say_signed_in()
        assert [(event.name, event.stepped_up) for event in service.all(SignedIn)] == [("Sam Doe", True)]
        assert service.state() is State.CONFIGURED
        service.wait(120)
        assert len(service.all(SignedIn)) == 1
        assert service.errors == []

    def test_the_presence_alone_will_do(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.say_signed_in()
        service.answer_step_up()
        service.wait(120)
        assert len(service.all(SignedIn)) == 1
        assert service.errors == []

    def test_the_answer_alone_will_do_after_a_while(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.answer_step_up()
        service.wait(120)
        assert [(event.name, event.stepped_up) for event in service.all(SignedIn)] == [("", True)]

    def test_the_next_connection_is_the_customers(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.answer_step_up()
        service.say_signed_in()
        service.lose()
        service.reopen()
        service.accept(newSession=False)
        assert service.codes == ["jwt-1", "jwt-1"]
        assert len(service.all(SignedIn)) == 1

    def test_a_break_in_between_goes_on_as_the_customer(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.lose()
        service.reopen()
        service.accept(newSession=False)
        assert service.codes == ["jwt-1", "jwt-1"]
        assert len(service.all(SignedIn)) == 1

    @pytest.mark.parametrize("named", [True, False])
    def test_unauthorized_is_renewed_and_asked_again(self, named: bool) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.refuse(401, frame=service.frames[-1] if named else None)
        assert service.asked == [RenewSignIn(key="renew sign-in", stale="jwt-1")]
        service.renew()
        assert service.codes == ["jwt-1", "jwt-2"]
        service.answer_step_up()
        service.say_signed_in()
        assert len(service.all(SignedIn)) == 1

    @pytest.mark.parametrize("code", [400, 403, 404, 500])
    def test_a_refusal_leaves_the_guest_as_it_was(self, code: int) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.refuse(code, frame=service.frames[-1])
        assert len(service.all(ErrorRaised)) == 1
        assert service.state() is State.CONFIGURED
        assert service.session.sign_in.can_step_up
        service.lose()
        service.reopen()
        assert service.actions[-1] == "configureSession"

    def test_what_cannot_be_renewed_leaves_the_guest_as_it_was(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.refuse(401, frame=service.frames[-1])
        service.fail_to_renew(SignInExpiredError())
        assert service.errors == ["SignInExpired"]
        assert service.session.sign_in.can_step_up

    def test_renewing_has_an_end(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        for _ in range(3):
            service.refuse(401, frame=service.frames[-1])
            service.renew()
        service.refuse(401, frame=service.frames[-1])
        assert len(service.asked) == 3
        assert service.errors == ["Unauthorized"]
        assert service.state() is State.CONFIGURED

    def test_silence_is_told_and_the_guest_stays(self) -> None:
        service = guest()
        service.do(service.session.step_up, EARLY)
        service.wait(120)
        assert service.errors == ["ConfigureTimeout"]
        assert service.session.sign_in.can_step_up

    def test_a_refused_message_meanwhile_is_not_taken_for_it(self) -> None:
        service = guest()
        service.say("Hello")
        message = service.frames[-1]
        service.do(service.session.step_up, EARLY)
        service.refuse(4011, frame=message)
        service.refuse(400)
        service.answer_step_up()
        service.say_signed_in()
        assert len(service.all(SignedIn)) == 1

    def test_only_where_the_deployment_allows_it(self) -> None:
        service = guest(allowSessionUpgrade=False)
        with pytest.raises(WishError, match="does not let a guest sign in"):
            service.do(service.session.step_up, EARLY)

    def test_only_in_a_configured_chat_and_once(self) -> None:
        service = Signed(None)
        with pytest.raises(WishError):
            service.do(service.session.step_up, EARLY)
        service = guest()
        service.do(service.session.step_up, EARLY)
        with pytest.raises(WishError):
            service.do(service.session.step_up, EARLY)

    def test_a_customer_of_another_window_signs_in(self) -> None:
        service = guest()
        service.hear_sample("server.connection_closed_event.signed_in")
        assert service.wants_close() == 1000
        assert service.state() is State.CLOSING

    def test_a_presence_without_our_asking_is_only_shown(self) -> None:
        service = guest()
        service.say_signed_in()
        assert service.all(SignedIn) == []


class TestDeploymentsThatWantCustomers:
    def test_a_guest_is_warned_before_anything_is_said(self) -> None:
        service = guest(allowSessionUpgrade=False)
        assert service.needs == [("SignInRequired", False)]
        assert service.state() is State.CONFIGURED

    def test_not_where_a_guest_may_sign_in_later_or_nobody_has_to(self) -> None:
        assert guest().needs == []
        assert guest(enabled=False, allowSessionUpgrade=False).needs == []

    def test_not_a_customer(self) -> None:
        service = Signed()
        service.dial()
        value = {"status": "Active", "auth": {"enabled": True}}
        service.do(service.session.deployment_read, parse_deployment(value), 0.1)
        assert service.needs == []

    def test_a_guest_whom_the_service_refuses(self) -> None:
        service = Signed(None)
        service.dial()
        service.refuse(401)
        assert service.needs == [("Unauthorized", False)]
        assert service.errors == ["Unauthorized!"]
        assert "Sign in" in service.last(ErrorRaised).error.hint


class TestLoggingOut:
    def test_the_service_closes_the_chat(self) -> None:
        service = signed_in()
        assert service.session.sign_in.can_log_out
        service.do(service.session.log_out)
        assert service.asked == [RevokeSignIn(key="revoke sign-in", jwt="jwt-1")]
        service.hear_sample("server.logout_event")
        service.do(service.session.sign_in.revoked)
        service.do(service.session.closed)
        assert "logged out" in service.ended.reason
        assert service.ended.error is None

    def test_a_service_that_says_nothing_is_left(self) -> None:
        service = signed_in()
        service.do(service.session.log_out)
        service.do(service.session.sign_in.revoked)
        assert not service.session.sign_in.can_log_out
        assert service.state() is State.CONFIGURED
        service.wait(5)
        assert service.state() is State.CLOSING
        service.do(service.session.closed)
        assert service.ended.reason == "The customer was logged out."

    def test_what_fails_is_told_and_the_chat_goes_on(self) -> None:
        service = signed_in()
        service.do(service.session.log_out)
        service.do(service.session.sign_in.not_revoked, ConnectionLostError())
        assert service.errors == ["ConnectionLost"]
        assert service.state() is State.CONFIGURED
        assert service.session.sign_in.can_log_out

    def test_a_guest_has_nothing_to_log_out_from(self) -> None:
        service = guest()
        with pytest.raises(WishError):
            service.do(service.session.log_out)

    def test_the_customer_logs_out_elsewhere(self) -> None:
        service = signed_in()
        service.hear_sample("server.logout_event")
        assert service.state() is State.CLOSING


def test_a_signed_in_session_does_not_become_a_guests() -> None:
    service = Signed(None)
    service.dial()
    service.hear_sample("server.string_error.4017_cannot_downgrade")
    error = service.ended.error
    assert error is not None
    assert error.name == "CannotDowngrade"
    assert "fresh session" in error.hint


def end_by(service: Service, how: str) -> None:
    """The ways in which a chat ends."""
    match how:
        case "leave":
            service.do(service.session.leave)
        case "4006" | "4007" | "4017":
            service.refuse(int(how))
        case _:
            service.hear_sample(how)


@pytest.mark.parametrize(
    ("how", "resumable"),
    [
        ("leave", True),
        ("4006", False),
        ("4007", False),
        ("4017", False),
        ("server.session_expired_event", False),
        ("server.session_cleared_event", False),
        ("server.logout_event", False),
        ("server.connection_closed_event.signed_in", False),
        ("server.connection_closed_event", True),
    ],
)
def test_a_token_is_worth_keeping_while_the_service_takes_it(how: str, resumable: bool) -> None:
    service = Service()
    seen = [service.session.resumable]
    service.configured()
    seen.append(service.session.resumable)
    end_by(service, how)
    assert [*seen, service.session.resumable] == [False, True, resumable]
