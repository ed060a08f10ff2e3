"""`gcdesk simulate`: a local stand-in for Genesys Cloud, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from gcdesk.cli.fault_help import GRAMMAR, list_faults
from gcdesk.cli.options import log_level_option
from gcdesk.errors import DeskError, InputError

# Cheap: the part that needs aiohttp is loaded when a simulator starts.
from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorError, SimulatorOptions

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
    port: int, frames: Path | None, faults: tuple[str, ...], deployment_id: str, autostart: bool, delay: float
) -> SimulatorOptions:
    """Return the simulator's options. Raises InputError for what makes no sense."""
    try:
        return SimulatorOptions(
            port=port,
            frames=frames,
            faults=faults,
            deployment_id=deployment_id,
            autostart=autostart,
            reply_delay=delay,
        )
    except SimulatorError as error:
        raise InputError(error.title, error.hint) from error


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
