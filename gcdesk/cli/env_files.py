"""`gcdesk env export` and `gcdesk env import`: environments as a file, without IDs and secrets."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gcdesk.cli import statuses
from gcdesk.cli.options import log_level_option
from gcdesk.cli.plain import one_line
from gcdesk.cli.speech import say
from gcdesk.desk.environment_files import (
    LARGEST,
    Imported,
    export_environments,
    import_environments,
    parse_environments,
    read_environments,
    write_environments,
)
from gcdesk.desk.environments import Environments
from gcdesk.desk.ids import KeyringIds
from gcdesk.desk.settings import Settings

_STREAM = Path("-")


@click.command("export", epilog=statuses.HELP)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=_STREAM,
    metavar="FILE",
    help="Where to write it, in place of what is there; standard output if left out.",
)
@log_level_option
def export(names: tuple[str, ...], path: Path) -> None:
    """Write environments, all of them or those that are named, into a file to hand on.

    It holds no IDs, no OAuth clients, no sign-ins and nothing else that looks like an ID or a secret; what was left
    out is named on standard error.
    """
    book = _book()
    environments = [book.get(name) for name in names] or book.all()
    _tell_notices(book)
    if path == _STREAM:
        text, left_out = export_environments(environments)
        click.echo(text, nl=False)
    else:
        left_out = write_environments(path, environments)
        click.echo(f"Wrote {_count(len(environments))} to {one_line(str(path))}.")
    for sentence in left_out:
        say("Left out", sentence)


@click.command("import", epilog=statuses.HELP)
@click.argument("path", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), metavar="FILE")
@click.option(
    "--replace",
    "replacing",
    is_flag=True,
    help="Change those that are here already, if they lead to the same place; their IDs stay.",
)
@log_level_option
def import_(path: Path, replacing: bool) -> None:
    """Add the environments of a file that gcdesk has exported; - reads standard input.

    IDs are not in such a file: enter those of each environment with gcdesk env edit NAME --deployment-id -
    """
    if path == _STREAM:
        environments = parse_environments(
            sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        )
    else:
        environments = read_environments(path)
    book = _book()
    imported = import_environments(book, environments, replacing=replacing)
    _tell_notices(book)
    for line in _report(imported, replacing=replacing):
        click.echo(line)


def _report(imported: Imported, *, replacing: bool) -> list[str]:
    lines = []
    if imported.added:
        lines.append(f"Added {_names(imported.added)}. Enter the deployment ID of each, as in")
        lines.append(f'  gcdesk env edit "{one_line(imported.added[0])}" --deployment-id -')
    if imported.replaced:
        lines.append(f"Changed {_names(imported.replaced)}.")
    if imported.kept:
        why = "since it leads elsewhere" if replacing else "since there is one of that name"
        lines.append(f"Left as it is, {why}: {_names(imported.kept)}.")
    return lines or ["The file holds no environment."]


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(map(one_line, names))


def _count(number: int) -> str:
    return "one environment" if number == 1 else f"{number} environments"


def _book() -> Environments:
    return Environments(Settings(), KeyringIds())


def _tell_notices(book: Environments) -> None:
    for notice in book.take_notices():
        say("Warning", notice)
