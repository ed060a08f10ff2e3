"""What the simulator serves over plain HTTP, and whom it lets onto the guest socket."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from gcdesk.simulator import DEMO_DEPLOYMENT_ID
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, Place


@dataclass
class Answer:
    """An HTTP answer."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def _read(url: str) -> Answer:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


async def get(simulator: Simulator, path: str) -> Answer:
    base = simulator.url.removesuffix("/v1").replace("ws:", "http:")
    return await asyncio.to_thread(_read, base + path)


def document(deployment_id: str, name: str = "config.json") -> str:
    return f"/webdeployments/v1/deployments/{deployment_id}/{name}"


def shape(value: Any) -> Any:
    """Keys and types, without the values."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return type(value).__name__


async def test_the_config_has_the_shape_of_the_sample_and_points_here(sample_frames: Path) -> None:
    sample = json.loads((sample_frames / "rest.deployment_config.json").read_text())
    async with Simulator() as simulator:
        config = (await get(simulator, document(DEMO_DEPLOYMENT_ID))).json
    conversations = config["messenger"]["apps"]["conversations"]
    assert conversations["messagingEndpoint"] + "/v1" == simulator.url
    assert conversations["humanize"].pop("bot") == {"name": "Simulator bot"}
    assert shape(config) == shape(sample)
    assert (config["id"], config["status"]) == (DEMO_DEPLOYMENT_ID, "Active")
    assert config["messenger"]["fileUpload"]["enableAttachments"] is True


async def test_the_config_says_what_the_options_ask_for() -> None:
    options = SimulatorOptions(
        autostart=True,
        inactive=True,
        conversation_clear=False,
        conversation_disconnect="off",
        user_typing=False,
        session_seconds=900,
        uploads=False,
        sign_in="optional",
    )
    async with Simulator(options) as simulator:
        config = (await get(simulator, document(simulator.deployment_id))).json
    conversations = config["messenger"]["apps"]["conversations"]
    assert config["status"] == "Inactive"
    assert conversations["autoStart"]["enabled"] is True
    assert conversations["conversationClear"]["enabled"] is False
    assert conversations["conversationDisconnect"]["enabled"] is False
    assert conversations["showUserTypingIndicator"] is False
    assert conversations["sessionDurationSeconds"] == 900
    assert config["messenger"]["fileUpload"] == {"enableAttachments": False, "modes": []}
    assert config["auth"] == {"enabled": True, "allowSessionUpgrade": True}


async def test_the_config_says_which_files_and_that_signing_in_is_required() -> None:
    options = SimulatorOptions(upload_types=("image/*",), upload_kilobytes=100, sign_in="required")
    async with Simulator(options) as simulator:
        config = (await get(simulator, document(simulator.deployment_id))).json
    assert config["messenger"]["fileUpload"] == {
        "enableAttachments": True,
        "modes": [{"fileTypes": ["image/*"], "maxFileSizeKB": 100}],
    }
    assert config["auth"] == {"enabled": True, "allowSessionUpgrade": False}


async def test_the_domain_list_is_open_or_the_one_asked_for(sample_frames: Path) -> None:
    sample = json.loads((sample_frames / "rest.deployment_domains.json").read_text())
    async with Simulator() as simulator:
        domains = (await get(simulator, document(simulator.deployment_id, "domains.json"))).json
    assert domains == {"allowAllDomains": True, "allowedDomains": []}
    assert shape(domains) == shape(sample)
    async with Simulator(SimulatorOptions(allowed_domains=("example.com",))) as simulator:
        domains = (await get(simulator, document(simulator.deployment_id, "domains.json"))).json
    assert domains == {"allowAllDomains": False, "allowedDomains": ["example.com"]}


async def test_documents_of_an_unknown_deployment_are_forbidden_as_by_the_cdn() -> None:
    async with Simulator() as simulator:
        for name in ("config.json", "domains.json"):
            assert (await get(simulator, document(str(uuid.uuid4()), name))).status == 403
        read = await simulator.wait_for(lambda entry: entry.get("event") == "document read")
    assert (read["name"], read["status"]) == ("config.json", 403)


async def test_another_deployment_can_be_played() -> None:
    mine = str(uuid.uuid4())
    async with Simulator(SimulatorOptions(deployment_id=mine)) as simulator:
        assert (await get(simulator, document(mine))).status == 200
        assert (await get(simulator, document(DEMO_DEPLOYMENT_ID))).status == 403
        about = (await get(simulator, "/")).body.decode()
        assert mine not in repr(simulator.options)
    assert mine not in about
    assert mine[-4:] in about


async def test_the_front_page_says_that_this_is_not_genesys_cloud() -> None:
    async with Simulator() as simulator:
        page = await get(simulator, "/")
        missing = await get(simulator, "/api/v2/nothing")
    assert page.headers.get_content_type() == "text/plain"
    assert "not Genesys Cloud" in page.body.decode()
    assert simulator.url in page.body.decode()
    assert missing.status == 404


async def test_its_files_are_what_they_say() -> None:
    async with Simulator() as simulator:
        picture = await get(simulator, "/files/violet.png")
        note = await get(simulator, "/files/note.txt")
        missing = await get(simulator, "/files/..%2F..%2Fetc%2Fpasswd")
    assert picture.headers.get_content_type() == "image/png"
    assert picture.body.startswith(b"\x89PNG\r\n")
    assert "not a message from Genesys Cloud" in note.body.decode()
    assert missing.status == 404


async def handshake(place: Place, query: str, origin: str | None = None) -> tuple[int, str | None, str]:
    headers = {} if origin is None else {"Origin": origin}
    try:
        async with connect(f"{place.url}{query}", proxy=None, additional_headers=headers):
            return 101, None, ""
    except InvalidStatus as refused:
        response = refused.response
        return response.status_code, response.headers.get("Retry-After"), (response.body or b"").decode()


async def test_the_handshake_wants_the_right_deployment() -> None:
    async with Simulator() as simulator:
        for query in ("", "?deploymentId=", f"?deploymentId={uuid.uuid4()}"):
            assert await handshake(simulator, query) == (403, None, "Deployment not found")
        assert (await handshake(simulator, f"?deploymentId={DEMO_DEPLOYMENT_ID.upper()}"))[0] == 101
        refused = await simulator.wait_for(lambda entry: entry.get("event") == "refused")
    assert (refused["status"], refused["reason"]) == (403, "Deployment not found")


async def test_an_inactive_deployment_lets_nobody_in() -> None:
    async with Simulator(SimulatorOptions(inactive=True)) as simulator:
        status, _, body = await handshake(simulator, f"?deploymentId={DEMO_DEPLOYMENT_ID}")
    assert (status, body) == (403, "Deployment is inactive")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://example.com", 101),
        ("https://EXAMPLE.com:8443", 101),
        ("https://shop.example.com", 101),
        ("example.com", 101),
        ("https://notexample.com", 403),
        ("https://example.com.evil.test", 403),
        ("https://[", 403),
        (None, 403),
    ],
)
async def test_a_restricted_deployment_looks_at_the_origins_host(origin: str | None, status: int) -> None:
    async with Simulator(SimulatorOptions(allowed_domains=("Example.com",))) as simulator:
        assert (await handshake(simulator, f"?deploymentId={DEMO_DEPLOYMENT_ID}", origin))[0] == status


async def test_a_thousand_handshakes_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gcdesk.simulator.server.CONNECTIONS_PER_DEPLOYMENT", (2, 60.0))
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator:
        query = f"?deploymentId={DEMO_DEPLOYMENT_ID}"
        assert [(await handshake(simulator, query))[0] for _ in range(2)] == [101, 101]
        assert await handshake(simulator, query) == (429, "60", "Too many requests")
        clock.sleep(60)
        assert (await handshake(simulator, query))[0] == 101


async def test_a_plain_request_to_the_guest_socket_is_a_bad_request() -> None:
    async with Simulator() as simulator:
        answer = await get(simulator, f"/v1?deploymentId={DEMO_DEPLOYMENT_ID}")
    assert answer.status == 400
