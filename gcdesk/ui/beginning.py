"""How a chat begins: with a fresh guest session, an earlier one, or in a signed-in customer's name."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Beginning:
    """`token` is an earlier guest session's, empty for a fresh one; `signed_in` uses the sign-in that is kept."""

    token: str = field(default="", repr=False)
    signed_in: bool = False
