"""Keeps secrets out of the record: a token is all it takes to resume a session (guest API, section 2)."""

import re
from typing import Any

from .demo import DEMO_DEPLOYMENT_ID

_SECRET_KEYS = frozenset({"token", "jwt", "resumeToken", "refreshToken", "code", "deploymentId"})
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_SECRET_MEMBER = re.compile(r'("(?:token|jwt|resumeToken|refreshToken|code)"\s*:\s*")([^"]*)')

_SIGNATURE = re.compile(r"(X-Signature=)[0-9a-f]+")
"""What makes a link to a file work (guest API, section 3: PresignedUrlResponse)."""


def mask(secret: str) -> str:
    """Dots and, where that still hides enough, the last four characters."""
    return "••••" + (secret[-4:] if len(secret) >= 12 else "")


def mask_deployment(deployment_id: str) -> str:
    """A deployment ID for the record: the demonstration's whole, any other masked."""
    return deployment_id if deployment_id.lower() == DEMO_DEPLOYMENT_ID else mask(deployment_id)


def mask_frame(frame: Any) -> Any:
    """A copy of a decoded frame with every secret masked, wherever the token is repeated in it."""
    token = frame.get("token") if isinstance(frame, dict) else None
    return _masked(frame, token if isinstance(token, str) and token else None)


def mask_text(text: str) -> str:
    """Text that is not JSON, with everything masked that could be a token."""

    def keep_demo(found: re.Match[str]) -> str:
        return mask_deployment(found.group())

    return _UUID.sub(keep_demo, _SECRET_MEMBER.sub(lambda found: found[1] + mask(found[2]), text))


def _masked(value: Any, token: str | None) -> Any:
    if isinstance(value, dict):
        return {key: _masked_member(key, item, token) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item, token) for item in value]
    if isinstance(value, str):
        value = _SIGNATURE.sub(r"\1••••", value)
        return value if token is None else value.replace(token, mask(token))
    return value


def _masked_member(key: str, value: Any, token: str | None) -> Any:
    if key in _SECRET_KEYS and isinstance(value, str):
        return mask_deployment(value) if key == "deploymentId" else mask(value)
    return _masked(value, token)
