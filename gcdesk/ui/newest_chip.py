"""The chip that floats over the end of the transcript while the person reads further up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget

from gcdesk.ui import style
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate


class NewestChip(QPushButton):
    """Leads to the newest message; says how many came in meanwhile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._missed = 0
        style.set_role(self, "chip")
        self.hide()

    def missed_one(self) -> None:
        """Another message came in out of sight."""
        self._missed += 1
        self._show_words()

    def offer(self, wanted: bool) -> None:
        """Show the chip, or hide it and forget what was missed."""
        if not wanted:
            self._missed = 0
        self._show_words()
        self.setVisible(wanted)
        self.raise_()

    def forget_missed(self) -> None:
        """What was missed is in view now; the end is not."""
        self._missed = 0
        self._show_words()

    def _show_words(self) -> None:
        if self._missed == 0:
            words = translate("Transcript", "Jump to newest")
        else:
            template = translate("Transcript", "Jump to newest · {count} new messages", "", self._missed)
            words = template.format(count=self._missed)
        self.setText(f"↓ {words}")
        self.setAccessibleName(words)
        self.place()

    def place(self) -> None:
        """Stand centred at the lower edge of the parent."""
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 3 * GRID)
