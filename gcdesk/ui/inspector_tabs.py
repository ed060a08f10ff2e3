"""The lower part of the inspector: frames, attributes and timing, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gcdesk.ui.frames_list import FramesList
from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.hairline import hairline
from gcdesk.ui.style import set_role, theme, tokens
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

MakePart = Callable[[QWidget], QWidget]
"""Makes a part for the parent that is given, when it is first wanted."""

_FRAMES, _ATTRIBUTES, _TIMING = "frames", "attributes", "timing"


class InspectorTabs(QFrame):
    """The tabs and what stands below them; all but the frames are made when they are first looked at.

    Args:
        frames: The list of frames.
        parent: The Qt parent.
    """

    changed = Signal(str)
    """The name of the tab that shows now."""

    def __init__(self, frames: FramesList, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.frames = frames
        self.bar = QTabBar(self)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setAccessibleName(translate("Inspector", "Details of the chat"))
        self.pages = QStackedWidget(self)
        self._makers: dict[str, MakePart] = {}
        self._parts: dict[str, QWidget] = {}
        self.pause = self._button("")
        self.filter = self._button(translate("Frames", "Filter"))
        self.filter.setToolTip(translate("Frames", "Filter frames by direction, kind and text"))
        self._lay_out()
        self.bar.addTab(translate("Inspector", "Frames"))
        self.bar.setTabData(0, _FRAMES)
        self._parts[_FRAMES] = frames
        self.pages.addWidget(frames)
        self.bar.currentChanged.connect(self._show_tab)
        self.pause.clicked.connect(lambda: frames.table.follow(not frames.table.following))
        self.filter.clicked.connect(self._toggle_filter)
        frames.table.following_changed.connect(self._show_pause)
        frames.filter_shown_changed.connect(self.filter.setChecked)
        theme().changed.connect(self._show_pause)
        self._show_pause()

    @property
    def tab(self) -> str:
        """The name of the tab that shows: "frames", "attributes" or "timing"."""
        return str(self.bar.tabData(self.bar.currentIndex()))

    def set_attributes(self, make: MakePart) -> None:
        """Offer the attributes, between frames and timing."""
        self._add(1, _ATTRIBUTES, translate("Inspector", "Attributes"), make)

    def set_timing(self, make: MakePart) -> None:
        """Offer the timing, at the end."""
        self._add(self.bar.count(), _TIMING, translate("Inspector", "Timing"), make)

    def show_tab(self, name: str) -> None:
        """Show the tab with that name; nothing where there is none."""
        for place in range(self.bar.count()):
            if self.bar.tabData(place) == name:
                self.bar.setCurrentIndex(place)

    def part(self, name: str) -> QWidget | None:
        """What stands below the tab with that name, once it has been made."""
        return self._parts.get(name)

    def minimumSizeHint(self) -> QSize:
        """Qt: never force the pane wider than it may be folded to."""
        return QSize(60 * GRID, super().minimumSizeHint().height())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(18, GRID, 2 * GRID + 2, 0)
        head.setSpacing(0)
        head.addWidget(self.bar, 1)
        head.addWidget(self.pause)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline(self))
        column.addLayout(head)
        column.addWidget(hairline(self))
        column.addWidget(self.pages, 1)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(self)
        button.setText(words)
        button.setCheckable(True)
        set_role(button, "plain")
        return button

    def _add(self, place: int, name: str, title: str, make: MakePart) -> None:
        self._makers[name] = make
        self.bar.insertTab(place, title)
        self.bar.setTabData(place, name)

    def _show_tab(self, _place: int) -> None:
        name = self.tab
        part = self._parts.get(name)
        if part is None:
            part = self._parts[name] = self._makers.pop(name)(self.pages)
            self.pages.addWidget(part)
        self.pages.setCurrentWidget(part)
        for button in (self.pause, self.filter):
            button.setVisible(name == _FRAMES)
        self.changed.emit(name)

    def _toggle_filter(self, shown: bool) -> None:
        if shown:
            self.frames.focus_filter()
        else:
            self.frames.show_filter(False)

    def _show_pause(self) -> None:
        following = self.frames.table.following
        self.pause.setChecked(not following)
        words = (
            translate("Frames", "Stay where I am when new frames come in")
            if following
            else translate("Frames", "Follow the newest frame again")
        )
        name = translate("Frames", "Pause") if following else translate("Frames", "Follow")
        self.pause.setIcon(glyph_icon("pause" if following else "play", tokens().muted))
        self.pause.setAccessibleName(name)
        self.pause.setToolTip(f"{name}: {words}")
