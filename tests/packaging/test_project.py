"""What a person gets: the commands in the README, the checks of a change, and the wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import gcdesk
from gcdesk.resources import resource_path
from tests.support.places import PROJECT


def test_the_readme_has_the_two_commands() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    usage = (PROJECT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    for command in ("python3 packaging/bootstrap.py demo", "python3 packaging/bootstrap.py test"):
        assert re.search(rf"^\s*{re.escape(command)}$", readme, re.MULTILINE), command
        assert command in usage


def test_a_change_is_checked_by_the_test_command() -> None:
    script = PROJECT / ".ci" / "run"
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec python3 packaging/bootstrap.py test"
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_the_changelog_knows_this_version() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {gcdesk.__version__}" in changelog


def test_the_resources_are_found_in_a_source_tree() -> None:
    assert resource_path("icons", "gcdesk.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(FileNotFoundError, match=r"icons/none\.png"):
        resource_path("icons", "none.png")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", directory],
        cwd=PROJECT,
        capture_output=True,
        timeout=120,
        check=True,
    )
    (made,) = directory.iterdir()
    return made


def test_the_wheel_holds_the_program_its_command_and_its_resources(wheel: Path) -> None:
    assert wheel.name == f"gcdesk-{gcdesk.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = f"gcdesk-{gcdesk.__version__}.dist-info"
        command = archive.read(f"{info}/entry_points.txt").decode()
        metadata = archive.read(f"{info}/METADATA").decode()
    assert "gcdesk = gcdesk.cli.main:main" in command
    assert "Requires-Python: <3.14,>=3.11" in metadata
    assert {"gcdesk/py.typed", "gcdesk/_resources/icons/gcdesk.png", f"{info}/licenses/LICENSE"} <= set(names)
    assert {"gcdesk/_resources/flows/support.yaml", "gcdesk/_resources/docs/simulator.md"} <= set(names)
    sources = {str(path.relative_to(PROJECT)) for path in (PROJECT / "gcdesk").rglob("*.py")}
    assert {name.replace(os.sep, "/") for name in sources} <= set(names)
    strange = [name for name in names if not name.startswith(("gcdesk/", f"{info}/"))]
    assert strange == []


def test_the_installed_program_finds_its_version_and_resources(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)

    def run(*arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    place = run("-c", "from gcdesk.resources import resource_path as r; print(r('icons', 'gcdesk.png'))")
    assert Path(place).is_relative_to(tmp_path)
    assert gcdesk.__version__ in run("-m", "gcdesk", "--version")
