"""Where an address leads, and what it hides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl

from gcdesk.ui.addresses import LONGEST, destination, without_query


def test_an_honest_address_is_shown_whole_and_opened() -> None:
    found = destination("https://example.com/a?b=c#d")
    assert (found.shown, found.url) == ("https://example.com/a?b=c#d",) * 2
    assert (found.host, found.opens, found.warnings) == ("example.com", True, ())


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,<b>x</b>",
        "mailto:a@example.com",
        "tel:+491234",
        "ftp://example.com/",
        "ms-settings:",
        "//example.com/",
        "example.com",
        "https:///no-host",
        "http://",
        "http://[::1",
        "https://bank.example\\@evil.example/",
        "https://bank.example/a b",
        "https://bank.example/\x00",
        "https://bank.example/\nx",
        "https://bank.example/" + "a" * LONGEST,
        "",
    ],
)
def test_nothing_else_is_opened(text: str) -> None:
    assert not destination(text).opens


def test_a_name_before_the_at_sign_is_no_site() -> None:
    found = destination("https://bank.example:pay@evil.example/login")
    assert found.host == "evil.example"
    assert found.shown == "https://bank.example:pay@evil.example/login"
    assert found.warnings == ("What stands before the @ is not the site. This leads to evil.example.",)


@pytest.mark.parametrize("text", ["https://аpple.com/", "https://xn--pple-43d.com/"])
def test_letters_of_other_alphabets_are_told(text: str) -> None:
    found = destination(text)
    assert found.shown == "https://xn--pple-43d.com/", "as the browser gets it"
    assert "xn--" not in found.warnings[0]
    assert "reads аpple.com" in found.warnings[0]
    assert "several alphabets" in found.warnings[1]


def test_an_honest_name_of_another_alphabet_is_told_but_not_suspected() -> None:
    assert len(destination("https://пример.рф/").warnings) == 1
    assert len(destination("https://日本語ひらがな.jp/").warnings) == 1


def test_what_turns_the_writing_around_is_spelled_out() -> None:
    assert destination("https://example.com/\u202egnp.exe").shown == "https://example.com/%E2%80%AEgnp.exe"
    assert "\\u202e" in destination("nothing://example.com/\u202egnp.exe").shown


def test_numbers_are_shown_as_they_are_understood() -> None:
    assert destination("http://2130706433/").host == "127.0.0.1"
    assert destination("https://[::1]:8443/x").host == "::1"


def test_a_secret_query_is_left_out() -> None:
    assert without_query("https://example.com/a?X-Amz-Signature=abc") == "https://example.com/a?…"
    assert without_query("https://example.com/a") == "https://example.com/a"


@given(st.text() | st.text().map("https://{}".format) | st.text().map("http://a.example/{}".format))
def test_what_is_shown_is_what_is_opened(text: str) -> None:
    found = destination(text)
    if found.opens:
        assert found.shown == found.url
        assert found.url.isascii()
        assert found.url.startswith(("http://", "https://"))
        again = QUrl(found.url)
        assert again.host().strip("[]") or found.host
        assert destination(found.url).host == found.host
