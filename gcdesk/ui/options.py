"""What the window is started with; cheap to import, for whoever starts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gcdesk.desk.instance import Instance
    from gcdesk.desk.opening import Call


class SimulatorHandle(Protocol):
    """A simulator that has not been started yet. Both calls may block, so they are made in a thread."""

    def start(self) -> tuple[str, str]:
        """Start and return the guest socket's address and the deployment ID; raises GcdeskError."""

    def platform(self) -> tuple[str, str, str]:
        """The client ID and secret of its OAuth client, and the ID of its org; all of them public."""

    def stop(self) -> None:
        """Cut every connection and stop; nothing if it does not run."""


@dataclass(frozen=True)
class WindowOptions:
    """What the window is started with.

    Args:
        simulator: Makes the built-in simulator, called when it is needed for the first time; None leaves it
            out.
        demo: Open on the simulator and start it at once, whatever was chosen last.
        log_level: The level the log is at, as in gcdesk.desk.logs.LEVELS.
        instance: Claimed; later launches call this window. None keeps the window to itself.
        call: What this launch asks for, beside the window.
    """

    simulator: Callable[[], SimulatorHandle] | None = None
    demo: bool = False
    log_level: str = "warning"
    instance: Instance | None = None
    call: Call | None = None
