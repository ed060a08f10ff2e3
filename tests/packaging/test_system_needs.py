"""What a system lacks is found by looking, and named in the words of its own package manager."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import system_needs
from system_needs import Need

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system packages are a Linux matter"
)

ABSENT_LIBRARY = Need(
    "library", "libno-such-thing.so.7", "libnosuch7", "'libno-such-thing.so.7()(64bit)'", "nosuch"
)
ABSENT_PROGRAM = Need("program", "no-such-program", "nosuch-tools", "nosuch-utils", "nosuch")
ABSENT_MODULE = Need("module", "no_such_module", "python3-nosuch", "python3-nosuch", "python-nosuch")


def test_what_is_there_is_not_missing() -> None:
    there = (
        Need("library", "libc.so.6", "libc6", "glibc", "glibc"),
        Need("program", "sh", "dash", "bash", "bash"),
        Need("module", "json", "python3", "python3", "python"),
    )
    assert system_needs.missing_needs(there) == []


def test_what_is_not_there_is_missing() -> None:
    absent = (ABSENT_LIBRARY, ABSENT_PROGRAM, ABSENT_MODULE)
    assert system_needs.missing_needs(absent) == list(absent)


def test_this_machine_meets_all_that_the_tests_need() -> None:
    assert [need.name for need in system_needs.missing_needs(system_needs.TEST_NEEDS)] == []


def test_a_font_is_found_in_any_of_the_usual_directories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_needs, "FONT_DIRECTORIES", (str(tmp_path / "none"), str(tmp_path)))
    assert not system_needs.A_FONT.met
    font = tmp_path / "truetype" / "one" / "One.TTF"
    font.parent.mkdir(parents=True)
    font.touch()
    assert system_needs.A_FONT.met


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("ID=debian\n", "debian"),
        ('ID=ubuntu\nID_LIKE="debian"\n', "debian"),
        ('ID=pop\nID_LIKE="ubuntu debian"\n', "debian"),
        ("ID=fedora\n", "fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "suse"),
        ("ID=arch\n", "arch"),
        ("ID=alpine\n", ""),
        ("not like the others", ""),
    ],
)
def test_the_family_of_a_distribution(text: str, family: str, tmp_path: Path) -> None:
    os_release = tmp_path / "os-release"
    os_release.write_text(text, encoding="utf-8")
    assert system_needs.distribution_family(os_release) == family


def test_a_system_that_says_nothing_about_itself_has_no_family(tmp_path: Path) -> None:
    assert system_needs.distribution_family(tmp_path / "os-release") == ""


@pytest.mark.parametrize(
    ("family", "command"),
    [
        ("debian", "sudo apt-get install libnosuch7 nosuch-tools"),
        ("fedora", "sudo dnf install 'libno-such-thing.so.7()(64bit)' nosuch-utils"),
        ("suse", "sudo zypper install 'libno-such-thing.so.7()(64bit)' nosuch-utils"),
        ("arch", "sudo pacman -S nosuch"),
        ("", "libno-such-thing.so.7 no-such-program"),
    ],
)
def test_the_command_names_exactly_what_is_missing(family: str, command: str) -> None:
    sentence = system_needs.install_sentence([ABSENT_LIBRARY, ABSENT_PROGRAM, ABSENT_LIBRARY], family)
    assert sentence.splitlines()[-1].strip() == command


def test_every_need_has_a_package_in_every_family() -> None:
    for need in system_needs.TEST_NEEDS:
        assert all((need.debian, need.fedora, need.arch)), need
