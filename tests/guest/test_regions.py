"""Regions, custom endpoints and the addresses made from them."""

from __future__ import annotations

import re
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.errors import EndpointError, EnvironmentInputError
from gcdesk.guest.regions import (
    REGIONS,
    check_uuid,
    endpoint_for_region,
    endpoint_for_url,
    is_genesys_cloud,
    looks_like_genesys,
    normalise_domain,
)

ID = "d1b10d8d-2b3e-4d6f-9f0a-1c2d3e4f5a6b"
CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_every_region_is_there_once() -> None:
    domains = [region.domain for region in REGIONS]
    assert len(domains) == len(set(domains)) == 18
    assert len({region.aws for region in REGIONS}) == len({region.snippet_name for region in REGIONS}) == 18
    assert {
        "mypurecloud.com",
        "mypurecloud.de",
        "mypurecloud.com.au",
        "usw2.pure.cloud",
        "mxc1.pure.cloud",
    } <= {*domains}
    assert all(region.domain in region.title and region.place in region.title for region in REGIONS)


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.domain)
def test_the_addresses_of_every_region(region: object) -> None:
    domain = getattr(region, "domain", "")
    endpoint = endpoint_for_region(domain)
    assert endpoint.websocket_url(ID, "gcdesk-1") == (
        f"wss://webmessaging.{domain}/v1?deploymentId={ID}&application=gcdesk-1"
    )
    documents = f"https://api-cdn.{domain}/webdeployments/v1/deployments/{ID}"
    assert endpoint.config_url(ID) == f"{documents}/config.json"
    assert endpoint.domains_url(ID) == f"{documents}/domains.json"
    assert endpoint.history_url == f"https://api.{domain}/api/v2/webmessaging/messages"
    assert endpoint.login_base == f"https://login.{domain}"
    assert endpoint.display == f"webmessaging.{domain}"
    assert endpoint.origin == f"webmessaging.{domain}"
    assert not endpoint.is_local
    assert is_genesys_cloud(endpoint.display)
    assert not looks_like_genesys(endpoint.display)


@pytest.mark.parametrize(
    "typed",
    [
        "mypurecloud.de",
        " MyPureCloud.DE ",
        "https://mypurecloud.de/",
        "https://apps.mypurecloud.de/directory/#/admin",
        "wss://webmessaging.mypurecloud.de/v1",
        "api.mypurecloud.de",
        "login.mypurecloud.de",
        "mypurecloud.de.",
    ],
)
def test_a_region_may_be_typed_or_pasted_in_many_ways(typed: str) -> None:
    assert normalise_domain(typed) == "mypurecloud.de"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "https://",
        "mypurecloud",
        "my purecloud.de",
        "mypurecloud.de:443",
        "a@mypurecloud.de",
        "-a.de",
        "a..de",
        "mypurecloud.de\nx.de",
        "mypurecloud.d\u0435",
        "x" * 300 + ".de",
        "mypurecloud.de?x",
        "\u043cypurecloud.de",
    ],
)
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(EndpointError) as caught:
        endpoint_for_region(typed)
    assert caught.value.hint


@pytest.mark.parametrize(
    "host",
    [
        "webmessaging.genesiscloud.com",
        "genesyscloud.com",
        "webchat.genesyscloud.com",
        "mypurecloud.evil.com",
        "mypurecloud.com.evil.com",
        "evilmypurecloud.com",
        "pure-cloud.com",
        "purecloud.de",
        "usw2.pure.cloud.evil.com",
    ],
)
def test_a_host_that_only_looks_like_genesys_cloud_is_refused_by_name(host: str) -> None:
    assert looks_like_genesys(host)
    assert not is_genesys_cloud(host)
    for make, typed in ((endpoint_for_region, host), (endpoint_for_url, f"wss://{host}/v1")):
        with pytest.raises(EndpointError, match="only looks like Genesys Cloud") as caught:
            make(typed)
        assert host.removeprefix("webmessaging.") in caught.value.title


def test_another_domain_is_taken_as_it_is() -> None:
    assert endpoint_for_region("new1.pure.cloud").display == "webmessaging.new1.pure.cloud"
    assert endpoint_for_region("messaging.example.com").display == "webmessaging.messaging.example.com"


@pytest.mark.parametrize(
    ("url", "web_socket", "web"),
    [
        ("ws://127.0.0.1:8765/v1", "ws://127.0.0.1:8765/v1", "http://127.0.0.1:8765"),
        ("ws://127.0.0.1:8765", "ws://127.0.0.1:8765/v1", "http://127.0.0.1:8765"),
        (" ws://localhost:8765/ ", "ws://localhost:8765/v1", "http://localhost:8765"),
        ("WS://LOCALHOST:8765/v1", "ws://localhost:8765/v1", "http://localhost:8765"),
        ("ws://127.8.9.1/v2", "ws://127.8.9.1/v2", "http://127.8.9.1"),
        ("ws://[::1]:80/v1", "ws://[::1]:80/v1", "http://[::1]:80"),
        ("wss://localhost:1/v1", "wss://localhost:1/v1", "https://localhost:1"),
    ],
)
def test_endpoints_on_this_machine(url: str, web_socket: str, web: str) -> None:
    endpoint = endpoint_for_url(url)
    assert endpoint.web_socket == web_socket
    assert endpoint.config_url(ID) == f"{web}/webdeployments/v1/deployments/{ID}/config.json"
    assert endpoint.api_base == endpoint.login_base == web
    assert endpoint.is_local


