"""`gcdesk sign-out`: log a customer out at the service, and forget the sign-in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from gcdesk.cli import statuses
from gcdesk.cli.options import log_level_option
from gcdesk.cli.place import place_options
from gcdesk.cli.plain import one_line
from gcdesk.guest.identity import Tokens

if TYPE_CHECKING:
    from gcdesk.chat.target import Target


@click.command("sign-out", epilog=statuses.HELP)
@place_options
@click.option(
    "--as", "customer", metavar="NAME", help="Which customer; without it, the one who signed in last."
)
@click.option(
    "--forget", is_flag=True, help="Forget the sign-in here without telling the service, where it stays good."
)
@log_level_option
def command(
    env: str | None,
    url: str | None,
    deployment_id: str | None,
    origin: str | None,
    customer: str | None,
    forget: bool,
) -> None:
    """Log a customer out.

    The service then closes the chats that are open in the customer's name, wherever they are.
    """
    from gcdesk.cli.customers import find_customers

    customers = find_customers(env, url, deployment_id, origin)
    customer, tokens = customers.tokens(customer)
    done = "The sign-in was forgotten here; the service was not told."
    if not forget:
        was_good = asyncio.run(_logged_out(customers.target, tokens))
        done = "The service has ended the sign-in." if was_good else "The sign-in had run out already."
    customers.store.forget_sign_in(customers.place, customer)
    who = one_line(customer) if customer else "The customer"
    click.echo(f"{who} is signed out of {one_line(customers.name)}. {done}")


async def _logged_out(target: Target, tokens: Tokens) -> bool:
    """Revoke the sign-in; whether there was still something to revoke."""
    from gcdesk.chat.opener import opener_for
    from gcdesk.chat.tokens import renew, revoke
    from gcdesk.errors import SignInExpiredError

    opener = opener_for(target)
    try:
        await revoke(opener, target, tokens.jwt)
    except SignInExpiredError:
        # The JWT has run out; what could renew it may still be good, and is what has to end.
        if not tokens.refresh_token:
            return False
        try:
            fresh = await renew(opener, target, tokens.refresh_token)
            await revoke(opener, target, fresh.jwt)
        except SignInExpiredError:
            return False
    return True
