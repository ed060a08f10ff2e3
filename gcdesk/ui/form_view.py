"""A form to fill in: all pages below each other, one button at the end."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcdesk.guest.content import Form, FormField, FormPage
from gcdesk.guest.message import Message
from gcdesk.guest.replies import form_answer
from gcdesk.ui.form_fields import Field, make_field
from gcdesk.ui.panel import Panel, heading, quiet, small
from gcdesk.ui.parts import ChoiceButton, Flow, Gap, Hub, Pick
from gcdesk.ui.raw_view import RawView

translate = QCoreApplication.translate


class FormView(Panel):
    """A form with its fields; a field of a kind that is not known is shown raw and left out of the answer."""

    def __init__(
        self,
        form: Form,
        place: str,
        message: Message,
        hub: Hub,
        pick: Pick | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._place = place
        self._message = message
        self._hub = hub
        self._picked = pick is not None and pick.place == place
        self.fields: list[Field] = []
        if form.title and form.title != message.text:
            self.items.append(heading(form.title, self))
        if form.subtitle:
            self.items.append(quiet(form.subtitle, self))
        for page in form.pages:
            self._add_page(page)
        if not self.fields:
            self.items.append(RawView(translate("Content", "Form without fields"), form.raw, hub, self))
            return
        self._add_foot()
        if pick is not None and self._picked:
            self._show_sent(pick)

    def _add_page(self, page: FormPage) -> None:
        self.items.append(Gap(self))
        if page.title:
            self.items.append(heading(page.title, self))
        if page.subtitle:
            self.items.append(quiet(page.subtitle, self))
        for described in page.fields:
            self._add_field(described)

    def _add_field(self, described: FormField) -> None:
        field = make_field(described, self._hub, self)
        if field is None:
            raw = {"formComponentType": described.kind, "id": described.id, "title": described.title}
            self.items.append(RawView(described.title or described.kind, raw, self._hub, self))
            return
        self.fields.append(field)
        self.items.append(field)

    def _add_foot(self) -> None:
        self.problem = small("", self, ink="bad")
        self.problem.hide()
        foot = Flow(self)
        self.send_button = ChoiceButton(translate("Content", "Send form"), foot, role="primary")
        self.send_button.clicked.connect(self._send)
        foot.items.append(self.send_button)
        self.items += [self.problem, foot]

    def _show_sent(self, pick: Pick) -> None:
        for field, value in zip(self.fields, pick.detail, strict=False):
            field.restore(value)
        self.send_button.mark_chosen()

    def _send(self) -> None:
        empty = [field for field in self.fields if field.described.required and not field.answer()[1]]
        if empty:
            self.problem.set_text(
                translate("Content", "Fill in “{title}” first.").format(title=empty[0].title)
            )
            self.problem.show()
            empty[0].focus()
            self._hub.changed_height.emit(self)
            return
        answers = {field.described.id: field.answer() for field in self.fields}
        reply = form_answer(self._form, answers, self._reply_title(), self._message.id)
        self._hub.answer(self._message.key, self._place, reply, tuple(field.saved() for field in self.fields))

    def _reply_title(self) -> str:
        named = self._form.raw.get("replyMessage")
        title = named.get("title") if isinstance(named, Mapping) else None
        return title if isinstance(title, str) and title else translate("Content", "Form sent")

    def set_usable(self, usable: bool) -> None:
        """Let the person fill in and send, or not any more."""
        for field in self.fields:
            field.set_usable(usable)
        if self.fields:
            self.send_button.setEnabled(usable and not self._picked)

    @property
    def has_draft(self) -> bool:
        """Whether something is filled in that was not sent."""
        return not self._picked and any(field.answer()[1] for field in self.fields)
