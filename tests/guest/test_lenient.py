"""Reading JSON without ever failing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.lenient import Reader

from .test_received import VALUES


def reader(value: object, where: str = "body") -> Reader:
    return Reader(value, where, [])


@pytest.mark.parametrize(
    ("value", "text", "odd"),
    [("a", "a", 0), ("", "", 0), (None, "-", 0), (1, "1", 1), (True, "True", 1), ([], "-", 1), ({}, "-", 1)],
)
def test_texts(value: object, text: str, odd: int) -> None:
    found = reader({"a": value})
    assert found.text("a", "-") == text
    assert found.problems == ["body.a should be text."] * odd
    assert reader({}).text("a", "-") == "-"


@pytest.mark.parametrize(
    ("value", "flag", "odd"),
    [
        (True, True, 0),
        (False, False, 0),
        (None, True, 0),
        ("false", False, 1),
        ("TRUE", True, 1),
        (0, True, 1),
        ([], True, 1),
    ],
)
def test_flags(value: object, flag: bool, odd: int) -> None:
    found = reader({"a": value})
    assert found.flag("a", default=True) is flag
    assert found.problems == ["body.a should be true or false."] * odd


@pytest.mark.parametrize(
    ("value", "number", "odd"),
    [
        (1, 1.0, 0),
        (1.5, 1.5, 0),
        (None, None, 0),
        ("2", 2.0, 1),
        ("x", None, 1),
        (True, None, 1),
        ([], None, 1),
        (10**400, None, 1),
        (float("inf"), None, 1),
        ("nan", None, 1),
        ("-inf", None, 1),
        (float("nan"), None, 1),
    ],
)
def test_numbers_are_finite(value: object, number: float | None, odd: int) -> None:
    found = reader({"a": value})
    assert found.number("a") == number
    assert len(found.problems) == odd
    assert found.whole("a") == (None if number is None else int(number))


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2026-07-01T09:30:15.174Z", datetime(2026, 7, 1, 9, 30, 15, 174_000, UTC)),
        ("2026-07-01T11:30:15+02:00", datetime(2026, 7, 1, 9, 30, 15, tzinfo=UTC)),
        ("2026-07-01T09:30:15", datetime(2026, 7, 1, 9, 30, 15, tzinfo=UTC)),
        ("", None),
        (None, None),
        ("yesterday", None),
        (5, None),
        ("\ud800", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("1969-12-31T23:59:59Z", None),
        ("9999-12-31T23:59:59-12:00", None),
    ],
)
def test_times_are_aware(value: object, time: datetime | None) -> None:
    found = reader({"a": value}).time("a")
    assert found == time
    assert found is None or found.tzinfo is not None


@given(st.datetimes(timezones=st.timezones()).map(datetime.isoformat))
def test_every_time_that_is_read_can_be_shown(text: str) -> None:
    found = reader({"a": text}).time("a")
    assert found is None or found.astimezone().isoformat()


def test_what_is_inside_is_named_by_its_path() -> None:
    found = reader({"a": {"b": [{"c": 1}, 2]}}, "")
    inner = found.inside("a")
    readers = inner.readers("b")
    assert [item.text("c") for item in readers] == ["1", ""]
    assert inner.inside("none").text("x", "-") == "-"
    assert inner.items("none") == ()
    assert found.problems == ["a.b[1] should be an object.", "a.b[0].c should be text."]


def test_objects_of_texts_leave_nulls_out() -> None:
    found = reader({"a": {"b": "c", "d": None, "e": 1, "f": []}})
    assert found.texts("a") == {"b": "c", "e": "1", "f": ""}


@given(
    VALUES,
    st.sampled_from(["text", "flag", "number", "whole", "time", "items", "texts", "inside", "readers"]),
)
def test_nothing_ever_raises(value: Any, method: str) -> None:
    for outer in (value, {"a": value}, {"a": {"b": value}}, {"a": [value]}):
        found = reader(outer)
        getattr(found, method)("a")
        getattr(found, method)("missing")
        assert all(sentence.endswith(".") for sentence in found.problems)
