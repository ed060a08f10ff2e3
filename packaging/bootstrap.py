#!/usr/bin/env python3
"""Sets gcdesk up from its source and runs it; needs nothing but Python 3.11, 3.12 or 3.13.

    python3 packaging/bootstrap.py demo     open the window on the built-in simulator
    python3 packaging/bootstrap.py test     check style and types, then run the tests
    python3 packaging/bootstrap.py setup    only set up

What follows `demo` is handed to `gcdesk demo`, what follows `test` to pytest.

A virtual environment in .venv gets the pinned dependencies, each checked against its hash, and gcdesk itself
in editable form. A second run finds all that in place and takes no time. On Debian and Ubuntu, run as root,
missing system libraries are installed too; elsewhere their packages are named. Pip's own settings, such as a
proxy or another index, are respected.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import system_needs

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
STAMP = "gcdesk-setup.json"
OLDEST, NEWEST = (3, 11), (3, 13)

RUNTIME_PINS = PROJECT / "packaging" / "requirements.txt"
TEST_PINS = PROJECT / "packaging" / "requirements-test.txt"


DISPLAY_ADVICE = """\
One of these gives it one:
  - run this in a terminal on the desktop itself
  - from another machine with a desktop, connect to this one with ssh -X and run it again
  - without any screen, install the packages xvfb and xauth and run
    xvfb-run -a python3 packaging/bootstrap.py demo
The commands `gcdesk chat` and `gcdesk simulate` need no display."""


class SetupError(Exception):
    """Something that a person has to put right; the text says what and how."""


def say(sentence: str) -> None:
    """Print one line of progress."""
    print(sentence, flush=True)


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Raise SetupError, with a Python on this machine that would do, unless this one does."""
    if OLDEST <= version[:2] <= NEWEST:
        return
    here = ".".join(str(part) for part in version)
    others = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = next((name for name in others if _runs(name)), None)
    advice = f"Run this with {found} instead." if found else "Install one of them and run this with it."
    raise SetupError(f"gcdesk needs Python 3.11, 3.12 or 3.13; this is {here}. {advice}")


def _runs(python: str) -> bool:
    # A name on the path may be a version manager's stand-in for a Python that is not chosen.
    path = shutil.which(python)
    return path is not None and subprocess.run([path, "-V"], capture_output=True, check=False).returncode == 0


# -- the system -------------------------------------------------------------------------------------------


def ensure_system(needs: tuple[system_needs.Need, ...]) -> None:
    """Install what the system lacks where that is ours to do, else raise SetupError naming it."""
    missing = system_needs.missing_needs(needs)
    if not missing:
        return
    family = system_needs.distribution_family()
    if family == "debian" and is_root() and shutil.which("apt-get"):
        packages = system_needs.packages_of(missing, family)
        say(f"Installing system packages: {' '.join(packages)}")
        apt_install(packages)
        missing = system_needs.missing_needs(needs)
        if not missing:
            return
    names = ", ".join(need.name for need in missing)
    raise SetupError(f"This system lacks: {names}.\n{system_needs.install_sentence(missing, family)}")


