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
    offer = f"The proxy offers {', '.join(schemes)}." if schemes else "The proxy does not say how to sign in."
    detail = f"{detail} {offer}".strip()
    if schemes and "Basic" not in schemes:
        return ProxySignInUnsupportedError(
            f"The proxy wants a sign-in by {_either(schemes)}, which gcdesk cannot do (407).",
            code=_ASKED,
            detail=detail,
        )
    kind = ProxyPasswordRefusedError if given else ProxyPasswordNeededError
    return kind(f"{kind.title.removesuffix('.')} (407).", code=_ASKED, detail=detail)


def _either(schemes: tuple[str, ...]) -> str:
    return schemes[0] if len(schemes) == 1 else f"{', '.join(schemes[:-1])} or {schemes[-1]}"
