"""The built-in simulator, started when it is needed for the first time and stopped on the way out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future

from gcdesk.ui.options import SimulatorHandle
from gcdesk.ui.threads import DaemonExecutor

_Started = tuple[SimulatorHandle, tuple[str, str]]

_PATIENCE = 0.8


class SimulatorKeeper:
    """Keeps one simulator for the whole program.

    Args:
        make: Makes it; called in a thread, because that loads a web server.
    """

    def __init__(self, make: Callable[[], SimulatorHandle]) -> None:
        self._make = make
        self._executor = DaemonExecutor()
        self._work: Future[_Started] | None = None

    async def address(self) -> tuple[str, str]:
        """Start it unless it runs; return the guest socket's address and the deployment ID.

        Raises:
            GcdeskError: It could not be started; the next call tries again.
        """
        return (await self._started())[1]

    async def platform(self) -> tuple[str, str, str]:
        """Start it unless it runs; return its OAuth client's ID and secret, and the ID of its org.

        Raises:
            GcdeskError: It could not be started.
        """
        return (await self._started())[0].platform()

    async def stop(self) -> None:
        """Stop it, if it was ever started; takes less than two seconds, whatever it does."""
        work, self._work = self._work, None
        if work is None:
            return
        with contextlib.suppress(Exception):
            handle, _address = await asyncio.wait_for(asyncio.wrap_future(work), _PATIENCE)
            stopped = self._executor.submit(handle.stop)
            await asyncio.wait_for(asyncio.wrap_future(stopped), _PATIENCE)

    async def _started(self) -> _Started:
        if self._work is None:
            self._work = self._executor.submit(self._start)
        work = self._work
        try:
            # Whoever waits may give up; the start goes on for those who come later.
            return await asyncio.shield(asyncio.wrap_future(work))
        except Exception:
            if self._work is work and work.done():
                self._work = None
            raise

    def _start(self) -> _Started:
        handle = self._make()
        return handle, handle.start()
