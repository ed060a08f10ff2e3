"""Where a link goes, said before it is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from gcdesk.ui.addresses import Destination, destination, without_query
from gcdesk.ui.fonts import mono_font
from gcdesk.ui.panel import small
from gcdesk.ui.parts import ChoiceButton, Flow, Hub, Stack
from gcdesk.ui.plain_text import PlainText, address, copy
from gcdesk.ui.tokens import TYPE_SMALL

translate = QCoreApplication.translate


def host_of(url: str) -> str:
    """The host of a web address, the address itself where it has none."""
    return destination(url).host or address(url)


class LinkStrip(Stack):
    """The address in full, with buttons to open or copy it. Hidden until a link was pressed."""

    def __init__(self, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = hub
        self._asked = ""
        self._open: Callable[[], None] = lambda: None
        self._says = small("", self)
        self._address = PlainText("", self, font=mono_font(TYPE_SMALL), ink="text_soft")
        self._warns = small("", self, ink="warn")
        buttons = Flow(self)
        self.open_button = ChoiceButton(translate("Link", "Open"), buttons, role="")
        self.open_button.clicked.connect(self._opened)
        self.copy_button = ChoiceButton(translate("Link", "Copy address"), buttons, role="")
        self.copy_button.clicked.connect(lambda: copy(self._asked))
        self.close_button = ChoiceButton(translate("Link", "Close"), buttons, role="plain")
        self.close_button.setAccessibleName(translate("Link", "Do not open this address"))
        self.close_button.clicked.connect(self.close_strip)
        buttons.items = [self.open_button, self.copy_button, self.close_button]
        self.items = [self._says, self._address, self._warns, buttons]
        self.hide()

    def _opened(self) -> None:
        self._open()

    @property
    def asked(self) -> str:
        """The address that is shown."""
        return self._asked

    def close_strip(self) -> None:
        """Say nothing any more; the keyboard goes back to the message."""
        row = self.parentWidget()
        if row is not None and self.close_button.hasFocus():
            # Else Qt would pass the keyboard on to a neighbour.
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self._hub.changed_height.emit(self)

    def toggle(
        self, url: str, *, open_it: Callable[[], None] | None = None, secret_query: bool = False
    ) -> None:
        """Say where `url` goes, or stop saying it. `open_it` replaces the usual opening."""
        if not self.isHidden() and url == self._asked:
            self.hide()
        else:
            self._show(destination(url), url, open_it, secret_query)
        self._hub.changed_height.emit(self)

    def _show(
        self, found: Destination, url: str, open_it: Callable[[], None] | None, secret_query: bool
    ) -> None:
        self._asked = url
        self._open = open_it or (lambda: self._hub.link_activated.emit(found.url))
        self._says.set_text(
            translate("Link", "Opens in the browser:")
            if found.opens
            else translate("Link", "This is not a web address, so gcdesk does not open it:")
        )
        shown = without_query(found.shown) if secret_query else found.shown
        self._address.set_text(shown)
        self._warns.set_text("\n".join(found.warnings))
        self._warns.setVisible(bool(found.warnings))
        self.open_button.setVisible(found.opens)
        self.open_button.setAccessibleName(translate("Link", "Open {address}").format(address=shown))
        self.open_button.setAccessibleDescription(" ".join(found.warnings))
        self.copy_button.setVisible(not secret_query)
        self.show()
        (self.open_button if found.opens else self.close_button).setFocus()
