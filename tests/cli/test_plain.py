"""Nothing from elsewhere can play tricks on the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies

from gcdesk.cli.plain import indented, one_line, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("two\nlines\r\nthree", "two\nlines\nthree"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("bell\x07 back\x08", "bell\\x07 back\\x08"),
        ("over\rwritten", "over\\x0dwritten"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202eevil", "\\u202eevil"),
        ("line\u2028break", "line\\u2028break"),
        ("half \ud83d", "half \\ud83d"),
        ("👩‍💻 🇨🇭 ❤️ مرحبا שלום", "👩‍💻 🇨🇭 ❤️ مرحبا שלום"),
    ],
)
def test_tricks_are_shown_and_text_stays(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(strategies.text())
def test_nothing_that_controls_a_terminal_passes(text: str) -> None:
    for shown, allowed in ((plain(text), "\n\t"), (one_line(text), ""), (indented(text, 4), "\n\t")):
        assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed]


def test_later_lines_are_indented() -> None:
    assert indented("a\nb\nc", 2) == "a\n  b\n  c"
