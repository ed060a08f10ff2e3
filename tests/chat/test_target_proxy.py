"""A target's own proxy is the one that a whole chat takes, whatever the system says."""

from __future__ import annotations

import asyncio

import pytest

from gcdesk.chat.chat import Chat
from gcdesk.chat.opener import opener_for
from gcdesk.chat.proxies import finder
from gcdesk.chat.target import Target
from gcdesk.guest.events import DeploymentRead, SessionConfigured
from gcdesk.guest.regions import endpoint_for_url
from tests.chat.conftest import ServerContext
from tests.chat.proxy_servers import Passed, http_proxy
from tests.chat.servers import DEPLOYMENT_ID, PATIENCE, bare_server, guest_service


def target(proxy: str) -> Target:
    return Target(endpoint_for_url("wss://service.test/v1"), DEPLOYMENT_ID, proxy=proxy)


async def test_socket_and_documents_go_through_the_proxy_of_the_target(
    trusted: object, server_context: ServerContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with guest_service(context=server_context("service.test")) as service:
        passed = Passed(int(service.url.rsplit(":", 1)[1].partition("/")[0]))
        seen: set[type] = set()
        async with (
            asyncio.timeout(PATIENCE),
            bare_server(http_proxy(passed)) as port,
            Chat(target(f"http://127.0.0.1:{port}")) as chat,
        ):
            async for event in chat:
                seen.add(type(event))
                if {DeploymentRead, SessionConfigured} <= seen:
                    chat.leave()
    assert {DeploymentRead, SessionConfigured} <= seen
    assert set(passed.places) == {("service.test", 443)}
    assert len(passed.places) >= 2


def test_direct_is_direct_although_the_system_has_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert opener_for(target("direct")).find_proxy("service.test", 443) is None


@pytest.mark.parametrize("choice", ["", "system"])
def test_without_a_choice_it_is_the_systems(choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    found = finder(choice)("service.test", 443)
    assert found is not None
    assert found.label == "HTTP proxy proxy.example:3128"
