"""Small pictures of choices; until they come they take no room.

One button asks for all of a list. Those on quick replies are only decoration, and come where pictures are allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gcdesk.ui.parts import ChoiceButton, Hub, Part
from gcdesk.ui.pictures import PictureWish

translate = QCoreApplication.translate

THUMB: Final = 48
ICON: Final = 20


def thumb_wish(url: str, size: int = THUMB) -> PictureWish:
    """The wish for a small picture, sharp on screens with twice the pixels."""
    return PictureWish(url, 2 * size, 2 * size)


class Thumb(Part):
    """One small picture; of no size until it is here."""

    def __init__(self, url: str, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = hub
        self._wish = thumb_wish(url)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        follow(hub, self._wish, self, self._came)

    def _came(self) -> None:
        self._hub.resized.emit(self)
        self.update()

    def fit(self, _width: int) -> QSize:
        """The picture's shape, 48 pixels high or wide."""
        image = self._hub.pictures.image(self._wish)
        if image is None:
            return QSize(0, 0)
        return image.size().scaled(THUMB, THUMB, Qt.AspectRatioMode.KeepAspectRatio)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        image = self._hub.pictures.image(self._wish)
        if image is not None:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self.rect(), image)


class _Follower(QWidget):
    """Loads a picture where that is allowed, and tells when it comes; goes with its parent."""

    def __init__(self, hub: Hub, wish: PictureWish, parent: QWidget, came: Callable[[], None]) -> None:
        super().__init__(parent)
        self._hub = hub
        self._wish = wish
        self._came = came
        self.hide()
        hub.pictures.changed.connect(self._changed)
        hub.pictures.allowed_changed.connect(self._load)
        self._load()

    def _load(self) -> None:
        pictures = self._hub.pictures
        if pictures.may_show(self._wish) and pictures.error(self._wish) is None:
            pictures.load(self._wish)

    def _changed(self, key: str) -> None:
        if key == self._wish.key:
            self._came()


def follow(hub: Hub, wish: PictureWish, parent: QWidget, came: Callable[[], None]) -> None:
    """Load a picture once it may be shown, and call `came` whenever something is known of it."""
    _Follower(hub, wish, parent, came)


def show_icon(button: ChoiceButton, url: str, hub: Hub) -> None:
    """Give a button a small picture once it may be shown."""
    wish = thumb_wish(url, ICON)

    def came() -> None:
        image = hub.pictures.image(wish)
        if image is not None:
            button.setIconSize(QSize(ICON, ICON))
            button.setIcon(QIcon(QPixmap.fromImage(image)))
            hub.resized.emit(button)

    follow(hub, wish, button, came)
    came()


class PicturesButton(ChoiceButton):
    """Asks for all pictures of a part; gone once they are asked for or allowed."""

    def __init__(self, wishes: Iterable[PictureWish], hub: Hub, parent: QWidget) -> None:
        super().__init__(translate("Content", "Show pictures"), parent, role="plain")
        self._wishes = tuple(wishes)
        self._hub = hub
        self.clicked.connect(self._ask)
        hub.pictures.allowed_changed.connect(self._refresh)
        self._refresh()

    def _ask(self) -> None:
        for wish in self._wishes:
            self._hub.pictures.ask(wish)
        self._refresh()

    def _refresh(self) -> None:
        wanted = any(not self._hub.pictures.may_show(wish) for wish in self._wishes)
        self.setVisible(wanted)
        self._hub.resized.emit(self)
