"""What a chat is with."""

from __future__ import annotations

from dataclasses import dataclass, field

from gcdesk.guest.masking import mask
from gcdesk.guest.regions import Endpoint


@dataclass(frozen=True)
class Target:
    """A deployment at an endpoint.

    Args:
        endpoint: Where every service is.
        deployment_id: The deployment, a UUID.
        origin: The Origin header for a deployment restricted to domains; empty for the endpoint's own.
        proxy: Which proxy leads there, as gcdesk.chat.proxies.finder takes it; empty for the system's.
    """

    endpoint: Endpoint
    deployment_id: str = field(repr=False)
    origin: str = ""
    proxy: str = ""

    def __repr__(self) -> str:
        return f"Target({self.endpoint.display}, deployment {mask(self.deployment_id)})"
