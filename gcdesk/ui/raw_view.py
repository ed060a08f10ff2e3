"""Content that gcdesk cannot draw, shown as the JSON it came in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcdesk.guest.masking import mask_frame
from gcdesk.ui.fonts import mono_font
from gcdesk.ui.panel import Panel
from gcdesk.ui.parts import ChoiceButton, Flow, Hub
from gcdesk.ui.plain_text import PlainText
from gcdesk.ui.tokens import TYPE_SMALL

translate = QCoreApplication.translate


def pretty_masked(value: object) -> str:
    """A JSON value as readable text, its secrets masked."""
    try:
        return json.dumps(mask_frame(value), ensure_ascii=False, indent=2, default=str)
    except RecursionError:
        return translate("Content", "This content is nested too deeply to be shown.")


class RawView(Panel):
    """A closed block that opens to show the JSON."""

    def __init__(
        self, title: str, raw: Mapping[str, object], hub: Hub, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._raw = raw
        head = Flow(self)
        self._title = title
        self.button = ChoiceButton(title, head, role="plain")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._open)
        head.items.append(self.button)
        self.text = PlainText("", self, font=mono_font(TYPE_SMALL), ink="text_soft")
        self.text.hide()
        self.items = [head, self.text]
        self._say(opened=False)

    def _open(self, opened: bool) -> None:
        if opened and not self.text.text():
            self.text.set_text(pretty_masked(self._raw))
        self.text.setVisible(opened)
        self._say(opened=opened)
        self._hub.changed_height.emit(self)

    def _say(self, *, opened: bool) -> None:
        self.button.relabel(("▾ " if opened else "▸ ") + self._title)
        words = (
            translate("Content", "{title}, JSON shown")
            if opened
            else translate("Content", "{title}, show JSON")
        )
        self.button.setAccessibleName(words.format(title=self._title))

    @property
    def has_draft(self) -> bool:
        """An opened block stays open when it is scrolled out of sight."""
        return self.button.isChecked()
