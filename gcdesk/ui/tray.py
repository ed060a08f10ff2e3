"""The files that wait above the composer: each with its name, how far it is, and what can be done about it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gcdesk.errors import GcdeskError
from gcdesk.guest.upload import Upload, UploadState
from gcdesk.ui.amounts import size_words
from gcdesk.ui.attachment_view import upload_words
from gcdesk.ui.elided import ElidedLabel
from gcdesk.ui.progress_line import ProgressLine
from gcdesk.ui.said import told
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_MOST_IN_VIEW: Final = 3


class FileChip(QFrame):
    """One file: on its way up, waiting to be sent, or refused with the reason."""

    removed = Signal()
    again = Signal()

    def __init__(self, name: str, source: object, parent: QWidget) -> None:
        super().__init__(parent)
        self.source = source
        self.attachment_id = ""
        self.failed = False
        set_role(self, "card")
        self._name = ElidedLabel(self)
        self._name.set_text(name)
        self._says = ElidedLabel(self)
        set_role(self._says, "small")
        self._says.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = ProgressLine(self)
        self._line.setFixedWidth(20 * GRID)
        self._line.hide()
        self._again = QPushButton(translate("Composer", "Try again"), self)
        self._again.setAccessibleName(translate("Composer", "Try {name} again").format(name=name))
        self._again.clicked.connect(self.again)
        self._again.hide()
        self._remove = QPushButton("\N{MULTIPLICATION SIGN}", self)
        set_role(self._remove, "plain")
        self._remove.setAccessibleName(translate("Composer", "Remove {name}").format(name=name))
        self._remove.setToolTip(translate("Composer", "Do not send this file"))
        self._remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 0, GRID, 0)
        row.setSpacing(2 * GRID)
        for part, stretch in ((self._name, 0), (self._says, 1), (self._line, 0)):
            row.addWidget(part, stretch)
        row.addWidget(self._again)
        row.addWidget(self._remove)
        self.say(translate("Composer", "Reading the file…"))

    def say(self, words: str, *, bad: bool = False) -> None:
        """Show how far it is."""
        self._says.set_text(words)
        set_role(self._says, "problem" if bad else "small")
        self.setAccessibleName(f"{self._name.whole_text()}: {words}")

    def refuse(self, error: GcdeskError, *, again: bool) -> None:
        """It cannot be sent, or not now."""
        self.failed = True
        self._line.hide()
        self._again.setVisible(again)
        self.say(told(error), bad=True)

    def show_upload(self, upload: Upload) -> None:
        """Show how far the upload is."""
        self.failed = upload.state is UploadState.FAILED
        if self.failed and upload.error is not None:
            self.refuse(upload.error, again=True)
            return
        size = size_words(upload.file.size)
        words = upload_words(upload)
        if upload.state is UploadState.UPLOADED:
            words = translate("Composer", "ready to be sent")
        self._name.set_text(upload.file.name)
        self._again.hide()
        self._line.setVisible(upload.state is UploadState.UPLOADING)
        self._line.show_share(upload.sent, upload.file.size)
        self.say(" · ".join(filter(None, (size, words))))


class Tray(QFrame):
    """All files that wait, and a sentence where several become several messages."""

    changed = Signal()
    remove_requested = Signal(object)
    again_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: list[FileChip] = []
        self._says = QLabel(self)
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._says, "small")
        self._inner = QWidget(self)
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GRID)
        self._rows.addStretch()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 0, 0, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._area)
        column.addWidget(self._says)
        self.setAccessibleName(translate("Composer", "Files to be sent"))
        self.hide()

    def add(self, source: object, name: str = "") -> FileChip:
        """Show another file; it is known by the chip until it has an attachment ID."""
        shown = name or (source.name if isinstance(source, Path) else translate("Composer", "Pasted picture"))
        chip = FileChip(shown, source, self._inner)
        chip.removed.connect(lambda: self.remove_requested.emit(chip))
        chip.again.connect(lambda: self.again_requested.emit(chip))
        self.chips.append(chip)
        self._rows.insertWidget(self._rows.count() - 1, chip)
        self._refresh()
        return chip

    def chip_of(self, attachment_id: str) -> FileChip | None:
        """The chip of an attachment."""
        return next((chip for chip in self.chips if chip.attachment_id == attachment_id != ""), None)

    def take(self, chip: FileChip) -> None:
        """A file was sent, or is not wanted any more."""
        if chip in self.chips:
            self.chips.remove(chip)
            self._rows.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            self._refresh()

    def _refresh(self) -> None:
        count = len(self.chips)
        template = translate("Composer", "One file a message: {count} files go as {count} messages")
        self._says.setText(template.format(count=count))
        self._says.setVisible(count > 1)
        heights = [chip.sizeHint().height() + GRID for chip in self.chips[:_MOST_IN_VIEW]]
        self._area.setFixedHeight(sum(heights))
        self.setVisible(count > 0)
        self.changed.emit()

    def sizeHint(self) -> QSize:
        """Qt: as high as its files."""
        return QSize(200, super().sizeHint().height())
