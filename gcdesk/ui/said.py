"""What the layers below the window say, put into the language of the window.

They say it in English: as a plain sentence, or as a phrase where values stand in it. A sentence that has no
translation, the service's own words for example, is shown as it is.
"""

from __future__ import annotations

import string

from PySide6.QtCore import QCoreApplication, QLocale

from gcdesk.errors import GcdeskError
from gcdesk.phrase import Phrase
from gcdesk.ui.step import Translate


def said(text: str, translate: Translate | None = None) -> str:
    """A sentence of a lower layer in the language of the window; nothing stays nothing.

    Args:
        text: The sentence.
        translate: Gives a text in that language, called with a context and the English text; Qt's if left out.
    """
    if not text:
        return text
    translate = translate or QCoreApplication.translate
    if not isinstance(text, Phrase):
        return translate("Sentences", text)
    template = translate("Sentences", text.template)
    if not text.values:
        return template
    spoken = {
        name: said(value, translate) if isinstance(value, Phrase) else value
        for name, value in text.values.items()
    }
    return _Numbers().vformat(template, (), spoken)


def told(error: GcdeskError) -> str:
    """What happened and what to do, in one line in the language of the window."""
    return " ".join(part for part in (said(error.title), said(error.hint)) if part)


def marked(context: str, text: str) -> str:
    """A text from a table, where QT_TRANSLATE_NOOP marks it, in the language of the window."""
    return QCoreApplication.translate(context, text)


class _Numbers(string.Formatter):
    """Writes numbers as the language does: 4,096 and 4.096 are the same one."""

    def format_field(self, value: object, format_spec: str) -> str:
        written: str = format(value, format_spec)
        if not format_spec or isinstance(value, str):
            return written
        locale = QLocale()
        if locale.language() is QLocale.Language.English:
            return written
        return written.translate({ord(","): locale.groupSeparator(), ord("."): locale.decimalPoint()})
