"""`gcdesk` without a command: the window. Nothing else of the command line loads Qt."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from gcdesk.cli.display import check_display
from gcdesk.errors import DeskError

if TYPE_CHECKING:
    from gcdesk.desk.opening import Call
    from gcdesk.simulator import SimulatorOptions


class SimulatorHandle:
    """A simulator for the window, which must not know the package it comes from.

    Args:
        options: What the simulator is like; its defaults if left out.
        announce: Gets one line with its address when it is ready.
    """

    def __init__(
        self, options: SimulatorOptions | None = None, announce: Callable[[str], None] | None = None
    ) -> None:
        from gcdesk.simulator import SimulatorThread

        self._thread = SimulatorThread(options)
        self._announce = announce

    def start(self) -> tuple[str, str]:
        """Start it and return its address and deployment ID; blocks until it listens. Raises DeskError."""
        from gcdesk.simulator import SimulatorError
        from gcdesk.simulator.masking import mask_deployment

        try:
            url = self._thread.start()
        except SimulatorError as error:
            raise DeskError(error.title, error.hint) from error
        if self._announce is not None:
            deployment = mask_deployment(self._thread.deployment_id)
            self._announce(f"gcdesk simulator ready at {url} deployment {deployment}")
        return url, self._thread.deployment_id

    def platform(self) -> tuple[str, str, str]:
        """The client ID and secret of its OAuth client, and the ID of its org."""
        from gcdesk.simulator import DEMO_ORG_ID

        options = self._thread.simulator.options
        return options.client_id, options.client_secret, DEMO_ORG_ID

    def stop(self) -> None:
        """Stop it; does nothing if it does not run."""
        self._thread.stop()


def open_window(
    *,
    demo: bool = False,
    log_level: str | None = None,
    simulator: SimulatorOptions | None = None,
    announce: Callable[[str], None] | None = None,
    call: Call | None = None,
) -> int:
    """Open the window and return the exit status when it is closed, or end with it where a thread would not.

    Where a window is open already, that one comes to the front instead; a demo always has its own.

    Args:
        demo: Open on the simulator and start it at once.
        log_level: The level asked for; None leaves it to the settings.
        simulator: What the built-in simulator is like.
        announce: Gets one line with the simulator's address each time it is ready.
        call: What is asked for beside the window.

    Raises:
        DisplayError: There is no display.
        WindowSilentError: The window that is open already does not answer.
        SettingsError: The settings file cannot be read.
    """
    check_display()
    with _no_collections():
        from gcdesk.cli.handover import have_window
        from gcdesk.desk.instance import Instance
        from gcdesk.desk.logs import DEFAULT_LEVEL, LEVELS, setup_logging
        from gcdesk.desk.settings import Settings

        settings = Settings()
        instance = None if demo else Instance(settings.path.parent)
        if instance is not None and not have_window(instance, call):
            return 0
        # A launch that only hands over loads no window.
        from gcdesk.ui.app import run
        from gcdesk.ui.options import WindowOptions

        kept = settings.get("log_level", str, DEFAULT_LEVEL)
        level = log_level or (kept if kept in LEVELS else DEFAULT_LEVEL)
        setup_logging(level)
        try:
            status = run(
                WindowOptions(
                    simulator=lambda: SimulatorHandle(simulator, announce),
                    demo=demo,
                    log_level=level,
                    instance=instance,
                    call=call,
                )
            )
        finally:
            if instance is not None:
                instance.free()
    _leave_threads_behind(status)
    return status


def _leave_threads_behind(status: int) -> None:
    """End the program here if a thread still loads a module, or waits for a name server that does not answer.

    Everything is saved and closed by now. At its own end Python stops such threads wherever they are; inside the code
    of Qt and other libraries that aborts the program.
    """
    if threading.active_count() == 1:
        return
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    logging.shutdown()
    os._exit(status)


@contextlib.contextmanager
def _no_collections() -> Iterator[None]:
    """Keep the thousands of objects that a window is made of from setting off one collection after another."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
