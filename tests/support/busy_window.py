"""The window with many chats in which much is said: `python -m tests.support.busy_window URL --chats 50 --seconds 60`.

Drives itself with keys. Writes one JSON object: the longest time between two turns of the event loop in which the
window's thread was at work, the longest by the clock, and how many messages the chats show.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gcdesk.guest.states import State
from gcdesk.ui import app as program
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.options import WindowOptions
from gcdesk.ui.window import Window
from tests.support.talkative import DEPLOYMENT_ID

_LONG = 0.02


class Elsewhere:
    """A handle on a service that runs already."""

    def __init__(self, url: str) -> None:
        self._url = url

    def start(self) -> tuple[str, str]:
        """Where it is."""
        return self._url, DEPLOYMENT_ID

    def platform(self) -> tuple[str, str, str]:
        """It has no Platform API."""
        return "", "", ""

    def stop(self) -> None:
        """It is stopped by whoever started it."""


class Heart(QObject):
    """Measures the time between the turns of the event loop: on the processor and on the clock."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.busy: list[float] = []
        self.clock: list[float] = []

    def start(self) -> None:
        """Begin to measure."""
        self._last = time.thread_time(), time.perf_counter()
        self._timer.start()

    def _beat(self) -> None:
        now = time.thread_time(), time.perf_counter()
        self.busy.append(now[0] - self._last[0])
        self.clock.append(now[1] - self._last[1])
        self._last = time.thread_time(), time.perf_counter()


class Driver(QObject):
    """Starts one chat after the other, waits, measures, tells and closes the window."""

    def __init__(self, app: QApplication, chats: int, seconds: float) -> None:
        super().__init__(app)
        self._count = chats
        self._seconds = seconds
        self._started = 0
        self._heart = Heart(self)
        self._steps = QTimer(self, interval=20)
        self._steps.timeout.connect(self._step)
        self._steps.start()

    def _window(self) -> Window | None:
        return next((one for one in QApplication.topLevelWidgets() if isinstance(one, Window)), None)

    def _chats(self) -> list[LiveChat]:
        window = self._window()
        return window.findChildren(LiveChat) if window is not None else []

    def _step(self) -> None:
        window = self._window()
        field = window.findChild(QLineEdit, "crm-id") if window is not None else None
        if field is None or not field.isVisible():
            return
        chats = self._chats()
        if any(chat.state is not State.CONFIGURED for chat in chats):
            return
        if len(chats) < self._started:
            return
        if self._started < self._count:
            self._started += 1
            field.setText(f"CUST-{self._started:03}")
            QTest.keyClick(field, Qt.Key.Key_Return)
            return
        self._steps.stop()
        print("ready", flush=True)
        QTimer.singleShot(300, self._measure)

    def _measure(self) -> None:
        self._heart.start()
        QTimer.singleShot(round(self._seconds * 1000), self._tell)

    def _tell(self) -> None:
        window = self._window()
        assert window is not None
        lines = [chat.unread for chat in self._chats()]
        print(
            json.dumps(
                {
                    "turns": len(self._heart.busy),
                    "busy": max(self._heart.busy),
                    "clock": max(self._heart.clock),
                    "median": statistics.median(self._heart.busy),
                    "long": sum(1 for one in self._heart.busy if one > _LONG),
                    "at_work": sum(self._heart.busy) / self._seconds,
                    "unread": sum(lines),
                    "chats": len(lines),
                }
            ),
            flush=True,
        )
        window.close()


def main() -> int:
    """Run the window until it has measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    make_app = program.make_app

    def make_driven_app() -> QApplication:
        app = make_app()
        Driver(app, asked.chats, asked.seconds)
        return app

    program.make_app = make_driven_app
    return program.run(WindowOptions(simulator=lambda: Elsewhere(asked.url), demo=True))


if __name__ == "__main__":
    sys.exit(main())
