"""`gcdesk env credentials`: keep the OAuth client with which gcdesk proves that attributes arrive."""

from __future__ import annotations

import sys

import click

from gcdesk.cli.options import log_level_option
from gcdesk.cli.speech import say
from gcdesk.desk.credentials import CredentialBook, check_credentials
from gcdesk.desk.environments import Environments
from gcdesk.desk.ids import KeyringIds
from gcdesk.desk.settings import Settings
from gcdesk.desk.vault import KeyringVault
from gcdesk.errors import EnvironmentInputError
from gcdesk.guest.masking import mask


@click.command("credentials")
@click.argument("name")
@click.option("--client-id", metavar="ID", help="The client's ID; asked for if left out.")
@click.option("--forget", is_flag=True, help="Erase them from the keyring.")
@click.option("--show", is_flag=True, help="Show whether there are any, masked.")
@log_level_option
def command(name: str, client_id: str | None, forget: bool, show: bool) -> None:
    """Keep an OAuth client for an environment, in the keyring.

    It has to be of the grant type client credentials, with a role that may read conversations. The secret is asked
    for, or read as a line of standard input: never given as an argument, where other programs could see it.
    """
    if forget and show:
        raise EnvironmentInputError("--forget and --show were given together.", "Give one of them.")
    book = Environments(Settings(), KeyringIds())
    try:
        environment = book.get(name)
    finally:
        for notice in book.take_notices():
            say("Warning", notice)
    credentials = CredentialBook(KeyringVault())
    if forget:
        credentials.forget(environment.identifier)
        click.echo(f"The credentials of {environment.name} were erased from {credentials.backend_name}.")
    elif show:
        found = credentials.load(environment.identifier)
        click.echo(
            f"{environment.name} uses the OAuth client {mask(found.client_id)}."
            if found is not None
            else f"{environment.name} has no credentials."
        )
    else:
        # Before anybody is asked to type a secret that could not be kept.
        place = credentials.backend_name
        given = check_credentials(client_id or _ask("Client ID"), _ask("Client secret", hide=True))
        credentials.save(environment.identifier, given)
        click.echo(f"The credentials of {environment.name} are kept in {place}.")


def _ask(question: str, *, hide: bool = False) -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return str(click.prompt(question, default="", show_default=False, hide_input=hide, err=True))
    return "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
