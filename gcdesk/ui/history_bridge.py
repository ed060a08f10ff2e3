"""Between the history on disk and the window: every call of it runs in a thread, for disks may be slow."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from gcdesk.errors import GcdeskError, RecordInputError
from gcdesk.ui.bridge import ChatBridge, Spawn
from gcdesk.ui.keeping import Keeping

if TYPE_CHECKING:
    from gcdesk.desk.evidence import Evidence
    from gcdesk.desk.history_book import ChatBook, ChatQuery
    from gcdesk.desk.history_record import ChatRecord, ChatSummary

_log = logging.getLogger(__name__)

T = TypeVar("T")
Failed = Callable[[GcdeskError], None]


class HistoryBridge(QObject):
    """The chats that were kept.

    Args:
        spawn: Starts a task that belongs to the program.
        keeping: Knows which of them were begun in this window.
        path: The history file; the person's own if left out.
        parent: The Qt parent.
    """

    def __init__(
        self, spawn: Spawn, keeping: Keeping, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._keeping = keeping
        self._path = path

    def number(self, bridge: ChatBridge) -> int | None:
        """The number in the history of a chat of this window, None where it is not kept or not yet."""
        return self._keeping.number(bridge)

    def numbers(self) -> set[int]:
        """The numbers of all chats that were begun in this window."""
        return self._keeping.numbers()

    def page(
        self,
        query: ChatQuery | None,
        limit: int,
        done: Callable[[list[ChatSummary]], None],
        failed: Failed,
        *,
        after: ChatSummary | None = None,
        later: float = 0.0,
    ) -> None:
        """Read which chats there are, the latest first, from behind `after` on, so many seconds later."""
        self._do(lambda book: book.list(query, limit, after=after), done, failed, later)

    def find(
        self, text: str, limit: int, done: Callable[[list[ChatSummary]], None], failed: Failed
    ) -> asyncio.Task[None]:
        """Read which chats hold these words in a message, or this text in their CRM ID; cancel the task to give up."""

        def work(book: ChatBook) -> list[ChatSummary]:
            from gcdesk.desk.history_book import ChatQuery

            return book.list(ChatQuery(text), limit)

        return self._do(work, done, failed)

    def open(self, chat: int, done: Callable[[ChatRecord], None], failed: Failed) -> None:
        """Read all that was kept of a chat."""
        self._do(lambda book: book.open(chat), done, failed)

    def delete(self, chats: Iterable[int], done: Callable[[None], None], failed: Failed) -> None:
        """Delete chats for good; one that is gone already is no failure."""
        numbers = list(chats)

        def work(book: ChatBook) -> None:
            for number in numbers:
                try:
                    book.delete(number)
                except RecordInputError:
                    _log.debug("Chat %d was deleted already", number)

        self._do(work, done, failed)

    def delete_older(self, days: int, done: Callable[[frozenset[int]], None], failed: Failed) -> None:
        """Delete the chats in which nothing has happened for so many days; `done` gets the numbers that are left."""

        def work(book: ChatBook) -> frozenset[int]:
            book.delete_older(days)
            return frozenset(one.id for one in book.list())

        self._do(work, done, failed)

    def count_older(self, days: int, done: Callable[[int], None], failed: Failed) -> None:
        """Count what `delete_older` would delete."""
        self._do(lambda book: book.count_older(days), done, failed)

    def size(self, done: Callable[[int], None], failed: Failed) -> None:
        """Measure how many bytes the history takes."""
        self._do(lambda book: book.size, done, failed)

    def evidence(
        self,
        chat: int | ChatBridge,
        done: Callable[[Evidence], None],
        failed: Failed,
        *,
        include_personal: bool = False,
    ) -> None:
        """Make the evidence of a chat by its number, or of a chat of this window up to now."""

        def work(book: ChatBook) -> Evidence:
            from gcdesk.desk.evidence import evidence_of

            number = chat if isinstance(chat, int) else self._keeping.settle(chat)
            if number is None:
                raise RecordInputError(
                    "This chat is not kept, so there is no evidence of it.",
                    "Turn on the history in the settings; it holds for chats that begin from then on.",
                )
            return evidence_of(book.open(number), include_personal=include_personal)

        self._do(work, done, failed)

    def save(
        self, evidence: Evidence, page: Path, done: Callable[[tuple[Path, Path]], None], failed: Failed
    ) -> None:
        """Write evidence as a page, and as JSON beside it under the same name."""

        def work(_book: ChatBook) -> tuple[Path, Path]:
            from gcdesk.desk.evidence import save_pack

            return save_pack(evidence, page)

        self._do(work, done, failed)

    # Inside

    def _do(
        self, work: Callable[[ChatBook], T], done: Callable[[T], None], failed: Failed, later: float = 0.0
    ) -> asyncio.Task[None]:
        return self._spawn(self._run(work, done, failed, later))

    async def _run(
        self, work: Callable[[ChatBook], T], done: Callable[[T], None], failed: Failed, later: float
    ) -> None:
        def call() -> T:
            # It brings SQLite along, which the first window does without.
            from gcdesk.desk.history_book import ChatBook

            return work(ChatBook(self._path))

        await asyncio.sleep(later)
        try:
            result = await asyncio.to_thread(call)
        except GcdeskError as error:
            failed(error)
        except Exception as error:  # noqa: BLE001 - a bug here must not take the chats along
            _log.exception("A call about the history ended because of a bug")
            failed(GcdeskError(detail=type(error).__name__))
        else:
            done(result)
