"""Loads what the first chat needs while the person still types the CRM ID."""

from __future__ import annotations

import importlib
import logging
import threading

_log = logging.getLogger(__name__)

# In the order in which a quick person will miss them.
_NEEDED = (
    "gcdesk.desk.environments",
    "gcdesk.guest.session",
    "websockets.asyncio.client",
    "gcdesk.chat.chat",
    "gcdesk.ui.environments",
    "keyring.core",
)
_PATIENCE = 0.5


class WarmUp:
    """Loads modules one by one in a thread of its own, so that the window never stands still for it."""

    def __init__(self, modules: tuple[str, ...] = _NEEDED) -> None:
        self._modules = modules
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gcdesk warm-up", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Load nothing more, and wait a moment for the module that is being loaded."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        for name in self._modules:
            if self._stopped.is_set():
                return
            try:
                importlib.import_module(name)
            except Exception:  # noqa: BLE001 - whoever needs the module will say so
                _log.debug("%s could not be loaded early", name, exc_info=True)
