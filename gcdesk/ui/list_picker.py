"""A list to choose from: tick, then send."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcdesk.guest.content import ListPicker
from gcdesk.guest.message import Message
from gcdesk.guest.replies import list_choice
from gcdesk.ui.choices import Choices
from gcdesk.ui.panel import Panel, heading, quiet
from gcdesk.ui.parts import ChoiceButton, Flow, Hub, Pick

translate = QCoreApplication.translate


class ListPickerView(Panel):
    """A list picker with its sections and a button that sends what is ticked."""

    def __init__(
        self,
        picker: ListPicker,
        place: str,
        message: Message,
        hub: Hub,
        pick: Pick | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picker = picker
        self._place = place
        self._message = message
        self._hub = hub
        self._usable = True
        self._picked = pick is not None and pick.place == place
        if picker.title and picker.title != message.text:
            self.items.append(heading(picker.title, self))
        if picker.subtitle:
            self.items.append(quiet(picker.subtitle, self))
        self.choices = Choices(picker.sections, hub, self, self._show_usable)
        foot = Flow(self)
        self.send_button = ChoiceButton(translate("Content", "Send choice"), foot, role="primary")
        self.send_button.clicked.connect(self._send)
        foot.items.append(self.send_button)
        self.items += [self.choices, foot]
        if self._picked:
            self.choices.tick(pick.detail if pick is not None else ())
            self.send_button.mark_chosen()
        self._show_usable()

    def _send(self) -> None:
        chosen = self.choices.chosen()
        if chosen:
            reply = list_choice(chosen, self._picker.answer_text, self._message.id)
            self._hub.answer(self._message.key, self._place, reply, self.choices.ticked())

    def _show_usable(self) -> None:
        self.send_button.setEnabled(self._usable and not self._picked and bool(self.choices.chosen()))

    def set_usable(self, usable: bool) -> None:
        """Let the person tick and send, or not any more."""
        self._usable = usable
        self.choices.set_usable(usable)
        self._show_usable()

    @property
    def has_draft(self) -> bool:
        """Whether something is ticked that was not sent."""
        return not self._picked and self.choices.has_draft
