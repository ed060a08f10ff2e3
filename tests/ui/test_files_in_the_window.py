"""Files from one end of the window to the other: attached, sent, looked at, saved, opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from gcdesk.errors import FileTypeError, FileUnreadableError, LinkExpiredError
from gcdesk.guest import events
from gcdesk.guest.content import Attachment, Card
from gcdesk.guest.message import Message, Sender, SenderKind
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState
from gcdesk.ui.attachment_view import AttachmentView
from gcdesk.ui.drop_hint import DropHint
from gcdesk.ui.folders import SAVE, Folders
from gcdesk.ui.memory import FOLDERS_KEY, PICTURES_KEY, allowed_pictures
from gcdesk.ui.plain_text import PlainText
from tests.ui.conversation import message
from tests.ui.fakes import AT, FakeBridge, deployment, until
from tests.ui.stage import PRODUCTION, UAT, Stage, stage

BOT = Sender(SenderKind.BOT, "Bot")
PDF = Attachment(
    "pdf", "https://files.example.com/get?signature=SECRET", "../../invoice.pdf", "File", size=900
)
PNG = Attachment("png", "https://files.example.com/cat.png", "cat.png", "Image", "image/png", 4000)


def uploaded(
    key: str, state: UploadState = UploadState.UPLOADED, name: str = "notes.txt"
) -> events.UploadChanged:
    return events.UploadChanged(AT, Upload(key, OutgoingFile(name, "text/plain", 100, b"x"), state, 50))


def drop(one: Stage, *paths: Path) -> bool:
    """Drag files over the conversation and let go; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(one.page.rect().center(), copy, data, left, none)
    enter.ignore()
    one.page.dragEnterEvent(enter)
    if enter.isAccepted():
        one.page.dropEvent(QDropEvent(QPointF(one.page.rect().center()), copy, data, left, none))
    return enter.isAccepted()


async def show(one: Stage, bridge: FakeBridge, *content: Attachment | Card) -> Message:
    shown = message("", content, sender=BOT)
    bridge.tell(events.MessageAdded(AT, shown))
    await settled(one)
    return shown


async def settled(one: Stage) -> None:
    await until(lambda: not one.page.transcript.is_moving)


def words(one: Stage) -> str:
    labels = one.page.transcript.findChildren(PlainText)
    return "\n".join(label.text() for label in labels if label.isVisible())


def button(one: Stage, name: str) -> QPushButton:
    found = [
        one
        for one in one.page.transcript.findChildren(QPushButton)
        if one.isVisible() and one.accessibleName() == name
    ]
    assert len(found) == 1, name
    return found[0]


# Up


