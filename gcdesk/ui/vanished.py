"""Notices a window that another program destroyed: X11 allows that, and Qt says nothing about it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow


class Vanished(QObject):
    """Calls `gone` once when the window is there no more although nobody closed it.

    Args:
        window: The window, shown already.
        gone: What to do then.
    """

    def __init__(self, window: QWindow, gone: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._gone = gone
        if QGuiApplication.platformName() == "xcb":
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a window that is not drawn any more may be minimized, on another desktop, or gone."""
        if event.type() == QEvent.Type.Expose and self._window.isVisible() and not self._window.isExposed():
            QTimer.singleShot(0, self, self._look)
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        if self._window.isVisible() and not x11_window_exists(int(self._window.winId())):
            self._window.removeEventFilter(self)
            self._gone()


def x11_window_exists(window: int) -> bool:
    """Whether the X server knows a window of that number; True where it cannot be asked."""
    try:
        xcb, libc = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_get_window_attributes.restype = ctypes.c_uint
    xcb.xcb_get_window_attributes_reply.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        if xcb.xcb_connection_has_error(connection):
            return True
        cookie = xcb.xcb_get_window_attributes(connection, ctypes.c_uint(window))
        error = ctypes.c_void_p()
        reply = xcb.xcb_get_window_attributes_reply(connection, ctypes.c_uint(cookie), ctypes.byref(error))
        answer = ctypes.c_void_p(reply)
        exists = bool(answer)
        libc.free(answer)
        libc.free(error)
        return exists
    finally:
        xcb.xcb_disconnect(connection)