def is_root() -> bool:
    """Whether system packages may be installed without asking."""
    return os.name == "posix" and os.geteuid() == 0


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, fetching the lists only if they are missing or too old to be of use."""
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    first = run_quietly(install)
    if first.returncode == 0:
        return
    update = run_quietly(["apt-get", "update", "--quiet"])
    again = run_quietly(install)
    if again.returncode != 0:
        what = update if update.returncode != 0 else again
        raise SetupError(
            f"apt-get could not install {' '.join(packages)}:\n{what.stdout.strip()}\n"
            "Check the network and the package sources, then run this again."
        )


def run_quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run apt-get without questions; both outputs come back as one text."""
    return subprocess.run(
        [*command[:1], "-o", "DPkg::Lock::Timeout=300", *command[1:]],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


# -- the virtual environment ------------------------------------------------------------------------------


def venv_program(name: str) -> Path:
    """The path of a program in the virtual environment."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def wanted_stamp(pins: Path) -> dict[str, str]:
    """What a finished environment records: it must be made anew if any of "python" and "place" differs."""
    return {
        "python": f"{sys.version.split()[0]} {sys.base_prefix}",
        "place": str(PROJECT),
        "project": _installed_part(PROJECT / "pyproject.toml"),
        pins.name: _digest(pins.read_bytes()),
    }


def _installed_part(pyproject: Path) -> str:
    # The settings of linters and tests stand in the same file and change nothing that is installed.
    import tomllib

    content = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    part = [content.get("build-system"), content.get("project"), content.get("tool", {}).get("hatch")]
    return _digest(json.dumps(part, sort_keys=True).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_stamp() -> dict[str, str]:
    """What the environment records about itself; nothing if it was never finished or its Python is gone."""
    try:
        stamp = json.loads((VENV / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stamp, dict) or not venv_program("python").exists():
        return {}
    return stamp


def up_to_date(stamp: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether nothing has to be installed."""
    return all(stamp.get(key) == value for key, value in wanted.items())


def ensure_venv(pins: Path) -> None:
    """Bring the virtual environment to the pinned versions, or leave it alone if it is there."""
    stamp, wanted = read_stamp(), wanted_stamp(pins)
    if up_to_date(stamp, wanted):
        return
    if any(stamp.get(key) != wanted[key] for key in ("python", "place")):
        make_venv()
        stamp = {}
    # Without its record an environment counts as half made, should this be interrupted.
    (VENV / STAMP).unlink(missing_ok=True)
    say("Installing the pinned dependencies (some 100 MB the first time)")
    install("--only-binary=:all:", "--require-hashes", "--no-deps", "-r", str(pins))
    install("--no-build-isolation", "--no-deps", "--editable", str(PROJECT))
    record = {**stamp, **wanted}
    if pins == TEST_PINS:
        # The test pins hold all the runtime pins.
        record[RUNTIME_PINS.name] = _digest(RUNTIME_PINS.read_bytes())
    (VENV / STAMP).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def make_venv() -> None:
    """Make the virtual environment, from nothing."""
    say(f"Making a virtual environment in {VENV.name}" + (" anew" if VENV.exists() else ""))
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise SetupError(f"The virtual environment could not be made:\n{made.stdout.strip()}")


def install(*arguments: str) -> None:
    """Run pip in the virtual environment; its errors go to the terminal as they are."""
    # Twice quiet: progress and warnings about the person's own pip settings are noise, errors still show.
    command = [str(venv_program("python")), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if subprocess.run([*command, *arguments], stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise SetupError(
            "pip could not install what gcdesk needs; its own words are above.\n"
            "Check the network and the proxy (HTTPS_PROXY, pip's settings), then run this again."
        )


def compile_sources() -> None:
    """Compile gcdesk's own modules: where Python is told not to keep them, each start would do it again."""
    python = str(venv_program("python"))
    subprocess.run([python, "-m", "compileall", "-qq", str(PROJECT / "gcdesk")], check=False)


# -- the commands -----------------------------------------------------------------------------------------


def setup(needs: tuple[system_needs.Need, ...], pins: Path) -> None:
    """Make everything ready; takes a moment only when it is."""
    ensure_system(needs)
    ensure_venv(pins)
    compile_sources()


def check_display() -> None:
    """Raise SetupError where no window can open, before any time is spent on it."""
    # Only now: gcdesk's own modules are written for the Pythons that were just checked for.
    sys.path.insert(0, str(PROJECT))
    from gcdesk.cli import display

    try:
        display.check_display()
    except display.DisplayError as error:
        raise SetupError(f"{error.title}\n{DISPLAY_ADVICE}") from error


def demo(arguments: list[str]) -> int:
    """Open the window on the simulator."""
    if "--help" not in arguments:
        check_display()
    setup(system_needs.WINDOW_NEEDS, RUNTIME_PINS)
    command = [str(venv_program("python")), "-m", "gcdesk", "demo", *arguments]
    if os.name == "posix":
        # Signals then reach the program itself, and its exit status is ours.
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def test(arguments: list[str]) -> int:
    """Check style and types and run the tests, all of them even when one fails; pytest has the last word."""
    setup(system_needs.TEST_NEEDS, TEST_PINS)
    failed = 0
    for title, command in (
        ("Checking style", ["ruff", "check"]),
        ("Checking format", ["ruff", "format", "--check"]),
        ("Checking types", ["mypy"]),
        ("Running the tests", ["pytest", *arguments]),
    ):
        say(title)
        program = [str(venv_program("python")), "-m", *command]
        status = subprocess.run(program, cwd=PROJECT, stdin=subprocess.DEVNULL, check=False).returncode
        failed = status or failed
    return failed


def main(arguments: list[str]) -> int:
    """Do what the command line says; returns the exit status."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in ("-h", "--help"):
        print(__doc__)
        return 0
    if command not in ("demo", "test", "setup") or (command == "setup" and rest):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        check_python()
        if command == "demo":
            return demo(rest)
        if command == "test":
            return test(rest)
        setup(system_needs.WINDOW_NEEDS, RUNTIME_PINS)
        say("gcdesk is ready: " + str(venv_program("gcdesk")))
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
