"""The look: contrast in both themes, palette and style sheet from one place, following the system live."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gcdesk.ui import style, tokens
from gcdesk.ui.sheet import style_sheet
from gcdesk.ui.tokens import DARK, LIGHT, PAIRS, Tokens, contrast

pytestmark = pytest.mark.usefixtures("light_look")


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_has_the_contrast_it_needs(look: Tokens) -> None:
    short = [
        f"{ink} on {ground}: {contrast(getattr(look, ink), getattr(look, ground)):.2f}"
        for ink, ground, least in PAIRS
        if contrast(getattr(look, ink), getattr(look, ground)) < least
    ]
    assert short == []


def test_contrast_is_the_ratio_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_what_the_style_sheet_puts_together_is_readable(look: Tokens) -> None:
    """Each rule that sets both a text colour and its ground is held to the same measure as the table."""
    checked = 0
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style_sheet(look)):
        ink = re.search(r"(?<![-\w])color: (#\w{6})", body)
        ground = re.search(r"background-color: (#\w{6})", body)
        if ink and ground and ":disabled" not in selector:
            checked += 1
            assert contrast(ink[1], ground[1]) >= tokens.AA_TEXT, selector.strip()
    assert checked > 10


def test_the_style_sheet_knows_no_colour_but_the_tokens() -> None:
    for look in (LIGHT, DARK):
        known = {getattr(look, field.name) for field in fields(look)}
        assert set(re.findall(r"#[0-9a-fA-F]{6}", style_sheet(look))) <= known


def test_no_text_is_smaller_than_eleven_pixels() -> None:
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", style_sheet(LIGHT))]
    assert sizes
    assert min(sizes) >= 11
    assert min(tokens.TYPE_SMALL, tokens.TYPE_LABEL, tokens.TYPE_BODY, tokens.TYPE_MONO) >= 11


def test_bigger_system_text_scales_the_style_sheet() -> None:
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", style_sheet(LIGHT, 1.5))]
    assert min(sizes) >= 16


def test_the_scheme_is_followed_while_running(qapp: QApplication, qtbot: QtBot) -> None:
    theme = style.theme()
    theme.choose("system")
    before = style.tokens()
    assert before is LIGHT
    with qtbot.waitSignal(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert style.tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.bar
    assert DARK.accent in qapp.styleSheet()
    with qtbot.waitSignal(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert style.tokens() is LIGHT


def test_a_chosen_theme_stays_whatever_the_system_does(qapp: QApplication) -> None:
    style.set_theme("dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert style.theme().choice == "dark"
    assert style.tokens() is DARK


def test_nothing_is_styled_again_without_need(qtbot: QtBot) -> None:
    style.set_theme("dark")
    with qtbot.assertNotEmitted(style.theme().changed):
        style.set_theme("dark")


def test_a_role_changes_a_living_widget(qtbot: QtBot) -> None:
    button = QPushButton("Start chat")
    qtbot.addWidget(button)
    button.resize(120, 36)
    plain = button.grab().toImage().pixelColor(20, 18).name()
    style.set_role(button, "primary")
    assert button.grab().toImage().pixelColor(20, 18).name() == LIGHT.accent
    assert plain == LIGHT.field


def test_small_labels_are_small_and_muted(qtbot: QtBot) -> None:
    label = QLabel("new session, ends in 71 h")
    qtbot.addWidget(label)
    style.set_role(label, "small")
    label.ensurePolished()
    assert label.fontInfo().pixelSize() == style.scaled(tokens.TYPE_SMALL)


def test_environment_names_that_matter_stand_out() -> None:
    assert LIGHT.environment_text("amber") == LIGHT.warn
    assert LIGHT.environment_text("red") == LIGHT.bad
    assert LIGHT.environment_text("green") == LIGHT.text
    assert LIGHT.dot("amber") == "#e39a1f"
    assert LIGHT.dot("no such colour") == LIGHT.dot_grey


def test_fonts_are_sized_in_pixels_and_mono_is_fixed() -> None:
    assert style.text_font().pixelSize() == style.scaled(tokens.TYPE_BODY)
    mono = style.mono_font()
    assert mono.pixelSize() == style.scaled(tokens.TYPE_MONO)
    assert 1.0 <= style.text_scale() <= 2.0
