"""The entry point. `gcdesk` alone opens the window at once, without loading the command line."""

from __future__ import annotations

import sys
from typing import Any, NoReturn


def main() -> NoReturn:
    """Run the command line and exit with its status."""
    _let_output_take_any_text()
    sys.exit(_window() if len(sys.argv) == 1 else _command())


def _window() -> int:
    from gcdesk.cli.window import open_window
    from gcdesk.errors import GcdeskError

    try:
        return open_window()
    except GcdeskError as error:
        from gcdesk.cli import statuses
        from gcdesk.cli.speech import say_error

        say_error(error)
        return statuses.status_of(error)
    except KeyboardInterrupt:
        from gcdesk.cli.statuses import Status

        return Status.INTERRUPTED


def _command() -> int:
    from gcdesk.cli import commands

    return commands.run()


def _let_output_take_any_text() -> None:
    # A terminal that cannot show a character shows its code; it must never end a chat.
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
