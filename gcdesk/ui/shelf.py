"""What the window knows of the environments and of where their IDs are kept; plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcdesk.errors import GcdeskError
from gcdesk.ui.launch_controls import EnvironmentItem

if TYPE_CHECKING:
    from gcdesk.desk.environments import Environment


@dataclass(frozen=True, slots=True)
class Shelf:
    """The environments as the launch bar offers them, and the name of the chosen one."""

    items: tuple[EnvironmentItem, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class KeyringLook:
    """Where IDs are kept: a name such as "the Secret Service", or the error that says why nowhere."""

    name: str = ""
    error: GcdeskError | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The environments of the book, and the names of those that are forgotten when the program ends."""

    environments: tuple[Environment, ...]
    session_only: frozenset[str]


def simulator_item() -> EnvironmentItem:
    """The built-in simulator, as the launch bar offers it."""
    return EnvironmentItem(
        name=QCoreApplication.translate("Environments", "Built-in simulator"),
        place=QCoreApplication.translate("Environments", "this computer only"),
        colour="purple",
        simulated=True,
    )
