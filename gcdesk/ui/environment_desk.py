"""Brings the environments dialog and the book of environments together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gcdesk.errors import EnvironmentInputError, GcdeskError
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.dialogs import allow_quit
from gcdesk.ui.environment_files import EnvironmentFiles
from gcdesk.ui.proofs_bridge import ProofsBridge, Trial
from gcdesk.ui.said import told
from gcdesk.ui.shelf import Kept, KeyringLook

if TYPE_CHECKING:
    from gcdesk.desk.environments import Environment, EnvironmentIds
    from gcdesk.ui.environments import EnvironmentsDialog


class EnvironmentDesk(QObject):
    """Opens the dialog, passes on what it asks for, and tells it what became of that.

    Args:
        window: The window the dialog belongs to.
        desk: The book.
        failed: Gets an error that kept the dialog from opening.
        proofs: Tries an OAuth client.
    """

    def __init__(
        self,
        window: QWidget,
        desk: DeskBridge,
        failed: Callable[[GcdeskError], None],
        proofs: ProofsBridge,
    ) -> None:
        super().__init__(window)
        self._proofs = proofs
        self._window = window
        self._desk = desk
        self._failed = failed
        self._storage = ""
        self.dialog: EnvironmentsDialog | None = None
        self.files = EnvironmentFiles(window, desk)
        desk.keyring_seen.connect(self._keyring_seen)

    def open_at(self, name: str = "") -> None:
        """Open the dialog on an environment, or on an empty form for a new one."""
        self._desk.list_environments(lambda kept: self._open(kept, name), self._failed)

    def open_list(self) -> None:
        """Open the dialog on the first environment; on an empty form where there is none."""

        def opened(kept: Kept) -> None:
            self._open(kept, kept.environments[0].name if kept.environments else "")

        self._desk.list_environments(opened, self._failed)

    def _open(self, kept: Kept, name: str) -> None:
        dialog = self._made()
        if dialog.isVisible():
            dialog.activateWindow()
            return
        dialog.set_environments(kept.environments, kept.session_only)
        dialog.set_storage(self._storage)
        dialog.open_at(name)

    def _made(self) -> EnvironmentsDialog:
        if self.dialog is None:
            # Most chats start without it, so it is built when it is asked for.
            from gcdesk.ui.environments import EnvironmentsDialog

            self.dialog = dialog = EnvironmentsDialog(self._window)
            allow_quit(dialog)
            dialog.save_requested.connect(self._save)
            dialog.remove_requested.connect(self._remove)
            dialog.ids_requested.connect(self._read_ids)
            dialog.form.client.check_requested.connect(self._check_client)
            dialog.test_requested.connect(self._test)
        return self.dialog

    def _save(
        self, old_name: str | None, environment: Environment, ids: EnvironmentIds | None, session_only: bool
    ) -> None:
        dialog = self._made()

        client = dialog.form.client
        credentials, changed = client.read(), client.changed

        def saved(kept_as: Environment) -> None:
            def finish(_nothing: None = None) -> None:
                self._refill(lambda: dialog.saved(kept_as.name))

            def not_kept(error: GcdeskError) -> None:
                finish()
                dialog.show_error(error)

            if changed:
                self._desk.keep_credentials(
                    kept_as.name, credentials, finish, not_kept, session_only=session_only
                )
            else:
                finish()

        if old_name is None and ids is not None:
            self._desk.add(environment, ids, saved, dialog.show_error, session_only=session_only)
        else:
            self._desk.edit(
                old_name or environment.name,
                environment,
                ids,
                saved,
                dialog.show_error,
                session_only=session_only,
            )

    def _remove(self, name: str, leave_ids: bool) -> None:
        dialog = self._made()

        def removed(gone: str) -> None:
            self._refill(lambda: dialog.removed(gone))

        self._desk.remove(name, removed, dialog.show_error, leave_ids=leave_ids)

    def _refill(self, then: Callable[[], None]) -> None:
        dialog = self._made()

        def refilled(kept: Kept) -> None:
            dialog.set_environments(kept.environments, kept.session_only)
            then()

        self._desk.list_environments(refilled, dialog.show_error)

    def _read_ids(self, name: str) -> None:
        dialog = self._made()
        self._desk.read_credentials(
            name, lambda known: dialog.set_credentials(name, known), lambda _error: None
        )
        self._desk.read_ids(
            name, lambda ids: dialog.set_ids(name, ids), lambda error: dialog.show_ids_error(name, error)
        )

    def _check_client(self) -> None:
        form = self._made().form
        place = form.read_place()
        if place is None:
            return
        credentials = form.client.read()
        if credentials is None:
            form.client.show_error(
                EnvironmentInputError(
                    "There is no OAuth client to check.",
                    "Copy its ID and secret from Admin, Integrations, OAuth.",
                )
            )
            return
        form.client.show_checking()
        self._proofs.check_client(*place, credentials, form.client.show_checks, form.client.show_error)

    def _test(self, old_name: str | None, environment: Environment, ids: EnvironmentIds | None) -> None:
        """Walk to the deployment with what the form has, saved or not."""
        from gcdesk.ui.doctor_walk import walk_in_dialog

        credentials = self._made().form.client.read()
        trial = Trial(environment, ids, credentials, old_name or "")
        walk_in_dialog(
            self._made(), environment.name, lambda found, over: self._proofs.try_out(trial, found, over)
        )

    def _keyring_seen(self, look: KeyringLook) -> None:
        if look.error is not None:
            self._storage = told(look.error)
        else:
            self._storage = self.tr("IDs are kept in {place}.").format(place=look.name)
        if self.dialog is not None:
            self.dialog.set_storage(self._storage)
