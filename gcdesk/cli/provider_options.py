"""The options that tell where customers sign in, for every command that has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from gcdesk.errors import EnvironmentInputError
from gcdesk.guest.identity import IdentityProvider

F = TypeVar("F", bound=Callable[..., Any])


def provider_options(command: F) -> F:
    """Add the options that name an identity provider; those that are left out come as None."""
    for decorate in (
        click.option(
            "--sign-in-max-age",
            "max_age",
            metavar="SECONDS",
            help="How old a sign-in at the provider may be; 0 asks for the password each time, nothing leaves it open.",
        ),
        click.option(
            "--sign-in-redirect",
            "redirect",
            metavar="URL",
            help="The address of this computer that is registered with the provider, such as "
            "http://127.0.0.1:8400/callback; without it, any free port and a path made up each time.",
        ),
        click.option("--sign-in-scopes", "scopes", metavar="TEXT", help="What the provider is asked for."),
        click.option(
            "--sign-in-client-id", "client_id", metavar="ID", help="The public client ID at the provider."
        ),
        click.option(
            "--sign-in-url",
            "authorization_url",
            metavar="URL",
            help="The identity provider's authorization address, for customers who sign in.",
        ),
    ):
        command = decorate(command)
    return command


def provider_of(before: IdentityProvider, given: dict[str, str | None]) -> IdentityProvider:
    """A provider with the fields that were given; without an address there is none."""

    def of(name: str, kept: str) -> str:
        text = given[name]
        return kept if text is None else text

    age = given["max_age"]
    provider = IdentityProvider(
        of("authorization_url", before.authorization_url),
        of("client_id", before.client_id),
        of("scopes", before.scopes),
        of("redirect", before.redirect),
        before.max_age if age is None else _seconds(age),
    )
    return provider if provider.is_set or not before.is_set else IdentityProvider()


def _seconds(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise EnvironmentInputError(
            "The longest age of a sign-in is not a number of seconds.", "Write it like 3600."
        )
    return int(text)
