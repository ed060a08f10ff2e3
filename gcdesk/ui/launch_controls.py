"""The three controls of the launch bar that the toolkit does not have, drawn to the tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from gcdesk.ui.glyphs import paint_glyph, paint_line, placed
from gcdesk.ui.style import set_role, text_font, theme, tokens
from gcdesk.ui.tokens import CONTROL_HEIGHT, CORNER, GRID, TYPE_LABEL, TYPE_SMALL, Tokens

RING: Final = 3
_PADDING: Final = 3 * GRID + 1
_CHEVRON: Final = 14


@dataclass(frozen=True, slots=True)
class EnvironmentItem:
    """An environment as the launch bar offers it.

    Args:
        name: Its name.
        place: The region's domain or the endpoint, or what the simulator says of itself.
        colour: One of the environment colours.
        simulated: Whether it is the built-in simulator.
        crm_id_key: The custom attribute that carries the CRM customer ID.
        attributes: Custom attributes that every chat there sends, key to text.
        first_message: What every fresh chat there says at once; empty for nothing.
    """

    name: str
    place: str
    colour: str
    simulated: bool = False
    crm_id_key: str = "crmCustomerId"
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    first_message: str = ""


class _DrawnButton(QPushButton):
    """A button that paints itself: a field with texts and a chevron."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and Down open as Space does, once for as long as they are held."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _frame(self, painter: QPainter, look: Tokens, *, dashed: bool = False) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = look.hover if self.isDown() or self.underMouse() else look.field
        width, colour = (2.0, look.focus) if self.hasFocus() else (1.0, look.border)
        pen = QPen(QColor(colour), width)
        if dashed and not self.hasFocus():
            pen.setColor(QColor(look.field_border))
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(ground))
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER - inset, CORNER - inset
        )

    def _chevron(self, painter: QPainter, look: Tokens) -> None:
        where = QRectF(
            self.width() - _PADDING - _CHEVRON + 3, (self.height() - _CHEVRON) / 2, _CHEVRON, _CHEVRON
        )
        paint_glyph(painter, "chevron", placed(self, where), look.text)


