"""Pictures: fetched only when asked for or allowed, decoded within bounds, bounded in memory."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gcdesk.errors import PictureRefusedError
from gcdesk.guest.content import ListItem, ListSection
from gcdesk.ui import pictures as pictures_module
from gcdesk.ui.choices import Choices
from gcdesk.ui.decoding import decode, encode
from gcdesk.ui.parts import ChoiceButton, Hub
from gcdesk.ui.picture_view import PictureView
from gcdesk.ui.pictures import Pictures, PictureWish
from gcdesk.ui.thumbs import PicturesButton, Thumb, show_icon

pytestmark = pytest.mark.usefixtures("light_look")

WISH = PictureWish("https://example.com/a.png", 320, 240)


def image(width: int, height: int) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(0x336699)
    return made


class Place:
    """The place of one picture, and the wishes that went out."""

    def __init__(self, qtbot: QtBot, wish: PictureWish = WISH, *, allowed: bool = False) -> None:
        self.window = QWidget()
        self.hub = Hub(self.window)
        self.wanted: list[PictureWish] = []
        self.hub.pictures.wanted.connect(self.wanted.append)
        self.hub.pictures.allow(allowed)
        self.view = PictureView(wish, "example.com", "a.png", self.hub, self.window)
        self.window.resize(400, 300)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def press(self) -> None:
        QTest.mouseClick(self.view.button, Qt.MouseButton.LeftButton)


def test_nothing_is_fetched_until_it_is_asked_for(qtbot: QtBot) -> None:
    place = Place(qtbot)
    assert place.wanted == []
    assert place.view.accessibleName() == "a.png, not loaded"
    place.press()
    assert place.wanted == [WISH]
    assert place.view.accessibleName() == "Loading the picture…"
    assert not place.view.button.isVisible()
    place.hub.pictures.show(WISH, image(320, 200))
    assert place.view.accessibleName() == "a.png"
    size = place.view.fit(400)
    assert (size.width(), size.height()) == (320, 200)
    assert place.view.fit(160).width() == 160, "it is never wider than its room"


def test_where_it_is_allowed_it_comes_by_itself(qtbot: QtBot) -> None:
    assert Place(qtbot, allowed=True).wanted == [WISH]
    place = Place(qtbot)
    place.hub.pictures.allow(True)
    assert place.wanted == [WISH]


def test_a_picture_that_did_not_come_says_why_and_can_be_tried_again(qtbot: QtBot) -> None:
    place = Place(qtbot, allowed=True)
    place.hub.pictures.fail(WISH, PictureRefusedError("The picture is too large."))
    assert place.view.accessibleName() == "a.png: The picture is too large."
    assert place.view.button.text() == "Try again"
    place.press()
    assert place.wanted == [WISH, WISH]


def test_own_pictures_need_no_question(qtbot: QtBot) -> None:
    own = PictureWish("", 320, 240, "a", local=b"...")
    assert Place(qtbot, own).wanted == [own]


def test_two_places_of_one_picture_ask_once(qtbot: QtBot) -> None:
    pictures = Pictures()
    wanted: list[PictureWish] = []
    pictures.wanted.connect(wanted.append)
    pictures.ask(WISH)
    pictures.ask(WISH)
    assert wanted == [WISH]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures_module, "_MOST_BYTES", 3 * image(10, 10).sizeInBytes())
    pictures = Pictures()
    wishes = [PictureWish(f"https://example.com/{number}", 10, 10) for number in range(5)]
    for wish in wishes:
        pictures.show(wish, image(10, 10))
        pictures.image(wishes[0])
    assert [pictures.image(wish) is not None for wish in wishes] == [True, False, False, True, True]


def test_a_picture_is_decoded_no_larger_than_it_is_shown() -> None:
    data = encode(image(1200, 300))
    shown = decode(data, 320, 240)
    assert (shown.width(), shown.height()) == (320, 80)
    assert (decode(encode(image(3, 2)), 320, 240).width()) == 3
    assert decode(encode(image(4000, 1)), 320, 240).height() == 1


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"\0" * 60]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureRefusedError):
        decode(data, 320, 240)


def test_addresses_of_pictures_are_not_written_into_logs() -> None:
    wish = PictureWish("https://files.example.com/a.png?X-Amz-Signature=SECRET", 1, 1, "a", local=b"bytes")
    assert "SECRET" not in repr(wish)
    assert "bytes" not in repr(wish)


def test_one_button_shows_all_pictures_of_a_list(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    hub = Hub(window)
    wanted: list[PictureWish] = []
    hub.pictures.wanted.connect(wanted.append)
    items = tuple(
        ListItem(str(number), f"Item {number}", "", f"https://example.com/{number}.png") for number in (1, 2)
    )
    choices = Choices((ListSection("", True, items),), hub, window)
    window.resize(400, 300)
    with qtbot.waitExposed(window):
        window.show()
    before = choices.fit(300).height()
    assert wanted == []
    (button,) = choices.findChildren(PicturesButton)
    choices.set_usable(False)
    assert button.isEnabled(), "they can be looked at after the answer too"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [wish.url for wish in wanted] == ["https://example.com/1.png", "https://example.com/2.png"]
    assert not button.isVisible()
    for wish in wanted:
        hub.pictures.show(wish, image(96, 48))
    button.hide()
    assert choices.fit(300).height() > before
    assert [thumb.fit(100).width() for thumb in choices.findChildren(Thumb)] == [48, 48]


def test_a_quick_reply_has_its_picture_only_where_that_is_allowed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    hub = Hub(window)
    button = ChoiceButton("Yes", window)
    show_icon(button, "https://example.com/yes.png", hub)
    wanted: list[PictureWish] = []
    hub.pictures.wanted.connect(wanted.append)
    assert button.icon().isNull()
    hub.pictures.allow(True)
    (wish,) = wanted
    hub.pictures.show(wish, image(40, 40))
    assert not button.icon().isNull()
