"""What a chat has proven, step by step, and what went wrong, from its events alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Carrier, Event
from gcdesk.guest.message import Direction, Sender

DONE, WARNED, FAILED, OPEN = "done", "warned", "failed", "not reached"


class Step(NamedTuple):
    """One step: its outcome, what was seen, and the seconds it took where they were measured."""

    name: str
    outcome: str
    detail: str = ""
    seconds: float | None = None


class Problem(NamedTuple):
    """An error that was raised; `fatal` ones ended the session."""

    at: datetime
    error: GcdeskError
    fatal: bool


class Note(NamedTuple):
    """A quiet line of the transcript; `number` is that of its event."""

    at: datetime
    text: str
    number: int


class Proceedings:
    """Follows the events of one chat.

    Args:
        told: The events with their numbers, in their order.
        hide: Masks what people wrote or are called.
    """

    def __init__(self, told: Iterable[tuple[int, Event]], hide: Callable[[str], str]) -> None:
        self._hide = hide
        self._steps = {
            name: Step(name, OPEN) for name in ("Deployment", "Connection", "Session", "Attributes sent")
        }
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.attributes: events.AttributesChanged | None = None
        for self._number, event in told:
            self._see(event)

    @property
    def steps(self) -> list[Step]:
        """The steps, in their order."""
        return list(self._steps.values())

    def _see(self, event: Event) -> None:
        match event:
            case events.DeploymentRead():
                self._deployment(event)
            case events.DeploymentUnread():
                self._set("Deployment", WARNED, f"Not read. {event.error.title}", event.seconds)
                self.problems.append(Problem(event.at, event.error, fatal=False))
            case events.ConnectionOpened():
                self._connection(event)
            case events.SessionConfigured():
                self._session(event)
            case events.AttributesChanged():
                self._attributes(event)
            case events.ErrorRaised():
                self.problems.append(Problem(event.at, event.error, event.fatal))
            case _:
                if text := self._note(event):
                    self._add_note(event.at, text)

    def _add_note(self, at: datetime, text: str) -> None:
        self.notes.append(Note(at, text, self._number))

    def _set(self, name: str, outcome: str, detail: str, seconds: float | None = None) -> None:
        self._steps[name] = Step(name, outcome, detail, seconds)

    def _deployment(self, event: events.DeploymentRead) -> None:
        config = event.deployment
        if not config.active:
            self._set("Deployment", FAILED, f"Not active: {config.status}", event.seconds)
            return
        warned = " ".join(config.warnings)
        facts = "Active" if config.status else "Read; it gives no status"
        self._set("Deployment", WARNED if warned else DONE, f"{facts}. {warned}".strip(), event.seconds)

    def _connection(self, event: events.ConnectionOpened) -> None:
        parts = (event.host, event.tls or "not encrypted", event.proxy and f"through {event.proxy}")
        again = "Opened again: " if self._steps["Connection"].outcome == DONE else ""
        self._set("Connection", DONE, again + ", ".join(filter(None, parts)), event.seconds)
        if again:
            self._add_note(event.at, "Connected again.")

    def _session(self, event: events.SessionConfigured) -> None:
        kind = "New session" if event.new_session else "Existing session"
        limit = event.max_custom_data_bytes
        room = f", {limit} bytes of attributes allowed" if limit is not None else ""
        self._set(
            "Session",
            WARNED if event.read_only else DONE,
            kind + room + (", which can only be read" if event.read_only else ""),
            event.seconds or self._steps["Session"].seconds,
        )

    def _attributes(self, event: events.AttributesChanged) -> None:
        self.attributes = event
        amount = f"{len(event.attributes)} keys, {event.size} bytes"
        carrier = {Carrier.JOIN: " with the Join", Carrier.MESSAGE: " with a message"}.get(
            event.carrier or Carrier.MESSAGE, ""
        )
        match event.status:
            case AttributeStatus.PENDING:
                self._set("Attributes sent", OPEN, f"Not sent yet: {amount}")
            case AttributeStatus.SENT:
                self._set("Attributes sent", WARNED, f"Sent{carrier}, not confirmed: {amount}")
            case AttributeStatus.ECHOED:
                self._set("Attributes sent", DONE, f"Confirmed by the service's echo: {amount}")
                self._add_note(event.at, "The custom attributes were confirmed by the service's echo.")
            case AttributeStatus.REFUSED:
                self._set("Attributes sent", FAILED, f"Refused: {amount}")
                self._add_note(event.at, "The custom attributes were refused.")

    def _note(self, event: Event) -> str:
        match event:
            case events.PresenceSeen():
                return self._presence(event)
            case events.HeldBack():
                return f"Sending waited {event.seconds:g} s, because the service asked for it."
            case events.ReconnectPlanned():
                return (
                    f"{event.error.title} Tried again after {event.seconds:.0f} s (attempt {event.attempt})."
                )
            case events.Oddity():
                return f"The service sent something odd. {self._hide(' '.join(event.problems))}"
            case events.SessionRenewed():
                return f"A new conversation began. {event.reason}".strip()
            case events.SignedIn():
                return "The customer is signed in."
            case events.WokeUp():
                return event.reason
            case events.Ended():
                return f"The chat is over. {event.reason}".strip()
        return ""

    def _presence(self, event: events.PresenceSeen) -> str:
        who = who_wrote(event.sender, event.direction, self._hide)
        match event.kind:
            case "Join":
                return f"{who} joined."
            case "Disconnect":
                return f"{who} ended the conversation."
            case "Clear":
                return f"{who} cleared the conversation."
        return f"{who}: {event.kind}."


def who_wrote(sender: Sender, direction: Direction, hide: Callable[[str], str]) -> str:
    """The name of who wrote a message, and what they are; a customer's name is personal data."""
    if direction is Direction.INBOUND:
        return "Customer"
    kind = "service" if sender.kind.value == "unknown" else sender.kind.value
    return f"{hide(sender.name)} ({kind})" if sender.name else kind.capitalize()


def problem_value(problem: Problem, hide: Callable[[str], str]) -> dict[str, Any]:
    """A problem as plain values."""
    error = problem.error
    return {
        "error": error.name,
        "title": hide(error.title),
        "hint": error.hint,
        "code": error.code,
        "detail": hide(error.detail),
        "fatal": problem.fatal,
    }
