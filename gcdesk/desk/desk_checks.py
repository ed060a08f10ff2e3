"""What a chat needs of this computer: Qt, a display, the keyring, the settings file."""

from __future__ import annotations

import importlib.util
import platform
import subprocess
import sys
from collections.abc import Callable

from gcdesk import __version__
from gcdesk.chat.doctor.check import Check, failed, ok, warning
from gcdesk.desk.environments import Environments
from gcdesk.desk.ids import KeyringIds
from gcdesk.desk.settings import Settings
from gcdesk.errors import DeskError, GcdeskError
from gcdesk.phrase import Phrase

_QT_SECONDS = 30.0


def desk_checks(check_display: Callable[[], None] | None = None) -> list[Check]:
    """Look at everything on this computer; blocks, for as long as a keyring asks for its password.

    Args:
        check_display: Raises GcdeskError where there is no display; left out by whoever shows a window already.
    """
    return [_program(), _qt(), _display(check_display), _keyring(), _settings()]


def _program() -> Check:
    system = f"{platform.system()} {platform.release()}"
    return ok(
        "program",
        Phrase(
            "gcdesk {version} on Python {python}, {system}.",
            version=__version__,
            python=platform.python_version(),
            system=system,
        ),
    )


def _qt() -> Check:
    if importlib.util.find_spec("PySide6") is None:
        return warning(
            "qt",
            "Qt is not installed, so there is no window.",
            "Install gcdesk again, with its dependencies.",
        )
    # In a process of its own: a system library that is missing ends the program that loads Qt.
    program = "import PySide6.QtWidgets, PySide6; print(PySide6.__version__)"
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, and a program of ours
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=_QT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return warning(
            "qt",
            Phrase("Qt could not be tried ({kind}).", kind=type(error).__name__),
            "Start the window and see.",
        )
    if done.returncode == 0:
        return ok("qt", Phrase("Qt for Python {version} loads.", version=done.stdout.strip()))
    lines = done.stderr.strip().splitlines()
    missing = lines[-1][:200] if lines else Phrase("it ended without a word")
    return failed(
        "qt",
        DeskError(
            Phrase("Qt cannot be loaded: {missing}.", missing=missing),
            "Install the system library that is named; on Debian and Ubuntu, packaging/bootstrap.py lists them all.",
        ),
    )


def _display(check_display: Callable[[], None] | None) -> Check:
    try:
        if check_display is not None:
            check_display()
    except GcdeskError as error:
        return warning("display", error.title, error.hint)
    return ok("display", "There is a display for the window.")


def _keyring() -> Check:
    try:
        name = KeyringIds().backend_name
    except GcdeskError as error:
        return warning("keyring", error.title, error.hint)
    return ok("keyring", Phrase("IDs and secrets are kept in {name}.", name=name))


def _settings() -> Check:
    try:
        book = Environments(Settings(), KeyringIds())
        count = len(book.all())
        notices = book.take_notices()
    except GcdeskError as error:
        return failed("settings", error)
    if notices:
        return warning(
            "settings", " ".join(notices), "Look at the settings file, or add the environment again."
        )
    if count == 1:
        return ok("settings", "The settings can be read; they hold one environment.")
    return ok("settings", Phrase("The settings can be read; they hold {count} environments.", count=count))
