"""The two commands: what they set up, what they leave alone, and what they say when they cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import bootstrap
import pytest
import system_needs
from bootstrap import SetupError
from system_needs import Need

ABSENT = Need("program", "no-such-program", "nosuch-tools", "nosuch-utils", "nosuch")

posix_only = pytest.mark.skipif(os.name != "posix", reason="apt-get is played by a shell script")


# -- Python's version -------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 1)])
def test_the_supported_pythons_pass(version: tuple[int, ...]) -> None:
    bootstrap.check_python(version)


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_any_other_python_is_named(version: tuple[int, ...]) -> None:
    here = ".".join(map(str, version))
    with pytest.raises(SetupError, match=rf"needs Python 3.11, 3.12 or 3.13; this is {here}\. "):
        bootstrap.check_python(version)


@posix_only
def test_another_python_is_suggested_only_if_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _script(tmp_path / "python3.13", "exit 127")
    with pytest.raises(SetupError, match="Install one of them"):
        bootstrap.check_python((3, 10, 0))
    _script(tmp_path / "python3.12", "exit 0")
    with pytest.raises(SetupError, match=r"Run this with python3\.12 instead\."):
        bootstrap.check_python((3, 10, 0))


# -- system packages --------------------------------------------------------------------------------------


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def choose(*, root: bool) -> None:
        monkeypatch.setattr(bootstrap, "is_root", lambda: root)
        monkeypatch.setattr(system_needs, "distribution_family", lambda: "debian")

    monkeypatch.setattr(sys, "platform", "linux")
    return choose


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put an `apt-get` with this body in front of the path; the file returned records how it is called."""

    def make(body: str) -> Path:
        programs, calls = tmp_path / "programs", tmp_path / "calls"
        programs.mkdir()
        _script(programs / "apt-get", f'shift 2; echo "$*" >> {calls}\n{body}')
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        return calls

    return make


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


INSTALL = "install --yes --quiet --no-install-recommends nosuch-tools"


@posix_only
def test_nothing_missing_asks_nothing_of_apt(debian: Callable[..., None], apt: Callable[[str], Path]) -> None:
    debian(root=True)
    calls = apt("exit 1")
    bootstrap.ensure_system(())
    assert not calls.exists()


def test_without_root_the_exact_command_is_named(debian: Callable[..., None]) -> None:
    debian(root=False)
    with pytest.raises(SetupError) as error:
        bootstrap.ensure_system((ABSENT,))
    assert "This system lacks: no-such-program." in str(error.value)
    assert str(error.value).endswith("\n  sudo apt-get install nosuch-tools")


@posix_only
def test_root_installs_and_needs_no_fresh_lists_if_these_will_do(
    debian: Callable[..., None], apt: Callable[[str], Path], tmp_path: Path
) -> None:
    debian(root=True)
    calls = apt(f"printf '#!/bin/sh' > {tmp_path}/programs/no-such-program; chmod +x {tmp_path}/programs/*")
    bootstrap.ensure_system((ABSENT,))
    assert calls.read_text(encoding="utf-8").splitlines() == [INSTALL]


@posix_only
def test_root_fetches_the_lists_if_the_first_try_fails(
    debian: Callable[..., None], apt: Callable[[str], Path], tmp_path: Path
) -> None:
    debian(root=True)
    made = f"{tmp_path}/programs/no-such-program"
    calls = apt(
        f"""case "$1" in
        update) touch {tmp_path}/lists ;;
        install) [ -e {tmp_path}/lists ] || exit 100; printf '#!/bin/sh' > {made}; chmod +x {made} ;;
        esac"""
    )
    bootstrap.ensure_system((ABSENT,))
    assert calls.read_text(encoding="utf-8").splitlines() == [INSTALL, "update --quiet", INSTALL]


@posix_only
def test_what_apt_says_is_passed_on_when_it_fails(
    debian: Callable[..., None], apt: Callable[[str], Path]
) -> None:
    debian(root=True)
    apt('echo "E: no network" >&2; exit 100')
    with pytest.raises(SetupError, match="could not install nosuch-tools:\nE: no network\nCheck the network"):
        bootstrap.ensure_system((ABSENT,))


@posix_only
def test_a_package_that_did_not_help_is_not_called_a_success(
    debian: Callable[..., None], apt: Callable[[str], Path]
) -> None:
    debian(root=True)
    apt("exit 0")
    with pytest.raises(SetupError, match="This system lacks: no-such-program"):
        bootstrap.ensure_system((ABSENT,))


# -- the virtual environment ------------------------------------------------------------------------------


