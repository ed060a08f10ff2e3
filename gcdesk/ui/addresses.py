"""Where a web address really leads: the site it names, what it hides, and whether it is opened at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QUrl

from gcdesk.ui.plain_text import address

translate = QCoreApplication.translate

LONGEST: Final = 4_000
"""Characters of an address that is opened; no honest one is longer."""

_NEVER: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
# These are written together in everyday names; any other mixture is a disguise more often than not.
_TOGETHER: Final = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "LATIN"}
)


@dataclass(frozen=True, slots=True)
class Destination:
    """What a person should know before an address is opened.

    `shown` is the whole address as the browser gets it, in ASCII; of one that is not opened, as it was written.
    `url` is what is opened, empty for nothing. `host` is the site in ASCII. `warnings` are sentences.
    """

    shown: str
    url: str = ""
    host: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether it is opened when the person says so."""
        return bool(self.url)


def destination(text: str) -> Destination:
    """Read an address the way the program that opens it does. Only http and https with a site are opened."""
    url = QUrl(text, QUrl.ParsingMode.TolerantMode)
    # An address of the sixth internet protocol has no letters to disguise.
    host = url.host() if ":" in url.host() else _ascii(QUrl.toAce(url.host()))
    web = url.isValid() and url.scheme().lower() in ("http", "https") and bool(host)
    if not web or len(text) > LONGEST or _NEVER.search(text):
        return Destination(address(text), host=host)
    encoded = _ascii(url.toEncoded())
    return Destination(encoded, encoded, host, tuple(_warnings(url, host)))


def without_query(url: str) -> str:
    """An address whose query is a secret, fit to be shown."""
    head, question_mark, _ = url.partition("?")
    return f"{head}?…" if question_mark else head


def _warnings(url: QUrl, host: str) -> list[str]:
    found = []
    if url.userInfo():
        words = translate("Link", "What stands before the @ is not the site. This leads to {host}.")
        found.append(words.format(host=host))
    # Qt's own list of honest registries is not asked: what is spelled out here misleads nobody.
    reading = QUrl.AceProcessingOption.IgnoreIDNWhitelist
    labels = [QUrl.fromAce(label.encode(), reading) for label in host.split(".")]
    if any(label.startswith("xn--") for label in host.split(".")):
        words = translate("Link", "The site’s name has letters beyond a to z. It reads {name}.")
        found.append(words.format(name=address(".".join(labels))))
    if any(_mixes_scripts(label) for label in labels):
        words = translate("Link", "It mixes letters of several alphabets, as counterfeit addresses do.")
        found.append(words)
    return found


def _ascii(text: QByteArray) -> str:
    return bytes(text.data()).decode("ascii", "replace")


def _mixes_scripts(label: str) -> bool:
    scripts = {
        unicodedata.name(sign, "?").split()[0] for sign in label if unicodedata.category(sign).startswith("L")
    }
    return len(scripts) > 1 and not scripts <= _TOGETHER
