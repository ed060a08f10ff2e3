"""The guest package loads nothing that a program waiting for its first reply would feel."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.places import PROJECT

MODULES = sorted(path.stem for path in (PROJECT / "gcdesk" / "guest").glob("*.py") if path.stem != "__init__")
HEAVY = (
    "asyncio",
    "ssl",
    "socket",
    "random",
    "logging",
    "urllib.request",
    "aiohttp",
    "websockets",
    "PySide6",
)

_LOADED = """
import importlib, sys
before = set(sys.modules)
importlib.import_module("gcdesk.guest." + sys.argv[1])
heavy = set(sys.argv[2:])
print(*sorted((set(sys.modules) - before) & heavy))
"""


@pytest.mark.parametrize("module", MODULES)
def test_no_module_of_it_loads_anything_heavy(module: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED, module, *HEAVY],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert ran.stdout.split() == []
