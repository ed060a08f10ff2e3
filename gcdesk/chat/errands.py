"""Running a session's errands: each kind by its own module, loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.guest.errands import Errand, ReadHistory
from gcdesk.guest.limits import Limits
from gcdesk.guest.moment import Moment
from gcdesk.guest.session import Session


@dataclass(frozen=True)
class Around:
    """What an errand may use. `feed` hands an input to the session and returns when there was room for it."""

    opener: Opener
    target: Target
    limits: Limits
    session: Session
    feed: Callable[[Callable[[Moment], None]], Awaitable[None]]


async def run_errand(errand: Errand, around: Around) -> None:
    """Run one errand to its end; whatever comes of it is fed back, and nothing is raised but cancellation."""
    if isinstance(errand, ReadHistory):
        from gcdesk.chat.history import read_history

        await read_history(errand, around)
        return
    raise AssertionError(f"no way to run {type(errand).__name__} for {around.target!r}")
