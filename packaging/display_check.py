"""Whether a window can open here, asked before anything is installed for it."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

ADVICE = """\
gcdesk opens a window and needs a display. One of these gives it one:
  - run it in a terminal on the desktop itself
  - from another machine with a desktop: ssh -X to this one, then run it again
  - without any screen: install the packages xvfb and xauth, then run
    xvfb-run -a python3 packaging/bootstrap.py demo
The commands `gcdesk chat` and `gcdesk simulate` need no display."""

# With these Qt draws without a display server, so whoever chose one knows what they do.
NEEDS_NO_SERVER = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay")


def display_problem(environ: Mapping[str, str]) -> str:
    """Return why no window can open, with advice, or nothing if one can."""
    if not sys.platform.startswith("linux"):
        return ""
    if environ.get("QT_QPA_PLATFORM", "").split(":", 1)[0] in NEEDS_NO_SERVER:
        return ""
    x_display, wayland = environ.get("DISPLAY", ""), environ.get("WAYLAND_DISPLAY", "")
    if not x_display and not wayland:
        return f"There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set.\n{ADVICE}"
    if wayland and _wayland_answers(wayland, environ.get("XDG_RUNTIME_DIR", "")):
        return ""
    if x_display and _x_answers(x_display):
        return ""
    return f"The display {x_display or wayland} does not answer, or does not let this user in.\n{ADVICE}"


def _wayland_answers(name: str, runtime_directory: str) -> bool:
    if not hasattr(socket, "AF_UNIX"):
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(str(Path(runtime_directory) / name))
        except OSError:
            return False
    return True


def _x_answers(display: str) -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        # Nothing can be said before the system libraries are in place.
        return True
    # The very call that Qt makes, so cookies and remote displays are judged as Qt will judge them.
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
