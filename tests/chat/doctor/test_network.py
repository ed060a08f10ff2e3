"""Who vouches for a host, and for how long."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest
import trustme

from gcdesk.chat.doctor.check import CheckStatus
from gcdesk.chat.doctor.network import judge, signer_of, trust
from gcdesk.chat.opener import Opener, Place
from tests.chat.conftest import ServerContext
from tests.chat.servers import answering, bare_server

NOW = datetime(2026, 7, 1, tzinfo=UTC)
PLACE = Place("webmessaging.mypurecloud.de", 443, tls=True)


def certificate(organization: str, until: str = "Jul  1 00:00:00 2027 GMT") -> dict[str, object]:
    return {"issuer": ((("countryName", "US"),), (("organizationName", organization),)), "notAfter": until}


@pytest.mark.parametrize("organization", ["Amazon", "DigiCert Inc", "Let's Encrypt"])
def test_a_public_authority_is_named(organization: str) -> None:
    (found,) = judge(PLACE, certificate(organization), "9 ms", NOW)
    assert found.status is CheckStatus.OK
    assert organization in found.title


def test_a_company_that_intercepts_is_named() -> None:
    (found,) = judge(PLACE, certificate("Acme Proxy Ltd"), "9 ms", NOW)
    assert found.status is CheckStatus.WARNING
    assert "signed by Acme Proxy Ltd" in found.title
    assert "company proxy" in found.title


def test_a_certificate_that_ends_soon() -> None:
    _, found = judge(PLACE, certificate("Amazon", "Jul  9 00:00:00 2026 GMT"), "9 ms", NOW)
    assert found.status is CheckStatus.WARNING
    assert "8 days" in found.title


def test_a_certificate_that_tells_nothing() -> None:
    (found,) = judge(PLACE, {}, "", NOW)
    assert found.status is CheckStatus.OK
    assert signer_of({"issuer": "odd"}) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can a program be told another trust store")
async def test_a_trusted_private_authority_over_a_real_connection(
    trusted: trustme.CA, server_context: ServerContext
) -> None:
    async with bare_server(answering(b""), server_context("localhost")) as port:
        (found, *_) = await trust(Opener(), Place("localhost", port, tls=True), 5.0)
    assert found.status is CheckStatus.WARNING
    assert "trustme" in found.title
    assert "TLS 1." in found.measured


@pytest.mark.expected_logs
async def test_an_authority_that_nobody_trusts(server_context: ServerContext) -> None:
    async with bare_server(answering(b""), server_context("localhost")) as port:
        (found,) = await trust(Opener(), Place("localhost", port, tls=True), 5.0)
    assert found.status is CheckStatus.FAILED
    assert found.hint
