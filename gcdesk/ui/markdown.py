"""Markdown as the messenger understands it, turned into paragraphs and runs.

Only a safe part of it counts: emphasis, code, lists, quotes, headings, rules and links. HTML stays the text it is
written as, and a picture becomes a link to where it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from gcdesk.ui.markup import Paragraph, Run, plain, with_addresses

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST: Final = 8_000
"""Characters that are looked at; the service's own limit is 4,000 (guest API, section 8)."""

_BULLET: Final = "\N{BULLET}"
_RULE: Final = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * 12
_LOOKS: Final = {"strong": "bold", "em": "italic", "s": "struck"}


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a Markdown text; a text that is too long is taken as it is written."""
    if len(text) > LONGEST:
        return plain(text)
    return list(_Blocks(_parser().parse(text)).paragraphs()) or plain(text)


@cache
def _parser() -> MarkdownIt:
    # Most deployments have Markdown off, and the import takes a moment.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    return parser.enable("strikethrough")


@dataclass
class _Blocks:
    """Walks over the parser's flat list of tokens, and remembers which lists and quotes are open."""

    tokens: Sequence[Token]
    lists: list[int | None] = field(default_factory=list)
    quotes: int = 0
    lead: str = ""
    heading: int = 0

    def paragraphs(self) -> Iterator[Paragraph]:
        for token in self.tokens:
            self._follow(token)
            if token.type == "inline":
                yield self._paragraph(tuple(_runs(token.children or ())))
            elif token.type in ("fence", "code_block"):
                yield self._paragraph((Run(token.content.rstrip("\n"), mono=True),))
            elif token.type == "hr":
                yield self._paragraph((Run(_RULE),))

    def _paragraph(self, runs: tuple[Run, ...]) -> Paragraph:
        lead, self.lead = self.lead, ""
        indent = len(self.lists) + self.quotes
        return Paragraph(runs, indent, lead, self.heading, quoted=self.quotes > 0)

    def _follow(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self.lists.append(None)
            case "ordered_list_open":
                self.lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.lead = self._next_lead()
            case "blockquote_open":
                self.quotes += 1
            case "blockquote_close":
                self.quotes -= 1
            case "heading_open":
                self.heading = int(token.tag[1:])
            case "heading_close":
                self.heading = 0

    def _next_lead(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return _BULLET
        self.lists[-1] = number + 1
        return f"{number}."


def _runs(tokens: Iterable[Token]) -> Iterator[Run]:
    """The runs of a paragraph; looks may lie inside one another."""
    looks: dict[str, int] = {}
    link = ""
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if name in _LOOKS:
            looks[_LOOKS[name]] = looks.get(_LOOKS[name], 0) + (1 if end == "open" else -1)
        elif name == "link":
            link = str(token.attrs.get("href", "")) if end == "open" else ""
        elif token.type in ("softbreak", "hardbreak"):
            yield Run("\n")
        elif token.type == "image":
            address = str(token.attrs.get("src", ""))
            yield Run(token.content or address, link=link or address)
        elif token.content:
            on = {look: count > 0 for look, count in looks.items()}
            run = Run(token.content, mono=token.type == "code_inline", link=link, **on)
            yield from with_addresses(run)
