"""A kept chat, opened to be read: the same transcript, checklist and inspector as a running one has.

The law of this file: it shows what was kept and asks nobody for anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gcdesk.errors import GcdeskError, WishError
from gcdesk.guest import events
from gcdesk.guest.content import Attachment
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Message
from gcdesk.ui.addresses import destination
from gcdesk.ui.hairline import hairline
from gcdesk.ui.inspector import Inspector
from gcdesk.ui.kept_header import KeptHeader
from gcdesk.ui.notes import note
from gcdesk.ui.pictures import PictureWish
from gcdesk.ui.said import said, told
from gcdesk.ui.slices import Slices
from gcdesk.ui.step import COPY_DETAILS, Step, StepStatus
from gcdesk.ui.steps import Steps
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID
from gcdesk.ui.transcript import Transcript

if TYPE_CHECKING:
    from gcdesk.desk.history_codec import StoredEvent
    from gcdesk.desk.history_record import ChatRecord, ChatSummary

translate = QCoreApplication.translate


class KeptPage(QFrame):
    """One kept chat.

    Args:
        summary: Its line of the history.
        inspector: Shows its checklist and frames; belongs to this page's owner.
        parent: The Qt parent.
    """

    shown = Signal()
    """All of it stands here now."""

    start_again_requested = Signal()
    """The same customer wants a chat."""

    refused = Signal(str)
    """What cannot be done in a chat that is over, in a sentence."""

    def __init__(self, summary: ChatSummary, inspector: Inspector, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "canvas")
        self.summary = summary
        self.inspector = inspector
        self.complete = False
        self.header = KeptHeader(summary, self)
        self.transcript = Transcript(self)
        self.transcript.set_usable(False)
        self.start_button = QPushButton(translate("Kept", "Start again"), self)
        self.start_button.setObjectName("keptStartAgain")
        self.start_button.setToolTip(translate("Kept", "Start a chat as the same customer"))
        self.start_button.clicked.connect(self.start_again_requested)
        self._says = QLabel(translate("Kept", "Reading this chat…"), self)
        self._steps = Steps(translate, simulated=summary.simulated)
        self._waiting: dict[str, Message] = {}
        self._slices = Slices(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self._says.setWordWrap(True)
        self._says.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        foot = QFrame(self)
        set_role(foot, "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(4 * GRID + 2, 2 * GRID, 4 * GRID + 2, 2 * GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._says, 1)
        row.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(hairline(self))
        column.addWidget(self.transcript, 1)
        column.addWidget(hairline(self))
        column.addWidget(foot)

    def _connect(self) -> None:
        hub = self.transcript.hub
        self.transcript.resend_requested.connect(lambda _key: self.refused.emit(_over()))
        self.transcript.withdraw_requested.connect(lambda _key: self.refused.emit(_over()))
        self.transcript.link_activated.connect(_open_address)
        hub.pictures.wanted.connect(self._refuse_picture)

    @property
    def words(self) -> str:
        """What is said below the transcript."""
        return self._says.text()

    def show_record(self, record: ChatRecord) -> None:
        """Show all that was kept, a little at a time so that running chats go on meanwhile."""
        self.summary = record.summary
        self._slices.start(self._showing(record))

    def show_error(self, error: GcdeskError) -> None:
        """It cannot be read."""
        self._says.setText(told(error))

    # Inside

    def _showing(self, record: ChatRecord) -> Iterator[None]:
        # Whoever has a record has loaded this.
        from gcdesk.desk.history_codec import EventDecoder

        decoder = EventDecoder()
        for row in record.rows:
            event = decoder.decode(row)
            if event is not None:
                self._take(event)
            else:
                self._take_frame(row)
            yield
        for message in self._waiting.values():
            never = translate("Kept", "It never went out.")
            self.transcript.change_message(replace(message, delivery=Delivery.FAILED, failure=never))
        self.inspector.checklist.set_steps(tuple(_as_kept(step) for step in self._steps.steps))
        self._says.setText(_account(record.summary))
        self.complete = True
        self.shown.emit()

    def _take_frame(self, row: StoredEvent) -> None:
        """A frame that this version does not understand is shown as it is; nothing else can be."""
        from gcdesk.desk.history_codec import time_of
        from gcdesk.desk.history_record import FrameRecord

        if row.name in ("FrameSent", "FrameReceived"):
            sent = row.name == "FrameSent"
            frame = FrameRecord(time_of(row.at), sent, row.kind, row.size, row.data)
            self.inspector.log.add_records([frame])

    def _take(self, event: Event) -> None:
        self._steps.apply(event)
        self.inspector.take(event)
        transcript = self.transcript
        match event:
            case events.MessageAdded():
                message = self._readable(event.message)
                transcript.add_message(message, event.before, earlier=event.earlier)
            case events.MessageMoved():
                transcript.move_message(event.key, event.before)
            case events.MessageChanged():
                transcript.change_message(self._readable(event.message))
            case events.MessageWithdrawn():
                self._waiting.pop(event.message.key, None)
                transcript.remove_message(event.message.key)
            case events.DeploymentRead():
                transcript.set_markdown(event.deployment.markdown)
            case events.SessionRenewed():
                words = translate("Transcript", "A new conversation begins here")
                transcript.add_divider(words, "" if event.asked_for else said(event.reason), event.at)
        if line := note(event):
            transcript.add_note(line, event.at)

    def _readable(self, message: Message) -> Message:
        """The message without links that were never kept, and remembered as long as it waits to go out."""
        if message.delivery in (Delivery.QUEUED, Delivery.SENDING):
            self._waiting[message.key] = message
        else:
            self._waiting.pop(message.key, None)
        if not any(isinstance(item, Attachment) for item in message.content):
            return message
        content = tuple(
            item.but(url="") if isinstance(item, Attachment) else item for item in message.content
        )
        return replace(message, content=content)

    def _refuse_picture(self, wish: PictureWish) -> None:
        error = WishError(translate("Kept", "Pictures of kept chats are not loaded."))
        self.transcript.hub.pictures.fail(wish, error)


def _over() -> str:
    return translate("Kept", "This chat is over. Start again to write as this customer.")


def _open_address(text: str) -> None:
    found = destination(text)
    if found.opens:
        QDesktopServices.openUrl(QUrl(found.url))


def _as_kept(step: Step) -> Step:
    """Nothing goes on any more, and only reading can be offered."""
    status = StepStatus.WAITING if step.status is StepStatus.RUNNING else step.status
    return replace(step, status=status, actions=tuple(one for one in step.actions if one == COPY_DETAILS))


def _account(summary: ChatSummary) -> str:
    """What a reader should know of the record as a whole."""
    kept = translate("Kept", "This chat was kept on this computer. It can be read, not written in.")
    cut_off = translate("Kept", "Its end was never written: it still runs elsewhere, or was cut off.")
    missing = translate("Kept", "{count} events could not be written.", "", summary.missing)
    parts = (
        kept,
        cut_off if summary.ended is None else "",
        missing.format(count=summary.missing) if summary.missing else "",
    )
    return " ".join(part for part in parts if part)
