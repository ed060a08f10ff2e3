"""The Platform API as a bare client sees it: tokens, permissions, rates, records that lag, and ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gcdesk.simulator.demo import DEMO_CLIENT_SECRET, DEMO_ORG_ID
from gcdesk.simulator.options import SimulatorError
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, chat, event_kinds
from .web_client import access_token, ask, base_of, platform

CONVERSATIONS = "/api/v2/conversations"
UNKNOWN = f"{CONVERSATIONS}/7e3d9a10-5b62-4c3f-a1d8-0c9be45f2d33"


async def test_from_a_message_to_participant_data(sample_frames: Path) -> None:
    sample = json.loads((sample_frames / "platform.conversation.json").read_text())
    details = json.loads((sample_frames / "platform.message_details.json").read_text())
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("agent", {"crmCustomerId": "0042"})
        echo = (await visitor.next())["body"]
        await visitor.until(lambda frame: "Lena" in frame["body"].get("text", ""))
        found = (await platform(simulator, f"{CONVERSATIONS}/messages/{echo['id']}/details")).json
        conversation = (await platform(simulator, f"{CONVERSATIONS}/{found['conversationId']}")).json
    assert set(found) <= set(details)
    assert (found["direction"], found["textBody"]) == ("inbound", "agent")
    assert set(sample) == set(conversation)
    assert [participant["purpose"] for participant in conversation["participants"]] == [
        participant["purpose"] for participant in sample["participants"]
    ]
    customer = conversation["participants"][0]
    assert set(customer) >= set(sample["participants"][0])
    assert customer["attributes"] == {"crmCustomerId": "0042"}
    assert customer["messages"][0]["state"] == "connected"


async def test_only_the_right_client_gets_a_token(sample_frames: Path) -> None:
    sample = json.loads((sample_frames / "platform.oauth_token_response.json").read_text())
    async with Simulator() as simulator:
        good = await access_token(simulator)
        wrong = await access_token(simulator, "another secret")
        other = await access_token(simulator, grant_type="password")
        bare = await ask(
            "POST", f"{base_of(simulator)}/oauth/token", data={"grant_type": "client_credentials"}
        )
        nobody = await ask("GET", f"{base_of(simulator)}/api/v2/organizations/me")
        entries = repr(simulator.record)
    assert good.status == 200
    assert set(good.json) == set(sample)
    assert [answer.status for answer in (wrong, other, bare, nobody)] == [401] * 4
    assert wrong.json["error"] == "invalid_client"
    assert DEMO_CLIENT_SECRET not in entries
    assert good.json["access_token"] not in entries


async def test_a_token_runs_out() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator:
        token = (await access_token(simulator)).json["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{base_of(simulator)}/api/v2/organizations/me"
        first = await ask("GET", url, headers=headers)
        clock.sleep(86_400)
        second = await ask("GET", url, headers=headers)
    assert (first.status, first.json["id"]) == (200, DEMO_ORG_ID)
    assert second.status == 401


@pytest.mark.parametrize("path", [UNKNOWN, f"{CONVERSATIONS}/messages/nobody/details"])
async def test_permission_decides_before_existence(path: str, sample_frames: Path) -> None:
    forbidden = json.loads((sample_frames / "platform.error_missing_permission.json").read_text())
    unknown = json.loads((sample_frames / "platform.error_not_found.json").read_text())
    async with Simulator() as simulator:
        assert (await platform(simulator, path)).json == unknown
    async with Simulator(SimulatorOptions(permissions=())) as simulator:
        answer = await platform(simulator, path)
        assert (await platform(simulator, "/api/v2/organizations/me")).status == 200
    assert answer.status == forbidden["status"]
    assert answer.json["code"] == forbidden["code"]
    assert set(answer.json) == set(forbidden)


async def test_three_hundred_calls_a_minute() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator:
        token = (await access_token(simulator)).json["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{base_of(simulator)}/api/v2/organizations/me"
        statuses = [(await ask("GET", url, headers=headers)).status for _ in range(300)]
        over = await ask("GET", url, headers=headers)
        clock.sleep(60)
        later = await ask("GET", url, headers=headers)
    assert set(statuses) == {200}
    assert over.status == 429
    assert 1 <= int(over.headers["Retry-After"]) <= 60
    assert later.status == 200


async def test_the_record_may_lag() -> None:
    clock = Clock()
    async with (
        Simulator(SimulatorOptions(clock=clock, record_delay=5.0)) as simulator,
        chat(simulator) as visitor,
    ):
        await visitor.say("hello")
        echo = (await visitor.next())["body"]
        path = f"{CONVERSATIONS}/messages/{echo['id']}/details"
        assert (await platform(simulator, path)).status == 404
        clock.sleep(5)
        assert (await platform(simulator, path)).status == 200
    with pytest.raises(SimulatorError):
        SimulatorOptions(record_delay=-1)


async def test_ending_a_conversation_is_told_to_the_guest() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("hello")
        await visitor.echo_and_reply()
        conversation_id = simulator.conversations[0].conversation_id
        path = f"{CONVERSATIONS}/{conversation_id}"
        assert (await platform(simulator, f"{path}/disconnect", "POST")).status == 202
        await visitor.until(lambda frame: "Disconnect" in event_kinds(frame))
        document = (await platform(simulator, path)).json
        assert (await platform(simulator, f"{UNKNOWN}/disconnect", "POST")).status == 404
    assert document["participants"][0]["messages"][0]["state"] == "disconnected"
    assert document["endTime"]


async def test_analytics_tell_how_the_flow_ended_and_no_attributes() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("hello", {"crmCustomerId": "0042"})
        await visitor.echo_and_reply()
        conversation_id = simulator.conversations[0].conversation_id
        path = f"/api/v2/analytics/conversations/{conversation_id}/details"
        before = (await platform(simulator, path)).json
        assert (
            await platform(simulator, f"{CONVERSATIONS}/{conversation_id}/disconnect", "POST")
        ).status == 202
        await visitor.until(lambda frame: "Disconnect" in event_kinds(frame))
        after = (await platform(simulator, path)).json
    assert "0042" not in json.dumps([before, after])
    assert before["participants"][1]["sessions"][0]["flow"]["outcomes"] == []
    flow = after["participants"][1]["sessions"][0]["flow"]
    assert (flow["flowName"], flow["exitReason"]) == ("Simulator flow", "DISCONNECT")
    assert flow["outcomes"][0]["flowOutcomeValue"] == "SUCCESS"
