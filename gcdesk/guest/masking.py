"""Hiding what must not be seen whole: tokens, JWTs, secrets and IDs, wherever text can escape."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DOTS = "••••••••"
_SHOWN = 4
_LONG_ENOUGH = 12

# Names of JSON members, in lower case and without signs between the words.
_SECRET_NAMES = frozenset(
    {
        "code",
        "authorization",
        "codeverifier",
        "nonce",
        "deploymentid",
        "orgid",
        "organizationid",
    }
)
_SECRET_ENDINGS = ("token", "jwt", "secret", "password")
_ADDRESS_NAMES = frozenset({"url", "downloadurl"})
_LEAST_TOKEN = 8
_LEAST_UUID = 36

# A frame can hold a megabyte of anything, so no pattern here may look at the same sign many times over: each starts
# with fixed letters and runs over a bounded or exclusive set.
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WORD_WITH_DOTS = re.compile(r"[\w.-]{12,}")
_SCHEME = re.compile(
    r"\b(bearer|basic)(\s{1,8})(?!(?:authentication|authorization|token|scheme)\b)([\w.~+/=-]+)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<name>(?:token|jwt|secret|password|signature|credential|deployment[-_]?id|org(?:anization)?[-_]?id)"
    r"[\"']?\s{0,8}[=:]\s{0,8})(?P<quote>[\"']?)(?P<value>[^\s\"'&,;})\]]+)",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"(?<=://)[^/@\s]+(?=@)")

# Whatever name a frame gives it: a tracing ID has the same shape as a token, so only knowing tells them apart.
_known: set[str] = set()


class Secret(str):
    """A text that may be saved or sent, but shows masked wherever something prints what it holds."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(mask(self))


def mask(secret: str) -> str:
    """Dots and the last four characters, dots alone for a short secret; the length is never told."""
    if not secret:
        return ""
    return _DOTS + (secret[-_SHOWN:] if len(secret) >= _LONG_ENOUGH else "")


def know(secret: str) -> None:
    """From now on mask this UUID, a token or a deployment ID of this program's, wherever a frame holds it."""
    _known.add(secret.lower())


def mask_text(text: str) -> str:
    """Free text with every UUID, JWT, credential and named secret in it masked."""
    text = _USERINFO.sub(_DOTS, text)
    if "eyJ" in text:
        text = _WORD_WITH_DOTS.sub(_mask_jwt, text)
    text = _SCHEME.sub(lambda found: f"{found[1]}{found[2]}{mask(found[3])}", text)
    text = _NAMED.sub(_mask_named, text)
    return _UUID.sub(lambda found: mask(found[0]), text)


def mask_frame(value: object) -> object:
    """A copy of a JSON value with every token, JWT, secret and deployment ID masked; the rest is as it was.

    The token is masked under any name and within any text. Presigned addresses and headers admit whoever holds them,
    so a query and a header's value are masked too.
    """
    token = value.get("token") if isinstance(value, Mapping) else None
    return _mask_value(value, "", token if isinstance(token, str) and len(token) >= _LEAST_TOKEN else "")


def _mask_jwt(found: re.Match[str]) -> str:
    word = found[0]
    start = word.find("eyJ")
    return word[:start] + mask(word[start:]) if start >= 0 and "." in word[start:] else word


def _mask_known(found: re.Match[str]) -> str:
    return mask(found[0]) if found[0].lower() in _known else found[0]


def _mask_named(found: re.Match[str]) -> str:
    value = found["value"]
    return found["name"] + found["quote"] + (value if value.startswith(_DOTS) else mask(value))


def _mask_value(value: object, name: str, token: str) -> object:
    if isinstance(value, Mapping):
        if name == "headers":
            return {
                key: mask(item) if isinstance(item, str) else _mask_value(item, _plain(key, ""), token)
                for key, item in value.items()
            }
        # A guest's customer ID in the journey context is the token under another name.
        guest = "idType" in value
        return {
            key: _mask_value(item, "token" if guest and key == "id" else _plain(key, name), token)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_mask_value(item, name, token) for item in value]
    return _mask_string(value, name, token) if isinstance(value, str) else value


def _plain(key: object, above: str) -> str:
    # What a set of custom attributes calls its keys is the person's choice, and shows exactly what was sent.
    if above == "customattributes":
        return above
    return str(key).lower().replace("_", "").replace("-", "")


def _mask_string(text: str, name: str, token: str) -> str:
    if name in _SECRET_NAMES or name.endswith(_SECRET_ENDINGS):
        return mask(text)
    if "eyJ" in text:
        text = _WORD_WITH_DOTS.sub(_mask_jwt, text)
    if _known and len(text) >= _LEAST_UUID:
        text = _UUID.sub(_mask_known, text)
    if name in _ADDRESS_NAMES:
        address, mark, query = text.partition("?")
        text = address + mark + (_DOTS if query else "")
    return text.replace(token, mask(token)) if token else text
