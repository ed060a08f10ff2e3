"""The languages of the window: which there are, which one is meant, and how it comes into the program.

English is what the source says; the others are files that lie beside the icons. A language holds from the start of
the program to its end: the window is built in it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from gcdesk.resources import resource_path

SYSTEM = "system"
"""The choice that follows the desktop."""

ENGLISH = "en"

# A file to look at instead of the chosen language, while a translation is being made.
_TRIAL = "GCDESK_TRANSLATION"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the window can be in. code: as in "de"; name: what it calls itself, "Deutsch"."""

    code: str
    name: str


def available() -> list[Language]:
    """The languages of this installation, English first and the others by name."""
    others = sorted((Language(code, _own_name(code)) for code in _codes()), key=lambda one: one.name)
    return [Language(ENGLISH, "English"), *others]


def meant(kept: str, desktop: Iterable[str] | None = None) -> str:
    """The code of the language that a setting means; English where there is no such language.

    Args:
        kept: A language's code, or SYSTEM; anything else, as from a settings file changed by hand, is taken as SYSTEM.
        desktop: The languages that the desktop asks for, the dearest first, such as "de-AT"; those of this
            desktop if left out.
    """
    codes = {ENGLISH, *_codes()}
    if kept in codes:
        return kept
    for wished in QLocale.system().uiLanguages() if desktop is None else desktop:
        code = wished.replace("_", "-").partition("-")[0].lower()
        if code in codes:
            return code
    return ENGLISH


def install(app: QGuiApplication, kept: str) -> str:
    """Put the program into the language that a setting means, before anything is built in it.

    Returns:
        The language's code.
    """
    code = meant(kept)
    # It holds the forms of one and many, which a language that lacks a sentence falls back on.
    _load(app, _file(ENGLISH))
    trial = os.environ.get(_TRIAL)
    if trial:
        shown = _load(app, Path(trial))
        code = shown.language().partition("_")[0] if shown is not None else code
    elif code != ENGLISH:
        _load(app, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{code}.qm"))
        _load(app, _file(code))
    locale = QLocale(code)
    if QLocale.system().language() != locale.language():
        QLocale.setDefault(locale)
    if locale.textDirection() is not Qt.LayoutDirection.LeftToRight:
        app.setLayoutDirection(locale.textDirection())
    return code


def _file(code: str) -> Path:
    return _folder() / f"gcdesk_{code}.qm"


def _folder() -> Path:
    return resource_path("translations")


def _codes() -> list[str]:
    found = (path.stem.removeprefix("gcdesk_") for path in _folder().glob("gcdesk_*.qm"))
    return [code for code in found if code != ENGLISH]


def _own_name(code: str) -> str:
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else code


def _load(app: QObject, file: Path) -> QTranslator | None:
    translator = QTranslator(app)
    if not translator.load(str(file)):
        # Without it the window speaks English, which is better than none.
        _log.warning("the translation %s cannot be loaded", file.name)
        return None
    QCoreApplication.installTranslator(translator)
    return translator
