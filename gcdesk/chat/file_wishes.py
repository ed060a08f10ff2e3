"""What a person may want of a chat with files: send them, and fetch what came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gcdesk.chat.opener import Opener
from gcdesk.chat.wishes import Wishes
from gcdesk.guest.content import Attachment
from gcdesk.guest.events import Event, LinkRefreshed
from gcdesk.guest.upload import OutgoingFile

if TYPE_CHECKING:
    from gcdesk.chat.downloads import Picture


class FileWishes(Wishes):
    """The wishes of a chat that are about files."""

    _opener: Opener

    def __init__(self) -> None:
        self._links: dict[str, list[asyncio.Future[LinkRefreshed]]] = {}

    def attach(self, file: OutgoingFile | Path | str) -> str:
        """Begin to upload a file; returns its attachment ID, under which UploadChanged tells the rest.

        Args:
            file: A path, or a file with its name, MIME type and bytes.

        Raises:
            FileUnreadableError: There is no ordinary file at the path.
            FileInputError: The deployment would not take it; nothing was sent.
            WishError: The chat takes no files now.
        """
        if not isinstance(file, OutgoingFile):
            # Only a chat with files needs it.
            from gcdesk.chat.files import file_at

            file = file_at(file)
        with self._wish() as now:
            return self._session.attach(file, now)

    def attach_again(self, attachment_id: str) -> None:
        """Upload a failed file once more, for the message that was to carry it too.

        Raises FileInputError and WishError.
        """
        with self._wish() as now:
            self._session.attach_again(attachment_id, now)

    def detach(self, attachment_id: str) -> None:
        """Take a file back that is not sent yet. Raises WishError."""
        with self._wish() as now:
            self._session.detach(attachment_id, now)

    def refresh_link(self, attachment_id: str) -> None:
        """Ask for a fresh link to a file; LinkRefreshed follows. Raises WishError."""
        with self._wish() as now:
            self._session.refresh_link(attachment_id, now)

    async def fresh_link(self, attachment_id: str) -> str:
        """A fresh link to a file, while somebody else iterates the chat.

        Raises:
            WishError: The chat is over.
            GcdeskError: The service gave none; the type says why.
        """
        answer: asyncio.Future[LinkRefreshed] = asyncio.get_running_loop().create_future()
        waiting = self._links.setdefault(attachment_id, [])
        waiting.append(answer)
        try:
            self.refresh_link(attachment_id)
            refreshed = await answer
        finally:
            waiting.remove(answer)
        if refreshed.error is not None:
            raise refreshed.error
        return refreshed.url

    async def save(
        self, attachment: Attachment, folder: Path, *, progress: Callable[[int], None] | None = None
    ) -> Path:
        """Fetch a file of a message into a folder and return where it is.

        A link that is not good any more is replaced while the chat is open and somebody iterates it. Raises like
        `gcdesk.chat.downloads.download`.

        Args:
            attachment: The file, as the message has it.
            folder: An existing folder; nothing in it is ever written over.
            progress: Told how many bytes have come.
        """
        from gcdesk.chat.downloads import Source, download

        fresh = partial(self.fresh_link, attachment.id) if attachment.id else None
        source = Source(attachment.url, fresh, attachment.size)
        return await download(self._opener, source, folder, attachment.filename, progress=progress)

    async def picture(self, url: str, attachment_id: str = "") -> Picture:
        """Fetch a picture to show it. Raises like `gcdesk.chat.downloads.fetch_picture`.

        Args:
            url: Where it is.
            attachment_id: The file's ID, if it is one; a link that is not good any more is then replaced.
        """
        from gcdesk.chat.downloads import Source, fetch_picture

        fresh = partial(self.fresh_link, attachment_id) if attachment_id else None
        return await fetch_picture(self._opener, Source(url, fresh))

    def _note_link(self, event: Event) -> None:
        """Tell whoever waits for a fresh link."""
        if not isinstance(event, LinkRefreshed):
            return
        for answer in self._links.pop(event.attachment_id, ()):
            if not answer.done():
                answer.set_result(event)
