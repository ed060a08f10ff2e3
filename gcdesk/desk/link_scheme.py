"""Telling this computer that gcdesk:// links belong to gcdesk, for one person and without rights over others.

The law of this file: a link reaches the program as one argument after `--`, so that nothing in it can become an
option or a command of its own.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from gcdesk.desk.files import write_whole
from gcdesk.desk.opening import SCHEME
from gcdesk.errors import LinksError
from gcdesk.phrase import Phrase
from gcdesk.resources import resource_path

DESKTOP_FILE = "gcdesk.desktop"
"""The window says the same name of itself, so that desktops show its icon."""

_MIME_TYPE = f"x-scheme-handler/{SCHEME}"
_REGISTRY_KEY = rf"Software\Classes\{SCHEME}"
_PATIENCE = 10.0
# Within a quoted argument these need a backslash (Desktop Entry Specification, the Exec key).
_QUOTED = str.maketrans({sign: f"\\{sign}" for sign in '"`$\\'})


def register() -> str:
    """Let gcdesk:// links open this program, and return where that is written; doing it again changes nothing.

    Raises:
        LinksError: It cannot be done here, or the system did not take it.
    """
    if sys.platform == "win32":
        return _register_in_windows()
    if sys.platform == "darwin":
        raise LinksError(
            "macOS opens links only with programs that are installed as an application.",
            "Give the link to gcdesk open instead, in quotes.",
        )
    return _register_on_desktop()


def unregister() -> bool:
    """Take it back; says whether there was something to take back. Raises LinksError."""
    if sys.platform == "win32":
        return _unregister_in_windows()
    if sys.platform == "darwin":
        return False
    path = _desktop_path()
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _not_written(path, error) from error
    _update(path.parent)
    return True


# Linux and other desktops of freedesktop.org


def desktop_entry() -> str:
    """The desktop entry that starts this very installation (Desktop Entry Specification, version 1.5)."""
    command = " ".join([_desktop_quoted(part) for part in _command()] + ["%u"])
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.5",
            "Name=gcdesk",
            "Comment=Test chats on Genesys Cloud Web Messaging",
            f"Icon={_desktop_text(str(resource_path('icons', 'gcdesk.png')))}",
            f"Exec={command}",
            "Terminal=false",
            "Categories=Development;Network;",
            f"MimeType={_MIME_TYPE};",
            "StartupNotify=true",
            "StartupWMClass=gcdesk",
            "",
        ]
    )


def _register_on_desktop() -> str:
    path = _desktop_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, desktop_entry())
    except OSError as error:
        raise _not_written(path, error) from error
    _update(path.parent)
    if _run("xdg-mime", "default", DESKTOP_FILE, _MIME_TYPE) != 0:
        raise LinksError(
            Phrase(
                "The program is known to the desktop in {path}, but not as the one for its links.", path=path
            ),
            Phrase("Install xdg-utils and try again, or choose gcdesk for {kind} yourself.", kind=_MIME_TYPE),
        )
    return str(path)


def _desktop_path() -> Path:
    home = os.environ.get("XDG_DATA_HOME", "")
    data = Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "share"
    return data / "applications" / DESKTOP_FILE


def _update(folder: Path) -> None:
    # Desktops look themselves, too; where the tool is there they see it at once.
    _run("update-desktop-database", "-q", str(folder))


def _run(*command: str) -> int:
    try:
        return subprocess.run(  # noqa: S603 - fixed commands, no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return -1


def _desktop_quoted(part: str) -> str:
    # A percent sign would begin a field code; the quoting comes before that of the file's own texts.
    quoted = part.replace("%", "%%").translate(_QUOTED)
    return _desktop_text(f'"{quoted}"')


def _desktop_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


# Windows


def _register_in_windows() -> str:
    winreg = _winreg()
    command = f'{subprocess.list2cmdline(_command())} "%1"'
    try:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY) as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, "URL:gcdesk")
            winreg.SetValueEx(key, "URL Protocol", 0, winreg.REG_SZ, "")
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"{_REGISTRY_KEY}\shell\open\command") as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, command)
    except OSError as error:
        raise _not_written(_REGISTRY_KEY, error) from error
    return rf"HKEY_CURRENT_USER\{_REGISTRY_KEY}"


def _unregister_in_windows() -> bool:
    winreg = _winreg()
    found = False
    # A key goes only when nothing is left below it.
    for below in (r"\shell\open\command", r"\shell\open", r"\shell", ""):
        with contextlib.suppress(FileNotFoundError):
            try:
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY + below)
            except PermissionError as error:
                raise _not_written(_REGISTRY_KEY, error) from error
            found = True
    return found


def _winreg() -> Any:
    # There is one on Windows only.
    return importlib.import_module("winreg")


def _command() -> list[str]:
    # This very interpreter, whatever the PATH says, and -P: no module of the folder in which a link is followed.
    program = Path(sys.executable)
    windowed = program.with_name("pythonw.exe")
    chosen = windowed if program.name.lower() == "python.exe" and windowed.exists() else program
    return [str(chosen), "-P", "-m", "gcdesk", "open", "--"]


def _not_written(where: object, error: OSError) -> LinksError:
    return LinksError(
        Phrase("Links of gcdesk could not be registered: {where} cannot be changed.", where=where),
        Phrase("Check it, then try again: {reason}.", reason=error.strerror or type(error).__name__),
    )
