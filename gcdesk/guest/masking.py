"""Hiding what must not be seen whole: tokens, JWTs, secrets and IDs, wherever text can escape."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DOTS = "••••••••"
_SHOWN = 4
_LONG_ENOUGH = 12

_SECRET_KEYS = frozenset(
    {
        "token",
        "jwt",
        "code",
        "resumetoken",
        "refreshtoken",
        "accesstoken",
        "access_token",
        "authorization",
        "clientsecret",
        "client_secret",
        "codeverifier",
        "idtoken",
        "nonce",
        "deploymentid",
        "orgid",
        "organizationid",
        "x-amz-tagging",
    }
)
_UUID = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F])")
_JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")
_SCHEME = re.compile(r"\b(Bearer|Basic)(\s+)([\w.~+/=-]+)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<name>(?:[\"']?)\b(?:token|jwt|secret|client_secret|access_token|refreshToken|resumeToken|deploymentId"
    r"|password)\b(?:[\"']?)\s*[=:]\s*)(?P<quote>[\"']?)(?P<value>[^\s\"'&,;})\]]+)",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"(?<=://)[^/@\s:]+:[^/@\s]+(?=@)")
_QUERY = re.compile(r"(https?://[^\s?\"']+\?)[^\s\"']+")


def mask(secret: str) -> str:
    """Dots and the last four characters, dots alone for a short secret; the length is never told."""
    if not secret:
        return ""
    return _DOTS + (secret[-_SHOWN:] if len(secret) >= _LONG_ENOUGH else "")


def mask_text(text: str) -> str:
    """Free text with every UUID, JWT, credential and named secret in it masked."""
    text = _USERINFO.sub(_DOTS, text)
    text = _JWT.sub(lambda found: mask(found[0]), text)
    text = _SCHEME.sub(lambda found: f"{found[1]}{found[2]}{mask(found[3])}", text)
    text = _NAMED.sub(_mask_named, text)
    return _UUID.sub(lambda found: mask(found[0]), text)


def _mask_named(found: re.Match[str]) -> str:
    value = found["value"]
    return found["name"] + found["quote"] + (value if value.startswith(_DOTS) else mask(value))


def mask_frame(value: object) -> object:
    """A copy of a JSON value with every token, JWT, secret and deployment ID masked; the rest is as it was.

    The journey context's customer ID is the token under another name, and presigned addresses admit whoever holds
    their query, so both are masked too.
    """
    return _mask_value(value, "")


def _mask_value(value: object, key: str) -> object:
    if isinstance(value, Mapping):
        if key == "customAttributes":
            return dict(value)
        if key == "customer" and "idType" in value:
            return {name: mask(str(item)) if name == "id" else item for name, item in value.items()}
        return {name: _mask_value(item, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mask_value(item, key) for item in value]
    if isinstance(value, str):
        if key.lower() in _SECRET_KEYS:
            return mask(value)
        return _QUERY.sub(lambda found: found[1] + _DOTS, value) if key.lower() in _ADDRESS_KEYS else value
    return value


_ADDRESS_KEYS = frozenset({"url", "downloadurl"})
