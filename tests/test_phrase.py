"""A phrase is its sentence to everybody, and what it was made from to the window."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from gcdesk.errors import NameNotFoundError
from gcdesk.phrase import Phrase


def test_a_phrase_is_the_sentence() -> None:
    phrase = Phrase("{name} has {size:,} bytes.", name="a.txt", size=4096)
    assert phrase == "a.txt has 4,096 bytes."
    assert (phrase.template, dict(phrase.values)) == (
        "{name} has {size:,} bytes.",
        {"name": "a.txt", "size": 4096},
    )
    assert json.dumps(phrase) == '"a.txt has 4,096 bytes."'


def test_without_values_braces_are_braces() -> None:
    phrase = Phrase('Write {"a": 1}.')
    assert phrase == phrase.template == 'Write {"a": 1}.'
    assert not phrase.values


def test_a_value_cannot_be_a_place() -> None:
    assert Phrase("{name} broke.", name="{size:,}") == "{size:,} broke."


def test_around_another_phrase_it_is_that_phrase() -> None:
    inner = Phrase("{host} is away.", host="a.example")
    assert Phrase(inner) is inner
    assert Phrase("No way. {why}", why=inner) == "No way. a.example is away."


def test_a_value_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(KeyError):
        Phrase("{name} and {other}", name="a")


@pytest.mark.parametrize("phrase", [Phrase("Plain {x}."), Phrase("{a} of {b:.1f}", a=Phrase("one"), b=2.0)])
def test_a_copy_knows_as_much(phrase: Phrase) -> None:
    for twin in (pickle.loads(pickle.dumps(phrase)), copy.deepcopy(phrase)):
        assert isinstance(twin, Phrase)
        assert (twin, twin.template, dict(twin.values)) == (phrase, phrase.template, dict(phrase.values))


def test_an_error_carries_it_wherever_it_goes() -> None:
    error = pickle.loads(pickle.dumps(NameNotFoundError(Phrase("{host} is unknown.", host="a.example"))))
    assert isinstance(error.title, Phrase)
    assert error.title.template == "{host} is unknown."
    assert str(error).startswith("a.example is unknown. ")
