"""Between one chat and the Platform API: proves its attributes, and ends its conversation; knows asyncio and Qt."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gcdesk.errors import GcdeskError, PlatformNotFoundError
from gcdesk.ui.bridge import Spawn
from gcdesk.ui.platform_access import PlatformAccess

if TYPE_CHECKING:
    from gcdesk.chat.platform import PlatformClient, RequestWindow
    from gcdesk.chat.verification import Patience

_log = logging.getLogger(__name__)

# Somebody sits before the window, and can check again.
_PATIENCE = 15.0

_TRIES = 5
_PAUSE = 1.0

Failed = Callable[[GcdeskError], None]


class Windows:
    """The rate of each OAuth client, shared by all who use it."""

    def __init__(self) -> None:
        self._windows: dict[str, RequestWindow] = {}

    @asynccontextmanager
    async def client(self, access: PlatformAccess) -> AsyncIterator[PlatformClient]:
        """A client of the Platform API; only for access with credentials."""
        # Its HTTP client takes long to load, so neither the window nor the chat waits for that.
        await asyncio.to_thread(importlib.import_module, "gcdesk.chat.platform")
        from gcdesk.chat.opener import opener_for
        from gcdesk.chat.platform import PlatformClient, RequestWindow

        if access.credentials is None:
            raise RuntimeError("Asked for a client without credentials")
        window = self._windows.setdefault(access.credentials.client_id, RequestWindow())
        endpoint = access.target.endpoint
        opener = opener_for(access.target)
        async with PlatformClient(opener, endpoint, access.credentials, window=window) as client:
            yield client


class Prover(QObject):
    """One chat's questions to the Platform API.

    Args:
        spawn: Starts a task that belongs to the program.
        find: Finds the environment's access.
        windows: The rate of each OAuth client.
        patience: How long to ask; as long as a person waits if left out.
        parent: The Qt parent.
    """

    looked = Signal()
    """`access` is known, or why it cannot be."""

    found = Signal(object)
    """A gcdesk.chat.verification.Proof."""

    def __init__(
        self,
        spawn: Spawn,
        find: Callable[[], Awaitable[PlatformAccess]],
        windows: Windows,
        patience: Patience | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._find = find
        self._windows = windows
        self._patience = patience
        self._task: asyncio.Task[None] | None = None
        self.access: PlatformAccess | None = None
        self.trouble: GcdeskError | None = None
        """Why the access is not known, or why its org could not be compared."""

    @property
    def able(self) -> bool:
        """Whether there are credentials to ask with."""
        return self.access is not None and self.access.credentials is not None

    def know(self, access: PlatformAccess, trouble: GcdeskError | None) -> None:
        """Take what was found out while the chat was prepared."""
        self.access, self.trouble = access, trouble
        self.looked.emit()

    def prove(
        self, attributes: Mapping[str, str], *, message_id: str = "", conversation_id: str = ""
    ) -> None:
        """Find out what became of the attributes, in place of any earlier question; `found` follows."""
        self.stop()
        self._task = self._spawn(self._prove(dict(attributes), message_id, conversation_id))

    def stop(self) -> None:
        """Ask no longer."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def end(
        self, done: Callable[[], None], failed: Failed, *, message_id: str, conversation_id: str = ""
    ) -> None:
        """End the conversation for everybody in it."""
        self._spawn(self._end(done, failed, message_id, conversation_id))

    # Inside

    async def _prove(self, attributes: Mapping[str, str], message_id: str, conversation_id: str) -> None:
        from gcdesk.guest.arrival import compare

        await asyncio.to_thread(importlib.import_module, "gcdesk.chat.verification")
        from gcdesk.chat.verification import Patience, Proof, Verification

        try:
            self.access = access = await self._find()
        except GcdeskError as error:
            self.found.emit(Proof(compare(attributes, {}), 0.0, error=error))
            return
        if access.credentials is None:
            self.looked.emit()
            return
        async with self._windows.client(access) as client:
            verification = Verification(client, self._patience or Patience(whole=_PATIENCE))
            if conversation_id:
                proof = await verification.of_conversation(conversation_id, attributes)
            else:
                proof = await verification.of_message(message_id, attributes)
        self.found.emit(proof)

    async def _end(
        self, done: Callable[[], None], failed: Failed, message_id: str, conversation_id: str
    ) -> None:
        try:
            async with self._windows.client(await self._find()) as client:
                await client.disconnect(conversation_id or await _conversation_of(client, message_id))
        except GcdeskError as error:
            failed(error)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
            _log.exception("Ending a conversation ended because of a bug")
            failed(GcdeskError(detail=type(error).__name__))
        else:
            done()


async def _conversation_of(client: PlatformClient, message_id: str) -> str:
    for _ in range(_TRIES - 1):
        try:
            return await client.conversation_of(message_id)
        except PlatformNotFoundError:
            # The record may lag the socket by moments (guest API, section 7.2).
            await asyncio.sleep(_PAUSE)
    return await client.conversation_of(message_id)
