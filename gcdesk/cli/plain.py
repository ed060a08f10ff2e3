"""Text from elsewhere, made safe to print: it may not move the cursor, change colours or reverse the line."""

from __future__ import annotations

# Marks that reorder the text around them, so that a line reads other than it is.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_BREAKS = frozenset("\u0085\u2028\u2029")


def plain(text: str) -> str:
    """Return the text with control characters shown as their codes; line breaks and tabs stay."""
    return "".join(_plain_character(character) for character in text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return the text safe to print, on one line."""
    return plain(text).replace("\n", "\\n").replace("\t", " ")


def indented(text: str, by: int) -> str:
    """Return the text safe to print, its lines after the first moved right by so many blanks."""
    return plain(text).replace("\n", "\n" + " " * by)


def _plain_character(character: str) -> str:
    if character in "\n\t":
        return character
    code = ord(character)
    # Told by number, because the table of character categories takes longer to load than a chat to start.
    control = code < 0x20 or 0x7F <= code < 0xA0
    half = 0xD800 <= code <= 0xDFFF
    if control or half or character in _REORDERING or character in _LINE_BREAKS:
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character
