"""Refuses to turn the Qt loop below a coroutine, where it loses the wake-up of another task and hangs the test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any


@contextmanager
def no_nested_turns() -> Iterator[None]:
    """Let each way to turn the Qt loop raise AssertionError when a task calls it, while the block lasts.

    A slot that Qt calls by itself may still open a dialog or wait: no task is being run then.
    """
    from PySide6.QtCore import QCoreApplication, QEventLoop
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDialog, QMenu

    with ExitStack() as stack:
        for owner, name, static in (
            (QCoreApplication, "processEvents", True),
            (QEventLoop, "processEvents", False),
            (QEventLoop, "exec", False),
            (QDialog, "exec", False),
            (QMenu, "exec", False),
            (QTest, "qWait", True),
            (QTest, "qWaitForWindowActive", True),
            (QTest, "qWaitForWindowExposed", True),
        ):
            original, kept = getattr(owner, name), vars(owner)[name]
            refusing = _refusing(original, f"{owner.__name__}.{name}")
            setattr(owner, name, staticmethod(refusing) if static else refusing)
            stack.callback(setattr, owner, name, kept)
        yield


def _refusing(original: Callable[..., Any], name: str) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        # The loop is asked for first: without one there is no current task to ask for.
        if asyncio._get_running_loop() is not None and asyncio.current_task() is not None:
            raise AssertionError(f"{name}() below a coroutine: await the condition instead")
        return original(*arguments, **options)

    return call
