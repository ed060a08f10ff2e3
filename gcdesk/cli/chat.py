"""`gcdesk chat`: a test chat in the terminal, or a scripted one for programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

import click

from gcdesk.cli import statuses
from gcdesk.cli.options import log_level_option
from gcdesk.cli.statuses import reason_of
from gcdesk.errors import InputError

_HELP = """Start a test chat as a CRM customer.

An environment may have custom attributes that each of its chats sends, and a first message that begins each fresh
one, before any --say.

The customer's ID and the other custom attributes go with the Join or with the first message, and count as
delivered when the service's echo of that frame returns.

Without --say, each line of standard input is a message. On a terminal it goes out at once; from a file or
another program each line waits for the reply to the one before. The chat ends with the input. If nothing is
said, the attributes can only go with a Join: either the deployment starts chats by itself, or you give
--join.

A reply is a message from the bot, agent or flow that comes after the service has echoed what was said. Typing
indicators are not replies. The first error ends the chat.

At its end the chat is left: the conversation stays open for the agent. With --end it is ended.
"""


class Request(NamedTuple):
    """What was asked for on the command line, unchecked."""

    crm_id: str
    env: str | None
    url: str | None
    deployment_id: str | None
    origin: str | None
    key: str | None
    customer_name: str
    attributes: tuple[str, ...]
    attributes_file: Path | None
    says: tuple[str, ...]
    timeout: float | None
    as_json: bool
    join: bool
    signed_in: bool = False
    signed_in_as: str | None = None
    resume: bool = False
    keep: bool = False
    attach: tuple[Path, ...] = ()
    save_attachments: Path | None = None
    history: int = 0
    new_chat: bool = False
    listen: float = 0.0
    verify: bool = False
    any_org: bool = False
    end: bool = False
    no_first_message: bool = False


class _ChatCommand(click.Command):
    """Reports a wrong command line as JSON lines too, where JSON lines are asked for."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        as_json = "--json" in args
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            if as_json:
                _report_usage(error)
            raise


@click.command(
    cls=_ChatCommand,
    help=_HELP,
    epilog=statuses.HELP,
)
@click.option(
    "--crm-id", required=True, metavar="ID", help="The CRM customer ID. It is text and goes out unchanged."
)
@click.option("--env", metavar="NAME", help="The environment to chat with; see gcdesk env.")
@click.option(
    "--url", metavar="URL", help="Instead of --env: a ws:// address of this computer, or a wss:// address."
)
@click.option("--deployment-id", metavar="UUID", help="The deployment, with --url.")
@click.option("--origin", metavar="ORIGIN", help="The Origin header, for a deployment restricted to domains.")
@click.option(
    "--key", metavar="NAME", help="The attribute that carries the CRM customer ID.  [default: crmCustomerId]"
)
@click.option("--customer-name", default="", metavar="NAME", help="The attribute customerName.")
@click.option(
    "--attribute",
    "attributes",
    multiple=True,
    metavar="KEY=VALUE",
    help="One more custom attribute, its value as text; repeatable.",
)
@click.option(
    "--attributes-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="More custom attributes: a JSON object, or lines of KEY=VALUE. --attribute overrides the file.",
)
@click.option(
    "--join", is_flag=True, help="Join the conversation even if the deployment does not ask for it."
)
@click.option("--signed-in", is_flag=True, help="As the customer who signed in last; see gcdesk sign-in.")
@click.option("--signed-in-as", metavar="NAME", help="As the customer who signed in under that name.")
@click.option(
    "--resume", is_flag=True, help="Go on with the customer's latest chat here instead of a new one."
)
@click.option(
    "--keep",
    is_flag=True,
    help="Keep the chat in the keyring for --resume, as is always done with --env.",
)
@click.option(
    "--say",
    "says",
    multiple=True,
    metavar="TEXT",
    help="Say this and wait for the reply; repeatable, in order.",
)
@click.option(
    "--no-first-message",
    is_flag=True,
    help="Leave out the message that the environment begins its chats with.",
)
@click.option(
    "--attach",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Send this file after what is said, and wait until the service has confirmed it; repeatable, in order.",
)
@click.option(
    "--save-attachments",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Save every file that comes into this folder; nothing there is written over.",
)
@click.option(
    "--history",
    type=click.IntRange(min=0, max=10000),
    default=0,
    metavar="N",
    help="Show at least N earlier messages, if there are so many, before anything is said.",
)
@click.option(
    "--new-chat", is_flag=True, help="Begin a new conversation if the earlier one can only be read."
)
@click.option(
    "--listen",
    type=click.FloatRange(min=0, max=86400),
    default=0.0,
    metavar="SECONDS",
    help="Stay so long for messages after everything was said.",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Ask the Platform API whether the custom attributes became participant data; see gcdesk verify.",
)
@click.option(
    "--any-org", is_flag=True, help="With --verify, chat even if the OAuth client is of another org."
)
@click.option(
    "--end", is_flag=True, help="End the conversation, by the customer or else by the Platform API."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=86400),
    metavar="SECONDS",
    help="How long each single wait may take: for the configured session, and for each reply.  [default: 30]",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Write JSON lines to standard output, and nothing else."
)
@log_level_option
def command(**options: Any) -> None:
    """See _HELP."""
    # Not for --help.
    from gcdesk.cli.chat_start import run

    sys.exit(run(Request(**options)))


def _report_usage(error: click.UsageError) -> None:
    from datetime import UTC, datetime

    from gcdesk.cli.chat_output import JsonPrinter

    failure = InputError(error.format_message(), "Run gcdesk chat --help for the options.")
    printer = JsonPrinter()
    # Standard error is the caller's, who shows how the command is used.
    printer.failure(datetime.now(UTC), failure)
    printer.ended(reason_of(failure))
