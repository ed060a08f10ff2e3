"""`gcdesk sign-in`: sign a customer in through the browser, and keep that for later chats."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

import click

from gcdesk.cli import statuses
from gcdesk.cli.options import log_level_option
from gcdesk.cli.place import place_options
from gcdesk.cli.plain import one_line
from gcdesk.cli.provider_options import provider_of, provider_options
from gcdesk.cli.speech import say
from gcdesk.guest.identity import IdentityProvider, Tokens

if TYPE_CHECKING:
    from gcdesk.chat.target import Target

_DEFAULT_TIMEOUT = 300.0


@click.command("sign-in", epilog=statuses.HELP)
@place_options
@click.option(
    "--as",
    "customer",
    default="",
    metavar="NAME",
    help="What to call the customer here, where several are signed in to one deployment.",
)
@click.option("--no-browser", is_flag=True, help="Open no browser; only say which address to open.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=3600),
    default=_DEFAULT_TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="How long the person may take.",
)
@provider_options
@log_level_option
def command(
    env: str | None,
    url: str | None,
    deployment_id: str | None,
    origin: str | None,
    customer: str,
    no_browser: bool,
    timeout: float,
    **sign_in: str | None,
) -> None:
    """Sign a customer in, so that chats can go out in their name.

    The browser opens the identity provider's own page; gcdesk sees no password. What Genesys Cloud gives for it is
    kept in the operating system's keyring, and used by gcdesk chat --signed-in. Where to sign in is a setting of
    the environment; a simulator on this computer has a login page of its own.
    """
    from gcdesk.cli.customers import find_customers

    customers = find_customers(env, url, deployment_id, origin)
    provider = provider_of(customers.provider, sign_in)
    # Before anybody signs in for nothing: this fails where there is no keyring.
    customers.store.sign_ins(customers.place)
    tokens = asyncio.run(_signed_in(customers.target, provider, no_browser, timeout))
    customers.save(customer, tokens)
    who = one_line(customer) if customer else "The customer"
    click.echo(
        f"{who} is signed in to {one_line(customers.name)}. {_how_long(tokens)} "
        "Start a chat with gcdesk chat --signed-in."
    )


async def _signed_in(target: Target, provider: IdentityProvider, no_browser: bool, timeout: float) -> Tokens:
    from gcdesk.chat.opener import opener_for
    from gcdesk.chat.sign_in import open_in_browser, sign_in
    from gcdesk.errors import BrowserNotOpenedError

    async def browse(address: str) -> None:
        if not no_browser:
            # Before the browser opens: whoever is quick is signed in before it says that it has.
            say("Sign-in", "Sign in on the page that the browser shows.")
            try:
                await open_in_browser(address)
            except BrowserNotOpenedError as error:
                say("Warning", error.title)
            else:
                return
        say("Sign-in", f"Open this address in a browser on this computer: {address}")

    return await sign_in(opener_for(target), target, provider, browse=browse, seconds=timeout)


def _how_long(tokens: Tokens) -> str:
    if tokens.refresh_token:
        return "The sign-in is renewed by itself until it is ended with gcdesk sign-out."
    expires = tokens.sign_in.expires
    return f"The sign-in is good until {_local(expires)}." if expires is not None else "It is kept for later."


def _local(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
