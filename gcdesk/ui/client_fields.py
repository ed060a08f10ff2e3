"""The OAuth client of an environment: its ID, its secret, and a button that tries them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gcdesk.errors import EnvironmentInputError, GcdeskError
from gcdesk.ui.environment_fields import EntryField, SecretEdit
from gcdesk.ui.said import said, told
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import sentence

if TYPE_CHECKING:
    from gcdesk.chat.doctor.check import Check
    from gcdesk.guest.credentials import Credentials

_GRAVE: Final = ("failed", "warning")


class ClientFields(QWidget):
    """Two fields and what became of the check. `edited` comes with each change a person makes."""

    edited = Signal()
    check_requested = Signal()
    """Try the credentials that `read` gives; answer with `show_checks` or `show_error`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known: Credentials | None = None
        self._loaded = False
        self.client_id = QLineEdit(self)
        self.secret = SecretEdit(self, self.tr("client secret"))
        self.check_button = QPushButton(self.tr("Check"), self)
        self.check_button.setAutoDefault(False)
        self.check_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.check_button.setToolTip(
            self.tr("Sign in with this client, compare its org and look for missing permissions")
        )
        self.result = QLabel(self)
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.result.setWordWrap(True)
        self.result.hide()
        self._id_field = EntryField(self, self.tr("OAuth client ID (optional)"), self.client_id)
        self._secret_field = EntryField(
            self, self.tr("OAuth client secret (optional)"), self.secret, self.secret.line
        )
        self._lay_out()
        for field in (self._id_field, self._secret_field):
            field.edited.connect(self._changed)
        self.check_button.clicked.connect(self.check_requested)
        self.show_new()

    # What the dialog tells

    def show_new(self) -> None:
        """Empty the fields for an environment that has no credentials yet."""
        self.forget()
        self._loaded = True
        self._show_hints()

    def show_waiting(self) -> None:
        """Empty the fields; what is kept follows with `set_known`."""
        self.forget()
        self._show_hints()

    def set_known(self, credentials: Credentials | None) -> None:
        """Fill in what is kept, unless something was typed there meanwhile."""
        self._loaded, self._known = True, credentials
        self._show_hints()
        if credentials is not None and not self._typed():
            self.client_id.setText(credentials.client_id)
            self.secret.line.setText(credentials.secret)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Say what the check found: its gravest findings, or all of them if all is well."""
        statuses = [check.status.value for check in checks]
        worst = next((status for status in _GRAVE if status in statuses), "")
        told = [check for check in checks if not worst or check.status.value == worst]
        words = sentence(*(part for check in told for part in (said(check.title), said(check.hint))))
        self._show(words, "problem" if worst == "failed" else "small")

    def show_error(self, error: GcdeskError) -> None:
        """Say why nothing could be tried."""
        self._show(told(error), "problem")

    def forget(self) -> None:
        """Let go of the credentials, so that no closed dialog holds them."""
        self._known, self._loaded = None, False
        self.client_id.clear()
        self.secret.line.clear()
        self.secret.hide_secret()
        for field in (self._id_field, self._secret_field):
            field.set_problem("")
        self._show("", "small")

    # What the dialog asks

    def read(self) -> Credentials | None:
        """The credentials as they stand, None if both fields are empty. Raises EnvironmentInputError."""
        # Only who has credentials needs to know what they look like.
        from gcdesk.desk.credentials import check_credentials

        if not self._typed():
            return None
        return check_credentials(self.client_id.text(), self.secret.line.text())

    def check(self) -> bool:
        """Whether the fields can be used; what is wrong is said below them."""
        try:
            self.read()
        except EnvironmentInputError as error:
            field = self._id_field if "ID" in error.title else self._secret_field
            field.set_problem(told(error))
            return False
        return True

    def focus_problem(self) -> None:
        """Put the cursor where something is wrong."""
        (self._id_field if self._id_field.problem else self._secret_field).focus()

    @property
    def changed(self) -> bool:
        """Whether saving has to keep or erase something."""
        given = self.read() if self._typed() else None
        return given != self._known if self._loaded else given is not None

    # Inside

    def _typed(self) -> bool:
        return bool(self.client_id.text().strip() or self.secret.line.text().strip())

    def _changed(self) -> None:
        for field in (self._id_field, self._secret_field):
            field.set_problem("")
        self._show("", "small")
        self.edited.emit()

    def _show_hints(self) -> None:
        hint = "" if self._loaded else self.tr("Kept, if there is one; type to replace it")
        self.client_id.setPlaceholderText(hint or self.tr("Proves that attributes arrive"))
        self.secret.line.setPlaceholderText(hint)

    def _show(self, words: str, role: str) -> None:
        self.result.setText(words)
        self.result.setVisible(bool(words))
        self.check_button.setEnabled(True)
        set_role(self.result, role)

    def show_checking(self) -> None:
        """The check is under way."""
        self._show(self.tr("Checking…"), "small")
        self.check_button.setEnabled(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addWidget(self._id_field, 1)
        row.addWidget(self._secret_field, 1)
        below = QHBoxLayout()
        below.setSpacing(2 * GRID)
        below.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self.result, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(row)
        column.addLayout(below)
