"""A chat as a person reads it: who said what, and quiet notes about what happened."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gcdesk.cli.chat_output import Printer
from gcdesk.cli.content_lines import content_lines
from gcdesk.cli.plain import indented, one_line
from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Carrier, Event, HistoryStatus
from gcdesk.guest.message import Delivery, Direction, Message, Sender, SenderKind
from gcdesk.guest.upload import Upload, UploadState

if TYPE_CHECKING:
    from gcdesk.chat.verification import Proof
    from gcdesk.guest.content import Attachment

_MARGIN = 10
_CONVERSATION = {
    "customer": "The customer ended the conversation.",
    "platform": "The conversation was ended through the Platform API.",
    "": "The conversation was not ended and stays open.",
}


class TranscriptPrinter(Printer):
    """Writes a transcript to standard output."""

    def moment(self, event: Event) -> datetime:
        """When an earlier message was written, and when anything else happened."""
        if isinstance(event, events.MessageAdded) and event.earlier and event.message.time is not None:
            return event.message.time
        return event.at

    def message(self, at: datetime, message: Message) -> None:
        """Write who said what, and what else the message holds."""
        who = one_line(who_wrote(message.sender, message.direction))
        lines = [" " * _MARGIN + line for line in content_lines(message.content)]
        text = f"{local_time(at)}  {who}: {indented(message.text, _MARGIN)}".rstrip()
        click.echo("\n".join([text, *lines]))

    def other(self, event: Event) -> None:
        """Write a note if the event is worth one."""
        if note := _note_about(event):
            self._note(event.at, note)

    def failure(self, at: datetime, error: GcdeskError) -> None:
        """Write nothing: its sentences are on standard error."""

    def saved(self, attachment: Attachment, path: Path) -> None:
        """Write where a file is."""
        self._note(datetime.now(UTC), f"Saved {one_line(attachment.filename)} as {one_line(str(path))}.")

    def proof(self, proof: Proof) -> None:
        """Write a sentence for every attribute that was found out about."""
        if proof.error is not None:
            # The reason is told as the error that decides how the chat went.
            return
        now = datetime.now(UTC)
        # Only some chats are proved.
        from gcdesk.cli.findings import finding_line

        for finding in proof.verdict.findings:
            self._note(now, f"Participant data: {one_line(finding_line(finding))}")

    def conversation(self, ended_by: str) -> None:
        """Write whether the conversation is over."""
        self._note(datetime.now(UTC), _CONVERSATION[ended_by])

    def ended(self, reason: str) -> None:
        """Write the last line, unless nothing began."""
        if self.begun:
            self._note(datetime.now(UTC), f"The chat is over: {reason}.")

    def _note(self, at: datetime, note: str) -> None:
        click.echo(f"{local_time(at)}  - {note}")


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
            starter = "it starts chats" if event.deployment.autostart else "the first message starts the chat"
            return f"The deployment is active; {starter} (read in {_milliseconds(event.seconds)})."
        case events.SessionConfigured():
            kind = "New session" if event.new_session else "Earlier session"
            locked = ", which can only be read" if event.read_only else ""
            return f"{kind}{locked}, configured in {_milliseconds(event.seconds)}."
        case events.SignedIn():
            return f"{one_line(event.name) or 'The customer'} is signed in."
        case events.SessionRenewed():
            return event.reason
        case events.HistoryChanged() if event.missed or event.added:
            return _note_about_history(event)
        case events.AttributesChanged():
            return _note_about_attributes(event)
        case events.PresenceSeen():
            return _note_about_presence(event)
        case events.HeldBack():
            return f"Sending waits {event.seconds:g} s, because the service asks for it."
        case events.ReconnectPlanned():
            return f"{event.error.title} Trying again in {event.seconds:.0f} s (attempt {event.attempt})."
        case events.MessageChanged() if event.message.delivery is Delivery.FAILED:
            return f"Not sent: {one_line(event.message.text)}"
    return _note_about_trouble(event)


def _note_about_trouble(event: Event) -> str:
    match event:
        case events.UploadChanged():
            return _note_about_upload(event.upload)
        case events.ExpiryNear():
            return f"Without a message the session expires in {event.seconds:.0f} s."
        case events.Oddity():
            return f"The service sent something odd: {one_line(' '.join(event.problems))}"
    return ""


def _note_about_upload(upload: Upload) -> str:
    name = one_line(upload.file.name)
    match upload.state:
        case UploadState.REQUESTED:
            return f"Sending {name} ({upload.file.size} bytes)."
        case UploadState.UPLOADED:
            return f"{name} is uploaded."
        case UploadState.FAILED:
            return f"{name} could not be sent."
    return ""


def _note_about_history(event: events.HistoryChanged) -> str:
    if event.error is not None:
        return "What was said during the break could not be looked up." if event.missed else ""
    if event.status is HistoryStatus.LOADING or not event.added:
        return ""
    messages = "1 message" if event.added == 1 else f"{event.added} messages"
    return f"{messages} came during the break." if event.missed else f"{messages} from earlier."


def _note_about_attributes(event: events.AttributesChanged) -> str:
    what = "The custom attributes"
    match event.status:
        case AttributeStatus.PENDING if event.joining is None:
            return ""
        case AttributeStatus.PENDING:
            keys, carrier = (
                one_line(", ".join(event.attributes)),
                "Join" if event.joining else "first message",
            )
            return f"{what} go with the {carrier}: {keys} ({event.size} bytes)."
        case AttributeStatus.SENT:
            return f"{what} were sent with the {'Join' if event.carrier is Carrier.JOIN else 'message'}."
        case AttributeStatus.ECHOED:
            return f"{what} were confirmed by the service's echo."
    return f"{what} were refused."


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
