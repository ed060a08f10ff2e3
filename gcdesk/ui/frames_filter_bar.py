"""The inspector's filter: a line for text, and the choice of direction and kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gcdesk.ui.environment_fields import Chooser
from gcdesk.ui.frame_filter import Direction, FrameFilter, Kinds
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_MOST_KINDS: Final = 60


class _KindChooser(Chooser):
    """Offers the kinds that there are at the moment when it is opened."""

    def __init__(self, parent: QWidget, kinds: Callable[[], list[str]]) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self.addItem(translate("Frames", "All kinds"), Kinds.ALL)
        self.addItem(translate("Frames", "No echo, no typing"), Kinds.TALK)
        self._fixed = self.count()

    def refresh(self) -> None:
        """Offer the kinds that there are now; the chosen one stays."""
        chosen = self.currentData()
        wanted = self._kinds()[:_MOST_KINDS]
        if isinstance(chosen, str) and chosen not in wanted:
            wanted.append(chosen)
        if wanted == [self.itemData(place) for place in range(self._fixed, self.count())]:
            return
        self.blockSignals(True)
        while self.count() > self._fixed:
            self.removeItem(self._fixed)
        for kind in wanted:
            self.addItem(kind, kind)
        self.choose(chosen)
        self.blockSignals(False)

    def choose(self, kind: Kinds | str) -> None:
        """Choose a kind that is offered."""
        # Qt compares Python objects by identity, and kinds are texts.
        places = [place for place in range(self.count()) if self.itemData(place) == kind]
        self.setCurrentIndex(places[0] if places else 0)

    def showPopup(self) -> None:
        """Qt: it is about to open."""
        self.refresh()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the arrow keys choose without opening it."""
        self.refresh()
        super().keyPressEvent(event)


class FramesFilterBar(QWidget):
    """What to show of the frames.

    Args:
        kinds: Gives the kinds of frames that there are, in the order in which they first came.
        parent: The Qt parent.
    """

    changed = Signal(object)
    """The FrameFilter from now on."""

    closed = Signal()
    """The person is done with it and wants to see all frames again."""

    def __init__(self, kinds: Callable[[], list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(translate("Frames", "Filter by kind or text"))
        self.text.setAccessibleName(translate("Frames", "Filter frames by kind or text"))
        self.text.setClearButtonEnabled(True)
        self.direction = Chooser(self)
        self.direction.setAccessibleName(translate("Frames", "Filter frames by direction"))
        for words, direction in (
            (translate("Frames", "Both ways"), Direction.BOTH),
            (translate("Frames", "↑ Sent"), Direction.SENT),
            (translate("Frames", "↓ Received"), Direction.RECEIVED),
        ):
            self.direction.addItem(words, direction)
        self.kind = _KindChooser(self, kinds)
        self.kind.setAccessibleName(translate("Frames", "Filter frames by kind"))
        choices = QHBoxLayout()
        choices.setSpacing(2 * GRID)
        choices.addWidget(self.direction, 1)
        choices.addWidget(self.kind, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.text)
        column.addLayout(choices)
        self.text.textChanged.connect(self._tell)
        self.direction.currentIndexChanged.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._tell)

    def wanted(self) -> FrameFilter:
        """What to show."""
        return FrameFilter(self.text.text(), self.direction.currentData(), self.kind.currentData())

    def set_kind(self, kind: str) -> None:
        """Show one kind only."""
        self.kind.refresh()
        self.kind.choose(kind)

    def clear(self) -> None:
        """Show all frames."""
        self.blockSignals(True)
        self.text.clear()
        self.direction.setCurrentIndex(0)
        self.kind.setCurrentIndex(0)
        self.blockSignals(False)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.changed.emit(self.wanted())
