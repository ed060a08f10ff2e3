"""Prove the attributes of any conversation, by one of its messages, its ID, or an exported file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gcdesk.errors import GcdeskError
from gcdesk.guest.attributes import parse_pair
from gcdesk.ui.checklist import StepRow
from gcdesk.ui.environment_fields import Chooser, EntryField
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.proof_step import ProofWords
from gcdesk.ui.said import said, told
from gcdesk.ui.step import ARRIVED, Step, StepStatus
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.chat.verification import Proof

_MESSAGE, _CONVERSATION, _FILE = "message", "conversation", "file"


class ProveDialog(QDialog):
    """Asks by a signal and is told by calls.

    Signals:
        prove_requested: An EnvironmentItem, the kind of what was given ("message", "conversation" or "file"), the
            ID or the path, and the expected attributes. Answer with `show_proof` or `show_error`.
    """

    prove_requested = Signal(object, str, str, object)

    def __init__(self, items: Sequence[EnvironmentItem], chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Prove attributes of a conversation"))
        self._items = list(items)
        self.kind = Chooser(self)
        for words, kind in (
            (self.tr("A message ID"), _MESSAGE),
            (self.tr("A conversation ID"), _CONVERSATION),
            (self.tr("An exported JSON file"), _FILE),
        ):
            self.kind.addItem(words, kind)
        self.environment = Chooser(self)
        for item in items:
            self.environment.addItem(item.name)
        self.environment.setCurrentIndex(max(0, self.environment.findText(chosen)))
        self.which = QLineEdit(self)
        self.browse_button = QPushButton(self.tr("Choose a file…"), self)
        self.browse_button.setAutoDefault(False)
        self.expected = QPlainTextEdit(self)
        self.expected.setPlaceholderText("crmCustomerId=CUST-12345")
        self.expected.setTabChangesFocus(True)
        self.expected.setFixedHeight(24 * GRID)
        self.answer = StepRow(self)
        self.answer.hide()
        self.prove_button = QPushButton(self.tr("Prove"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self._lay_out()
        self._connect()
        self._kind_chosen()
        self.which.setFocus()

    def show_proof(self, proof: Proof) -> None:
        """Show what was found."""
        simulated = self._item() is not None and bool(getattr(self._item(), "simulated", False))
        words = ProofWords(QCoreApplication.translate, simulated=simulated and self._kind() != _FILE)
        step = words.found(proof, admin=False)
        self._show(Step(step.id, step.status, step.title, step.detail, step.measured, step.hint))

    def show_error(self, error: GcdeskError) -> None:
        """Say why nothing could be found out."""
        self._show(Step(ARRIVED, StepStatus.FAILED, said(error.title), hint=said(error.hint)))

    # Inside

    def _prove(self) -> None:
        try:
            expected = dict(
                parse_pair(line) for line in self.expected.toPlainText().splitlines() if line.strip()
            )
        except GcdeskError as error:
            self._expected_field.set_problem(told(error))
            self.expected.setFocus()
            return
        which = self.which.text().strip()
        self._which_field.set_problem("" if which else self.tr("It is not said which conversation is meant."))
        self._expected_field.set_problem("" if expected else self.tr("Write one key=value on each line."))
        if not which or not expected:
            (self.expected if which else self.which).setFocus()
            return
        self.prove_button.setEnabled(False)
        self.answer.set_step(Step(ARRIVED, StepStatus.RUNNING, self.tr("Looking for the attributes")))
        self.answer.show()
        self.prove_requested.emit(self._item(), self._kind(), which, expected)

    def _show(self, step: Step) -> None:
        self.prove_button.setEnabled(True)
        self.answer.set_step(step)
        self.answer.show()

    def _item(self) -> EnvironmentItem | None:
        place = self.environment.currentIndex()
        return self._items[place] if 0 <= place < len(self._items) else None

    def _kind(self) -> str:
        return str(self.kind.currentData())

    def _kind_chosen(self) -> None:
        file = self._kind() == _FILE
        self.browse_button.setVisible(file)
        self._environment_field.setVisible(not file)

    def _browse(self) -> None:
        chooser = QFileDialog(self, self.tr("Choose an exported conversation"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(self.tr("Conversations (*.json)"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda path: self.which.setText(str(Path(path))))
        chooser.open()

    def _lay_out(self) -> None:
        which = QWidget(self)
        row = QHBoxLayout(which)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self.which, 1)
        row.addWidget(self.browse_button)
        self._environment_field = EntryField(self, self.tr("Environment"), self.environment)
        self._kind_field = EntryField(self, self.tr("Found by"), self.kind)
        self._which_field = EntryField(self, self.tr("ID or file"), which, self.which)
        self._expected_field = EntryField(
            self, self.tr("Expected attributes, one key=value a line"), self.expected
        )
        set_role(self.prove_button, "primary")
        self.prove_button.setDefault(True)
        self.close_button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.prove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        for field in (self._kind_field, self._environment_field, self._which_field, self._expected_field):
            column.addWidget(field)
        column.addWidget(self.answer)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(130 * GRID)

    def _connect(self) -> None:
        self.prove_button.clicked.connect(self._prove)
        self.close_button.clicked.connect(self.reject)
        self.browse_button.clicked.connect(self._browse)
        self.kind.currentIndexChanged.connect(lambda _place: self._kind_chosen())
        self.which.textEdited.connect(lambda _text: self._which_field.set_problem(""))
        self.expected.textChanged.connect(lambda: self._expected_field.set_problem(""))
