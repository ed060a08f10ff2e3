"""Much that happens is told in few calls, what matters at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gcdesk.guest import events
from gcdesk.guest.message import Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.ui.calm import Calm

NOW = datetime(2026, 7, 1, tzinfo=UTC)


class Told:
    def __init__(self) -> None:
        self.times = 0
        self.owner = QObject()
        self.calm = Calm(self.tell, self.owner)

    def tell(self) -> None:
        self.times += 1


@pytest.fixture
def told(qapp: object) -> Told:
    return Told()


def test_after_a_quiet_time_it_is_told_at_once(told: Told) -> None:
    told.calm.soon()
    assert told.times == 1


def test_a_hundred_changes_are_told_twice(told: Told, qtbot: QtBot) -> None:
    for _ in range(100):
        told.calm.soon()
    assert told.times == 1
    qtbot.waitUntil(lambda: told.times == 2)
    with qtbot.assertNotEmitted(told.owner.destroyed, wait=120):
        pass
    assert told.times == 2


def test_what_matters_is_told_now_and_takes_the_rest_along(told: Told, qtbot: QtBot) -> None:
    told.calm.soon()
    told.calm.soon()
    told.calm.now()
    assert told.times == 2
    with qtbot.assertNotEmitted(told.owner.destroyed, wait=120):
        pass
    assert told.times == 2


def test_a_state_matters_and_typing_does_not(told: Told) -> None:
    told.calm.now()
    told.calm.tell_of(events.TypingChanged(NOW, on=False, sender=Sender(SenderKind.BOT), seconds=0.0))
    assert told.times == 1
    told.calm.tell_of(events.StateChanged(NOW, before=State.IDLE, state=State.CONFIGURED))
    assert told.times == 2
