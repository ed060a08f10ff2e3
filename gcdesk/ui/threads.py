"""Blocking calls beside the window, in threads that never keep the program from ending."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class DaemonExecutor(Executor):
    """Runs each call in a daemon thread of its own.

    A keyring may wait for a password and a resolver for a dead name server, longer than a person who closed
    the window wants to wait: such a call is left behind, while the usual executors would hold the exit until
    it ends.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start the call and return its future."""
        future: Future[T] = Future()
        name = getattr(fn, "__qualname__", "call")
        threading.Thread(
            target=_work, args=(future, fn, args, kwargs), name=f"gcdesk {name}", daemon=True
        ).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing: calls that still run are left behind."""


def _work(future: Future[T], fn: Callable[..., T], args: Any, kwargs: Any) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = fn(*args, **kwargs)
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the future
        future.set_exception(error)
    else:
        future.set_result(result)
