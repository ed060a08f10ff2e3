"""The end of a chat of `gcdesk chat`: proving what arrived, and ending the conversation instead of leaving it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from gcdesk.cli.chat_output import Printer
from gcdesk.cli.chat_plan import Plan
from gcdesk.cli.chat_watch import ChatOver, Watch
from gcdesk.errors import (
    ArrivalUnprovenError,
    AttributesNotArrivedError,
    GcdeskError,
    WishError,
)
from gcdesk.guest.ending import CLEARED

if TYPE_CHECKING:
    from gcdesk.chat.chat import Chat


async def prove(plan: Plan, witness: str, printer: Printer) -> GcdeskError | None:
    """Ask the Platform API what became of the attributes, and print it; returns what is wrong with it."""
    if plan.platform is None:
        return None
    proof = await plan.platform.prove(witness, plan.attributes, plan.timeout)
    printer.proof(proof)
    if proof.error is not None:
        return ArrivalUnprovenError(detail=str(proof.error), hint=str(proof.error), code=proof.error.code)
    return None if proof.arrival.value == "arrived" else AttributesNotArrivedError()


class Closing:
    """Ends a conversation by the customer, or else through the Platform API, and says which it was."""

    def __init__(self, chat: Chat, plan: Plan, watch: Watch, printer: Printer) -> None:
        self._chat = chat
        self._plan = plan
        self._watch = watch
        self._printer = printer

    async def end(self) -> GcdeskError | None:
        """Returns why the conversation goes on, None if it is over."""
        if await self._clear():
            self._printer.conversation("customer")
            return None
        failure: GcdeskError = WishError(
            "The conversation was not ended: this deployment does not let the customer do it.",
            "Turn on conversation clear in the messenger configuration, or keep an OAuth client for the environment.",
        )
        if self._plan.platform is not None:
            try:
                await self._plan.platform.end(self._watch.witness)
            except GcdeskError as error:
                failure = error
            else:
                self._printer.conversation("platform")
                return None
        self._printer.conversation("")
        return failure

    async def _clear(self) -> bool:
        """End it by the customer; whether that is done."""
        chat, watch = self._chat, self._watch
        if chat.can_clear:
            refusal = watch.last_refusal
            chat.clear()
            # Refused for speed only it is asked for again, and cannot be wished for until then.
            with contextlib.suppress(ChatOver, TimeoutError):
                await watch.until(
                    lambda: watch.last_refusal is not refusal and chat.can_clear, self._plan.timeout
                )
        return watch.ended is not None and watch.ended.reason == CLEARED
