"""A desktop's notification server on a session bus: `python -m tests.support.notification_server`.

It writes a JSON line for each notification, and clicks the one whose number it reads from standard input.
"""

from __future__ import annotations

import itertools
import json
import selectors
import sys

from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


def main() -> None:
    """Serve until standard input ends."""
    numbers = itertools.count(1)
    emitter = DBusAddress(PATH, bus_name=NAME, interface=NAME)
    with open_dbus_connection("SESSION") as bus, selectors.DefaultSelector() as ready:
        bus.send_and_get_reply(message_bus.RequestName(NAME))
        print(json.dumps("ready"), flush=True)
        ready.register(sys.stdin, selectors.EVENT_READ)
        ready.register(bus.sock, selectors.EVENT_READ)
        while True:
            for chosen, _ in ready.select():
                if chosen.fileobj is not bus.sock:
                    line = sys.stdin.readline()
                    if not line:
                        return
                    bus.send(new_signal(emitter, "ActionInvoked", "us", (int(line), "default")))
                    continue
                message = bus.receive()
                if message.header.message_type is not MessageType.method_call:
                    continue
                if message.header.fields.get(HeaderFields.member) == "GetCapabilities":
                    bus.send(new_method_return(message, "as", (["body", "body-markup", "actions"],)))
                    continue
                application, before, _icon, title, body, actions, _hints, _timeout = message.body
                number = before or next(numbers)
                print(json.dumps([number, application, title, body, actions]), flush=True)
                bus.send(new_method_return(message, "u", (number,)))


if __name__ == "__main__":
    main()
