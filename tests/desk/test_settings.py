"""The settings file is whole, private, shared, and survives damage."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from gcdesk.desk.locks import file_lock
from gcdesk.desk.settings import Settings, settings_path
from gcdesk.errors import SettingsError

JSON = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(),
    lambda inner: (
        strategies.lists(inner, max_size=3) | strategies.dictionaries(strategies.text(), inner, max_size=3)
    ),
    max_leaves=8,
)

posix_only = pytest.mark.skipif(os.name != "posix", reason="rights are a matter of POSIX")


@pytest.fixture
def book(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "private" / "settings.json")


def test_a_missing_file_is_empty_and_stays_missing(book: Settings) -> None:
    assert book.get("theme", str, "system") == "system"
    assert not book.path.exists()
    assert book.take_notice() == ""


def test_what_is_set_is_there_for_the_next_program(book: Settings) -> None:
    book.set("theme", "dark")
    assert Settings(book.path).get("theme", str, "") == "dark"
    assert json.loads(book.path.read_text("utf-8")) == {"theme": "dark"}


def test_none_removes(book: Settings) -> None:
    book.set("theme", "dark")
    book.set("theme", None)
    assert json.loads(book.path.read_text("utf-8")) == {}
    book.set("theme", None)
    assert json.loads(book.path.read_text("utf-8")) == {}


@pytest.mark.parametrize(("kept", "kind"), [(5, str), ("5", int), (True, int), ({}, list), (None, str)])
def test_a_value_of_the_wrong_type_is_as_good_as_none(
    book: Settings, kept: object, kind: type[object]
) -> None:
    book.path.parent.mkdir()
    book.path.write_text(json.dumps({"key": kept}), "utf-8")
    missing = object()
    assert book.get("key", kind, missing) is missing


def test_unknown_keys_stay(book: Settings) -> None:
    book.path.parent.mkdir()
    book.path.write_text('{"from_the_future": {"deep": [1, null]}, "theme": "light"}', "utf-8")
    book.set("theme", "dark")
    assert json.loads(book.path.read_text("utf-8")) == {
        "from_the_future": {"deep": [1, None]},
        "theme": "dark",
    }


@given(
    content=strategies.dictionaries(strategies.text(), JSON, max_size=4), key=strategies.text(), value=JSON
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_comes_back(tmp_path: Path, content: dict[str, Any], key: str, value: Any) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(content), "utf-8")
    Settings(path).set(key, value)
    expected = {**content, key: value}
    if value is None:
        del expected[key]
    assert json.loads(path.read_text("utf-8")) == expected


@posix_only
def test_only_the_owner_can_read(book: Settings) -> None:
    before = os.umask(0)
    try:
        book.set("theme", "dark")
    finally:
        os.umask(before)
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(book.path.parent.stat().st_mode) == 0o700
    for file in book.path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


@posix_only
def test_a_wider_file_becomes_private_with_the_next_change(book: Settings) -> None:
    book.path.parent.mkdir()
    book.path.write_text("{}", "utf-8")
    book.path.chmod(0o644)
    book.set("theme", "dark")
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600


@posix_only
def test_a_symbolic_link_stays_one(book: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text("{}", "utf-8")
    book.path.parent.mkdir()
    book.path.symlink_to(elsewhere)
    book.set("theme", "dark")
    assert book.path.is_symlink()
    assert json.loads(elsewhere.read_text("utf-8")) == {"theme": "dark"}


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"{" * 5, b"[" * 100_000], ids=lambda d: repr(d[:8])
)
def test_a_damaged_file_is_set_aside_and_said_so(book: Settings, damage: bytes) -> None:
    book.path.parent.mkdir()
    book.path.write_bytes(damage)
    book.path.with_name("settings.damaged-1.json").write_text("an older one", "utf-8")
    assert book.get("theme", str, "system") == "system"
    assert "damaged" in book.take_notice()
    assert book.get("theme", str, "system") == "system"
    assert book.take_notice() == ""
    assert book.path.read_bytes() == damage
    book.set("theme", "dark")
    aside = book.path.with_name("settings.damaged-2.json")
    assert str(aside) in book.take_notice()
    assert aside.read_bytes() == damage
    assert json.loads(book.path.read_text("utf-8")) == {"theme": "dark"}


def test_an_error_in_the_block_changes_nothing(book: Settings) -> None:
    book.set("theme", "dark")
    before = book.path.read_bytes()
    with pytest.raises(KeyError), book.editing() as data:
        data.update(theme="light", missing=data["missing"])
    assert book.path.read_bytes() == before


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(
    book: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.set("theme", "dark")
    before = {file.name: file.read_bytes() for file in book.path.parent.iterdir()}

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left on device"):
        book.set("theme", "light")
    assert {file.name: file.read_bytes() for file in book.path.parent.iterdir()} == before


def test_a_directory_in_the_way_is_an_error_with_a_sentence(book: Settings) -> None:
    book.path.mkdir(parents=True)
    with pytest.raises(SettingsError) as caught:
        book.get("theme", str, "")
    assert str(book.path) in caught.value.title
    assert caught.value.hint
    with pytest.raises(SettingsError):
        book.set("theme", "dark")


def test_a_file_where_the_directory_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(SettingsError):
        Settings(tmp_path / "file" / "settings.json").set("theme", "dark")


def test_threads_do_not_lose_each_others_changes(book: Settings) -> None:
    def add(number: int) -> None:
        with book.editing() as data:
            data[f"key{number}"] = number

    threads = [threading.Thread(target=add, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert json.loads(book.path.read_text("utf-8")) == {f"key{number}": number for number in range(20)}


def test_programs_do_not_lose_each_others_changes(book: Settings) -> None:
    program = (
        "import sys; from pathlib import Path; from gcdesk.desk.settings import Settings\n"
        "book = Settings(Path(sys.argv[1]))\n"
        "for number in range(20): book.set(f'{sys.argv[2]}{number}', number)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(book.path), name])
        for name in ("one", "two", "three")
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(json.loads(book.path.read_text("utf-8"))) == 60


def test_a_lock_that_is_never_freed_ends_in_a_sentence(
    book: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gcdesk.desk.locks._PATIENCE", 0.05)
    book.set("theme", "dark")
    with (
        file_lock(book.path.with_name("settings.json.lock")),
        pytest.raises(SettingsError, match="another program"),
    ):
        Settings(book.path).set("theme", "light")
    book.set("theme", "light")


def test_the_place_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GCDESK_CONFIG_DIR", str(tmp_path))
    assert settings_path() == tmp_path / "settings.json"
    monkeypatch.delenv("GCDESK_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    usual = settings_path()
    assert usual.name == "settings.json"
    assert usual.parent.name == "gcdesk"
