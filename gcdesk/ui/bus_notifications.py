"""Notifications of a Linux desktop, through the session bus (Desktop Notifications Specification 1.2).

The law of this file: one thread speaks with the bus, so that a desktop that does not answer holds nothing up.
"""

from __future__ import annotations

import contextlib
import html
import queue
import selectors
import socket
import threading
from collections import deque
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from gcdesk.ui.mailbox import Mailbox

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_PATIENCE = 3.0


class BusNotifications(QObject):
    """Shows notifications, one for each key: a new one takes the place of the one before.

    Args:
        parent: The Qt parent.
    """

    activated = Signal(object)
    """The key of a notification that was clicked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wishes: queue.SimpleQueue[tuple[str, str, str]] = queue.SimpleQueue()
        self._mailbox = Mailbox()
        self._mailbox.arrived.connect(self.activated, Qt.ConnectionType.QueuedConnection)
        self._waking, self._wake = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="gcdesk notifications", daemon=True)

    def show(self, key: str, title: str, body: str) -> None:
        """Show a notification; where there is nobody to show it, nothing happens."""
        if not self._thread.is_alive():
            if self._thread.ident is not None or self._wake.fileno() < 0:
                # There was no bus, or it went away.
                return
            self._thread.start()
        self._wishes.put((key, title, body))
        with contextlib.suppress(OSError):
            self._wake.send(b".")

    def close(self) -> None:
        """Stop listening, without waiting."""
        self._wake.close()
        if self._thread.ident is None:
            self._waking.close()

    def _run(self) -> None:
        # Without the package, a bus or a desktop there are no notifications, and the chats go on.
        with self._waking, contextlib.suppress(Exception):
            from jeepney.io.blocking import open_dbus_connection

            with open_dbus_connection("SESSION") as bus:
                _Speaker(bus, self).run(self._wishes, self._waking)

    def clicked(self, key: str) -> None:
        """Called from the thread: somebody clicked a notification."""
        self._mailbox.post(key)


class _Speaker:
    def __init__(self, bus: Any, owner: BusNotifications) -> None:
        from jeepney import DBusAddress, HeaderFields, MatchRule, message_bus
        from jeepney.wrappers import new_method_call, unwrap_msg

        self._bus = bus
        self._owner = owner
        self._keys: dict[int, str] = {}
        self._member = HeaderFields.member
        self._unwrap: Any = unwrap_msg
        self._call: Any = lambda method, types=None, values=(): new_method_call(
            DBusAddress(_PATH, bus_name=_NAME, interface=_NAME), method, types, values
        )
        rule = MatchRule(type="signal", interface=_NAME, path=_PATH)
        self._heard: deque[Any] = deque()
        self._filter = bus.filter(rule, queue=self._heard)
        self._ask(message_bus.AddMatch(rule))
        (abilities,) = self._ask(self._call("GetCapabilities"))
        self._markup = "body-markup" in abilities

    def run(self, wishes: queue.SimpleQueue[tuple[str, str, str]], waking: socket.socket) -> None:
        """Show what is wished for and listen for clicks, until the other end of `waking` is closed."""
        with self._filter, selectors.DefaultSelector() as ready:
            ready.register(waking, selectors.EVENT_READ)
            ready.register(self._bus.sock, selectors.EVENT_READ)
            while True:
                # What came along with an answer announces itself no more.
                self._read()
                self._take_heard()
                for chosen, _ in ready.select():
                    if chosen.fileobj is waking and not waking.recv(64):
                        return
                while not wishes.empty():
                    self._show(*wishes.get())

    def _read(self) -> None:
        # Several messages may come at once, and those that are read already wake nobody.
        with contextlib.suppress(TimeoutError, BlockingIOError):
            while True:
                self._bus.recv_messages(timeout=0)

    def _show(self, key: str, title: str, body: str) -> None:
        before = next((number for number, known in self._keys.items() if known == key), 0)
        text = html.escape(body, quote=False) if self._markup else body
        hints = {"desktop-entry": ("s", "gcdesk"), "category": ("s", "im.received")}
        values = ("gcdesk", before, "gcdesk", title, text, ["default", title], hints, -1)
        (number,) = self._ask(self._call("Notify", "susssasa{sv}i", values))
        self._keys.pop(before, None)
        self._keys[number] = key

    def _take_heard(self) -> None:
        while self._heard:
            message = self._heard.popleft()
            name = message.header.fields.get(self._member)
            number = message.body[0] if message.body else 0
            if name == "ActionInvoked" and number in self._keys:
                self._owner.clicked(self._keys[number])
            elif name == "NotificationClosed":
                self._keys.pop(number, None)

    def _ask(self, message: Any) -> Any:
        return self._unwrap(self._bus.send_and_get_reply(message, timeout=_PATIENCE))
