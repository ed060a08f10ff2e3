"""One chat as the window sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from gcdesk.errors import AccessRefusedError, KeyringRefusedError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus
from gcdesk.guest.message import Delivery, Direction, Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.shelf import simulator_item
from gcdesk.ui.step import RETRY, StepStatus
from tests.ui.fakes import AT, FakeBridge, configured, deployment, message

UAT = EnvironmentItem("UAT", "mypurecloud.de", "green")
LENA = Sender(SenderKind.AGENT, "Lena")


class Watched:
    """A chat, its bridge, and the lines it wants told."""

    def __init__(self, item: EnvironmentItem = UAT) -> None:
        self.bridge = FakeBridge()
        self.chat = LiveChat("CUST-12345", item, self.bridge, clock=lambda: AT)
        self.lines: list[str] = []
        self.ended = 0
        self.chat.noted.connect(lambda line, _at: self.lines.append(line))
        self.chat.ended.connect(self._end)

    def _end(self) -> None:
        self.ended += 1


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    return Watched()


def test_before_anything_is_known_it_says_that_it_starts(watched: Watched) -> None:
    watched.chat.start()
    assert watched.bridge.started
    assert watched.chat.look.words == "Starting"
    assert watched.chat.look.under_way
    assert watched.chat.steps[0].title == "Reading the IDs from the keyring"
    assert watched.chat.steps[0].status is StepStatus.RUNNING


def test_the_simulator_needs_no_keyring(qtbot: QtBot) -> None:
    watched = Watched(simulator_item())
    watched.chat.start()
    assert watched.chat.steps[0].title == "Starting the simulator"


def test_it_goes_through_the_states(watched: Watched) -> None:
    watched.chat.start()
    watched.bridge.become(State.CONNECTING)
    assert watched.chat.look.words == "Connecting"
    watched.bridge.configure()
    assert watched.chat.pill == ("Chat active", "pill-good")
    assert bool(watched.chat.live)
    watched.bridge.end()
    assert not bool(watched.chat.live)
    assert watched.ended == 1
    assert watched.lines[-1] == "Chat ended. The chat was left."


def test_a_keyring_that_refuses_is_a_failed_step_and_a_line(watched: Watched) -> None:
    watched.chat.start()
    error = KeyringRefusedError()
    watched.bridge.failed.emit(error)
    watched.bridge.finished.emit()
    step = watched.chat.steps[0]
    assert (step.status, step.title, step.hint) == (StepStatus.FAILED, error.title, error.hint)
    assert watched.chat.state is State.ERROR
    assert watched.lines == [f"The chat could not start. {error.title}"]


def test_a_cancelled_start_ends_quietly(watched: Watched) -> None:
    watched.chat.start()
    watched.bridge.finished.emit()
    assert watched.chat.state is State.CLOSED
    assert watched.chat.error is None
    assert watched.lines == ["Cancelled before it was ready"]


def test_the_last_line_and_what_is_unread(watched: Watched) -> None:
    watched.bridge.configure()
    watched.bridge.tell(events.MessageAdded(AT, message("Where is\nmy order?")))
    assert (watched.chat.last_line, watched.chat.unread) == ("Where is my order?", 0)
    watched.bridge.tell(events.MessageAdded(AT, message("Which one?", "m2", sender=LENA)))
    assert (watched.chat.last_line, watched.chat.unread) == ("Which one?", 1)
    watched.chat.seen()
    assert watched.chat.unread == 0


def test_who_attends_to_the_customer(watched: Watched) -> None:
    watched.bridge.configure()
    watched.bridge.tell(events.PresenceSeen(AT, "Join", Direction.OUTBOUND, LENA))
    assert watched.chat.presence == "Lena (agent) joined"
    watched.bridge.tell(events.MessageAdded(AT, message("Hello", sender=LENA)))
    assert watched.chat.presence == "Lena (agent) joined"
    watched.bridge.tell(
        events.MessageAdded(AT, message("I am back", "m2", sender=Sender(SenderKind.BOT, "Bot")))
    )
    assert watched.chat.presence == ""
    watched.bridge.tell(events.MessageAdded(AT, message("Me again", "m3", sender=LENA)))
    assert watched.chat.presence == "Lena (agent)"


def test_joining_makes_sense_once(watched: Watched) -> None:
    assert not bool(watched.chat.can_join)
    watched.bridge.configure()
    assert bool(watched.chat.can_join)
    customer = Sender(SenderKind.CUSTOMER)
    watched.bridge.tell(events.PresenceSeen(AT, "Join", Direction.INBOUND, customer))
    assert not bool(watched.chat.can_join)


def test_ending_the_conversation_follows_the_deployment(watched: Watched) -> None:
    assert not bool(watched.chat.can_clear)
    assert watched.chat.why_not_clear == "There is no conversation to end right now"
    watched.bridge.configure()
    assert bool(watched.chat.can_clear)
    assert watched.chat.why_not_clear == ""
    watched.bridge.tell(deployment(clear=False))
    assert not bool(watched.chat.can_clear)
    assert "does not let the customer" in watched.chat.why_not_clear


def test_the_round_trip_is_that_of_the_last_echo(watched: Watched) -> None:
    watched.bridge.tell(events.RoundTrip(AT, 0.087))
    assert watched.chat.round_trip == 0.087

    def changed(delivery: Delivery, at: datetime) -> events.MessageChanged:
        return events.MessageChanged(at, replace(message("Hello"), delivery=delivery))

    watched.bridge.tell(
        changed(Delivery.SENDING, AT), changed(Delivery.SENT, AT + timedelta(milliseconds=250))
    )
    assert watched.chat.round_trip == 0.25


def test_refused_attributes_show_in_the_pill(watched: Watched) -> None:
    watched.bridge.configure()
    watched.bridge.tell(events.AttributesChanged(AT, AttributeStatus.REFUSED, {"crmCustomerId": "7"}, 20))
    assert watched.chat.pill == ("Chat active, attributes not sent", "pill-warn")


def test_the_simulator_offers_nothing_to_edit(qtbot: QtBot) -> None:
    refused = AccessRefusedError()
    for item, expected in ((UAT, "environment"), (simulator_item(), RETRY)):
        watched = Watched(item)
        watched.bridge.become(State.CONNECTING)
        watched.bridge.tell(events.ErrorRaised(AT, refused, fatal=True))
        failed = next(step for step in watched.chat.steps if step.status is StepStatus.FAILED)
        assert failed.actions[0] == expected


def test_signs_of_life_are_asked_for_while_it_goes_on(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gcdesk.ui.live_chat._FIRST_PULSE_MS", 1)
    watched.bridge.configure()
    pulse = watched.chat._pulse
    assert pulse.isActive()
    pulse.timeout.emit()
    assert ("echo", None) in watched.bridge.asked
    watched.bridge.end()
    assert not pulse.isActive()


def test_a_very_long_id_fits_a_title(qtbot: QtBot) -> None:
    chat = LiveChat("7\n" * 500, UAT, FakeBridge())
    assert len(chat.title) <= 80
    assert "\n" not in chat.title
    assert chat.crm_id == "7\n" * 500


def test_a_resumed_session_says_so(watched: Watched) -> None:
    watched.bridge.become(State.CONNECTING, State.CONNECTED)
    watched.bridge.tell(configured(new=False))
    assert watched.lines[-1].startswith("Chat resumed")
