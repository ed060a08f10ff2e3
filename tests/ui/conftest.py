"""What the tests of widgets share."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gcdesk.ui import style
from gcdesk.ui.languages import ENGLISH, install

_WHOLE_EVERY = 25


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Overlook what the offscreen platform says whenever a window is shown; every other Qt warning still fails."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True))


@pytest.fixture(scope="session", autouse=True)
def _in_english(qapp: QApplication) -> None:
    """As in the program itself: the forms of one and many come from a file."""
    install(qapp, ENGLISH)


@pytest.fixture
def light_look(qapp: QApplication) -> Iterator[style.Theme]:
    """The light theme while the test runs, whatever the platform says; the system's again afterwards."""
    theme = style.apply_theme(qapp, "light")
    yield theme
    theme.choose("system")


_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def _no_garbage_in_threads() -> Iterator[None]:
    """As in the program itself: the collector must not destroy Qt objects in a thread that is not theirs.

    Not between two tests either, for a thread of the last one may still be at work.
    """
    gc.disable()
    yield
    gc.collect(2 if next(_tests) % _WHOLE_EVERY == 0 else 1)
