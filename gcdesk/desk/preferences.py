"""What a person has set for all environments: the proxy, the history and the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gcdesk.desk.history import HISTORY_DAYS, KEEP_HISTORY
from gcdesk.desk.limits import own_limits, read_limits
from gcdesk.desk.proxy_choice import SYSTEM, read_choice
from gcdesk.desk.settings import Settings
from gcdesk.errors import GcdeskError, InputError

LONGEST_DAYS = 3650
"""Days that chats can be kept for, other than for good."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings that hold everywhere.

    Args:
        proxy: The choice of gcdesk.desk.proxy_choice.
        keep_history: Whether chats are kept on this computer.
        history_days: The age in days at which they are deleted; 0 for never.
        limits: The figures that differ from the service's, by the names of gcdesk.guest.limits.Limits.
        troubles: What in the settings file cannot be used; its usual value stands here in its place.
    """

    proxy: str = SYSTEM
    keep_history: bool = True
    history_days: int = 0
    limits: Mapping[str, float] = field(default_factory=dict)
    troubles: tuple[GcdeskError, ...] = ()


def read_preferences(settings: Settings) -> Preferences:
    """What a person has set. Raises SettingsError; what cannot be used is among the troubles."""
    troubles: list[GcdeskError] = []
    proxy = SYSTEM
    try:
        proxy = read_choice(settings)
    except InputError as error:
        troubles.append(error)
    try:
        read_limits(settings)
    except InputError as error:
        troubles.append(error)
    return Preferences(
        proxy,
        settings.get(KEEP_HISTORY, bool, True),
        min(max(0, settings.get(HISTORY_DAYS, int, 0)), LONGEST_DAYS),
        own_limits(settings),
        tuple(troubles),
    )


def write_history(settings: Settings, *, keep: bool, days: int) -> None:
    """Set whether chats are kept, and for how many days. Raises SettingsError; nothing was changed then."""
    with settings.editing() as data:
        for key, value, usual in ((KEEP_HISTORY, keep, True), (HISTORY_DAYS, days, 0)):
            if value == usual:
                data.pop(key, None)
            else:
                data[key] = value
