"""What every chat of an environment starts with: default attributes, a first message, and the way there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies

from gcdesk.desk.environments import Environment, EnvironmentIds, Environments, check_environment
from gcdesk.desk.ids import SessionIds
from gcdesk.desk.proxy_choice import PROXY_KEY, check_choice, read_choice, write_choice
from gcdesk.desk.settings import Settings
from gcdesk.errors import CustomAttributeError, EnvironmentInputError, ProxyInputError

DEPLOYMENT = "7c0de1d2-f3a4-4b0e-9a55-0f4d1c2e8f7a"
IDS = EnvironmentIds("", DEPLOYMENT)
STAGE = Environment(
    "Stage",
    region="mypurecloud.de",
    attributes={"tier": "gold", "vip": "true"},
    first_message="Hello, I am a test",
    proxy="http://proxy.example:3128",
)


class LastingIds(SessionIds):
    """IDs in memory that count as kept."""

    lasting = True


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def book_of(settings: Settings) -> Environments:
    return Environments(settings, LastingIds())


def environment(**more: Any) -> Environment:
    return check_environment(Environment("Test", region="mypurecloud.de", **more))


def test_the_next_program_finds_what_chats_start_with(settings: Settings) -> None:
    book_of(settings).add(STAGE, IDS)
    [found] = book_of(settings).all()
    assert found == STAGE
    assert list(found.attributes.items()) == [("tier", "gold"), ("vip", "true")]


def test_an_entry_of_an_older_version_starts_with_nothing(settings: Settings) -> None:
    settings.set("environments", [{"id": "1", "name": "Old", "region": "mypurecloud.de"}])
    [old] = book_of(settings).all()
    assert (dict(old.attributes), old.first_message, old.proxy) == ({}, "", "")


def test_what_a_person_damaged_in_the_file_is_left_out(settings: Settings) -> None:
    entry = {"id": "1", "name": "Old", "region": "mypurecloud.de"}
    settings.set("environments", [{**entry, "attributes": {"tier": "gold", "vip": True}, "first_message": 7}])
    [old] = book_of(settings).all()
    assert (dict(old.attributes), old.first_message) == ({"tier": "gold"}, "")


def test_no_default_attribute_takes_the_place_of_the_crm_id() -> None:
    with pytest.raises(EnvironmentInputError, match="kundenNummer is the one that carries"):
        environment(crm_id_key="kundenNummer", attributes={"kundenNummer": "1"})


@pytest.mark.parametrize("attributes", [{"": "x"}, {"a": "\n"}, {"a": "x" * 3000}])
def test_attributes_that_could_not_be_sent_are_refused(attributes: dict[str, str]) -> None:
    with pytest.raises(CustomAttributeError):
        environment(attributes=attributes)


def test_the_first_message_is_kept_without_blanks_around_it() -> None:
    assert environment(first_message="  Hello\nthere \n").first_message == "Hello\nthere"


@pytest.mark.parametrize("text", ["x" * 4097, "ä" * 2049, "half \ud83d"])
def test_a_first_message_that_could_not_be_sent_is_refused(text: str) -> None:
    with pytest.raises(EnvironmentInputError, match="first message"):
        environment(first_message=text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" System ", "system"),
        ("DIRECT", "direct"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example", "http://proxy.example:80"),
        ("SOCKS5H://proxy.example:1080/", "socks5h://proxy.example:1080"),
        ("socks://[2001:db8::1]", "socks5h://[2001:db8::1]:1080"),
    ],
)
def test_a_choice_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert check_choice(typed) == kept
    assert check_choice(kept) == kept


@pytest.mark.parametrize(
    "typed", ["https://proxy.example", "ftp://x", "http://", "http://a b", "http://x:port"]
)
def test_an_address_that_cannot_be_used_is_refused(typed: str) -> None:
    with pytest.raises(ProxyInputError) as caught:
        check_choice(typed)
    assert "system settings" not in caught.value.title


def test_no_password_of_a_proxy_reaches_the_file(settings: Settings) -> None:
    with pytest.raises(ProxyInputError) as caught:
        write_choice(settings, "http://me:hunter2@proxy.example:3128")
    assert "hunter2" not in str(caught.value)
    assert not settings.path.exists()


@given(strategies.text(max_size=40))
def test_any_text_is_kept_or_refused_by_name(typed: str) -> None:
    try:
        kept = check_choice(typed)
    except ProxyInputError:
        return
    assert check_choice(kept) == kept
    assert "@" not in kept


def test_an_environment_goes_its_own_way_and_the_others_that_of_the_settings(settings: Settings) -> None:
    book = book_of(settings)
    book.add(STAGE, IDS)
    book.add(Environment("Plain", region="mypurecloud.de"), IDS)
    assert book.target_of("Plain")[2].proxy == "system"
    write_choice(settings, "direct")
    assert book.target_of("Plain")[2].proxy == "direct"
    assert book.target_of("Stage")[2].proxy == "http://proxy.example:3128"
    write_choice(settings, "system")
    assert settings.get(PROXY_KEY, object, None) is None


def test_a_choice_that_somebody_damaged_in_the_file_is_told(settings: Settings) -> None:
    settings.set(PROXY_KEY, "ftp://x")
    with pytest.raises(ProxyInputError) as caught:
        read_choice(settings)
    assert str(settings.path) in caught.value.hint


def test_an_environment_without_ids_can_be_kept_and_completed(settings: Settings) -> None:
    book = book_of(settings)
    book.add_without_ids(STAGE)
    with pytest.raises(EnvironmentInputError, match="The IDs of Stage are not in this keyring"):
        book.ids("Stage")
    with pytest.raises(EnvironmentInputError, match="already"):
        book.add_without_ids(STAGE)
    book.edit("Stage", STAGE, IDS)
    assert book.ids("Stage") == IDS
    assert (
        json.loads(settings.path.read_text("utf-8"))["environments"][0]["first_message"]
        == STAGE.first_message
    )
