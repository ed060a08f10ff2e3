"""Registering links: with the desktop's own tools, for one person, and back again."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Self

import pytest

from gcdesk.desk.link_scheme import desktop_entry, register, unregister
from gcdesk.errors import LinksError

linux = pytest.mark.skipif(sys.platform != "linux", reason="the desktop's files are Linux's")

XDG_MIME = """#!/bin/sh
echo "$@" >> "$CALLS"
exit "$STATUS"
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop's tools that note how they are called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("xdg-mime", "update-desktop-database"):
        (folder / name).write_text(XDG_MIME)
        (folder / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("STATUS", "0")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "calls"


@linux
def test_the_desktop_learns_of_the_links_and_forgets_them(tools: Path, tmp_path: Path) -> None:
    where = Path(register())
    assert where == tmp_path / "data" / "applications" / "gcdesk.desktop"
    entry = where.read_text()
    assert "MimeType=x-scheme-handler/gcdesk;\n" in entry
    calls = tools.read_text().splitlines()
    assert calls == [f"-q {where.parent}", "default gcdesk.desktop x-scheme-handler/gcdesk"]
    assert register() == str(where)
    assert where.read_text() == entry
    assert unregister()
    assert not where.exists()
    assert not unregister()


@linux
def test_a_link_is_one_argument_and_no_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / 'an odd "$place" 100%' / "python"
    monkeypatch.setattr(sys, "executable", str(program))
    line = next(line for line in desktop_entry().splitlines() if line.startswith("Exec="))
    # Undone in the order that the specification names: the file's texts, then the quoting, then field codes.
    quoted = line.removeprefix("Exec=").replace("\\\\", "\\")
    # A shell reads that quoting, too.
    said = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {quoted}"], capture_output=True, text=True, check=True
    )
    assert [part.replace("%%", "%") for part in said.stdout.splitlines()] == [
        str(program),
        *("-P", "-m", "gcdesk", "open", "--", "%u"),
    ]


@linux
def test_the_command_of_the_entry_is_this_installation(tools: Path) -> None:
    entry = Path(register()).read_text()
    line = next(line for line in entry.splitlines() if line.startswith("Exec="))
    command = shlex.split(line.removeprefix("Exec="))
    done = subprocess.run([*command[:4], "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("gcdesk ")


@linux
def test_a_desktop_that_does_not_take_it_is_no_success(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATUS", "3")
    with pytest.raises(LinksError, match="not as the one for its links"):
        register()


@linux
def test_a_folder_that_cannot_be_written_is_said(tools: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(LinksError, match="cannot be changed"):
        register()


def test_macos_says_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(LinksError, match="macOS"):
        register()
    assert not unregister()


class Registry:
    """The few functions of a registry that are needed, over a dict; keys with children cannot be deleted."""

    HKEY_CURRENT_USER, REG_SZ = "HKCU", 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}

    def module(self) -> SimpleNamespace:
        """Under the names that Python gives them."""
        return SimpleNamespace(
            HKEY_CURRENT_USER=self.HKEY_CURRENT_USER,
            REG_SZ=self.REG_SZ,
            CreateKey=self.create_key,
            SetValueEx=self.set_value,
            DeleteKey=self.delete_key,
        )

    def create_key(self, root: str, path: str) -> Key:
        assert root == self.HKEY_CURRENT_USER
        parts = path.split("\\")
        for end in range(3, len(parts) + 1):
            self.keys.setdefault("\\".join(parts[:end]), {})
        return Key(self.keys[path])

    def set_value(self, key: Key, name: str, _reserved: int, kind: int, value: str) -> None:
        assert kind == self.REG_SZ
        key.values[name] = value

    def delete_key(self, _root: str, path: str) -> None:
        if path not in self.keys:
            raise FileNotFoundError(2, "not there")
        if any(other.startswith(path + "\\") for other in self.keys):
            raise PermissionError(5, "it has keys below it")
        del self.keys[path]


class Key(SimpleNamespace):
    """An open key."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values=values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_windows_keeps_it_in_the_persons_own_part_of_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry()
    monkeypatch.setitem(sys.modules, "winreg", registry.module())
    monkeypatch.setattr(sys, "platform", "win32")
    assert register() == r"HKEY_CURRENT_USER\Software\Classes\gcdesk"
    base = r"Software\Classes\gcdesk"
    assert registry.keys[base] == {"": "URL:gcdesk", "URL Protocol": ""}
    command = registry.keys[base + r"\shell\open\command"][""]
    assert command.endswith('-P -m gcdesk open -- "%1"')
    assert unregister()
    assert registry.keys == {}
    assert not unregister()
