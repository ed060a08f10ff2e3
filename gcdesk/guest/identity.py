"""Who a signed-in customer is at the service, and where customers sign in: values without I/O."""

from __future__ import annotations

import base64
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import SplitResult, parse_qsl, urlsplit

from gcdesk.errors import EnvironmentInputError
from gcdesk.guest.masking import mask
from gcdesk.phrase import Phrase

DEFAULT_SCOPES = "openid profile"
LONGEST_AGE = 10 * 365 * 24 * 3600

_OURS = frozenset(
    {
        *("response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "max_age"),
        *("code_challenge", "code_challenge_method"),
    }
)
_WEB_EXAMPLE = "Write it like https://login.example.com/oauth2/authorize."
_REDIRECT_EXAMPLE = "Write it like http://127.0.0.1:8400/callback, as it is registered with the provider."


@dataclass(frozen=True)
class SignIn:
    """What the service takes as proof of a signed-in customer (guest API, section 2).

    Args:
        jwt: The JWT that the authorization code was exchanged for.
        expires: When it runs out (UTC), None if it does not say.
        renewable: Whether whoever drives the session can get a fresh one.
    """

    jwt: str = field(repr=False)
    expires: datetime | None = None
    renewable: bool = False

    @classmethod
    def of(cls, jwt: str, *, renewable: bool = False) -> SignIn:
        """The sign-in of a JWT, with the expiry that it names itself."""
        return cls(jwt, jwt_expiry(jwt), renewable)

    def __repr__(self) -> str:
        return f"SignIn(jwt={mask(self.jwt)!r}, expires={self.expires!r}, renewable={self.renewable!r})"


@dataclass(frozen=True)
class Tokens:
    """The JWT of a signed-in customer, and what renews it: empty where the service gave nothing for that."""

    jwt: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)

    @property
    def sign_in(self) -> SignIn:
        """As a session takes it."""
        return SignIn.of(self.jwt, renewable=bool(self.refresh_token))

    def __repr__(self) -> str:
        return f"Tokens(jwt={mask(self.jwt)!r}, refresh_token={mask(self.refresh_token)!r})"


@dataclass(frozen=True)
class IdentityProvider:
    """Where an environment's customers sign in, by OpenID Connect; nothing of it is secret.

    Args:
        authorization_url: The provider's authorization endpoint; empty where nothing is set up.
        client_id: The public ID of the client that is registered there.
        scopes: What is asked for, separated by blanks.
        redirect: The loopback address that is registered there; a port of 0 or none stands for any free one. Empty
            for any free port and a path made up each time (RFC 8252, section 7.3).
        max_age: Seconds after which the provider asks for the password again; None leaves that to the provider.
    """

    authorization_url: str = ""
    client_id: str = ""
    scopes: str = DEFAULT_SCOPES
    redirect: str = ""
    max_age: int | None = None

    @property
    def is_set(self) -> bool:
        """Whether customers can sign in at all."""
        return bool(self.authorization_url)


def check_provider(provider: IdentityProvider) -> IdentityProvider:
    """The fields as they are kept, without blanks around them.

    Raises:
        EnvironmentInputError: A field cannot be used, or the client ID is missing.
    """
    checked = replace(
        provider,
        authorization_url=provider.authorization_url.strip(),
        client_id=provider.client_id.strip(),
        scopes=" ".join(provider.scopes.split()) or DEFAULT_SCOPES,
        redirect=provider.redirect.strip(),
    )
    if not checked.is_set:
        if checked.client_id or checked.redirect:
            raise EnvironmentInputError("The sign-in address is missing.", _WEB_EXAMPLE)
        return checked
    _check_authorization_url(checked.authorization_url)
    if not checked.client_id:
        raise EnvironmentInputError(
            "The client ID for signing in is missing.",
            "Copy it from the client registered with the provider.",
        )
    for text, what in (
        (checked.client_id, Phrase("client ID for signing in")),
        (checked.scopes, Phrase("list of scopes")),
    ):
        if not (text.isascii() and text.isprintable()):
            raise EnvironmentInputError(
                Phrase("The {what} holds characters that cannot be sent.", what=what),
                "Copy it again from the provider.",
            )
    if checked.redirect:
        parse_redirect(checked.redirect)
    if checked.max_age is not None and not 0 <= checked.max_age <= LONGEST_AGE:
        raise EnvironmentInputError(
            "The longest age of a sign-in cannot be used.",
            "Give seconds, 0 to ask for the password each time.",
        )
    return checked


def parse_redirect(redirect: str) -> SplitResult:
    """The parts of a loopback address to which a provider may send the browser back.

    Raises:
        EnvironmentInputError: It is no http address of this computer.
    """
    parts = _split(redirect)
    if parts is None or parts.scheme != "http" or not is_loopback(parts.hostname or ""):
        raise EnvironmentInputError(
            "The redirect address is not an address of this computer.", _REDIRECT_EXAMPLE
        )
    if "@" in parts.netloc or parts.query or parts.fragment or not _is_plain(redirect):
        raise EnvironmentInputError(
            "The redirect address holds more than host, port and path.", _REDIRECT_EXAMPLE
        )
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host is this computer, by name or address."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def jwt_expiry(jwt: str) -> datetime | None:
    """When a JWT says it runs out (UTC); None if it does not say. Its signature is the service's business."""
    parts = jwt.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    expires = claims.get("exp") if isinstance(claims, Mapping) else None
    if not isinstance(expires, int | float) or isinstance(expires, bool):
        return None
    try:
        return datetime.fromtimestamp(expires, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _check_authorization_url(url: str) -> None:
    parts = _split(url)
    if parts is None or not parts.hostname or not _is_plain(url):
        raise EnvironmentInputError("The sign-in address is not an address.", _WEB_EXAMPLE)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise EnvironmentInputError("The sign-in address is not secure: it has to be https.", _WEB_EXAMPLE)
    if "@" in parts.netloc or parts.fragment:
        raise EnvironmentInputError("The sign-in address holds a user or a fragment.", _WEB_EXAMPLE)
    taken = sorted(_OURS & {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    if taken:
        raise EnvironmentInputError(
            Phrase("The sign-in address already names {name}.", name=taken[0]),
            "Leave out what gcdesk adds for each sign-in.",
        )


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_plain(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url
