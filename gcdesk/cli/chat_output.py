"""What `gcdesk chat` prints, and JSON lines for programs; the transcript for people is a file of its own.

The law of both files: nothing is printed before it happened. An own message appears when its echo came, and the
end is reported once, by the one who knows how it went.
"""

from __future__ import annotations

import json
import sys
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gcdesk.cli.chat_events import json_time, more_of, verification_of
from gcdesk.cli.speech import say_error, say_warning
from gcdesk.errors import GcdeskError, SignInRequiredError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Event
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.masking import mask_frame, mask_text
from gcdesk.guest.message import Delivery, Message
from gcdesk.guest.received import ReceivedFrame

if TYPE_CHECKING:
    from gcdesk.chat.verification import Proof
    from gcdesk.guest.content import Attachment

_TOLD = frozenset({AttributeStatus.PENDING, AttributeStatus.SENT, AttributeStatus.ECHOED})


class Arrivals:
    """Tells when a message is to be printed: once, and an own one not before its echo."""

    def __init__(self) -> None:
        self._printed: set[str] = set()

    def message(self, event: Event) -> Message | None:
        """The message that this event shows to have arrived, None if it shows none."""
        if not isinstance(event, events.MessageAdded | events.MessageChanged):
            return None
        message = event.message
        if message.delivery not in (Delivery.SENT, Delivery.ARRIVED) or message.key in self._printed:
            return None
        self._printed.add(message.key)
        return message


class Printer(ABC):
    """Prints one chat: what happens to standard output, errors and warnings to standard error."""

    def __init__(self) -> None:
        self.begun = False
        self._arrivals = Arrivals()
        self._told: list[GcdeskError] = []

    def event(self, event: Event) -> None:
        """Print what the core says happened."""
        self.begun = True
        message = self._arrivals.message(event)
        if message is not None:
            self.message(self.moment(event), message)
        if isinstance(event, events.ErrorRaised):
            self.error(event.error, event.at)
        elif isinstance(event, events.DeploymentUnread):
            say_warning(event.error)
        elif isinstance(event, events.SignInNeeded) and isinstance(event.error, SignInRequiredError):
            # Every other one ends the chat, and is told as the reason.
            say_warning(event.error)
        self.other(event)

    def error(self, error: GcdeskError, at: datetime | None = None) -> None:
        """Print an error unless it was printed already; `at` is now if left out."""
        if not any(error is told for told in self._told):
            self._told.append(error)
            self.failure(at or datetime.now(UTC), error)
            say_error(error)

    def moment(self, event: Event) -> datetime:
        """The moment that stands beside what an event tells."""
        return event.at

    @abstractmethod
    def message(self, at: datetime, message: Message) -> None:
        """Print a message that has arrived, or an own one whose echo has."""

    @abstractmethod
    def other(self, event: Event) -> None:
        """Print what an event tells besides messages, errors and warnings."""

    @abstractmethod
    def failure(self, at: datetime, error: GcdeskError) -> None:
        """Print to standard output what belongs there about an error."""

    @abstractmethod
    def saved(self, attachment: Attachment, path: Path) -> None:
        """Print that a file that came was saved."""

    @abstractmethod
    def proof(self, proof: Proof) -> None:
        """Print what became of the custom attributes."""

    @abstractmethod
    def conversation(self, ended_by: str) -> None:
        """Print that the conversation is over by `customer` or by `platform`, or goes on if by nobody."""

    @abstractmethod
    def ended(self, reason: str) -> None:
        """Print the end."""


class JsonPrinter(Printer):
    """Writes one JSON object a line to standard output.

    The lines are plain ASCII with escapes, so that no terminal, encoding or line splitter can damage one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._attributes_said: dict[str, object] = {}

    def message(self, at: datetime, message: Message) -> None:
        """Write a message line."""
        self._line(
            at,
            "message",
            id=message.id,
            direction=message.direction.value,
            **{"from": message.sender.name or message.sender.kind.value},
            text=message.text,
            content=_content_items(message),
        )

    def other(self, event: Event) -> None:
        """Write a line for what programs may want to know."""
        match event:
            case events.StateChanged():
                self._line(event.at, "state", state=event.state.value)
            case events.FrameSent():
                self._frame(event.at, "sent", event.frame)
            case events.FrameReceived():
                self._frame(event.at, "received", event.frame)
            case events.SessionRenewed():
                self._line(event.at, "renewed", asked_for=event.asked_for, reason=event.reason)
            case events.SignedIn():
                self._line(event.at, "signed-in", name=event.name, stepped_up=event.stepped_up)
            case events.AttributesChanged() if event.status in _TOLD:
                self._attributes(event)
            case _:
                if (told := more_of(event)) is not None:
                    name, members = told
                    self._line(event.at, name, **members)

    def saved(self, attachment: Attachment, path: Path) -> None:
        """Write a line for a file."""
        self._line(
            datetime.now(UTC),
            "file",
            id=attachment.id,
            name=attachment.filename,
            path=str(path),
            bytes=path.stat().st_size,
        )

    def proof(self, proof: Proof) -> None:
        """Write what the attributes have come to, and a line with all that was found."""
        now = datetime.now(UTC)
        self._line(now, "attributes", **{**self._attributes_said, "status": proof.arrival.value})
        self._line(now, "verification", **verification_of(proof))

    def conversation(self, ended_by: str) -> None:
        """Write whether the conversation is over, and by whom."""
        self._line(datetime.now(UTC), "conversation", ended=bool(ended_by), by=ended_by)

    def failure(self, at: datetime, error: GcdeskError) -> None:
        """Write an error line."""
        self._line(at, "error", code=error.code, name=error.name, message=error.title, hint=error.hint)

    def ended(self, reason: str) -> None:
        """Write the last line."""
        self._line(datetime.now(UTC), "ended", reason=reason)

    def _attributes(self, event: events.AttributesChanged) -> None:
        said: dict[str, object] = {
            "status": event.status.value,
            "attributes": dict(event.attributes),
            "bytes": event.size,
        }
        # Which frame will carry them is news to a person, but no field of this line.
        if said != self._attributes_said:
            self._attributes_said = said
            self._line(event.at, "attributes", **said)

    def _frame(self, at: datetime, direction: str, frame: SentFrame | ReceivedFrame) -> None:
        try:
            self._line(at, "frame", direction=direction, frame=frame.json())
        except RecursionError:
            # Nested deeper than Python can write: shown as the text it is.
            self._line(at, "frame", direction=direction, frame=mask_text(frame.text))

    def _line(self, at: datetime, event: str, **members: object) -> None:
        sys.stdout.write(json.dumps({"at": json_time(at), "event": event, **members}) + "\n")
        sys.stdout.flush()


def _content_items(message: Message) -> list[object]:
    """The content as the service wrote it, masked."""
    if not message.content:
        return []
    # The message was read from this text, so it is JSON: a frame, or an entity of the history, which is its body.
    told = json.loads(message.raw)
    items: list[object] = told.get("body", told).get("content") or []
    return [mask_frame(item) for item in items]
