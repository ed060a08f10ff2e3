"""Between the Platform API and the window, for all chats: credentials, orgs, and proofs of any conversation."""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from gcdesk.errors import EnvironmentInputError, FileUnreadableError, GcdeskError, WrongOrgError
from gcdesk.phrase import Phrase
from gcdesk.ui.bridge import Spawn
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.platform_access import PlatformAccess
from gcdesk.ui.prover import Prover, Windows
from gcdesk.ui.simulated import SimulatorKeeper

if TYPE_CHECKING:
    from gcdesk.chat.doctor.check import Check
    from gcdesk.chat.verification import Patience, Proof
    from gcdesk.desk.environments import Environment, EnvironmentIds
    from gcdesk.guest.credentials import Credentials

_log = logging.getLogger(__name__)

T = TypeVar("T")
Failed = Callable[[GcdeskError], None]

_ORG_SECONDS = 5.0
_CHECK_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Question:
    """Which conversation to look at, and what should be there; one of the three names it.

    Args:
        expected: The attributes by key.
        message_id: A message of it.
        conversation_id: Its own ID.
        file: An exported conversation.
    """

    expected: Mapping[str, str] = field(repr=False)
    message_id: str = ""
    conversation_id: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """An environment as a form has it, saved or not.

    Args:
        environment: Its fields.
        ids: Its IDs; None for those that are kept under `kept_as`.
        credentials: Its OAuth client, None if there is none.
        kept_as: The name it is kept under so far; empty for a new one.
    """

    environment: Environment
    ids: EnvironmentIds | None
    credentials: Credentials | None
    kept_as: str


