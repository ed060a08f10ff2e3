"""The fields of a form: text, a time, ticks, or one of a wheel."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gcdesk.guest.content import DatePicker, FormField, ListPicker
from gcdesk.ui.choices import Choices
from gcdesk.ui.date_picker import slot_words
from gcdesk.ui.environment_fields import Chooser
from gcdesk.ui.panel import small
from gcdesk.ui.parts import Hub, Part
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_WIDEST = 320
_LINES = 3


class Field(Part):
    """A field with its title above it."""

    def __init__(self, described: FormField, control: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.described = described
        self.title = one_line(described.title or described.placeholder or described.id)
        name = self.title
        if described.required:
            name = translate("Content", "{title} (required)").format(title=self.title)
        self._label = small(name, self, ink="text_soft")
        self._hint = small(described.subtitle, self) if described.subtitle else None
        self.control = control
        control.setParent(self)
        control.setAccessibleName(name)

    def fit(self, width: int) -> QSize:
        """Title, control and hint below each other."""
        width = min(width, _WIDEST)
        y = self._label.fit(width).height()
        self._label.setGeometry(0, 0, width, y)
        y += GRID
        size = self._fit_control(width)
        self.control.setGeometry(0, y, size.width(), size.height())
        y += size.height()
        if self._hint is not None:
            below = self._hint.fit(width)
            self._hint.setGeometry(0, y + GRID, width, below.height())
            y += GRID + below.height()
        return QSize(width, y)

    def _fit_control(self, width: int) -> QSize:
        return QSize(width, self.control.sizeHint().height())

    def answer(self) -> tuple[str, str]:
        """The text to show and the value to send; both empty where nothing was entered."""
        raise NotImplementedError

    def saved(self) -> str:
        """What `restore` needs to show this answer again."""
        return self.answer()[1]

    def restore(self, saved: str) -> None:
        """Show an answer given before."""
        raise NotImplementedError

    def focus(self) -> None:
        """Lead the person here."""
        self.control.setFocus()

    def set_usable(self, usable: bool) -> None:
        """Let the person fill it in, or not."""
        self.control.setEnabled(usable)


class LineField(Field):
    """One line of text."""

    def __init__(self, described: FormField, parent: QWidget) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(one_line(described.placeholder))
        super().__init__(described, self.edit, parent)

    def answer(self) -> tuple[str, str]:
        """The text, as both."""
        return self.edit.text(), self.edit.text()

    def restore(self, saved: str) -> None:
        """Show the text."""
        self.edit.setText(saved)


class TextField(Field):
    """Several lines of text."""

    def __init__(self, described: FormField, parent: QWidget) -> None:
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(one_line(described.placeholder))
        super().__init__(described, self.edit, parent)

    def _fit_control(self, width: int) -> QSize:
        return QSize(width, self.edit.fontMetrics().lineSpacing() * _LINES + 5 * GRID)

    def answer(self) -> tuple[str, str]:
        """The text, as both."""
        return self.edit.toPlainText(), self.edit.toPlainText()

    def restore(self, saved: str) -> None:
        """Show the text."""
        self.edit.setPlainText(saved)


class OneOfField(Field):
    """One of several values, in a drop-down list."""

    def __init__(self, described: FormField, values: Sequence[tuple[str, str]], parent: QWidget) -> None:
        self.box = Chooser(parent)
        self.box.addItem(translate("Content", "Choose…"), "")
        for text, payload in values:
            self.box.addItem(one_line(text), payload)
        # The wheel turns the conversation; a value must not change because the pointer was here.
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        super().__init__(described, self.box, parent)

    def answer(self) -> tuple[str, str]:
        """The chosen line and its value."""
        payload = str(self.box.currentData() or "")
        return (self.box.currentText(), payload) if payload else ("", "")

    def restore(self, saved: str) -> None:
        """Choose that value again."""
        self.box.setCurrentIndex(max(0, self.box.findData(saved)))


class TicksField(Field):
    """The ticked items of a list."""

    def __init__(self, described: FormField, picker: ListPicker, hub: Hub, parent: QWidget) -> None:
        self.choices = Choices(picker.sections, hub, parent)
        super().__init__(described, self.choices, parent)

    def _fit_control(self, width: int) -> QSize:
        return self.choices.fit(width)

    def answer(self) -> tuple[str, str]:
        """Titles and IDs, each joined with commas."""
        chosen = self.choices.chosen()
        return ", ".join(item.title for item in chosen), ",".join(item.id for item in chosen)

    def saved(self) -> str:
        """The places of the ticks."""
        return json.dumps(self.choices.ticked())

    def restore(self, saved: str) -> None:
        """Tick them again."""
        self.choices.tick(json.loads(saved))

    def focus(self) -> None:
        """Lead the person to the first item."""
        stops = self.choices.tab_stops()
        if stops:
            stops[0].setFocus()


def make_field(described: FormField, hub: Hub, parent: QWidget) -> Field | None:
    """The field that fits the description; None for a kind that is not known."""
    if isinstance(described.picker, ListPicker):
        return TicksField(described, described.picker, hub, parent)
    if isinstance(described.picker, DatePicker):
        values = [(slot_words(slot), slot.payload) for slot in described.picker.slots]
        return OneOfField(described, values, parent)
    if described.kind == "WheelPicker":
        return OneOfField(described, [(item.title, item.id) for item in described.choices], parent)
    if described.kind == "Input":
        return (TextField if described.multiline else LineField)(described, parent)
    return None
