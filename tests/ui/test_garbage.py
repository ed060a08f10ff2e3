"""Garbage is collected in the window's thread and in no other."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gcdesk.ui.garbage import Garbage


class Knot:
    """Refers to itself, so that only the collector can free it; says in which thread that happened."""

    freed_in: list[str]

    def __init__(self) -> None:
        self.myself = self

    def __del__(self) -> None:
        Knot.freed_in.append(threading.current_thread().name)


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    gc.enable()
    Knot.freed_in = []
    one = Garbage()
    yield one
    one.restore()


def _knots_in_a_thread() -> None:
    def tie() -> None:
        for _ in range(5 * gc.get_threshold()[0]):
            Knot()

    thread = threading.Thread(target=tie)
    thread.start()
    thread.join()


def test_a_busy_thread_frees_nothing_and_the_window_does(garbage: Garbage) -> None:
    _knots_in_a_thread()
    assert not Knot.freed_in
    garbage.collect()
    assert set(Knot.freed_in) == {threading.main_thread().name}


def test_without_it_the_thread_would(qtbot: QtBot) -> None:
    gc.enable()
    Knot.freed_in = []
    _knots_in_a_thread()
    assert set(Knot.freed_in) - {threading.main_thread().name}
    gc.collect()


def test_the_timer_collects(garbage: Garbage, qtbot: QtBot) -> None:
    _knots_in_a_thread()
    qtbot.waitUntil(lambda: bool(Knot.freed_in), timeout=5000)


def test_what_was_settled_is_not_looked_at_again(garbage: Garbage) -> None:
    knot = Knot()
    gone = weakref.ref(knot)
    garbage.settle()
    del knot
    gc.collect()
    assert gone() is not None
    garbage.restore()
    gc.collect()
    assert gone() is None


def test_what_has_grown_old_is_freed_when_everything_is_collected(garbage: Garbage) -> None:
    knot = Knot()
    gone = weakref.ref(knot)
    for _ in range(8):
        garbage.collect()
    del knot
    for _ in range(8):
        garbage.collect()
    assert gone() is not None
    garbage.collect_all()
    assert gone() is None


def test_nothing_old_is_looked_at_while_the_window_is_in_use(
    garbage: Garbage, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = [Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive]
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: states[0])
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 3600)
    knot = Knot()
    gone = weakref.ref(knot)
    garbage.settle()
    del knot
    garbage.collect()
    assert gone() is not None
    states.pop(0)
    garbage.collect()
    assert gone() is None


def test_afterwards_python_collects_as_before(garbage: Garbage) -> None:
    assert not gc.isenabled()
    garbage.restore()
    assert gc.isenabled()
