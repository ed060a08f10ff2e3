"""Notifications through the icon in the system's tray, where the system has no other way for a program like this."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon


class TrayNotifications(QObject):
    """Shows notifications; the icon is there while one is of interest.

    Args:
        parent: The Qt parent.
    """

    activated = Signal(str)
    """The key of the newest notification, which was clicked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._icon = QSystemTrayIcon(QGuiApplication.windowIcon(), self)
        self._icon.setToolTip("gcdesk")
        self._icon.messageClicked.connect(lambda: self.activated.emit(self._key))
        self._icon.activated.connect(lambda _reason: self.activated.emit(self._key))

    def show(self, key: str, title: str, body: str) -> None:
        """Show a notification; where there is no tray, nothing happens."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._key = key
        self._icon.show()
        self._icon.showMessage(title, body, QGuiApplication.windowIcon())

    def close(self) -> None:
        """Take the icon away."""
        self._icon.hide()
