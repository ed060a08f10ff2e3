"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from gcdesk.desk.logs import DEFAULT_LEVEL, LEVELS, setup_logging

F = TypeVar("F", bound=Callable[..., Any])


def log_level_option(command: F) -> F:
    """Add --log-level, which may stand before or after the command's name; the one after it counts."""
    return click.option(
        "--log-level",
        type=click.Choice(LEVELS, case_sensitive=False),
        help=f"How much is logged to standard error. The default is {DEFAULT_LEVEL}.",
        expose_value=False,
        callback=_start_logging,
    )(command)


def _start_logging(context: click.Context, _option: click.Parameter, level: str | None) -> None:
    # The group comes first, so a command that was given no level keeps the group's.
    if level is not None:
        context.obj = level.lower()
    if level is not None or context.parent is None:
        setup_logging(context.obj or DEFAULT_LEVEL)
