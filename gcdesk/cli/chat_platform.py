"""The Platform API beside a chat of `gcdesk chat`: whose org it is, what arrived, and the end of a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from gcdesk.cli.place import Place
from gcdesk.errors import PlatformNotFoundError

if TYPE_CHECKING:
    from gcdesk.chat.platform import PlatformClient
    from gcdesk.chat.verification import Proof

_TRIES = 5
_PAUSE = 1.0


class Platform:
    """One place's Platform API; the place has credentials."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def check_org(self) -> None:
        """Raise WrongOrgError if the credentials are of another org than the place, GcdeskError if nobody can tell."""
        from gcdesk.chat.verification import Verification

        if self._place.org_id:
            async with self._client() as client:
                await Verification(client).check_org(self._place.org_id)

    async def prove(self, message_id: str, attributes: Mapping[str, str], seconds: float) -> Proof:
        """Find out what became of the attributes; never raises but for cancellation."""
        from gcdesk.chat.verification import Patience, Verification

        async with self._client() as client:
            return await Verification(client, Patience(whole=seconds)).of_message(message_id, attributes)

    async def end(self, message_id: str) -> None:
        """End the conversation that a message belongs to. Raises GcdeskError."""
        async with self._client() as client:
            for left in reversed(range(_TRIES)):
                try:
                    await client.disconnect(await client.conversation_of(message_id))
                except PlatformNotFoundError:
                    # The record may lag the socket by moments (guest API, section 7.2).
                    if not left:
                        raise
                    await asyncio.sleep(_PAUSE)
                else:
                    return

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[PlatformClient]:
        # Only some chats ask the Platform API, and its client takes long to load.
        from gcdesk.chat.opener import opener_for
        from gcdesk.chat.platform import PlatformClient

        assert self._place.credentials is not None  # noqa: S101 - whoever made it has looked
        opener = opener_for(self._place.target)
        async with PlatformClient(opener, self._place.target.endpoint, self._place.credentials) as client:
            yield client
