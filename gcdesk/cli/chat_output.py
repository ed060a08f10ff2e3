"""What `gcdesk chat` prints: JSON lines for programs, a transcript for people.

The law of this file: nothing is printed before it happened. An own message appears when its echo came, and
the end is reported once, by the one who knows how it went.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

import click

from gcdesk.cli.content_lines import content_lines
from gcdesk.cli.plain import indented, one_line
from gcdesk.cli.speech import say_error, say_warning
from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Carrier, Event
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.masking import mask_frame, mask_text
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.received import ReceivedFrame

_TOLD = frozenset({AttributeStatus.PENDING, AttributeStatus.SENT, AttributeStatus.ECHOED})


class Printer(Protocol):
    """Prints one chat."""

    def event(self, event: Event) -> None:
        """Print what the core says happened."""

    def error(self, error: GcdeskError) -> None:
        """Print an error that the core does not know of, unless it was printed already."""

    def ended(self, reason: str) -> None:
        """Print the end."""


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


class JsonPrinter:
    """Writes one JSON object a line to standard output, and warnings to standard error.

    The lines are plain ASCII with escapes, so that no terminal, encoding or line splitter can damage one.

    Args:
        quiet: Leave standard error to the caller.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._arrivals = Arrivals()
        self._errors: list[GcdeskError] = []
        self._quiet = quiet

    def event(self, event: Event) -> None:
        """Print what the core says happened."""
        message = self._arrivals.message(event)
        if message is not None:
            self._message(event.at, message)
        match event:
            case events.StateChanged():
                self._line(event.at, "state", state=event.state.value)
            case events.FrameSent():
                self._frame(event.at, "sent", event.frame)
            case events.FrameReceived():
                self._frame(event.at, "received", event.frame)
            case events.AttributesChanged() if event.status in _TOLD:
                attributes: Mapping[str, str] = dict(event.attributes)
                self._line(
                    event.at, "attributes", status=event.status.value, attributes=attributes, bytes=event.size
                )
            case events.ErrorRaised():
                self._error(event.at, event.error)
            case events.DeploymentUnread():
                say_warning(event.error)

    def error(self, error: GcdeskError) -> None:
        """Print an error, and its sentences to standard error as well, unless it was printed already."""
        self._error(datetime.now(UTC), error)

    def ended(self, reason: str) -> None:
        """Print the end."""
        self._line(datetime.now(UTC), "ended", reason=reason)

    def _frame(self, at: datetime, direction: str, frame: SentFrame | ReceivedFrame) -> None:
        try:
            self._line(at, "frame", direction=direction, frame=frame.json())
        except RecursionError:
            # Nested deeper than Python can write: shown as the text it is.
            self._line(at, "frame", direction=direction, frame=mask_text(frame.text))

    def _message(self, at: datetime, message: Message) -> None:
        self._line(
            at,
            "message",
            id=message.id,
            direction=message.direction.value,
            **{"from": message.sender.name or message.sender.kind.value},
            text=message.text,
            content=_content_items(message),
        )

    def _error(self, at: datetime, error: GcdeskError) -> None:
        if any(error is known for known in self._errors):
            return
        self._errors.append(error)
        self._line(at, "error", code=error.code, name=error.name, message=error.title, hint=error.hint)
        if not self._quiet:
            say_error(error)

    def _line(self, at: datetime, event: str, **members: Any) -> None:
        line = {"at": json_time(at), "event": event, **members}
        sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(", ", ": ")) + "\n")
        sys.stdout.flush()


def _content_items(message: Message) -> list[object]:
    """The content as the service wrote it, masked."""
    if not message.content:
        return []
    # The message was read from this text, so it is JSON and holds them.
    items: list[object] = json.loads(message.raw)["body"]["content"]
    return [mask_frame(item) for item in items]


