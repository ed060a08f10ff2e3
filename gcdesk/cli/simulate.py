"""`gcdesk simulate`: a local stand-in for Genesys Cloud, until it is stopped."""

from __future__ import annotations

from typing import Any

import click

from gcdesk.cli.fault_help import GRAMMAR
from gcdesk.cli.options import log_level_option
from gcdesk.cli.simulator_options import build_options, simulator_options
from gcdesk.errors import DeskError
from gcdesk.simulator import SimulatorError, SimulatorOptions


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
