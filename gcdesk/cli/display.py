"""Is there a display? Asked before Qt is loaded, because Qt ends the program where there is none."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

from gcdesk.errors import DeskError

_NEEDS_NO_DISPLAY = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs", "directfb"})
_X_PORT = 6000
_PATIENCE = 2.0
_HINT = (
    "Start gcdesk in a desktop session, connect with ssh -X, or run it under a virtual display: "
    "xvfb-run gcdesk. In a terminal, gcdesk chat needs no display."
)


class DisplayError(DeskError):
    """There is no display to open a window on."""

    title = "There is no display to open the window on."
    hint = _HINT


def check_display() -> None:
    """Return if a window can be opened here, as far as can be told without Qt.

    Raises:
        DisplayError: There is no display, or the one that is named does not answer.
    """
    if sys.platform in ("win32", "darwin"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if platform in _NEEDS_NO_DISPLAY:
        return
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY", ""), os.environ.get("DISPLAY", "")
    if platform != "xcb" and wayland and _answers(_wayland_socket(wayland)):
        return
    if platform != "wayland" and x11 and _x_answers(x11):
        return
    if x11 or wayland:
        names = " and ".join(
            f"{name}={value}" for name, value in (("WAYLAND_DISPLAY", wayland), ("DISPLAY", x11)) if value
        )
        raise DisplayError(f"The display does not answer, or does not let this user in ({names}).")
    raise DisplayError


def _wayland_socket(name: str) -> str:
    return str(Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / name)


def _x_answers(display: str) -> bool:
    # [host]:number[.screen]; without a host a socket of this computer, on Linux perhaps an abstract one.
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal():
        # Such as a launchd path; Qt knows better than this check.
        return bool(display)
    if host in ("", "unix"):
        return _lets_us_in(display, int(number))
    return _takes_connections(host.strip("[]"), int(number))


def _lets_us_in(display: str, number: int) -> bool:
    # A display of another user, or of the host of a container, answers and then asks for a cookie. This is the
    # call that Qt makes, so it decides as Qt will. Asked of this computer only: it would wait for any other.
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the place that X servers use
        return _answers(path) or _answers("\0" + path) or _takes_connections("localhost", number)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _answers(path: str) -> bool:
    # The usual display needs no socket of ours, and its module takes its time.
    import socket

    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect(path)
        return True
    return False


def _takes_connections(host: str, number: int) -> bool:
    if _X_PORT + number > 65535:
        return False
    import socket

    with contextlib.suppress(OSError), socket.create_connection((host, _X_PORT + number), _PATIENCE):
        return True
    return False
