"""What the history is told before it begins; light to load, because a chat's first reply must not wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """Where the history is kept, and for how many days; 0 keeps it for good."""

    path: Path
    days: int = 0


@dataclass(frozen=True)
class ChatFacts:
    """What is known of a chat before its first event.

    Args:
        environment: The environment's name; empty where there is none, as on the command line.
        place: Its region or endpoint, as shown to people.
        crm_key: The custom attribute that carries the CRM customer ID.
        attributes: All custom attributes, key to text.
        colour: The environment's colour, so that production is never mistaken for a test environment.
        simulated: Whether it runs on the simulator.
        started: When it was started, in UTC.
    """

    environment: str
    place: str
    crm_key: str
    attributes: Mapping[str, str] = field(repr=False)
    colour: str = ""
    simulated: bool = False
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