class Work:
    """Stands in for the slow part, making an environment and running pip, and notes what was asked for."""

    def __init__(self, venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.venv = venv
        self.done: list[str] = []
        self.fail = False
        monkeypatch.setattr(bootstrap, "make_venv", self._make)
        monkeypatch.setattr(bootstrap, "install", self._install)

    def _make(self) -> None:
        self.done.append("make")
        python = bootstrap.venv_program("python")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def _install(self, *arguments: str) -> None:
        if self.fail:
            raise SetupError("pip could not")
        self.done.append(Path(arguments[-1]).name)

    def taken(self) -> list[str]:
        """What was done since the last question."""
        done, self.done = self.done, []
        return done


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    project, venv = tmp_path / "project", tmp_path / "project" / ".venv"
    project.mkdir()
    (project / "pyproject.toml").write_text('[project]\nname = "one"\n', encoding="utf-8")
    for name in ("requirements.txt", "requirements-test.txt"):
        (project / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(bootstrap, "PROJECT", project)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "RUNTIME_PINS", project / "requirements.txt")
    monkeypatch.setattr(bootstrap, "TEST_PINS", project / "requirements-test.txt")
    return Work(venv, monkeypatch)


def demo_then(work: Work) -> list[str]:
    bootstrap.ensure_venv(bootstrap.RUNTIME_PINS)
    return work.taken()


def checks_then(work: Work) -> list[str]:
    bootstrap.ensure_venv(bootstrap.TEST_PINS)
    return work.taken()


def test_the_first_run_makes_everything_and_the_second_nothing(work: Work) -> None:
    assert demo_then(work) == ["make", "requirements.txt", "project"]
    assert demo_then(work) == []


def test_the_tests_add_what_they_need_in_place_and_the_demo_is_content(work: Work) -> None:
    demo_then(work)
    assert checks_then(work) == ["requirements-test.txt", "project"]
    assert demo_then(work) == []
    assert checks_then(work) == []


@pytest.mark.parametrize(
    ("changed", "text"), [("requirements.txt", "other"), ("pyproject.toml", '[project]\nname = "two"\n')]
)
def test_changed_pins_are_installed_in_place(work: Work, changed: str, text: str) -> None:
    demo_then(work)
    (bootstrap.PROJECT / changed).write_text(text, encoding="utf-8")
    assert demo_then(work) == ["requirements.txt", "project"]
    assert demo_then(work) == []


def test_changed_settings_of_a_linter_install_nothing(work: Work) -> None:
    demo_then(work)
    with (bootstrap.PROJECT / "pyproject.toml").open("a", encoding="utf-8") as pyproject:
        pyproject.write("[tool.ruff]\nline-length = 80\n")
    assert demo_then(work) == []


def test_a_run_that_was_cut_short_is_made_anew(work: Work) -> None:
    demo_then(work)
    bootstrap.RUNTIME_PINS.write_text("other", encoding="utf-8")
    work.fail = True
    with pytest.raises(SetupError):
        demo_then(work)
    work.fail = False
    assert demo_then(work) == ["make", "requirements.txt", "project"]


def test_an_environment_without_its_python_is_made_anew(work: Work) -> None:
    demo_then(work)
    bootstrap.venv_program("python").unlink()
    assert demo_then(work) == ["make", "requirements.txt", "project"]


@pytest.mark.parametrize("record", ["", "{", "[]", '{"python": "3.10.0 /usr", "place": "elsewhere"}'])
def test_an_environment_with_another_record_is_made_anew(work: Work, record: str) -> None:
    demo_then(work)
    (work.venv / bootstrap.STAMP).write_text(record, encoding="utf-8")
    assert demo_then(work)[0] == "make"


def test_a_half_made_directory_becomes_a_working_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "VENV", venv)
    python = bootstrap.venv_program("python")
    python.parent.mkdir(parents=True)
    python.write_text("not a program", encoding="utf-8")
    bootstrap.make_venv()
    command = [str(python), "-c", "import pip, sys; print(sys.prefix)"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert Path(ran.stdout.strip()).resolve() == venv.resolve()


def test_what_venv_says_is_passed_on_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "file" / ".venv")
    with pytest.raises(SetupError, match=r"could not be made:\n.*file"):
        bootstrap.make_venv()


# -- the command line -------------------------------------------------------------------------------------


def test_without_a_command_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "packaging/bootstrap.py demo" in err
    assert "packaging/bootstrap.py test" in err


@pytest.mark.parametrize("arguments", [["dance"], ["setup", "more"]])
def test_an_unknown_command_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(arguments) == 2
    assert capsys.readouterr().out == ""


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["--help"]) == 0
    assert "packaging/bootstrap.py demo" in capsys.readouterr().out


def test_a_setup_that_fails_ends_with_its_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise SetupError("gcdesk needs something else.")

    monkeypatch.setattr(bootstrap, "check_python", refuse)
    assert bootstrap.main(["test"]) == 1
    assert capsys.readouterr().err == "gcdesk needs something else.\n"


@posix_only
@pytest.mark.parametrize("failing", ["", "ruff", "mypy", "pytest"])
def test_every_check_runs_in_order_and_any_failure_counts(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = tmp_path / "calls"
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    # Called as `python -m TOOL ...`.
    _script(python, f'echo "$*" >> {calls}; [ "$2" != "{failing}" ] || exit 5')
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "setup", lambda needs, pins: None)
    assert bootstrap.main(["test", "tests/guest", "-x"]) == (5 if failing else 0)
    assert calls.read_text(encoding="utf-8").splitlines() == [
        "-m ruff check",
        "-m ruff format --check",
        "-m mypy",
        "-m pytest tests/guest -x",
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux may have no display")
def test_the_demo_without_a_display_says_so_before_it_does_anything(
    work: Work, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert bootstrap.main(["demo", "--port", "0"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("There is no display to open the window on.\n")
    assert "ssh -X" in err
    assert "xvfb-run -a python3 packaging/bootstrap.py demo" in err
    assert work.taken() == []


@posix_only
def test_the_demo_hands_over_to_gcdesk_with_all_its_options(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over: list[list[str]] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(bootstrap, "compile_sources", lambda: None)
    monkeypatch.setattr(os, "execv", lambda program, command: handed_over.append([program, *command[1:]]))
    monkeypatch.setattr(subprocess, "run", lambda command, check: subprocess.CompletedProcess(command, 0))
    monkeypatch.setattr(system_needs, "missing_needs", lambda needs: [])
    assert bootstrap.main(["demo", "--fault", "429", "--port=0"]) == 0
    python = str(bootstrap.venv_program("python"))
    assert handed_over == [[python, "-m", "gcdesk", "demo", "--fault", "429", "--port=0"]]
    assert work.taken() == ["make", "requirements.txt", "project"]
