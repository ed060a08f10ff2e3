"""A real Secret Service (gnome-keyring) on a D-Bus session of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.tools import need_linux_tool

# No service directories: a second daemon, started by the bus, would race ours with locked collections.
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={directory}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

_START_TIMEOUT = 20.0


@contextmanager
def private_bus(directory: Path) -> Iterator[str]:
    """Run a session bus of its own while the block lasts, and return its address."""
    dbus = need_linux_tool("dbus-daemon", "dbus-daemon")
    config = directory / "bus.conf"
    config.write_text(_BUS_CONFIG.format(directory=directory), encoding="utf-8")
    with ExitStack() as stack:
        command = [dbus, f"--config-file={config}", "--nofork", "--print-address=1"]
        bus = _start(stack, command, dict(os.environ))
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()


@contextmanager
def private_secret_service(directory: Path) -> Iterator[dict[str, str]]:
    """Run an unlocked, empty gnome-keyring while the block lasts.

    Args:
        directory: An empty directory for its home, its data and its sockets. Its path must be short, as
            that of any Unix socket (about 100 characters).

    Returns:
        The environment variables with which a program reaches it through the `keyring` package.
    """
    dbus = need_linux_tool("dbus-daemon", "dbus-daemon")
    keyring = need_linux_tool("gnome-keyring-daemon", "gnome-keyring")
    home, runtime = directory / "home", directory / "run"
    for made in (home, runtime):
        made.mkdir(mode=0o700)
    config = directory / "bus.conf"
    config.write_text(_BUS_CONFIG.format(directory=runtime), encoding="utf-8")
    private = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "data")}
    environment = {**os.environ, **private}
    with ExitStack() as stack:
        bus = _start(stack, [dbus, f"--config-file={config}", "--nofork", "--print-address=1"], environment)
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        daemon = _start(stack, [keyring, "--foreground", "--unlock", "--components=secrets"], environment)
        assert daemon.stdin is not None
        daemon.stdin.write("a password that locks nothing of value")
        daemon.stdin.close()
        _wait_until_it_answers(daemon, environment)
        yield {
            "DBUS_SESSION_BUS_ADDRESS": address,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
        }


def _start(stack: ExitStack, command: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    process = stack.enter_context(
        subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    )
    stack.callback(process.wait, 10)
    stack.callback(process.terminate)
    return process


_ASK = """
import contextlib, secretstorage
with contextlib.closing(secretstorage.dbus_init()) as bus:
    assert not secretstorage.get_default_collection(bus).is_locked()
"""


def _wait_until_it_answers(daemon: subprocess.Popen[str], environment: dict[str, str]) -> None:
    deadline = time.monotonic() + _START_TIMEOUT
    while True:
        asked = subprocess.run(
            [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=False
        )
        if asked.returncode == 0:
            return
        if daemon.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"gnome-keyring did not start: {asked.stderr}")
