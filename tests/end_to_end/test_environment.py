"""An environment of one's own: kept by the terminal in a real Secret Service, used by the window."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gcdesk.simulator import DEMO_DEPLOYMENT_ID
from tests.end_to_end.desktop import Desktop, environment
from tests.support.process import GcdeskProcess

Start = Callable[..., GcdeskProcess]


@pytest.fixture
def own(xvfb: str, gcdesk: Start, tmp_path: Path, secret_service: dict[str, str]) -> Callable[[str], Desktop]:
    """Keep an environment for an address and open the window with it, as `own("ws://127.0.0.1:1234/v1")`."""

    def start(url: str) -> Desktop:
        added = gcdesk(
            *("env", "add", "Another", "--url", url, "--deployment-id", DEMO_DEPLOYMENT_ID),
            environment=secret_service,
        )
        assert added.wait() == 0, added.stderr
        window = gcdesk("--log-level", "debug", environment=environment(xvfb, secret_service))
        desktop = Desktop(xvfb, tmp_path / "frames.jsonl", window)
        desktop.wait_for_log("2 environments, Built-in simulator is chosen")
        return desktop

    return start


def choose_the_first_environment(desktop: Desktop) -> None:
    """The list opens by keyboard; environments stand before the simulator."""
    desktop.key("ctrl+shift+e", "Down", "Return")
    desktop.wait_for_log("Another is chosen now")


def test_ids_come_from_the_keyring_and_stay_there(
    gcdesk: Start, tmp_path: Path, own: Callable[[str], Desktop]
) -> None:
    simulator = gcdesk("simulate", "--frames", str(tmp_path / "frames.jsonl"))
    url = simulator.line_with("ready").split(" ready at ")[1].split()[0]
    desktop = own(url)
    choose_the_first_environment(desktop)
    desktop.key("ctrl+n")
    desktop.start("CUST-7")
    configure = desktop.wait_for_frame("configureSession")
    assert configure["deploymentId"] == DEMO_DEPLOYMENT_ID
    desktop.type("hello")
    desktop.key("Return")
    desktop.wait_for_message("hello")
    desktop.expect_clean_end(desktop.close_window)
    settings = Path(os.environ["GCDESK_CONFIG_DIR"], "settings.json").read_text(encoding="utf-8")
    assert DEMO_DEPLOYMENT_ID not in settings
    # The window opens where it was left: on that environment.
    assert json.loads(settings)["window"]["shelf"]["chosen"] == "Another"


@contextmanager
def server_that_never_answers() -> Iterator[tuple[int, threading.Event]]:
    """A port that takes connections and keeps silent; the event tells of the first one."""
    reached = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def accept() -> None:
            try:
                while True:
                    kept.append(server.accept()[0])
                    reached.set()
            except OSError:
                return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1], reached
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for connection in kept:
            connection.close()


@pytest.mark.parametrize("way", ["window", "signal"])
def test_closing_while_nobody_answers(own: Callable[[str], Desktop], way: str) -> None:
    with server_that_never_answers() as (port, reached):
        desktop = own(f"ws://127.0.0.1:{port}/v1")
        choose_the_first_environment(desktop)
        desktop.key("ctrl+n")
        desktop.start("1")
        assert reached.wait(20), desktop.process.stderr
        desktop.expect_clean_end(desktop.close_window if way == "window" else desktop.process.terminate)
