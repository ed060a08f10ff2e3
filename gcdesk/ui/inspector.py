"""The right side of the window for one chat: the checklist above, the frames below."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.ui.checklist import Checklist
from gcdesk.ui.frames_list import FramesList
from gcdesk.ui.hairline import hairline
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.step import waiting_steps
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

# However much the checklist has to say, this part of the height stays with the frames.
_FRAMES_SHARE = 0.38


class Inspector(QFrame):
    """What is known about one chat; without a chat, what will be.

    `action_requested` names what a button of the checklist wants.
    """

    action_requested = Signal(str)

    def __init__(self, chat: LiveChat | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.checklist = Checklist(self)
        self.checklist.action_requested.connect(self.action_requested)
        self.checklist.installEventFilter(self)
        self.frames = FramesList(self)
        self._above = _scrolled(self.checklist, self)
        self._below = self._framed(self.frames)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above)
        column.addWidget(self._below, 1)
        self._chat = chat
        if chat is None:
            self.checklist.set_steps(waiting_steps(translate))
            return
        chat.happened.connect(self._take)
        chat.changed.connect(self._refresh)
        self._refresh()

    def show_frames(self, shown: bool) -> None:
        """Show the frames below the checklist, or leave the checklist alone."""
        self._below.setVisible(shown)
        self._divide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: divide the height anew."""
        super().resizeEvent(event)
        self._divide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the checklist has more to say, or less."""
        if watched is self.checklist and event.type() == QEvent.Type.LayoutRequest:
            self._divide()
        return super().eventFilter(watched, event)

    def _divide(self) -> None:
        if self._below.isHidden():
            self._above.setFixedHeight(self.height())
            return
        room = self._above.viewport().width() or self.width()
        layout = self.checklist.layout()
        wanted = layout.totalHeightForWidth(room) if layout is not None else 0
        self._above.setFixedHeight(min(max(wanted, GRID), int(self.height() * (1 - _FRAMES_SHARE))))

    def _framed(self, frames: FramesList) -> QFrame:
        frame = QFrame(self)
        set_role(frame, "panel")
        title = QLabel(translate("Frames", "Frames"), frame)
        set_role(title, "strong")
        title.setContentsMargins(4 * GRID + 2, 2 * GRID, 4 * GRID, 0)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline(frame))
        column.addWidget(title)
        column.addWidget(frames, 1)
        return frame

    def _take(self, event: Event) -> None:
        if isinstance(event, events.FrameSent | events.FrameReceived):
            self.frames.add(event)

    def _refresh(self) -> None:
        if self._chat is not None:
            self.checklist.set_steps(self._chat.steps)


def _scrolled(inner: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
