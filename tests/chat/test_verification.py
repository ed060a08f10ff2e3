"""Asking until the participant data is there, and never calling anything proved that is not."""

from __future__ import annotations

import pytest

from gcdesk.chat.verification import Patience, Verification
from gcdesk.errors import PermissionMissingError, PlatformNotFoundError, WrongOrgError
from gcdesk.guest.arrival import Arrival, Cause
from gcdesk.guest.conversation import FlowEnd

from .platform_server import CONVERSATION, MESSAGE, ORG, PlatformServer
from .test_platform import Waits, client

SENT = {"crmCustomerId": "0042"}


async def test_a_record_that_lags_is_waited_for() -> None:
    waits = Waits()
    with PlatformServer() as server:
        server.unknown_for = 4
        async with client(server, waits) as platform:
            proof = await _verification(platform, waits).of_message(MESSAGE, SENT)
    assert proof.arrival is Arrival.ARRIVED
    assert proof.error is None
    assert proof.tries == 5
    assert waits.slept == pytest.approx([0.5, 0.8, 1.28, 2.048])
    assert proof.seconds == pytest.approx(sum(waits.slept))
    assert proof.conversation is not None
    assert proof.conversation.id == CONVERSATION


async def test_participant_data_that_comes_late_is_waited_for() -> None:
    waits = Waits()
    with PlatformServer() as server:
        server.data = {}
        original = server.answer

        def fill_in(*request: object) -> object:
            if len(server.asked) > 5:
                server.data = dict(SENT)
            return original(*request)  # type: ignore[arg-type]

        server.answer = fill_in  # type: ignore[method-assign, assignment]
        async with client(server, waits) as platform:
            proof = await _verification(platform, waits).of_conversation(CONVERSATION, SENT)
    assert proof.arrival is Arrival.ARRIVED
    assert proof.tries > 1


@pytest.mark.parametrize(
    ("data", "arrival", "cause"),
    [
        ({}, Arrival.MISSING, Cause.ABSENT),
        ({"CrmCustomerID": "0042"}, Arrival.DIFFERS, Cause.CASE),
        ({"context.crmCustomerId": "0042"}, Arrival.DIFFERS, Cause.PREFIX),
        ({"crmCustomerId": "42"}, Arrival.DIFFERS, Cause.VALUE),
    ],
)
async def test_what_did_not_arrive_is_said_after_the_whole_patience(
    data: dict[str, str], arrival: Arrival, cause: Cause
) -> None:
    waits = Waits()
    with PlatformServer() as server:
        server.data = data
        async with client(server, waits) as platform:
            proof = await _verification(platform, waits).of_message(MESSAGE, SENT)
    assert proof.arrival is arrival
    assert proof.verdict.findings[0].cause is cause
    assert 25 < proof.seconds <= 30


async def test_an_unknown_message_leaves_it_unproven() -> None:
    waits = Waits()
    with PlatformServer() as server:
        async with client(server, waits) as platform:
            proof = await _verification(platform, waits).of_message("nobody-knows", SENT)
    assert proof.arrival is Arrival.UNPROVEN
    assert isinstance(proof.error, PlatformNotFoundError)


async def test_a_missing_permission_leaves_it_unproven_at_once() -> None:
    waits = Waits()
    with PlatformServer() as server:
        server.overrides[f"/api/v2/conversations/{CONVERSATION}"] = lambda: (403, {"message": "[a:b:c]"}, {})
        async with client(server, waits) as platform:
            proof = await _verification(platform, waits).of_message(MESSAGE, SENT)
    assert proof.arrival is Arrival.UNPROVEN
    assert isinstance(proof.error, PermissionMissingError)
    assert waits.slept == []


async def test_a_conversation_without_a_customer_proves_nothing() -> None:
    waits = Waits()
    with PlatformServer() as server:
        empty = {"id": CONVERSATION, "participants": [{"purpose": "acd"}]}
        server.overrides[f"/api/v2/conversations/{CONVERSATION}"] = lambda: (200, empty, {})
        async with client(server, waits) as platform:
            proof = await _verification(platform, waits).of_conversation(CONVERSATION, SENT)
    assert proof.arrival is Arrival.UNPROVEN


async def test_the_org_of_the_credentials_has_to_be_the_environments() -> None:
    with PlatformServer() as server:
        async with client(server) as platform:
            verification = _verification(platform, Waits())
            assert (await verification.check_org(ORG.upper())).name == "Acme test"
            with pytest.raises(WrongOrgError, match="Acme test") as caught:
                await verification.check_org("11111111-2222-4333-8444-555555555555")
    assert ORG not in str(caught.value)


def _verification(platform: object, waits: Waits) -> Verification:
    return Verification(platform, Patience(), sleep=waits.sleep, monotonic=waits.monotonic)  # type: ignore[arg-type]


async def test_how_the_flow_ended_comes_along_where_it_may_be_read() -> None:
    waits = Waits()
    flow = {"flowName": "Support", "exitReason": "DISCONNECT", "outcomes": [{"flowOutcome": "Solved"}]}
    details = {"participants": [{"sessions": [{"flow": flow}]}]}
    with PlatformServer() as server:
        async with client(server, waits) as platform:
            without = await _verification(platform, waits).of_message(MESSAGE, SENT)
            server.overrides["/api/v2/analytics/"] = lambda: (403, {"message": "[a:b:c]"}, {})
            forbidden = await _verification(platform, waits).of_message(MESSAGE, SENT)
            server.overrides["/api/v2/analytics/"] = lambda: (200, details, {})
            known = await _verification(platform, waits).of_message(MESSAGE, SENT)
    assert [proof.arrival for proof in (without, forbidden, known)] == [Arrival.ARRIVED] * 3
    assert without.flow_ends == forbidden.flow_ends == ()
    assert known.flow_ends == (FlowEnd("Support", "DISCONNECT", (("Solved", ""),)),)
