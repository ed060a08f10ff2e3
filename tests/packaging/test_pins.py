"""The pinned versions: complete, hashed, the same for running and testing, silent about their source."""

from __future__ import annotations

import itertools
import re
import tomllib
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.places import PROJECT

RUNTIME = PROJECT / "packaging" / "requirements.txt"
TESTS = PROJECT / "packaging" / "requirements-test.txt"

PIN = re.compile(r"(?P<requirement>[^\\]+?) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")

PLATFORMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}


def _pins(name: str) -> list[Requirement]:
    text = (PROJECT / "packaging" / name).read_text(encoding="utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    found = list(PIN.finditer(body))
    assert "".join(one.group() for one in found) == body, "there is a line that is no pin with hashes"
    return [Requirement(one["requirement"]) for one in found]


def _project() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def _environments() -> list[dict[str, str]]:
    made = []
    for minor, (platform, (system, os_name)) in itertools.product((11, 12, 13), PLATFORMS.items()):
        environment = {key: str(value) for key, value in default_environment().items()}
        environment["python_version"] = f"3.{minor}"
        environment["python_full_version"] = f"3.{minor}.0"
        environment["sys_platform"] = platform
        environment["platform_system"] = system
        environment["os_name"] = os_name
        made.append(environment)
    return made


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_line_is_a_pin_with_hashes_and_none_an_address(name: str) -> None:
    assert len(_pins(name)) > 20
    for pin in _pins(name):
        assert pin.url is None
        assert [one.operator for one in pin.specifier] == ["=="], pin
    text = (PROJECT / "packaging" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
    assert "find-links" not in text


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    tested = {(pin.name, str(pin.specifier)) for pin in _pins("requirements-test.txt")}
    shipped = {(pin.name, str(pin.specifier)) for pin in _pins("requirements.txt")}
    assert shipped < tested
    assert "pytest" not in {name for name, _ in shipped}


@pytest.mark.parametrize(
    ("name", "group"), [("requirements.txt", "build"), ("requirements-test.txt", "test")]
)
def test_what_the_project_asks_for_is_pinned_on_every_system(name: str, group: str) -> None:
    project = _project()
    asked = project["project"]["dependencies"] + project["build-system"]["requires"]
    asked += [one for one in project["dependency-groups"][group] if isinstance(one, str)]
    pins = _pins(name)
    for environment in _environments():
        there = {
            canonicalize_name(pin.name): next(iter(pin.specifier)).version
            for pin in pins
            if pin.marker is None or pin.marker.evaluate(environment)
        }
        for requirement in map(Requirement, asked):
            if requirement.marker is not None and not requirement.marker.evaluate(environment):
                continue
            version = there.get(canonicalize_name(requirement.name))
            assert version is not None, (requirement, environment)
            assert requirement.specifier.contains(version), (requirement, version)


def test_the_qt_release_that_loses_references_is_out_of_reach() -> None:
    (qt,) = (pin for pin in _pins("requirements.txt") if pin.name.lower() == "pyside6-essentials")
    assert next(iter(qt.specifier)).version.startswith("6.11.")
    (asked,) = (one for one in _project()["project"]["dependencies"] if "PySide6" in one)
    assert not Requirement(asked).specifier.contains("6.12.0")
