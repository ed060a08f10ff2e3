"""The way to the service: name, proxy, TCP, and who vouches for it."""

from __future__ import annotations

import asyncio
import ssl
import time
from datetime import UTC, datetime

from gcdesk.chat.doctor.check import Check, CheckStatus, failed, milliseconds, ok, skipped, warning
from gcdesk.chat.failures import connect_error, plain_detail
from gcdesk.chat.opener import Opener, Place
from gcdesk.chat.proxies import Proxy, proxy_for
from gcdesk.chat.tcp import resolve
from gcdesk.errors import GcdeskError
from gcdesk.phrase import Phrase

_SOON = 14
"""Days before its end that a certificate is mentioned."""

# Who signs for Genesys Cloud's hosts and for the great public clouds; anybody else is worth a look.
_PUBLIC_SIGNERS = (
    "amazon",
    "digicert",
    "globalsign",
    "let's encrypt",
    "google trust services",
    "sectigo",
    "entrust",
    "starfield",
    "godaddy",
    "microsoft",
    "buypass",
    "identrust",
    "isrg",
    "ssl.com",
    "cloudflare",
)


async def name_and_way(opener: Opener, place: Place, seconds: float) -> tuple[list[Check], bool]:
    """Look the name up, find the proxy, and reach the host over TCP; also tells whether there is a proxy."""
    checks: list[Check] = []
    try:
        proxy = await proxy_for(place.host, place.port, opener.find_proxy)
    except GcdeskError as error:
        return [failed("proxy", error)], True
    if proxy is None:
        checks.append(ok("proxy", Phrase("No proxy is in the way to {host}.", host=place.host)))
        checks.append(await _name(place, seconds))
    else:
        checks.append(
            ok(
                "proxy",
                Phrase("The way to {host} leads through the {proxy}.", host=place.host, proxy=proxy.label),
            )
        )
        checks.append(await _name_of_proxy(proxy, seconds))
    if checks[-1].status is not CheckStatus.FAILED:
        checks.append(await _tcp(opener, place, seconds, proxy))
    return checks, proxy is not None


async def _name(place: Place, seconds: float) -> Check:
    began = time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            addresses = await resolve(place.host, place.port)
    except (OSError, UnicodeError) as error:
        return failed("dns", connect_error(error, place.host, "looking up the name", seconds))
    count = len(addresses)
    shown = addresses[0][1][0]
    title = (
        Phrase("{host} is {address} and {more} more.", host=place.host, address=shown, more=count - 1)
        if count > 1
        else Phrase("{host} is {address}.", host=place.host, address=shown)
    )
    return ok("dns", title, milliseconds(time.monotonic() - began))


async def _name_of_proxy(proxy: Proxy, seconds: float) -> Check:
    found = await _name(Place(proxy.host, proxy.port, tls=False), seconds)
    if found.status is CheckStatus.FAILED:
        return found
    return ok(
        "dns",
        Phrase("The proxy's name is known; it looks up the rest. {why}", why=Phrase(found.title)),
        found.measured,
    )


async def _tcp(opener: Opener, place: Place, seconds: float, proxy: Proxy | None) -> Check:
    began = time.monotonic()
    try:
        channel = await opener.open_socket(place.url, seconds)
    except GcdeskError as error:
        return failed("tcp", error)
    channel.raw.close()
    title = (
        Phrase("{place} takes connections.", place=place.display)
        if proxy is None
        else Phrase("{place} takes connections through the {proxy}.", place=place.display, proxy=proxy.label)
    )
    return ok("tcp", title, milliseconds(time.monotonic() - began))


async def trust(opener: Opener, place: Place, seconds: float, now: datetime | None = None) -> list[Check]:
    """Secure a connection and say who vouches for the host, until when, and by which version of TLS."""
    if not place.tls:
        return [
            skipped(
                "tls", Phrase("{place} is on this computer, so nothing is encrypted.", place=place.display)
            )
        ]
    began = time.monotonic()
    try:
        stream = await opener.open_stream(place.url, seconds)
    except GcdeskError as error:
        return [failed("tls", error)]
    try:
        carrier = stream.writer.get_extra_info("ssl_object")
        certificate = carrier.getpeercert() if carrier is not None else None
        version = (carrier.version() or "") if carrier is not None else ""
    finally:
        await stream.abort()
    measured = f"{milliseconds(time.monotonic() - began)}, {version.replace('TLSv', 'TLS ')}"
    return judge(place, certificate or {}, measured, now or datetime.now(UTC))


def judge(place: Place, certificate: dict[str, object], measured: str, now: datetime) -> list[Check]:
    """What a verified certificate tells; it is as `ssl.SSLSocket.getpeercert` gives it."""
    signer = signer_of(certificate)
    checks = []
    if not signer:
        checks.append(
            ok(
                "tls",
                Phrase("The certificate of {host} is trusted by this computer.", host=place.host),
                measured,
            )
        )
    elif signer.lower().startswith(_PUBLIC_SIGNERS):
        checks.append(
            ok(
                "tls",
                Phrase("The certificate of {host} is signed by {signer}.", host=place.host, signer=signer),
                measured,
            )
        )
    else:
        checks.append(
            warning(
                "tls",
                Phrase(
                    "The certificate of {host} is signed by {signer}, which is no public authority known here: "
                    "a company proxy probably reads what passes.",
                    host=place.host,
                    signer=signer,
                ),
                Phrase(
                    "Chats work as long as this computer trusts it. If frames are cut or delayed, ask for an exception "
                    "for {host}.",
                    host=place.host,
                ),
                measured,
            )
        )
    days = _days_left(certificate, now)
    if days is not None and days < _SOON:
        checks.append(
            warning(
                "certificate",
                Phrase("The certificate of {host} ends in {days} days.", host=place.host, days=days),
                "Tell whoever runs the host, or check this computer's date.",
            )
        )
    return checks


def signer_of(certificate: dict[str, object]) -> str:
    """The organization that signed a certificate, else its common name; empty if it names neither."""
    names: dict[str, str] = {}
    issuer = certificate.get("issuer")
    for part in issuer if isinstance(issuer, tuple) else ():
        for pair in part:
            names.setdefault(str(pair[0]), str(pair[1]))
    return plain_detail(names.get("organizationName") or names.get("commonName") or "")


def _days_left(certificate: dict[str, object], now: datetime) -> int | None:
    until = certificate.get("notAfter")
    if not isinstance(until, str):
        return None
    try:
        return int((ssl.cert_time_to_seconds(until) - now.timestamp()) // 86400)
    except ValueError:
        return None
