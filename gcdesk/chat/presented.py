"""Which certificate a server shows that is not trusted, so that a person can tell who is in between.

The system's verification says only that it failed. A second handshake without verification is made to read the
certificate, and is cut off as soon as it is there: nothing is sent over it, and nothing that comes is used.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import gcdesk
from gcdesk.chat.tcp import released

if TYPE_CHECKING:
    from cryptography.x509 import Name

_LONGEST = 80


@dataclass(frozen=True)
class Presented:
    """A certificate as the server showed it: unverified words, safe to display, and dates in UTC."""

    issuer: str
    signed_itself: bool
    valid_from: datetime
    valid_until: datetime


async def presented_certificate(raw: socket.socket, host: str, seconds: float) -> Presented | None:
    """Read the certificate that a server shows, None if it cannot be had; takes the socket over and closes it.

    Args:
        raw: A connected socket that leads to the host.
        host: The host's name, as the first handshake gave it.
        seconds: How long it may take.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    # Only to look: what is shown here has just been refused, and no byte of a chat ever goes this way.
    context.verify_mode = ssl.CERT_NONE
    transport: asyncio.Transport | None = None
    try:
        async with asyncio.timeout(seconds):
            transport, _ = await asyncio.get_running_loop().create_connection(
                asyncio.Protocol, sock=raw, ssl=context, server_hostname=host
            )
        carrier = transport.get_extra_info("ssl_object")
        return read_certificate(carrier.getpeercert(binary_form=True) or b"")
    except (OSError, TimeoutError, ValueError):
        return None
    finally:
        if transport is not None:
            transport.abort()
        await released(raw)


def read_certificate(der: bytes) -> Presented | None:
    """What a certificate in DER says of itself; None if it is none."""
    # Takes a while to load, and only a refused certificate needs it.
    from cryptography.x509 import load_der_x509_certificate

    try:
        certificate = load_der_x509_certificate(der)
        return Presented(
            issuer=_words(certificate.issuer),
            signed_itself=certificate.issuer == certificate.subject,
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
        )
    except ValueError:
        return None


def clock_is_behind(now: datetime | None = None) -> bool:
    """Whether this computer's clock tells a time before gcdesk was put on it, which no right clock can."""
    with contextlib.suppress(OSError):
        written = datetime.fromtimestamp(Path(gcdesk.__file__).stat().st_mtime, UTC)
        return (now or datetime.now(UTC)) < written
    return False


def _words(name: Name) -> str:
    from cryptography.x509.oid import NameOID

    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME):
        for attribute in name.get_attributes_for_oid(kind):
            value = attribute.value if isinstance(attribute.value, str) else ""
            words = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
            if words:
                return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return "somebody without a name"
