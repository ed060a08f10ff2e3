"""What a person does with the files of one chat: attach, take back, look at, save, open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.content import Attachment
from gcdesk.guest.events import Event
from gcdesk.guest.file_names import safe_name
from gcdesk.guest.upload import UploadState
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.composer import Composer
from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.file_states import Download, DownloadState
from gcdesk.ui.folders import ATTACH, SAVE, Folders
from gcdesk.ui.parts import Hub
from gcdesk.ui.pictures import PictureWish
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import told
from gcdesk.ui.tray import FileChip

translate = QCoreApplication.translate

MOST_AT_ONCE = 20
"""Files that are taken from one choice; more are a mistake more often than not."""


class ChatFiles(QObject):
    """Brings composer, transcript and bridge together where files are concerned.

    Args:
        page: What dialogs belong to.
        bridge: The way down.
        composer: Where files are gathered.
        hub: Where the transcript tells what the person did.
        folders: Which folders the dialogs open in.
        try_: Makes a wish and tells what went wrong with it.
    """

    def __init__(
        self,
        page: QWidget,
        bridge: ChatBridge,
        composer: Composer,
        hub: Hub,
        folders: Folders,
        try_: Callable[[Callable[[], object]], bool],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = bridge
        self._composer = composer
        self._hub = hub
        self._folders = folders
        self._try = try_
        composer.attach_requested.connect(self.choose)
        composer.files_offered.connect(self.offer)
        composer.tray.remove_requested.connect(self._remove)
        composer.tray.again_requested.connect(self._again)
        hub.attach_again_requested.connect(lambda key: self._try(partial(bridge.attach_again, key)))
        hub.detach_requested.connect(lambda key: self._try(partial(bridge.detach, key)))
        hub.save_requested.connect(self._choose_place)
        hub.cancel_save_requested.connect(self._cancel_save)
        hub.fresh_link_requested.connect(self._refresh_link)
        hub.pictures.wanted.connect(self._load_picture)

    def take(self, event: Event) -> None:
        """An event of the chat."""
        if isinstance(event, events.UploadChanged):
            upload = event.upload
            self._hub.files.show_upload(upload)
            chip = self._composer.tray.chip_of(upload.id)
            if chip is not None and upload.state in (UploadState.REMOVED, UploadState.SENT):
                self._composer.tray.take(chip)
            elif chip is not None:
                chip.show_upload(upload)

    # Up

    def choose(self) -> None:
        """Let the person choose files."""
        dialog = QFileDialog(
            self._page.window(), translate("Composer", "Attach files"), self._folders.folder(ATTACH)
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.offer([Path(name) for name in names]))
        show_dialog(dialog)

    def offer(self, sources: Sequence[Path | QImage]) -> None:
        """Files were chosen, dropped or pasted: they are uploaded at once and sent with Send."""
        for source in sources[:MOST_AT_ONCE]:
            if isinstance(source, Path):
                self._folders.remember(ATTACH, source)
            self._attach(self._composer.tray.add(source), source)
        if len(sources) > MOST_AT_ONCE:
            words = translate("Composer", "At most {count} files are taken at a time.")
            self._composer.refused(words.format(count=MOST_AT_ONCE))
        self._composer.focus_input()

    def _attach(self, chip: FileChip, source: Path | QImage) -> None:
        def done(attachment_id: str) -> None:
            chip.attachment_id = attachment_id
            upload = self._hub.files.uploads.get(attachment_id)
            if chip not in self._composer.tray.chips:
                self._try(partial(self._bridge.detach, attachment_id))
            elif upload is not None:
                chip.show_upload(upload)

        self._bridge.files.attach(source, done, lambda error: chip.refuse(error, again=False))

    def _remove(self, chip: FileChip) -> None:
        self._composer.tray.take(chip)
        self._composer.focus_input()
        if chip.attachment_id:
            self._try(partial(self._bridge.detach, chip.attachment_id))

    def _again(self, chip: FileChip) -> None:
        if chip.attachment_id:
            self._try(partial(self._bridge.attach_again, chip.attachment_id))

    # Down

    def _choose_place(self, attachment: Attachment) -> None:
        dialog = QFileDialog(self._page.window(), translate("Content", "Save file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        # Nothing is ever written over: a taken name gets a number.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDirectory(self._folders.folder(SAVE))
        dialog.selectFile(safe_name(attachment.filename or attachment.text))
        dialog.fileSelected.connect(lambda name: self._save(attachment, Path(name)))
        show_dialog(dialog)

    def _save(self, attachment: Attachment, path: Path) -> None:
        self._folders.remember(SAVE, path)
        files, key = self._hub.files, attachment.id
        files.show_download(key, Download(DownloadState.UNDER_WAY))

        def progress(received: int) -> None:
            files.show_download(key, Download(DownloadState.UNDER_WAY, received))

        def done(where: Path) -> None:
            words = translate("Content", "Saved as {name} in {folder}")
            told = words.format(name=one_line(where.name), folder=one_line(str(where.parent)))
            files.show_download(key, Download(DownloadState.SAVED, sentence=told))

        def failed(error: GcdeskError) -> None:
            words = told(error)
            files.show_download(key, Download(DownloadState.FAILED, sentence=words))

        self._bridge.files.save(attachment, path, progress, done, failed)

    def _cancel_save(self, attachment_id: str) -> None:
        self._bridge.files.cancel_save(attachment_id)
        self._hub.files.show_download(attachment_id, None)

    def _refresh_link(self, attachment_id: str) -> None:
        files = self._hub.files
        self._bridge.files.link(
            attachment_id,
            lambda url: files.show_link(attachment_id, url),
            # Without a fresh link the one that came with the message may still be good.
            lambda _error: files.show_link(attachment_id, ""),
        )

    def _load_picture(self, wish: PictureWish) -> None:
        pictures = self._hub.pictures
        self._bridge.files.picture(wish, partial(pictures.show, wish), partial(pictures.fail, wish))
