"""The right side of the window for one chat: the checklist above; frames, attributes and timing below."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.ui.chat_timing import ChatTiming
from gcdesk.ui.checklist import Checklist
from gcdesk.ui.frame_links import FrameLinks
from gcdesk.ui.frame_log import FrameLog
from gcdesk.ui.frames_list import FramesList
from gcdesk.ui.inspector_tabs import InspectorTabs
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.step import waiting_steps
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

# However much the checklist has to say, this part of the height stays with the frames.
_FRAMES_SHARE = 0.38


class Inspector(QFrame):
    """What is known about one chat; without a chat, what will be.

    Hidden, it keeps frames and draws nothing. A chat that was kept is shown by giving its events to `take`.
    """

    action_requested = Signal(str)
    """What a button of the checklist wants."""

    message_wanted = Signal(str)
    """The key of the message that the person wants to see in the conversation."""

    def __init__(self, chat: LiveChat | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.checklist = Checklist(self)
        self.checklist.action_requested.connect(self.action_requested)
        self.checklist.installEventFilter(self)
        self.log = FrameLog()
        self._links = FrameLinks(self.log)
        self.frames = FramesList(self.log, self._links, self)
        self.frames.message_wanted.connect(self.message_wanted)
        self._above = _scrolled(self.checklist, self)
        self.timing = ChatTiming()
        self.tabs = InspectorTabs(self.frames, self)
        self.tabs.set_timing(self._make_timing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above)
        column.addWidget(self.tabs, 1)
        self._chat = chat
        self._stale = True
        if chat is None:
            self.checklist.set_steps(waiting_steps(translate))
            return
        chat.happened.connect(self.take)
        chat.changed.connect(self._refresh)

    @property
    def main_part(self) -> QWidget:
        """Where the keyboard goes in the tab that shows."""
        part = self.tabs.part(self.tabs.tab)
        proxy = part.focusProxy() if part is not None else None
        return proxy if proxy is not None and proxy.isVisible() else self.tabs.bar

    def take(self, event: Event) -> None:
        """Follow the chat."""
        if isinstance(event, events.FrameSent | events.FrameReceived):
            self.log.add(event)
        else:
            self._links.take(event)
            self.timing.take(event)

    def show_frames(self, shown: bool) -> None:
        """Show the tabs below the checklist, or leave the checklist alone."""
        self.tabs.setVisible(shown)
        self._divide()

    def show_frame_of(self, key: str) -> bool:
        """Select the frame of a message, or its next one with each further call; False if there is none."""
        self.tabs.show_tab("frames")
        return self.frames.show_frame_of(key)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: somebody looks."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: divide the height anew."""
        super().resizeEvent(event)
        self._divide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the checklist has more to say, or less."""
        if watched is self.checklist and event.type() == QEvent.Type.LayoutRequest:
            self._divide()
        return super().eventFilter(watched, event)

    def _make_timing(self, parent: QWidget) -> QWidget:
        # Most people look at frames; what draws the timing is loaded when it is wanted.
        from gcdesk.ui.timing_panel import TimingPanel

        panel = TimingPanel(self.timing, parent)
        panel.message_wanted.connect(self.message_wanted)
        return panel

    def _divide(self) -> None:
        if self.tabs.isHidden():
            self._above.setFixedHeight(self.height())
            return
        room = self._above.viewport().width() or self.width()
        layout = self.checklist.layout()
        wanted = layout.totalHeightForWidth(room) if layout is not None else 0
        self._above.setFixedHeight(min(max(wanted, GRID), int(self.height() * (1 - _FRAMES_SHARE))))

    def _refresh(self) -> None:
        self._stale = not self.isVisible()
        if self._chat is not None and not self._stale:
            self.checklist.set_steps(self._chat.steps)


def _scrolled(inner: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
