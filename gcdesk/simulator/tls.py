"""TLS for the simulator: an authority of this run, its certificate, and the wrong ones that faults hand out.

The authority's key lives in memory only and is gone with the run, so that trusting its certificate for a test
opens nothing later.
"""

import datetime as dt
import ipaddress
import os
import ssl
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .faults import FaultPlan
from .options import SimulatorError, SimulatorOptions

_HOSTS = ("localhost", "127.0.0.1")
_OTHER_HOST = ("webmessaging.example.com",)
_DAY = dt.timedelta(days=1)
CERTIFICATE_FAULTS = (
    *("certificate-self-signed", "certificate-expired", "certificate-not-yet-valid"),
    *("certificate-wrong-host", "certificate-unknown-authority"),
)


class Authority:
    """A certificate authority that exists in this process only."""

    def __init__(self, name: str, now: dt.datetime) -> None:
        self._now = now
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        usage = x509.KeyUsage(
            digital_signature=True,
            key_cert_sign=True,
            crl_sign=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        self.certificate = (
            self._builder(self._name, self._key.public_key(), now - 2 * _DAY, now + 30 * _DAY)
            .issuer_name(self._name)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        """Its certificate, for who is to trust it."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def context(
        self,
        hosts: tuple[str, ...] = _HOSTS,
        *,
        since: dt.timedelta = -_DAY,
        until: dt.timedelta = 30 * _DAY,
        itself: bool = False,
    ) -> ssl.SSLContext:
        """A server's context with a certificate for the hosts, good from `since` to `until` as seen from now.

        itself: sign the certificate with its own key instead of the authority's.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(hosts[0])
        certificate = (
            self._builder(subject, key.public_key(), self._now + since, self._now + until)
            .issuer_name(subject if itself else self._name)
            # Strict clients, such as Python from 3.13 on, insist on being told whose key signed it.
            .add_extension(_key_of(key if itself else self._key), critical=False)
            .add_extension(
                x509.SubjectAlternativeName([_general_name(host) for host in hosts]), critical=False
            )
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(key if itself else self._key, hashes.SHA256())
        )
        chain = certificate.public_bytes(serialization.Encoding.PEM)
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return _context(chain + secret)

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, since: dt.datetime, until: dt.datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        )


class Certificates:
    """The certificates of one simulator, made when they are first needed."""

    def __init__(self, options: SimulatorOptions, faults: FaultPlan) -> None:
        self._options = options
        self._faults = faults
        self._now = dt.datetime.now(dt.UTC)

    @cached_property
    def authority(self) -> Authority:
        """Who signs the good certificate, unless one was brought along."""
        return Authority("gcdesk simulator", self._now)

    def context(self) -> ssl.SSLContext:
        """What the simulator listens with. Raises SimulatorError for a certificate of the user's that is of no use."""
        context = self._own() if self._options.tls_certificate is not None else self.authority.context()
        if self._options.tls_authority is not None:
            _write(self._options.tls_authority, self.authority.pem)
        wrong = {name: self._wrong(name) for name in CERTIFICATE_FAULTS if self._faults.plans(name)}
        if wrong:
            # OpenSSL asks at every handshake, also when the client names no host.
            context.sni_callback = lambda connection, _name, _context: self._choose(connection, wrong)
        return context

    def _choose(self, connection: ssl.SSLObject, wrong: Mapping[str, ssl.SSLContext]) -> None:
        struck = self._faults.hit(*wrong)
        if struck is not None:
            connection.context = wrong[struck.name]

    def _wrong(self, fault: str) -> ssl.SSLContext:
        if fault == "certificate-self-signed":
            return self.authority.context(itself=True)
        if fault == "certificate-expired":
            return self.authority.context(since=-2 * _DAY, until=-_DAY)
        if fault == "certificate-not-yet-valid":
            return self.authority.context(since=_DAY)
        if fault == "certificate-wrong-host":
            return self.authority.context(_OTHER_HOST)
        return Authority("An authority that nobody knows", self._now).context()

    def _own(self) -> ssl.SSLContext:
        certificate, key = self._options.tls_certificate, self._options.tls_key
        context = _server_context()
        try:
            # A key with a password would ask for it on the terminal, and nobody may be there.
            context.load_cert_chain(
                str(certificate), None if key is None else str(key), password=_no_password
            )
        except (OSError, ssl.SSLError, ValueError) as error:
            reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
            raise SimulatorError(
                f"The certificate {certificate} cannot be used ({reason}).",
                "Give a certificate and its key without a password, both in PEM form.",
            ) from error
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _key_of(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _context(pem: bytes) -> ssl.SSLContext:
    context = _server_context()
    # The ssl module reads certificates from files only.
    with tempfile.TemporaryDirectory(prefix="gcdesk-") as folder:
        path = Path(folder) / "certificate.pem"
        _write(path, pem)
        context.load_cert_chain(path)
    return context


def _no_password() -> str:
    raise ValueError("the key has a password")


def _write(path: Path, pem: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise SimulatorError(
            f"The file {path} cannot be written ({error.strerror}).", "Choose another file."
        ) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
