"""The simulator speaks TLS, with certificates that are right, and wrong in every way a client should notice."""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import stat
import urllib.request
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from gcdesk.simulator import SimulatorError
from gcdesk.simulator.server import Simulator, SimulatorOptions
from gcdesk.simulator.tls import CERTIFICATE_FAULTS

from .guest import PATIENCE, Guest

# In its debug mode asyncio reports every handshake that a client breaks off.
LOGGED = pytest.mark.expected_logs


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    return tmp_path / "authority.pem"


def trusting(authority: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority))


async def dialled(simulator: Simulator, authority: Path) -> str:
    """What comes of opening the guest socket: open, or why the certificate is refused."""
    url = f"{simulator.url}?deploymentId={simulator.deployment_id}"
    try:
        async with connect(url, proxy=None, ssl=trusting(authority), open_timeout=PATIENCE):
            return "open"
    except ssl.SSLCertVerificationError as error:
        # OpenSSL spelt it without the hyphen before version 3.
        return error.verify_message.replace("self signed", "self-signed")


async def test_who_trusts_the_authority_chats_over_tls(authority: Path) -> None:
    async with Simulator(SimulatorOptions(tls=True, tls_authority=authority)) as simulator:
        assert simulator.url.startswith("wss://127.0.0.1:")
        url = f"{simulator.url}?deploymentId={simulator.deployment_id}"
        async with connect(url, proxy=None, ssl=trusting(authority)) as socket:
            visitor = Guest(socket, simulator, "a-token")
            assert (await visitor.configure())["class"] == "SessionResponse"
            await visitor.say("hello")
            await visitor.echo_and_reply()
        config = await asyncio.to_thread(_config, simulator, trusting(authority))
    assert config["apiEndpoint"].startswith("https://127.0.0.1:")
    assert "wss://127.0.0.1:" in json.dumps(config)


def _config(simulator: Simulator, context: ssl.SSLContext) -> dict[str, str]:
    base = simulator.url.replace("wss:", "https:").removesuffix("/v1")
    url = f"{base}/webdeployments/v1/deployments/{simulator.deployment_id}/config.json"
    with urllib.request.urlopen(url, timeout=PATIENCE, context=context) as answer:
        document: dict[str, str] = json.load(answer)
        return document


@LOGGED
async def test_the_authority_is_new_with_each_run(authority: Path, tmp_path: Path) -> None:
    async with Simulator(SimulatorOptions(tls=True, tls_authority=authority)):
        pass
    async with Simulator(SimulatorOptions(tls=True, tls_authority=tmp_path / "other.pem")) as simulator:
        assert "certificate" in await dialled(simulator, authority)
        assert await dialled(simulator, tmp_path / "other.pem") == "open"
    if os.name == "posix":
        assert stat.S_IMODE(authority.stat().st_mode) == 0o600
    assert b"PRIVATE" not in authority.read_bytes()


REASONS = {
    "certificate-self-signed": "self-signed certificate",
    "certificate-expired": "certificate has expired",
    "certificate-not-yet-valid": "certificate is not yet valid",
    "certificate-wrong-host": "IP address mismatch, certificate is not valid for '127.0.0.1'.",
    "certificate-unknown-authority": "unable to get local issuer certificate",
}


@LOGGED
@pytest.mark.parametrize("fault", REASONS)
async def test_a_wrong_certificate_at_its_handshake_and_only_there(fault: str, authority: Path) -> None:
    options = SimulatorOptions(tls=True, tls_authority=authority, faults=(f"{fault}@2",))
    async with Simulator(options) as simulator:
        seen = [await dialled(simulator, authority) for _ in range(3)]
    assert seen == ["open", REASONS[fault], "open"]


@LOGGED
async def test_a_wrong_certificate_every_time(authority: Path) -> None:
    options = SimulatorOptions(tls=True, tls_authority=authority, faults=("certificate-expired",))
    async with Simulator(options) as simulator:
        seen = [await dialled(simulator, authority) for _ in range(2)]
    assert seen == [REASONS["certificate-expired"]] * 2
    assert set(REASONS) == set(CERTIFICATE_FAULTS)


async def test_a_certificate_of_ones_own_is_served(authority: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.pem"
    own.write_bytes(trusted_pair(authority))
    async with Simulator(SimulatorOptions(tls=True, tls_certificate=own)) as simulator:
        assert await dialled(simulator, authority) == "open"


def trusted_pair(authority: Path) -> bytes:
    """A certificate and its key, by an authority that is written to the file."""
    import trustme

    maker = trustme.CA()
    maker.cert_pem.write_to_path(authority)
    pair = maker.issue_cert("127.0.0.1")
    return pair.private_key_and_cert_chain_pem.bytes()


@pytest.mark.parametrize("content", [b"", b"no certificate", None])
async def test_a_certificate_that_is_of_no_use_is_said_so(content: bytes | None, tmp_path: Path) -> None:
    own = tmp_path / "own.pem"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(SimulatorError, match="cannot be used"):
        async with Simulator(SimulatorOptions(tls=True, tls_certificate=own)):
            pytest.fail("It started.")


async def test_an_authority_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="cannot be written"):
        async with Simulator(SimulatorOptions(tls=True, tls_authority=tmp_path / "missing" / "ca.pem")):
            pytest.fail("It started.")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"faults": ("certificate-expired@3",)}, "The fault certificate-expired needs TLS."),
        ({"tls_authority": Path("a")}, "A certificate was named, but TLS is off."),
        ({"tls_certificate": Path("a")}, "A certificate was named, but TLS is off."),
        ({"tls": True, "tls_key": Path("a")}, "A key was named without its certificate."),
        (
            {"tls": True, "tls_certificate": Path("a"), "tls_authority": Path("b")},
            "A certificate of your own has an authority of its own.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(SimulatorError) as refused:
        SimulatorOptions(**options)  # type: ignore[arg-type]
    assert refused.value.title == sentence
