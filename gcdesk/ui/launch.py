"""What has to be known before a chat can start: addresses, IDs, and the code that talks to the service."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from gcdesk.ui.bridge import OpenChat
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.simulated import SimulatorKeeper

Prepare = Callable[[], Awaitable[OpenChat]]


class Launcher:
    """Makes chats.

    Args:
        desk: Where environments and their IDs come from.
        simulator: The built-in simulator, None where there is none.
    """

    def __init__(self, desk: DeskBridge, simulator: SimulatorKeeper | None) -> None:
        self._desk = desk
        self._simulator = simulator

    def prepare(self, item: EnvironmentItem, attributes: Mapping[str, str]) -> Prepare:
        """Return what makes the chat; it raises GcdeskError where something is missing."""

        async def make() -> OpenChat:
            # Loaded by the warm-up already, unless somebody was very quick: the window must not stand still.
            await asyncio.to_thread(importlib.import_module, "gcdesk.chat.chat")
            from gcdesk.chat.chat import Chat, ChatOptions
            from gcdesk.chat.target import Target
            from gcdesk.guest.regions import endpoint_for_url

            options = ChatOptions(attributes=dict(attributes))
            if item.simulated and self._simulator is not None:
                url, deployment_id = await self._simulator.address()
                target = Target(endpoint_for_url(url), deployment_id)
            else:
                environment, ids = await self._desk.find(item.name)
                target = Target(environment.endpoint_of(), ids.deployment_id, environment.origin)
                options = replace(options, limits=await self._desk.limits())
            return Chat(target, options)

        return make
