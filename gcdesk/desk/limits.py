"""The limits of the settings file: figures that a person changed, the service's for all others."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from gcdesk.desk.settings import Settings
from gcdesk.errors import LimitInputError
from gcdesk.guest.limits import LIMIT_NAMES, Limits, check_limit
from gcdesk.phrase import Phrase

SECTION = "limits"
"""The key of the settings file whose object holds them, by the names of `Limits`."""


def read_limits(settings: Settings) -> Limits:
    """The limits that the settings file asks for; what it does not name is as the service has it.

    Raises:
        LimitInputError: A figure in it cannot be used; nothing is guessed in its place.
        SettingsError: The file is there but cannot be read.
    """
    section = settings.get(SECTION, object, None)
    if section is None:
        section = settings.get(SECTION, bool, None)
    if section is None:
        return Limits()
    if not isinstance(section, dict):
        raise LimitInputError(
            Phrase(
                "In the settings file, {section} is not an object with names and figures.", section=SECTION
            ),
            _where(settings.path),
        )
    wanted = {name: section[name] for name in LIMIT_NAMES if name in section}
    for name, value in wanted.items():
        _check(name, value, settings.path)
    return Limits(**wanted)


def own_limits(settings: Settings) -> dict[str, float]:
    """The figures that a person changed and that can be used, by name. Raises SettingsError."""
    section = settings.get(SECTION, dict, {})
    found: dict[str, float] = {}
    for name in LIMIT_NAMES:
        with contextlib.suppress(LimitInputError):
            if name in section:
                check_limit(name, section[name])
                found[name] = section[name]
    return found


def write_limits(settings: Settings, changes: Mapping[str, float | None]) -> Limits:
    """Change figures in the settings file and return all limits; None takes a figure back to the service's.

    Raises:
        LimitInputError: A figure cannot be used, or there is no limit of that name; nothing was written.
        SettingsError: The file cannot be read or written; it stays as it was.
    """
    for name, value in changes.items():
        if name not in LIMIT_NAMES:
            raise LimitInputError(
                Phrase("There is no limit called {name}.", name=name), "Use one of the names of the limits."
            )
        if value is not None:
            _check(name, value, settings.path)
    with settings.editing() as data:
        section = data.get(SECTION)
        kept = section if isinstance(section, dict) else {}
        for name, value in changes.items():
            if value is None:
                kept.pop(name, None)
            else:
                kept[name] = value
        if kept:
            data[SECTION] = kept
        else:
            data.pop(SECTION, None)
    return read_limits(settings)


def _check(name: str, value: object, path: Path) -> None:
    try:
        check_limit(name, value)
    except LimitInputError as error:
        raise LimitInputError(error.title, _where(path)) from None


def _where(path: Path) -> str:
    return Phrase("Correct it in {path}, or take it out: then the service's own figure applies.", path=path)
