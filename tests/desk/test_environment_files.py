"""Environments as files: everything that can be handed on, no ID and no secret, and nothing led astray by them."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies

from gcdesk.desk.environment_files import (
    FORMAT,
    LARGEST,
    export_environments,
    import_environments,
    parse_environments,
    read_environments,
    write_environments,
)
from gcdesk.desk.environments import Environment, EnvironmentIds, Environments
from gcdesk.desk.ids import SessionIds
from gcdesk.desk.settings import Settings
from gcdesk.errors import EnvironmentFileError, FileNotSavedError, MissingIdsError
from gcdesk.guest.identity import IdentityProvider

UUID = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
IDS = EnvironmentIds("2b1f7d3e-0000-4c4c-8d8d-99aa88bb77cc", UUID)
PROVIDER = IdentityProvider(f"https://login.example/{UUID}/authorize", "client-4711")
STAGE = Environment(
    "Stage",
    region="mypurecloud.de",
    origin="https://www.example.com",
    crm_id_key="kundenNummer",
    colour="green",
    attributes={"tier": "gold", "straße": "Ölweg"},
    first_message="Grüß Gott\nhier ist ein Test",
    proxy="http://proxy.example:3128",
)
LOCAL = Environment("Local", endpoint="ws://127.0.0.1:8080/v1", colour="purple")


class LastingIds(SessionIds):
    """IDs in memory that count as kept."""

    lasting = True


@pytest.fixture
def book(tmp_path: Path) -> Environments:
    return Environments(Settings(tmp_path / "settings.json"), LastingIds())


def file_of(*entries: object, **more: Any) -> bytes:
    return json.dumps({"format": FORMAT, "version": 1, "environments": list(entries), **more}).encode()


def test_what_was_exported_is_read_again_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "environments.json"
    assert write_environments(path, [STAGE, LOCAL]) == ()
    assert read_environments(path) == [STAGE, LOCAL]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_id_and_no_secret_is_in_the_file_and_what_was_left_out_is_named(book: Environments) -> None:
    secret = replace(
        STAGE,
        sign_in=PROVIDER,
        origin=f"https://{UUID}.example.com",
        first_message=f"I am {UUID}",
        attributes={"tier": "gold", "apiToken": "abc", "tenant": UUID, "login": "Bearer abcdefgh"},
    )
    book.add(secret, IDS)
    export = export_environments(book.all())
    assert all(text not in export.text for text in (UUID, IDS.org_id, "client-4711", "abc", "Bearer"))
    assert list(export.left_out) == [
        "The Origin of Stage was left out, since it holds an ID or a secret.",
        "The first message of Stage was left out, since it holds an ID or a secret.",
        "The default attribute apiToken of Stage was left out, since it holds an ID or a secret.",
        "The default attribute tenant of Stage was left out, since it holds an ID or a secret.",
        "The default attribute login of Stage was left out, since it holds an ID or a secret.",
        "How customers sign in to Stage was left out.",
    ]
    [read] = parse_environments(export.text.encode())
    assert dict(read.attributes) == {"tier": "gold"}


def test_an_environment_whose_address_holds_an_id_is_left_out() -> None:
    export = export_environments([replace(LOCAL, endpoint=f"wss://chat.example/{UUID}"), STAGE])
    assert UUID not in export.text
    assert [one.name for one in parse_environments(export.text.encode())] == ["Stage"]
    assert "Local was left out" in export.left_out[0]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotSavedError, match=r"environments\.json could not be saved"):
        write_environments(tmp_path / "nowhere" / "environments.json", [STAGE])


def test_imported_ones_wait_for_their_ids(book: Environments) -> None:
    assert import_environments(book, [STAGE, LOCAL]) == (("Stage", "Local"), (), ())
    assert book.all() == [LOCAL, STAGE]
    with pytest.raises(MissingIdsError):
        book.ids("Stage")


def test_those_that_are_here_already_stay_as_they_are(book: Environments) -> None:
    book.add(STAGE, IDS)
    changed = replace(STAGE, name="stage", first_message="changed")
    assert import_environments(book, [changed]) == ((), (), ("Stage",))
    assert book.get("Stage") == STAGE


def test_replacing_keeps_ids_and_sign_in(book: Environments) -> None:
    book.add(replace(STAGE, sign_in=PROVIDER), IDS)
    changed = replace(STAGE, first_message="changed", colour="red")
    assert import_environments(book, [changed], replacing=True) == ((), ("Stage",), ())
    assert book.get("Stage") == replace(changed, sign_in=PROVIDER)
    assert book.ids("Stage") == IDS


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"region": "mypurecloud.ie"},
        {"region": "", "endpoint": "wss://evil.example/v1"},
        {"proxy": "http://evil.example:1"},
        {"origin": "https://evil.example"},
    ],
)
def test_no_file_leads_kept_ids_to_another_place(book: Environments, elsewhere: dict[str, str]) -> None:
    book.add(STAGE, IDS)
    assert import_environments(book, [replace(STAGE, **elsewhere)], replacing=True).kept == ("Stage",)  # type: ignore[arg-type]
    assert book.get("Stage") == STAGE


def test_ids_that_somebody_wrote_into_a_file_are_not_taken(book: Environments) -> None:
    entry = {"name": "Stage", "region": "mypurecloud.de", "deployment_id": UUID, "id": "1"}
    import_environments(book, parse_environments(file_of(entry)))
    assert UUID not in book.settings.path.read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff", "not JSON in UTF-8"),
        (b"[]", "no environments of gcdesk"),
        (b'{"format": "other"}', "no environments of gcdesk"),
        (file_of(version=2), "does not understand"),
        (file_of(version=True), "does not understand"),
        (file_of(environments={}), "no environments of gcdesk"),
        (file_of("x"), "Entry 1 of the file is no environment"),
        (file_of({"name": "A", "region": 7}), "region is no text"),
        (
            file_of({"name": "A", "region": "mypurecloud.de", "attributes": {"a": 1}}),
            "attributes are not texts",
        ),
        (file_of({"name": "A"}), "Entry 1 of the file, A, cannot be used"),
        (file_of({"name": "A", "region": "mypurecloud.de", "proxy": "http://me:pw@x"}), "cannot be used"),
        (
            file_of(*({"name": name, "region": "mypurecloud.de"} for name in ("A", "a "))),
            "two environments named",
        ),
        (b" " * (LARGEST + 1), "far too large"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why(data: bytes, said: str) -> None:
    with pytest.raises(EnvironmentFileError) as caught:
        parse_environments(data)
    assert said in caught.value.title
    assert caught.value.hint


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFileError, match=r"gone\.json cannot be read"):
        read_environments(tmp_path / "gone.json")


JSON = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=8),
    lambda inner: (
        strategies.lists(inner, max_size=3)
        | strategies.dictionaries(strategies.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = strategies.sampled_from(["name", "region", "endpoint", "origin", "attributes", "proxy", "colour"])


@given(strategies.lists(strategies.dictionaries(FIELDS, JSON, max_size=5) | JSON, max_size=3))
def test_any_file_is_taken_in_or_refused_by_name(entries: list[object]) -> None:
    try:
        found = parse_environments(file_of(*entries))
    except EnvironmentFileError:
        return
    assert (
        parse_environments(export_environments(found).text.encode()) == found
        or export_environments(found).left_out
    )
