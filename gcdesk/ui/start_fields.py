"""What every chat of an environment starts with: default attributes, a first message, and the proxy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gcdesk.desk.environment import check_default_attributes, check_first_message
from gcdesk.desk.environments import Environment
from gcdesk.errors import GcdeskError
from gcdesk.guest.attributes import parse_attributes
from gcdesk.ui.environment_fields import EntryField
from gcdesk.ui.proxy_fields import ProxyFields
from gcdesk.ui.said import told
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_ATTRIBUTE_LINES = 3
_MESSAGE_LINES = 2


class StartFields(QWidget):
    """Three fields of the form. `edited` comes with each change a person makes."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._filling = False
        self.attributes = _lines(self, _ATTRIBUTE_LINES)
        self.attributes.setPlaceholderText("tier=gold\nvip=true")
        self.first_message = _lines(self, _MESSAGE_LINES)
        self.first_message.setPlaceholderText(translate("StartFields", "Nothing is said by itself"))
        self.proxy = ProxyFields(self, inherits=True)
        self._attributes_field = EntryField(
            self,
            translate("StartFields", "Default attributes, one key=value a line, or JSON (optional)"),
            self.attributes,
        )
        self._message_field = EntryField(
            self,
            translate("StartFields", "First message of each fresh chat (optional)"),
            self.first_message,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addWidget(self._attributes_field)
        column.addWidget(self._message_field)
        column.addWidget(self.proxy)
        for edit, field in (
            (self.attributes, self._attributes_field),
            (self.first_message, self._message_field),
        ):
            edit.textChanged.connect(lambda field=field: self._changed(field))
        self.proxy.edited.connect(self.edited)
        self.proxy.left.connect(self.proxy.check)

    def show_environment(self, environment: Environment) -> None:
        """Show what is kept."""
        self._filling = True
        try:
            self.attributes.setPlainText(
                "\n".join(f"{key}={value}" for key, value in environment.attributes.items())
            )
            self.first_message.setPlainText(environment.first_message)
        finally:
            self._filling = False
        self.proxy.show_choice(environment.proxy)
        for field in (self._attributes_field, self._message_field):
            field.set_problem("")

    def read_attributes(self) -> dict[str, str]:
        """The attributes as they go out. Raises CustomAttributeError."""
        return parse_attributes(self.attributes.toPlainText())

    def read_first_message(self) -> str:
        """The first message. Raises EnvironmentInputError."""
        return check_first_message(self.first_message.toPlainText())

    def check(self, crm_id_key: str) -> bool:
        """Whether all can be used; what is wrong is said below the fields.

        Args:
            crm_id_key: The attribute that carries the CRM customer ID, which is none of these.
        """
        self._attributes_field.set_problem(
            _problem_of(lambda: check_default_attributes(self.read_attributes(), crm_id_key))
        )
        self._message_field.set_problem(_problem_of(self.read_first_message))
        wrong_proxy = self.proxy.check()
        return not (self._attributes_field.problem or self._message_field.problem or wrong_proxy)

    def focus_problem(self) -> None:
        """Put the cursor where something is wrong."""
        for field in (self._attributes_field, self._message_field):
            if field.problem:
                field.focus()
                return
        self.proxy.focus()

    def _changed(self, field: EntryField) -> None:
        if not self._filling:
            field.set_problem("")
            self.edited.emit()


def _lines(parent: QWidget, lines: int) -> QPlainTextEdit:
    edit = QPlainTextEdit(parent)
    edit.setTabChangesFocus(True)
    # So that its text begins where that of a line does.
    edit.document().setDocumentMargin(2)
    edit.setFixedHeight(edit.fontMetrics().lineSpacing() * lines + 6 * GRID)
    return edit


def _problem_of(read: Callable[[], object]) -> str:
    try:
        read()
    except GcdeskError as error:
        return told(error)
    return ""
