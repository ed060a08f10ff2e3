"""How far the files of a chat are, up and down, for the widgets that show them and come and go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from gcdesk.guest.upload import Upload


class DownloadState(Enum):
    """How far the saving of a received file has come."""

    UNDER_WAY = "under way"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Download:
    """One file being saved: bytes that came, and a sentence about where it is or why it is not."""

    state: DownloadState
    received: int = 0
    sentence: str = ""


class FileStates(QObject):
    """Uploads and downloads by attachment ID."""

    changed = Signal(str)
    """The attachment ID of what moved on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.uploads: dict[str, Upload] = {}
        self.downloads: dict[str, Download] = {}
        self.asking_link: set[str] = set()
        self.links: dict[str, str] = {}

    def show_upload(self, upload: Upload) -> None:
        """A file of the customer's moved on."""
        self.uploads[upload.id] = upload
        self.changed.emit(upload.id)

    def show_download(self, attachment_id: str, download: Download | None) -> None:
        """The saving of a received file moved on; None if it was given up."""
        if download is None:
            self.downloads.pop(attachment_id, None)
        else:
            self.downloads[attachment_id] = download
        self.changed.emit(attachment_id)

    def ask_link(self, attachment_id: str) -> None:
        """A fresh link is being asked for."""
        self.asking_link.add(attachment_id)
        self.changed.emit(attachment_id)

    def show_link(self, attachment_id: str, url: str) -> None:
        """The asking is over; without a fresh link the old one has to do."""
        self.asking_link.discard(attachment_id)
        if url:
            self.links[attachment_id] = url
        self.changed.emit(attachment_id)