def test_endpoints_elsewhere_are_private() -> None:
    endpoint = endpoint_for_url("wss://staging.example.com:8443/guest")
    assert endpoint.web_socket == "wss://staging.example.com:8443/guest"
    assert endpoint.display == "staging.example.com:8443"
    assert endpoint.history_url == "https://staging.example.com:8443/api/v2/webmessaging/messages"
    assert not endpoint.is_local


@pytest.mark.parametrize(
    "url",
    [
        "",
        "staging.example.com",
        "http://127.0.0.1:1",
        "https://example.com",
        "wss://",
        "wss:///v1",
        "ws://",
        "ws://example.com/v1",
        "ws://10.0.0.1/v1",
        "ws://0.0.0.0/v1",
        "ws://128.0.0.1",
        "ws://localhost.evil.com",
        "ws://127.0.0.1.evil.com",
        "ws://[::2]/v1",
        "ws://[fe80::1]/v1",
        "ws://127.1/v1",
        "ws://2130706433/v1",
        "wss://user@example.com",
        "wss://user:secret@example.com",
        "wss://@example.com",
        "wss://example.com/v1#a",
        "wss://example.com/v1?deploymentId=x",
        "wss://example.com:99999",
        "wss://example.com:x",
        "wss://[zz]/v1",
        "wss://exa mple.com",
        "wss://exam\nple.com",
        "wss://exam\tple.com",
        "wss://exa%20mple.com",
        "wss://a\\b.com",
        "wss://a..b",
        "wss://-a.com",
        "wss://" + "a" * 300,
        "wss://example.com/\x00",
        "wss://exa<mple.com",
    ],
)
def test_other_endpoints_are_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(EndpointError) as caught:
        endpoint_for_url(url)
    assert caught.value.hint.endswith(".")


@given(st.text(max_size=30) | st.from_regex(r"wss?://[a-z@:\[\]./?#%0-9-]{0,30}", fullmatch=True))
def test_any_text_is_an_endpoint_or_refused(text: str) -> None:
    try:
        endpoint = endpoint_for_url(text)
    except EndpointError:
        return
    parts = urlsplit(endpoint.websocket_url(ID, "gcdesk"))
    assert parts.scheme in ("ws", "wss")
    assert parts.scheme == "wss" or endpoint.is_local
    assert parse_qs(parts.query) == {"deploymentId": [ID], "application": ["gcdesk"]}
    assert parts.hostname
    assert parts.username is None


def test_the_origin_can_be_set_for_a_restricted_deployment() -> None:
    assert endpoint_for_region("mypurecloud.de", "https://shop.example").origin == "https://shop.example"
    assert endpoint_for_url("ws://localhost:1", "https://shop.example").origin == "https://shop.example"
    assert endpoint_for_url("ws://localhost:1").origin == "http://localhost:1"


def test_ids_and_names_are_quoted_in_addresses() -> None:
    endpoint = endpoint_for_region("mypurecloud.de")
    url = endpoint.websocket_url("a/b&c=d", "gc desk&x")
    assert parse_qs(urlsplit(url).query) == {"deploymentId": ["a/b&c=d"], "application": ["gc desk&x"]}
    assert "/a%2Fb%3Fc/config.json" in endpoint.config_url("a/b?c")


@given(st.uuids())
def test_an_id_is_taken_in_every_usual_form(value: uuid.UUID) -> None:
    plain = str(value)
    for typed in (plain, plain.upper(), f" {plain}\n", f"{{{plain}}}", f"{{ {plain} }}"):
        assert check_uuid(typed, "deployment ID") == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        (" {} ", "is empty"),
        ("deployment", "is not a UUID"),
        (ID[:-1], "is not a UUID"),
        (ID + "0", "is not a UUID"),
        (ID.replace("-", ""), "is not a UUID"),
        (ID.replace("d1b", "g1b"), "is not a UUID"),
        ("0x" + ID[2:], "is not a UUID"),
        (ID[:4] + "_" + ID[5:], "is not a UUID"),
        ("d1b10d8d-2b3e4-d6f-9f0a-1c2d3e4f5a6b", "is not a UUID"),
        ("٠" + ID[1:], "is not a UUID"),
    ],
)
def test_what_is_no_id_is_refused_by_its_name(text: str, words: str) -> None:
    with pytest.raises(EnvironmentInputError, match=f"The deployment ID {words}"):
        check_uuid(text, "deployment ID")


@given(st.text(max_size=40) | st.text("0123456789abcdefABCDEF-_{} x", min_size=30, max_size=44))
def test_any_text_is_an_id_or_refused(text: str) -> None:
    try:
        found = check_uuid(text, "org ID")
    except EnvironmentInputError:
        return
    assert CANONICAL.fullmatch(found)
    assert found in text.lower()
