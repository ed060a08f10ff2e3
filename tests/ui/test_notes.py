"""The quiet lines of the transcript."""

from __future__ import annotations

import pytest

from gcdesk.errors import ConnectionLostError, GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Event
from gcdesk.guest.message import Direction, Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.ui.notes import note, person, typing_words
from tests.ui.fakes import AT, configured

LENA = Sender(SenderKind.AGENT, "Lena")
NOBODY = Sender(SenderKind.UNKNOWN)
LOST = ConnectionLostError()


def presence(kind: str, sender: Sender = LENA) -> events.PresenceSeen:
    own = sender.kind is SenderKind.CUSTOMER
    return events.PresenceSeen(AT, kind, Direction.INBOUND if own else Direction.OUTBOUND, sender)


YOU = Sender(SenderKind.CUSTOMER)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (presence("Join"), "Lena joined"),
        (presence("Join", NOBODY), "Service joined"),
        (presence("Disconnect"), "Lena ended the conversation"),
        (presence("Clear"), "The conversation was cleared"),
        (presence("Join", YOU), "You joined the conversation"),
        (presence("Clear", YOU), "You ended the conversation"),
        (presence("SomethingNew"), ""),
        (events.StateChanged(AT, State.CONFIGURED, State.RECONNECTING), "Connected again"),
        (events.StateChanged(AT, State.CONFIGURED, State.CONNECTED), ""),
        (
            events.StateChanged(AT, State.READ_ONLY, State.CONFIGURED),
            "This conversation has ended and can only be read",
        ),
        (events.ReconnectPlanned(AT, 1, 4.2, LOST), "The connection was lost. Next try in 5 s"),
        (events.HeldBack(AT, 3.0), "The service asks to wait 3 s. Messages go out after that"),
        (events.ErrorRaised(AT, LOST, fatal=False), "The connection was lost."),
        (events.ErrorRaised(AT, LOST, fatal=True), ""),
        (events.ErrorRaised(AT, LOST, fatal=False, tracing_id="a-message"), ""),
        (events.Ended(AT, "The chat was left."), "Chat ended. The chat was left."),
        (events.Ended(AT, "", LOST), "Chat ended. The connection was lost."),
        (events.RoundTrip(AT, 1.0), ""),
    ],
)
def test_each_event_has_its_line(event: Event, line: str) -> None:
    assert note(event) == line


def test_the_start_is_told_with_its_time() -> None:
    assert note(configured()) == f"Chat started {AT.astimezone():%H:%M:%S}"
    assert note(configured(new=False)) == f"Chat resumed {AT.astimezone():%H:%M:%S}"


def test_where_the_attributes_go_is_told_only_when_they_wait_for_a_message() -> None:
    def line(status: AttributeStatus, joining: bool | None) -> str:
        return note(events.AttributesChanged(AT, status, {"crmCustomerId": "7"}, 20, joining=joining))

    assert line(AttributeStatus.PENDING, False) == "The attributes go with your first message"
    assert line(AttributeStatus.PENDING, True) == line(AttributeStatus.PENDING, None) == ""
    assert line(AttributeStatus.ECHOED, False) == ""


def test_what_the_service_calls_people_stays_one_line_of_text() -> None:
    assert person(Sender(SenderKind.AGENT, "Le\nna\x00 <b>")) == "Le na� <b>"
    assert typing_words(LENA) == "Lena is typing…"
    assert typing_words(Sender(SenderKind.BOT)) == "Bot is typing…"


def test_an_error_in_the_transcript_never_shows_its_detail() -> None:
    error = GcdeskError("It broke.", "Try again.", detail="token 1234")
    assert "1234" not in note(events.Ended(AT, error.title, error))
