"""A file that came with a message."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcdesk.guest.content import Attachment
from gcdesk.ui.addresses import destination
from gcdesk.ui.amounts import size_words
from gcdesk.ui.link_strip import LinkStrip
from gcdesk.ui.panel import Panel, heading, quiet
from gcdesk.ui.parts import ChoiceButton, Flow, Hub
from gcdesk.ui.plain_text import one_line

translate = QCoreApplication.translate


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


class AttachmentView(Panel):
    """Name, kind and size; the file is fetched only when the person asks and has seen from where."""

    def __init__(self, attachment: Attachment, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachment = attachment
        self._hub = hub
        name = attachment.filename or attachment.text or translate("Content", "File without a name")
        self.items.append(heading(one_line(name), self))
        size = size_words(attachment.size) if attachment.size is not None else ""
        self.items.append(quiet(" · ".join(filter(None, (kind_words(attachment), size))), self))
        if attachment.text and attachment.filename:
            self.items.append(quiet(attachment.text, self))
        if destination(attachment.url).opens:
            self._add_link(one_line(name))

    def _add_link(self, name: str) -> None:
        foot = Flow(self)
        self.show_button = ChoiceButton(translate("Content", "Open file…"), foot, role="")
        self.show_button.setAccessibleName(translate("Content", "Open file {name}…").format(name=name))
        self._strip = LinkStrip(self._hub, self)
        self.show_button.clicked.connect(self._show_address)
        foot.items.append(self.show_button)
        self.items += [foot, self._strip]

    def _show_address(self) -> None:
        # The query of a download address admits whoever holds it.
        self._strip.toggle(self._attachment.url, open_it=self._open, secret_query=True)

    def _open(self) -> None:
        self._hub.attachment_activated.emit(self._attachment)
