"""A file in a message: the customer's own on its way, or one to look at, save or open."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcdesk.guest.content import Attachment
from gcdesk.guest.upload import Upload, UploadState
from gcdesk.ui.addresses import destination
from gcdesk.ui.amounts import size_words
from gcdesk.ui.file_states import Download, DownloadState
from gcdesk.ui.link_strip import LinkStrip, host_of
from gcdesk.ui.panel import Panel, heading, quiet, small
from gcdesk.ui.parts import ChoiceButton, Flow, Hub
from gcdesk.ui.picture_view import PictureView
from gcdesk.ui.pictures import PictureWish
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.progress_line import ProgressLine
from gcdesk.ui.said import said

translate = QCoreApplication.translate

_PICTURE_WIDTH, _PICTURE_HEIGHT = 320, 240


def kind_words(attachment: Attachment) -> str:
    """What sort of file it is."""
    known = {
        "Image": translate("Content", "Picture"),
        "Video": translate("Content", "Video"),
        "Audio": translate("Content", "Sound"),
        "File": translate("Content", "File"),
        "Link": translate("Content", "Link"),
    }
    kind = known.get(attachment.media, one_line(attachment.media) or translate("Content", "File"))
    return f"{kind} ({one_line(attachment.mime)})" if attachment.mime else kind


def upload_words(upload: Upload) -> str:
    """How far a file of the customer's is, empty once it is sent."""
    if upload.state is UploadState.FAILED:
        return (
            said(upload.error.title)
            if upload.error is not None
            else translate("Content", "It was not uploaded.")
        )
    if upload.state is UploadState.UPLOADING and upload.file.size:
        percent = min(100, 100 * upload.sent // upload.file.size)
        return translate("Content", "Uploading, {percent} %").format(percent=percent)
    return {
        UploadState.REQUESTED: translate("Content", "Asking for a place to upload to…"),
        UploadState.UPLOADING: translate("Content", "Uploading…"),
        UploadState.UPLOADED: translate("Content", "Uploaded"),
        UploadState.REMOVED: translate("Content", "Removed"),
    }.get(upload.state, "")


class AttachmentView(Panel):
    """Name, kind and size, what became of the file, and what can be done with it."""

    def __init__(self, attachment: Attachment, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachment = attachment
        self._hub = hub
        self._opening = False
        self._name = one_line(
            attachment.filename or attachment.text or translate("Content", "File without a name")
        )
        upload = hub.files.uploads.get(attachment.id)
        if attachment.media == "Image" and (attachment.url or upload is not None):
            self.items.append(self._picture(upload))
        self.items.append(heading(self._name, self))
        size = size_words(attachment.size) if attachment.size is not None else ""
        self.items.append(quiet(" · ".join(filter(None, (kind_words(attachment), size))), self))
        if attachment.text and attachment.filename:
            self.items.append(quiet(attachment.text, self))
        self._says = small("", self)
        self._line = ProgressLine(self)
        self._foot = Flow(self)
        self.save_button = self._button(
            translate("Content", "Save as…"), translate("Content", "Save {name} as…"), self._save
        )
        self.show_button = self._button(
            translate("Content", "Open link…"), translate("Content", "Open link to {name}…"), self._ask_link
        )
        self.cancel_button = self._button(
            translate("Content", "Cancel"), translate("Content", "Cancel {name}"), self._cancel
        )
        self.again_button = self._button(
            translate("Content", "Try again"), translate("Content", "Try {name} again"), self._again
        )
        self._strip = LinkStrip(hub, self)
        self.items += [self._says, self._line, self._foot, self._strip]
        hub.files.changed.connect(self._changed)
        self._refresh()

    def _picture(self, upload: Upload | None) -> PictureView:
        attachment = self._attachment
        ratio = self.devicePixelRatioF()
        wish = PictureWish(
            attachment.url,
            round(_PICTURE_WIDTH * ratio),
            round(_PICTURE_HEIGHT * ratio),
            attachment.id,
            attachment.size,
            upload.file.source if upload is not None else None,
        )
        return PictureView(wish, host_of(attachment.url), self._name, self._hub, self)

    def _button(self, words: str, spoken: str, act: object) -> ChoiceButton:
        button = ChoiceButton(words, self._foot, role="")
        button.setAccessibleName(spoken.format(name=self._name))
        button.clicked.connect(act)
        self._foot.items.append(button)
        return button

    def set_usable(self, usable: bool) -> None:
        """Files can be had whether the chat takes answers or not."""

    # What the person does

    def _save(self) -> None:
        self._hub.save_requested.emit(self._attachment)

    def _again(self) -> None:
        if self._upload_failed():
            self._hub.attach_again_requested.emit(self._attachment.id)
        else:
            self._save()

    def _cancel(self) -> None:
        if self._is_saving():
            self._hub.cancel_save_requested.emit(self._attachment.id)
        else:
            self._hub.detach_requested.emit(self._attachment.id)

    def _ask_link(self) -> None:
        if not self._strip.isHidden():
            self._strip.toggle(self._strip.asked)
            return
        # An old link may have expired, so a fresh one is asked for before anything is opened.
        self._opening = True
        self._hub.files.ask_link(self._attachment.id)
        self._hub.fresh_link_requested.emit(self._attachment.id)

    def show_link(self, url: str) -> None:
        """Say where the file is opened from; its query admits whoever holds it and is not shown."""
        self._strip.toggle(
            url, open_it=lambda: self._hub.link_activated.emit(destination(url).url), secret_query=True
        )

    # How far it is

    @property
    def _upload(self) -> Upload | None:
        return self._hub.files.uploads.get(self._attachment.id)

    @property
    def _download(self) -> Download | None:
        return self._hub.files.downloads.get(self._attachment.id)

    def _upload_failed(self) -> bool:
        return self._upload is not None and self._upload.state is UploadState.FAILED

    def _is_saving(self) -> bool:
        return self._download is not None and self._download.state is DownloadState.UNDER_WAY

    def _changed(self, attachment_id: str) -> None:
        if attachment_id != self._attachment.id:
            return
        self._refresh()
        asking = attachment_id in self._hub.files.asking_link
        if self._opening and not asking:
            self._opening = False
            self.show_link(self._hub.files.links.get(attachment_id, self._attachment.url))
        self._hub.resized.emit(self)

    def _refresh(self) -> None:
        upload, download = self._upload, self._download
        words, bad = self._words()
        self._says.set_text(words)
        self._says.set_ink("bad" if bad else "muted")
        self._says.setVisible(bool(words))
        uploading = upload is not None and upload.state is UploadState.UPLOADING
        self._line.setVisible(uploading or self._is_saving())
        if uploading and upload is not None:
            self._line.show_share(upload.sent, upload.file.size)
        elif download is not None:
            self._line.show_share(download.received, self._attachment.size)
        under_way = upload is not None and upload.state in (UploadState.REQUESTED, UploadState.UPLOADING)
        here = destination(self._attachment.url).opens
        asking = self._attachment.id in self._hub.files.asking_link
        self.save_button.setVisible(here and not self._is_saving() and not bad)
        self.show_button.setVisible(here)
        self.show_button.setEnabled(not asking)
        self.cancel_button.setVisible(under_way or self._is_saving())
        self.again_button.setVisible(bad)
        self._foot.setVisible(any(not button.isHidden() for button in self._foot.items))

    def _words(self) -> tuple[str, bool]:
        """What became of it, and whether that is bad."""
        upload, download = self._upload, self._download
        if upload is not None and (words := upload_words(upload)):
            return words, upload.state is UploadState.FAILED
        if download is not None:
            if download.state is DownloadState.UNDER_WAY:
                got = size_words(download.received)
                return translate("Content", "Saving, {size} so far").format(size=got), False
            return download.sentence, download.state is DownloadState.FAILED
        if self._attachment.id in self._hub.files.asking_link:
            return translate("Content", "Getting a link…"), False
        return "", False
