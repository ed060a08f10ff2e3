"""Handing environments on in a file, and taking them in: asks for the file, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from gcdesk.errors import GcdeskError
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.dialogs import allow_quit, show_dialog
from gcdesk.ui.said import said
from gcdesk.ui.shelf import Kept

if TYPE_CHECKING:
    from gcdesk.desk.environment_files import Imported

translate = QCoreApplication.translate

_FILE_NAME = "gcdesk-environments.json"


class EnvironmentFiles(QObject):
    """Files of environments.

    Args:
        window: What dialogs belong to, where nothing else is given.
        desk: The book.
    """

    def __init__(self, window: QWidget, desk: DeskBridge) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk

    def hand_on(self, parent: QWidget | None = None) -> None:
        """Let the person choose environments and a file, and write them."""
        above = parent or self._window

        def choose(kept: Kept) -> None:
            from gcdesk.ui.export_dialog import ExportDialog

            dialog = ExportDialog(kept.environments, above)
            dialog.export_requested.connect(lambda names: self._ask_where(names, above))
            show_dialog(dialog)

        self._desk.list_environments(choose, self._tell_error(above))

    def take_in(self, parent: QWidget | None = None) -> None:
        """Let the person choose a file, and add its environments."""
        above = parent or self._window
        chooser = QFileDialog(above, translate("EnvironmentFiles", "Import environments"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(_filter())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda path: self._import(Path(path), above, replacing=False))
        allow_quit(chooser)
        chooser.open()

    # Inside

    def _ask_where(self, names: list[str], above: QWidget) -> None:
        chooser = QFileDialog(above, translate("EnvironmentFiles", "Export environments"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("json")
        chooser.selectFile(_FILE_NAME)
        chooser.setNameFilter(_filter())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda path: self._export(Path(path), names, above))
        allow_quit(chooser)
        chooser.open()

    def _export(self, path: Path, names: list[str], above: QWidget) -> None:
        def done(left_out: tuple[str, ...]) -> None:
            words = translate("EnvironmentFiles", "The environments are in {name}, without IDs and secrets.")
            self._tell(
                above,
                translate("EnvironmentFiles", "Export environments"),
                [words.format(name=path.name), *map(said, left_out)],
            )

        self._desk.export_to(path, names, done, self._tell_error(above))

    def _import(self, path: Path, above: QWidget, *, replacing: bool) -> None:
        def done(imported: Imported) -> None:
            again = None
            if imported.kept and not replacing:
                again = (
                    translate("EnvironmentFiles", "Replace what is here"),
                    lambda: self._import(path, above, replacing=True),
                )
            lines = _report(imported, replacing=replacing)
            self._tell(above, translate("EnvironmentFiles", "Import environments"), lines, again)

        self._desk.import_from(path, done, self._tell_error(above), replacing=replacing)

    def _tell_error(self, above: QWidget) -> Callable[[GcdeskError], None]:
        title = translate("EnvironmentFiles", "Files of environments")
        return lambda error: self._tell(above, title, [said(error.title), said(error.hint)])

    def _tell(
        self,
        above: QWidget,
        title: str,
        lines: list[str],
        answer: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        from gcdesk.ui.tell_dialog import TellDialog

        show_dialog(TellDialog(title, lines, answer, above if above.isVisible() else self._window))


def _filter() -> str:
    return translate("EnvironmentFiles", "Environments (*.json)")


def _report(imported: Imported, *, replacing: bool) -> list[str]:
    """What became of a file's environments, a sentence for each."""
    lines = []
    if imported.added:
        words = translate("EnvironmentFiles", "Added: {names}. Edit each to enter its deployment ID.")
        lines.append(words.format(names=", ".join(imported.added)))
    if imported.replaced:
        words = translate("EnvironmentFiles", "Replaced: {names}. Their IDs stay.")
        lines.append(words.format(names=", ".join(imported.replaced)))
    if imported.kept:
        words = (
            translate("EnvironmentFiles", "Left as they are, since the file leads them elsewhere: {names}.")
            if replacing
            else translate("EnvironmentFiles", "Left as they are, since they are here already: {names}.")
        )
        lines.append(words.format(names=", ".join(imported.kept)))
    return lines or [translate("EnvironmentFiles", "The file holds no environment.")]
