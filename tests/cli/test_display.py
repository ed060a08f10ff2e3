"""Where no window can be opened, a sentence says so before Qt is loaded."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gcdesk.cli.display import DisplayError, check_display
from tests.support.display import virtual_display
from tests.support.process import GcdeskProcess

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are named so on Linux")

Gcdesk = Callable[..., GcdeskProcess]


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("command", [[], ["demo"]], ids=["gcdesk", "gcdesk demo"])
@pytest.mark.parametrize(
    "environment",
    [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "wayland-4711"}],
    ids=["none", "X", "Wayland"],
)
def test_without_a_display_the_window_says_how_to_get_one(
    gcdesk: Gcdesk, command: list[str], environment: dict[str, str]
) -> None:
    process = gcdesk(*command, environment=environment)
    assert process.wait() == 3
    assert "display" in process.stderr
    assert "xvfb-run gcdesk" in process.stderr
    assert "Traceback" not in process.stderr
    assert process.stdout == ""


def test_a_real_x_server_is_found(xvfb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", xvfb)
    check_display()
    monkeypatch.setenv("DISPLAY", f"{xvfb}.0")
    check_display()
    monkeypatch.setenv("DISPLAY", f"unix{xvfb}")
    check_display()


def test_an_x_server_that_asks_for_a_cookie_lets_in_who_has_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fields = (b"", b"", b"MIT-MAGIC-COOKIE-1", b"sixteen bytes it")
    cookies, none = tmp_path / "cookies", tmp_path / "none"
    cookies.write_bytes(b"\xff\xff" + b"".join(len(field).to_bytes(2, "big") + field for field in fields))
    none.touch()
    with virtual_display(cookies=cookies) as display:
        monkeypatch.setenv("DISPLAY", display)
        monkeypatch.setenv("XAUTHORITY", str(cookies))
        check_display()
        monkeypatch.setenv("XAUTHORITY", str(none))
        with pytest.raises(DisplayError, match="does not let this user in"):
            check_display()


def test_an_x_server_elsewhere_is_found_by_its_port(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{number}")
        check_display()
    with pytest.raises(DisplayError, match="does not answer"):
        check_display()


def test_a_wayland_compositor_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(DisplayError):
        check_display()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        check_display()
        monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
        with pytest.raises(DisplayError):
            check_display()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc", "vnc:size=800x600", "offscreen;xcb"])
def test_platforms_without_a_screen_need_none(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    check_display()


@pytest.mark.parametrize("display", [":99999999", "host.invalid:0", "[::1]:64000", ":4711.0"])
def test_strange_displays_do_not_answer(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(DisplayError):
        check_display()


def test_what_it_does_not_understand_is_left_to_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "/private/tmp/launch-x/org.xquartz")
    check_display()
