"""Proving that custom attributes became participant data, by asking the Platform API until it knows (guest API, 7)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from gcdesk.chat.platform import Org, PlatformClient
from gcdesk.errors import GcdeskError, PlatformNotFoundError, WrongOrgError
from gcdesk.guest.arrival import Arrival, Verdict, compare
from gcdesk.guest.conversation import FlowEnd, PlatformConversation, read_conversation
from gcdesk.guest.masking import mask
from gcdesk.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to ask: a first pause, each later one longer by the factor up to the longest, all seconds."""

    first: float = 0.5
    factor: float = 1.6
    longest: float = 5.0
    whole: float = 30.0


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out; `error` says why nothing could be, and then the arrival is unproven.

    `seconds` is how long it took, `tries` how often the conversation was asked for. `flow_ends` is empty where they
    are not known yet, or the client may not read them.
    """

    verdict: Verdict
    seconds: float
    tries: int = 0
    conversation: PlatformConversation | None = None
    error: GcdeskError | None = None
    flow_ends: tuple[FlowEnd, ...] = ()

    @property
    def arrival(self) -> Arrival:
        """What became of the attributes, as far as it is proved."""
        return Arrival.UNPROVEN if self.error is not None else self.verdict.arrival


class Verification:
    """Asks for one org's conversations.

    Args:
        client: Talks to the Platform API, inside its block.
        patience: How long to ask.
        sleep: Waits; a test puts its own in place.
        monotonic: Tells monotonic seconds.
    """

    def __init__(
        self,
        client: PlatformClient,
        patience: Patience | None = None,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._patience = patience or Patience()
        self._sleep = sleep
        self._monotonic = monotonic

    async def check_org(self, expected: str) -> Org:
        """The org of the credentials, which has to be the environment's.

        Raises:
            WrongOrgError: It is another one.
            PlatformError: It cannot be found out.
        """
        org = await self._client.org()
        if expected and org.id.lower() != expected.lower():
            raise WrongOrgError(
                Phrase(
                    "The credentials belong to the org {org} ({org_id}), "
                    "but this environment is for the org {expected}.",
                    org=org.name or Phrase("without a name"),
                    org_id=mask(org.id),
                    expected=mask(expected),
                )
            )
        return org

    async def of_message(self, message_id: str, sent: Mapping[str, str]) -> Proof:
        """Prove the attributes of the conversation that a message belongs to; never raises but for cancellation."""
        return await self._prove(sent, message_id=message_id)

    async def of_conversation(self, conversation_id: str, sent: Mapping[str, str]) -> Proof:
        """Prove the attributes of a conversation; never raises but for cancellation."""
        return await self._prove(sent, conversation_id=conversation_id)

    async def _prove(
        self, sent: Mapping[str, str], *, message_id: str = "", conversation_id: str = ""
    ) -> Proof:
        began, pause, tries = self._monotonic(), self._patience.first, 0
        best: PlatformConversation | None = None
        error: GcdeskError | None = None
        while True:
            tries += 1
            try:
                conversation_id = conversation_id or await self._client.conversation_of(message_id)
                best, error = await self._client.conversation(conversation_id), None
            except PlatformNotFoundError as unknown:
                # The record may lag the socket by moments (guest API, section 7.2).
                error = unknown
            except GcdeskError as failure:
                return Proof(compare(sent, {}), self._monotonic() - began, tries, best, failure)
            if best is not None and compare(sent, best.customer_data).arrival is Arrival.ARRIVED:
                break
            if self._monotonic() - began + pause > self._patience.whole:
                break
            await self._sleep(pause)
            pause = min(pause * self._patience.factor, self._patience.longest)
        seconds = self._monotonic() - began
        if best is None:
            return Proof(compare(sent, {}), seconds, tries, None, error)
        if not best.has_customer:
            error = _no_customer(
                "The conversation has no customer yet, so nothing is known of participant data."
            )
        ends = await self._flow_ends(best.id or conversation_id)
        return Proof(compare(sent, best.customer_data), seconds, tries, best, error, ends)

    async def _flow_ends(self, conversation_id: str) -> tuple[FlowEnd, ...]:
        # They prove nothing about attributes, and need a permission of their own: without it they are left out.
        try:
            return await self._client.flow_ends(conversation_id)
        except GcdeskError:
            return ()


def proof_of_document(value: object, sent: Mapping[str, str]) -> Proof:
    """Compare with a conversation that somebody exported; never raises."""
    conversation = read_conversation(value)
    error = (
        None if conversation.has_customer else _no_customer("The file holds no customer's participant data.")
    )
    return Proof(compare(sent, conversation.customer_data), 0.0, 0, conversation, error)


def _no_customer(title: str) -> GcdeskError:
    return PlatformNotFoundError(
        title, "Check again in a moment, or check that it is the right conversation."
    )
