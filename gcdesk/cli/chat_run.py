"""Runs one test chat from the first dial to the last word, and tells how it went.

The law of this file: the outcome is read from what happened, never from what was asked for. A chat is done
only if everything was said, every reply came, and the custom attributes were confirmed by an echo.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gcdesk.cli.chat_output import Arrivals, Printer
from gcdesk.cli.interrupts import interrupts
from gcdesk.cli.statuses import Status, reason_of, status_of
from gcdesk.errors import (
    AttributesNotEchoedError,
    ConfigureTimeoutError,
    GcdeskError,
    InputError,
    OpenTimeoutError,
    ReplyTimeoutError,
    ServiceTimeoutError,
    WishError,
)
from gcdesk.guest import events
from gcdesk.guest.events import AttributeStatus, Event
from gcdesk.guest.message import Delivery, Direction, Message
from gcdesk.guest.states import State

if TYPE_CHECKING:
    from gcdesk.chat.chat import Chat


_SIGN_IN = "Sign in with gcdesk sign-in, then start the chat again; with --resume it goes on."


class Plan(NamedTuple):
    """What shall happen in a chat.

    Args:
        says: Texts to say, each followed by waiting for a reply.
        lines: More texts, as they come; None if there are none to come.
        wait_for_replies: Whether each of `lines` is followed by waiting for a reply too.
        timeout: Seconds that each single wait may take.
    """

    says: Sequence[str] = ()
    lines: AsyncIterator[str] | None = None
    wait_for_replies: bool = True
    timeout: float = 30.0


class Outcome(NamedTuple):
    """How a chat went: the exit status, the words for it, and the error that decided it, if one did."""

    status: Status
    reason: str
    error: GcdeskError | None = None


class _Over(Exception):  # noqa: N818 - not an error: the session reached its end while something was awaited
    """The session is over."""


class Watch:
    """What has happened so far in a chat, and a way to wait for more."""

    def __init__(self) -> None:
        self.state = State.IDLE
        self.attributes = AttributeStatus.PENDING
        self.joining: bool | None = None
        self.messages: dict[str, Message] = {}
        self.refusals: dict[str, GcdeskError] = {}
        self.last_refusal: GcdeskError | None = None
        self.arrived: list[Message] = []
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
        """The keys of all own messages."""
        return [key for key, message in self.messages.items() if message.direction is Direction.INBOUND]

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
            _Over: The session ended first.
        """
        async with asyncio.timeout(timeout):
            while not condition():
                if self.ended is not None:
                    raise _Over
                self._changed.clear()
                await self._changed.wait()


async def run_chat(chat: Chat, plan: Plan, printer: Printer) -> Outcome:
    """Run a chat that was entered already, until it has ended; the printer gets every event."""
    watch = Watch()
    interrupted = False

    def stop() -> None:
        nonlocal interrupted
        interrupted = True
        chat.leave()

    with interrupts(stop):
        speaking = asyncio.create_task(_Speaker(chat, plan, printer, watch).speak())
        try:
            async for event in chat:
                printer.event(event)
                watch.see(event)
                if watch.sign_in_needed is not None:
                    # Nobody can sign in here while the chat waits for it.
                    chat.leave()
        finally:
            # Whoever speaks may be waiting for a line that nobody writes any more.
            speaking.cancel()
            await asyncio.wait([speaking])
    if interrupted:
        return Outcome(Status.INTERRUPTED, "interrupted")
    said_all, failure = (False, None) if speaking.cancelled() else speaking.result()
    return _outcome(said_all or not plan.wait_for_replies, failure, watch)


def _outcome(said_all: bool, failure: GcdeskError | None, watch: Watch) -> Outcome:
    error = watch.sign_in_needed or failure or (watch.ended.error if watch.ended is not None else None)
    if error is None and not said_all:
        reason = watch.ended.reason if watch.ended is not None else ""
        error = WishError("The chat ended before everything was said.", reason or None)
    if error is None and watch.attributes is not AttributeStatus.ECHOED:
        error = AttributesNotEchoedError()
    if error is None:
        return Outcome(Status.DONE, "done")
    return Outcome(status_of(error), reason_of(error), error)


