"""The window in another language: which one is meant, what it says then, and from which side it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMainWindow, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from refresh_translations import make_pseudo, pseudo

from gcdesk.errors import OpenTimeoutError, TlsError
from gcdesk.phrase import Phrase
from gcdesk.ui.glyphs import placed, side_of
from gcdesk.ui.languages import ENGLISH, SYSTEM, Language, available, install, meant
from gcdesk.ui.menus import Menus
from gcdesk.ui.notes import duration
from gcdesk.ui.said import marked, said, told
from gcdesk.ui.window import Window
from gcdesk.ui.words import attribute_summary

Install = Callable[[str], str]


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Install]:
    """Puts the program into a language until the test is over."""
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    yield lambda kept: install(qapp, kept)
    for translator in qapp.findChildren(QTranslator):
        if translator not in before:
            qapp.removeTranslator(translator)
            translator.deleteLater()
    QLocale.setDefault(locale)
    qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


def test_english_comes_first_and_each_language_calls_itself_by_its_own_name() -> None:
    assert available()[0] == Language("en", "English")
    assert Language("de", "Deutsch") in available()


@pytest.mark.parametrize(
    ("kept", "desktop", "code"),
    [
        ("de", ["en-GB"], "de"),
        ("en", ["de-DE"], "en"),
        (SYSTEM, ["de-AT", "en"], "de"),
        (SYSTEM, ["xx-YY", "de_CH", "en"], "de"),
        (SYSTEM, ["en-US", "de"], "en"),
        (SYSTEM, ["xx"], "en"),
        (SYSTEM, [], "en"),
        ("no such language", ["de"], "de"),
        ("../../x", [], "en"),
    ],
)
def test_the_setting_counts_then_the_desktop(kept: str, desktop: list[str], code: str) -> None:
    assert meant(kept, desktop) == code


def test_a_window_speaks_german_from_its_first_moment(qtbot: QtBot, speak: Install) -> None:
    assert speak("de") == "de"
    window = Window()
    qtbot.addWidget(window)
    assert window.menus.new_chat.text() == "&Neuer Chat"
    assert window.launch_bar.findChild(QPushButton, "start").text() == "Chat starten"  # type: ignore[union-attr]
    # Qt's own words come with it.
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(box)
    assert "Schließen" in box.buttons()[0].text()


def test_one_and_many(qapp: QApplication, speak: Install) -> None:
    assert [duration(seconds) for seconds in (1, 2, 60, 7200)] == [
        "1 second",
        "2 seconds",
        "1 minute",
        "2 hours",
    ]
    assert attribute_summary(1, 20, 2048).startswith("1 key ·")
    speak("de")
    assert [duration(seconds) for seconds in (1, 2, 60, 7200)] == [
        "1 Sekunde",
        "2 Sekunden",
        "1 Minute",
        "2 Stunden",
    ]


# What lower layers say


def test_sentences_of_lower_layers_are_said_in_german(speak: Install) -> None:
    error = OpenTimeoutError(
        Phrase("{host} did not answer within {seconds:g} seconds.", host="a.example", seconds=2.5)
    )
    assert told(error) == f"{error.title} {error.hint}"
    speak("de")
    assert said(error.title) == "a.example hat nicht innerhalb von 2,5 Sekunden geantwortet."
    assert said(TlsError.title) == "Die sichere Verbindung konnte nicht geprüft werden."
    assert told(TlsError("Said by the service.", "")) == "Said by the service."
    assert said("") == ""


def test_phrases_within_phrases_and_numbers_follow_the_language(speak: Install) -> None:
    size = Phrase(
        "The message is {size:,} bytes long; Genesys Cloud takes at most {limit:,}.", size=5000, limit=4096
    )
    within = Phrase("An environment in the settings file cannot be used. {why}", why=size)
    assert said(within) == within
    speak("de")
    assert "5.000 Byte" in said(within)
    assert said(within).startswith("Eine Umgebung in der Einstellungsdatei ")


def test_what_a_person_typed_is_never_translated(speak: Install) -> None:
    speak("de")
    assert "„client ID“" in said(Phrase("“{text}” is not an address.", text="client ID"))


def test_words_of_tables_are_in_the_language_too(speak: Install) -> None:
    assert marked("Steps", "Start again") == "Start again"
    speak("de")
    assert marked("Steps", "Start again") == "Neu starten"


# Keys


@pytest.mark.parametrize("code", [language.code for language in available()])
def test_no_two_entries_of_a_menu_answer_the_same_key(code: str, qtbot: QtBot, speak: Install) -> None:
    speak(code)
    window = QMainWindow()
    qtbot.addWidget(window)
    Menus(window)
    menus = [menu for menu in window.findChildren(QMenu) if menu.title()]
    assert len(menus) > 4
    clashes = []
    for entries in ([menu.menuAction() for menu in _top(window)], *(menu.actions() for menu in menus)):
        seen: dict[str, str] = {}
        for entry in entries:
            key = QKeySequence.mnemonic(entry.text()).toString()
            if key and seen.setdefault(key, entry.text()) != entry.text():
                clashes.append(f"{seen[key]} and {entry.text()}")
    assert clashes == []


def _top(window: QMainWindow) -> list[QMenu]:
    actions: list[QAction] = window.menuBar().actions()
    menus = [action.menu() for action in actions]
    return [menu for menu in menus if isinstance(menu, QMenu)]


# A language that is read from the right


def test_a_translation_on_trial_can_read_from_the_right(
    qtbot: QtBot, speak: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    make_pseudo(tmp_path / "trial.qm")
    monkeypatch.setenv("GCDESK_TRANSLATION", str(tmp_path / "trial.qm"))
    assert speak(SYSTEM) == "he"
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    window = Window()
    qtbot.addWidget(window)
    assert window.menus.new_chat.text() == pseudo("&New chat")
    assert window.launch_bar.isRightToLeft()
    window.resize(1280, 800)
    window.show()
    assert window.side.x() > window.right.x()


def test_a_trial_that_is_no_translation_leaves_english(
    speak: Install, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GCDESK_TRANSLATION", "/nowhere.qm")
    with caplog.at_level("ERROR", "gcdesk.ui.languages"):
        assert speak(ENGLISH) == "en"
    assert QCoreApplication.translate("Menu", "&New chat") == "&New chat"


def test_what_is_painted_is_mirrored(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(100, 20)
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    assert placed(widget, QRectF(10, 0, 20, 5)) == QRectF(10, 0, 20, 5)
    assert side_of(widget) & left
    assert side_of(widget, end=True) & right
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert placed(widget, QRectF(10, 0, 20, 5)) == QRectF(70, 0, 20, 5)
    assert side_of(widget) & right
    assert side_of(widget, end=True) & left
