"""Joins conversations and inspectors: from a bubble to its frame and back, and the tab that stays from chat to chat."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction

from gcdesk.ui.inspector import Inspector
from gcdesk.ui.transcript import Transcript
from gcdesk.ui.window import Window

translate = QCoreApplication.translate


class InspectorDesk(QObject):
    """Whoever shows a conversation beside an inspector, of a running chat or a kept one, joins them here.

    Args:
        window: The window, whose right side holds the inspectors.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._tab = "frames"
        window.right.currentChanged.connect(self._keep_tab)
        window.menus.filter_frames.triggered.connect(self._filter)
        window.menus.timing.triggered.connect(self._show_timing)

    def join(self, transcript: Transcript, inspector: Inspector) -> None:
        """Let each lead to the other."""
        transcript.frame_wanted.connect(lambda key: self._show_frame_of(inspector, key))
        inspector.message_wanted.connect(transcript.reveal)
        transcript.set_reply_times(inspector.timing.reply_time)
        inspector.tabs.changed.connect(self._remember_tab)

    def _show_frame_of(self, inspector: Inspector, key: str) -> None:
        if self._make_room(inspector) and inspector.show_frame_of(key):
            inspector.frames.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self) -> None:
        inspector = self._window.right.currentWidget()
        if isinstance(inspector, Inspector) and self._make_room(inspector):
            inspector.tabs.show_tab("frames")
            inspector.frames.focus_filter()

    def _show_timing(self) -> None:
        inspector = self._window.right.currentWidget()
        if isinstance(inspector, Inspector) and self._make_room(inspector):
            inspector.tabs.show_tab("timing")
            inspector.main_part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_room(self, inspector: Inspector) -> bool:
        """Unfold the lower part; False where the window is too narrow for it."""
        frames: QAction = self._window.menus.frames
        frames.setChecked(True)
        if not inspector.isVisible():
            self._window.notices.tell(
                translate("Inspector", "There is no room for the frames. Make the window wider.")
            )
        return inspector.isVisible()

    def _remember_tab(self, name: str) -> None:
        self._tab = name

    def _keep_tab(self, _place: int) -> None:
        inspector = self._window.right.currentWidget()
        if isinstance(inspector, Inspector):
            inspector.tabs.show_tab(self._tab)
