"""A real X server without a screen."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.tools import need_linux_tool


@contextmanager
def virtual_display(width: int = 1600, height: int = 1000, cookies: Path | None = None) -> Iterator[str]:
    """Run Xvfb while the block lasts and give the value for DISPLAY, such as ":99".

    Xvfb finds a free display number itself and writes it once it takes connections, so nothing is guessed.

    Args:
        width: Pixels.
        height: Pixels.
        cookies: An Xauthority file; only who sends one of its cookies is let in. All are if left out.
    """
    xvfb = need_linux_tool("Xvfb", "xvfb")
    reading, writing = os.pipe()
    command = [xvfb, "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"]
    with subprocess.Popen(
        [*command, "-nolisten", "tcp", "-noreset", *(["-auth", str(cookies)] if cookies else [])],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as pipe:
                number = pipe.readline().strip()
            if not number:
                assert server.stderr is not None
                raise RuntimeError(f"Xvfb did not start: {server.stderr.read()}")
            yield f":{number}"
        finally:
            server.terminate()
            server.wait(10)
