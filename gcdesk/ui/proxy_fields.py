"""Which proxy is taken: a choice, and below it the address of one that a person names."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gcdesk.desk.proxy_choice import DIRECT, SYSTEM, check_choice
from gcdesk.errors import ProxyInputError
from gcdesk.ui.environment_fields import Chooser, EntryField
from gcdesk.ui.said import told
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_NAMED: Final = "named"


class ProxyFields(QWidget):
    """A choice as gcdesk.desk.proxy_choice keeps it.

    Args:
        parent: The form.
        inherits: Whether there is "As in the settings", for which the choice is empty.
    """

    edited = Signal()
    """A person chose or typed."""

    left = Signal()
    """A choice is complete: one of the list, or an address that was typed and left."""

    def __init__(self, parent: QWidget, *, inherits: bool) -> None:
        super().__init__(parent)
        self.choice = Chooser(self)
        if inherits:
            self.choice.addItem(translate("Proxy", "As in the settings"), "")
        self.choice.addItem(translate("Proxy", "As the operating system says"), SYSTEM)
        self.choice.addItem(translate("Proxy", "No proxy"), DIRECT)
        self.choice.addItem(translate("Proxy", "This proxy"), _NAMED)
        self.address = QLineEdit(self)
        self.address.setPlaceholderText("http://proxy.example:3128")
        self._choice_field = EntryField(self, translate("Proxy", "Proxy"), self.choice)
        self._address_field = EntryField(self, translate("Proxy", "Address of the proxy"), self.address)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addWidget(self._choice_field)
        column.addWidget(self._address_field)
        self.choice.activated.connect(self._chosen)
        self._address_field.edited.connect(self._typed)
        self._address_field.left.connect(self.left)
        self.show_choice("")

    def show_choice(self, choice: str) -> None:
        """Show what is kept."""
        known = self.choice.findData(choice)
        named = known < 0 and choice not in ("", SYSTEM, DIRECT)
        self.choice.setCurrentIndex(self.choice.findData(_NAMED) if named else max(0, known))
        self.address.setText(choice if named else "")
        self.set_problem("")
        self._show_address()

    def read(self) -> str:
        """The choice as it is kept. Raises ProxyInputError."""
        if not self._is_named:
            return str(self.choice.currentData())
        typed = self.address.text().strip()
        if typed.lower() in ("", SYSTEM, DIRECT):
            raise ProxyInputError(hint=ProxyInputError.hint)
        return check_choice(typed)

    def check(self) -> str:
        """Say below the address what is wrong with it, and return it; empty if nothing is."""
        problem = ""
        try:
            self.read()
        except ProxyInputError as error:
            problem = told(error)
        self.set_problem(problem)
        return problem

    def set_problem(self, problem: str) -> None:
        """Say below the address what is wrong, or take it back with an empty text."""
        self._address_field.set_problem(problem)

    def focus(self) -> None:
        """Put the cursor where something can be wrong."""
        (self._address_field if self._is_named else self._choice_field).focus()

    @property
    def _is_named(self) -> bool:
        return bool(self.choice.currentData() == _NAMED)

    def _chosen(self) -> None:
        self.set_problem("")
        self._show_address()
        self.edited.emit()
        if self._is_named:
            self._address_field.focus()
        else:
            self.left.emit()

    def _typed(self) -> None:
        self.set_problem("")
        self.edited.emit()

    def _show_address(self) -> None:
        self._address_field.setVisible(self._is_named)
