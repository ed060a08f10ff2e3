"""What a proxy that wants a sign-in asks for, and what a person can do about it (RFC 9110, section 11.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gcdesk.errors import (
    ProxyError,
    ProxyPasswordNeededError,
    ProxyPasswordRefusedError,
    ProxySignInUnsupportedError,
)
from gcdesk.phrase import Phrase

_ASKED = 407
_MOST = 6
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?')
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]{0,19})(?=\s|,|$)")
_NAMES = {name.lower(): name for name in ("Basic", "Bearer", "Digest", "Kerberos", "Negotiate", "NTLM")}


def offered_schemes(values: Iterable[str]) -> tuple[str, ...]:
    """The ways to sign in that Proxy-Authenticate headers offer, each once, in the usual spelling."""
    found: dict[str, None] = {}
    for value in values:
        # A parameter is a name with an equals sign; what stands alone is the way.
        for piece in _QUOTED.sub("", value).split(","):
            if (scheme := _SCHEME.match(piece)) is not None:
                found[_NAMES.get(scheme[1].lower(), scheme[1])] = None
    return tuple(found)[:_MOST]


def sign_in_refusal(offers: Iterable[str], *, given: bool, detail: str = "") -> ProxyError:
    """Name a proxy's answer 407.

    Args:
        offers: The Proxy-Authenticate headers.
        given: Whether the proxy was shown a user and password.
        detail: Technical text of the answer, free of secrets.
    """
    schemes = offered_schemes(offers)
    detail += (
        f" The proxy offers {', '.join(schemes)}." if schemes else " The proxy does not say how to sign in."
    )
    detail = detail.strip()
    if schemes and "Basic" not in schemes:
        return ProxySignInUnsupportedError(
            Phrase(
                "The proxy wants a sign-in by {ways}, which gcdesk cannot do (407).", ways=_either(schemes)
            ),
            code=_ASKED,
            detail=detail,
        )
    kind, title = (
        (ProxyPasswordRefusedError, "The proxy refused the user and password (407).")
        if given
        else (ProxyPasswordNeededError, "The proxy asks for a user and password (407).")
    )
    return kind(title, code=_ASKED, detail=detail)


def _either(schemes: tuple[str, ...]) -> str:
    if len(schemes) == 1:
        return schemes[0]
    return Phrase("{some} or {last}", some=", ".join(schemes[:-1]), last=schemes[-1])
