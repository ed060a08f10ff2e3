"""Brings values from other threads to the window's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal


class Mailbox(QObject):
    """A place to post to from any thread.

    It belongs to the program and not to whoever waits: a thread may post at the very moment in which a dialog is
    destroyed, and an object that is destroyed in the middle of that would end the program.
    """

    arrived = Signal(object)
    """A value; delivered in the window's thread, to receivers that are still there."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())

    def post(self, value: object) -> None:
        """Hand a value over; called from any thread."""
        self.arrived.emit(value)
