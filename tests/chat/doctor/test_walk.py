"""The whole walk, against the simulator and others: each failure leads to its own diagnosis."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest
import trustme

from gcdesk.chat.doctor import deployment
from gcdesk.chat.doctor.check import Check, CheckStatus
from gcdesk.chat.doctor.walk import Patient, walk, worst
from gcdesk.chat.opener import Opener
from gcdesk.chat.proxies import Proxy
from gcdesk.chat.target import Target
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.limits import Limits
from gcdesk.guest.regions import Endpoint, endpoint_for_url
from gcdesk.simulator import Simulator, SimulatorOptions
from tests.chat.conftest import ServerContext
from tests.chat.platform_server import CLIENT, ORG, PlatformServer
from tests.chat.proxy_servers import Passed, http_proxy
from tests.chat.servers import bare_server, guest_service, silent

IMPATIENT = Limits(configure_timeout=0.3, open_timeout=2.0)
STRANGER = "99999999-2222-4333-8444-555555555555"


async def examined(target: Target, opener: Opener | None = None, **more: object) -> dict[str, Check]:
    patient = Patient(target, limits=IMPATIENT, seconds=5.0)
    patient = dataclasses.replace(patient, **more)  # type: ignore[arg-type]
    checks = [check async for check in walk(patient, opener)]
    for check in checks:
        assert check.title.endswith("."), check
        assert not check.hint or check.hint.endswith("."), check
        assert check.hint or check.status in (CheckStatus.OK, CheckStatus.SKIPPED), check
        for secret in (target.deployment_id, CLIENT[1]):
            assert secret not in repr(check)
    assert len({check.name for check in checks}) == len(checks)
    return {check.name: check for check in checks}


async def simulated(deployment_id: str = "", origin: str = "", **options: object) -> dict[str, Check]:
    async with Simulator(SimulatorOptions(**options)) as simulator:  # type: ignore[arg-type]
        target = Target(
            endpoint_for_url(simulator.url), deployment_id or simulator.deployment_id, origin=origin
        )
        found = await examined(target)
        assert not simulator.conversations or not any(
            conversation.participant_data for conversation in simulator.conversations
        )
    return found


def failures(found: dict[str, Check]) -> list[str]:
    return [name for name, check in found.items() if check.status is CheckStatus.FAILED]


async def test_all_is_well() -> None:
    found = await simulated(autostart=True)
    assert not failures(found)
    assert worst(list(found.values())) is CheckStatus.OK
    assert {"proxy", "dns", "tcp", "clock", "deployment", "domains", "handshake", "configure", "echo"} <= set(
        found
    )
    assert found["token"].status is CheckStatus.SKIPPED
    assert "joined at once" in found["autostart"].title


async def test_a_wrong_deployment_id() -> None:
    found = await simulated(deployment_id=STRANGER)
    assert failures(found) == ["deployment", "handshake"]
    assert "No deployment has this ID here" in found["deployment"].title
    assert "deployment ID and the region" in found["handshake"].hint


async def test_a_wrong_region_names_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        Simulator(SimulatorOptions(deployment_id=STRANGER)) as wrong,
        Simulator(SimulatorOptions()) as right,
    ):
        # Two regions that live on this computer; no other is there.
        places = {"mypurecloud.de": wrong.url, "mypurecloud.ie": right.url}

        def endpoint(domain: str, _origin: str | None = None) -> Endpoint:
            return endpoint_for_url(places.get(domain, "ws://127.0.0.1:9/v1"))

        monkeypatch.setattr(deployment, "endpoint_for_region", endpoint)
        found = await examined(Target(endpoint_for_url(wrong.url), right.deployment_id))
    assert found["deployment"].status is CheckStatus.FAILED
    assert "but mypurecloud.ie does" in found["deployment"].title
    assert found["deployment"].hint == "Change the environment's region to mypurecloud.ie."


async def test_an_inactive_deployment_is_not_even_tried() -> None:
    found = await simulated(inactive=True)
    assert failures(found) == ["deployment"]
    assert found["handshake"].status is CheckStatus.SKIPPED
    assert "configure" not in found


async def test_a_restricted_domain_names_what_is_allowed() -> None:
    found = await simulated(allowed_domains=("shop.example",))
    assert failures(found) == ["domains", "handshake"]
    assert "shop.example" in found["domains"].hint
    assert "shop.example" in found["handshake"].hint


@pytest.mark.parametrize("origin", ["https://shop.example", "www.shop.example", "HTTPS://SHOP.EXAMPLE:8443"])
async def test_an_allowed_origin(origin: str) -> None:
    found = await simulated(allowed_domains=("shop.example",), origin=origin)
    assert not failures(found)


async def test_silence_after_the_handshake() -> None:
    async with guest_service(silent, document={"status": "Active"}) as service:
        found = await examined(service.target)
    assert failures(found) == ["configure"]
    assert "not configured in time" in found["configure"].title


@pytest.mark.parametrize(
    ("fault", "name", "said"),
    [
        ("refuse-429", "handshake", "Too many connections"),
        ("refuse-503", "handshake", "not available"),
        ("refuse-401", "handshake", "sign-in"),
        ("400-configure", "configure", "did not accept the session"),
        ("403-configure", "configure", "do not allow"),
        ("500-configure", "configure", "500"),
    ],
)
async def test_refusals_keep_their_own_names(fault: str, name: str, said: str) -> None:
    found = await simulated(faults=(fault,))
    assert name in failures(found)
    assert said in found[name].title


async def test_settings_that_stand_in_the_way_are_warnings() -> None:
    document = {
        "status": "Active",
        "messenger": {"enabled": False, "apps": {"conversations": {"enabled": False}}},
        "auth": {"enabled": True},
    }
    async with guest_service(document=document) as service:
        found = await examined(service.target)
    warned = {name for name, check in found.items() if check.status is CheckStatus.WARNING}
    assert {"messenger", "conversations", "sign-in", "clear"} <= warned
    assert worst(list(found.values())) in (CheckStatus.WARNING, CheckStatus.FAILED)


async def test_nothing_listens() -> None:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    found = await examined(Target(endpoint_for_url(f"ws://127.0.0.1:{port}/v1"), STRANGER))
    assert failures(found) == ["tcp"]
    assert found["rest"].status is CheckStatus.SKIPPED
    assert "handshake" not in found


async def test_a_sign_in_page_that_answers_in_the_services_place() -> None:
    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = b"<html>Welcome to the hotel</html>"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with bare_server(page) as port:
        found = await examined(Target(endpoint_for_url(f"ws://127.0.0.1:{port}/v1"), STRANGER))
    assert "deployment" in failures(found)
    assert "sign-in page" in found["deployment"].hint
    assert "handshake" in failures(found)


async def test_a_firewall_that_lets_pages_through_but_not_websockets() -> None:
    async def no_upgrade(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"Upgrade: websocket" not in head:
            body = b'{"status": "Active", "allowAllDomains": true}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
        writer.close()

    async with bare_server(no_upgrade) as port:
        found = await examined(Target(endpoint_for_url(f"ws://127.0.0.1:{port}/v1"), STRANGER))
    assert failures(found) == ["handshake"]
    assert "documents can be read, but the WebSocket does not open" in found["handshake"].title


@pytest.mark.expected_logs
async def test_a_proxy_that_lets_pages_through_but_not_websockets(
    trusted: trustme.CA, server_context: ServerContext
) -> None:
    async def no_upgrade(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"Upgrade: websocket" not in head:
            body = b'{"status": "Active", "allowAllDomains": true}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
        writer.close()

    async with bare_server(no_upgrade, server_context("chat.example.net")) as inside:
        passed = Passed(inside)
        async with bare_server(http_proxy(passed)) as port:
            opener = Opener(lambda _host, _port: Proxy("http", "127.0.0.1", port))
            found = await examined(Target(endpoint_for_url("wss://chat.example.net/v1"), STRANGER), opener)
    assert failures(found) == ["handshake"]
    assert found["handshake"].title == "The proxy lets web pages through, but not WebSockets."
    assert "Ask for WebSockets to be allowed" in found["handshake"].hint
    assert passed.places, "everything went through the proxy"


async def test_a_proxy_that_cannot_be_reached_stops_the_walk() -> None:
    opener = Opener(lambda _host, _port: Proxy("http", "127.0.0.1", 9, "user", "hidden-password"))
    target = Target(endpoint_for_url("wss://messages.example.net/v1"), STRANGER)
    found = await examined(target, opener)
    assert failures(found) == ["tcp"]
    assert "HTTP proxy 127.0.0.1:9" in found["proxy"].title
    assert "hidden-password" not in repr(found)


@pytest.mark.parametrize(
    ("org", "status"),
    [(ORG, CheckStatus.OK), ("", CheckStatus.WARNING), (STRANGER, CheckStatus.FAILED)],
)
async def test_the_platform_api_and_its_org(org: str, status: CheckStatus) -> None:
    with PlatformServer() as server:
        target = Target(server.endpoint, STRANGER)
        found = await examined(target, org_id=org, credentials=Credentials(*CLIENT))
    assert found["token"].status is CheckStatus.OK
    assert found["org"].status is status
    assert found["permissions"].status is CheckStatus.OK


async def test_missing_permissions_are_named() -> None:
    with PlatformServer() as server:
        server.overrides["/api/v2/conversations/"] = lambda: (403, {"message": "[a:b:c]"}, {})
        target = Target(server.endpoint, STRANGER)
        found = await examined(target, org_id=ORG, credentials=Credentials(*CLIENT))
    assert found["permissions"].status is CheckStatus.FAILED
    assert "conversation:webmessaging:view" in found["permissions"].title
    assert "conversation:communication:view" in found["permissions"].title


async def test_wrong_credentials() -> None:
    with PlatformServer() as server:
        found = await examined(
            Target(server.endpoint, STRANGER), credentials=Credentials("x", CLIENT[1] + "no")
        )
    assert found["token"].status is CheckStatus.FAILED
    assert "org" not in found
