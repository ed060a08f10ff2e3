"""Texts as paragraphs and runs: links that are found, and the safe part of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.ui import markdown
from gcdesk.ui.markup import Paragraph, Run, plain


def links(text: str) -> list[str]:
    return [run.link for run in plain(text)[0].runs if run.link]


def words(paragraphs: list[Paragraph]) -> list[str]:
    return ["".join((one.lead, *(run.text for run in one.runs))) for one in paragraphs]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.com/a.", ["https://example.com/a"]),
        ("(https://example.com/a_(b))", ["https://example.com/a_(b)"]),
        ("[HTTP://EXAMPLE.COM]!", ["HTTP://EXAMPLE.COM"]),
        ("https://a.example, http://b.example?", ["https://a.example", "http://b.example"]),
        ("<a href='https://example.com'>x</a>", ["https://example.com"]),
        ("https:// is nothing, javascript:alert(1) neither", []),
        ("www.example.com", []),
    ],
)
def test_web_addresses_are_found_in_a_sentence(text: str, found: list[str]) -> None:
    assert links(text) == found


@given(st.text())
def test_no_character_of_a_text_is_lost(text: str) -> None:
    assert words(plain(text)) == [text]


def test_emphasis_and_code() -> None:
    (paragraph,) = markdown.paragraphs("a **b _c_** ~~d~~ `e*f*`")
    assert paragraph.runs == (
        Run("a "),
        Run("b ", bold=True),
        Run("c", bold=True, italic=True),
        Run(" "),
        Run("d", struck=True),
        Run(" "),
        Run("e*f*", mono=True),
    )


def test_lists_quotes_and_headings() -> None:
    text = "# Head\n\n3. three\n4. four\n   - inner\n\n> said\n\n```\ncode\nmore\n```\n\n---"
    found = markdown.paragraphs(text)
    assert words(found)[:6] == ["Head", "3.three", "4.four", "•inner", "said", "code\nmore"]
    assert [one.indent for one in found] == [0, 1, 1, 2, 1, 0, 0]
    assert (found[0].heading, found[1].heading) == (1, 0)
    assert found[4].quoted
    assert found[5].runs[0].mono


def test_html_stays_what_it_is_written_as() -> None:
    text = "<b>bold</b> <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n<div>\nblock\n</div>"
    found = markdown.paragraphs(text)
    assert "\n\n".join(words(found)) == text
    assert all(run == Run(run.text) for one in found for run in one.runs)


def test_a_picture_is_a_link_and_nothing_is_fetched() -> None:
    (paragraph,) = markdown.paragraphs("![a cat](https://example.com/cat.png)")
    assert paragraph.runs == (Run("a cat", link="https://example.com/cat.png"),)


def test_links_by_name_and_bare() -> None:
    (paragraph,) = markdown.paragraphs(
        "[here](https://example.com/x) or https://example.com/y, [bad](javascript:alert(1))"
    )
    assert [run.link for run in paragraph.runs if run.link] == [
        "https://example.com/x",
        "https://example.com/y",
    ]


def test_line_breaks_stay() -> None:
    assert words(markdown.paragraphs("one\ntwo")) == ["one\ntwo"]


def test_what_is_too_long_is_taken_as_written() -> None:
    text = "*" * (markdown.LONGEST + 1)
    assert markdown.paragraphs(text) == plain(text)


@given(st.text(alphabet="ab *_`[]()<>!#-+>\n0123.&;\\~:/", max_size=200))
def test_any_markdown_gives_paragraphs(text: str) -> None:
    found = markdown.paragraphs(text)
    assert found
    assert all(isinstance(run.text, str) for one in found for run in one.runs)
