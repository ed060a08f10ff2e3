"""A fault of one release of the Qt binding that would end the program after some minutes."""

from __future__ import annotations

import asyncio
import sys

import pytest
from pytestqt.qtbot import QtBot

EVENTS = 10_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
async def test_timer_events_of_the_qt_loop_keep_the_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops one reference to None with each; at none left Python aborts."""
    before = sys.getrefcount(None)
    for _ in range(EVENTS):
        await asyncio.sleep(0)
    lost = before - sys.getrefcount(None)
    assert lost < EVENTS // 100
