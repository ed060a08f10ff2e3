"""Nothing from outside is ever taken for HTML: every label, tool tip and document of a window full of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gcdesk.errors import ConnectionLostError, NotSignedInError
from gcdesk.guest import events
from gcdesk.guest.content import (
    Attachment,
    ButtonResponse,
    Card,
    CardAction,
    Carousel,
    Content,
    DatePicker,
    Form,
    FormField,
    FormPage,
    ListItem,
    ListPicker,
    ListSection,
    QuickReply,
    TimeSlot,
    UnknownContent,
)
from gcdesk.guest.message import Delivery, Direction, Sender, SenderKind
from gcdesk.guest.states import State
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState
from gcdesk.ui.bubbles import MessageRow
from gcdesk.ui.raw_view import RawView
from tests.ui.conversation import message, received
from tests.ui.fakes import AT, deployment, until
from tests.ui.stage import UAT, Stage, stage

EVIL = '<img src="file:///etc/passwd"><b>bold</b><a href="https://evil.example">click</a>&amp;'
SENDER = Sender(SenderKind.AGENT, EVIL, EVIL)
ITEM = ListItem(EVIL, EVIL, EVIL, EVIL)

KINDS: tuple[Content, ...] = (
    QuickReply(EVIL, EVIL, EVIL),
    ButtonResponse(EVIL, EVIL, EVIL),
    Card(EVIL, EVIL, EVIL, "", CardAction("Link", EVIL, EVIL), (CardAction("Postback", EVIL, EVIL, EVIL),)),
    Carousel((Card(EVIL, EVIL, "", EVIL),)),
    DatePicker(EVIL, EVIL, (TimeSlot(EVIL, None, 60.0), TimeSlot(EVIL, AT, 60.0)), EVIL),
    ListPicker(EVIL, EVIL, (ListSection(EVIL, True, (ITEM,)), ListSection(EVIL, False, (ITEM,))), EVIL, EVIL),
    Form(
        EVIL,
        EVIL,
        (
            FormPage(
                EVIL,
                EVIL,
                tuple(
                    FormField(EVIL, kind, EVIL, EVIL, EVIL, choices=(ITEM,))
                    for kind in ("Input", "WheelPicker", EVIL)
                ),
            ),
        ),
    ),
    Attachment(EVIL, "https://files.example.com/" + EVIL, EVIL, EVIL, EVIL, 1, EVIL),
    Attachment("up", "", EVIL, "Image", EVIL, 1, EVIL),
    UnknownContent(EVIL, {EVIL: EVIL}),
)


def tell_everything(one: Stage) -> None:
    """Let everything happen that can carry text from outside."""
    bridge = one.start(EVIL)
    error = ConnectionLostError(EVIL, EVIL, detail=EVIL)
    bridge.tell(deployment(markdown=True))
    upload = Upload("up", OutgoingFile(EVIL, EVIL, 10, b""), UploadState.FAILED, error=error)
    bridge.tell(events.UploadChanged(AT, upload))
    for kind in KINDS:
        bridge.tell(events.MessageAdded(AT, message(EVIL, (kind,), sender=SENDER)))
    own = message(EVIL, sender=Sender(SenderKind.CUSTOMER), delivery=Delivery.FAILED, failure=EVIL)
    bridge.tell(events.MessageAdded(AT, own))
    bridge.tell(
        events.MessageAdded(
            AT, replace(message(f"**{EVIL}** [{EVIL}](https://x.example) `{EVIL}`"), sender=SENDER)
        )
    )
    bridge.tell(received(f'{{"type": "message", "class": "{EVIL[:4]}", "code": 200, "body": {{}}}}'))
    bridge.tell(
        events.TypingChanged(AT, True, 60.0, SENDER),
        events.PresenceSeen(AT, "Join", Direction.OUTBOUND, SENDER),
        events.PresenceSeen(AT, EVIL, Direction.OUTBOUND, SENDER),
        events.ErrorRaised(AT, error, fatal=False),
        events.SessionRenewed(AT, asked_for=False, reason=EVIL),
        events.HistoryChanged(AT, events.HistoryStatus.FAILED, error=error),
        events.HistoryChanged(AT, events.HistoryStatus.FAILED, missed=True, error=error),
        events.SignedIn(AT, EVIL),
        events.WokeUp(AT, EVIL),
        events.ExpiryNear(AT, AT + timedelta(seconds=60), 60),
        events.SignInNeeded(AT, NotSignedInError(EVIL, EVIL), waiting=True),
        events.ReconnectPlanned(AT, 1, 60.0, error),
        events.StateChanged(AT, State.RECONNECTING, State.CONFIGURED, EVIL),
    )
    one.page.composer.tray.add(Path(f"/tmp/{EVIL.replace('/', '_')}"))
    one.page.composer.refused(EVIL)
    one.window.tell(error)


async def check_all(one: Stage) -> set[str]:
    """Check every widget, with each row of the transcript made and each closed block opened; what labels said."""
    transcript = one.page.transcript
    await until(lambda: not transcript.is_moving)
    said: set[str] = set()
    bar = transcript.verticalScrollBar()
    value = bar.minimum()
    while True:
        bar.setValue(value)
        await until(lambda: not transcript.is_moving)
        for view in transcript.findChildren(RawView):
            view.button.setChecked(True)
        for widget in one.window.findChildren(QWidget):
            check(widget)
            if isinstance(widget, QLabel):
                said.add(widget.text())
            elif isinstance(widget, MessageRow) and widget.text is not None:
                said.add(widget.text._document.toPlainText())
        if value >= bar.maximum():
            return said
        value += transcript.viewport().height() // 2


def check(widget: QWidget) -> None:
    """One widget: nothing it says is taken for HTML, nor for a keyboard shortcut."""
    if isinstance(widget, QLabel):
        plain = widget.textFormat() == Qt.TextFormat.PlainText
        assert plain or "<" not in widget.text(), f"{widget}: {widget.text()}"
    tip = widget.toolTip()
    if "<" in tip:
        # Ours: one paragraph, everything in it escaped.
        assert re.fullmatch(r"<p>([^<]|<br>)*</p>", tip), tip
    if isinstance(widget, QPushButton):
        assert "&amp;" not in widget.text().replace("&&", ""), widget.text()
    if isinstance(widget, QTextEdit):
        assert not widget.acceptRichText()
    for document in widget.findChildren(QTextDocument, options=Qt.FindChildOption.FindDirectChildrenOnly):
        block = document.begin()
        while block.isValid():
            fragment = block.begin()
            while not fragment.atEnd():
                look = fragment.fragment().charFormat()
                assert not look.isImageFormat()
                assert not look.isAnchor(), "links are ours to open"
                fragment += 1
            block = block.next()


async def test_no_widget_takes_a_text_from_outside_for_html(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        tell_everything(one)
        said = await check_all(one)
        assert EVIL in said, "it was really there"
        assert len([text for text in said if "<b>" in text]) > 10
        wishes = one.bridges[0].fake_files.wishes
        assert all(wish.local is not None for wish, _, _ in wishes), "nothing was fetched"
