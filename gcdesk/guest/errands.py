"""What a session needs done that is neither a frame nor a dial: transfers over HTTP.

The session hands errands out and never waits for one. Whoever drives it runs each and feeds the outcome back to the
part that asked; a failure is an outcome too.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gcdesk.guest.masking import mask


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all errands; `key` names it among those under way."""

    key: str


class CancelErrand(Errand, frozen=True, kw_only=True):
    """Give up the errand with this key, if it is still under way; nothing is fed back for it."""


class ReadHistory(Errand, frozen=True, kw_only=True):
    """Read one page of the session's history (guest API, section 3.3); pages start at 1, newest messages first.

    Fed back: `session.history.read(key, page, now)` or `session.history.unread(key, error, now)`.
    """

    page: int
    page_size: int
    jwt: str

    def __repr__(self) -> str:
        return f"ReadHistory(key={self.key!r}, page={self.page}, page_size={self.page_size}, jwt={mask(self.jwt)!r})"


class UploadFile(Errand, frozen=True, kw_only=True):
    """Put a file where the service asked for it (guest API, sections 1.2 and 6); the key is the attachment's ID.

    `headers` go out verbatim. `source` is what the wish named: the file's path or its bytes.

    Fed back: `session.uploads.progress(key, sent, now)`, then `.transferred(key, now)` or `.failed(key, error, now)`.
    """

    url: str
    headers: Mapping[str, str]
    mime: str
    size: int
    source: object

    def __repr__(self) -> str:
        return f"UploadFile(key={self.key!r}, mime={self.mime!r}, size={self.size})"


class RenewSignIn(Errand, frozen=True, kw_only=True):
    """Get a fresh JWT for a signed-in customer whose old one is no longer taken (guest API, section 4: 401).

    `stale` is the JWT that is no longer taken.

    Fed back: `session.sign_in.renewed(sign_in, now)` or `session.sign_in.not_renewed(error, now)`.
    """

    stale: str

    def __repr__(self) -> str:
        return f"RenewSignIn(key={self.key!r}, stale={mask(self.stale)!r})"


class RevokeSignIn(Errand, frozen=True, kw_only=True):
    """Log a signed-in customer out (guest API, section 1.2).

    Fed back: `session.sign_in.revoked(now)` or `session.sign_in.not_revoked(error, now)`.
    """

    jwt: str

    def __repr__(self) -> str:
        return f"RevokeSignIn(key={self.key!r}, jwt={mask(self.jwt)!r})"
