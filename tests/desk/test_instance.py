"""One window for a settings folder, whatever became of the last one."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gcdesk.desk.instance import Instance

HOLD = """
import sys, pathlib
from gcdesk.desk.instance import Instance
one = Instance(pathlib.Path(sys.argv[1]))
print(one.claim(), flush=True)
one.publish("somewhere")
print("published", flush=True)
sys.stdin.read()
"""


def test_only_one_has_the_window(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.claim()
    assert not second.claim()
    first.free()
    assert second.claim()
    second.free()


def test_the_address_is_the_owners_business(tmp_path: Path) -> None:
    one = Instance(tmp_path / "new")
    assert one.claim()
    assert one.address() == ""
    one.publish("somewhere")
    assert Instance(tmp_path / "new").address() == "somewhere"
    for name in ("window.lock", "window.address"):
        assert stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) == 0o600
    one.free()
    assert one.address() == ""
    one.free()


def test_a_killed_window_keeps_nobody_out(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert holder.stdout.readline() == "published\n"
        one = Instance(tmp_path)
        assert not one.claim()
        assert one.address() == "somewhere"
        holder.kill()
        holder.wait(20)
        assert one.claim()
        assert one.address() == ""
        one.free()


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
@pytest.mark.parametrize("shared", [False, True])
def test_the_socket_stands_where_only_its_owner_can_go(tmp_path: Path, shared: bool) -> None:
    folder = tmp_path / ("open" if shared else "deep" * 30)
    folder.mkdir(0o755 if shared else 0o700)
    one = Instance(folder)
    assert one.claim()
    place = Path(one.place_for_socket())
    assert len(str(place)) < 100
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    one.free()
    assert not place.parent.exists()