class _Speaker:
    """Says what the plan has to say, waits for what it has to wait for, and leaves."""

    def __init__(self, chat: Chat, plan: Plan, printer: Printer, watch: Watch) -> None:
        self._chat = chat
        self._plan = plan
        self._printer = printer
        self._watch = watch

    async def speak(self) -> tuple[bool, GcdeskError | None]:
        """Return whether everything was said and answered, and the error that stopped it, if one did."""
        try:
            await self._follow_plan()
        except _Over:
            return False, None
        except GcdeskError as error:
            return False, error
        finally:
            # However it went, and even if it went wrong by a bug of ours: nobody speaks any more.
            self._chat.leave()
        return True, None

    async def _follow_plan(self) -> None:
        await self._configured()
        for text in self._plan.says:
            await self._ask(text)
        if self._plan.lines is not None:
            async for line in self._plan.lines:
                if self._plan.wait_for_replies:
                    await self._ask(line)
                else:
                    self._tell(line)
        await self._own_messages_settled()
        await self._attributes_settled()

    async def _configured(self) -> None:
        watch = self._watch
        try:
            await watch.until(lambda: watch.state in (State.CONFIGURED, State.READ_ONLY), self._plan.timeout)
        except TimeoutError:
            raise (OpenTimeoutError if watch.state is State.CONNECTING else ConfigureTimeoutError) from None

    async def _ask(self, text: str) -> None:
        """Say a text and wait for the reply to it."""
        watch = self._watch
        if watch.attributes is AttributeStatus.REFUSED:
            raise watch.last_refusal or AttributesNotEchoedError()
        before = len(watch.arrived)
        key = self._chat.say(text)
        deadline = asyncio.get_running_loop().time() + self._plan.timeout
        try:
            await watch.until(lambda: watch.is_settled(key), self._plan.timeout)
        except TimeoutError:
            raise ReplyTimeoutError("The service did not confirm the message in time.") from None
        message = watch.messages[key]
        if message.delivery is Delivery.FAILED:
            raise watch.refusal_of(message)
        left = deadline - asyncio.get_running_loop().time()
        try:
            await watch.until(lambda: watch.has_reply(key, before) or watch.state is State.READ_ONLY, left)
        except TimeoutError:
            raise ReplyTimeoutError from None
        if not watch.has_reply(key, before):
            raise WishError("The conversation ended before a reply came.", "Start a new chat to write again.")

    def _tell(self, text: str) -> None:
        """Say what a person typed; what cannot be sent is told, and the chat goes on."""
        try:
            self._chat.say(text)
        except (InputError, WishError) as error:
            self._printer.error(error)

    async def _own_messages_settled(self) -> None:
        watch = self._watch
        try:
            await watch.until(lambda: all(map(watch.is_settled, watch.own)), self._plan.timeout)
        except TimeoutError:
            raise ReplyTimeoutError("The service did not confirm the message in time.") from None

    async def _attributes_settled(self) -> None:
        """Wait until the attributes are confirmed, refused, or known to have nothing to ride on."""
        watch = self._watch
        settled = (AttributeStatus.ECHOED, AttributeStatus.REFUSED)

        def nothing_carries_them() -> bool:
            return watch.attributes is AttributeStatus.PENDING and watch.joining is False

        try:
            await watch.until(
                lambda: watch.attributes in settled or nothing_carries_them(), self._plan.timeout
            )
        except TimeoutError:
            raise ServiceTimeoutError("The service did not confirm the custom attributes in time.") from None
        if watch.attributes is AttributeStatus.REFUSED:
            raise watch.last_refusal or AttributesNotEchoedError()
