"""A window that is killed the moment it has painted a message: `python -m tests.support.killed_window URL --after 40`.

It starts a chat, says one thing, and writes the key of each message to standard output as soon as it is painted. With
the last of them it ends as `kill -9` ends it, before the painting has even returned.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gcdesk.guest.states import State
from gcdesk.ui import app as program
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.options import WindowOptions
from gcdesk.ui.window import Window
from tests.support.busy_window import Elsewhere

SAID = "The last thing that I shall ever say"


class Driver(QObject):
    """Starts a chat and says something in it."""

    def __init__(self, app: QApplication, after: int) -> None:
        super().__init__(app)
        self._after = after
        self._painted: set[str] = set()
        self._started = False
        self._steps = QTimer(self, interval=20)
        self._steps.timeout.connect(self._step)
        self._steps.start()

    def _step(self) -> None:
        window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, Window)), None)
        field = window.findChild(QLineEdit, "crm-id") if window is not None else None
        if window is None or field is None or not field.isVisible():
            return
        if not self._started:
            self._started = True
            self._watch_bubbles()
            field.setText("CUST-1")
            QTest.keyClick(field, Qt.Key.Key_Return)
            return
        chats = window.findChildren(LiveChat)
        if chats and chats[0].state is State.CONFIGURED:
            self._steps.stop()
            chats[0].say(SAID)
            print("ready", flush=True)

    def _watch_bubbles(self) -> None:
        from gcdesk.ui.bubbles import MessageRow

        paint = MessageRow.paintEvent

        def painted(row: MessageRow, event: Any) -> None:
            paint(row, event)
            if row.message.key not in self._painted:
                self._painted.add(row.message.key)
                os.write(1, f"{row.message.key}\n".encode())
                if len(self._painted) >= self._after:
                    os.kill(os.getpid(), signal.SIGKILL)

        MessageRow.paintEvent = painted  # type: ignore[method-assign, assignment]


def slow_down(seconds: float) -> None:
    """Let each writing take so much longer, as on a disk that is busy."""
    from gcdesk.desk.history_connection import HistoryConnection

    write = HistoryConnection.write

    def slow(connection: HistoryConnection, batch: Any) -> None:
        time.sleep(seconds)
        write(connection, batch)

    HistoryConnection.write = slow  # type: ignore[method-assign, assignment]


def main() -> int:
    """Run the window until it is killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--after", type=int, default=40)
    parser.add_argument("--slow-disk", type=float, default=0.0)
    asked = parser.parse_args()
    slow_down(asked.slow_disk)
    make_app = program.make_app

    def make_driven_app() -> QApplication:
        app = make_app()
        Driver(app, asked.after)
        return app

    program.make_app = make_driven_app
    return program.run(WindowOptions(simulator=lambda: Elsewhere(asked.url), demo=True))


if __name__ == "__main__":
    sys.exit(main())
