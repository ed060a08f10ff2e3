"""Who signs in, and how: the identity provider's side of the authorization-code exchange with PKCE.

The guest API takes the code of any OAuth provider the organisation has named (guest API, section 1.2). The
simulator plays one that knows everybody: a customer is who they say they are, and the same name is the same person.
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass, field

from .jwt import base64url

CODE_SECONDS = 60
"""How long an authorization code is good for. It works once."""

_PEOPLE = uuid.UUID("6c0a8ac5-4e5f-4df0-9d5c-0b4a6f1a7e10")


@dataclass(frozen=True)
class Customer:
    """A person with an account."""

    first_name: str
    last_name: str

    @property
    def customer_id(self) -> str:
        """The same for the same name, however it is capitalised."""
        return str(uuid.uuid5(_PEOPLE, f"{self.first_name} {self.last_name}".casefold()))


@dataclass(eq=False)
class SignIn:
    """One time that a customer signed in. It ends when it is revoked."""

    customer: Customer
    sign_in_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    refresh_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    revoked: bool = False


@dataclass(frozen=True)
class Consent:
    """What a code stands for: who agreed, to which redirect, under which PKCE challenge (S256), until when.

    nonce: what the client wants to hear again, empty if it asked for none.
    """

    customer: Customer
    redirect_uri: str
    challenge: str = field(repr=False)
    nonce: str = field(repr=False)
    expires_at: float


class Customers:
    """Codes waiting to be exchanged, and everybody who is signed in."""

    def __init__(self) -> None:
        self._consents: dict[str, Consent] = {}
        self._sign_ins: dict[str, SignIn] = {}

    def consent(
        self, customer: Customer, redirect_uri: str, challenge: str, now: float, *, nonce: str = ""
    ) -> str:
        """The code that the customer's consent is worth."""
        code = secrets.token_urlsafe(24)
        self._consents[code] = Consent(customer, redirect_uri, challenge, nonce, now + CODE_SECONDS)
        return code

    def exchange(
        self, code: str, redirect_uri: str, verifier: str, now: float, *, nonce: str | None = None
    ) -> SignIn | None:
        """Who signed in with this code; None if it is unknown, used, late, or belongs to somebody else.

        A nonce need not be said again, but if it is, it has to be the one that was asked with.
        """
        consent = self._consents.pop(code, None)
        if consent is None or now >= consent.expires_at or consent.redirect_uri != redirect_uri:
            return None
        if nonce is not None and nonce != consent.nonce:
            return None
        if not hmac.compare_digest(challenge_of(verifier).encode(), consent.challenge.encode()):
            return None
        sign_in = SignIn(consent.customer)
        self._sign_ins[sign_in.sign_in_id] = sign_in
        return sign_in

    def by_id(self, sign_in_id: str) -> SignIn | None:
        """A sign-in that has not been revoked."""
        return self._standing(self._sign_ins.get(sign_in_id))

    def by_refresh_token(self, token: str) -> SignIn | None:
        """The sign-in that a refresh token keeps up, unless it has been revoked."""
        found = (
            sign_in
            for sign_in in self._sign_ins.values()
            if hmac.compare_digest(sign_in.refresh_token.encode(), token.encode())
        )
        return self._standing(next(found, None))

    def revoke(self, customer: Customer) -> None:
        """Log a customer out everywhere (guest API, section 3: LogoutEvent)."""
        for sign_in in self._sign_ins.values():
            if sign_in.customer.customer_id == customer.customer_id:
                sign_in.revoked = True

    @staticmethod
    def _standing(sign_in: SignIn | None) -> SignIn | None:
        return sign_in if sign_in is not None and not sign_in.revoked else None


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636, section 4.2)."""
    return base64url(hashlib.sha256(verifier.encode()).digest())