class TranscriptPrinter:
    """Writes a transcript to standard output, and errors and warnings to standard error."""

    def __init__(self) -> None:
        self._arrivals = Arrivals()
        self._errors: list[GcdeskError] = []

    def event(self, event: Event) -> None:
        """Print what the core says happened."""
        message = self._arrivals.message(event)
        if message is not None:
            self._message(event.at, message)
            return
        if isinstance(event, events.ErrorRaised):
            self.error(event.error)
        elif isinstance(event, events.DeploymentUnread):
            say_warning(event.error)
        elif isinstance(event, events.MessageChanged) and event.message.delivery is Delivery.FAILED:
            self._note(event.at, f"Not sent: {one_line(event.message.text)}")
        elif note := _note_about(event):
            self._note(event.at, note)

    def error(self, error: GcdeskError) -> None:
        """Print an error unless it was printed already."""
        if not any(error is known for known in self._errors):
            self._errors.append(error)
            say_error(error)

    def ended(self, reason: str) -> None:
        """Print the end."""
        self._note(datetime.now(UTC), f"The chat is over: {reason}.")

    def _message(self, at: datetime, message: Message) -> None:
        who = one_line(who_wrote(message.sender, message.direction))
        head = f"{local_time(at)}  {who}: "
        body = [indented(message.text, 10)] if message.text else []
        lines = [f"          {line}" for line in content_lines(message.content)]
        click.echo(head + "\n".join([*(body or [""]), *lines]))

    def _note(self, at: datetime, note: str) -> None:
        click.echo(f"{local_time(at)}  - {note}")


def json_time(at: datetime) -> str:
    """A moment in UTC as reports show it: ISO 8601 with milliseconds and a Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_time(at: datetime) -> str:
    """A moment as a person at this computer reads it."""
    return at.astimezone().strftime("%H:%M:%S")


def who_wrote(sender: Sender, direction: Direction) -> str:
    """The name of who wrote a message, and what they are unless that goes without saying."""
    kind = "customer" if direction is Direction.INBOUND else sender.kind.value
    if kind == SenderKind.UNKNOWN.value:
        kind = "service"
    return f"{sender.name} ({kind})" if sender.name else kind.capitalize()


def _note_about(event: Event) -> str:
    match event:
        case events.ConnectionOpened():
            via = f" through the proxy {one_line(event.proxy)}" if event.proxy else ""
            secured = f" with {event.tls}" if event.tls else ""
            return f"Connected to {one_line(event.host)}{secured}{via} in {_milliseconds(event.seconds)}."
        case events.DeploymentRead():
            start = "joins by itself" if event.deployment.autostart else "does not join by itself"
            return f"The deployment is active and {start} (read in {_milliseconds(event.seconds)})."
        case events.SessionConfigured():
            kind = "New session" if event.new_session else "Earlier session"
            locked = ", which can only be read" if event.read_only else ""
            return f"{kind}{locked}, configured in {_milliseconds(event.seconds)}."
        case events.AttributesChanged():
            return _note_about_attributes(event)
        case events.PresenceSeen():
            return _note_about_presence(event)
        case events.HeldBack():
            return f"Sending waits {event.seconds:g} s, because the service asks for it."
        case events.ReconnectPlanned():
            return f"{event.error.title} Trying again in {event.seconds:.0f} s (attempt {event.attempt})."
        case events.Oddity():
            return f"The service sent something odd: {one_line(' '.join(event.problems))}"
    return ""


def _note_about_attributes(event: events.AttributesChanged) -> str:
    keys = one_line(", ".join(event.attributes))
    what = f"Custom attributes ({keys}; {event.size} bytes)"
    match event.status:
        case AttributeStatus.PENDING if event.joining is None:
            return ""
        case AttributeStatus.PENDING:
            return f"{what} go with the {'Join' if event.joining else 'first message'}."
        case AttributeStatus.SENT:
            return f"{what} sent with the {'Join' if event.carrier is Carrier.JOIN else 'message'}."
        case AttributeStatus.ECHOED:
            return f"{what} confirmed by the service's echo."
    return f"{what} refused."


def _note_about_presence(event: events.PresenceSeen) -> str:
    who = one_line(who_wrote(event.sender, event.direction))
    match event.kind:
        case "Join":
            return f"{who} joined."
        case "Disconnect":
            locked = " It can only be read now." if event.read_only else ""
            return f"{who} ended the conversation.{locked}"
        case "Clear":
            return f"{who} cleared the conversation."
    return f"{who}: {one_line(event.kind)}."


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
