"""Asking a proxy for a way to a host: HTTP CONNECT (RFC 9110, section 9.3.6), SOCKS 4 and 5 (RFC 1928, RFC 1929).

Every function here takes a connected non-blocking socket, and leaves it as if it led straight to the host. All raise
ProxyError where the proxy says no or speaks something else, and OSError where the connection breaks.
"""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import Mapping

from gcdesk.chat.proxies import Proxy
from gcdesk.chat.tcp import connect_tcp, resolve
from gcdesk.errors import (
    ProxyError,
    ProxyPasswordNeededError,
    ProxyPasswordRefusedError,
    ProxySignInUnsupportedError,
)
from gcdesk.phrase import Phrase

_RULES_HINT = "Ask whoever runs the proxy to allow connections to this host."
_LATER_HINT = "Check the region or endpoint, and ask whoever runs the proxy whether it can reach it."
_NOT_A_PROXY_HINT = "Check the system's proxy settings: the address, the port and the kind of proxy."

_SOCKS5_REPLIES: Mapping[int, tuple[str, str]] = {
    1: ("The proxy failed to connect to {place}.", _LATER_HINT),
    2: ("The proxy does not allow connections to {place}.", _RULES_HINT),
    3: ("The proxy has no network that leads to {place}.", _LATER_HINT),
    4: ("The proxy cannot reach {place}.", _LATER_HINT),
    5: ("The proxy found nothing that answers at {place}.", _LATER_HINT),
    6: ("The proxy cannot reach {place}.", _LATER_HINT),
    7: ("The proxy does not connect to other hosts.", _NOT_A_PROXY_HINT),
    8: ("The proxy does not take this kind of address.", _NOT_A_PROXY_HINT),
}


async def connect_through(proxy: Proxy, host: str, port: int, user_agent: str) -> socket.socket:
    """A socket that leads through the proxy to the host.

    Args:
        proxy: The proxy.
        host: Where to.
        port: Where to.
        user_agent: The User-Agent header for an HTTP proxy.

    Raises:
        ProxyError: The proxy cannot be reached, refuses, or is none.
        OSError: The host's name cannot be looked up here for a proxy that does not do that itself.
    """
    try:
        to_proxy = await connect_tcp(await resolve(proxy.host, proxy.port))
    except (OSError, UnicodeError) as error:
        raise ProxyError(
            Phrase("The {proxy} cannot be reached.", proxy=proxy.label),
            "Check the system's proxy settings, and whether the proxy is running.",
            detail=str(error),
        ) from error
    try:
        if proxy.scheme == "http":
            await _http_connect(to_proxy, proxy, host, port, user_agent)
        elif proxy.scheme.startswith("socks5"):
            await _socks5(to_proxy, proxy, host, port)
        else:
            await _socks4(to_proxy, proxy, host, port)
    except ConnectionError as error:
        to_proxy.close()
        raise _hung_up(proxy) from error
    except BaseException:
        to_proxy.close()
        raise
    return to_proxy


async def _http_connect(to_proxy: socket.socket, proxy: Proxy, host: str, port: int, user_agent: str) -> None:
    # Only chats with a proxy need it.
    import h11

    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    headers = [("Host", place), ("User-Agent", user_agent)]
    if proxy.user:
        secret = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        headers.append(("Proxy-Authorization", f"Basic {secret}"))
    talk = h11.Connection(h11.CLIENT)
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(
        to_proxy, talk.send(h11.Request(method="CONNECT", target=place, headers=headers)) or b""
    )
    talk.send(h11.EndOfMessage())
    try:
        while not isinstance(event := talk.next_event(), h11.Response):
            if event is h11.NEED_DATA:
                heard = await loop.sock_recv(to_proxy, 4096)
                if not heard:
                    raise _hung_up(proxy)
                talk.receive_data(heard)
    except h11.RemoteProtocolError as error:
        raise _not_a_proxy(proxy) from error
    if not 200 <= event.status_code < 300:
        offers = [value.decode("latin-1") for name, value in event.headers if name == b"proxy-authenticate"]
        raise _http_refusal(event.status_code, host, offers, given=bool(proxy.user))
    if talk.trailing_data[0]:
        raise _not_a_proxy(proxy)


def _http_refusal(status: int, host: str, offers: list[str], *, given: bool) -> ProxyError:
    if status == 407:
        # Only a proxy that refuses needs it.
        from gcdesk.chat.proxy_sign_in import sign_in_refusal

        return sign_in_refusal(offers, given=given)
    if status in (401, 403):
        return ProxyError(
            Phrase("The proxy does not allow connections to {host} ({status}).", host=host, status=status),
            _RULES_HINT,
            code=status,
        )
    return ProxyError(
        Phrase("The proxy did not connect to {host} ({status}).", host=host, status=status),
        _LATER_HINT,
        code=status,
    )


