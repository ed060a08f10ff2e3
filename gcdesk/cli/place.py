"""Where a command goes: the environment by name, or an address and a deployment, with what is kept for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from gcdesk.cli.speech import say, say_warning
from gcdesk.errors import DeskError, EnvironmentInputError

if TYPE_CHECKING:
    from gcdesk.chat.target import Target
    from gcdesk.guest.credentials import Credentials

F = TypeVar("F", bound=Callable[..., Any])

NO_CREDENTIALS = (
    "There is no OAuth client to ask the Platform API with.",
    "Keep one with gcdesk env credentials NAME, or set GCDESK_CLIENT_ID and GCDESK_CLIENT_SECRET.",
)
"""Title and hint of the error where a command needs an OAuth client and the place has none."""


class Place(NamedTuple):
    """A deployment with what is known of it: its name for people, its org, and an OAuth client if there is one."""

    name: str
    target: Target
    org_id: str
    credentials: Credentials | None


def place_options(command: F) -> F:
    """Add the options that name a place: --env, or --url with --deployment-id and --origin."""
    for decorate in (
        click.option(
            "--origin", metavar="ORIGIN", help="The Origin header, for a deployment restricted to domains."
        ),
        click.option("--deployment-id", metavar="UUID", help="The deployment, with --url."),
        click.option(
            "--url",
            metavar="URL",
            help="Instead of --env: a ws:// address of this computer, or a wss:// address.",
        ),
        click.option("--env", metavar="NAME", help="The environment; see gcdesk env."),
    ):
        command = decorate(command)
    return command


def find_place(env: str | None, url: str | None, deployment_id: str | None, origin: str | None) -> Place:
    """Return the place that the options name.

    Raises:
        EnvironmentInputError: The options contradict each other or name nothing usable.
        EndpointError: The address cannot be used.
        KeyringUnavailableError: The environment's IDs are in a keyring that is not usable.
        KeyringRefusedError: The keyring did not give the IDs.
        ProxyInputError: The choice of a proxy in the settings cannot be used.
        SettingsError: The settings file cannot be read.
    """
    if env is not None and (url is not None or deployment_id is not None):
        raise EnvironmentInputError(
            "--env was given together with --url or --deployment-id.",
            "Give either --env NAME, or --url and --deployment-id.",
        )
    if env is not None:
        return _environment(env, origin or "")
    if url is None or deployment_id is None:
        raise EnvironmentInputError(
            "It is not clear which deployment is meant.", "Give --env NAME, or --url and --deployment-id."
        )
    from gcdesk.chat.target import Target
    from gcdesk.desk.credentials import credentials_from_variables
    from gcdesk.guest.regions import check_uuid, endpoint_for_url

    endpoint = endpoint_for_url(url, origin or None)
    target = Target(endpoint, check_uuid(deployment_id, "deployment ID"), origin or "")
    return Place(endpoint.display, target, "", credentials_from_variables())


def _environment(name: str, origin: str) -> Place:
    from gcdesk.desk.credentials import CredentialBook, credentials_from_variables
    from gcdesk.desk.environments import Environments
    from gcdesk.desk.ids import KeyringIds
    from gcdesk.desk.settings import Settings
    from gcdesk.desk.vault import KeyringVault

    book = Environments(Settings(), KeyringIds())
    try:
        environment, ids, target = book.target_of(name, origin)
    finally:
        for notice in book.take_notices():
            say("Warning", notice)
    credentials = credentials_from_variables()
    if credentials is None:
        try:
            credentials = CredentialBook(KeyringVault()).load(environment.identifier)
        except DeskError as error:
            say_warning(error)
    return Place(environment.name, target, ids.org_id, credentials)
