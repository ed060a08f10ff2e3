"""What the layers below the window say, put into the language of the window.

They say it in English: as a plain sentence, or as a phrase where values stand in it. A sentence that has no
translation, the service's own words for example, is shown as it is.
"""

from __future__ import annotations

import string
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from gcdesk.errors import GcdeskError
from gcdesk.phrase import Phrase


def said(text: str) -> str:
    """A sentence of a lower layer in the language of the window."""
    if isinstance(text, Phrase):
        return _filled(QCoreApplication.translate("Sentences", text.template), text.values)
    return QCoreApplication.translate("Sentences", text)


def told(error: GcdeskError) -> str:
    """What happened and what to do, in one line in the language of the window."""
    return " ".join(part for part in (said(error.title), said(error.hint)) if part)


def marked(context: str, text: str) -> str:
    """A text from a table, where QT_TRANSLATE_NOOP marks it, in the language of the window."""
    return QCoreApplication.translate(context, text)


def _filled(template: str, values: Mapping[str, object]) -> str:
    if not values:
        return template
    spoken = {name: said(value) if isinstance(value, Phrase) else value for name, value in values.items()}
    return _Numbers().vformat(template, (), spoken)


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
