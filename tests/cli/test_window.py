"""The window as the command line starts it: with its simulator, its log level, and a clean end."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from gcdesk.cli.window import SimulatorHandle
from gcdesk.errors import DeskError
from gcdesk.simulator import DEMO_DEPLOYMENT_ID, SimulatorOptions
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def test_the_demo_prints_one_line_and_ends_cleanly(gcdesk: Gcdesk) -> None:
    process = gcdesk("demo", "--autostart", environment=OFFSCREEN)
    line = process.line()
    assert "ws://127.0.0.1:" in line
    assert DEMO_DEPLOYMENT_ID in line
    process.terminate()
    assert process.wait() == 0
    assert process.stdout.splitlines() == [line]
    assert process.stderr == ""


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--fault", "no-such-fault"], ["--delay", "x"]])
def test_the_demo_refuses_what_makes_no_sense(gcdesk: Gcdesk, arguments: list[str]) -> None:
    process = gcdesk("demo", *arguments, environment=OFFSCREEN)
    assert process.wait() == 2
    assert "Error: " in process.stderr


def test_the_handle_starts_tells_and_stops() -> None:
    told: list[str] = []
    handle = SimulatorHandle(SimulatorOptions(), told.append)
    url, deployment_id = handle.start()
    assert deployment_id == DEMO_DEPLOYMENT_ID
    assert [url in line and deployment_id in line for line in told] == [True]
    page = url.replace("ws://", "http://").removesuffix("v1")
    with urllib.request.urlopen(page) as answer:
        assert b"gcdesk simulator" in answer.read()
    handle.stop()
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(page)
    handle.stop()


def test_the_handle_masks_a_deployment_that_is_not_the_demonstration() -> None:
    told: list[str] = []
    deployment = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
    handle = SimulatorHandle(SimulatorOptions(deployment_id=deployment), told.append)
    assert handle.start()[1] == deployment
    handle.stop()
    assert deployment not in told[0]


def test_a_busy_port_is_an_error_the_window_can_show() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        handle = SimulatorHandle(SimulatorOptions(port=server.getsockname()[1]))
        with pytest.raises(DeskError, match="already in use"):
            handle.start()
    handle.stop()
