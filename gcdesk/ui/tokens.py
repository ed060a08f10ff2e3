"""Colours, spaces and type sizes, as data: one table for light, one for dark.

All lengths are device independent pixels at 100 %. Everything lies on a 4 px grid, corners are 8 px round,
no text is smaller than 11 px, and there is one accent colour. `PAIRS` names which text stands on which ground
and the contrast it needs, so that a test can prove the whole table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GRID: Final = 4
CORNER: Final = 8
CONTROL_HEIGHT: Final = 36
BUTTON_HEIGHT: Final = 28

TYPE_SMALL: Final = 11
TYPE_LABEL: Final = 12
TYPE_BODY: Final = 13
TYPE_TITLE: Final = 15
TYPE_MONO: Final = 12

ENVIRONMENT_COLOURS: Final = ("green", "blue", "amber", "red", "purple", "grey")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours, each as "#rrggbb"."""

    dark: bool
    # Grounds
    bar: str
    side: str
    canvas: str
    field: str
    code: str
    bubble: str
    selected: str
    hover: str
    # Lines
    line: str
    border: str
    field_border: str
    # Text
    text: str
    text_soft: str
    muted: str
    disabled: str
    # The one accent: a fill with text on it, the same hue as text, and the ring around what has the focus
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    focus: str
    ring: str
    # Verdicts: as text, and as the ground behind it
    good: str
    good_ground: str
    warn: str
    warn_ground: str
    bad: str
    bad_ground: str
    # JSON
    json_key: str
    json_string: str
    json_number: str
    json_word: str
    # Environments: dots, and names that must not be overlooked
    dot_green: str
    dot_blue: str
    dot_amber: str
    dot_red: str
    dot_purple: str
    dot_grey: str

    def dot(self, colour: str) -> str:
        """The dot of an environment's colour name; grey for a name that is not known."""
        found = {name: getattr(self, f"dot_{name}") for name in ENVIRONMENT_COLOURS}.get(
            colour, self.dot_grey
        )
        return str(found)

    def environment_text(self, colour: str) -> str:
        """The text colour of an environment's name: amber and red ones stand out, all others are plain."""
        return {"amber": self.warn, "red": self.bad}.get(colour, self.text)


LIGHT: Final = Tokens(
    dark=False,
    bar="#ffffff",
    side="#fbfcfd",
    canvas="#f6f7f9",
    field="#ffffff",
    code="#f8f9fb",
    bubble="#ffffff",
    selected="#eaf1fe",
    hover="#f1f4f8",
    line="#e4e7ec",
    border="#cfd5de",
    field_border="#8791a2",
    text="#16202c",
    text_soft="#3b4656",
    muted="#5f697d",
    disabled="#8d97a8",
    accent="#2f6fed",
    accent_hover="#2560d8",
    accent_pressed="#1d51bd",
    on_accent="#ffffff",
    accent_text="#255fdb",
    focus="#2f6fed",
    ring="#d9e6fd",
    good="#0f7553",
    good_ground="#e7f6ef",
    warn="#8a5800",
    warn_ground="#fdf3dc",
    bad="#b3261e",
    bad_ground="#fdeceb",
    json_key="#7a3e9d",
    json_string="#16202c",
    json_number="#255fdb",
    json_word="#0f7553",
    dot_green="#17a673",
    dot_blue="#2f6fed",
    dot_amber="#e39a1f",
    dot_red="#d8453c",
    dot_purple="#8e4ec6",
    dot_grey="#98a2b3",
)

DARK: Final = Tokens(
    dark=True,
    bar="#1b2028",
    side="#171c23",
    canvas="#14181e",
    field="#14181e",
    code="#161a21",
    bubble="#222934",
    selected="#223255",
    hover="#262d38",
    line="#2b323d",
    border="#39424f",
    field_border="#667184",
    text="#e8ecf2",
    text_soft="#c3cbd7",
    muted="#9ca7b7",
    disabled="#667184",
    # The accent of the dark theme carries white text only when it is a little deeper than its text colour.
    accent="#366ee8",
    accent_hover="#3069e6",
    accent_pressed="#2a5dcf",
    on_accent="#ffffff",
    accent_text="#7ba4ff",
    focus="#5b8dff",
    ring="#1d2c45",
    good="#4cc38a",
    good_ground="#14322a",
    warn="#f0b429",
    warn_ground="#3a2c0d",
    bad="#ff8b82",
    bad_ground="#3d1d1b",
    json_key="#c792ea",
    json_string="#e8ecf2",
    json_number="#7ba4ff",
    json_word="#4cc38a",
    dot_green="#17a673",
    dot_blue="#5b8dff",
    dot_amber="#e39a1f",
    dot_red="#e5534b",
    dot_purple="#a873dd",
    dot_grey="#98a2b3",
)

AA_TEXT: Final = 4.5
AA_SHAPE: Final = 3.0

_GROUNDS: Final = ("bar", "side", "canvas", "field", "code", "bubble", "selected", "hover")
_VERDICTS: Final = ("good_ground", "warn_ground", "bad_ground")

PAIRS: Final[tuple[tuple[str, str, float], ...]] = (
    *(("text", ground, AA_TEXT) for ground in (*_GROUNDS, *_VERDICTS)),
    *(("text_soft", ground, AA_TEXT) for ground in (*_GROUNDS, "bad_ground", "warn_ground")),
    *(("muted", ground, AA_TEXT) for ground in _GROUNDS),
    *(("accent_text", ground, AA_TEXT) for ground in _GROUNDS),
    *((verdict, ground, AA_TEXT) for verdict in ("good", "warn", "bad") for ground in _GROUNDS),
    ("good", "good_ground", AA_TEXT),
    ("warn", "warn_ground", AA_TEXT),
    ("bad", "bad_ground", AA_TEXT),
    *(("on_accent", fill, AA_TEXT) for fill in ("accent", "accent_hover", "accent_pressed")),
    *((json, "code", AA_TEXT) for json in ("json_key", "json_string", "json_number", "json_word")),
    *(("focus", ground, AA_SHAPE) for ground in ("bar", "side", "canvas", "field", "bubble", "bad_ground")),
    *(("field_border", ground, AA_SHAPE) for ground in ("bar", "field", "side")),
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#rrggbb", from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