class EnvironmentButton(_DrawnButton):
    """The chosen environment: its dot, its name in its colour, its place in grey."""

    _DOT: Final = 16

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item: EnvironmentItem | None = None
        self.set_item(None)

    @property
    def item(self) -> EnvironmentItem | None:
        """The environment that is shown."""
        return self._item

    def set_item(self, item: EnvironmentItem | None) -> None:
        """Show an environment, or that there is none."""
        self._item = item
        name, place = self._texts()
        self.setAccessibleName(self.tr("Environment: {name}, {place}").format(name=name, place=place))
        self.setToolTip(place)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: as wide as its texts, within reason."""
        name, place = self._texts()
        wide = QFontMetricsF(text_font(bold=True)).horizontalAdvance(name)
        wide += QFontMetricsF(text_font(TYPE_LABEL)).horizontalAdvance(place)
        wide += 2 * _PADDING + self._DOT + 2 * GRID + _CHEVRON + GRID
        return QSize(min(max(round(wide) + 1, 45 * GRID), 80 * GRID), CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Qt: room for the dot and a short name."""
        return QSize(35 * GRID, CONTROL_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: paint frame, dot and texts; the simulator's frame is dashed, its dot hollow."""
        look, item = tokens(), self._item
        painter = QPainter(self)
        self._frame(painter, look, dashed=item is not None and item.simulated)
        left = float(_PADDING) - 4
        if item is not None:
            dot = QRectF(left, (self.height() - self._DOT) / 2, self._DOT, self._DOT)
            paint_glyph(
                painter, "hollow" if item.simulated else "dot", placed(self, dot), look.dot(item.colour)
            )
            left += self._DOT + GRID
        else:
            left += 4
        right = self.width() - _PADDING - _CHEVRON - GRID
        name, place = self._texts()
        bold = text_font(bold=True)
        colour = look.environment_text(item.colour) if item else look.muted
        left += paint_line(painter, self, name, bold, colour, left, right) + 2 * GRID
        paint_line(painter, self, place, text_font(TYPE_LABEL), look.muted, left, right)
        self._chevron(painter, look)
        painter.end()

    def _texts(self) -> tuple[str, str]:
        if self._item is None:
            return self.tr("No environment"), ""
        return self._item.name, self._item.place


class AttributesButton(_DrawnButton):
    """How many attributes go out and how many bytes they take."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._summary = ""
        self._wrong = False

    @property
    def summary(self) -> str:
        """The counts as shown."""
        return self._summary

    def set_summary(self, summary: str, *, wrong: bool) -> None:
        """Show the counts; `wrong` when they are over the limit."""
        self._summary, self._wrong = summary, wrong
        self.setAccessibleName(self.tr("Attributes: {summary}").format(summary=summary))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: as wide as its texts."""
        wide = QFontMetricsF(text_font()).horizontalAdvance(self.tr("Attributes"))
        wide += QFontMetricsF(text_font(TYPE_LABEL)).horizontalAdvance(self._summary)
        return QSize(round(wide) + 2 * _PADDING + 2 * GRID + _CHEVRON + GRID + 1, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Qt: in a narrow window the counts alone are enough."""
        wide = QFontMetricsF(text_font(TYPE_LABEL)).horizontalAdvance(self._summary)
        return QSize(round(wide) + 2 * _PADDING + _CHEVRON + GRID + 1, CONTROL_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: paint frame and texts."""
        look = tokens()
        painter = QPainter(self)
        self._frame(painter, look)
        left, right = float(_PADDING), self.width() - _PADDING - _CHEVRON - GRID
        if self.width() >= self.sizeHint().width():
            label = self.tr("Attributes")
            left += paint_line(painter, self, label, text_font(), look.text, left, right) + 2 * GRID
        colour = look.bad if self._wrong else look.muted
        paint_line(painter, self, self._summary, text_font(TYPE_LABEL), colour, left, right)
        self._chevron(painter, look)
        painter.end()


class _IdEdit(QLineEdit):
    """A line whose Enter counts once, however long it is held."""

    entered = Signal()
    focus_changed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a key; a held Enter repeats, and repeats start nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the focus came."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the focus went."""
        super().focusOutEvent(event)
        self.focus_changed.emit()


class CrmIdField(QWidget):
    """The CRM customer ID, with its label inside the frame and a ring while it has the focus."""

    entered = Signal()
    changed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wrong = False
        self.edit = _IdEdit(self)
        self.edit.setObjectName("crm-id")
        self.edit.setFont(text_font(bold=True))
        self.edit.setFrame(False)
        self.edit.setAccessibleName(self.tr("CRM customer ID"))
        set_role(self.edit, "bare")
        self.edit.entered.connect(self.entered)
        self.edit.textChanged.connect(self.changed)
        self.edit.focus_changed.connect(self.update)
        label = QLabel(self.tr("CRM customer ID"), self)
        label.setBuddy(self.edit)
        set_role(label, "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(RING + _PADDING, RING, RING + _PADDING, RING)
        row.setSpacing(2 * GRID)
        row.addWidget(label)
        row.addWidget(self.edit, 1)
        self.setFixedHeight(CONTROL_HEIGHT + 2 * RING)
        self.setMinimumWidth(60 * GRID)
        self.setFocusProxy(self.edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        theme().changed.connect(self.update)

    def set_wrong(self, problem: str) -> None:
        """Mark the field and tell screen readers why; an empty text takes the mark away."""
        self._wrong = bool(problem)
        self.edit.setAccessibleDescription(problem)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on the label or the frame is meant for the line."""
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: paint the frame, and the ring around it."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        focused = self.edit.hasFocus()
        if focused:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.bad_ground if self._wrong else look.ring))
            painter.drawRoundedRect(QRectF(self.rect()), CORNER + RING, CORNER + RING)
        colour = look.bad if self._wrong else look.focus if focused else look.field_border
        width = 1.5 if focused or self._wrong else 1.0
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(QColor(look.field))
        painter.drawRoundedRect(
            frame.adjusted(width / 2, width / 2, -width / 2, -width / 2), CORNER - 0.5, CORNER - 0.5
        )
        painter.end()


class StartButton(QPushButton):
    """Start, with the key that does the same beside its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key_hint = ""
        self._pressed_at = QElapsedTimer()
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setObjectName("start")
        theme().changed.connect(self.update)

    def show_words(self, words: str, key_hint: str = "", *, primary: bool) -> None:
        """Show other words; the key hint stands in a box behind them."""
        self._key_hint = key_hint
        self.setText(words)
        self.setAccessibleName(words)
        set_role(self, "primary" if primary else "")
        self.updateGeometry()
        self.update()

    def just_pressed(self) -> bool:
        """Whether the mouse was pressed on it a moment ago, enabled or not: somebody is still clicking."""
        return self._pressed_at.isValid() and self._pressed_at.elapsed() < QApplication.doubleClickInterval()

    def event(self, event: QEvent) -> bool:
        """Qt: any event, also those that a disabled button drops."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._pressed_at.start()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter presses the button, once for as long as it is held."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Qt: wide enough for the longest usual words, so that nothing moves when they change."""
        fonts = QFontMetricsF(text_font(bold=True))
        usual = (
            fonts.horizontalAdvance(self.tr("Start chat")) + 2.5 * GRID + self._hint_width(self.tr("Enter"))
        )
        words = fonts.horizontalAdvance(self.text())
        return QSize(round(max(usual, words) + 9 * GRID), CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Qt: never less, or words would be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: paint the ground, the words and the key."""
        look = tokens()
        primary = self.property("role") == "primary"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, look, primary=primary)
        ink = look.on_accent if primary else look.text
        if not self.isEnabled():
            ink = look.muted
        font = text_font(bold=True)
        words = QFontMetricsF(font).horizontalAdvance(self.text())
        hint = self._hint_width(self._key_hint) if self._key_hint else 0.0
        gap = 2.5 * GRID if hint else 0.0
        left = (self.width() - words - gap - hint) / 2
        paint_line(painter, self, self.text(), font, ink, left, self.width())
        if hint:
            box = QRectF(left + words + gap, (self.height() - 18) / 2, hint, 18)
            border = QColor(ink)
            border.setAlphaF(0.45)
            painter.setPen(QPen(border, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(placed(self, box).adjusted(0.5, 0.5, -0.5, -0.5), GRID, GRID)
            small = text_font(TYPE_SMALL, bold=True)
            paint_line(painter, self, self._key_hint, small, ink, box.left() + 1.5 * GRID, self.width())
        painter.end()

    def _paint_ground(self, painter: QPainter, look: Tokens, *, primary: bool) -> None:
        over = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            ground, border = look.hover, look.line
        elif primary:
            ground = look.accent_pressed if self.isDown() else look.accent_hover if over else look.accent
            border = ground
        else:
            ground, border = look.hover if over else look.field, look.border
        painter.setPen(QPen(QColor(border), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER - 0.5, CORNER - 0.5
        )
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.on_accent if primary else look.focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), CORNER - 3, CORNER - 3)

    def _hint_width(self, hint: str) -> float:
        return QFontMetricsF(text_font(TYPE_SMALL, bold=True)).horizontalAdvance(hint) + 3 * GRID
