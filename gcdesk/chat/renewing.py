"""Running a session's errands about its signed-in customer."""

from __future__ import annotations

from functools import partial

from gcdesk.chat.errands import Around
from gcdesk.chat.tokens import revoke
from gcdesk.errors import GcdeskError, NotSignedInError
from gcdesk.guest.errands import RenewSignIn, RevokeSignIn


async def renew_sign_in(errand: RenewSignIn, around: Around) -> None:
    """Get a fresh JWT and feed it back, or why there is none."""
    part = around.session.sign_in
    try:
        if around.renew is None:
            raise NotSignedInError("This sign-in cannot be renewed.", "Sign in again.")
        sign_in = await around.renew(around.opener, errand.stale)
    except GcdeskError as error:
        await around.feed(partial(part.not_renewed, error))
    else:
        await around.feed(partial(part.renewed, sign_in))


async def revoke_sign_in(errand: RevokeSignIn, around: Around) -> None:
    """Log the customer out and feed back that it is done, or why not."""
    part = around.session.sign_in
    try:
        await revoke(around.opener, around.target, errand.jwt)
    except GcdeskError as error:
        await around.feed(partial(part.not_revoked, error))
    else:
        await around.feed(part.revoked)
