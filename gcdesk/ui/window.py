"""The window, as a list of parts: what stands where, and which part answers which action."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gcdesk.errors import GcdeskError
from gcdesk.ui.hairline import hairline
from gcdesk.ui.launch_bar import LaunchBar
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.memory import from_text, to_text
from gcdesk.ui.menus import Menus
from gcdesk.ui.notice_bar import NoticeBar
from gcdesk.ui.said import told
from gcdesk.ui.shelf import Shelf, shelf_to_record
from gcdesk.ui.status_line import StatusLine
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID
from gcdesk.ui.welcome import Welcome

_log = logging.getLogger(__name__)

_SIZE = (1280, 800)
_LEAST_SIZE = (640, 480)
_LIST_WIDTH, _INSPECTOR_WIDTH = 57 * GRID, 93 * GRID
# Below these widths of the window the side panes fold away, the list first.
_ROOM_FOR_LIST = 1100
_ROOM_FOR_INSPECTOR = 840


class Early:
    """Wishes of the first moments, when the code that answers them is still being loaded."""

    def __init__(self) -> None:
        self.listening = True
        self.start: tuple[str, str] | None = None
        self.environment = ""
        self.actions: list[QAction] = []

    def note_start(self, environment: str, crm_id: str) -> None:
        """A chat shall start."""
        if self.listening:
            self.start = environment, crm_id

    def note_choice(self, environment: str) -> None:
        """An environment was chosen."""
        if self.listening:
            self.environment = environment

    def note_action(self, action: QAction, _checked: bool = False) -> None:
        """A menu entry was chosen, or its shortcut pressed."""
        if self.listening:
            self.actions.append(action)


class Window(QMainWindow):
    """Menu bar, launch bar, chat list, conversation, inspector and status bar.

    Closing it is a wish: `closing` is emitted, and whoever runs the program lets it disappear.

    Args:
        remembered: What `remembered()` gave last time.
        first: The environments to offer until the book is read.
    """

    closing = Signal()

    def __init__(self, remembered: Mapping[str, Any] | None = None, first: Shelf | None = None) -> None:
        super().__init__()
        self.setObjectName("gcdesk")
        self.setWindowTitle("gcdesk")
        self.setMinimumSize(*_LEAST_SIZE)
        self.menus = Menus(self)
        self.launch_bar = LaunchBar(self)
        self.notices = NoticeBar(self)
        self.side = QWidget(self)
        self.middle = QStackedWidget(self)
        self.right = QStackedWidget(self)
        self.welcome = Welcome(self)
        self.status_line = StatusLine(self)
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self._shelf = first or Shelf((), "")
        self._list_wanted = False
        self._lay_out()
        self._restore(remembered or {})
        self.show_shelf(self._shelf)
        self._early = Early()
        self.launch_bar.start_requested.connect(self._early.note_start)
        self.launch_bar.environment_chosen.connect(self._early.note_choice)
        for action in self.menus.to_replay:
            action.triggered.connect(partial(self._early.note_action, action))
        self.launch_bar.environment_chosen.connect(self._show_place)
        self.menus.quit.triggered.connect(self.close)
        self.menus.new_chat.triggered.connect(self.launch_bar.focus_crm_id)
        self.menus.attributes.triggered.connect(self.launch_bar.open_attributes)
        self.menus.choose.triggered.connect(self.launch_bar.open_environments)
        self.menus.chat_list.toggled.connect(self._fold)
        self.menus.frames.toggled.connect(self._fold)

    # Parts that come and go

    def set_side(self, part: QWidget) -> None:
        """Put the chat list in its place."""
        self.across.replaceWidget(0, part)
        self.side.deleteLater()
        self.side = part
        self._fold()

    def unfold_list(self, unfolded: bool) -> None:
        """Show the chat list even where it was folded away, until it is asked for no longer."""
        if unfolded != self._list_wanted:
            self._list_wanted = unfolded
            self._fold()

    def show_shelf(self, shelf: Shelf) -> None:
        """Offer these environments."""
        self._shelf = shelf
        self.launch_bar.set_environments(list(shelf.items), shelf.chosen)
        self._show_place()

    def take_early(self) -> Early:
        """What was asked for before anybody could answer; from now on somebody does."""
        early, self._early = self._early, Early()
        early.listening = False
        return early

    def shown_item(self) -> EnvironmentItem | None:
        """The environment that the launch bar shows."""
        name = self.launch_bar.environment_name()
        return next((item for item in self._shelf.items if item.name == name), None)

    def tell(self, error: GcdeskError) -> None:
        """Show an error that concerns no chat."""
        self.notices.tell(told(error))

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: the person wants to close; the program ends its work first."""
        event.ignore()
        self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the side panes fold away where there is no room for them."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fold()

    # From one run to the next

    def remembered(self) -> dict[str, Any]:
        """Where the window stands and how it is divided, for the settings."""
        return {
            "geometry": to_text(self.saveGeometry()),
            "across": to_text(self.across.saveState()),
            "chat_list": self.menus.chat_list.isChecked(),
            "frames": self.menus.frames.isChecked(),
            "shelf": shelf_to_record(Shelf(self._shelf.items, self.launch_bar.environment_name())),
        }

    def _restore(self, remembered: Mapping[str, Any]) -> None:
        self.menus.chat_list.setChecked(remembered.get("chat_list") is not False)
        self.menus.frames.setChecked(remembered.get("frames") is not False)
        across: QByteArray = from_text(remembered.get("across"))
        if across.isEmpty() or not self.across.restoreState(across):
            self.across.setSizes([_LIST_WIDTH, _SIZE[0] - _LIST_WIDTH - _INSPECTOR_WIDTH, _INSPECTOR_WIDTH])
        self.across.setHandleWidth(1)
        geometry = from_text(remembered.get("geometry"))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*_SIZE)
        self._stay_on_a_screen()

    def _stay_on_a_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(self.width(), room.width()), min(self.height(), room.height()))

    # Inside

    def _lay_out(self) -> None:
        set_role(self.right, "panel")
        self.middle.addWidget(self.welcome)
        self.right.addWidget(QWidget(self.right))
        for part in (self.side, self.middle, self.right):
            self.across.addWidget(part)
        self.across.setChildrenCollapsible(False)
        for place, stretch in enumerate((0, 1, 0)):
            self.across.setStretchFactor(place, stretch)
        self.middle.setMinimumWidth(90 * GRID)
        self.right.setMinimumWidth(70 * GRID)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.launch_bar)
        column.addWidget(self.notices)
        column.addWidget(hairline(whole))
        column.addWidget(self.across, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(self.status_line)
        self.welcome.add_requested.connect(self.menus.add.trigger)

    def _fold(self) -> None:
        width = self.width()
        wanted = self.menus.chat_list.isChecked() and width >= _ROOM_FOR_LIST
        self.side.setVisible(wanted or self._list_wanted)
        self.right.setVisible(width >= _ROOM_FOR_INSPECTOR)

    def _show_place(self) -> None:
        alone = not any(not item.simulated for item in self._shelf.items)
        self.welcome.show_place(self.shown_item(), alone=alone)
