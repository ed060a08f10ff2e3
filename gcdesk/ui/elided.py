"""A label for text from outside: one line, shortened where there is no room, read out in full."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gcdesk.ui.plain_text import one_line, plain_tooltip

_LONGEST = 300


class ElidedLabel(QLabel):
    """Shows as much of a line as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def set_text(self, text: str) -> None:
        """Show a text of any length."""
        line = one_line(text)
        if line == self._whole:
            return
        self._whole = line
        self.setAccessibleName(line)
        self.setToolTip(plain_tooltip(text[:_LONGEST]) if line else "")
        self.updateGeometry()
        self._fit()

    def whole_text(self) -> str:
        """The text without the shortening."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Qt: as wide as the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole[:_LONGEST]) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Qt: nothing below a few letters is forced upon the layout."""
        metrics = self.fontMetrics()
        return QSize(min(self.sizeHint().width(), 3 * metrics.averageCharWidth()), metrics.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: shorten the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitting = self.fontMetrics().elidedText(
            self._whole[:_LONGEST], Qt.TextElideMode.ElideRight, self.width()
        )
        self.setText(fitting)
