"""`gcdesk chat`: a test chat in the terminal, or a scripted one for programs."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from gcdesk import __version__
from gcdesk.cli import statuses
from gcdesk.cli.options import log_level_option
from gcdesk.cli.speech import forget_output, say
from gcdesk.cli.statuses import Status, reason_of, status_of
from gcdesk.errors import (
    CrmIdError,
    CustomAttributeError,
    EnvironmentInputError,
    GcdeskError,
    InputError,
    WishError,
)

if TYPE_CHECKING:
    from gcdesk.chat.target import Target
    from gcdesk.cli.chat_output import Printer
    from gcdesk.cli.chat_run import Outcome, Plan
    from gcdesk.cli.customers import Customers

DEFAULT_TIMEOUT = 30.0
DEFAULT_KEY = "crmCustomerId"

_HELP = """Start a test chat as a CRM customer.

The customer's ID and the other custom attributes go with the Join or with the first message, and count as
delivered when the service's echo of that frame returns.

Without --say, each line of standard input is a message. On a terminal it goes out at once; from a file or
another program each line waits for the reply to the one before. The chat ends with the input. If nothing is
said, the attributes can only go with a Join: either the deployment starts chats by itself, or you give
--join.

A reply is a message from the bot, agent or flow that comes after the service has echoed what was said. Typing
indicators are not replies. The first error ends the chat.
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
    request = Request(**options)
    sys.exit(run(request))


def run(request: Request) -> Status:
    """Check the request, run the chat, report it, and return its exit status."""
    # Modules are made to stay: looking for garbage while they load is a tenth of the way to the first reply.
    gc.disable()
    printer = _printer(request.as_json)
    try:
        try:
            outcome = _run(request, printer)
        except GcdeskError as error:
            printer.error(error)
            printer.ended(reason_of(error))
            return status_of(error)
        except KeyboardInterrupt:
            printer.ended("interrupted")
            return Status.INTERRUPTED
        if outcome.error is not None:
            printer.error(outcome.error)
        printer.ended(outcome.reason)
    except BrokenPipeError:
        forget_output()
        return Status.INTERRUPTED
    return outcome.status


def _run(request: Request, printer: Printer) -> Outcome:
    customers = _customers(request)
    target, key = find_target(request) if customers is None else (customers.target, customers.key)
    key = request.key or key or DEFAULT_KEY
    attributes = collect_attributes(request, key)
    plan = _plan(request)
    # After the checks: a wrong command line need not wait for these.
    import asyncio
    from dataclasses import replace

    from gcdesk.chat.chat import Chat, ChatOptions
    from gcdesk.cli.chat_run import run_chat
    from gcdesk.guest.session import JoinPolicy

    options = ChatOptions(
        attributes=attributes,
        join=JoinPolicy.ALWAYS if request.join else JoinPolicy.AUTOSTART,
        limits=_limits(request),
    )
    if customers is not None and (request.signed_in or request.signed_in_as is not None):
        customer, tokens = customers.tokens(request.signed_in_as)
        options = replace(options, sign_in=tokens.sign_in, renew=customers.renewal(customer, tokens))
    if customers is not None and request.resume:
        options = replace(options, token=customers.earlier_token(request.crm_id))

    async def chatting() -> tuple[Chat, Outcome]:
        async with Chat(target, options) as chat:
            return chat, await run_chat(chat, plan, printer)

    gc.freeze()
    gc.enable()
    chat, outcome = asyncio.run(chatting())
    if customers is not None and (request.keep or request.resume or request.env is not None):
        customers.keep_session(request.crm_id, chat.token, resumable=chat.resumable)
    return outcome


def _customers(request: Request) -> Customers | None:
    """The deployment's customers, where the chat is with an environment or one of them; raises as find_customers."""
    wanted = request.signed_in or request.signed_in_as is not None or request.resume or request.keep
    if not wanted and request.env is None:
        return None
    from gcdesk.cli.customers import find_customers

    return find_customers(request.env, request.url, request.deployment_id, request.origin)


def _printer(as_json: bool) -> Printer:
    if as_json:
        from gcdesk.cli.chat_output import JsonPrinter

        return JsonPrinter()
    from gcdesk.cli.chat_transcript import TranscriptPrinter

    return TranscriptPrinter()


def _plan(request: Request) -> Plan:
    from gcdesk.cli.chat_run import Plan

    _check_says(request.says)
    timeout = request.timeout or DEFAULT_TIMEOUT
    if request.says:
        return Plan(says=request.says, timeout=timeout)
    from gcdesk.cli.lines import input_lines

    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    return Plan(lines=input_lines(), wait_for_replies=not at_terminal, timeout=timeout)


