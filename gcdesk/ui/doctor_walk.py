"""A walk in its dialog: it begins at once, and ends with the dialog."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.doctor_dialog import DoctorDialog

if TYPE_CHECKING:
    import asyncio

    from gcdesk.chat.doctor.check import Check

    Walk = Callable[[Callable[[Check], None], Callable[[], None]], asyncio.Task[None]]

_log = logging.getLogger(__name__)


def walk_in_dialog(parent: QWidget, name: str, walk: Walk) -> None:
    """Show the findings of a walk as they come.

    Args:
        parent: What the dialog belongs to.
        name: What is examined, for people.
        walk: Begins a walk and returns its task; it is told what to call for each finding, and at the end.
    """
    dialog = DoctorDialog(name, parent)
    walking: list[asyncio.Task[None]] = []

    def stop() -> None:
        for task in walking:
            task.cancel()
        walking.clear()

    def run() -> None:
        stop()
        walking.append(walk(dialog.add, over))

    def over() -> None:
        walking.clear()
        dialog.over()
        _log.debug("The walk is over: %s", dialog.says.text())

    dialog.run_requested.connect(run)
    dialog.stop_requested.connect(stop)
    show_dialog(dialog)
    dialog.run()
