"""`gcdesk demo`: the window, open on a simulator of its own."""

from __future__ import annotations

from typing import Any

import click

from gcdesk.cli.fault_help import GRAMMAR
from gcdesk.cli.options import log_level_option
from gcdesk.cli.simulator_options import build_options, simulator_options
from gcdesk.cli.window import open_window


@click.command(epilog=GRAMMAR)
@simulator_options
@log_level_option
@click.pass_context
def command(context: click.Context, /, **described: Any) -> None:
    """Open the window on a built-in stand-in for Genesys Cloud, ready to start a chat.

    It takes the same options as gcdesk simulate, and prints one line with the simulator's address when it is
    ready.
    """
    options = build_options(**described)
    context.exit(open_window(demo=True, log_level=context.obj, simulator=options, announce=click.echo))
