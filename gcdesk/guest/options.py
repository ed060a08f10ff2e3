"""What a guest session is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from gcdesk.guest.limits import Limits

if TYPE_CHECKING:
    from gcdesk.guest.identity import SignIn


class JoinPolicy(Enum):
    """When a new session is joined: as the deployment's autostart says, always, or never."""

    AUTOSTART = "autostart"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True)
class SessionOptions:
    """What a session is for.

    Args:
        deployment_id: The deployment, a UUID.
        token: The guest's identity, a fresh UUID for each test chat: who holds it can resume the session.
        attributes: Custom attributes, key to text, exactly as they go out.
        join: When a new session is joined.
        limits: Limits and times of the service.
        reconnect: Whether a broken connection is tried again.
        resume: Whether the token is one of an earlier chat, whose messages are wanted.
        sign_in: The signed-in customer's; None for a guest.
    """

    deployment_id: str = field(repr=False)
    token: str = field(repr=False)
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    join: JoinPolicy = JoinPolicy.AUTOSTART
    limits: Limits = field(default_factory=Limits)
    reconnect: bool = True
    resume: bool = False
    sign_in: SignIn | None = None