async def test_dropped_files_are_uploaded_at_once_and_go_as_one_message_each(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
        assert drop(one, *paths)
        assert [source for source, _, _ in bridge.fake_files.attached] == paths
        for number, (_, done, _) in enumerate(bridge.fake_files.attached):
            done(f"id-{number}")
            bridge.tell(uploaded(f"id-{number}", name=paths[number].name))
        composer = one.page.composer
        composer.set_text("Both of them")
        QTest.keyClick(composer.input, Qt.Key.Key_Return)
        assert bridge.asked == [("say", ("Both of them", "id-0")), ("say", ("", "id-1"))]
        assert composer.text() == ""
        assert composer.tray.chips == []


async def test_files_are_not_taken_where_they_cannot_be_sent(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(deployment(attachments=False))
        assert not drop(one, tmp_path / "a.txt")
        assert not one.page.composer.attach_button.isEnabled()
        assert one.page.composer.attach_button.toolTip() == "This deployment takes no files"
        assert not one.window.menus.attach.isEnabled()


async def test_a_refused_file_says_why_in_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        drop(one, tmp_path / "x.exe")
        _, _, failed = bridge.fake_files.attached[0]
        failed(FileTypeError("Files that end in .exe are not allowed."))
        (chip,) = one.page.composer.tray.chips
        assert chip.failed
        assert "Files that end in .exe are not allowed." in chip.accessibleName()
        one.page.composer.tray.remove_requested.emit(chip)
        assert one.page.composer.tray.chips == []
        assert bridge.asked == [], "it never went up, so there is nothing to take back"


async def test_a_file_that_is_removed_is_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        drop(one, tmp_path / "a.txt", tmp_path / "b.txt")
        tray = one.page.composer.tray
        early, late = tray.chips
        tray.remove_requested.emit(early)
        bridge.fake_files.attached[0][1]("id-0")
        assert bridge.asked == [("detach", "id-0")], "it was removed before it was known"
        bridge.fake_files.attached[1][1]("id-1")
        bridge.tell(uploaded("id-1", UploadState.FAILED))
        tray.again_requested.emit(late)
        assert bridge.asked[-1] == ("attach again", "id-1")
        bridge.tell(uploaded("id-1", UploadState.REMOVED))
        assert tray.chips == []


async def test_the_bubble_follows_its_upload(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        bridge.tell(uploaded("id", UploadState.UPLOADING))
        await show(one, bridge, Attachment("id", "", "notes.txt", "File", "text/plain", 100))
        assert "Uploading, 50 %" in words(one)
        button(one, "Cancel notes.txt").click()
        assert bridge.asked[-1] == ("detach", "id")
        error = FileUnreadableError("The file is not there any more.")
        failed = Upload(
            "id", OutgoingFile("notes.txt", "text/plain", 100, b"x"), UploadState.FAILED, error=error
        )
        bridge.tell(events.UploadChanged(AT, failed))
        await settled(one)
        assert "The file is not there any more." in words(one)
        button(one, "Try notes.txt again").click()
        assert bridge.asked[-1] == ("attach again", "id")
        bridge.tell(uploaded("id", UploadState.SENT))
        await settled(one)
        assert "not there" not in words(one)


# Down


async def test_a_file_is_saved_where_the_person_says_under_a_safe_name(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        await show(one, bridge, PDF)
        (view,) = one.page.transcript.findChildren(AttachmentView)
        view.save_button.click()
        (dialog,) = one.window.findChildren(QFileDialog)
        assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        (offered,) = dialog.selectedFiles()
        assert Path(offered).name == "_.._invoice.pdf"
        assert Path(offered).parent == Path(dialog.directory().absolutePath()), "a name leads nowhere else"
        dialog.fileSelected.emit(str(tmp_path / "mine.pdf"))
        dialog.close()
        attachment, path, progress, done, failed = bridge.fake_files.saved[0]
        assert (attachment, path) == (PDF, tmp_path / "mine.pdf")
        progress(450)
        await settled(one)
        assert "Saving, 450 B so far" in words(one)
        view.cancel_button.click()
        assert bridge.fake_files.cancelled == ["pdf"]
        failed(LinkExpiredError("The link is not good any more."))
        await settled(one)
        assert "The link is not good any more." in words(one)
        done(tmp_path / "mine (2).pdf")
        await settled(one)
        assert f"Saved as mine (2).pdf in {tmp_path}" in words(one)
        await until(lambda: one.settings.get(FOLDERS_KEY, dict, {}) == {SAVE: str(tmp_path)})


async def test_a_link_is_fresh_and_shown_before_it_opens(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        await show(one, bridge, PDF)
        (view,) = one.page.transcript.findChildren(AttachmentView)
        view.show_button.click()
        key, done, _ = bridge.fake_files.links[0]
        assert key == "pdf"
        assert [name for name, _, _ in bridge.fake_files.links] == ["pdf"]
        done("https://files.example.com/fresh?signature=NEW")
        await settled(one)
        assert "https://files.example.com/fresh?…" in words(one)
        assert "NEW" not in words(one)
        assert "SECRET" not in words(one)


async def test_files_can_be_had_after_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        bridge = one.start()
        await show(one, bridge, PDF)
        bridge.end()
        await settled(one)
        (view,) = one.page.transcript.findChildren(AttachmentView)
        assert view.save_button.isEnabled()
        view.show_button.click()
        _, _, failed = bridge.fake_files.links[0]
        failed(LinkExpiredError())
        await settled(one)
        assert "https://files.example.com/get?…" in words(one), "the old one may still be good"


# Pictures


async def test_pictures_are_loaded_only_once_they_are_allowed_here(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        bridge = one.start()
        await show(one, bridge, PNG)
        await show(one, bridge, Card("A card", image="https://elsewhere.example.com/card.png"))
        assert bridge.fake_files.wishes == []
        one.window.menus.pictures.trigger()
        assert {wish.url for wish, _, _ in bridge.fake_files.wishes} == {
            "https://files.example.com/cat.png",
            "https://elsewhere.example.com/card.png",
        }
        wish, done, _ = bridge.fake_files.wishes[0]
        done(QImage(32, 24, QImage.Format.Format_RGB32))
        assert one.page.transcript.hub.pictures.image(wish) is not None
        await until(lambda: one.settings.get(PICTURES_KEY, list, []) == ["UAT"])
        one.window.menus.pictures.trigger()
        await until(lambda: one.settings.get(PICTURES_KEY, list, ["UAT"]) == [])


async def test_what_is_allowed_is_allowed_for_that_environment_alone(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT, PRODUCTION) as one:
        one.start("1")
        one.window.menus.pictures.trigger()
        here = one.page.transcript.hub.pictures
        one.controller.chats.start("Production", "2")
        there = one.page.transcript.hub.pictures
        assert (here.allowed, there.allowed) == (True, False)
        assert not one.window.menus.pictures.isChecked()


def test_what_the_settings_keep_may_be_damaged() -> None:
    assert allowed_pictures(["UAT", 3, None]) == {"UAT"}
    assert allowed_pictures({"UAT": True}) == set()
    assert Path(Folders({SAVE: 3}).folder(SAVE)).is_dir()
    assert Path(Folders({SAVE: "/never/was/there"}).folder(SAVE)).is_dir()
    assert Folders("nonsense").remembered() == {}


async def test_dragged_files_are_told_where_they_go(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "order.png"
    file.write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def carry(one: Stage) -> DropHint | None:
        one.page.dragEnterEvent(QDragEnterEvent(one.page.rect().center(), copy, data, left, none))
        hint = one.page.findChild(DropHint)
        assert hint is None or isinstance(hint, DropHint)
        return hint

    async with stage(tmp_path, UAT) as one:
        bridge = one.type_and_start("CUST-1")
        assert bridge is not None
        assert carry(one) is None, "the chat does not take files yet"
        bridge.configure()
        hint = carry(one)
        assert hint is not None
        assert hint.isVisible()
        assert (hint.words, hint.accessibleName()) == ("Drop here to attach",) * 2
        one.window.resize(1100, 700)
        await until(lambda: hint.size() == one.page.transcript.size())
        one.page.dragLeaveEvent(QDragLeaveEvent())
        assert not hint.isVisible()
        carry(one)
        one.page.dropEvent(QDropEvent(QPointF(one.page.rect().center()), copy, data, left, none))
        assert not hint.isVisible()
