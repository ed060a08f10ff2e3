"""Finds words in a text as a person would: whatever their case, and however their letters are spelled."""

from __future__ import annotations

import unicodedata

from gcdesk.desk.history_search import fold

Span = tuple[int, int]
"""Where something begins and ends in a text, in characters."""


def holds(folded: str, sought: str) -> bool:
    """Whether a folded text holds folded words."""
    return bool(sought) and sought in folded


def spans(text: str, sought: str) -> list[Span]:
    """Where folded words stand in a text; none overlaps another."""
    if not sought:
        return []
    folded = fold(text)
    if len(folded) == len(text) and text.isascii():
        places = list(range(len(text) + 1))
    else:
        folded, places = _fold_with_places(text)
    found = []
    at = folded.find(sought)
    while at >= 0:
        end = at + len(sought)
        found.append((places[at], _end_of(places, end)))
        at = folded.find(sought, end)
    return found


def in_utf16(text: str, found: list[Span]) -> list[Span]:
    """The same places counted as Qt does, for which an emoji is two characters."""
    if text.isascii() or not found:
        return found
    counted = [0]
    for character in text:
        counted.append(counted[-1] + (2 if ord(character) > 0xFFFF else 1))
    return [(counted[begin], counted[end]) for begin, end in found]


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where in the text it came from."""
    folded: list[str] = []
    places: list[int] = []
    begin = 0
    while begin < len(text):
        end = begin + 1
        # A letter and its accents may be one character once they are folded.
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        part = fold(text[begin:end])
        folded.append(part)
        places += [begin] * len(part)
        begin = end
    places.append(len(text))
    return "".join(folded), places


def _end_of(places: list[int], end: int) -> int:
    # Where half of a letter was found, as of "ß", all of it is shown.
    while end < len(places) - 1 and places[end] == places[end - 1]:
        end += 1
    return places[end]
