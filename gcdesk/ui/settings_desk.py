"""Brings the settings dialog and the settings file together, and lets what was changed hold at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gcdesk.errors import GcdeskError
from gcdesk.ui import style
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.dialogs import allow_quit
from gcdesk.ui.environment_desk import EnvironmentDesk
from gcdesk.ui.memory import LANGUAGE_KEY, NOTIFY_KEY, NOTIFY_PLAIN
from gcdesk.ui.shelf import Kept, Shelf

if TYPE_CHECKING:
    from gcdesk.desk.preferences import Preferences
    from gcdesk.desk.settings import Settings
    from gcdesk.ui.settings_dialog import SettingsDialog


class SettingsDesk(QObject):
    """Opens the dialog, keeps what is changed in it, and tells it what became of that.

    Args:
        window: The window the dialog belongs to.
        desk: The book of environments and the settings.
        environments: Opens the form of one environment, and files of environments.
        failed: Gets an error that kept the dialog from opening.
    """

    theme_chosen = Signal(str)
    """ "system", "light" or "dark"."""

    notify_chosen = Signal(str)
    """One of gcdesk.ui.memory.NOTIFY_CHOICES; it is kept already."""

    history_changed = Signal()
    """Whether chats are kept, or for how long, is another from now on."""

    def __init__(
        self,
        window: QWidget,
        desk: DeskBridge,
        environments: EnvironmentDesk,
        failed: Callable[[GcdeskError], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._environments = environments
        self._failed = failed
        self.dialog: SettingsDialog | None = None
        self.notify = NOTIFY_PLAIN
        """What is told of replies in the background, to be shown in the dialog."""
        desk.shelf_changed.connect(self._shelf_changed)

    def open(self) -> None:
        """Read what is kept, and show it."""

        def opened(read: tuple[Preferences, str]) -> None:
            dialog = self._made()
            preferences, language = read
            dialog.show_preferences(preferences)
            dialog.appearance.show_choices(style.theme().choice, language)
            dialog.notifications.show_choice(self.notify)
            self._list_environments()
            if dialog.isVisible():
                dialog.activateWindow()
            else:
                dialog.open()

        self._desk.read_preferences(opened, self._failed)

    # Inside

    def _made(self) -> SettingsDialog:
        if self.dialog is None:
            # Most days nobody opens it, so it is built when it is asked for.
            from gcdesk.ui import languages
            from gcdesk.ui.settings_dialog import SettingsDialog

            self.dialog = dialog = SettingsDialog(languages.available(), languages.SYSTEM, self._window)
            allow_quit(dialog)
            dialog.environments.add_requested.connect(self._environments.open_at)
            dialog.environments.edit_requested.connect(self._environments.open_at)
            dialog.environments.import_requested.connect(lambda: self._environments.files.take_in(dialog))
            dialog.environments.export_requested.connect(lambda: self._environments.files.hand_on(dialog))
            dialog.appearance.theme_chosen.connect(self.theme_chosen)
            dialog.appearance.language_chosen.connect(self._choose_language)
            dialog.notifications.notify_chosen.connect(self._choose_notify)
            dialog.proxy.proxy_chosen.connect(self._choose_proxy)
            dialog.history.history_chosen.connect(self._choose_history)
            dialog.limits.limits_chosen.connect(self._change_limits)
        return self.dialog

    def _keep(self, work: Callable[[Settings], object], done: Callable[[], None] | None = None) -> None:
        dialog = self._made()

        def kept() -> None:
            dialog.saved()
            if done is not None:
                done()

        self._desk.change_settings(work, kept, dialog.show_error)

    def _choose_language(self, code: str) -> None:
        self._keep(lambda settings: settings.set(LANGUAGE_KEY, code))

    def _choose_notify(self, choice: str) -> None:
        self.notify = choice
        self._keep(lambda settings: settings.set(NOTIFY_KEY, choice), lambda: self.notify_chosen.emit(choice))

    def _choose_proxy(self, choice: str) -> None:
        def work(settings: Settings) -> None:
            from gcdesk.desk.proxy_choice import write_choice

            write_choice(settings, choice)

        self._keep(work)

    def _choose_history(self, keep: bool, days: int) -> None:
        def work(settings: Settings) -> None:
            from gcdesk.desk.preferences import write_history

            write_history(settings, keep=keep, days=days)

        self._keep(work, self.history_changed.emit)

    def _change_limits(self, changes: dict[str, float | None]) -> None:
        def work(settings: Settings) -> None:
            from gcdesk.desk.limits import write_limits

            write_limits(settings, changes)

        self._keep(work)

    def _list_environments(self) -> None:
        dialog = self._made()

        def listed(kept: Kept) -> None:
            dialog.environments.show_environments(kept.environments, kept.session_only)

        self._desk.list_environments(listed, dialog.show_error)

    def _shelf_changed(self, _shelf: Shelf) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self._list_environments()
