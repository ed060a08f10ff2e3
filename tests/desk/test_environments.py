"""Environments are checked on entry, found by name, kept whole, and leave no ID in any file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from keyring.errors import KeyringLocked

from gcdesk.desk.environments import (
    COLOURS,
    Environment,
    EnvironmentIds,
    Environments,
    check_environment,
    check_name,
)
from gcdesk.desk.ids import KeyringIds, SessionIds
from gcdesk.desk.settings import Settings
from gcdesk.errors import (
    EndpointError,
    EnvironmentInputError,
    InputError,
    KeyringRefusedError,
    KeyringUnavailableError,
    SettingsError,
)
from tests.desk.backends import Trusted, chosen_backend

DEPLOYMENT = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
ORG = "2b1f7d3e-0000-4c4c-8d8d-99aa88bb77cc"
IDS = EnvironmentIds(ORG, DEPLOYMENT)
TEST = Environment("Test", region="mypurecloud.de")


@pytest.fixture
def backend() -> Any:
    backend = Trusted()
    with chosen_backend(backend):
        yield backend


@pytest.fixture
def book(tmp_path: Path, backend: Trusted) -> Environments:
    return Environments(Settings(tmp_path / "desk" / "settings.json"), KeyringIds())


def again(book: Environments) -> Environments:
    """The same book, as the next program sees it."""
    return Environments(Settings(book.settings.path), KeyringIds())


def kept(book: Environments) -> Any:
    return json.loads(book.settings.path.read_text("utf-8"))


def test_the_next_program_finds_everything(book: Environments) -> None:
    full = Environment(
        "Production",
        endpoint="wss://chat.example.com/v1",
        origin="https://www.example.com",
        crm_id_key="customerNumber",
        colour="red",
    )
    book.add(full, IDS)
    assert again(book).all() == [full]
    assert again(book).ids("production") == IDS


def test_no_id_reaches_a_file(book: Environments) -> None:
    book.add(TEST, IDS)
    book.edit("Test", Environment("Test 2", region="mypurecloud.ie"), EnvironmentIds(DEPLOYMENT, ORG))
    book.choose("Test 2")
    book.remove("Test 2")
    book.add(TEST, IDS)
    files = [file for file in book.settings.path.parent.rglob("*") if file.is_file()]
    assert book.settings.path in files
    for file in files:
        text = file.read_text("utf-8").replace("-", "").lower()
        for secret in (DEPLOYMENT, ORG):
            assert secret.replace("-", "") not in text
            assert secret[:13].replace("-", "") not in text


def test_ids_come_back_in_their_usual_spelling(book: Environments) -> None:
    book.add(TEST, EnvironmentIds("", f" {{{DEPLOYMENT.upper()}}} "))
    assert again(book).ids("Test") == EnvironmentIds("", DEPLOYMENT)


@pytest.mark.parametrize(
    "ids",
    [
        EnvironmentIds(ORG, ""),
        EnvironmentIds(ORG, "  "),
        EnvironmentIds("", "not a UUID"),
        EnvironmentIds("", DEPLOYMENT[:-1]),
        EnvironmentIds("no", DEPLOYMENT),
    ],
)
def test_ids_that_are_no_uuids_are_refused_and_nothing_is_kept(
    book: Environments, backend: Trusted, ids: EnvironmentIds
) -> None:
    with pytest.raises(EnvironmentInputError) as caught:
        book.add(TEST, ids)
    assert caught.value.hint
    assert book.all() == []
    assert backend.kept == {}


@pytest.mark.parametrize("name", ["", "   ", "\t", "a\nb", "a\x00b", "x" * 61, "\u202eevil", "half \ud800"])
def test_names_nobody_can_read_are_refused(name: str) -> None:
    with pytest.raises(EnvironmentInputError):
        check_name(name)


@pytest.mark.parametrize("name", ["Test", "Straße 7", "本番環境", "x" * 60, "Ünder-way (EU)", "🙂"])
def test_names_people_use_are_kept(book: Environments, name: str) -> None:
    book.add(Environment(f"  {name} ", region="mypurecloud.de"), IDS)
    assert again(book).get(name).name == name


@pytest.mark.parametrize("second", ["test", " TEST ", "Test"])
def test_names_are_unique_whatever_the_case(book: Environments, backend: Trusted, second: str) -> None:
    book.add(TEST, IDS)
    with pytest.raises(EnvironmentInputError, match="There is an environment named Test already"):
        book.add(Environment(second, region="mypurecloud.ie"), IDS)
    assert [environment.region for environment in book.all()] == ["mypurecloud.de"]
    assert len(backend.kept) == 1


def test_a_name_taken_between_two_programs_is_noticed(book: Environments, backend: Trusted) -> None:
    other = again(book)

    class Slow(KeyringIds):
        def write(self, key: str, ids: EnvironmentIds) -> None:
            super().write(key, ids)
            other.add(TEST, IDS)

    slow = Environments(Settings(book.settings.path), Slow())
    with pytest.raises(EnvironmentInputError, match="already"):
        slow.add(Environment("TEST", region="mypurecloud.ie"), IDS)
    assert book.all() == [TEST]
    assert len(backend.kept) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        Environment("Test"),
        Environment("Test", region="mypurecloud.de", endpoint="wss://chat.example.com/v1"),
        Environment("Test", region="mypurecloud.de", colour="pink"),
        Environment("Test", region="mypurecloud.de", crm_id_key="a\x07b"),
        Environment("Test", region="mypurecloud.de", origin="https://x.example\r\nCookie: y"),
        Environment("Test", region="mypurecloud.de", origin="https://x.example y"),
        Environment("Test", endpoint="ws://chat.example.com/v1"),
        Environment("Test", endpoint="https://chat.example.com/v1"),
        Environment("Test", region="genesiscloud.com"),
    ],
)
def test_fields_that_cannot_be_used_are_refused_with_two_sentences(
    book: Environments, backend: Trusted, wrong: Environment
) -> None:
    with pytest.raises((EnvironmentInputError, EndpointError)) as caught:
        book.add(wrong, IDS)
    assert caught.value.title.endswith(".")
    assert caught.value.hint.endswith((".", "?"))
    assert book.all() == []
    assert backend.kept == {}


def test_fields_are_tidied() -> None:
    tidy = check_environment(
        Environment(" Test ", region="https://api.mypurecloud.de/", origin=" ", crm_id_key=" ", colour="RED")
    )
    assert tidy == Environment("Test", region="mypurecloud.de", colour="red")


def test_a_local_endpoint_is_fine(book: Environments) -> None:
    book.add(Environment("Local", endpoint="ws://127.0.0.1:8765/v1"), IDS)
    assert again(book).get("local").endpoint_of().is_local


def test_they_are_listed_by_name(book: Environments) -> None:
    for name in ("beta", "Alpha", "gamma"):
        book.add(Environment(name, region="mypurecloud.de"), IDS)
    assert [environment.name for environment in again(book).all()] == ["Alpha", "beta", "gamma"]


def test_an_unknown_name_is_met_with_the_closest(book: Environments) -> None:
    with pytest.raises(EnvironmentInputError, match="gcdesk env add"):
        book.get("Test")
    book.add(Environment("Production", region="mypurecloud.de"), IDS)
    with pytest.raises(EnvironmentInputError, match=r"Did you mean Production\?"):
        book.get("prodution")
    with pytest.raises(EnvironmentInputError, match="There are: Production"):
        book.get("xyz")


def test_an_edit_keeps_ids_unless_new_ones_are_given(book: Environments, backend: Trusted) -> None:
    book.add(TEST, IDS)
    book.edit("test", Environment("Stage", region="mypurecloud.ie"))
    assert again(book).all() == [Environment("Stage", region="mypurecloud.ie")]
    assert again(book).ids("Stage") == IDS
    book.edit("Stage", Environment("Stage", region="mypurecloud.ie"), EnvironmentIds("", ORG))
    assert again(book).ids("Stage") == EnvironmentIds("", ORG)
    assert len(backend.kept) == 1


def test_an_edit_may_change_the_case_of_its_own_name_but_not_take_anothers(book: Environments) -> None:
    book.add(TEST, IDS)
    book.add(Environment("Other", region="mypurecloud.de"), IDS)
    book.edit("Test", Environment("TEST", region="mypurecloud.de"))
    with pytest.raises(EnvironmentInputError, match="already"):
        book.edit("TEST", Environment("other", region="mypurecloud.de"))
    assert [environment.name for environment in again(book).all()] == ["Other", "TEST"]


def test_the_choice_survives_a_new_name_and_goes_with_the_environment(book: Environments) -> None:
    assert book.chosen == ""
    book.add(TEST, IDS)
    book.choose("test")
    book.edit("Test", Environment("Stage", region="mypurecloud.de"))
    assert again(book).chosen == "Stage"
    book.remove("Stage")
    assert again(book).chosen == ""


def test_removing_erases_the_ids(book: Environments, backend: Trusted) -> None:
    book.add(TEST, IDS)
    book.remove("TEST")
    assert again(book).all() == []
    assert backend.kept == {}


def test_removing_without_a_keyring_changes_nothing_unless_told_so(
    book: Environments, backend: Trusted
) -> None:
    book.add(TEST, IDS)
    backend.failure = KeyringLocked()
    with pytest.raises(KeyringRefusedError):
        book.remove("Test")
    assert again(book).all() == [TEST]
    book.remove("Test", leave_ids=True)
    assert again(book).all() == []


def test_a_keyring_that_refuses_leaves_no_trace(book: Environments, backend: Trusted) -> None:
    backend.failure = KeyringLocked()
    with pytest.raises(KeyringRefusedError):
        book.add(TEST, IDS)
    backend.failure = None
    assert again(book).all() == []
    book.add(TEST, IDS)
    backend.failure = KeyringLocked()
    with pytest.raises(KeyringRefusedError):
        book.edit("Test", Environment("Stage", region="mypurecloud.ie"), EnvironmentIds("", ORG))
    assert again(book).all() == [TEST]


def break_settings(book: Environments, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gcdesk.desk.settings.write_whole", full)


def test_settings_that_cannot_be_written_take_the_ids_back(
    book: Environments, backend: Trusted, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.add(TEST, IDS)
    break_settings(book, monkeypatch)
    with pytest.raises(SettingsError):
        book.add(Environment("Other", region="mypurecloud.de"), IDS)
    assert len(backend.kept) == 1
    with pytest.raises(SettingsError):
        book.edit("Test", Environment("Stage", region="mypurecloud.de"), EnvironmentIds("", ORG))
    assert book.ids("Test") == IDS


def test_missing_ids_are_said_so(book: Environments, backend: Trusted) -> None:
    book.add(TEST, IDS)
    backend.kept.clear()
    with pytest.raises(EnvironmentInputError, match="enter them"):
        book.ids("Test")


def test_without_a_keyring_nothing_is_written(tmp_path: Path) -> None:
    book = Environments(Settings(tmp_path / "desk" / "settings.json"), KeyringIds())
    with pytest.raises(KeyringUnavailableError):
        book.add(TEST, IDS)
    assert not book.settings.path.exists()


@pytest.mark.parametrize("by_store", [True, False], ids=["a store in memory", "for this session only"])
def test_this_session_only_means_it(tmp_path: Path, by_store: bool) -> None:
    place = Settings(tmp_path / "desk" / "settings.json")
    book = Environments(place, SessionIds() if by_store else KeyringIds())
    added = book.add(TEST, IDS, session_only=not by_store)
    assert book.is_session_only(added)
    assert book.all() == [TEST]
    assert book.ids("test") == IDS
    book.choose("Test")
    with pytest.raises(EnvironmentInputError, match="already"):
        book.add(Environment("TEST", region="mypurecloud.ie"), IDS, session_only=True)
    book.edit("Test", Environment("Stage", region="mypurecloud.ie"), EnvironmentIds("", ORG))
    assert book.ids("Stage") == EnvironmentIds("", ORG)
    assert not place.path.exists()
    book.remove("Stage")
    assert book.all() == []


def test_known_environments_can_be_used_with_ids_for_this_session(
    book: Environments, backend: Trusted
) -> None:
    book.add(TEST, IDS)
    backend.failure = KeyringLocked()
    fresh = again(book)
    edited = fresh.edit("Test", TEST, EnvironmentIds("", ORG), session_only=True)
    assert fresh.ids("Test") == EnvironmentIds("", ORG)
    assert fresh.is_session_only(edited)
    backend.failure = None
    assert again(book).ids("Test") == IDS


@pytest.mark.parametrize(
    "strange",
    [
        {"environments": [5, None, "text", []]},
        {"environments": [{"name": "No identifier", "region": "mypurecloud.de"}]},
        {"environments": [{"id": "a", "name": "Nowhere"}]},
        {"environments": [{"id": "a", "name": 5, "region": ["mypurecloud.de"]}]},
    ],
)
def test_entries_it_cannot_understand_are_told_and_stay(book: Environments, strange: dict[str, Any]) -> None:
    book.settings.path.parent.mkdir()
    book.settings.path.write_text(json.dumps(strange), "utf-8")
    assert book.all() == []
    notices = book.take_notices()
    assert notices
    assert all("cannot be used" in notice for notice in notices)
    book.add(TEST, IDS)
    assert kept(book)["environments"][:-1] == strange["environments"]


def test_what_another_version_wrote_into_an_entry_stays(book: Environments) -> None:
    book.add(TEST, IDS)
    with book.settings.editing() as data:
        data["environments"][0].update(colour="ultraviolet", credentials={"kept": "elsewhere"})
    assert again(book).get("Test").colour in COLOURS
    book.edit("Test", Environment("Stage", region="mypurecloud.de"))
    assert kept(book)["environments"][0]["credentials"] == {"kept": "elsewhere"}


def test_a_damaged_settings_file_is_told(book: Environments) -> None:
    book.settings.path.parent.mkdir()
    book.settings.path.write_text("{", "utf-8")
    assert book.all() == []
    assert ["damaged" in notice for notice in book.take_notices()] == [True]
    assert book.take_notices() == []


@given(
    name=strategies.text(max_size=70),
    place=strategies.text(max_size=40),
    origin=strategies.text(max_size=20),
    key=strategies.text(max_size=20),
    deployment=strategies.text(max_size=40) | strategies.uuids().map(str),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_input_is_kept_or_refused_with_a_sentence(
    tmp_path: Path, name: str, place: str, origin: str, key: str, deployment: str
) -> None:
    with chosen_backend(Trusted()):
        book = Environments(Settings(tmp_path / "any.json"), KeyringIds())
        for environment in (
            Environment(name, region=place, origin=origin, crm_id_key=key),
            Environment(name, endpoint=place, origin=origin, crm_id_key=key),
        ):
            try:
                added = book.add(environment, EnvironmentIds("", deployment))
            except InputError:
                continue
            assert added in again(book).all()
            assert again(book).ids(name).deployment_id
            book.remove(name)
