"""The small pages of the settings: appearance, notifications, proxy and history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from gcdesk.desk.preferences import LONGEST_DAYS
from gcdesk.ui.environment_fields import Chooser, EntryField
from gcdesk.ui.memory import NOTIFY_NEVER, NOTIFY_PLAIN, NOTIFY_TEXT
from gcdesk.ui.proxy_fields import ProxyFields
from gcdesk.ui.settings_page import SettingsPage, note
from gcdesk.ui.ticks import TickBox
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.ui.languages import Language

_DAYS_WIDTH = 28 * GRID


class AppearancePage(SettingsPage):
    """Theme and language.

    Args:
        languages: Which there are.
        desktop: The choice that follows the desktop.
        parent: The Qt parent.
    """

    theme_chosen = Signal(str)
    """ "system", "light" or "dark"."""

    language_chosen = Signal(str)
    """A language's code, or the choice that follows the desktop."""

    def __init__(self, languages: Sequence[Language], desktop: str, parent: QWidget) -> None:
        super().__init__(
            self.tr("Appearance"), self.tr("How the window looks, and the language it speaks."), parent
        )
        self.theme = Chooser(self)
        for words, choice in (
            (self.tr("As the system, light or dark"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ):
            self.theme.addItem(words, choice)
        self.language = Chooser(self)
        self.language.addItem(self.tr("As the system"), desktop)
        for language in languages:
            self.language.addItem(language.name, language.code)
        self.restart = note(self.tr("The language changes when gcdesk is started again."), self, "small")
        self.restart.hide()
        self.column.addWidget(EntryField(self, self.tr("Theme"), self.theme))
        self.column.addWidget(EntryField(self, self.tr("Language"), self.language))
        self.column.addWidget(self.restart)
        self.column.addStretch(1)
        self.theme.activated.connect(lambda _place: self.theme_chosen.emit(self.theme.currentData()))
        self.language.activated.connect(self._choose_language)

    def show_choices(self, theme: str, language: str) -> None:
        """Show what is chosen."""
        self.theme.setCurrentIndex(max(0, self.theme.findData(theme)))
        self.language.setCurrentIndex(max(0, self.language.findData(language)))

    def _choose_language(self) -> None:
        self.restart.show()
        self.language_chosen.emit(self.language.currentData())


class NotificationsPage(SettingsPage):
    """What is told of replies that come while the person works in another program."""

    notify_chosen = Signal(str)
    """One of gcdesk.ui.memory.NOTIFY_CHOICES."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("Notifications"),
            self.tr("What the system shows when a reply comes while another program is in use."),
            parent,
        )
        self.notify = Chooser(self)
        for words, choice in (
            (self.tr("Which chat has a reply"), NOTIFY_PLAIN),
            (self.tr("Which chat, and the text of the reply"), NOTIFY_TEXT),
            (self.tr("Nothing"), NOTIFY_NEVER),
        ):
            self.notify.addItem(words, choice)
        self.column.addWidget(EntryField(self, self.tr("Show"), self.notify))
        self.column.addWidget(
            note(self.tr("Notifications may also be seen while the screen is locked."), self, "small")
        )
        self.column.addStretch(1)
        self.notify.activated.connect(lambda _place: self.notify_chosen.emit(self.notify.currentData()))

    def show_choice(self, choice: str) -> None:
        """Show what is chosen."""
        self.notify.setCurrentIndex(max(0, self.notify.findData(choice)))


class ProxyPage(SettingsPage):
    """The way to the service, for all environments that have none of their own."""

    proxy_chosen = Signal(str)
    """A choice of gcdesk.desk.proxy_choice; it can be used."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("Proxy"),
            self.tr(
                "The way to Genesys Cloud. An environment can have a way of its own. Chats that go on keep theirs."
            ),
            parent,
        )
        self.proxy = ProxyFields(self, inherits=False)
        self.column.addWidget(self.proxy)
        self.column.addStretch(1)
        self._kept = ""
        self.proxy.left.connect(self._chosen)

    def show_choice(self, choice: str) -> None:
        """Show what is kept."""
        self._kept = choice
        self.proxy.show_choice(choice)

    def _chosen(self) -> None:
        if self.proxy.check():
            return
        choice = self.proxy.read()
        if choice != self._kept:
            self._kept = choice
            self.proxy_chosen.emit(choice)


class HistoryPage(SettingsPage):
    """Whether chats are kept on this computer, and for how long."""

    history_chosen = Signal(bool, int)
    """Whether to keep chats, and for how many days; 0 is for good."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("History"),
            self.tr(
                "Chats are written to a file of yours on this computer as they happen, so that they can be read and "
                "searched later. What is changed here holds for chats that begin from now on."
            ),
            parent,
        )
        self.keep = TickBox(self.tr("Keep chats on this computer"), self)
        self.days = QLineEdit(self)
        self.days.setValidator(QIntValidator(0, LONGEST_DAYS, self.days))
        self.days.setPlaceholderText(self.tr("Never"))
        self.days.setMaximumWidth(_DAYS_WIDTH)
        self._days_field = EntryField(self, self.tr("Delete them after so many days"), self.days)
        self.column.addWidget(self.keep)
        self.column.addWidget(self._days_field)
        self.column.addWidget(
            note(
                self.tr("Empty keeps them until you delete them. Turning this off deletes nothing."),
                self,
                "small",
            )
        )
        self.column.addStretch(1)
        self._kept = (True, 0)
        self.keep.toggled.connect(self._changed)
        self._days_field.left.connect(self._changed)

    def show_history(self, *, keep: bool, days: int) -> None:
        """Show what is kept."""
        self._kept = (keep, days)
        self.keep.setChecked(keep)
        self.days.setText(str(days) if days else "")
        self.days.setEnabled(keep)

    def _changed(self) -> None:
        self.days.setEnabled(self.keep.isChecked())
        chosen = self.keep.isChecked(), int(self.days.text() or 0)
        if chosen != self._kept:
            self._kept = chosen
            self.history_chosen.emit(*chosen)
