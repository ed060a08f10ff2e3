"""The JWTs of this run: short-lived ones for the history, and those that say who signed in."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any, Literal

Use = Literal["history", "sign-in", "platform"]
"""What a JWT is good for: neither stands in for the other."""


class JwtError(Exception):
    """A JWT that is not ours, not for this use, or no longer good."""


class JwtMint:
    """Makes and reads JWTs (HS256) that only this simulator can have made."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def issue(self, use: Use, subject: str, seconds: int, now: float, **claims: str) -> tuple[str, int]:
        """A JWT for a subject that is good for so many seconds, and its expiry in epoch seconds."""
        expires = int(now) + seconds
        payload = {"iss": "gcdesk-simulator", "aud": use, "sub": subject, "exp": expires, **claims}
        signed = f"{_encoded({'alg': 'HS256', 'typ': 'JWT'})}.{_encoded(payload)}"
        return f"{signed}.{self._signature(signed)}", expires

    def read(self, use: Use, jwt: str, now: float) -> dict[str, Any]:
        """The claims of a JWT. Raises JwtError for one that is forged, expired, or meant for another use."""
        signed, _, signature = jwt.rpartition(".")
        # Bytes, because comparing text refuses letters beyond ASCII.
        if not hmac.compare_digest(self._signature(signed).encode(), signature.encode(errors="replace")):
            raise JwtError("not ours")
        claims: dict[str, Any] = json.loads(_unpadded(signed.rpartition(".")[2]))
        if claims["aud"] != use:
            raise JwtError("for another use")
        if now >= claims["exp"]:
            raise JwtError("expired")
        return claims

    def _signature(self, signed: str) -> str:
        digest = hmac.new(self._key, signed.encode(errors="replace"), hashlib.sha256).digest()
        return base64url(digest)


def base64url(data: bytes) -> str:
    """Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _encoded(value: Any) -> str:
    return base64url(json.dumps(value, separators=(",", ":")).encode())


def _unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
