"""Where a link goes, said before it is opened."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcdesk.ui.fonts import mono_font
from gcdesk.ui.panel import small
from gcdesk.ui.parts import ChoiceButton, Flow, Hub, Stack
from gcdesk.ui.plain_text import PlainText, address, copy
from gcdesk.ui.tokens import TYPE_SMALL

translate = QCoreApplication.translate


def host_of(url: str) -> str:
    """The host of a web address, the address itself where it has none."""
    try:
        return address(urlsplit(url).hostname or url)
    except ValueError:
        return address(url)


def opener_of(url: str) -> str:
    """Where an address would open, in words; empty for all that is never opened because of what it might do."""
    try:
        parts = urlsplit(url)
        web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    if web:
        return translate("Link", "Opens in the browser:")
    if parts.scheme.lower() == "mailto":
        return translate("Link", "Opens in the mail program:")
    if parts.scheme.lower() == "tel":
        return translate("Link", "Opens in the phone program:")
    return ""


def without_query(url: str) -> str:
    """An address whose query is a secret, fit to be shown."""
    head, question_mark, _ = url.partition("?")
    return f"{head}?…" if question_mark else head


class LinkStrip(Stack):
    """The address in full, with buttons to open or copy it. Hidden until a link's button was pressed."""

    def __init__(self, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = hub
        self._url = ""
        self._open: Callable[[], None] = lambda: None
        self._says = small("", self)
        self._address = PlainText("", self, font=mono_font(TYPE_SMALL), ink="text_soft")
        buttons = Flow(self)
        self.open_button = ChoiceButton(translate("Link", "Open"), buttons, role="")
        self.open_button.clicked.connect(self._opened)
        self.copy_button = ChoiceButton(translate("Link", "Copy address"), buttons, role="")
        self.copy_button.clicked.connect(lambda: copy(self._url))
        buttons.items = [self.open_button, self.copy_button]
        self.items = [self._says, self._address, buttons]
        self.hide()

    def _opened(self) -> None:
        self._open()

    def toggle(
        self, url: str, *, open_it: Callable[[], None] | None = None, secret_query: bool = False
    ) -> None:
        """Say where `url` goes, or stop saying it. `open_it` replaces the usual opening."""
        if not self.isHidden() and url == self._url:
            self.hide()
        else:
            self._show(url, open_it, secret_query)
        self._hub.changed_height.emit(self)

    def _show(self, url: str, open_it: Callable[[], None] | None, secret_query: bool) -> None:
        opener = opener_of(url)
        self._url = url
        self._open = open_it or (lambda: self._hub.link_activated.emit(url))
        self._says.set_text(
            opener or translate("Link", "This is not a web address, so gcdesk does not open it:")
        )
        shown = address(without_query(url) if secret_query else url)
        self._address.set_text(shown)
        self.open_button.setVisible(bool(opener))
        self.open_button.setAccessibleName(translate("Link", "Open {address}").format(address=shown))
        self.copy_button.setVisible(not secret_query)
        self.show()
        if opener:
            self.open_button.setFocus()
