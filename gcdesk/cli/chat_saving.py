"""Saves the files that come in a chat of `gcdesk chat`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from gcdesk.cli.chat_output import Printer
from gcdesk.errors import FileTimeoutError, GcdeskError
from gcdesk.guest.content import Attachment
from gcdesk.guest.events import Event, MessageAdded
from gcdesk.guest.message import Direction

if TYPE_CHECKING:
    from gcdesk.chat.chat import Chat


class Saving:
    """Fetches each file of a message to the customer, beside the chat, into a folder if there is one."""

    def __init__(self, chat: Chat, folder: Path | None, printer: Printer) -> None:
        self._chat = chat
        self._folder = folder
        self._printer = printer
        self._tasks: set[asyncio.Task[None]] = set()
        self._failure: GcdeskError | None = None

    def see(self, event: Event) -> None:
        """Begin to fetch what came with an event."""
        if self._folder is None or not isinstance(event, MessageAdded):
            return
        if event.message.direction is Direction.OUTBOUND:
            for item in event.message.content:
                if isinstance(item, Attachment):
                    self._tasks.add(asyncio.create_task(self._save(item, self._folder)))

    async def settled(self, seconds: float) -> GcdeskError | None:
        """Wait for all that is being fetched, so many seconds at most; returns the first that went wrong."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            if late:
                self._failure = self._failure or FileTimeoutError("A file did not come in time.")
        return self._failure

    async def close(self) -> None:
        """Give up what is still being fetched."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _save(self, attachment: Attachment, folder: Path) -> None:
        try:
            path = await self._chat.save(attachment, folder)
        except GcdeskError as error:
            self._failure = self._failure or error
            self._printer.error(error)
        else:
            self._printer.saved(attachment, path)
