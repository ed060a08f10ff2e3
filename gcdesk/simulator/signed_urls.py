"""Links that work for a while and for one thing only, as a store hands them out for uploads and downloads."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import quote


class LinkError(Exception):
    """A link that does not open anything: `reason` in a few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SignedUrls:
    """Signs paths with a key of this run. A link is good for `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._key = secrets.token_bytes(32)

    def sign(self, method: str, path: str, now: float) -> tuple[str, float]:
        """The path with its signature behind it, and when it stops working, in epoch seconds."""
        expires = now + self._seconds
        signed = f"{quote(path)}?X-Expires={expires:.3f}&X-Signature={self._signature(method, path, f'{expires:.3f}')}"
        return signed, expires

    def check(self, method: str, path: str, query: Mapping[str, str], now: float) -> None:
        """Raises LinkError unless the link was signed here, for this method, and has not expired."""
        expires = query.get("X-Expires", "")
        expected = self._signature(method, path, expires)
        if not hmac.compare_digest(expected.encode(), query.get("X-Signature", "").encode(errors="replace")):
            raise LinkError("SignatureDoesNotMatch")
        if now >= float(expires):
            raise LinkError("Request has expired")

    def _signature(self, method: str, path: str, expires: str) -> str:
        text = f"{method}\n{path}\n{expires}".encode(errors="replace")
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()
