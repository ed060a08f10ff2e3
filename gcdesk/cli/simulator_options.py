"""The options that describe a simulator, for `gcdesk simulate` and `gcdesk demo`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gcdesk.cli.fault_help import list_faults
from gcdesk.errors import InputError
from gcdesk.resources import resource_path

# Cheap: the part that needs aiohttp is loaded when a simulator starts.
from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorError, SimulatorOptions

if TYPE_CHECKING:
    from gcdesk.simulator import Flow

F = TypeVar("F", bound=Callable[..., Any])

SHIPPED_FLOWS = ("crm-check", "showcase", "support")
"""The flows that come with gcdesk, by name."""

_FILE = click.Path(dir_okay=False, path_type=Path)

# Each fills the option of SimulatorOptions that it is named after.
_OPTIONS = (
    click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=0,
        metavar="PORT",
        help="The port of this computer to listen on; any free one if left out.",
    ),
    click.option(
        "--flow",
        metavar="FILE",
        help="What the bot says, as a YAML file, instead of its own words;"
        f" or one that comes with gcdesk: {', '.join(SHIPPED_FLOWS)}.",
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
        type=_FILE,
        metavar="FILE",
        help="Add a JSON line to FILE for everything received and sent, at once.",
    ),
    click.option(
        "--delay",
        "reply_delay",
        type=click.FloatRange(0, 60),
        default=0.0,
        metavar="SECONDS",
        help="How long the bot types before it answers.",
    ),
    click.option(
        "--deployment-id",
        default=DEMO_DEPLOYMENT_ID,
        show_default=True,
        metavar="UUID",
        help="The deployment it plays.",
    ),
    click.option(
        "--autostart", is_flag=True, help="Let the deployment ask for a Join at the start of a chat."
    ),
    click.option(
        "--disconnect",
        "conversation_disconnect",
        type=click.Choice(["Send", "ReadOnly", "off"], case_sensitive=False),
        default="Send",
        show_default=True,
        help="What a guest is told of the end of a conversation.",
    ),
    click.option(
        "--clear/--no-clear",
        "conversation_clear",
        default=True,
        help="Whether guests may end and clear a conversation; they may if left out.",
    ),
    click.option(
        "--uploads/--no-uploads", default=True, help="Whether guests may send files; they may if left out."
    ),
    click.option(
        "--sign-in",
        type=click.Choice(["off", "optional", "required"]),
        default="off",
        show_default=True,
        help="Whether customers can, or must, sign in.",
    ),
    click.option(
        "--session-seconds",
        type=click.IntRange(min=1),
        default=SimulatorOptions.session_seconds,
        show_default=True,
        metavar="SECONDS",
        help="How long a session lasts after its last message.",
    ),
    click.option(
        "--allow-domain",
        "allowed_domains",
        multiple=True,
        metavar="DOMAIN",
        help="Let only these web sites, by their Origin, connect; repeatable.",
    ),
    click.option("--tls", is_flag=True, help="Serve wss and https, with a certificate made for this run."),
    click.option(
        "--tls-ca",
        "tls_authority",
        type=_FILE,
        metavar="FILE",
        help="Write the certificate of this run's authority to FILE, for clients to trust.",
    ),
    click.option(
        "--tls-cert",
        "tls_certificate",
        type=_FILE,
        metavar="FILE",
        help="Serve a certificate of your own, in PEM form, with its chain.",
    ),
    click.option(
        "--tls-key", type=_FILE, metavar="FILE", help="The key of --tls-cert, if it is not in the same file."
    ),
)


def simulator_options(command: F) -> F:
    """Add the options that describe a simulator to a command."""
    for decorate in reversed(_OPTIONS):
        command = decorate(command)
    return command


def build_options(*, flow: str | None, **described: Any) -> SimulatorOptions:
    """Return the simulator's options. Raises InputError for what makes no sense, a flow with mistakes included."""
    try:
        return SimulatorOptions(flow=None if flow is None else _read_flow(flow), **described)
    except SimulatorError as error:
        raise InputError(error.title, error.hint) from error


def _read_flow(flow: str) -> Flow:
    # Reads YAML, which most simulators do without.
    from gcdesk.simulator import FlowError, load_flow

    path = Path(flow)
    if flow in SHIPPED_FLOWS and not path.exists():
        path = resource_path("flows", f"{flow}.yaml")
    try:
        return load_flow(path)
    except FlowError as error:
        raise InputError(str(error), "Correct the flow and start again.") from error
