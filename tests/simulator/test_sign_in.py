"""Signing in: the login page, the tokens, and sessions of customers who are known."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.simulator.customers import Customer, Customers, challenge_of
from gcdesk.simulator.options import SimulatorOptions
from gcdesk.simulator.server import Simulator

from .guest import Clock, chat, event_kinds, guest
from .web_client import (
    CALLBACK,
    CHALLENGE,
    VERIFIER,
    ask,
    authenticate,
    authorization,
    base_of,
    exchange_of,
    history,
    jwt_of,
    log_in,
    offer,
    revoke,
    signed_in,
    tokens,
)

EXCHANGE = "oauthcodegrantjwtexchange"
OPTIONAL = SimulatorOptions(sign_in="optional")
REQUIRED = SimulatorOptions(sign_in="required")


def test_the_challenge_is_the_one_of_the_standard() -> None:
    # The example of RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert challenge_of(VERIFIER) == CHALLENGE


async def test_the_login_page_asks_for_a_name_and_escapes_what_it_was_given() -> None:
    async with Simulator(OPTIONAL) as simulator:
        query = authorization(state='"><script>alert(1)</script>')
        page = await ask("GET", f"{base_of(simulator)}/login/authorize", params=query)
    text = page.body.decode()
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "script" not in text.replace("&lt;script&gt;", "").replace("&lt;/script&gt;", "")
    assert 'name="first_name"' in text
    assert "not Genesys Cloud" in text


async def test_the_form_leads_back_with_a_code_and_the_state() -> None:
    async with Simulator(OPTIONAL) as simulator:
        answer = await log_in(simulator)
        assert set(answer) == {"code", "state"}
        assert answer["state"] == "the state"
        kept = await log_in(simulator, redirect_uri="http://localhost:9/cb?a=b")
        assert (kept["a"], set(kept)) == ("b", {"a", "code", "state"})
        assert set(await log_in(simulator, state="")) == {"code"}


async def test_who_cancels_is_sent_back_with_an_error() -> None:
    async with Simulator(OPTIONAL) as simulator:
        form = {**authorization(), "answer": "no"}
        answer = await ask("POST", f"{base_of(simulator)}/login/authorize", data=form)
    location = urlsplit(answer.headers["Location"])
    assert parse_qs(location.query) == {"error": ["access_denied"], "state": ["the state"]}
    assert f"{location.scheme}://{location.netloc}{location.path}" == CALLBACK


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
async def test_a_name_is_needed(name: str) -> None:
    async with Simulator(OPTIONAL) as simulator:
        form = {**authorization(), "first_name": name, "answer": "yes"}
        answer = await ask("POST", f"{base_of(simulator)}/login/authorize", data=form)
    assert answer.status == 200
    assert b'class="problem"' in answer.body
    assert CHALLENGE.encode() in answer.body


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"client_id": ""}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
async def test_a_request_that_is_wrong_is_sent_back(change: dict[str, str], error: str) -> None:
    async with Simulator(OPTIONAL) as simulator:
        url = f"{base_of(simulator)}/login/authorize"
        asked = await ask("GET", url, params=authorization(**change))
        form = {**authorization(**change), "first_name": "Sam", "answer": "yes"}
        posted = await ask("POST", url, data=form)
    for answer in (asked, posted):
        assert answer.status == 303
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert (query["error"], query["state"]) == ([error], ["the state"])


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "",
        "http://example.com/cb",
        "ftp://127.0.0.1/",
        "javascript:alert(1)",
        "http://[/",
        f"{CALLBACK}#a",
        "https://a\r\nb",
    ],
)
async def test_an_untrusted_redirect_is_not_followed(redirect_uri: str) -> None:
    async with Simulator(OPTIONAL) as simulator:
        query = authorization(redirect_uri=redirect_uri)
        answer = await ask("GET", f"{base_of(simulator)}/login/authorize", params=query)
    assert answer.status == 400
    assert "Location" not in answer.headers


async def test_a_code_is_worth_a_jwt_once() -> None:
    async with Simulator(OPTIONAL) as simulator:
        body = exchange_of(simulator, (await log_in(simulator))["code"])
        answer = await tokens(simulator, EXCHANGE, body)
        assert (answer.status, set(answer.json)) == (200, {"jwt", "refreshToken"})
        again = await tokens(simulator, EXCHANGE, body)
        assert (again.status, again.json["code"]) == (401, "bad.credentials")


@pytest.mark.parametrize(
    "change", [{"codeVerifier": VERIFIER + "x"}, {"redirectUri": f"{CALLBACK}/other"}, {"code": "made up"}]
)
async def test_a_code_in_other_hands_is_worth_nothing(change: dict[str, str]) -> None:
    async with Simulator(OPTIONAL) as simulator:
        code = (await log_in(simulator))["code"]
        answer = await tokens(simulator, EXCHANGE, exchange_of(simulator, **{"code": code, **change}))
    assert answer.status == 401


async def test_a_nonce_may_be_said_again_but_no_other() -> None:
    async with Simulator(OPTIONAL) as simulator:
        for again, status in (({}, 200), ({"nonce": "n-1"}, 200), ({"nonce": "n-2"}, 401)):
            code = (await log_in(simulator, nonce="n-1"))["code"]
            answer = await tokens(simulator, EXCHANGE, exchange_of(simulator, code, **again))
            assert answer.status == status


async def test_a_code_is_good_for_a_minute() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(sign_in="optional", clock=clock)) as simulator:
        code = (await log_in(simulator))["code"]
        clock.sleep(60)
        assert (await tokens(simulator, EXCHANGE, exchange_of(simulator, code))).status == 401


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (EXCHANGE, {}, 400),
        (EXCHANGE, {"deploymentId": "d", "oauth": {"code": "c", "redirectUri": "r"}}, 400),
        (
            EXCHANGE,
            {"deploymentId": "d", "oauth": {"code": "c", "redirectUri": "r", "codeVerifier": "v"}},
            404,
        ),
        ("refresh", {}, 400),
        ("refresh", [], 400),
        ("refresh", {"refreshToken": 7}, 400),
        ("refresh", {"refreshToken": "made up"}, 401),
    ],
)
async def test_a_token_request_that_makes_no_sense(path: str, body: Any, status: int) -> None:
    async with Simulator(OPTIONAL) as simulator:
        answer = await tokens(simulator, path, body)
        url = f"{base_of(simulator)}/api/v2/webdeployments/token/{path}"
        for data in (b"not JSON", b"\xff"):
            assert (await ask("POST", url, data=data)).status == 400
    assert (answer.status, answer.json["status"]) == (status, status)


async def test_a_jwt_is_refreshed_until_its_customer_logs_out() -> None:
    clock = Clock()
    options = SimulatorOptions(sign_in="optional", sign_in_seconds=100, clock=clock)
    async with Simulator(options) as simulator, guest(simulator) as visitor:
        found = await signed_in(simulator)
        clock.sleep(100)
        assert (await authenticate(visitor, found["jwt"]))["code"] == 401
        refreshed = await tokens(simulator, "refresh", {"refreshToken": found["refreshToken"]})
        jwt = refreshed.json["jwt"]
        assert set(refreshed.json) == {"jwt"}
        assert (await authenticate(visitor, jwt))["class"] == "SessionResponse"
        assert (await revoke(simulator, found["jwt"])).status == 401
        assert (await revoke(simulator, jwt)).status == 204
        assert (await visitor.next())["class"] == "LogoutEvent"
        assert (await tokens(simulator, "refresh", {"refreshToken": found["refreshToken"]})).status == 401
        assert (await revoke(simulator, jwt)).status == 401
        async with guest(simulator) as fresh:
            refused = await authenticate(fresh, jwt)
            assert (refused["code"], refused["body"]) == (403, "Session authentication failed")


async def test_logging_out_reaches_every_connection_and_nobody_else() -> None:
    async with Simulator(OPTIONAL) as simulator:
        sam, ada = await signed_in(simulator), await signed_in(simulator, "Ada", "Byron")
        async with (
            guest(simulator) as first,
            guest(simulator, first.token) as second,
            guest(simulator) as other,
        ):
            for visitor in (first, second):
                assert (await authenticate(visitor, sam["jwt"]))["class"] == "SessionResponse"
            await authenticate(other, ada["jwt"])
            await revoke(simulator, sam["jwt"])
            for visitor in (first, second):
                event = await visitor.next()
                assert (event["type"], event["class"], event["body"]) == ("message", "LogoutEvent", {})
                await visitor.say("still there?")
                refused = await visitor.next()
                assert (refused["code"], refused["body"]) == (403, "Try to authenticate again")
            await other.say("hello")
            await other.echo_and_reply()
            assert (await authenticate(first, (await signed_in(simulator))["jwt"]))["body"][
                "newSession"
            ] is False
            await first.say("back again")
            await first.echo_and_reply()


async def test_a_signed_in_session_is_marked_and_resumed_by_its_owner_only() -> None:
    async with Simulator(REQUIRED) as simulator:
        sam, ada = await signed_in(simulator), await signed_in(simulator, "Ada")
        async with guest(simulator) as visitor:
            answer = await authenticate(visitor, sam["jwt"])
            assert (answer["body"]["newSession"], answer["body"]["clearedExistingSession"]) == (True, False)
            await visitor.say("hello")
            echo, _ = await visitor.echo_and_reply()
            assert echo["body"]["metadata"]["authenticated"] == "true"
            assert (await history(simulator, await jwt_of(visitor))).json["total"] == 2
        async with guest(simulator, visitor.token) as again:
            refused = await again.configure()
            assert (refused["code"], refused["body"]) == (4017, "cannot downgrade to unauthenticated")
            assert (await authenticate(again, ada["jwt"]))["body"] == "Session authentication failed"
            # The same person, signed in another time and typed another way.
            third = await signed_in(simulator, "SAM", "doe")
            assert (await authenticate(again, third["jwt"]))["body"]["newSession"] is False


async def test_where_signing_in_is_required_a_guest_may_come_in_but_not_speak() -> None:
    async with Simulator(REQUIRED) as simulator, chat(simulator) as visitor:
        tracing_id = await visitor.say("hello")
        refused = await visitor.next()
        assert (refused["code"], refused["body"]) == (403, "Try to authenticate again")
        assert refused["tracingId"] == tracing_id
        await visitor.send("onAttachment", **offer())
        assert (await visitor.next())["body"]["errorCode"] == 403
        assert (await authenticate(visitor, (await signed_in(simulator))["jwt"]))["code"] == 200
        await visitor.until(lambda frame: event_kinds(frame) == ["SignIn"])
        await visitor.say("hello")
        await visitor.echo_and_reply()


async def test_a_guest_steps_up_in_the_same_conversation() -> None:
    async with Simulator(OPTIONAL) as simulator, chat(simulator) as visitor:
        await visitor.say("hello", {"crmCustomerId": "CUST-1"})
        await visitor.echo_and_reply()
        async with chat(simulator, visitor.token) as second:
            answer = await authenticate(visitor, (await signed_in(simulator))["jwt"])
            assert (answer["body"]["newSession"], answer["body"]["connected"]) == (False, True)
            for connection in (visitor, second):
                event = await connection.next()
                assert (event["type"], event_kinds(event)) == ("message", ["SignIn"])
                assert event["body"]["direction"] == "Inbound"
                assert event["body"]["channel"]["from"] == {"firstName": "Sam", "lastName": "Doe"}
        await visitor.say("whoami")
        echo, reply = await visitor.echo_and_reply()
        assert echo["body"]["metadata"]["authenticated"] == "true"
        assert reply["body"]["text"] == "Your crmCustomerId is CUST-1."
        (conversation,) = simulator.conversations
        assert [entry.kind for entry in conversation.entries] == ["Text", "Text", "Event", "Text", "Text"]


async def test_signing_in_elsewhere_ends_the_customers_other_session() -> None:
    async with Simulator(OPTIONAL) as simulator:
        jwt = (await signed_in(simulator))["jwt"]
        async with guest(simulator) as first, guest(simulator) as second:
            await authenticate(first, jwt)
            answer = await authenticate(second, jwt)
            assert answer["body"]["clearedExistingSession"] is True
            closed = await first.next()
            assert (closed["class"], closed["body"]) == ("ConnectionClosedEvent", {"reason": "signedIn"})
            assert await first.closed() == 1000
        assert [each.ending for each in simulator.conversations] == ["signed in elsewhere", ""]


async def test_another_jwt_than_that_of_a_sign_in_is_not_enough() -> None:
    async with Simulator(OPTIONAL) as simulator, chat(simulator) as visitor:
        for jwt in ("", "a.b.c", await jwt_of(visitor)):
            refused = await authenticate(visitor, jwt)
            assert (refused["code"], refused["body"]) == (401, "User is unauthorized")
        assert (await revoke(simulator, await jwt_of(visitor))).status == 401
        assert (await history(simulator, (await signed_in(simulator))["jwt"])).status == 401


async def test_signing_in_can_be_off_altogether() -> None:
    async with Simulator() as simulator:
        page = await ask("GET", f"{base_of(simulator)}/login/authorize", params=authorization())
        assert page.status == 404
        assert (await tokens(simulator, EXCHANGE, exchange_of(simulator, "c"))).status == 403
        assert (await tokens(simulator, "refresh", {"refreshToken": "r"})).status == 403
        assert (await revoke(simulator, "j")).status == 401


async def test_no_secret_of_a_sign_in_is_in_the_record() -> None:
    async with Simulator(OPTIONAL) as simulator, guest(simulator) as visitor:
        code = (await log_in(simulator))["code"]
        found = (await tokens(simulator, EXCHANGE, exchange_of(simulator, code))).json
        await authenticate(visitor, found["jwt"])
        text = json.dumps(simulator.record)
        happened = [entry["event"] for entry in simulator.record if "event" in entry]
    for secret in (code, found["jwt"], found["refreshToken"], VERIFIER):
        assert secret not in text
    assert [each for each in happened if each.startswith("co")] == ["consent given", "code exchanged"]


@given(st.text(), st.text(), st.text())
def test_nothing_made_up_signs_anybody_in(code: str, verifier: str, token: str) -> None:
    customers = Customers()
    real = customers.consent(Customer("Sam", "Doe"), CALLBACK, CHALLENGE, 0.0)
    assert customers.exchange(code, CALLBACK, VERIFIER, 0.0) is None
    assert customers.exchange(real, CALLBACK, verifier.encode(errors="replace").decode(), 0.0) is None
    assert customers.by_refresh_token(token.encode(errors="replace").decode()) is None
