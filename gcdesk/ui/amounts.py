"""Amounts as people read them."""

from __future__ import annotations

from typing import Final

_STEP: Final = 1000


def size_words(size: int) -> str:
    """A size in bytes: 402 B, 1.4 kB, 12 MB."""
    if size < _STEP:
        return f"{size} B"
    amount, unit = size / _STEP, "kB"
    for larger in ("MB", "GB"):
        if amount >= _STEP:
            amount, unit = amount / _STEP, larger
    return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"


def grouped(count: int) -> str:
    """A whole number with its thousands set apart by a narrow space that does not break."""
    return f"{count:,}".replace(",", "\u202f")
