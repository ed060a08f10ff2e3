"""The fuzzer in short, and that it would notice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gcdesk.guest.hearing import Hearing
from gcdesk.guest.session import Session
from gcdesk.guest.states import State
from tests.fuzz import lives
from tests.fuzz.mutate import Mutator


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thousands_of_broken_frames_in_every_state(seed: int) -> None:
    heard = lives.fuzz(3000, seed)
    assert sum(heard.values()) == 3000
    assert {State.CONNECTED.value, State.CONFIGURED.value} <= set(heard)


def test_the_same_seed_gives_the_same_frames() -> None:
    one, other = Mutator(7), Mutator(7)
    assert [one.frame() for _ in range(200)] == [other.frame() for _ in range(200)]


def test_a_frame_that_raises_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Hearing, "hear", raising)
    with pytest.raises(ZeroDivisionError) as caught:
        lives.fuzz(100, 1)
    assert any("seed 1, frame" in note for note in caught.value.__notes__)


def test_a_swallowed_frame_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "received", lambda *_: None)
    with pytest.raises(lives.WrongError, match="not reported"):
        lives.fuzz(100, 1)


def test_it_runs_from_a_terminal() -> None:
    script = Path(lives.__file__).with_name("fuzz_frames.py")
    done = subprocess.run(
        [sys.executable, str(script), "--frames", "500"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "500 frames" in done.stdout
