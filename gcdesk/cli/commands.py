"""The commands by name, and how each ends: what went wrong becomes a sentence and an exit status."""

from __future__ import annotations

import importlib
import sys

import click

from gcdesk import __version__
from gcdesk.cli import statuses
from gcdesk.cli.options import log_level_option
from gcdesk.cli.speech import forget_output, say_error
from gcdesk.cli.statuses import Status
from gcdesk.errors import GcdeskError

# Module and summary of each command. A command's module is loaded only when that command runs.
COMMANDS = {
    "chat": ("gcdesk.cli.chat", "Start a test chat in the terminal."),
    "demo": ("gcdesk.cli.demo", "Open the window on a simulator of its own."),
    "doctor": ("gcdesk.cli.doctor", "Find out where a chat would fail, and why."),
    "env": ("gcdesk.cli.env", "Keep environments: add, list, show, edit, remove."),
    "history": ("gcdesk.cli.history", "Find, read, export and delete chats of earlier."),
    "links": ("gcdesk.cli.links", "Let gcdesk:// links of this computer open chats."),
    "open": ("gcdesk.cli.open", "Ask the window to start a chat."),
    "sign-in": ("gcdesk.cli.sign_in", "Sign a customer in through the browser."),
    "sign-out": ("gcdesk.cli.sign_out", "Log a signed-in customer out."),
    "simulate": ("gcdesk.cli.simulate", "Run a local stand-in for Genesys Cloud."),
    "verify": ("gcdesk.cli.verify", "Prove that attributes became participant data."),
}


class Commands(click.Group):
    """The commands by name, loaded late."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog=statuses.HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="gcdesk", message="%(prog)s %(version)s")
@log_level_option
@click.pass_context
def gcdesk(context: click.Context) -> None:
    """Launch and watch test chats on Genesys Cloud Web Messaging as a CRM customer.

    Without a command, the window opens.
    """
    if context.invoked_subcommand is None:
        from gcdesk.cli.window import open_window

        context.exit(open_window(log_level=context.obj))


def run() -> int:
    """Run what the command line asks for and return the exit status."""
    try:
        status = gcdesk.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return Status.BAD_INPUT
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except GcdeskError as error:
        say_error(error)
        return statuses.status_of(error)
    except (click.Abort, KeyboardInterrupt):
        return Status.INTERRUPTED
    except BrokenPipeError:
        forget_output()
        return Status.INTERRUPTED
    return status if isinstance(status, int) else Status.DONE
