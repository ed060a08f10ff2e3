"""`gcdesk env`: keep environments from a terminal. IDs are masked unless they are asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, TypeVar

import click

from gcdesk.cli import statuses
from gcdesk.cli.env_credentials import command as credentials
from gcdesk.cli.env_files import export, import_
from gcdesk.cli.options import log_level_option
from gcdesk.cli.plain import one_line
from gcdesk.cli.provider_options import provider_of, provider_options
from gcdesk.cli.speech import say, say_error
from gcdesk.cli.start_options import start_options, with_start
from gcdesk.cli.statuses import Status, status_of
from gcdesk.desk.environments import (
    COLOURS,
    DEFAULT_COLOUR,
    DEFAULT_CRM_ID_KEY,
    Environment,
    EnvironmentIds,
    Environments,
    IdentityProvider,
    check_environment,
    check_ids,
)
from gcdesk.desk.ids import open_id_store
from gcdesk.desk.settings import Settings
from gcdesk.errors import DeskError, EnvironmentInputError, GcdeskError, InputError, MissingIdsError
from gcdesk.guest.masking import mask

F = TypeVar("F", bound=Callable[..., Any])

_FROM_INPUT = "-"


@click.group(epilog=statuses.HELP)
@log_level_option
def command() -> None:
    """Keep the environments to chat with.

    Names, regions and the like are kept in a settings file. Org IDs and deployment IDs are kept in the
    operating system's keyring and nowhere else.
    """


for other in (credentials, export, import_):
    command.add_command(other)


def _fields(command: F) -> F:
    """Add the options that describe an environment; those that are left out come as None."""
    for decorate in (
        provider_options,
        start_options,
        click.option("--colour", type=click.Choice(COLOURS), help="The colour it is shown in."),
        click.option("--key", metavar="NAME", help="The attribute that carries the CRM customer ID."),
        click.option(
            "--origin", metavar="ORIGIN", help="The Origin header, for a deployment restricted to domains."
        ),
        click.option(
            "--deployment-id",
            metavar="UUID",
            help="The deployment ID; - reads it from standard input, so that no other program sees it.",
        ),
        click.option(
            "--org-id", metavar="UUID", help="The organization ID, which may be left out; - as above."
        ),
        click.option(
            "--url",
            metavar="URL",
            help="Instead of a region: a wss:// address, or a ws:// one of this computer.",
        ),
        click.option("--region", metavar="DOMAIN", help="The region's domain, such as mypurecloud.de."),
    ):
        command = decorate(command)
    return command


@command.command()
@click.argument("name")
@_fields
@log_level_option
def add(
    name: str,
    region: str | None,
    url: str | None,
    org_id: str | None,
    deployment_id: str | None,
    origin: str | None,
    key: str | None,
    colour: str | None,
    attributes: tuple[str, ...],
    first_message: str | None,
    proxy: str | None,
    **sign_in: str | None,
) -> None:
    """Add an environment.

    On a terminal, IDs that are not given are asked for. Where both are read from standard input, the
    deployment ID comes first.
    """
    described = Environment(
        name,
        region=region or "",
        endpoint=url or "",
        origin=origin or "",
        crm_id_key=key or DEFAULT_CRM_ID_KEY,
        colour=colour or DEFAULT_COLOUR,
        sign_in=provider_of(IdentityProvider(), sign_in),
    )
    environment = check_environment(with_start(described, attributes, first_message, proxy))
    # Before anybody is asked to type IDs that could not be kept.
    store = open_id_store()
    deployment_id = _from_person("Deployment ID", deployment_id)
    org_id = _from_person("Organization ID, or nothing", org_id)
    with _Book() as book:
        added = book.add(environment, EnvironmentIds(org_id, deployment_id))
    click.echo(f"Added {added.name} ({added.place}). Its IDs are kept in {store.backend_name}.")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array.")
@log_level_option
def list_(as_json: bool) -> None:
    """List all environments. IDs are masked."""
    failure: GcdeskError | None = None
    rows: list[tuple[Environment, EnvironmentIds | None]] = []
    with _Book() as book:
        for environment in book.all():
            ids = None
            # A keyring that fails once is not asked again: each question may open a password prompt.
            if not isinstance(failure, DeskError):
                try:
                    ids = _known_ids(book, environment.name)
                except (DeskError, InputError) as error:
                    failure = error
                    say_error(error)
            rows.append((environment, ids))
    if as_json:
        click.echo(json.dumps([_as_json(environment, ids, mask) for environment, ids in rows], indent=2))
    else:
        _print_table(rows)
    if failure is not None:
        sys.exit(status_of(failure))


@command.command()
@click.argument("name")
@click.option("--reveal", is_flag=True, help="Show the IDs whole.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
@log_level_option
def show(name: str, reveal: bool, as_json: bool) -> None:
    """Show one environment. IDs are masked unless --reveal is given."""
    with _Book() as book:
        environment = book.get(name)
        ids = _known_ids(book, name)
    shown = _as_json(environment, ids, _whole if reveal else mask)
    if as_json:
        click.echo(json.dumps(shown, indent=2))
        return
    for label, value in (
        ("Name", shown["name"]),
        ("Region", shown["region"]),
        ("Endpoint", shown["endpoint"]),
        ("Organization ID", shown["org_id"]),
        ("Deployment ID", shown["deployment_id"]),
        ("Origin", shown["origin"]),
        ("Key", shown["key"]),
        ("Colour", shown["colour"]),
        ("Attributes", ", ".join(f"{key}={value}" for key, value in environment.attributes.items())),
        ("First message", environment.first_message),
        ("Proxy", environment.proxy),
        *_sign_in_lines(environment.sign_in),
    ):
        if value:
            click.echo(f"{label + ':':<17}{one_line(str(value))}")


def _sign_in_lines(provider: IdentityProvider) -> list[tuple[str, str]]:
    if not provider.is_set:
        return []
    return [
        ("Sign-in", provider.authorization_url),
        ("Client ID", provider.client_id),
        ("Scopes", provider.scopes),
        ("Redirect", provider.redirect),
        ("Sign-in max age", "" if provider.max_age is None else f"{provider.max_age} s"),
    ]


@command.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--leave-ids", is_flag=True, help="Remove it even if the keyring cannot be reached; its IDs stay there."
)
@log_level_option
def remove(name: str, yes: bool, leave_ids: bool) -> None:
    """Remove an environment and erase its IDs."""
    with _Book() as book:
        environment = book.get(name)
        if not yes:
            if not _at_terminal():
                raise EnvironmentInputError(
                    "Nothing was removed.", "Give --yes to remove it without being asked."
                )
            if not click.confirm(f"Remove {environment.name} ({environment.place})?", err=True):
                click.echo("Nothing was removed.", err=True)
                sys.exit(Status.INTERRUPTED)
        book.remove(environment.name, leave_ids=leave_ids)
    erased = "Its IDs were left in the keyring." if leave_ids else "Its IDs were erased from the keyring."
    click.echo(f"Removed {environment.name}. {erased}")


@command.command()
@click.argument("name")
@click.option("--name", "new_name", metavar="NEW", help="The new name.")
@_fields
@click.option(
    "--without-attribute",
    "without",
    multiple=True,
    metavar="KEY",
    help="Take a default attribute out; repeatable.",
)
@log_level_option
def edit(
    name: str,
    new_name: str | None,
    region: str | None,
    url: str | None,
    org_id: str | None,
    deployment_id: str | None,
    origin: str | None,
    key: str | None,
    colour: str | None,
    attributes: tuple[str, ...],
    first_message: str | None,
    proxy: str | None,
    without: tuple[str, ...],
    **sign_in: str | None,
) -> None:
    """Change an environment. What is not given stays as it is; an empty --sign-in-url takes the sign-in out."""
    with _Book() as book:
        old = book.get(name)
        given: dict[str, Any] = {"name": new_name, "origin": origin, "crm_id_key": key, "colour": colour}
        texts = {field: value for field, value in given.items() if value is not None}
        if region is not None or url is not None:
            texts |= {"region": region or "", "endpoint": url or ""}
        changed = replace(old, **texts, sign_in=provider_of(old.sign_in, sign_in))
        changed = with_start(changed, attributes, first_message, proxy, without)
        ids = None
        if org_id is not None or deployment_id is not None:
            ids = _changed_ids(book, old.name, org_id, deployment_id)
        edited = book.edit(old.name, changed, ids)
    click.echo(f"Changed {edited.name} ({edited.place}).")


class _Book:
    """The environments of this person; tells on leaving what they should know about the settings file."""

    def __enter__(self) -> Environments:
        from gcdesk.desk.ids import KeyringIds

        self._book = Environments(Settings(), KeyringIds())
        return self._book

    def __exit__(self, *_failure: object) -> None:
        for notice in self._book.take_notices():
            say("Warning", notice)


def _changed_ids(
    book: Environments, name: str, org_id: str | None, deployment_id: str | None
) -> EnvironmentIds:
    deployment_id = None if deployment_id is None else _from_person("Deployment ID", deployment_id)
    org_id = None if org_id is None else _from_person("Organization ID, or nothing", org_id)
    if org_id is None or deployment_id is None:
        before = _known_ids(book, name)
        org_id = before.org_id if org_id is None else org_id
        deployment_id = before.deployment_id if deployment_id is None else deployment_id
    return check_ids(EnvironmentIds(org_id, deployment_id))


def _known_ids(book: Environments, name: str) -> EnvironmentIds:
    """The IDs, empty where they were never entered: the environment came from a file."""
    try:
        return book.ids(name)
    except MissingIdsError:
        return EnvironmentIds("", "")


def _from_person(question: str, given: str | None) -> str:
    """An ID from the command line, from a line of standard input, or from whoever sits at the terminal."""
    if given is not None and given != _FROM_INPUT:
        return given
    if _at_terminal():
        answer = click.prompt(question, default="", show_default=False, err=True)
        return str(answer)
    return "" if given is None or sys.stdin is None else sys.stdin.readline().rstrip("\r\n")


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _whole(secret: str) -> str:
    return secret


def _as_json(
    environment: Environment, ids: EnvironmentIds | None, show_id: Callable[[str], str]
) -> dict[str, object]:
    return {
        "name": environment.name,
        "region": environment.region or None,
        "endpoint": environment.endpoint or None,
        "org_id": None if ids is None else show_id(ids.org_id) or None,
        "deployment_id": None if ids is None else show_id(ids.deployment_id) or None,
        "origin": environment.origin or None,
        "key": environment.crm_id_key,
        "colour": environment.colour,
        "attributes": dict(environment.attributes),
        "first_message": environment.first_message or None,
        "proxy": environment.proxy or None,
        "sign_in": asdict(environment.sign_in) if environment.sign_in.is_set else None,
    }


def _print_table(rows: list[tuple[Environment, EnvironmentIds | None]]) -> None:
    if not rows:
        click.echo("There are no environments yet. Add one with gcdesk env add.")
        return
    cells = [("NAME", "REGION OR ENDPOINT", "COLOUR", "DEPLOYMENT ID")]
    for environment, ids in rows:
        shown = "unknown" if ids is None else mask(ids.deployment_id) or "not entered yet"
        cells.append((one_line(environment.name), environment.place, environment.colour, shown))
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
