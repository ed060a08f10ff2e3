"""The short-lived JWT that getJwt hands out, signed with a key of this run."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

LIFETIME = 600
"""Seconds a JWT is good for."""


class JwtMint:
    """Makes JWTs (HS256) that only this simulator can have made."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def issue(self, subject: str, now: float) -> tuple[str, int]:
        """A JWT for a subject, and its expiry in epoch seconds."""
        expires = int(now) + LIFETIME
        claims = {"iss": "gcdesk-simulator", "sub": subject, "exp": expires}
        signed = f"{_encoded({'alg': 'HS256', 'typ': 'JWT'})}.{_encoded(claims)}"
        signature = hmac.new(self._key, signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{_base64url(signature)}", expires


def _encoded(value: Any) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
