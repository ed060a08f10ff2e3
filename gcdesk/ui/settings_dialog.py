"""The settings: a list of pages and the page that is shown. What is changed is kept at once.

The dialog asks by the signals of its pages and is told by calls, so that nothing here waits for a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gcdesk.desk.preferences import Preferences
from gcdesk.errors import GcdeskError
from gcdesk.ui.dialog_banner import Banner
from gcdesk.ui.said import told
from gcdesk.ui.settings_environments import EnvironmentsPage
from gcdesk.ui.settings_limits import LimitsPage
from gcdesk.ui.settings_page import SettingsPage
from gcdesk.ui.settings_pages import AppearancePage, HistoryPage, NotificationsPage, ProxyPage
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import sentence

if TYPE_CHECKING:
    from gcdesk.ui.languages import Language

_SIZE = QSize(200 * GRID, 140 * GRID)
_LEAST_SIZE = QSize(150 * GRID, 100 * GRID)
_LIST_WIDTH = 42 * GRID


class SettingsDialog(QDialog):
    """All settings.

    Args:
        languages: The languages of the window.
        desktop: The choice of a language that follows the desktop.
        parent: The window.
    """

    def __init__(self, languages: Sequence[Language], desktop: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        # Before the pages, for the keyboard passes it first.
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        set_role(self.list, "boxed")
        self.environments = EnvironmentsPage(self)
        self.appearance = AppearancePage(languages, desktop, self)
        self.notifications = NotificationsPage(self)
        self.proxy = ProxyPage(self)
        self.history = HistoryPage(self)
        self.limits = LimitsPage(self)
        self.stack = QStackedWidget(self)
        self.banner = Banner(self)
        self.status = QLabel(self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self._lay_out()
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.close_button.clicked.connect(self.accept)
        # Without this Qt never makes a dialog bigger than two thirds of the screen.
        self.resize(_SIZE)
        self.setMinimumSize(_LEAST_SIZE)

    @property
    def pages(self) -> tuple[SettingsPage, ...]:
        """The pages, in their order."""
        return (
            self.environments,
            self.appearance,
            self.notifications,
            self.proxy,
            self.history,
            self.limits,
        )

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is kept, and what in the settings file cannot be used."""
        self.proxy.show_choice(preferences.proxy)
        self.history.show_history(keep=preferences.keep_history, days=preferences.history_days)
        self.limits.show_limits(preferences.limits)
        words = sentence(*map(told, preferences.troubles))
        if words:
            self.banner.show_text(words, "warned")

    def saved(self) -> None:
        """What was changed is kept."""
        self.banner.clear()
        self.status.setText(self.tr("Saved."))

    def show_error(self, error: GcdeskError) -> None:
        """What was changed could not be kept."""
        self.status.clear()
        self.banner.show_text(told(error), "failed")

    def done(self, result: int) -> None:
        """Qt: closed in whatever way; what is still being typed counts as left."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self.banner.clear()
        self.status.clear()
        super().done(result)

    def _lay_out(self) -> None:
        for page in self.pages:
            self.list.addItem(page.title)
            self.stack.addWidget(page)
        self.list.setFixedWidth(_LIST_WIDTH)
        set_role(self.status, "note")
        self.close_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GRID)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.close_button)
        right = QVBoxLayout()
        right.setSpacing(3 * GRID)
        right.addWidget(self.stack, 1)
        right.addWidget(self.banner)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        row.setSpacing(5 * GRID)
        row.addWidget(self.list)
        row.addLayout(right, 1)
