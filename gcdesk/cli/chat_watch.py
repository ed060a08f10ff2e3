"""What has happened so far in a chat of `gcdesk chat`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from gcdesk.cli.chat_output import Arrivals
from gcdesk.errors import GcdeskError, WishError
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Event, HistoryStatus
from gcdesk.guest.message import Delivery, Direction, Message
from gcdesk.guest.states import State
from gcdesk.guest.upload import Upload
from gcdesk.guest.witness import witness

_SIGN_IN = "Sign in with gcdesk sign-in, then start the chat again; with --resume it goes on."


class ChatOver(Exception):  # noqa: N818 - not an error: the session reached its end while something was awaited
    """The session is over."""


class Watch:
    """What has happened so far in a chat, and a way to wait for more.

    `witness` is the service's ID of the first echo, by which the Platform API finds the conversation.
    """

    def __init__(self) -> None:
        self.state = State.IDLE
        self.attributes = AttributeStatus.PENDING
        self.joining: bool | None = None
        self.messages: dict[str, Message] = {}
        self.refusals: dict[str, GcdeskError] = {}
        self.last_refusal: GcdeskError | None = None
        self.arrived: list[Message] = []
        self.uploads: dict[str, Upload] = {}
        self.earlier = 0
        self.history: events.HistoryChanged | None = None
        self.history_reads = 0
        self.witness = ""
        self.ended: events.Ended | None = None
        self.sign_in_needed: GcdeskError | None = None
        self._arrivals = Arrivals()
        self._changed = asyncio.Event()

    def see(self, event: Event) -> None:
        """Take note of an event."""
        message = self._arrivals.message(event)
        if message is not None:
            self.arrived.append(message)
        match event:
            case events.StateChanged():
                self.state = event.state
            case events.AttributesChanged():
                self.attributes, self.joining = event.status, event.joining
            case events.MessageAdded() | events.MessageChanged():
                self.messages[event.message.key] = event.message
                self.earlier += isinstance(event, events.MessageAdded) and event.earlier
            case events.UploadChanged():
                self.uploads[event.upload.id] = event.upload
            case events.HistoryChanged() if not event.missed:
                self.history = event
                self.history_reads += event.status is not HistoryStatus.LOADING
            case events.FrameReceived():
                self.witness = self.witness or witness(event.frame)
            case events.ErrorRaised():
                self.last_refusal = event.error
                if event.tracing_id:
                    self.refusals[event.tracing_id] = event.error
            case events.SignInNeeded() if event.waiting:
                error = event.error
                self.sign_in_needed = type(error)(error.title, _SIGN_IN, code=error.code, detail=error.detail)
            case events.Ended():
                self.ended = event
        self._changed.set()

    @property
    def own(self) -> list[str]:
        """The keys of all messages said here; what the customer said earlier, or elsewhere, has simply arrived."""
        return [
            key
            for key, message in self.messages.items()
            if message.direction is Direction.INBOUND and message.delivery is not Delivery.ARRIVED
        ]

    def has_read(self, times: int) -> bool:
        """Whether the history was read so often, well or not."""
        return self.history_reads >= times

    def is_settled(self, key: str) -> bool:
        """Whether an own message has met its fate: confirmed or failed."""
        message = self.messages.get(key)
        return message is not None and message.delivery in (Delivery.SENT, Delivery.FAILED)

    def refusal_of(self, message: Message) -> GcdeskError:
        """Why an own message failed."""
        refusal = self.refusals.get(message.tracing_id) or self.last_refusal
        return refusal or WishError("The message was not sent.", message.failure or None)

    def has_reply(self, key: str, since: int) -> bool:
        """Whether a reply to the confirmed message `key` has come; `since` messages were there before it.

        A reply is a message to the customer that came after the echo, or that the service dates after it: the
        service does not promise to deliver in order (guest API, section 3.1).
        """
        since_said = self.arrived[since:]
        echo = next(index for index, message in enumerate(since_said) if message.key == key)
        time = since_said[echo].time
        return any(
            message.direction is Direction.OUTBOUND
            and (message.text or message.content)
            and (index > echo or (time is not None and message.time is not None and message.time >= time))
            for index, message in enumerate(since_said)
        )

    async def until(self, condition: Callable[[], bool], timeout: float) -> None:
        """Wait until the condition holds.

        Raises:
            TimeoutError: It did not hold within `timeout` seconds.
            ChatOver: The session ended first.
        """
        async with asyncio.timeout(timeout):
            while not condition():
                if self.ended is not None:
                    raise ChatOver
                self._changed.clear()
                await self._changed.wait()
