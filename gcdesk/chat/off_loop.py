"""Blocking calls that may take as long as they like, without keeping anyone waiting who does not want to.

The event loop's own executor is no place for them: a loop waits for every thread of it before it ends, and a name
server that keeps silent would hold up the exit for half a minute.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


async def off_loop(call: Callable[[], _T], name: str) -> _T:
    """Run a blocking call in a thread of its own and return its result or raise its exception.

    Cancelling returns at once; the thread is left to finish for itself and touches the loop no more.

    Args:
        call: What to run.
        name: The thread's name.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[_T] = loop.create_future()
    gate = threading.Lock()
    wanted = True

    def settle(result: _T | None, error: BaseException | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type] # None only where the call itself returns None

    def run() -> None:
        result: _T | None = None
        failure: BaseException | None = None
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - it is raised again in the loop's thread
            failure = error
        with gate:
            if wanted:
                with contextlib.suppress(RuntimeError):  # the loop was closed without cancelling anyone
                    loop.call_soon_threadsafe(settle, result, failure)

    threading.Thread(target=run, name=name, daemon=True).start()
    try:
        return await outcome
    finally:
        with gate:
            wanted = False
