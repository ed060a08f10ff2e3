"""How texts are made comparable, and how the part that was found is shown."""

from __future__ import annotations

import unicodedata

SHORTEST_INDEXED = 3
"""The index holds groups of three characters; shorter words are looked for in the messages themselves."""

_MOST_WORDS = 16
_LONGEST_WORD = 100
_EXCERPT = 80


def fold(text: str) -> str:
    """The text as searches see it: without case, and with one spelling for each letter."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # SQLite ends a text at a null, and takes no halves of characters.
    return folded.replace("\0", " ").encode("utf-8", "replace").decode()


def words_of(text: str) -> list[str]:
    """The words to look for, folded; each must be in a message for it to be found."""
    words = dict.fromkeys(fold(text).split())
    return [word[:_LONGEST_WORD] for word in words][:_MOST_WORDS]


def phrase(words: list[str]) -> str:
    """The question that the index understands; no sign in a word has a meaning of its own."""
    return " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)


def excerpt(text: str, words: list[str]) -> str:
    """The part of a text around the first of the words, on one line."""
    line = " ".join(text.split())
    if len(line) <= _EXCERPT:
        return line
    folded = fold(line)
    found = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    # Folding can change the length, by a letter here and there: near enough to begin at.
    start = max(0, min(found - _EXCERPT // 3, len(line) - _EXCERPT))
    shown = line[start : start + _EXCERPT].strip()
    before = "… " if start else ""
    after = " …" if start + _EXCERPT < len(line) else ""
    return f"{before}{shown}{after}"
