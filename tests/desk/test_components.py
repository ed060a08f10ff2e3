"""What gcdesk is made of, as the packages themselves tell."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from gcdesk.desk.components import components


class FakeDistribution(importlib.metadata.Distribution):
    def __init__(self, folder: Path, metadata: str, files: dict[str, str]) -> None:
        self._folder = folder
        self._texts = {"METADATA": metadata, "RECORD": "".join(f"{name},,\n" for name in files)}
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")

    def read_text(self, filename: str) -> str | None:
        return self._texts.get(filename)

    def locate_file(self, path: object) -> Path:
        return self._folder / str(path)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeDistribution]:
    found: dict[str, FakeDistribution] = {}

    def distribution(name: str) -> FakeDistribution:
        key = name.lower().replace("_", "-")
        if key not in found:
            raise importlib.metadata.PackageNotFoundError(name)
        return found[key]

    monkeypatch.setattr(importlib.metadata, "distribution", distribution)

    def add(name: str, lines: str, files: dict[str, str] | None = None) -> None:
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{lines}"
        found[name.lower().replace("_", "-")] = FakeDistribution(tmp_path / name, text, files or {})

    add("app", "Requires-Dist: Lib_A>=2\nRequires-Dist: lib-b ; extra == 'more'\nRequires-Dist: gone\n")
    add(
        "Lib-A",
        "License: MIT\nRequires-Dist: app\nRequires-Dist: old\n",
        {"lib_a.dist-info/licenses/LICENSE.txt": "Do what you like.\n", "lib_a/license.py": "no text"},
    )
    add("lib-b", "License: GPL\n")
    add("old", "License: " + "a whole text " * 20 + "\nClassifier: License :: OSI Approved :: BSD License\n")
    return found


@pytest.mark.usefixtures("installed")
def test_all_that_is_needed_is_found_once_and_the_root_comes_first() -> None:
    found = components("app")
    assert [(one.name, one.version, one.licence) for one in found] == [
        ("app", "1.0", ""),
        ("Lib-A", "1.0", "MIT"),
        ("old", "1.0", "BSD License"),
    ]


@pytest.mark.usefixtures("installed")
def test_the_text_is_the_one_that_came_along() -> None:
    app, library, _ = components("app")
    assert library.text == "Do what you like."
    assert app.text == ""


def test_here_it_is_gcdesk_with_all_that_its_window_needs() -> None:
    found = {one.name.lower() for one in components()}
    assert {"gcdesk", "pyside6_essentials", "qasync", "websockets", "keyring"} <= found
