"""Runs one test chat from the first dial to the last word, and tells how it went.

The law of this file: the outcome is read from what happened, never from what was asked for. A chat is done
only if everything was said, every reply came, and the custom attributes were confirmed by an echo.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from gcdesk.cli.chat_output import Printer
from gcdesk.cli.chat_plan import Outcome, Plan
from gcdesk.cli.chat_saving import Saving
from gcdesk.cli.chat_speaker import Speaker
from gcdesk.cli.chat_watch import Watch
from gcdesk.cli.interrupts import interrupts
from gcdesk.cli.statuses import Status, reason_of, status_of
from gcdesk.errors import AttributesNotEchoedError, FileInputError, GcdeskError, WishError
from gcdesk.guest.events import AttributeStatus, Event

if TYPE_CHECKING:
    from gcdesk.chat.chat import Chat


async def run_chat(
    chat: Chat, plan: Plan, printer: Printer, keep: Callable[[Event], object] = lambda _event: None
) -> Outcome:
    """Run a chat that was entered already, until it has ended; the printer and `keep` get every event."""
    watch = Watch()
    interrupted = False

    def stop() -> None:
        nonlocal interrupted
        interrupted = True
        chat.leave()

    saving = Saving(chat, plan.save_to, printer)
    speaker = Speaker(chat, plan, printer, watch, saving)
    with interrupts(stop):
        speaking = asyncio.create_task(speaker.speak())
        try:
            async for event in chat:
                printer.event(event)
                keep(event)
                watch.see(event)
                saving.see(event)
                if watch.sign_in_needed is not None:
                    # Nobody can sign in here while the chat waits for it.
                    chat.leave()
        finally:
            # Whoever speaks may be waiting for a line that nobody writes any more, unless that is over.
            if not speaker.is_ending or interrupted:
                speaking.cancel()
            await asyncio.wait([speaking])
            await saving.close()
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
    if isinstance(error, FileInputError):
        # The deployment's rules are known only once the chat has begun, so this is more than a wrong command line.
        return Outcome(Status.REFUSED, "refused", error)
    return Outcome(status_of(error), reason_of(error), error)
