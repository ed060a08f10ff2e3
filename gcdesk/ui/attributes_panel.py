"""What will be sent: every custom attribute as it goes out, the bytes against the limit, own ones to add."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gcdesk.errors import GcdeskError
from gcdesk.guest.attributes import byte_counts, check_attributes
from gcdesk.ui.said import said, told
from gcdesk.ui.style import mono_font, set_role, theme, tokens
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import grouped

_WIDTH = 105 * GRID
_MOST_ROWS_HEIGHT = 60 * GRID


class ByteMeter(QWidget):
    """A thin bar: how much of the limit is used."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setFixedHeight(GRID)
        theme().changed.connect(self.update)

    def set_part(self, part: float) -> None:
        """Show a part of the limit, 0 to 1; more than 1 is over it."""
        self._part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: paint the bar."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.line))
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole, 2, 2)
        painter.setBrush(QColor(look.bad if self._part > 1 else look.focus))
        whole.setWidth(whole.width() * min(1.0, self._part))
        painter.drawRoundedRect(whole, 2, 2)
        painter.end()


class AttributesPanel(QFrame):
    """A popup below the launch bar's attributes button.

    `added` carries a key and a value of the person's own, `removed` a key to take away; the launch bar keeps
    them and calls `show_attributes` with the whole set again.
    """

    added = Signal(str, str)
    removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "popup")
        self.setAccessibleName(self.tr("Attributes"))
        self.setFixedWidth(_WIDTH)
        self._own: frozenset[str] = frozenset()
        self._values: dict[str, QLabel] = {}
        self._order: list[str] = []

        title = QLabel(self.tr("Attributes that will be sent"), self)
        set_role(title, "strong")
        self._count = QLabel(self)
        set_role(self._count, "label")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._count)
        self._meter = ByteMeter(self)

        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(3 * GRID)
        self._rows.setVerticalSpacing(GRID)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(1, 1)
        self._inside = QWidget(self)
        self._inside.setLayout(self._rows)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)

        self._problem = _sentence_label(self, "problem")
        self._warnings = _sentence_label(self, "warning")
        self._key = QLineEdit(self)
        self._key.setPlaceholderText(self.tr("Key"))
        self._key.setAccessibleName(self.tr("Key of the new attribute"))
        self._value = QLineEdit(self)
        self._value.setPlaceholderText(self.tr("Value, sent as text"))
        self._value.setAccessibleName(self.tr("Value of the new attribute"))
        self._add = QPushButton(self.tr("Add"), self)
        self._add.clicked.connect(self._add_own)
        self._key.returnPressed.connect(self._value.setFocus)
        self._value.returnPressed.connect(self._add_own)
        entry = QHBoxLayout()
        entry.setSpacing(2 * GRID)
        entry.addWidget(self._key, 2)
        entry.addWidget(self._value, 3)
        entry.addWidget(self._add)
        note = _sentence_label(self, "small")
        note.setText(
            self.tr("They go with the Join, where the deployment starts with one, and the first message.")
        )
        note.show()

        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addWidget(self._meter)
        column.addWidget(self._scroll)
        column.addWidget(self._problem)
        column.addWidget(self._warnings)
        column.addWidget(note)
        column.addLayout(entry)

    def show_attributes(self, attributes: Mapping[str, str], own: frozenset[str], limit: int) -> None:
        """Show the whole set as it goes out.

        Args:
            attributes: Key to text, in the order they go out.
            own: The keys that were added here and can be removed.
            limit: Bytes the service takes.
        """
        if list(attributes) != self._order or own != self._own:
            self._order, self._own = list(attributes), own
            self._rebuild()
        for key, value in attributes.items():
            label = self._values[key]
            label.setText(value.replace("\n", "\N{RETURN SYMBOL}"))
            label.setToolTip(_plain_tip(value))
        size = max(byte_counts(attributes))
        self._count.setText(self.tr("{size} B of {limit}").format(size=grouped(size), limit=grouped(limit)))
        self._meter.set_part(size / limit if limit > 0 else 2.0)
        self._judge(attributes, limit)

    def open_below(self, anchor: QWidget) -> None:
        """Open right-aligned below a widget, with the key field ready."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width(), anchor.height() + GRID))
        screen = anchor.screen().availableGeometry()
        left = max(screen.left(), min(corner.x() - self.width(), screen.right() - self.width()))
        self.move(left, corner.y())
        self.show()
        self._key.setFocus(Qt.FocusReason.PopupFocusReason)

    def _judge(self, attributes: Mapping[str, str], limit: int) -> None:
        problem, warnings = "", ""
        try:
            warnings = " ".join(said(warning.sentence) for warning in check_attributes(attributes, limit))
        except GcdeskError as error:
            problem = told(error)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._warnings.setText(warnings)
        self._warnings.setVisible(bool(warnings))

    def _rebuild(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._values.clear()
        for row, key in enumerate(self._order):
            name = QLabel(key, self._inside)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setFont(mono_font())
            name.setMaximumWidth(45 * GRID)
            value = QLabel(self._inside)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setFont(mono_font())
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            set_role(value, "muted")
            value.setAccessibleName(self.tr("Value of {key}").format(key=key))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values[key] = value
            self._rows.addWidget(name, row, 0)
            self._rows.addWidget(value, row, 1)
            if key in self._own:
                self._rows.addWidget(self._remover(key), row, 2)
        self._inside.adjustSize()
        self._scroll.setFixedHeight(min(_MOST_ROWS_HEIGHT, self._inside.sizeHint().height()))
        self.adjustSize()

    def _remover(self, key: str) -> QPushButton:
        button = QPushButton(self.tr("Remove"), self._inside)
        button.setAccessibleName(self.tr("Remove {key}").format(key=key))
        set_role(button, "plain")
        button.clicked.connect(lambda: self.removed.emit(key))
        return button

    def _add_own(self) -> None:
        key = self._key.text().strip()
        if not key:
            self._key.setFocus()
            return
        value = self._value.text()
        self._key.clear()
        self._value.clear()
        self._key.setFocus()
        self.added.emit(key, value)


def _sentence_label(parent: QWidget, role: str) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_role(label, role)
    label.hide()
    return label


def _plain_tip(text: str) -> str:
    # A tool tip that looks like markup is drawn as markup, so it must not look like any.
    return text.replace("&", "&amp;").replace("<", "&lt;") if "<" in text else text
