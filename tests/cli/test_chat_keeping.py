"""A chat of the terminal is in the history as it happened, and a history in trouble is only a warning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gcdesk.simulator import SimulatorThread
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]


@pytest.fixture
def chat(gcdesk: Gcdesk, tmp_path: Path) -> Callable[..., GcdeskProcess]:
    """Runs `gcdesk` with a settings directory of its own."""

    def run(*arguments: str) -> GcdeskProcess:
        process = gcdesk(*arguments, environment={"GCDESK_CONFIG_DIR": str(tmp_path)})
        process.wait()
        assert "Traceback" not in process.stderr
        return process

    return run


def say_hello(simulator: SimulatorThread) -> tuple[str, ...]:
    place = ("--url", simulator.url, "--deployment-id", simulator.deployment_id)
    return ("chat", *place, "--crm-id", "0042", "--say", "hello")


def test_a_chat_is_kept_from_the_first_event_to_the_last(chat: Callable[..., GcdeskProcess]) -> None:
    with SimulatorThread() as simulator:
        assert chat(*say_hello(simulator)).wait() == 0
    listed = json.loads(chat("history", "list", "--json").stdout)
    (kept,) = listed if isinstance(listed, list) else [listed]
    assert kept["crmId" if "crmId" in kept else "crm_id"] == "0042"
    shown = chat("history", "show", str(kept["id"])).stdout
    assert "hello" in shown
    assert "simulator" in shown


def test_who_wants_no_history_has_none(chat: Callable[..., GcdeskProcess], tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"keep_history": false}', "utf-8")
    with SimulatorThread() as simulator:
        assert chat(*say_hello(simulator)).wait() == 0
    assert not list(tmp_path.glob("history*"))


def test_a_history_that_cannot_be_written_is_a_warning(
    chat: Callable[..., GcdeskProcess], tmp_path: Path
) -> None:
    (tmp_path / "history.db").mkdir()
    with SimulatorThread() as simulator:
        done = chat(*say_hello(simulator))
    assert done.wait() == 0
    assert done.stderr.count("Warning") == 1
