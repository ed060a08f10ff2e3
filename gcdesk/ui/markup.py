"""What a message's text is made of: paragraphs of runs, some of which are links. Plain values, no Qt.

HTML is never among it: where a text holds tags, the tags are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f]+", re.IGNORECASE)
# What usually belongs to the sentence and not to the address.
_AFTER_ADDRESS: Final = (
    ".,;:!?'\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{HORIZONTAL ELLIPSIS}"
)
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one look; `link` is the address it stands for, empty for none."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    mono: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs on one or several lines, `indent` steps from the edge, `lead` in front (such as a bullet)."""

    runs: tuple[Run, ...]
    indent: int = 0
    lead: str = ""
    heading: int = 0
    quoted: bool = False


def plain(text: str) -> list[Paragraph]:
    """A text as it was written, with its web addresses found."""
    return [Paragraph(tuple(with_addresses(Run(text))))]


def with_addresses(run: Run) -> Iterator[Run]:
    """A run in parts, of which those that are web addresses are links to themselves."""
    if run.link or run.mono:
        yield run
        return
    done = 0
    for found in _WEB_ADDRESS.finditer(run.text):
        address = _without_sentence(found[0])
        if len(address) <= len("https://"):
            continue
        if found.start() > done:
            yield replace(run, text=run.text[done : found.start()])
        yield replace(run, text=address, link=address)
        done = found.start() + len(address)
    if done < len(run.text):
        yield replace(run, text=run.text[done:])


def _without_sentence(address: str) -> str:
    """An address without the signs that end the sentence or close the bracket around it."""
    while address:
        last = address[-1]
        closes_nothing = last in _PAIRS and address.count(_PAIRS[last]) < address.count(last)
        if last not in _AFTER_ADDRESS and not closes_nothing:
            return address
        address = address[:-1]
    return address
