"""Between the keyring's customers and the window: earlier guest sessions, and who is signed in.

Calls of the keyring run in threads, for it may ask for a password. What belongs to the simulator is kept in memory.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject

from gcdesk.errors import GcdeskError, NotSignedInError, SignInExpiredError
from gcdesk.phrase import Phrase
from gcdesk.ui.bridge import ChatBridge, Spawn
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.launch_controls import EnvironmentItem

if TYPE_CHECKING:
    from gcdesk.chat.opener import Opener
    from gcdesk.chat.target import Target
    from gcdesk.chat.tokens import Renewal
    from gcdesk.desk.tokens import KeptSession, TokenStore
    from gcdesk.guest.identity import IdentityProvider, SignIn, Tokens

_log = logging.getLogger(__name__)

T = TypeVar("T")
Failed = Callable[[GcdeskError], None]
FindTarget = Callable[[EnvironmentItem], Coroutine[Any, Any, "Target"]]

_SIMULATOR = "simulator"
_SIMULATOR_CLIENT = "gcdesk"
_SIMULATOR_LOGIN = "/login/authorize"


class _Place(NamedTuple):
    store: TokenStore
    name: str
    provider: IdentityProvider | None


class CustomersBridge(QObject):
    """The customers of all environments.

    Args:
        spawn: Starts a task that belongs to the program.
        desk: The book of environments.
        find_target: Finds an environment's addresses and its deployment.
        parent: The Qt parent.
    """

    def __init__(
        self, spawn: Spawn, desk: DeskBridge, find_target: FindTarget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._desk = desk
        self._find_target = find_target
        self._memory: TokenStore | None = None

    # Asked by the window

    def keep(self, item: EnvironmentItem, crm_id: str, token: str, *, resumable: bool) -> None:
        """Keep a chat's token so that it can be resumed, or forget one that is good for nothing."""
        # The keyring takes one before the other as it likes; what counts is when the chats were used.
        used = datetime.now(UTC)

        async def work() -> None:
            place = await self._place(item)
            if resumable:
                await asyncio.to_thread(place.store.save_session, place.name, crm_id, token, used)
            else:
                await asyncio.to_thread(place.store.forget_session, place.name, token)

        self._do(work, _nothing, self._not_kept)

    def earlier(
        self, item: EnvironmentItem, done: Callable[[list[KeptSession]], None], failed: Failed
    ) -> None:
        """Read which sessions of an environment can be resumed, newest first."""

        async def work() -> list[KeptSession]:
            place = await self._place(item)
            return await asyncio.to_thread(place.store.sessions, place.name)

        self._do(work, done, failed)

    def sign_in(
        self, item: EnvironmentItem, bridge: ChatBridge | None, done: Callable[[bool], None], failed: Failed
    ) -> asyncio.Task[None]:
        """Sign a customer in through the browser; `done` tells whether the chat of that bridge goes on with it.

        Cancel the task to give up: neither function is called then.
        """

        async def work() -> bool:
            from gcdesk.chat.sign_in import sign_in

            place = await self._place(item)
            target = await self._find_target(item)
            tokens = await sign_in(_opener(target), target, self._provider(place, target))
            await asyncio.to_thread(place.store.save_sign_in, place.name, "", tokens, datetime.now(UTC))
            return bridge is not None and bridge.take_sign_in(
                tokens.sign_in, self._renewal(target, place, tokens)
            )

        return self._do(work, done, failed)

    def sign_out(self, item: EnvironmentItem, done: Callable[[None], None], failed: Failed) -> None:
        """Log the customer out at the service and forget the sign-in."""

        async def work() -> None:
            from gcdesk.chat.tokens import revoke

            place = await self._place(item)
            tokens = await asyncio.to_thread(place.store.sign_in, place.name)
            if tokens is None:
                raise NotSignedInError(
                    Phrase("Nobody is signed in to {name}.", name=item.name), "There is nothing to sign out."
                )
            try:
                target = await self._find_target(item)
                await revoke(_opener(target), target, tokens.jwt)
            except SignInExpiredError:
                # What has run out needs no logging out.
                _log.debug("The sign-in had run out already")
            await asyncio.to_thread(place.store.forget_sign_in, place.name)

        self._do(work, done, failed)

    # Asked by a chat that is being prepared

    async def newest_sign_in(self, item: EnvironmentItem, target: Target) -> tuple[SignIn, Renewal]:
        """The sign-in that is kept, and what renews it. Raises NotSignedInError if there is none."""
        place = await self._place(item)
        tokens = await asyncio.to_thread(place.store.sign_in, place.name)
        if tokens is None:
            raise NotSignedInError
        return tokens.sign_in, self._renewal(target, place, tokens)

    # Inside

    async def _place(self, item: EnvironmentItem) -> _Place:
        if item.simulated:
            if self._memory is None:
                from gcdesk.desk.tokens import TokenStore
                from gcdesk.desk.vault import MemoryVault

                self._memory = TokenStore(MemoryVault())
            return _Place(self._memory, _SIMULATOR, None)
        environment, store = await self._desk.customers(item.name)
        return _Place(store, environment.identifier, environment.sign_in)

    def _provider(self, place: _Place, target: Target) -> IdentityProvider:
        from gcdesk.guest.identity import IdentityProvider

        if place.provider is not None and (place.provider.is_set or not target.endpoint.is_local):
            return place.provider
        # A simulator on this computer has a login page of its own.
        return IdentityProvider(f"{target.endpoint.login_base}{_SIMULATOR_LOGIN}", _SIMULATOR_CLIENT)

    def _renewal(self, target: Target, place: _Place, tokens: Tokens) -> Renewal:
        from gcdesk.chat.tokens import Renewal

        async def keep(fresh: Tokens) -> None:
            try:
                await asyncio.to_thread(place.store.save_sign_in, place.name, "", fresh, datetime.now(UTC))
            except GcdeskError as error:
                self._not_kept(error)

        return Renewal(target, tokens, keep)

    def _not_kept(self, error: GcdeskError) -> None:
        # The chat goes on; without a keyring it just cannot be resumed another day.
        _log.info("%s: %s", error.name, error.title)

    def _do(
        self, work: Callable[[], Coroutine[Any, Any, T]], done: Callable[[T], None], failed: Failed
    ) -> asyncio.Task[None]:
        async def run() -> None:
            try:
                result = await work()
            except GcdeskError as error:
                failed(error)
            except Exception as error:  # noqa: BLE001 - a bug here must not take the chats along
                _log.exception("A call about customers ended because of a bug")
                failed(GcdeskError(detail=type(error).__name__))
            else:
                done(result)

        return self._spawn(run())


def _opener(target: Target) -> Opener:
    from gcdesk.chat.opener import opener_for

    return opener_for(target)


def _nothing(_result: object) -> None:
    """There is nothing to tell."""
