"""The floor plan, read from the imports: they point down only, and each package lets in only its own help."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.places import PROJECT

SOURCE = PROJECT / "gcdesk"

# What each package may import of ours. The simulator shares no code with the client, so that a common
# misreading of the guest API cannot hide.
OURS = {
    "__init__": set[str](),
    "__main__": {"cli"},
    "errors": set[str](),
    "phrase": set[str](),
    "resources": set[str](),
    "simulator": set[str](),
    "guest": {"errors", "phrase"},
    "chat": {"__init__", "errors", "phrase", "guest"},
    "scenarios": {"__init__", "errors", "guest", "chat"},
    "desk": {"__init__", "errors", "phrase", "resources", "guest", "chat"},
    "ui": {"__init__", "errors", "phrase", "resources", "guest", "chat", "scenarios", "desk"},
    "cli": {"__init__", "errors", "resources", "guest", "chat", "scenarios", "desk", "ui", "simulator"},
}

# What each package may import that is neither ours nor Python's.
OUTSIDE = {
    "simulator": {"aiohttp", "cryptography", "re2", "ruamel"},
    "guest": {"msgspec"},
    "chat": {"aiohttp", "cryptography", "h11", "msgspec", "truststore", "websockets"},
    "scenarios": {"ruamel"},
    "desk": {"jinja2", "keyring", "markupsafe", "msgspec", "platformdirs"},
    "ui": {"PySide6", "jeepney", "markdown_it", "qasync"},
    "cli": {"click"},
}

# Input, output, clocks, chance and concurrency: the guest package is fed all of them.
IMPURE = {
    *("concurrent", "fcntl", "http", "io", "logging", "mmap", "multiprocessing", "os", "pathlib", "queue"),
    *("asyncio", "random", "secrets", "select", "selectors", "shutil", "signal", "socket", "socketserver"),
    *("sqlite3", "ssl", "subprocess", "tempfile", "threading", "time"),
}
IMPURE_SUBMODULES = {"urllib.request", "urllib.robotparser"}


@dataclass(frozen=True)
class Import:
    """One module that one file imports, `gcdesk.guest.frames` for example."""

    file: Path
    line: int
    module: str

    @property
    def room(self) -> str:
        """The package, or the module directly below gcdesk, that holds the file."""
        return _room(self.file)

    @property
    def root(self) -> str:
        """The first word of the module's name."""
        return self.module.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.file.relative_to(PROJECT)}:{self.line} imports {self.module}"


def _room(file: Path) -> str:
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def _files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _imports(file: Path) -> Iterator[Import]:
    package = ("gcdesk", *file.relative_to(SOURCE).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *filter(None, [node.module])))
            # `from gcdesk.guest import frames` imports a module as much as `import gcdesk.guest.frames` does.
            names = [f"{module}.{alias.name}" for alias in node.names]
            yield from (Import(file, node.lineno, name) for name in names)


ALL = [one for file in _files() for one in _imports(file)]


def _room_imported(module: str) -> str:
    below = module.split(".")[1:]
    if below and ((SOURCE / below[0]).is_dir() or (SOURCE / f"{below[0]}.py").is_file()):
        return below[0]
    return "__init__"


def test_every_way_to_import_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "SOURCE", tmp_path)
    file = tmp_path / "guest" / "one.py"
    file.parent.mkdir()
    file.write_text("import a.b\ndef f():\n    from . import c\n    from ..chat.d import e\nfrom g import h")
    assert sorted(one.module for one in _imports(file)) == ["a.b", "g.h", "gcdesk.chat.d.e", "gcdesk.guest.c"]


def test_every_package_stands_in_the_plan() -> None:
    assert {_room(file) for file in _files()} <= OURS.keys()


def test_imports_of_ours_point_down_only() -> None:
    wrong = [
        str(one)
        for one in ALL
        if one.root == "gcdesk" and _room_imported(one.module) not in {one.room, *OURS[one.room]}
    ]
    assert not wrong


def test_outside_help_enters_only_where_it_belongs() -> None:
    known = sys.stdlib_module_names | {"gcdesk", "__future__"}
    wrong = [
        str(one) for one in ALL if one.root not in known and one.root not in OUTSIDE.get(one.room, set[str]())
    ]
    assert not wrong


def test_the_guest_package_touches_no_input_output_clock_or_chance() -> None:
    guest = [one for one in ALL if one.room == "guest"]
    assert guest
    wrong = [
        str(one)
        for one in guest
        if one.root in IMPURE or any(one.module.startswith(name) for name in IMPURE_SUBMODULES)
    ]
    assert not wrong


def test_the_guest_package_reads_no_clock_through_datetime() -> None:
    wrong = [
        f"{file.relative_to(PROJECT)}:{node.lineno}"
        for file in _files()
        if _room(file) == "guest"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name | ast.Attribute)
        and ast.unparse(node.value).rpartition(".")[2] in ("datetime", "date")
    ]
    assert not wrong


_LOADED = """
import json, sys
sys.argv = ["gcdesk", *{arguments!r}]
from gcdesk.cli.main import main
try:
    main()
    status = 0
except SystemExit as exit:
    status = exit.code or 0
sys.stdout.flush()
print()
print(json.dumps([status, sorted({{name.partition(".")[0] for name in sys.modules}})]))
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        *([*command, "--help"] for command in (["chat"], ["demo"], ["simulate"], ["env"], ["env", "add"])),
        ["history", "--help"],
        *([command, "--help"] for command in ("sign-in", "sign-out")),
    ],
)
def test_help_in_the_terminal_loads_nothing_heavy(arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED.format(arguments=arguments)],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    status, loaded = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0, ran.stderr
    heavy = {"PySide6", "shiboken6", "qasync", "aiohttp", "jinja2", "keyring", "sqlite3", "websockets"}
    assert not heavy & set(loaded)
