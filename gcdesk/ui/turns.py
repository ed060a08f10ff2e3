"""Lets the window have its turn while many chats have much to tell."""

from __future__ import annotations

import asyncio
import time

# Half of what a person notices is spent on chats before keys, clicks and paint get their turn.
_TURN = 0.015


class Turns:
    """One allowance of time in each turn of the loop, shared by all chats: who finds it used up goes on in the next."""

    def __init__(self) -> None:
        self._ends = 0.0
        self._over = asyncio.Event()
        self._over.set()

    async def wait(self) -> None:
        """Return when there is time left in this turn of the loop."""
        while not self._over.is_set() and time.monotonic() > self._ends:
            await self._over.wait()
        if self._over.is_set():
            self._over.clear()
            self._ends = time.monotonic() + _TURN
            asyncio.get_running_loop().call_soon(self._over.set)
