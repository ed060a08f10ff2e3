"""Colours for JSON: names, texts, numbers and words."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gcdesk.ui import style

# A text in quotes is a name if a colon follows; a text that is cut off runs to the end of the line.
_TOKEN: Final = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*(?:"|$))(?P<name>\s*:)?'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<word>\b(?:true|false|null)\b)"
)


class JsonHighlighter(QSyntaxHighlighter):
    """Colours a document that holds JSON, by the tokens in force; harmless on any other text."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._take_colours()
        style.theme().changed.connect(self._recolour)

    def _take_colours(self) -> None:
        look = style.tokens()
        self._formats = {
            "name": _ink(look.json_key),
            "text": _ink(look.json_string),
            "number": _ink(look.json_number),
            "word": _ink(look.json_word),
        }

    def _recolour(self) -> None:
        self._take_colours()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        # Qt counts in UTF-16 units, of which characters beyond the basic plane take two.
        wide = not text.isascii() and any(ord(letter) > 0xFFFF for letter in text)
        for found in _TOKEN.finditer(text):
            kind = "name" if found["name"] else str(found.lastgroup)
            start, end = found.span("text" if kind in ("name", "text") else kind)
            if wide:
                start, end = _units(text[:start]), _units(text[:end])
            self.setFormat(start, end - start, self._formats[kind])


def _ink(colour: str) -> QTextCharFormat:
    written = QTextCharFormat()
    written.setForeground(QColor(colour))
    return written


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
