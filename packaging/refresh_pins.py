#!/usr/bin/env python3
"""Writes the pinned versions anew from pyproject.toml: `python3 packaging/refresh_pins.py`.

The newest versions that pyproject.toml allows are resolved for every supported Python and system at once,
with the hashes of all their published files. Run the tests afterwards, then commit both. What is pinned:

    requirements.txt        what gcdesk needs to run, and to be installed
    requirements-test.txt   the same, and what the tests need
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--upgrade", "--quiet")
# The files must not say where this machine gets its packages.
SILENT = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
HEADER = "# Written by packaging/refresh_pins.py; change pyproject.toml and run that instead.\n"


def main() -> None:
    """Resolve and write both files."""
    with tempfile.TemporaryDirectory(prefix="gcdesk-pins-") as directory:
        venv.create(directory, with_pip=True)
        python = Path(directory) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        subprocess.run([python, "-m", "pip", "install", "-qq", "uv>=0.5"], check=True)
        test = resolve(python, "test", [])
        # The same versions, without what only the tests need.
        constraints = Path(directory) / "constraints.txt"
        constraints.write_text(test, encoding="utf-8")
        runtime = resolve(python, "build", ["--constraints", str(constraints)])
    for name, text in (("requirements-test.txt", test), ("requirements.txt", runtime)):
        (PROJECT / "packaging" / name).write_text(HEADER + text, encoding="utf-8")


def resolve(python: Path, group: str, options: list[str]) -> str:
    """Return the pins for gcdesk itself and one dependency group."""
    command = [str(python), "-m", "uv", "pip", "compile", *OPTIONS, *SILENT, *options]
    done = subprocess.run(
        [*command, "--group", f"pyproject.toml:{group}", "pyproject.toml"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    main()
