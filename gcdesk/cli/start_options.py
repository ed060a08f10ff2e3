"""The options that tell how chats with an environment start: what they send, what they say, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import click

from gcdesk.desk.environment import Environment
from gcdesk.errors import CustomAttributeError
from gcdesk.guest.attributes import parse_pair

F = TypeVar("F", bound=Callable[..., Any])


def start_options(command: F) -> F:
    """Add the options; those that are left out come as None, and the attributes as an empty tuple."""
    for decorate in (
        click.option(
            "--proxy",
            metavar="CHOICE",
            help="The proxy that leads there: an address such as http://proxy.example:3128, direct for none, "
            "system for that of the operating system; without it, that of the settings.",
        ),
        click.option(
            "--first-message", metavar="TEXT", help="What every fresh chat here says before anything else."
        ),
        click.option(
            "--attribute",
            "attributes",
            multiple=True,
            metavar="KEY=VALUE",
            help="A custom attribute that every chat here sends, its value as text; repeatable.",
        ),
    ):
        command = decorate(command)
    return command


def with_start(
    environment: Environment,
    attributes: Sequence[str],
    first_message: str | None,
    proxy: str | None,
    without: Sequence[str] = (),
) -> Environment:
    """The environment with what was given, unchecked.

    Args:
        environment: What it is so far.
        attributes: KEY=VALUE, each set or changed.
        first_message: None leaves it.
        proxy: None leaves it.
        without: Keys of attributes to take out.

    Raises:
        CustomAttributeError: One is not KEY=VALUE, or there is none with the key that is to be taken out.
    """
    kept = dict(environment.attributes)
    for key in without:
        if kept.pop(key, None) is None:
            known = ", ".join(environment.attributes)
            raise CustomAttributeError(
                f"{environment.name} has no default attribute {key}.",
                f"It has: {known}." if known else "It has none.",
            )
    return replace(
        environment,
        attributes={**kept, **dict(map(parse_pair, attributes))},
        first_message=environment.first_message if first_message is None else first_message,
        proxy=environment.proxy if proxy is None else proxy,
    )
