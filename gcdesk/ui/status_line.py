"""The status bar: where IDs are kept, the last round trip, live chats, and the level of the log."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from gcdesk.ui.said import told
from gcdesk.ui.shelf import KeyringLook
from gcdesk.ui.tokens import GRID


class StatusLine(QStatusBar):
    """Facts that are good to know and never urgent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        self.keyring = self._label(self.tr("Keyring: looking for it"))
        self.round_trip = self._label("")
        self.chats = self._label("")
        self.level = self._label("")
        self.addWidget(self.keyring)
        self.addWidget(self.round_trip)
        self.addPermanentWidget(self.chats)
        self.addPermanentWidget(self.level)

    def show_keyring(self, look: KeyringLook) -> None:
        """Say where IDs are kept."""
        if look.error is None:
            self.keyring.setText(self.tr("Keyring: {name}").format(name=look.name.removeprefix("the ")))
            self.keyring.setToolTip("")
            return
        self.keyring.setText(self.tr("Keyring: none, IDs are kept for this session only"))
        # Not at the top: the first window has no use for it.
        from gcdesk.ui.plain_text import plain_tooltip

        self.keyring.setToolTip(plain_tooltip(told(look.error)))

    def show_round_trip(self, seconds: float | None) -> None:
        """Show how long the last echo took; nothing if there was none."""
        if seconds is None:
            self.round_trip.clear()
            return
        # Not at the top: it brings the guest protocol along, which the first window does not need.
        from gcdesk.ui.steps import took

        self.round_trip.setText(self.tr("Round trip {time}").format(time=took(seconds)))

    def show_live_chats(self, count: int, unread: int = 0) -> None:
        """Show how many chats go on, and how many messages in all of them nobody has seen."""
        texts = {0: "", 1: self.tr("1 live chat")}
        parts = [texts.get(count, self.tr("{count} live chats").format(count=count))]
        if unread:
            parts.append(self.tr("{count} unread").format(count=unread))
        self.chats.setText(" \N{MIDDLE DOT} ".join(part for part in parts if part))

    def show_level(self, level: str) -> None:
        """Show the level of the log."""
        words = {
            "debug": self.tr("debug"),
            "info": self.tr("info"),
            "warning": self.tr("warning"),
            "error": self.tr("error"),
        }
        self.level.setText(self.tr("Log level: {level}").format(level=words.get(level, level)))

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(0, 0, 3 * GRID, 0)
        return label
