"""`gcdesk simulate`: a local stand-in for Genesys Cloud, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from gcdesk.cli.fault_help import GRAMMAR, list_faults
from gcdesk.cli.options import log_level_option
from gcdesk.errors import DeskError, InputError

# Cheap: the part that needs aiohttp is loaded when a simulator starts.
from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorError, SimulatorOptions

if TYPE_CHECKING:
    from gcdesk.simulator import Flow

F = TypeVar("F", bound=Callable[..., Any])


def simulator_options(command: F) -> F:
    """Add the options that describe a simulator; the command gets them as `options`."""
    for decorate in (
        click.option(
            "--delay",
            type=click.FloatRange(0, 60),
            default=0.0,
            metavar="SECONDS",
            help="How long the bot types before it answers.",
        ),
        click.option(
            "--autostart", is_flag=True, help="Let the deployment ask for a Join at the start of a chat."
        ),
        click.option(
            "--sign-in",
            type=click.Choice(["off", "optional", "required"]),
            default="off",
            show_default=True,
            help="Whether customers can sign in, or have to; see gcdesk sign-in.",
        ),
        click.option(
            "--deployment-id",
            default=DEMO_DEPLOYMENT_ID,
            show_default=True,
            metavar="UUID",
            help="The deployment it plays.",
        ),
        click.option(
            "--fault",
            "faults",
            multiple=True,
            metavar="NAME[=VALUE][@WHEN]",
            help="Something that goes wrong; repeatable.",
        ),
        click.option(
            "--list-faults",
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=list_faults,
            help="List every fault and exit.",
        ),
        click.option(
            "--flow",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="What the bot says, as a YAML file, instead of its own words.",
        ),
        click.option(
            "--tls", is_flag=True, help="Serve wss and https, with a certificate made for this run."
        ),
        click.option(
            "--tls-ca",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write the certificate of this run's authority to FILE, for clients to trust.",
        ),
        click.option(
            "--tls-cert",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Serve a certificate of your own, in PEM form, with its chain.",
        ),
        click.option(
            "--tls-key",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="The key of --tls-cert, if it is not in the same file.",
        ),
        click.option(
            "--frames",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Add a JSON line to FILE for everything received and sent, at once.",
        ),
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            default=0,
            metavar="PORT",
            help="The port of this computer to listen on; any free one if left out.",
        ),
    ):
        command = decorate(command)
    return command


def build_options(
    *,
    port: int,
    frames: Path | None,
    faults: tuple[str, ...],
    deployment_id: str,
    autostart: bool,
    delay: float,
    sign_in: Literal["off", "optional", "required"],
    flow: Path | None,
    tls: bool,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> SimulatorOptions:
    """Return the simulator's options. Raises InputError for what makes no sense, a flow with mistakes included."""
    try:
        return SimulatorOptions(
            port=port,
            frames=frames,
            faults=faults,
            deployment_id=deployment_id,
            autostart=autostart,
            reply_delay=delay,
            sign_in=sign_in,
            flow=None if flow is None else _flow(flow),
            tls=tls,
            tls_authority=tls_ca,
            tls_certificate=tls_cert,
            tls_key=tls_key,
        )
    except SimulatorError as error:
        raise InputError(error.title, error.hint) from error


def _flow(path: Path) -> Flow:
    # Reads YAML, which most simulators do without.
    from gcdesk.simulator import FlowError, load_flow

    try:
        return load_flow(path)
    except FlowError as error:
        raise InputError(str(error), "Correct the flow and start again.") from error


@click.command(epilog=GRAMMAR)
@simulator_options
@log_level_option
def command(**described: Any) -> None:
    """Run a local stand-in for Genesys Cloud Web Messaging until it is stopped.

    It prints one line with its address when it is ready, and takes connections from this computer only.
    Ctrl-C ends it with exit status 0. Chat with it by giving its address to gcdesk chat --url.
    """
    options = build_options(**described)
    # Help and wrong options need not wait for this.
    import asyncio

    try:
        asyncio.run(_serve(options))
    except SimulatorError as error:
        raise DeskError(error.title, error.hint) from error


async def _serve(options: SimulatorOptions) -> None:
    import asyncio

    from gcdesk.cli.interrupts import interrupts
    from gcdesk.simulator import serve

    serving = asyncio.create_task(serve(options, _announce))
    with interrupts(serving.cancel):
        try:
            await serving
        except asyncio.CancelledError:
            # Stopping is how a simulator ends; anything else that cancels us is not ours to swallow.
            if not serving.cancelled():
                raise


def _announce(line: str) -> None:
    click.echo(line)
