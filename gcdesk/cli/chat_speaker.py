"""Who speaks in a chat of `gcdesk chat`: says what the plan has to say, and waits for what it has to wait for."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gcdesk.cli.chat_closing import Closing, prove
from gcdesk.cli.chat_output import Printer
from gcdesk.cli.chat_plan import Plan
from gcdesk.cli.chat_saving import Saving
from gcdesk.cli.chat_watch import ChatOver, Watch
from gcdesk.errors import (
    AttributesNotEchoedError,
    ConfigureTimeoutError,
    GcdeskError,
    HttpTimeoutError,
    InputError,
    OpenTimeoutError,
    ReplyTimeoutError,
    ServiceTimeoutError,
    WishError,
)
from gcdesk.guest.events import AttributeStatus
from gcdesk.guest.message import Delivery
from gcdesk.guest.states import State
from gcdesk.guest.upload import Upload

if TYPE_CHECKING:
    from gcdesk.chat.chat import Chat


class Speaker:
    """Says what the plan has to say, waits for what it has to wait for, and leaves."""

    def __init__(self, chat: Chat, plan: Plan, printer: Printer, watch: Watch, saving: Saving) -> None:
        self._chat = chat
        self._plan = plan
        self._printer = printer
        self._watch = watch
        self._saving = saving
        self._failure: GcdeskError | None = None
        self.is_ending = False
        """Whether everything is said, so that the end of the chat is no surprise."""

    async def speak(self) -> tuple[bool, GcdeskError | None]:
        """Return whether everything was said and answered, and the error that stopped it, if one did."""
        try:
            await self._follow_plan()
            self.is_ending = True
            await self._finish()
        except ChatOver:
            return self.is_ending, self._failure
        except GcdeskError as error:
            return False, error
        finally:
            # However it went, and even if it went wrong by a bug of ours: nobody speaks any more.
            self._chat.leave()
        return True, self._failure

    async def _follow_plan(self) -> None:
        await self._configured()
        await self._read_earlier()
        if self._plan.opening:
            await self._open_with(self._plan.opening)
        for text in self._plan.says:
            await self._ask(text)
        for file in self._plan.files:
            await self._send(file)
        if self._plan.lines is not None:
            async for line in self._plan.lines:
                if self._plan.wait_for_replies:
                    await self._ask(line)
                else:
                    self._tell(line)
        await self._own_messages_settled()
        await self._attributes_settled()

    async def _finish(self) -> None:
        """What is left once everything is said; of what goes wrong here, the first decides how the chat went."""
        if self._plan.prove and self._watch.attributes is AttributeStatus.ECHOED:
            self._fail(await prove(self._plan, self._watch.witness, self._printer))
        with contextlib.suppress(TimeoutError):
            await self._watch.until(lambda: False, self._plan.listen)
        self._fail(await self._saving.settled(self._plan.timeout))
        if self._plan.end:
            self._fail(await Closing(self._chat, self._plan, self._watch, self._printer).end())

    def _fail(self, failure: GcdeskError | None) -> None:
        self._failure = self._failure or failure

    async def _configured(self) -> None:
        watch = self._watch
        try:
            await watch.until(lambda: watch.state in (State.CONFIGURED, State.READ_ONLY), self._plan.timeout)
        except TimeoutError:
            raise (OpenTimeoutError if watch.state is State.CONNECTING else ConfigureTimeoutError) from None
        if self._plan.new_chat and watch.state is State.READ_ONLY:
            self._chat.new_chat()
            try:
                await watch.until(lambda: watch.state is State.CONFIGURED, self._plan.timeout)
            except TimeoutError:
                raise ConfigureTimeoutError("The new chat was not configured in time.") from None

    async def _read_earlier(self) -> None:
        """Read earlier messages, page by page, until there are as many as wanted."""
        watch = self._watch
        while self._chat.can_load_history and watch.earlier < self._plan.earlier:
            if watch.history is not None and watch.history.complete:
                return
            before = watch.history_reads
            self._chat.load_history()
            try:
                await watch.until(partial(watch.has_read, before + 1), self._plan.timeout)
            except TimeoutError:
                raise HttpTimeoutError("The earlier messages did not come in time.") from None
            if watch.history is not None and watch.history.error is not None:
                raise watch.history.error

    async def _send(self, file: Path) -> None:
        """Send a file with a message of its own, and wait for its echo; as long as it moves there is time."""
        watch = self._watch
        attachment_id = self._chat.attach(file)
        key = self._chat.say("", attachment=attachment_id)
        try:
            while not watch.is_settled(key):
                await watch.until(
                    partial(self._moved, key, attachment_id, watch.uploads.get(attachment_id)),
                    self._plan.timeout,
                )
        except TimeoutError:
            raise ReplyTimeoutError("The service did not confirm the file in time.") from None
        message, upload = watch.messages[key], watch.uploads[attachment_id]
        if message.delivery is Delivery.FAILED:
            raise upload.error or watch.refusal_of(message)

    def _moved(self, key: str, attachment_id: str, before: Upload | None) -> bool:
        """Whether a message met its fate, or its file came any further."""
        return self._watch.is_settled(key) or self._watch.uploads.get(attachment_id) != before

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

    async def _open_with(self, text: str) -> None:
        # Who sits at a terminal need not be held up by a bot that says nothing yet.
        if self._plan.wait_for_replies:
            await self._ask(text)
        else:
            self._tell(text)

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
