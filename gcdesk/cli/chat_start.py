"""Starts a chat of `gcdesk chat`: checks what was asked for, finds the place, and reports how it went."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gcdesk.cli.chat_attributes import collect_attributes
from gcdesk.cli.interrupts import interruptible
from gcdesk.cli.speech import forget_output, say_warning
from gcdesk.cli.statuses import Status, reason_of, status_of
from gcdesk.errors import EmptyFileError, EnvironmentInputError, GcdeskError, WishError, WrongOrgError

if TYPE_CHECKING:
    from gcdesk.chat.chat import Chat
    from gcdesk.chat.target import Target
    from gcdesk.cli.chat import Request
    from gcdesk.cli.chat_output import Printer
    from gcdesk.cli.chat_plan import Outcome, Plan
    from gcdesk.cli.chat_platform import Platform
    from gcdesk.cli.customers import Customers

DEFAULT_TIMEOUT = 30.0
DEFAULT_KEY = "crmCustomerId"


def run(request: Request) -> Status:
    """Check the request, run the chat, report it, and return its exit status."""
    # Modules are made to stay: looking for garbage while they load is a tenth of the way to the first reply.
    gc.disable()
    printer = _printer(request.as_json)
    try:
        with interruptible():
            return _reported(request, printer)
    except BrokenPipeError:
        forget_output()
        return Status.INTERRUPTED
    finally:
        gc.enable()


def _reported(request: Request, printer: Printer) -> Status:
    """Run the chat; whatever comes of it, the end is reported."""
    try:
        outcome = _run(request, printer)
    except GcdeskError as error:
        printer.error(error)
        printer.ended(reason_of(error))
        return status_of(error)
    except KeyboardInterrupt:
        printer.ended("interrupted")
        return Status.INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception:
        # A bug of ours: whoever reads JSON lines still learns that there are no more.
        printer.ended("failed")
        raise
    if outcome.error is not None:
        printer.error(outcome.error)
    printer.ended(outcome.reason)
    return outcome.status


def _run(request: Request, printer: Printer) -> Outcome:
    customers = _customers(request)
    target, key = find_target(request) if customers is None else (customers.target, customers.key)
    key = request.key or key or DEFAULT_KEY
    attributes = collect_attributes(request, key, {} if customers is None else customers.attributes)
    platform = _platform(request)
    plan = _plan(request)._replace(
        platform=platform, attributes=attributes, opening=_opening(request, customers)
    )
    # After the checks: a wrong command line need not wait for these.
    import asyncio
    from dataclasses import replace

    from gcdesk.chat.chat import Chat, ChatOptions
    from gcdesk.cli.chat_keeping import kept
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
        if platform is not None and request.verify and not request.any_org:
            await _check_org(platform)
        async with Chat(target, options) as chat:
            return chat, await run_chat(chat, plan, printer, recorder.take)

    gc.freeze()
    gc.enable()
    with kept(request.env or "", target, key, attributes) as recorder:
        chat, outcome = asyncio.run(chatting())
    if customers is not None and (request.keep or request.resume or request.env is not None):
        customers.keep_session(request.crm_id, chat.token, resumable=chat.resumable)
    return outcome


async def _check_org(platform: Platform) -> None:
    """Raise WrongOrgError before anything is sent to a deployment of another org; what nobody can tell is a warning."""
    try:
        await platform.check_org()
    except WrongOrgError:
        raise
    except GcdeskError as error:
        say_warning(error)


def _platform(request: Request) -> Platform | None:
    """The Platform API, where it is asked for and there is an OAuth client; EnvironmentInputError if it must be."""
    if not request.verify and not request.end:
        return None
    from gcdesk.cli.chat_platform import Platform
    from gcdesk.cli.place import NO_CREDENTIALS, find_place

    place = find_place(request.env, request.url, request.deployment_id, request.origin)
    if place.credentials is not None:
        return Platform(place)
    if request.verify:
        raise EnvironmentInputError(*NO_CREDENTIALS)
    return None


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
    from gcdesk.cli.chat_plan import Plan

    _check_says(request.says)
    _check_files(request.attach)
    plan = Plan(
        says=request.says,
        timeout=request.timeout or DEFAULT_TIMEOUT,
        files=request.attach,
        save_to=request.save_attachments,
        earlier=request.history,
        new_chat=request.new_chat,
        listen=request.listen,
        prove=request.verify,
        end=request.end,
    )
    if request.says or request.attach:
        return plan
    from gcdesk.cli.lines import input_lines

    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    return plan._replace(lines=input_lines(), wait_for_replies=not at_terminal)


def _opening(request: Request, customers: Customers | None) -> str:
    """What a fresh chat begins with; a chat that goes on has begun already."""
    if customers is None or request.resume or request.no_first_message:
        return ""
    return customers.first_message


def _check_files(files: Sequence[Path]) -> None:
    """Raise FileUnreadableError or EmptyFileError if one of the files could never be sent."""
    if not files:
        return
    from gcdesk.chat.files import file_at

    for file in files:
        if file_at(file).size == 0:
            raise EmptyFileError


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
