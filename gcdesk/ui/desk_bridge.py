"""Between the book of environments and the window: every call of it runs in a thread.

The keyring may ask for a password and the settings file may lie on a slow disk; the window waits for neither.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from gcdesk.errors import EnvironmentInputError, GcdeskError, KeyringUnavailableError
from gcdesk.ui.bridge import Spawn
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.memory import LANGUAGE_KEY
from gcdesk.ui.said import said
from gcdesk.ui.shelf import Kept, KeyringLook, Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from gcdesk.chat.target import Target
    from gcdesk.desk.environment_files import Imported
    from gcdesk.desk.environments import Environment, EnvironmentIds, Environments
    from gcdesk.desk.preferences import Preferences
    from gcdesk.desk.settings import Settings
    from gcdesk.desk.tokens import TokenStore
    from gcdesk.guest.credentials import Credentials
    from gcdesk.guest.limits import Limits

_log = logging.getLogger(__name__)

T = TypeVar("T")

Failed = Callable[[GcdeskError], None]


class DeskBridge(QObject):
    """The book of environments, for the window.

    Args:
        spawn: Starts a task that belongs to the program.
        open_book: Makes the book; called once, in a thread.
        simulator: The built-in simulator's item; None where there is none.
        always_simulator: Start on the simulator, whatever was chosen last.
        parent: The Qt parent.
    """

    shelf_changed = Signal(object)
    """A Shelf: environments were loaded, added, changed or removed."""

    keyring_seen = Signal(object)
    """A KeyringLook: it was looked for."""

    noticed = Signal(str)
    """A sentence the person should read, about damaged settings for example."""

    failed = Signal(object)
    """A GcdeskError about something nobody asked for by a call with an answer of its own."""

    def __init__(
        self,
        spawn: Spawn,
        open_book: Callable[[], Environments],
        simulator: EnvironmentItem | None,
        *,
        always_simulator: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._open_book = open_book
        self._simulator = simulator
        self._always_simulator = always_simulator
        self._book: Environments | None = None
        self._in_order = asyncio.Lock()
        self._opening = asyncio.Lock()

    # Asked by the window

    def load(self) -> None:
        """Read the environments; `shelf_changed` follows."""
        self._do(self._read_shelf, self._show, self._not_loaded, reads=True)

    def look_for_keyring(self) -> None:
        """Find out where IDs are kept; `keyring_seen` follows."""
        self._do(
            lambda book: book.id_store.backend_name,
            self._keyring_found,
            self._keyring_missing,
            reads=True,
        )

    def choose(self, name: str) -> None:
        """Remember which environment is chosen; the simulator is what a fresh start opens on anyway."""
        if self._is_simulator(name):
            self._do(lambda book: book.settings.set("chosen_environment", None), _nothing, self.failed.emit)
        else:
            self._do(lambda book: book.choose(name), _nothing, self.failed.emit)

    def remember(self, key: str, value: object) -> None:
        """Keep one of the window's own settings."""
        self._do(lambda book: book.settings.set(key, value), _nothing, self.failed.emit)

    def read_preferences(self, done: Callable[[tuple[Preferences, str]], None], failed: Failed) -> None:
        """Read what is set for all environments, and the language."""

        def work(book: Environments) -> tuple[Preferences, str]:
            from gcdesk.desk.preferences import read_preferences

            return read_preferences(book.settings), book.settings.get(LANGUAGE_KEY, str, "")

        self._do(work, done, failed, reads=True)

    def change_settings(
        self, work: Callable[[Settings], object], done: Callable[[], None], failed: Failed
    ) -> None:
        """Change settings in a thread; `work` raises GcdeskError for what cannot be kept."""
        self._do(lambda book: work(book.settings), lambda _result: done(), failed)

    def export_to(
        self, path: Path, names: Sequence[str], done: Callable[[tuple[str, ...]], None], failed: Failed
    ) -> None:
        """Write environments into a file; `done` gets a sentence for each thing that was left out."""

        def work(book: Environments) -> tuple[str, ...]:
            from gcdesk.desk.environment_files import write_environments

            return write_environments(path, [one for one in book.all() if one.name in names])

        self._do(work, done, failed, reads=True)

    def import_from(
        self, path: Path, done: Callable[[Imported], None], failed: Failed, *, replacing: bool = False
    ) -> None:
        """Add the environments of a file, without IDs."""

        def work(book: Environments) -> tuple[Imported, Shelf]:
            from gcdesk.desk.environment_files import import_environments, read_environments

            found = read_environments(path)
            for one in found:
                self._must_not_be_simulator(one.name)
            return import_environments(book, found, replacing=replacing), self._read_shelf(book)

        self._change(work, done, failed)

    def list_environments(self, done: Callable[[Kept], None], failed: Failed) -> None:
        """Read all environments of the book; the simulator is none of them."""
        self._do(_kept, done, failed, reads=True)

    def read_ids(self, name: str, done: Callable[[EnvironmentIds], None], failed: Failed) -> None:
        """Read the IDs of an environment."""
        self._do(lambda book: book.ids(name), done, failed, reads=True)

    def read_credentials(self, name: str, done: Callable[[Credentials | None], None], failed: Failed) -> None:
        """Read the OAuth client of an environment, None if it has none."""
        self._do(lambda book: book.credentials_of(name), done, failed, reads=True)

    def keep_credentials(
        self,
        name: str,
        credentials: Credentials | None,
        done: Callable[[None], None],
        failed: Failed,
        *,
        session_only: bool = False,
    ) -> None:
        """Keep the OAuth client of an environment, or erase it with None."""
        self._do(
            lambda book: book.keep_credentials(name, credentials, session_only=session_only), done, failed
        )

    def add(
        self,
        environment: Environment,
        ids: EnvironmentIds,
        done: Callable[[Environment], None],
        failed: Failed,
        *,
        session_only: bool = False,
    ) -> None:
        """Add an environment and choose it."""

        def work(book: Environments) -> tuple[Environment, Shelf]:
            self._must_not_be_simulator(environment.name)
            added = book.add(environment, ids, session_only=session_only)
            book.choose(added.name)
            return added, self._shelf(book, added.name)

        self._change(work, done, failed)

    def edit(
        self,
        old_name: str,
        environment: Environment,
        ids: EnvironmentIds | None,
        done: Callable[[Environment], None],
        failed: Failed,
        *,
        session_only: bool = False,
    ) -> None:
        """Change an environment; None leaves its IDs as they are."""

        def work(book: Environments) -> tuple[Environment, Shelf]:
            self._must_not_be_simulator(environment.name)
            edited = book.edit(old_name, environment, ids, session_only=session_only)
            return edited, self._shelf(book, edited.name)

        self._change(work, done, failed)

    def remove(
        self, name: str, done: Callable[[str], None], failed: Failed, *, leave_ids: bool = False
    ) -> None:
        """Remove an environment and erase its IDs; `leave_ids` leaves the keyring alone."""

        def work(book: Environments) -> tuple[str, Shelf]:
            book.remove(name, leave_ids=leave_ids)
            return name, self._shelf(book, book.chosen)

        self._change(work, done, failed)

    # Asked by a chat that is being prepared

    async def find(self, name: str) -> tuple[Environment, EnvironmentIds, Target]:
        """Return an environment, its IDs, and where its chats go.

        Raises:
            GcdeskError: As Environments.target_of.
        """
        book = await self._opened()
        return await asyncio.to_thread(book.target_of, name)

    async def proxy_of(self, environment: Environment) -> str:
        """Which proxy leads to an environment, saved or not. Raises GcdeskError as Environments.proxy_of."""
        book = await self._opened()
        return await asyncio.to_thread(book.proxy_of, environment)

    async def find_with_credentials(
        self, name: str
    ) -> tuple[Environment, EnvironmentIds, Target, Credentials | None]:
        """Return an environment, its IDs, where its chats go, and its OAuth client if it has one.

        Raises:
            GcdeskError: As Environments.target_of and Environments.credentials_of.
        """
        book = await self._opened()
        return await asyncio.to_thread(lambda: (*book.target_of(name), book.credentials_of(name)))

    async def limits(self) -> Limits:
        """The limits that the settings ask for.

        Raises:
            GcdeskError: As gcdesk.desk.limits.read_limits.
        """
        # Only a chat needs them, so the window opens without.
        from gcdesk.desk.limits import read_limits

        book = await self._opened()
        return await asyncio.to_thread(read_limits, book.settings)

    async def customers(self, name: str) -> tuple[Environment, TokenStore]:
        """Return an environment, and where its customers' sign-ins and sessions are kept.

        Raises:
            GcdeskError: As Environments.get.
        """
        book = await self._opened()
        return await asyncio.to_thread(book.get, name), book.tokens

    # Inside

    def _change(
        self, work: Callable[[Environments], tuple[T, Shelf]], done: Callable[[T], None], failed: Failed
    ) -> None:
        def changed(result: tuple[T, Shelf]) -> None:
            self.shelf_changed.emit(result[1])
            done(result[0])

        self._do(work, changed, failed)

    def _do(
        self,
        work: Callable[[Environments], T],
        done: Callable[[T], None],
        failed: Failed,
        *,
        reads: bool = False,
    ) -> None:
        # What only reads need not wait until a person has typed the keyring's password.
        order = contextlib.nullcontext() if reads else self._in_order
        self._spawn(self._run(work, done, failed, order))

    async def _run(
        self,
        work: Callable[[Environments], T],
        done: Callable[[T], None],
        failed: Failed,
        order: AbstractAsyncContextManager[None],
    ) -> None:
        try:
            book = await self._opened()
            async with order:
                result = await asyncio.to_thread(work, book)
        except GcdeskError as error:
            failed(error)
        except Exception as error:  # noqa: BLE001 - a bug here must not take the chats along
            _log.exception("A call about environments ended because of a bug")
            failed(GcdeskError(detail=type(error).__name__))
        else:
            for notice in book.take_notices():
                self.noticed.emit(said(notice))
            done(result)

    async def _opened(self) -> Environments:
        async with self._opening:
            if self._book is None:
                self._book = await asyncio.to_thread(self._open_book)
            return self._book

    def _read_shelf(self, book: Environments) -> Shelf:
        return self._shelf(book, "" if self._always_simulator else book.chosen)

    def _shelf(self, book: Environments, chosen: str) -> Shelf:
        items = [
            EnvironmentItem(
                one.name,
                one.place,
                one.colour,
                crm_id_key=one.crm_id_key,
                attributes=one.attributes,
                first_message=one.first_message,
            )
            for one in book.all()
        ]
        if self._simulator is not None:
            items.append(self._simulator)
            chosen = chosen or self._simulator.name
        return Shelf(tuple(items), chosen)

    def _show(self, shelf: Shelf) -> None:
        self.shelf_changed.emit(shelf)

    def _not_loaded(self, error: GcdeskError) -> None:
        self.failed.emit(error)
        items = () if self._simulator is None else (self._simulator,)
        self._show(Shelf(items, items[0].name if items else ""))

    def _keyring_found(self, name: str) -> None:
        self.keyring_seen.emit(KeyringLook(name))

    def _keyring_missing(self, error: GcdeskError) -> None:
        if not isinstance(error, KeyringUnavailableError):
            self.failed.emit(error)
        self.keyring_seen.emit(KeyringLook(error=error))

    def _is_simulator(self, name: str) -> bool:
        return self._simulator is not None and name == self._simulator.name

    def _must_not_be_simulator(self, name: str) -> None:
        if self._simulator is not None and name.strip().casefold() == self._simulator.name.casefold():
            raise EnvironmentInputError(
                "That name is the simulator's.", "Choose another, so that nobody mistakes one for the other."
            )


def _kept(book: Environments) -> Kept:
    everything = book.all()
    return Kept(tuple(everything), frozenset(one.name for one in everything if book.is_session_only(one)))


def _nothing(_result: object) -> None:
    """There is nothing to tell."""
