"""Whose Platform API proves an environment's chats, and with which OAuth client; a plain value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from gcdesk.chat.target import Target
    from gcdesk.guest.credentials import Credentials


@dataclass(frozen=True, slots=True)
class PlatformAccess:
    """One environment's way to the Platform API.

    Args:
        target: The deployment at its endpoint.
        org_id: The org it should belong to; empty if nobody said.
        credentials: The OAuth client, None if there is none.
        region: The region's domain; empty for the simulator and custom endpoints.
    """

    target: Target
    org_id: str = field(default="", repr=False)
    credentials: Credentials | None = None
    region: str = ""

    def admin_address(self, conversation_id: str) -> str:
        """Where a conversation's page is in the admin pages of its region; empty where there are none.

        The address is that of the browser's bar: the Resource Center's "View an interaction's details" copies it from
        there, and public integrations build it as https://apps.REGION/directory/#/analytics/interactions/ID/admin.
        """
        if not self.region or not conversation_id:
            return ""
        place = quote(conversation_id, safe="")
        return f"https://apps.{self.region}/directory/#/analytics/interactions/{place}/admin"
