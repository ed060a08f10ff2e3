"""The OAuth client that asks the Platform API (guest API, section 7.1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gcdesk.guest.masking import mask


@dataclass(frozen=True, slots=True)
class Credentials:
    """An OAuth client of the grant type client credentials."""

    client_id: str
    secret: str = field(repr=False)

    def __repr__(self) -> str:
        return f"Credentials(client_id={mask(self.client_id)!r})"
