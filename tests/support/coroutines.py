"""Runs `async def` tests: on plain asyncio, or on the Qt loop where the test asks for `qtbot`.

Fixtures stay plain functions. What has to start and stop on the loop is an asynchronous context manager that
the test enters itself, so that it is plain to see in which order things end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tests.support.nesting import no_nested_turns

TEST_TIMEOUT = 60.0
"""Seconds after which a coroutine test fails."""

# A machine with two busy cores stalls any callback now and then; only what would freeze a window counts.
SLOW_CALLBACK = 10.0

# A task that was just told to end needs a few turns of the loop; one that outlives these was forgotten.
TURNS_TO_END = 20

Test = Callable[..., Coroutine[Any, Any, None]]


async def _guarded(coroutine: Coroutine[Any, Any, None]) -> None:
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = SLOW_CALLBACK
    async with asyncio.timeout(TEST_TIMEOUT):
        await coroutine
    for _ in range(TURNS_TO_END):
        if not _other_tasks():
            return
        await asyncio.sleep(0)
    names = "\n".join(sorted(repr(task) for task in _other_tasks()))
    pytest.fail(f"The test left tasks behind:\n{names}", pytrace=False)


def _other_tasks() -> set[asyncio.Task[Any]]:
    return {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}


def run_on_asyncio(test: Test, arguments: dict[str, Any]) -> None:
    """Run a coroutine test on plain asyncio with its debug mode on.

    Raises:
        pytest.fail.Exception: Tasks are left when the test is over.
        TimeoutError: The test takes longer than TEST_TIMEOUT.
    """
    asyncio.run(_guarded(test(**arguments)), debug=True)


def run_on_qt(test: Test, arguments: dict[str, Any]) -> None:
    """Run a coroutine test on the Qt event loop; raises like `run_on_asyncio`.

    Asyncio's debug mode stays off: under the Qt loop and with warnings as errors it can spin for ever.
    """
    import qasync
    import shiboken6
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    # Closing the last window must not end the loop below the test, nor does it in the program.
    app.setQuitOnLastWindowClosed(False)
    loops: list[Any] = []

    def make_loop() -> asyncio.AbstractEventLoop:
        loops.append(qasync.QEventLoop(app))
        loop: asyncio.AbstractEventLoop = loops[-1]
        return loop

    try:
        # Not qasync.run(): on Python 3.11 it makes the loops of other threads Qt loops too.
        with no_nested_turns(), asyncio.Runner(debug=False, loop_factory=make_loop) as runner:
            runner.run(_guarded(test(**arguments)))
    finally:
        # A closed loop leaves its timers running, those of a minute too. Collected in another thread, it could not
        # stop them any more, and Qt would call an object that is gone.
        for loop in loops:
            shiboken6.delete(loop._timer)


async def turns(count: int = 3) -> None:
    """Let the loop turn: what Qt has queued, such as the layout of a window, is done afterwards."""
    for _ in range(count):
        await asyncio.sleep(0)
