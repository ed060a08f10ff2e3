"""The command itself: what it answers, what it loads, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from gcdesk import __version__
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]

HEAVY = ("PySide6", "qasync", "aiohttp", "keyring", "truststore", "platformdirs", "websockets", "asyncio")


def test_it_tells_its_version(gcdesk: Gcdesk) -> None:
    process = gcdesk("--version")
    assert process.wait() == 0
    assert process.stdout == f"gcdesk {__version__}\n"


def test_help_names_every_command_and_status(gcdesk: Gcdesk) -> None:
    process = gcdesk("--help")
    assert process.wait() == 0
    for word in ("chat", "demo", "env", "simulate", "--version", "--log-level", "130 interrupted"):
        assert word in process.stdout
    assert process.stderr == ""


@pytest.mark.parametrize("command", ["chat", "demo", "env", "simulate"])
def test_every_command_has_help(gcdesk: Gcdesk, command: str) -> None:
    process = gcdesk(command, "--help")
    assert process.wait() == 0
    assert (
        process.stdout.startswith(f"Usage: gcdesk {command}") or "Usage: python -m gcdesk" in process.stdout
    )


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["--nonsense"], ["chat", "--nonsense"], ["--log-level", "loud"]]
)
def test_a_wrong_command_line_is_bad_input(gcdesk: Gcdesk, arguments: list[str]) -> None:
    process = gcdesk(*arguments)
    assert process.wait() == 2
    assert "Error: " in process.stderr
    assert process.stdout == ""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["chat", "--help"], ["simulate", "--help"]], ids=" ".join
)
def test_asking_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; sys.argv[0] = 'gcdesk'\n"
        "from gcdesk.cli.main import main\n"
        "try: main()\n"
        f"finally: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=30, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "[]\n")


def test_a_reader_that_goes_away_is_no_crash() -> None:
    # The reading end is closed before anything is written.
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; sys.stdin.read(); from gcdesk.cli.main import main; main()",
            "--help",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1