class ProofsBridge(QObject):
    """The Platform API, for the window.

    Args:
        spawn: Starts a task that belongs to the program.
        desk: Where environments, IDs and credentials come from.
        simulator: The built-in simulator, None where there is none.
        patience: How long to ask for attributes; the verification's own if left out.
        parent: The Qt parent.
    """

    def __init__(
        self,
        spawn: Spawn,
        desk: DeskBridge,
        simulator: SimulatorKeeper | None,
        patience: Patience | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._desk = desk
        self._simulator = simulator
        self._patience = patience
        self._windows = Windows()
        self._compared: set[tuple[str, PlatformAccess]] = set()
        self._accepted: set[str] = set()

    async def access(self, item: EnvironmentItem) -> PlatformAccess:
        """An environment's way to the Platform API. Raises GcdeskError where something is missing."""
        from gcdesk.chat.target import Target
        from gcdesk.guest.credentials import Credentials
        from gcdesk.guest.regions import endpoint_for_url

        if item.simulated and self._simulator is not None:
            url, deployment_id = await self._simulator.address()
            client_id, secret, org_id = await self._simulator.platform()
            target = Target(endpoint_for_url(url), deployment_id)
            return PlatformAccess(target, org_id, Credentials(client_id, secret))
        environment, ids, target, credentials = await self._desk.find_with_credentials(item.name)
        return PlatformAccess(target, ids.org_id, credentials, environment.region)

    # Asked by a chat that is being prepared

    def prover(self, item: EnvironmentItem) -> Prover:
        """What proves one chat's attributes."""
        return Prover(self._spawn, lambda: self.access(item), self._windows, self._patience)

    async def check_org(self, item: EnvironmentItem, prover: Prover | None) -> None:
        """Let only chats in the environment's own org begin; asked once as long as nothing changes.

        Where the org cannot be found out the prover is told, and the chat begins all the same.

        Raises:
            WrongOrgError: The credentials belong to another org, and nobody accepted that.
        """
        trouble: GcdeskError | None = None
        try:
            access = await self.access(item)
        except GcdeskError as error:
            if prover is not None:
                prover.trouble = error
            return
        if access.credentials is not None and access.org_id and item.name not in self._accepted:
            key = (item.name, access)
            if key not in self._compared:
                trouble = await self._compare(access)
                if trouble is None:
                    self._compared.add(key)
        if prover is not None:
            prover.know(access, trouble)

    def accept_org(self, item: EnvironmentItem) -> None:
        """Start in that environment although its credentials are of another org, until the program ends."""
        self._accepted.add(item.name)

    async def _compare(self, access: PlatformAccess) -> GcdeskError | None:
        await asyncio.to_thread(importlib.import_module, "gcdesk.chat.verification")
        from gcdesk.chat.verification import Verification
        from gcdesk.errors import HttpTimeoutError

        try:
            async with asyncio.timeout(_ORG_SECONDS), self._windows.client(access) as client:
                await Verification(client).check_org(access.org_id)
        except WrongOrgError:
            raise
        except TimeoutError:
            return HttpTimeoutError(
                Phrase(
                    "The Platform API did not tell the org within {seconds:g} seconds.", seconds=_ORG_SECONDS
                )
            )
        except GcdeskError as error:
            return error
        return None

    # Asked by the window

    def check_client(
        self,
        environment: Environment,
        org_id: str,
        credentials: Credentials,
        done: Callable[[list[Check]], None],
        failed: Failed,
    ) -> None:
        """Sign in with an OAuth client, compare its org and look for missing permissions."""

        async def work() -> list[Check]:
            await asyncio.to_thread(importlib.import_module, "gcdesk.chat.doctor.platform")
            from gcdesk.chat.doctor.platform import platform
            from gcdesk.chat.opener import opener_for
            from gcdesk.chat.target import Target

            proxy = await self._desk.proxy_of(environment)
            target = Target(environment.endpoint_of(), "", environment.origin, proxy)
            return await platform(opener_for(target), target, credentials, org_id, _CHECK_SECONDS)

        self._do(work, done, failed)

    def prove(
        self, item: EnvironmentItem | None, question: Question, done: Callable[[Proof], None], failed: Failed
    ) -> None:
        """Prove the attributes of any conversation; an exported one needs no environment."""

        async def work() -> Proof:
            await asyncio.to_thread(importlib.import_module, "gcdesk.chat.verification")
            from gcdesk.chat.verification import Verification, proof_of_document

            if question.file is not None:
                return proof_of_document(await asyncio.to_thread(_read, question.file), question.expected)
            if item is None:
                raise EnvironmentInputError("No environment is chosen.", "Choose one, or an exported file.")
            access = await self.access(item)
            if access.credentials is None:
                raise EnvironmentInputError(
                    Phrase("{name} has no OAuth client to ask the Platform API with.", name=item.name),
                    "Add one to the environment.",
                )
            async with self._windows.client(access) as client:
                verification = Verification(client, self._patience)
                if access.org_id:
                    await verification.check_org(access.org_id)
                if question.conversation_id:
                    return await verification.of_conversation(question.conversation_id, question.expected)
                return await verification.of_message(question.message_id, question.expected)

        self._do(work, done, failed)

    def examine(
        self, item: EnvironmentItem | None, found: Callable[[Check], None], over: Callable[[], None]
    ) -> asyncio.Task[None]:
        """Walk from this desk to the environment's chats; cancel the task to stop. `over` is not called then."""

        async def work() -> None:
            await asyncio.to_thread(importlib.import_module, "gcdesk.chat.doctor.walk")
            from gcdesk.desk.desk_checks import desk_checks

            for check in await asyncio.to_thread(desk_checks):
                found(check)
            if item is not None:
                await _walk(lambda: self.access(item), found)
            over()

        return self._spawn(work())

    def try_out(
        self, trial: Trial, found: Callable[[Check], None], over: Callable[[], None]
    ) -> asyncio.Task[None]:
        """Walk to an environment that need not be saved; cancel the task to stop. `over` is not called then."""

        async def access() -> PlatformAccess:
            from gcdesk.chat.target import Target

            environment, ids, credentials = trial.environment, trial.ids, trial.credentials
            if ids is None:
                _, ids, _, kept = await self._desk.find_with_credentials(trial.kept_as)
                credentials = credentials or kept
            proxy = await self._desk.proxy_of(environment)
            target = Target(environment.endpoint_of(), ids.deployment_id, environment.origin, proxy)
            return PlatformAccess(target, ids.org_id, credentials, environment.region)

        async def work() -> None:
            await asyncio.to_thread(importlib.import_module, "gcdesk.chat.doctor.walk")
            await _walk(access, found)
            over()

        return self._spawn(work())

    # Inside

    def _do(self, work: Callable[[], Awaitable[T]], done: Callable[[T], None], failed: Failed) -> None:
        async def run() -> None:
            try:
                result = await work()
            except GcdeskError as error:
                failed(error)
            except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
                _log.exception("Asking the Platform API ended because of a bug")
                failed(GcdeskError(detail=type(error).__name__))
            else:
                done(result)

        self._spawn(run())


async def _walk(find: Callable[[], Awaitable[PlatformAccess]], found: Callable[[Check], None]) -> None:
    from gcdesk.chat.doctor.check import failed as check_failed
    from gcdesk.chat.doctor.walk import Patient, walk

    try:
        access = await find()
    except GcdeskError as error:
        found(check_failed("environment", error))
        return
    async for check in walk(Patient(access.target, access.org_id, access.credentials)):
        found(check)


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not JSON in UTF-8"
        raise FileUnreadableError(
            Phrase("The conversation file {name} cannot be read: {reason}.", name=path.name, reason=reason),
            "Export the conversation again, as JSON.",
        ) from error
