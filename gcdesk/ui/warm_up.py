"""Loads, in a thread, what the window can do without at first: the event loop's code, then what a chat needs.

The window shows and takes keys before any of it is there.
"""

from __future__ import annotations

import importlib
import logging
import threading

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)

LOOP = ("asyncio", "qasync", "gcdesk.ui.life")
"""What the event loop and the rest of the window need."""

CHAT = (
    "gcdesk.desk.environments",
    "websockets.asyncio.client",
    "gcdesk.chat.chat",
    "gcdesk.ui.environments",
    "keyring.core",
    "markdown_it",
)
"""What the first chat needs, in the order in which a quick person would miss it."""

_PATIENCE = 0.5


class WarmUp(QObject):
    """Loads modules one by one.

    Args:
        first: What `ready` waits for.
        then: What may come later.
    """

    ready = Signal()
    """The first modules are loaded, or failed to load: whoever imports them will see."""

    def __init__(self, first: tuple[str, ...] = LOOP, then: tuple[str, ...] = CHAT) -> None:
        super().__init__()
        self._first = first
        self._then = then
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
        self._load(self._first)
        self.ready.emit()
        self._load(self._then)

    def _load(self, names: tuple[str, ...]) -> None:
        for name in names:
            if self._stopped.is_set():
                return
            try:
                importlib.import_module(name)
            except Exception:  # noqa: BLE001 - whoever needs the module will say so
                _log.debug("%s could not be loaded early", name, exc_info=True)
