"""Where the window stood and how it was divided, from one run to the next."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from PySide6.QtCore import QByteArray

WINDOW_KEY = "window"
THEME_KEY = "theme"
LANGUAGE_KEY = "language"
"""The code of a language, or `languages.SYSTEM`; it holds from the next start on."""
LEVEL_KEY = "log_level"
FOLDERS_KEY = "folders"
PICTURES_KEY = "pictures"
"""The names of the environments whose pictures are shown without asking."""

NOTIFY_KEY = "notifications"
"""One of NOTIFY_CHOICES: what is told of a reply that comes while another program is in use."""
NOTIFY_PLAIN, NOTIFY_TEXT, NOTIFY_NEVER = "plain", "text", "never"
NOTIFY_CHOICES = (NOTIFY_PLAIN, NOTIFY_TEXT, NOTIFY_NEVER)


def allowed_pictures(kept: Any) -> set[str]:
    """The names under PICTURES_KEY; what a person may have damaged in the file is left out."""
    return {name for name in kept if isinstance(name, str)} if isinstance(kept, list) else set()


def to_text(state: QByteArray) -> str:
    """What Qt remembers, as text for the settings file."""
    return base64.b64encode(state.data()).decode("ascii")


def from_text(text: Any) -> QByteArray:
    """The other way; empty for what a person may have changed in the file."""
    if not isinstance(text, str):
        return QByteArray()
    try:
        return QByteArray(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        return QByteArray()
