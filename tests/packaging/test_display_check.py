"""Without a display a sentence is said, not a Qt abort."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from display_check import display_problem

from tests.support.places import PROJECT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux may have no display")


def test_no_display_is_a_problem_with_advice() -> None:
    problem = display_problem({})
    assert problem.startswith("There is no display here")
    assert "ssh -X" in problem
    assert "xvfb-run" in problem


def test_a_display_that_is_not_there_is_a_problem() -> None:
    assert display_problem({"DISPLAY": ":54321"}).startswith("The display :54321 does not answer")


def test_a_display_that_answers_is_none(xvfb: str) -> None:
    assert display_problem({"DISPLAY": xvfb}) == ""


def test_a_wayland_display_that_answers_is_none() -> None:
    with tempfile.TemporaryDirectory() as directory, socket.socket(socket.AF_UNIX) as server:
        environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": directory}
        assert display_problem(environ).startswith("The display wayland-7 does not answer")
        server.bind(str(Path(directory) / "wayland-7"))
        server.listen()
        assert display_problem(environ) == ""


def test_x_will_do_where_wayland_does_not_answer(xvfb: str, tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": xvfb}
    assert display_problem(environ) == ""


@pytest.mark.parametrize("platform", ["offscreen", "vnc:size=800x600"])
def test_a_platform_that_needs_no_server_is_none(platform: str) -> None:
    assert display_problem({"QT_QPA_PLATFORM": platform}) == ""


def test_the_demo_says_so_and_ends_before_it_does_anything() -> None:
    without = {name: value for name, value in os.environ.items() if name not in _NAMES}
    ran = subprocess.run(
        [sys.executable, PROJECT / "packaging" / "bootstrap.py", "demo"],
        env=without,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.strip() == display_problem({})


_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
