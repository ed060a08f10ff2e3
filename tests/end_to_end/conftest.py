"""Starting the window under a real X server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.desktop import Desktop, environment
from tests.support.process import GcdeskProcess

OpenDemo = Callable[..., Desktop]


@pytest.fixture
def demo(xvfb: str, gcdesk: Callable[..., GcdeskProcess], tmp_path: Path) -> OpenDemo:
    """Start `gcdesk demo` with a record of the frames, as in `demo("--fault", "silent")`."""

    def start(*options: str) -> Desktop:
        frames = tmp_path / "frames.jsonl"
        process = gcdesk("demo", "--frames", str(frames), *options, environment=environment(xvfb))
        return Desktop(xvfb, frames, process)

    return start
