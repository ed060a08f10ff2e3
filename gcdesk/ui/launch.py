"""What has to be known before a chat can start: addresses, IDs, and the code that talks to the service."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from gcdesk.ui.beginning import Beginning
from gcdesk.ui.bridge import OpenChat
from gcdesk.ui.customers_bridge import CustomersBridge
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.proofs_bridge import ProofsBridge
from gcdesk.ui.prover import Prover
from gcdesk.ui.simulated import SimulatorKeeper

if TYPE_CHECKING:
    from gcdesk.chat.opener import Opener
    from gcdesk.chat.target import Target

Prepare = Callable[[], Awaitable[OpenChat]]


class Launcher:
    """Makes chats.

    Args:
        desk: Where environments and their IDs come from.
        simulator: The built-in simulator, None where there is none.
        proofs: Compares orgs before a chat begins.
    """

    def __init__(self, desk: DeskBridge, simulator: SimulatorKeeper | None, proofs: ProofsBridge) -> None:
        self._desk = desk
        self._proofs = proofs
        self._simulator = simulator
        self._proxies: dict[str, str] = {}

    async def find_target(self, item: EnvironmentItem) -> Target:
        """Where an environment's chats go. Raises GcdeskError where something is missing."""
        from gcdesk.chat.target import Target
        from gcdesk.guest.regions import endpoint_for_url

        if item.simulated and self._simulator is not None:
            url, deployment_id = await self._simulator.address()
            return Target(endpoint_for_url(url), deployment_id)
        _, _, target = await self._desk.find(item.name)
        self._proxies[item.name] = target.proxy
        return target

    def opener(self, item: EnvironmentItem) -> Callable[[], Opener]:
        """What makes the opener for an environment's files; asked once a chat with it has been prepared."""

        def make() -> Opener:
            from gcdesk.chat.opener import Opener
            from gcdesk.chat.proxies import finder

            return Opener(finder(self._proxies.get(item.name, "")))

        return make

    def prepare(
        self,
        item: EnvironmentItem,
        attributes: Mapping[str, str],
        beginning: Beginning,
        customers: CustomersBridge,
        prover: Prover | None = None,
    ) -> Prepare:
        """Return what makes the chat; it raises GcdeskError where something is missing, or the org is a wrong one."""

        async def make() -> OpenChat:
            # Loaded by the warm-up already, unless somebody was very quick: the window must not stand still.
            await asyncio.to_thread(importlib.import_module, "gcdesk.chat.chat")
            from gcdesk.chat.chat import Chat, ChatOptions

            target = await self.find_target(item)
            await self._proofs.check_org(item, prover)
            options = ChatOptions(attributes=dict(attributes), token=beginning.token or None)
            if not item.simulated:
                options = replace(options, limits=await self._desk.limits())
            if beginning.signed_in:
                sign_in, renew = await customers.newest_sign_in(item, target)
                options = replace(options, sign_in=sign_in, renew=renew)
            return Chat(target, options)

        return make
