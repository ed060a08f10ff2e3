"""Runs a blocking call beside the event loop without ever holding up the program's end."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def aside(call: Callable[[], T]) -> T:
    """Run `call` in a thread of its own and return its result, or raise its error.

    Unlike asyncio.to_thread, a call that hangs, such as a keyring that waits for a password nobody types,
    does not
    keep the program from ending: the thread is left behind and its result is thrown away.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if result.cancelled():
            return
        if error is not None:
            result.set_exception(error)
        else:
            result.set_result(value)  # type: ignore[arg-type]

    def run() -> None:
        value: T | None = None
        failure: BaseException | None = None
        try:
            value = call()
        except BaseException as error:  # noqa: BLE001 - handed on to whoever awaits
            failure = error
        # The loop may be closed by now: nobody waits for the result any more.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, value, failure)

    threading.Thread(target=run, name="gcdesk-aside", daemon=True).start()
    return await result
