"""Running a session's errands: each kind by its own module, loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.guest.errands import Errand, ReadHistory, RenewSignIn, RevokeSignIn, UploadFile
from gcdesk.guest.identity import SignIn
from gcdesk.guest.limits import Limits
from gcdesk.guest.moment import Moment
from gcdesk.guest.session import Session

Renew = Callable[[Opener, str], Awaitable[SignIn]]
"""Gets a sign-in with another JWT than the one given; raises GcdeskError. `gcdesk.chat.tokens.Renewal` is one."""


@dataclass(frozen=True)
class Around:
    """What an errand may use. `feed` hands an input to the session and returns when there was room for it.

    `renew` is None where nobody can renew a sign-in.
    """

    opener: Opener
    target: Target
    limits: Limits
    session: Session
    feed: Callable[[Callable[[Moment], None]], Awaitable[None]]
    renew: Renew | None = None


async def run_errand(errand: Errand, around: Around) -> None:
    """Run one errand to its end; whatever comes of it is fed back, and nothing is raised but cancellation."""
    if isinstance(errand, ReadHistory):
        from gcdesk.chat.history import read_history

        await read_history(errand, around)
        return
    if isinstance(errand, RenewSignIn | RevokeSignIn):
        from gcdesk.chat.renewing import renew_sign_in, revoke_sign_in

        if isinstance(errand, RenewSignIn):
            await renew_sign_in(errand, around)
        else:
            await revoke_sign_in(errand, around)
        return
    if isinstance(errand, UploadFile):
        from gcdesk.chat.uploads import upload_file

        await upload_file(errand, around)
        return
    raise AssertionError(f"no way to run {type(errand).__name__} for {around.target!r}")