async def _socks5(to_proxy: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    loop = asyncio.get_running_loop()
    methods = b"\x00\x02" if proxy.user else b"\x00"
    await loop.sock_sendall(to_proxy, bytes([5, len(methods)]) + methods)
    version, method = await _exactly(to_proxy, 2, proxy)
    if version != 5:
        raise _not_a_proxy(proxy)
    if method == 2 and proxy.user:
        await _socks5_password(to_proxy, proxy)
    elif method != 0:
        raise ProxySignInUnsupportedError if proxy.user else ProxyPasswordNeededError
    target = await _socks5_address(host, port, at_proxy=proxy.scheme == "socks5h")
    await loop.sock_sendall(to_proxy, b"\x05\x01\x00" + target + port.to_bytes(2, "big"))
    version, reply, _, kind = await _exactly(to_proxy, 4, proxy)
    if version != 5:
        raise _not_a_proxy(proxy)
    if reply != 0:
        title, hint = _SOCKS5_REPLIES.get(reply, _SOCKS5_REPLIES[1])
        raise ProxyError(title.format(place=host), hint, code=reply)
    # The address that follows is the proxy's own; it has to be read to get it out of the way.
    sizes = {1: 4, 4: 16}
    size = sizes[kind] if kind in sizes else (await _exactly(to_proxy, 1, proxy))[0]
    await _exactly(to_proxy, size + 2, proxy)


async def _socks5_password(to_proxy: socket.socket, proxy: Proxy) -> None:
    user, password = proxy.user.encode(), proxy.password.encode()
    if len(user) > 255 or len(password) > 255:
        raise ProxyError(
            "The proxy's user or password is too long for SOCKS.", "It may take up to 255 bytes."
        )
    request = bytes([1, len(user)]) + user + bytes([len(password)]) + password
    await asyncio.get_running_loop().sock_sendall(to_proxy, request)
    try:
        refused = (await _exactly(to_proxy, 2, proxy))[1] != 0
    except (ProxyError, ConnectionError):
        # Some proxies close the connection instead of saying no.
        refused = True
    if refused:
        raise ProxyPasswordRefusedError


async def _socks5_address(host: str, port: int, *, at_proxy: bool) -> bytes:
    if at_proxy and not _is_address(host):
        name = _ascii(host)
        return bytes([3, len(name)]) + name
    family, place = (await resolve(host, port))[0]
    kind = 1 if family == socket.AF_INET else 4
    return bytes([kind]) + socket.inet_pton(family, place[0].partition("%")[0])


async def _socks4(to_proxy: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    loop = asyncio.get_running_loop()
    head = b"\x04\x01" + port.to_bytes(2, "big")
    user = proxy.user.encode().replace(b"\0", b"") + b"\0"
    if proxy.scheme == "socks4a" and not _is_address(host):
        request = head + b"\0\0\0\1" + user + _ascii(host) + b"\0"
    else:
        addresses = await resolve(host, port, socket.AF_INET)
        if addresses[0][0] != socket.AF_INET:
            raise ProxyError(*_SOCKS5_REPLIES[8])
        request = head + socket.inet_aton(addresses[0][1][0]) + user
    await loop.sock_sendall(to_proxy, request)
    answer = await _exactly(to_proxy, 8, proxy)
    if answer[0] != 0:
        raise _not_a_proxy(proxy)
    if answer[1] != 90:
        raise ProxyError(
            Phrase("The proxy did not connect to {host}.", host=host), _LATER_HINT, code=answer[1]
        )


async def _exactly(to_proxy: socket.socket, size: int, proxy: Proxy) -> bytes:
    loop = asyncio.get_running_loop()
    got = b""
    while len(got) < size:
        more = await loop.sock_recv(to_proxy, size - len(got))
        if not more:
            raise _hung_up(proxy)
        got += more
    return got


def _is_address(host: str) -> bool:
    try:
        socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
    except OSError:
        return False
    return True


def _ascii(host: str) -> bytes:
    try:
        return host.encode("idna")
    except UnicodeError:
        raise ProxyError(
            Phrase("{host} is not a host name.", host=host), "Check the region or endpoint."
        ) from None


def _hung_up(proxy: Proxy) -> ProxyError:
    return ProxyError(
        Phrase("The {proxy} closed the connection without an answer.", proxy=proxy.label), _NOT_A_PROXY_HINT
    )


def _not_a_proxy(proxy: Proxy) -> ProxyError:
    return ProxyError(
        Phrase("What answers as {proxy} is not such a proxy.", proxy=proxy.label), _NOT_A_PROXY_HINT
    )
