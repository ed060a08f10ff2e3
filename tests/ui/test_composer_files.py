"""Files in the composer: pasted, dropped, gathered, tried again, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gcdesk.errors import FileTypeError, UploadInterruptedError
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState
from gcdesk.ui.composer import Composer
from gcdesk.ui.composer_input import local_files
from gcdesk.ui.tray import FileChip

pytestmark = pytest.mark.usefixtures("light_look")


class Desk:
    """A composer that is shown, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.composer = Composer()
        self.composer.resize(500, 300)
        qtbot.addWidget(self.composer)
        self.offered: list[object] = []
        self.sent: list[str] = []
        self.removed: list[FileChip] = []
        self.again: list[FileChip] = []
        self.composer.files_offered.connect(self.offered.extend)
        self.composer.send_requested.connect(self.sent.append)
        self.composer.tray.remove_requested.connect(self.removed.append)
        self.composer.tray.again_requested.connect(self.again.append)
        with qtbot.waitExposed(self.composer):
            self.composer.show()

    def paste(self, data: QMimeData) -> None:
        QGuiApplication.clipboard().setMimeData(data)
        self.composer.input.paste()

    def words(self) -> list[str]:
        return [
            label.text() for label in self.composer.findChildren(QLabel) if label.isVisible() and label.text()
        ]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    yield Desk(qtbot)
    # What is left there is destroyed after Qt, which it does not survive.
    QGuiApplication.clipboard().clear()


def picture() -> QImage:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0xFF8844)
    return image


def upload(state: UploadState, sent: int = 0, **more: object) -> Upload:
    return Upload("a", OutgoingFile("notes.txt", "text/plain", 2000, b""), state, sent, **more)  # type: ignore[arg-type]


def test_a_pasted_picture_becomes_a_file(desk: Desk) -> None:
    data = QMimeData()
    data.setImageData(picture())
    desk.paste(data)
    (image,) = desk.offered
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (8, 6)
    assert desk.composer.text() == ""


def test_pasted_files_are_offered_and_their_names_are_not_written(desk: Desk, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.txt", "b.txt")])
    data.setText("file:///a.txt")
    desk.paste(data)
    assert desk.offered == [tmp_path / "a.txt", tmp_path / "b.txt"]
    assert desk.composer.text() == ""


def test_where_there_is_text_as_well_the_text_is_meant(desk: Desk) -> None:
    data = QMimeData()
    data.setImageData(picture())
    data.setText("cells of a table")
    desk.paste(data)
    assert (desk.offered, desk.composer.text()) == ([], "cells of a table")


def test_links_from_a_browser_are_no_files() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/a.txt")])
    assert local_files(data) == []
    assert local_files(QMimeData()) == []


def test_html_is_pasted_as_plain_text(desk: Desk) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    desk.paste(data)
    assert desk.composer.text() == "bold"


def test_a_file_alone_can_be_sent_once_it_is_known(desk: Desk) -> None:
    composer = desk.composer
    assert not composer.send_button.isEnabled()
    chip = composer.tray.add(Path("notes.txt"))
    assert composer.tray.isVisible()
    assert composer.send_button.isEnabled()
    composer.send_button.click()
    assert desk.sent == [], "it has no attachment ID yet"
    chip.attachment_id = "a"
    composer.send_button.click()
    assert desk.sent == [""]


def test_a_chip_follows_its_upload(desk: Desk) -> None:
    chip = desk.composer.tray.add(Path("notes.txt"))
    chip.attachment_id = "a"
    assert desk.composer.tray.chip_of("a") is chip
    assert desk.composer.tray.chip_of("") is None
    for state, sent, words in (
        (UploadState.REQUESTED, 0, "2.0 kB · Asking for a place to upload to…"),
        (UploadState.UPLOADING, 500, "2.0 kB · Uploading, 25 %"),
        (UploadState.UPLOADED, 2000, "2.0 kB · ready to be sent"),
    ):
        chip.show_upload(upload(state, sent))
        assert chip.accessibleName() == f"notes.txt: {words}"
        assert not chip.failed


def test_a_failed_upload_says_why_can_be_tried_again_and_is_not_sent(desk: Desk) -> None:
    chip = desk.composer.tray.add(Path("notes.txt"))
    chip.attachment_id = "a"
    error = UploadInterruptedError()
    chip.show_upload(upload(UploadState.FAILED, error=error))
    assert error.title in chip.accessibleName()
    desk.composer.set_text("hello")
    desk.composer.send_button.click()
    assert desk.sent == []
    assert "Try the file that failed again, or remove it, before you send." in desk.words()
    (again,) = [button for button in chip.findChildren(QPushButton) if button.text() == "Try again"]
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert desk.again == [chip]
    chip.show_upload(upload(UploadState.REQUESTED))
    assert not again.isVisible()


def test_a_file_the_deployment_refuses_can_only_be_removed(desk: Desk) -> None:
    chip = desk.composer.tray.add(Path("x.exe"))
    chip.refuse(FileTypeError("This deployment does not allow files that end in .exe."), again=False)
    (remove,) = [button for button in chip.findChildren(QPushButton) if button.isVisible()]
    assert remove.accessibleName() == "Remove x.exe"
    QTest.keyClick(remove, Qt.Key.Key_Space)
    assert desk.removed == [chip]


def test_several_files_are_several_messages_and_that_is_said(desk: Desk) -> None:
    tray = desk.composer.tray
    first = tray.add(Path("a.txt"))
    assert not any("One file a message" in words for words in desk.words())
    tray.add(picture())
    tray.add(Path("c.txt"))
    assert "One file a message: 3 files go as 3 messages" in desk.words()
    tray.take(first)
    tray.take(first)
    assert "One file a message: 2 files go as 2 messages" in desk.words()
    for chip in list(tray.chips):
        tray.take(chip)
    assert not tray.isVisible()


def test_up_recalls_what_was_sent(desk: Desk) -> None:
    composer = desk.composer
    for text in ("first", "second"):
        composer.set_text(text)
        composer.send_button.click()
        composer.accepted()
    QTest.keyClick(composer.input, Qt.Key.Key_Up)
    assert composer.text() == "second"
    QTest.keyClick(composer.input, Qt.Key.Key_Up)
    assert composer.text() == "first"
    QTest.keyClick(composer.input, Qt.Key.Key_Down)
    QTest.keyClick(composer.input, Qt.Key.Key_Down)
    assert composer.text() == ""


def test_inside_a_long_text_up_moves_the_cursor(desk: Desk) -> None:
    composer = desk.composer
    composer.set_text("sent")
    composer.send_button.click()
    composer.accepted()
    composer.set_text("one\ntwo")
    composer.input.moveCursor(composer.input.textCursor().MoveOperation.End)
    QTest.keyClick(composer.input, Qt.Key.Key_Up)
    assert composer.text() == "one\ntwo"
    QTest.keyClick(composer.input, Qt.Key.Key_Up)
    assert composer.text() == "sent"


def test_why_no_file_can_be_attached(desk: Desk) -> None:
    desk.composer.set_attachable(False, "This deployment takes no files")
    assert not desk.composer.attach_button.isEnabled()
    assert desk.composer.attach_button.toolTip() == "This deployment takes no files"
    desk.composer.set_attachable(True)
    assert desk.composer.attach_button.isEnabled()
