"""The texts that were sent, to be found again with the arrow keys."""

from __future__ import annotations

from typing import Final

_MOST: Final = 50


class Recall:
    """Earlier texts, newest last. What was being written is kept while the person looks through them."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._at = 0
        self._draft = ""

    def add(self, text: str) -> None:
        """Remember a text that was sent; the same one twice in a row counts once."""
        if text.strip() and text not in self._texts[-1:]:
            self._texts = [*self._texts, text][-_MOST:]
        self._at = len(self._texts)
        self._draft = ""

    def step(self, step: int, shown: str) -> str | None:
        """The text to show instead of the one that is: an earlier one (-1) or a later one (1); None to leave it.

        A text that was changed after it was recalled is a draft of its own.
        """
        here = self._texts[self._at] if self._at < len(self._texts) else self._draft
        if shown != here:
            self._at, self._draft = len(self._texts), shown
        to = self._at + step
        if not 0 <= to <= len(self._texts):
            return None
        if self._at == len(self._texts):
            self._draft = shown
        self._at = to
        return self._texts[to] if to < len(self._texts) else self._draft
