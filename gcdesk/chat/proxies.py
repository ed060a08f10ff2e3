"""Which proxy a connection takes: what the operating system or the environment says, and none on this machine."""

from __future__ import annotations

import ipaddress
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from gcdesk.chat.off_loop import off_loop
from gcdesk.errors import ProxyError
from gcdesk.phrase import Phrase

_KINDS: Mapping[str, tuple[str, int]] = {
    "http": ("HTTP", 80),
    "socks4": ("SOCKS4", 1080),
    "socks4a": ("SOCKS4", 1080),
    "socks5": ("SOCKS5", 1080),
    "socks5h": ("SOCKS5", 1080),
}

# The deployment's configuration takes the same way as the WebSocket, so that one of the two cannot work where the
# other fails. Windows' own kind of SOCKS comes under "https", which is why that is asked before "socks".
_ORDER = ("wss", "https", "socks", "all")


@dataclass(frozen=True)
class Proxy:
    """A proxy.

    Args:
        scheme: http, socks4, socks4a, socks5 or socks5h; the ones with a letter look names up at the proxy.
        host: Its host.
        port: Its port.
        user: The user name, empty if it asks for none.
        password: The password.
    """

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """Its host and port, as an address has them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def label(self) -> Phrase:
        """What people are shown: the kind and the place, never the password."""
        return Phrase("{kind} proxy {place}", kind=_KINDS[self.scheme][0], place=self.place)


FindProxy = Callable[[str, int], "Proxy | None"]
"""Tells which proxy leads to a host and port; may block."""


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine, which no proxy could reach."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_proxy(address: str) -> Proxy:
    """Read a proxy's address, with or without a scheme and credentials.

    Raises:
        ProxyError: It cannot be used.
    """
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port
    except ValueError:
        raise _unusable("The proxy's address is not an address.") from None
    scheme = _scheme(parts)
    if not parts.hostname:
        raise _unusable("The proxy's address names no host.")
    return Proxy(
        scheme=scheme,
        host=parts.hostname,
        port=port or _KINDS[scheme][1],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _scheme(parts: SplitResult) -> str:
    # Systems write SOCKS in their own ways, and mean that the proxy looks the names up, as browsers do.
    scheme = "socks5h" if parts.scheme in ("socks", "socks5h") else parts.scheme
    if scheme == "https":
        raise _unusable(
            Phrase("The proxy {host} wants TLS to itself, which gcdesk cannot do.", host=parts.hostname or "")
        )
    if scheme not in _KINDS:
        raise _unusable(Phrase("gcdesk cannot use a proxy of the kind “{scheme}”.", scheme=parts.scheme))
    return scheme


def _unusable(title: str) -> ProxyError:
    return ProxyError(
        title, "Give an address such as http://proxy.example:3128 or socks5h://proxy.example:1080."
    )


def system_proxy(host: str, port: int) -> Proxy | None:
    """The proxy that the system settings name for a secure connection to a host, None for a direct one.

    Blocks: on Windows and macOS the exceptions are matched against looked-up addresses. Raises like `parse_proxy`.
    """
    settings = urllib.request.getproxies()
    if not any(settings.get(scheme) for scheme in _ORDER) or urllib.request.proxy_bypass(f"{host}:{port}"):
        return None
    scheme = next(scheme for scheme in _ORDER if settings.get(scheme))
    address = settings[scheme]
    if scheme == "socks" and "socks" not in address.partition("://")[0]:
        address = f"socks5h://{address.rpartition('://')[2]}"
    return parse_proxy(address)


def finder(choice: str) -> FindProxy:
    """What finds the proxy a person chose.

    Args:
        choice: "direct" for none, a proxy's address, or "system" or nothing for what the system settings say.
    """
    if choice in ("", "system"):
        return system_proxy
    if choice == "direct":
        return lambda _host, _port: None
    return lambda _host, _port: parse_proxy(choice)


async def proxy_for(host: str, port: int, find: FindProxy) -> Proxy | None:
    """The proxy that leads to a host, None for a direct way. Raises like `parse_proxy`."""
    if is_this_machine(host):
        return None
    return await off_loop(lambda: find(host, port), "gcdesk proxy lookup")
