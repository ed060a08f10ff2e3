"""The look of the window, from one place: Fusion, a palette and a style sheet made from the tokens.

`apply_theme(app)` once at the start; after that the look follows the system's light or dark scheme while the
program runs, unless `set_theme` chose one. Widgets get their look by a role (`set_role`); those that paint
themselves read `tokens()` and repaint on `theme().changed`.
"""

from __future__ import annotations

import functools
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gcdesk.ui.sheet import style_sheet
from gcdesk.ui.tokens import DARK, LIGHT, TYPE_BODY, TYPE_MONO, Tokens

ThemeChoice = Literal["system", "light", "dark"]

_PREFERRED_FAMILY: Final = "Inter"

# What the platforms call normal text, in points; only a bigger choice of the user's scales ours.
_USUAL_POINTS: Final = {"windows": 9.0, "cocoa": 13.0}
_USUAL_POINTS_ELSEWHERE: Final = 11.0


class Theme(QObject):
    """The theme in force; `changed` comes after palette and style sheet are in place."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = "system"
        self._tokens = LIGHT
        self._applied = False
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def choice(self) -> ThemeChoice:
        """What was chosen: the system's scheme, or always light or dark."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Follow the system from now on, or stay light or dark."""
        self._choice = choice
        hints = self._app.styleHints()
        if choice == "system":
            hints.unsetColorScheme()
            self._show(hints.colorScheme() == Qt.ColorScheme.Dark)
            return
        # The hint also darkens what the platform draws itself, such as title bars.
        hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        self._show(choice == "dark")

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._show(scheme == Qt.ColorScheme.Dark)

    def _show(self, dark: bool) -> None:
        wanted = DARK if dark else LIGHT
        if self._applied and wanted is self._tokens:
            return
        self._applied = True
        self._tokens = wanted
        self._app.setPalette(make_palette(wanted))
        self._app.setStyleSheet(style_sheet(wanted, text_scale(), mono_font().family()))
        self.changed.emit()


_theme: Theme | None = None


def theme() -> Theme:
    """The program's one theme. Raises RuntimeError before there is a QApplication."""
    global _theme  # noqa: PLW0603 - a look belongs to the one QApplication, which is global itself
    if _theme is None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise RuntimeError("the theme needs a QApplication")
        _theme = Theme(app)
    return _theme


def apply_theme(app: QApplication, choice: ThemeChoice = "system") -> Theme:
    """Give the program its look: Fusion, the text font, palette and style sheet."""
    app.setStyle("Fusion")
    app.setFont(text_font())
    theme().choose(choice)
    return theme()


def set_theme(choice: ThemeChoice) -> None:
    """Follow the system's scheme, or stay light or dark."""
    theme().choose(choice)


def tokens() -> Tokens:
    """The colours in force, for widgets that paint themselves."""
    return theme().tokens


def text_font(size: int = TYPE_BODY, *, bold: bool = False) -> QFont:
    """The text font at `size` pixels of 100 %: Inter where it is installed, else the system's own."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if _has_preferred():
        font.setFamilies([_PREFERRED_FAMILY, font.family()])
    font.setPixelSize(scaled(size))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@functools.cache
def _has_preferred() -> bool:
    # Every row that is painted asks, and Qt looks through all fonts for the answer.
    return QFontDatabase.hasFamily(_PREFERRED_FAMILY)


def mono_font(size: int = TYPE_MONO) -> QFont:
    """The system's fixed-width font at `size` pixels of 100 %, for frames and times."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(scaled(size))
    return font


def text_scale() -> float:
    """How much bigger than usual the system's text is set, 1.0 to 2.0.

    Display scaling is Qt's own affair; this is for people who only made the text bigger.
    """
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    usual = _USUAL_POINTS.get(QGuiApplication.platformName(), _USUAL_POINTS_ELSEWHERE)
    return min(2.0, max(1.0, points / usual))


def scaled(size: int) -> int:
    """A type size in pixels, scaled to the system's text size."""
    return round(size * text_scale())


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a look of the style sheet, such as "primary" or "muted"; works at any time."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    # Style sheets read properties only when a widget is polished.
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def make_palette(look: Tokens) -> QPalette:
    """A Qt palette from the tokens, for all that Fusion draws without the style sheet."""
    role = QPalette.ColorRole
    palette = QPalette()
    for one, colour in (
        (role.Window, look.bar),
        (role.WindowText, look.text),
        (role.Base, look.field),
        (role.AlternateBase, look.side),
        (role.Text, look.text),
        (role.Button, look.bar),
        (role.ButtonText, look.text),
        (role.BrightText, look.bad),
        (role.PlaceholderText, look.muted),
        (role.ToolTipBase, look.bubble),
        (role.ToolTipText, look.text),
        (role.Highlight, look.accent),
        (role.HighlightedText, look.on_accent),
        (role.Accent, look.accent),
        (role.Link, look.accent_text),
        (role.LinkVisited, look.accent_text),
        (role.Light, look.bubble),
        (role.Midlight, look.hover),
        (role.Mid, look.border),
        (role.Dark, look.field_border),
        (role.Shadow, look.line),
    ):
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(look.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(look.line))
    palette.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(look.muted))
    return palette
