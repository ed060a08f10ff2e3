"""The environments dialog: a list, a form, and what the keyring said.

The dialog asks by signals and is told by calls, so that nothing here waits for the keyring.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gcdesk.desk.environments import Environment, EnvironmentIds
from gcdesk.errors import GcdeskError, KeyringRefusedError, KeyringUnavailableError, MissingIdsError
from gcdesk.ui.dialog_banner import Banner
from gcdesk.ui.environment_form import EnvironmentForm
from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.said import told
from gcdesk.ui.style import set_role, theme, tokens
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    from gcdesk.guest.credentials import Credentials

_NEW = ""
_SIZE = QSize(180 * GRID, 140 * GRID)
_LEAST_SIZE = QSize(150 * GRID, 100 * GRID)


class EnvironmentsDialog(QDialog):
    """Add, edit and remove environments; shown with `open_at`, never waited for.

    Signals:
        save_requested: The old name (None for a new one), the Environment, its EnvironmentIds (None to leave them
            as they are), and whether to keep them for this session only. Answer with `saved` or `show_error`.
        remove_requested: The name, and whether to leave its IDs in a keyring that cannot be reached. Answer with
            `removed` or `show_error`.
        ids_requested: The name of the environment that is shown. Answer with `set_ids` or `show_ids_error`.
        test_requested: The old name (None for a new one), the Environment as the form has it, saved or not, and its
            EnvironmentIds (None for those that are kept).
    """

    save_requested = Signal(object, object, object, bool)
    remove_requested = Signal(str, bool)
    ids_requested = Signal(str)
    test_requested = Signal(object, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Environments"))
        self._environments: list[Environment] = []
        self._session_only: frozenset[str] = frozenset()
        self._shown: str = _NEW
        self._busy = False
        self._asked: Callable[[bool], None] | None = None
        self._asked_to_remove = False
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Environments"))
        set_role(self.list, "boxed")
        self.add_button = QPushButton(self.tr("Add"), self)
        self.remove_button = QPushButton(self.tr("Remove"), self)
        self.form = EnvironmentForm(self)
        self.banner = Banner(self)
        self.status = QLabel(self)
        self.test_button = QPushButton(self.tr("Test connection"), self)
        self.test_button.setToolTip(
            self.tr("Walk from this desk to the deployment with what is typed here; no message is sent")
        )
        self.close_button = QPushButton(self.tr("Close"), self)
        self.save_button = QPushButton(self.tr("Save"), self)
        self._lay_out()
        self._connect()
        # Without this Qt never makes a dialog bigger than two thirds of the screen.
        self.resize(_SIZE)
        self.setMinimumSize(_LEAST_SIZE)
        self._show_new()

    # What the window tells

    def set_environments(
        self, environments: Sequence[Environment], session_only: frozenset[str] = frozenset()
    ) -> None:
        """Take all environments, and the names of those that are kept for this session only."""
        self._environments, self._session_only = list(environments), session_only
        self._fill_list()

    def set_storage(self, words: str) -> None:
        """Say where IDs are kept, as in "IDs are kept in the Secret Service"."""
        self.form.set_storage(words)

    def open_at(self, name: str = "") -> None:
        """Open on an environment, or on an empty form for a new one; while saving, on what is being saved."""
        if self._busy:
            self.open()
            return
        self._discard()
        if name and any(one.name == name for one in self._environments):
            self._show_named(name)
        else:
            self._show_new()
        self.open()

    def set_ids(self, name: str, ids: EnvironmentIds) -> None:
        """Give the IDs that were asked for; ignored if another environment is shown by now."""
        if name == self._shown and self.isVisible():
            self.form.set_ids(ids)

    def show_ids_error(self, name: str, error: GcdeskError) -> None:
        """Say why the IDs cannot be shown; new ones can be typed all the same."""
        if name != self._shown:
            return
        if isinstance(error, MissingIdsError):
            words = self.tr("The deployment ID was never entered here. Chats can start once it is saved.")
            self.form.show_missing_ids(words)
        else:
            self.banner.show_text(told(error), "warned")

    def set_credentials(self, name: str, credentials: Credentials | None) -> None:
        """Give the OAuth client that was asked for; ignored if another environment is shown by now."""
        if name == self._shown and self.isVisible():
            self.form.client.set_known(credentials)

    def saved(self, name: str) -> None:
        """It is saved; `set_environments` was called with the new list before."""
        self._finish(self.tr("Saved."))
        if self.isVisible():
            self._show_named(name)

    def removed(self, name: str) -> None:
        """It is removed; `set_environments` was called with the new list before."""
        self._finish(self.tr("{name} was removed.").format(name=name))
        if self._environments and self.isVisible():
            self._show_named(self._environments[0].name)
        else:
            self._show_new()

    def show_error(self, error: GcdeskError) -> None:
        """What was asked for did not happen; where the keyring is the reason, offer to go on without it."""
        again, removing = self._asked, self._asked_to_remove
        self._finish("")
        answers: list[tuple[str, Callable[[], None]]] = []
        if again is not None and isinstance(error, KeyringUnavailableError | KeyringRefusedError):
            words = self.tr("Use for this session only")
            if removing:
                words = self.tr("Remove, and leave the IDs in the keyring")
            answers = [(words, lambda: again(True))]
        self.banner.show_text(told(error), "failed", answers)
        if not self.isVisible():
            # Closed meanwhile, but what did not happen must be seen.
            self.open()

    # Inside

    def _save(self) -> None:
        if self._busy:
            return
        self.banner.clear()
        values = self.form.read()
        if values is None:
            self._show_what_is_wrong()
            return
        old_name = self._shown or None

        def ask(session_only: bool) -> None:
            self._begin(self.tr("Saving…"))
            self.save_requested.emit(old_name, *values, session_only)

        self._asked, self._asked_to_remove = ask, False
        ask(False)

    def _test(self) -> None:
        if self._busy:
            return
        self.banner.clear()
        values = self.form.read()
        if values is None:
            self._show_what_is_wrong()
            return
        self.test_requested.emit(self._shown or None, *values)

    def _show_what_is_wrong(self) -> None:
        if (wrong := self.focusWidget()) is not None:
            self._scroll.ensureWidgetVisible(wrong)

    def _ask_to_remove(self) -> None:
        name = self._shown
        if not name or self._busy:
            return

        def ask(leave_ids: bool) -> None:
            self._begin(self.tr("Removing…"))
            self.remove_requested.emit(name, leave_ids)

        def confirmed() -> None:
            self._asked, self._asked_to_remove = ask, True
            ask(False)

        self.banner.show_text(
            self.tr("Remove {name} and erase its IDs?").format(name=name),
            "warned",
            [
                (self.tr("Remove {name}").format(name=name), confirmed),
                (self.tr("Keep it"), self.banner.clear),
            ],
        )

    def _begin(self, words: str) -> None:
        self._busy = True
        self.banner.clear()
        self.status.setText(words)
        self._enable()

    def _finish(self, words: str) -> None:
        self._busy = False
        self._asked = None
        self.banner.clear()
        self.status.setText(words)
        self.form.modified = False if words else self.form.modified
        self._enable()

    def _enable(self) -> None:
        for widget in (self.list, self.form, self.add_button, self.test_button, self.save_button):
            widget.setEnabled(not self._busy)
        self.remove_button.setEnabled(not self._busy and bool(self._shown))

    def _fill_list(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for environment in self._environments:
            place = environment.place
            if environment.name in self._session_only:
                place = self.tr("{place}, this session only").format(place=place)
            item = QListWidgetItem(environment.name, self.list)
            item.setIcon(glyph_icon("dot", tokens().dot(environment.colour)))
            item.setToolTip(place)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, place)
            if environment.name == self._shown:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _select(self, name: str) -> None:
        self.list.blockSignals(True)
        found = self.list.findItems(name, Qt.MatchFlag.MatchExactly) if name else []
        if found:
            self.list.setCurrentItem(found[0])
        else:
            self.list.setCurrentRow(-1)
        self.list.blockSignals(False)

    def _chosen(self, row: int) -> None:
        if row < 0:
            return
        name = self._environments[row].name
        if name != self._shown:
            self._unless_modified(lambda: self._show_named(name))

    def _unless_modified(self, act: Callable[[], None]) -> None:
        """Act at once, or ask first if something that was typed would be lost."""
        if not self.form.modified:
            act()
            return
        self._select(self._shown)

        def discard() -> None:
            self._discard()
            act()

        self.banner.show_text(
            self.tr("What you changed is not saved yet."),
            "warned",
            [(self.tr("Discard the changes"), discard), (self.tr("Go on editing"), self.banner.clear)],
        )

    def _discard(self) -> None:
        self.form.modified = False
        self.banner.clear()
        self.status.clear()

    def _show_named(self, name: str) -> None:
        environment = next((one for one in self._environments if one.name == name), None)
        if environment is None:
            self._show_new()
            return
        self._shown = name
        self._select(name)
        self.form.show_environment(environment, (one.name for one in self._environments))
        self._enable()
        self.ids_requested.emit(name)

    def _show_new(self) -> None:
        self._shown = _NEW
        self._select(_NEW)
        self.form.show_new(one.name for one in self._environments)
        self._enable()
        self.form.name.setFocus()

    def _lay_out(self) -> None:
        set_role(self.status, "note")
        set_role(self.save_button, "primary")
        self.save_button.setDefault(True)
        for button in (self.add_button, self.remove_button, self.test_button, self.close_button):
            button.setAutoDefault(False)
        under_list = QHBoxLayout()
        under_list.setSpacing(2 * GRID)
        under_list.addWidget(self.add_button)
        under_list.addWidget(self.remove_button)
        left = QVBoxLayout()
        left.setSpacing(2 * GRID)
        left.addWidget(self.list, 1)
        left.addLayout(under_list)
        self.list.setFixedWidth(48 * GRID)
        self._scroll = scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(scroll)
        inside_column = QVBoxLayout(inside)
        inside_column.setContentsMargins(GRID, 0, 2 * GRID, GRID)
        inside_column.addWidget(self.form)
        scroll.setWidget(inside)
        # A scroll area paints its own ground otherwise.
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GRID)
        foot.addWidget(self.test_button)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.save_button)
        right = QVBoxLayout()
        right.setSpacing(3 * GRID)
        right.addWidget(scroll, 1)
        right.addWidget(self.banner)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        row.setSpacing(5 * GRID)
        row.addLayout(left)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._chosen)
        self.add_button.clicked.connect(lambda: self._unless_modified(self._show_new))
        self.remove_button.clicked.connect(self._ask_to_remove)
        self.save_button.clicked.connect(self._save)
        self.test_button.clicked.connect(self._test)
        self.close_button.clicked.connect(self.reject)
        self.form.edited.connect(self.status.clear)
        theme().changed.connect(self._fill_list)

    def sizeHint(self) -> QSize:
        """Qt: room for the list and the whole form."""
        return _SIZE

    def done(self, result: int) -> None:
        """Qt: closed in whatever way; the IDs are let go."""
        self._discard()
        self.form.forget()
        super().done(result)
