"""Sentences for the person at the terminal, on standard error."""

from __future__ import annotations

import contextlib
import os
import sys

import click

from gcdesk.cli.plain import one_line
from gcdesk.errors import GcdeskError


def say(kind: str, *sentences: str) -> None:
    """Write sentences to standard error, after a word such as Error or Warning; safe to print."""
    click.echo(f"{kind}: {one_line(' '.join(sentences))}", err=True)


def say_error(error: GcdeskError) -> None:
    """Write an error's two sentences."""
    say("Error", error.title, error.hint)


def say_warning(error: GcdeskError) -> None:
    """Write the two sentences of an error that is not the end."""
    say("Warning", error.title, error.hint)


def forget_output() -> None:
    """Nobody reads standard output any more: keep Python from complaining about it at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
