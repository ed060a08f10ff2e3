"""Programs of the operating system that some tests need."""

from __future__ import annotations

import shutil
import sys

import pytest


def need_linux_tool(name: str, package: str) -> str:
    """Return the path of a program.

    Args:
        name: The program.
        package: The Debian package it comes in.

    Raises:
        pytest.skip.Exception: This is not Linux.
        pytest.fail.Exception: This is Linux and the program is missing: a test must not fall silent there.
    """
    if not sys.platform.startswith("linux"):
        pytest.skip(f"{name} runs on Linux only")
    path = shutil.which(name)
    if path is None:
        pytest.fail(
            f"This test needs {name}. Install the package {package}, "
            "or run `python3 packaging/bootstrap.py test` as root.",
            pytrace=False,
        )
    return path
