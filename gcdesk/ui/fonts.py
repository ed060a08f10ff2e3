"""The window's fonts, made once: looking a family up takes longer than laying a line of text out."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont

from gcdesk.ui import style
from gcdesk.ui.tokens import TYPE_BODY, TYPE_MONO


@cache
def text_font(size: int = TYPE_BODY, *, bold: bool = False) -> QFont:
    """The text font at `size` pixels of 100 %; not to be changed."""
    return style.text_font(size, bold=bold)


@cache
def mono_font(size: int = TYPE_MONO) -> QFont:
    """The fixed-width font at `size` pixels of 100 %; not to be changed."""
    return style.mono_font(size)
