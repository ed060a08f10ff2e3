"""The program under a real X server, driven by keys as a person would, beside the simulator's own record."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.end_to_end.x11 import close_by_title_bar
from tests.support.process import GcdeskProcess
from tests.support.tools import need_linux_tool

Line = dict[str, Any]

PATIENCE = 20.0
LEAVE_WITHIN = 2.0
"""Seconds from the wish to close to the end of the program."""


_CHAT_OF_THE_LOG = re.compile(r" (DEBUG|INFO) gcdesk\.")


class Desktop:
    """One running window.

    Args:
        display: The value for DISPLAY.
        frames: The file in which the simulator keeps its record.
        process: The program.
    """

    def __init__(self, display: str, frames: Path, process: GcdeskProcess) -> None:
        self.display = display
        self.frames = frames
        self.process = process
        self.window = self._xdo("search", "--sync", "--onlyvisible", "--name", "^gcdesk$").splitlines()[0]

    # Keys

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        # Other scripts are typed by giving a spare key a new meaning; a program that learns of it late, because it has
        # only just started on a busy machine, takes the key for the next one.
        self._xdo("type", "--delay", "1" if text.isascii() else "400", text)

    def key(self, *names: str) -> None:
        """Press keys such as "Return" or "ctrl+q"."""
        self._xdo("key", "--delay", "1", *names)

    def hold(self, name: str, times: int) -> None:
        """Press a key again and again without letting go in between, as auto-repeat does."""
        for _ in range(times):
            self._xdo("keydown", name)
        self._xdo("keyup", name)

    def start(self, crm_id: str) -> None:
        """Type a CRM ID and press Enter."""
        self.type(crm_id)
        self.key("Return")

    def press_until(self, name: str, condition: Callable[[], bool]) -> None:
        """Press a key over and over until the condition holds."""

        def pressed() -> bool:
            self.key(name)
            return condition()

        self._until(pressed, f"pressing {name} led nowhere")

    def press_until_frame(self, names: tuple[str, ...], action: str) -> None:
        """Press keys over and over until the simulator has received a frame with that action."""

        def pressed() -> bool:
            if not self.received(action):
                self.key(*names)
                time.sleep(0.2)
            return bool(self.received(action))

        self._until(pressed, f"pressing {names} led to no {action}")

    def choose_file(self, title: str, path: Path) -> None:
        """Write a path into the file dialog of that title and take it; again, where it was not ready for keys."""
        self.wait_for_focus(title)

        def chosen() -> bool:
            self.key("ctrl+a")
            self.type(str(path))
            self.key("Return")
            deadline = time.monotonic() + 1
            while self._is_visible(title) and time.monotonic() < deadline:
                time.sleep(0.02)
            return not self._is_visible(title)

        self._until(chosen, f"{title} did not take {path}")

    def focus(self) -> None:
        """Give the window the focus, as window managers do when a dialog has closed."""
        self._xdo("windowfocus", "--sync", self.window)

    # What happened

    def wait_for_log(self, text: str) -> None:
        """Wait until a line of the log says that text."""
        self._until(lambda: text in self.process.stderr, f"the log never said {text}")

    def title(self) -> str:
        """What the title bar says."""
        return self._xdo("getwindowname", self.window).strip()

    def wait_for_title(self, text: str) -> None:
        """Wait until the title bar says that text."""
        self._until(lambda: self.title().startswith(text), f"the title never became {text}: {self.title()}")

    def wait_for_window(self, title: str) -> None:
        """Wait until another window of that title shows."""
        self._xdo("search", "--sync", "--onlyvisible", "--name", f"^{title}")

    def wait_for_focus(self, title: str) -> None:
        """Wait until the window of that title shows and takes the keys."""
        self.wait_for_window(title)

        def focused() -> bool:
            return self._xdo("getwindowfocus", "getwindowname").strip().startswith(title)

        self._until(focused, f"{title} never took the keys")

    def record(self) -> list[Line]:
        """The simulator's record so far; a line that is not whole yet is left for the next time."""
        if not self.frames.exists():
            return []
        text = self.frames.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def received(self, action: str) -> list[Line]:
        """The frames with that action that the simulator received."""
        return [
            line["frame"]
            for line in self.record()
            if line.get("direction") == "received" and line["frame"].get("action") == action
        ]

    def wait_for_frame(self, action: str, count: int = 1) -> Line:
        """Wait until the simulator has received that many frames with an action; return the last one."""
        self._until(lambda: len(self.received(action)) >= count, f"{action} never came: {self.record()}")
        return self.received(action)[count - 1]

    def wait_for_event(self, event: str, count: int = 1) -> None:
        """Wait until the simulator tells of an event of its own, such as "opened"."""

        def came() -> bool:
            return len([line for line in self.record() if line.get("event") == event]) >= count

        self._until(came, f"{event} never came: {self.record()}")

    def wait_for_message(self, text: str) -> Line:
        """Wait until the simulator has received a text as a message; return that frame."""

        def found() -> list[Line]:
            frames = self.received("onMessage")
            return [frame for frame in frames if frame["message"].get("text") == text]

        self._until(lambda: bool(found()), f"{text!r} never came: {self.record()}")
        return found()[0]

    # The end

    def close_window(self) -> None:
        """Do what the title bar's button does."""
        close_by_title_bar(self.display, int(self.window))

    def destroy_window(self) -> None:
        """Destroy the window as another program can, behind its back."""
        self._xdo("windowclose", self.window)

    def unmap_window(self) -> None:
        """Put the window away, as window managers do with other desktops."""
        self._xdo("windowunmap", "--sync", self.window)

    def map_window(self) -> None:
        """Show the window again and give it the focus."""
        self._xdo("windowmap", "--sync", self.window, "windowfocus", "--sync", self.window)

    def cut_off(self) -> None:
        """End the program's connection to the display."""
        self._xdo("windowkill", self.window)

    def expect_clean_end(self, wish: Callable[[], None]) -> None:
        """Make the wish to close, and require status 0, nothing on standard error, and no long wait."""
        begun = time.monotonic()
        wish()
        status = self.process.wait(PATIENCE)
        took = time.monotonic() - begun
        assert status == 0, self.process.stderr
        told = [line for line in self.process.stderr.splitlines() if not _CHAT_OF_THE_LOG.search(line)]
        assert told == [], told
        assert took < LEAVE_WITHIN, f"it took {took:.2f} s"

    # Inside

    def _is_visible(self, title: str) -> bool:
        ran = subprocess.run(
            [need_linux_tool("xdotool", "xdotool"), "search", "--onlyvisible", "--name", f"^{title}"],
            env={"DISPLAY": self.display, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return bool(ran.stdout.strip())

    def _xdo(self, *arguments: str) -> str:
        xdotool = need_linux_tool("xdotool", "xdotool")
        ran = subprocess.run(
            [xdotool, *arguments],
            env={"DISPLAY": self.display, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert ran.returncode == 0, f"xdotool {arguments}: {ran.stderr}\n{self.process.stderr}"
        return ran.stdout

    def _until(self, condition: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.running, f"the program ended: {self.process.stderr}"
            assert time.monotonic() < deadline, otherwise
            time.sleep(0.01)


def environment(display: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables with which the program opens its window on that display."""
    return {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", **(more or {})}