def _check_says(says: Sequence[str]) -> None:
    """Raise MessageInputError if one of the texts could not be sent."""
    import time
    from datetime import UTC, datetime

    from gcdesk.guest.moment import Moment
    from gcdesk.guest.session import Session, SessionOptions

    # A session that was never dialled takes no message, but says first what is wrong with one.
    session = Session(SessionOptions(deployment_id="", token=""), new_id=str)
    for text in says:
        with contextlib.suppress(WishError):
            session.say(text, Moment(time.monotonic(), datetime.now(UTC)))


def _limits(request: Request) -> Any:
    """The service's limits, or those of the settings, widened where the person is ready to wait longer.

    Only a chat with an environment reads the settings: whoever gives an address waits for nothing else.

    Raises:
        LimitInputError: A limit of the settings cannot be used.
        SettingsError: The settings file cannot be read.
    """
    from dataclasses import replace

    from gcdesk.guest.limits import Limits

    limits, timeout = Limits(), request.timeout
    if request.env is not None:
        from gcdesk.desk.limits import read_limits
        from gcdesk.desk.settings import Settings

        limits = read_limits(Settings())
    if timeout is None:
        return limits
    return replace(
        limits,
        configure_timeout=max(limits.configure_timeout, timeout),
        open_timeout=max(limits.open_timeout, timeout),
    )


def find_target(request: Request) -> tuple[Target, str]:
    """Return where to chat without an environment, and the usual key for the CRM customer ID.

    Raises:
        EnvironmentInputError: The options name nothing usable.
        EndpointError: The address cannot be used.
    """
    from gcdesk.chat.target import Target
    from gcdesk.guest.regions import check_uuid, endpoint_for_url

    if request.url is None or request.deployment_id is None:
        raise EnvironmentInputError(
            "It is not clear where to chat.",
            "Give --env NAME, or --url and --deployment-id.",
        )
    origin = request.origin or ""
    endpoint = endpoint_for_url(request.url, origin or None)
    deployment_id = check_uuid(request.deployment_id, "deployment ID")
    return Target(endpoint, deployment_id, origin), DEFAULT_KEY


def collect_attributes(request: Request, key: str) -> Mapping[str, str]:
    """Return all custom attributes as they go out, and print a warning for each doubtful one.

    Raises:
        CrmIdError: The CRM customer ID cannot be sent.
        CustomAttributeError: Another attribute cannot be sent, or all together are too large.
    """
    from datetime import UTC, datetime

    from gcdesk.cli.chat_output import json_time
    from gcdesk.guest.attributes import check_attributes, check_crm_id, default_attributes

    crm_id = check_crm_id(request.crm_id)
    attributes = dict(
        default_attributes(
            crm_id,
            key=key,
            customer_name=request.customer_name,
            timestamp=json_time(datetime.now(UTC)),
            user_agent=f"gcdesk/{__version__}",
        )
    )
    more = _attributes_of_file(request.attributes_file) | _attributes_of_options(request.attributes)
    if more.get(key, crm_id) != crm_id:
        raise CrmIdError(
            f"The CRM customer ID is given twice, as --crm-id and as the attribute {key}.",
            "Give it as --crm-id only.",
        )
    attributes.update(more)
    for warning in check_attributes(attributes):
        say("Warning", warning.sentence)
    return attributes


def _attributes_of_file(path: Path | None) -> dict[str, str]:
    from gcdesk.guest.attributes import parse_attributes_json, parse_pair

    if path is None:
        return {}
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise CustomAttributeError(
            f"The attributes file {path} cannot be read: {reason}.", "Save it as UTF-8 text."
        ) from error
    if text.lstrip().startswith("{"):
        return dict(parse_attributes_json(text))
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return _without_repeats([parse_pair(line) for line in lines], f"in {path}")


def _attributes_of_options(pairs: Sequence[str]) -> dict[str, str]:
    from gcdesk.guest.attributes import parse_pair

    return _without_repeats([parse_pair(pair) for pair in pairs], "on the command line")


def _without_repeats(pairs: Sequence[tuple[str, str]], where: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for key, value in pairs:
        if key in attributes:
            raise CustomAttributeError(f"The attribute {key} is given twice {where}.", "Give it once.")
        attributes[key] = value
    return attributes


def _report_usage(error: click.UsageError) -> None:
    from datetime import UTC, datetime

    from gcdesk.cli.chat_output import JsonPrinter

    failure = InputError(error.format_message(), "Run gcdesk chat --help for the options.")
    printer = JsonPrinter()
    # Standard error is the caller's, who shows how the command is used.
    printer.failure(datetime.now(UTC), failure)
    printer.ended(reason_of(failure))
