"""A certificate that is not trusted is read without a fall, whatever it holds, and its words are safe to show."""

from __future__ import annotations

import asyncio
import os
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from websockets.http11 import Response

import gcdesk
from gcdesk.chat.failures import tls_error
from gcdesk.chat.opener import Opener
from gcdesk.chat.presented import clock_is_behind, presented_certificate, read_certificate
from gcdesk.errors import TlsError
from gcdesk.guest.limits import Limits
from tests.chat.conftest import ServerContext
from tests.chat.servers import bare_server, guest_service, never

KEY = ec.generate_private_key(ec.SECP256R1())
FROM = datetime(2026, 5, 1, tzinfo=UTC)
UNTIL = datetime(2026, 6, 1, tzinfo=UTC)


def certificate(*names: tuple[x509.ObjectIdentifier, str], subject: str = "service.test") -> bytes:
    """A certificate in DER, signed by whoever is named."""
    builder = x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(*name) for name in names]),
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]),
        public_key=KEY.public_key(),
        serial_number=1,
        not_valid_before=FROM,
        not_valid_after=UNTIL,
    )
    return builder.sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER)


def issuer(*names: tuple[x509.ObjectIdentifier, str]) -> str:
    presented = read_certificate(certificate(*names))
    assert presented is not None
    return presented.issuer


def test_the_names_of_who_signed_it() -> None:
    assert (
        issuer((NameOID.ORGANIZATION_NAME, "Acme Ltd"), (NameOID.COMMON_NAME, "Acme Proxy CA"))
        == "Acme Proxy CA"
    )
    assert issuer((NameOID.ORGANIZATION_NAME, "Acme Ltd")) == "Acme Ltd"
    assert issuer((NameOID.ORGANIZATIONAL_UNIT_NAME, "Network")) == "Network"
    assert issuer() == "somebody without a name"
    assert issuer((NameOID.COMMON_NAME, " \u202e\x07 ")) == "somebody without a name"


@given(st.text(min_size=1, max_size=64))
def test_any_name_is_one_short_printable_line(name: str) -> None:
    try:
        der = certificate((NameOID.COMMON_NAME, name))
    except (ValueError, UnicodeEncodeError):
        return
    presented = read_certificate(der)
    assert presented is not None
    assert presented.issuer.isprintable()
    assert 0 < len(presented.issuer) <= 80


def test_dates_and_a_certificate_that_signed_itself() -> None:
    presented = read_certificate(certificate((NameOID.COMMON_NAME, "service.test")))
    assert presented is not None
    assert (presented.valid_from, presented.valid_until) == (FROM, UNTIL)
    assert presented.signed_itself
    error = ssl.SSLCertVerificationError("x")
    error.verify_code = 18
    assert "signed by nobody but itself" in tls_error(error, "service.test", presented).title


@given(st.binary(max_size=300))
def test_what_is_no_certificate_is_none(der: bytes) -> None:
    assert read_certificate(der) is None


def test_a_certificate_cut_anywhere_is_none() -> None:
    der = certificate((NameOID.COMMON_NAME, "Acme"))
    assert all(read_certificate(der[:size]) is None for size in range(0, len(der), 7))


async def test_a_server_that_keeps_silent_is_not_waited_for_long() -> None:
    async with bare_server(never) as port:
        channel = await Opener().open_socket(f"http://127.0.0.1:{port}/", 5)
        assert await presented_certificate(channel.raw, "127.0.0.1", 0.05) is None
        assert channel.raw.fileno() == -1


async def test_the_certificate_that_is_shown_is_read_and_the_socket_is_gone(
    server_context: ServerContext, authority: trustme.CA
) -> None:
    seen: asyncio.Queue[bytes] = asyncio.Queue()

    async def read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        data = b""
        with suppress(ConnectionError):
            data = await reader.read()
        seen.put_nowait(data)

    async with bare_server(read, server_context("127.0.0.1")) as port:
        channel = await Opener().open_socket(f"http://127.0.0.1:{port}/", 5)
        presented = await presented_certificate(channel.raw, "127.0.0.1", 10)
        assert channel.raw.fileno() == -1
        assert await asyncio.wait_for(seen.get(), 10) == b""
    assert presented is not None
    assert not presented.signed_itself
    assert presented.issuer.startswith("trustme")


def test_a_clock_before_the_program_was_installed_is_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "__init__.py"
    file.write_text("")
    os.utime(file, (FROM.timestamp(), FROM.timestamp()))
    monkeypatch.setattr(gcdesk, "__file__", str(file))
    assert clock_is_behind(FROM - timedelta(days=1))
    assert not clock_is_behind(FROM + timedelta(days=1))
    assert not clock_is_behind()
    monkeypatch.setattr(gcdesk, "__file__", str(tmp_path / "gone.py"))
    assert not clock_is_behind(FROM - timedelta(days=1))


def test_the_hint_says_that_the_clock_is_wrong_where_that_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ssl.SSLCertVerificationError("x")
    error.verify_code = 9
    assert tls_error(error, "service.test").hint.startswith("Check this computer's clock")
    now = datetime.now(UTC)
    for there, words in (
        (now - timedelta(minutes=10), "it is 10 minutes ahead of the service's."),
        (now + timedelta(hours=5), "it is 5 hours behind the service's."),
        (now - timedelta(days=3000), "it is 3,000 days ahead of the service's."),
    ):
        assert tls_error(error, "service.test", there=there).hint == f"Set this computer's clock: {words}"
    assert tls_error(error, "service.test", there=now).hint.startswith("Check this computer's clock")
    monkeypatch.setattr("gcdesk.chat.presented.clock_is_behind", lambda _now: True)
    assert tls_error(error, "service.test").hint.startswith("Set this computer's clock")


@pytest.mark.expected_logs
async def test_a_clock_that_was_set_wrong_in_mid_chat_is_measured_by_what_the_service_said_before(
    trusted: trustme.CA, server_context: ServerContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, told = Opener(), datetime.now(UTC) + timedelta(hours=7)

    def dated(response: Response) -> Response:
        del response.headers["Date"]
        response.headers["Date"] = format_datetime(told, usegmt=True)
        return response

    limits = Limits(close_timeout=0.2)
    async with guest_service(context=server_context("127.0.0.1")) as service:
        service.handshake = dated
        websocket = await opener.open_websocket(service.url, "", limits)
        await websocket.connection.close()
    late = server_context("127.0.0.1", not_after=datetime(2001, 1, 1, tzinfo=UTC))
    async with guest_service(context=late) as service:
        with pytest.raises(TlsError) as caught:
            await opener.open_websocket(service.url, "", limits)
    assert caught.value.hint == "Set this computer's clock: it is 7 hours behind the service's."
