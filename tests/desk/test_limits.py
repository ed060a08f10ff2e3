"""Limits of the settings file hold, keep what is not understood, and are refused with a sentence if they cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from gcdesk.desk.limits import read_limits, write_limits
from gcdesk.desk.settings import Settings
from gcdesk.errors import LimitInputError
from gcdesk.guest.limits import LIMIT_NAMES, Limits


@pytest.fixture
def book(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def put(book: Settings, text: str) -> None:
    book.path.write_text(text, "utf-8")


def test_no_file_and_no_section_mean_the_services_figures(book: Settings) -> None:
    assert read_limits(book) == Limits()
    put(book, '{"theme": "dark"}')
    assert read_limits(book) == Limits()
    put(book, '{"limits": null}')
    assert read_limits(book) == Limits()


def test_figures_in_the_file_hold_and_the_others_stay_the_services(book: Settings) -> None:
    put(book, '{"limits": {"messages_per_second": 1, "requests_per_minute": 30, "echo_cooldown": 0}}')
    assert read_limits(book) == Limits(messages_per_second=1, requests_per_minute=30, echo_cooldown=0)


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        ('"requests_per_minute": 0', "a whole number from 1 to 1,000,000,000"),
        ('"requests_per_minute": 30.5', "a whole number from 1"),
        ('"requests_per_minute": true', "a whole number from 1"),
        ('"messages_per_second": "2"', "a number from 0.001"),
        ('"messages_per_second": NaN', "a number from 0.001"),
        ('"messages_per_second": Infinity', "a number from 0.001"),
        ('"messages_per_second": 1e999', "a number from 0.001"),
        ('"reconnect_pause": -1', "a number from 0 to"),
        ('"echo_cooldown": null', "a number from 0 to"),
    ],
)
def test_a_figure_that_cannot_be_used_is_refused_with_its_name_and_place(
    book: Settings, figure: str, says: str
) -> None:
    put(book, f'{{"limits": {{{figure}}}}}')
    with pytest.raises(LimitInputError) as caught:
        read_limits(book)
    name = figure.split('"')[1]
    assert caught.value.title.startswith(f"The limit {name} has to be {says}")
    assert str(book.path) in caught.value.hint
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("section", ["[]", "5", '"fast"', "true"])
def test_a_section_that_is_no_object_is_refused(book: Settings, section: str) -> None:
    put(book, f'{{"limits": {section}}}')
    with pytest.raises(LimitInputError, match="limits is not an object"):
        read_limits(book)


def test_what_is_not_known_stays_in_the_file(book: Settings) -> None:
    put(book, '{"limits": {"carrier_pigeons": [1], "message_burst": 2}, "theme": "dark"}')
    assert read_limits(book).message_burst == 2
    assert write_limits(book, {"message_burst": 1, "typing_cooldown": 7.5}).typing_cooldown == 7.5
    assert json.loads(book.path.read_text("utf-8")) == {
        "limits": {"carrier_pigeons": [1], "message_burst": 1, "typing_cooldown": 7.5},
        "theme": "dark",
    }


def test_none_takes_a_figure_back_to_the_services(book: Settings) -> None:
    write_limits(book, {"message_burst": 1})
    assert write_limits(book, {"message_burst": None, "ping_interval": None}) == Limits()
    assert json.loads(book.path.read_text("utf-8")) == {}


@pytest.mark.parametrize(
    "changes", [{"message_burst": 0}, {"no_such_limit": 1.0}, {"ping_timeout": 5, "message_burst": -1}]
)
def test_a_change_that_cannot_be_changes_nothing(book: Settings, changes: dict[str, float]) -> None:
    put(book, '{"limits": {"message_burst": 2}}')
    before = book.path.read_bytes()
    with pytest.raises(LimitInputError):
        write_limits(book, changes)
    assert book.path.read_bytes() == before


@given(values=strategies.dictionaries(strategies.sampled_from(LIMIT_NAMES), strategies.integers(1, 10**9)))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_figures_come_back(tmp_path: Path, values: dict[str, int]) -> None:
    book = Settings(tmp_path / "settings.json")
    book.set("limits", None)
    write_limits(book, values)
    assert read_limits(book) == Limits(**values)
