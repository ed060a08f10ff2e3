"""The folders that files were last chosen from and saved to, from one dialog to the next and one run to the next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal

SAVE, ATTACH = "save", "attach"


class Folders(QObject):
    """Which folder a dialog opens in.

    Args:
        remembered: What `remembered` gave last time.
        parent: The Qt parent.
    """

    changed = Signal()

    def __init__(self, remembered: object = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        known = remembered if isinstance(remembered, Mapping) else {}
        self._known = {purpose: folder for purpose, folder in known.items() if isinstance(folder, str)}

    def folder(self, purpose: str) -> str:
        """The folder for SAVE or ATTACH; where there is none yet, the system's own for downloads or documents."""
        usual = (
            QStandardPaths.StandardLocation.DownloadLocation
            if purpose == SAVE
            else QStandardPaths.StandardLocation.DocumentsLocation
        )
        known = self._known.get(purpose) or QStandardPaths.writableLocation(usual)
        return known if QDir(known).exists() else QDir.homePath()

    def remember(self, purpose: str, file: Path) -> None:
        """A file was chosen in its folder."""
        folder = str(file.parent)
        if self._known.get(purpose) != folder:
            self._known[purpose] = folder
            self.changed.emit()

    def remembered(self) -> dict[str, str]:
        """The folders, for the settings."""
        return dict(self._known)
