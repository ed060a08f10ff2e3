"""Which proxy a connection takes."""

from __future__ import annotations

import urllib.request

import pytest

from gcdesk.chat.proxies import Proxy, is_this_machine, parse_proxy, proxy_for, system_proxy
from gcdesk.errors import ProxyError


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("http://proxy.test:3128", Proxy("http", "proxy.test", 3128)),
        ("http://proxy.test", Proxy("http", "proxy.test", 80)),
        ("proxy.test:3128", Proxy("http", "proxy.test", 3128)),
        ("proxy.test", Proxy("http", "proxy.test", 80)),
        ("http://me:p%40ss@proxy.test:1", Proxy("http", "proxy.test", 1, "me", "p@ss")),
        ("http://me@proxy.test:1", Proxy("http", "proxy.test", 1, "me", "")),
        ("HTTP://proxy.test:1/", Proxy("http", "proxy.test", 1)),
        ("http://[2001:db8::1]:3128", Proxy("http", "2001:db8::1", 3128)),
        ("socks5://proxy.test", Proxy("socks5", "proxy.test", 1080)),
        ("socks5h://proxy.test:9050", Proxy("socks5h", "proxy.test", 9050)),
        ("socks://proxy.test", Proxy("socks5h", "proxy.test", 1080)),
        ("socks4://proxy.test", Proxy("socks4", "proxy.test", 1080)),
        ("socks4a://proxy.test", Proxy("socks4a", "proxy.test", 1080)),
    ],
)
def test_addresses_that_can_be_used(address: str, proxy: Proxy) -> None:
    assert parse_proxy(address) == proxy


@pytest.mark.parametrize(
    "address",
    ["https://proxy.test", "ftp://proxy.test", "http://", "http://proxy.test:port", "http://[bad", ""],
)
def test_addresses_that_cannot_be_used_are_named(address: str) -> None:
    with pytest.raises(ProxyError) as caught:
        parse_proxy(address)
    assert caught.value.hint.startswith("Give an address such as http://")


def test_a_proxy_shows_its_place_and_never_its_password() -> None:
    proxy = parse_proxy("http://me:secret@[2001:db8::1]:3128")
    assert proxy.label == "HTTP proxy [2001:db8::1]:3128"
    assert parse_proxy("socks5h://me:secret@proxy.test").label == "SOCKS5 proxy proxy.test:1080"
    assert "secret" not in repr(proxy)
    assert "secret" not in proxy.label


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "WSS_PROXY", "SOCKS_PROXY"])
def test_the_environment_names_the_proxy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_proxy("host.test", 443) is None
    monkeypatch.setenv(name, "proxy.test:3128")
    scheme = "socks5h" if name == "SOCKS_PROXY" else "http"
    assert system_proxy("host.test", 443) == Proxy(scheme, "proxy.test", 3128)


def test_a_proxy_for_plain_http_is_not_for_secure_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "proxy.test:3128")
    assert system_proxy("host.test", 443) is None


@pytest.mark.parametrize("exceptions", ["host.test", ".test", "*", "other.test, host.test:443"])
def test_exceptions_go_straight(exceptions: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", exceptions)
    assert system_proxy("host.test", 443) is None


@pytest.mark.parametrize(
    ("settings", "proxy"),
    [
        # As macOS gives them.
        ({"socks": "http://proxy.test:1080"}, Proxy("socks5h", "proxy.test", 1080)),
        # As Windows gives them: its SOCKS is version 4, and comes under "https" too.
        (
            {"socks": "socks://proxy.test:1080", "https": "socks4://proxy.test:1080"},
            Proxy("socks4", "proxy.test", 1080),
        ),
        (
            {"http": "http://a.test:1", "https": "http://b.test:2", "ftp": "http://c.test:3"},
            Proxy("http", "b.test", 2),
        ),
        ({"https": "", "all": "socks5://a.test"}, Proxy("socks5", "a.test", 1080)),
    ],
)
def test_the_system_names_the_proxy(
    settings: dict[str, str], proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urllib.request, "getproxies", lambda: settings)
    monkeypatch.setattr(urllib.request, "proxy_bypass", lambda _host: False)
    assert system_proxy("host.test", 443) == proxy


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
async def test_this_machine_is_reached_straight(host: str) -> None:
    def unasked(_host: str, _port: int) -> Proxy | None:
        raise AssertionError("the settings were asked")

    assert is_this_machine(host)
    assert await proxy_for(host, 443, unasked) is None


@pytest.mark.parametrize("host", ["host.test", "128.0.0.1", "localhost.test", "2001:db8::1"])
async def test_other_machines_are_reached_as_the_settings_say(host: str) -> None:
    proxy = Proxy("http", "proxy.test", 3128)
    assert not is_this_machine(host)
    assert await proxy_for(host, 443, lambda _host, _port: proxy) == proxy
