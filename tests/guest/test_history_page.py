"""Pages of the history: read whatever they hold, and no page is taken for the last one too early."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gcdesk.guest.history_page import parse_history_page

from .frames_of import sample


def test_a_page_is_read_with_its_raw_entities() -> None:
    value = sample("rest.history_page")
    page = parse_history_page(value)
    assert [entity.body.id for entity in page.entities] == [entity["id"] for entity in value["entities"]]
    assert [json.loads(entity.raw) for entity in page.entities] == value["entities"]
    assert (page.page_size, page.total, page.page_count) == (25, 3, 1)
    assert page.problems == ()
    assert repr(page.entities[0]) == "HistoryEntity(tracing_id='')"


@pytest.mark.parametrize(
    "value", [None, [], "x", 7, {}, {"entities": None}, {"entities": "x"}, {"entities": {}}]
)
def test_what_is_no_page_is_an_empty_one(value: object) -> None:
    assert parse_history_page(value).entities == ()


def test_what_is_no_entity_is_left_out_and_the_rest_read() -> None:
    page = parse_history_page({"entities": [None, 7, {}, [], {"id": "a", "text": 5}], "total": "many"})
    (entity,) = page.entities
    assert (entity.body.id, entity.body.text, page.total) == ("a", "5", None)
    assert page.problems


@pytest.mark.parametrize(
    ("fields", "number", "read", "last"),
    [
        ({}, 1, 2, True),
        ({"pageSize": 2}, 1, 2, False),
        ({"pageSize": 0}, 1, 2, True),
        ({"total": 2}, 1, 2, True),
        ({"total": 3}, 1, 2, False),
        ({"total": 3}, 2, 3, True),
        ({"pageCount": 1}, 1, 2, True),
        ({"pageCount": 2}, 1, 2, False),
        ({"pageCount": 0, "total": -1}, 1, 2, True),
    ],
)
def test_a_page_is_the_last_only_if_nothing_speaks_against_it(
    fields: dict[str, Any], number: int, read: int, last: bool
) -> None:
    page = parse_history_page({"entities": [{"id": "a"}, {"id": "b"}], **fields})
    assert page.may_be_last(number, 25, read) is last


def test_ids_of_the_customers_client_are_found_in_both_places() -> None:
    entity = {"id": "a", "tracingId": "t", "metadata": {"customMessageId": "c"}}
    assert parse_history_page({"entities": [entity]}).entities[0].own_ids == ("t", "c")
