"""The chip that floats over the end of the frames while they do not follow the newest one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QPushButton, QWidget

from gcdesk.ui import style
from gcdesk.ui.amounts import grouped
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate


class FollowChip(QPushButton):
    """Leads back to the newest frame; says how many came in meanwhile."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        style.set_role(self, "chip")
        over.installEventFilter(self)
        self.show_missed(0)
        self.hide()

    def offer(self, wanted: bool) -> None:
        """Show the chip, or hide it."""
        self.show_missed(0)
        self.setVisible(wanted)
        self.raise_()

    def show_missed(self, count: int) -> None:
        """So many frames came in since."""
        if count:
            words = translate("Frames", "Paused · {count} new").format(count=grouped(count))
        else:
            words = translate("Frames", "Paused")
        if self.text() == f"↓ {words}":
            return
        self.setText(f"↓ {words}")
        self.setAccessibleName(words)
        self.setAccessibleDescription(translate("Frames", "Follow the newest frame again"))
        self.setToolTip(translate("Frames", "Follow the newest frame again"))
        self.place()

    def place(self) -> None:
        """Stand centred at the lower edge."""
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 2 * GRID)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what it floats over has another size."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)
