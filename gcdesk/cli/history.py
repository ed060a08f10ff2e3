"""`gcdesk history`: chats that were kept, found and read again, exported as evidence, and deleted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gcdesk.cli import statuses
from gcdesk.cli.options import log_level_option
from gcdesk.cli.statuses import Status
from gcdesk.errors import RecordInputError

if TYPE_CHECKING:
    from gcdesk.desk.history_book import ChatBook

F = TypeVar("F", bound=Callable[..., Any])

_USUAL_LIMIT = 50
_DATES = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"])
_TO = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.group(epilog=statuses.HELP)
@log_level_option
def command() -> None:
    """Find, read, export and delete chats of earlier.

    Every chat is kept on this computer, for its owner only, with tokens and IDs of the deployment masked. The
    settings keep_history and history_days tell whether, and for how many days.
    """


def _filters(command: F) -> F:
    """Add the options that narrow a list."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="Write a JSON array."),
        click.option(
            "--limit",
            type=click.IntRange(min=1),
            default=_USUAL_LIMIT,
            show_default=True,
            help="At most so many chats, the latest first.",
        ),
        click.option("--until", type=_DATES, metavar="DATE", help="Chats that were started before."),
        click.option("--since", type=_DATES, metavar="DATE", help="Chats that were started then or later."),
        click.option(
            "--crm-id", default="", metavar="ID", help="A part of the CRM customer ID, in any case."
        ),
        click.option("--env", default="", metavar="NAME", help="The environment's name, in any case."),
    ):
        command = decorate(command)
    return command


@command.command("list")
@_filters
@log_level_option
def list_(**filters: Any) -> None:
    """List chats, the latest first."""
    _list("", **filters)


@command.command()
@click.argument("text")
@_filters
@log_level_option
def search(text: str, **filters: Any) -> None:
    """List the chats in which a message holds all words of TEXT, or whose CRM ID holds it; case does not matter."""
    _list(text, **filters)


@command.command()
@click.argument("chat", type=int)
@click.option("--frames", is_flag=True, help="Show every frame too.")
@click.option("--json", "as_json", is_flag=True, help="Write all of it as a JSON object.")
@log_level_option
def show(chat: int, frames: bool, as_json: bool) -> None:
    """Show the chat of that number, with the customer's data as it was."""
    from gcdesk.cli.history_output import print_chat, print_frames
    from gcdesk.desk.evidence import evidence_of

    evidence = evidence_of(_book().open(chat), include_personal=True)
    if as_json:
        click.echo(evidence.json(), nl=False)
        return
    print_chat(evidence.document)
    if frames:
        print_frames(evidence.document)


@command.command()
@click.argument("chat", type=int)
@click.option(
    "--html", type=_TO, metavar="FILE", help="Write one page that any browser shows; - is standard output."
)
@click.option("--json", type=_TO, metavar="FILE", help="Write JSON; - as above.")
@click.option(
    "--markdown", type=_TO, metavar="FILE", help="Write Markdown to paste into a ticket; - as above."
)
@click.option(
    "--include-personal",
    is_flag=True,
    help="Leave attribute values, names, e-mail addresses, phone, account and card numbers as they are.",
)
@log_level_option
def export(
    chat: int, html: Path | None, json: Path | None, markdown: Path | None, include_personal: bool
) -> None:
    """Write the evidence of a chat for a ticket: transcript, frames, timings, attributes and versions.

    Personal data is masked unless --include-personal is given. Tokens and IDs of the deployment always are.
    """
    if html is None and json is None and markdown is None:
        raise click.UsageError("Give at least one of --html, --json and --markdown.")
    from gcdesk.desk.evidence import evidence_of, save_evidence

    evidence = evidence_of(_book().open(chat), include_personal=include_personal)
    for path, write in ((html, evidence.html), (json, evidence.json), (markdown, evidence.markdown)):
        if path is None:
            continue
        if str(path) == "-":
            click.echo(write(), nl=False)
        else:
            save_evidence(write(), path)
            click.echo(f"Wrote {path}.", err=True)


@command.command()
@click.argument("chats", type=int, nargs=-1, metavar="CHAT...")
@click.option(
    "--older-than",
    type=click.FloatRange(min=0),
    metavar="DAYS",
    help="Delete the chats in which nothing has happened for so many days.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@log_level_option
def delete(chats: tuple[int, ...], older_than: float | None, yes: bool) -> None:
    """Delete chats for good, by their numbers or by their age."""
    if bool(chats) == (older_than is not None):
        raise click.UsageError("Give either numbers of chats, or --older-than DAYS.")
    book = _book()
    if older_than is not None:
        count = book.count_older(older_than)
        if count:
            _must_agree(
                f"Delete {_amount(count)} in which nothing has happened for {older_than:g} days?", yes
            )
            count = book.delete_older(older_than)
        click.echo(f"Deleted {_amount(count)}.")
        return
    # All of them before any of them: a wrong number deletes nothing.
    found = [book.summary(chat) for chat in dict.fromkeys(chats)]
    names = ", ".join(f"{one.id} ({one.crm_id or 'no CRM ID'})" for one in found)
    _must_agree(f"Delete {_amount(len(found))}: {names}?", yes)
    for one in found:
        book.delete(one.id)
    click.echo(f"Deleted {_amount(len(found))}.")


def _list(
    text: str,
    env: str,
    crm_id: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    from gcdesk.cli.history_output import print_summaries, summary_value
    from gcdesk.desk.history_book import ChatQuery

    query = ChatQuery(text, crm_id, env, _local(since), _local(until))
    summaries = _book().list(query, limit)
    if as_json:
        click.echo(json.dumps([summary_value(summary) for summary in summaries], indent=2))
    else:
        print_summaries(summaries, searched=query != ChatQuery())


def _book() -> ChatBook:
    from gcdesk.desk.history_book import ChatBook

    return ChatBook()


def _local(at: datetime | None) -> datetime | None:
    """A date as a person at this computer means it."""
    try:
        return None if at is None else at.astimezone()
    except (OverflowError, OSError, ValueError) as error:
        raise RecordInputError(
            f"There is no chat of {at:%Y-%m-%d}.", "Give a date such as 2026-11-23."
        ) from error


def _amount(chats: int) -> str:
    return "1 chat" if chats == 1 else f"{chats} chats"


def _must_agree(question: str, yes: bool) -> None:
    """Return if the person agrees; end the command, with nothing deleted, if not."""
    if yes:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise RecordInputError("Nothing was deleted.", "Give --yes to delete without being asked.")
    from gcdesk.cli.plain import one_line

    if not click.confirm(one_line(question), err=True):
        click.echo("Nothing was deleted.", err=True)
        sys.exit(Status.INTERRUPTED)
