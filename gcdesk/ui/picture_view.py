"""The place of one picture: asked for, on its way, shown, or why not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from gcdesk.ui import style
from gcdesk.ui.panel import small
from gcdesk.ui.parts import ChoiceButton, Hub, Part
from gcdesk.ui.pictures import PictureWish
from gcdesk.ui.plain_text import plain_tooltip
from gcdesk.ui.said import said
from gcdesk.ui.tokens import CORNER, GRID

translate = QCoreApplication.translate

_CLOSED_WIDTH: Final = 240
_CLOSED_HEIGHT: Final = 64


def paint_place(painter: QPainter, area: QRect) -> None:
    """Draw the ground of a picture that is not there."""
    look = style.tokens()
    shade = QLinearGradient(area.topLeft(), area.bottomRight())
    shade.setColorAt(0, QColor(look.ring))
    shade.setColorAt(1, QColor(look.hover))
    painter.fillRect(area, shade)


class PictureView(Part):
    """A picture of at most `wide` by `high` pixels; before it is there, a ground that says where it lies.

    Args:
        wish: What is shown.
        host: Where it lies, in short.
        describe: What it is, for screen readers and the tool tip.
        hub: Where pictures come from.
        parent: The Qt parent.
        cover: Fill the whole width at this height, cutting off what is left over; 0 for the picture's own size.
    """

    def __init__(
        self, wish: PictureWish, host: str, describe: str, hub: Hub, parent: QWidget, *, cover: int = 0
    ) -> None:
        super().__init__(parent)
        self._wish = wish
        self._host = host
        self._describe = describe
        self._hub = hub
        self._cover = cover
        self._says = small("", self)
        self.button = ChoiceButton(translate("Content", "Show picture"), self, role="")
        self.button.clicked.connect(lambda: self._hub.pictures.ask(self._wish))
        self.setToolTip(plain_tooltip(describe))
        hub.pictures.changed.connect(self._changed)
        hub.pictures.allowed_changed.connect(self._load_if_allowed)
        self._load_if_allowed()
        self._show_words()

    @property
    def image(self) -> QImage | None:
        """The picture, where it is here."""
        return self._hub.pictures.image(self._wish)

    def _load_if_allowed(self) -> None:
        pictures = self._hub.pictures
        if pictures.may_show(self._wish) and pictures.error(self._wish) is None:
            pictures.load(self._wish)

    def _changed(self, key: str) -> None:
        if key == self._wish.key:
            self._show_words()
            self._hub.resized.emit(self)
            self.update()

    def _show_words(self) -> None:
        pictures = self._hub.pictures
        error = pictures.error(self._wish)
        if self.image is not None:
            words, name = "", self._describe
        elif error is not None:
            words = said(error.title)
            name = f"{self._describe}: {words}"
        elif pictures.is_loading(self._wish):
            words = name = translate("Content", "Loading the picture…")
        else:
            words = self._host
            name = translate("Content", "{what}, not loaded").format(what=self._describe)
        self._says.set_text(words)
        self._says.set_ink("bad" if error is not None else "muted")
        self.setAccessibleName(name)
        waiting = self.image is None and not pictures.is_loading(self._wish)
        self._says.setVisible(bool(words))
        self.button.relabel(
            translate("Content", "Show picture") if error is None else translate("Content", "Try again")
        )
        self.button.setAccessibleName(translate("Content", "Show: {what}").format(what=self._describe))
        self.button.setVisible(waiting)

    def fit(self, width: int) -> QSize:
        """The picture's own size, or room for the words and the button."""
        image = self.image
        if image is not None:
            if self._cover:
                return QSize(width, self._cover)
            # Pictures come in the screen's pixels, and are laid out in those that do not depend on it.
            ratio = self.devicePixelRatioF()
            size = QSize(round(image.width() / ratio), round(image.height() / ratio))
            bounds = QSize(min(width, round(self._wish.width / ratio)), round(self._wish.height / ratio))
            if size.width() > bounds.width() or size.height() > bounds.height():
                size = size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio)
            return size.expandedTo(QSize(1, 1))
        width = width if self._cover else min(width, _CLOSED_WIDTH)
        inner = max(1, width - 4 * GRID)
        y = 2 * GRID
        if not self.button.isHidden():
            size = self.button.fit(inner)
            self.button.setGeometry(2 * GRID, y, size.width(), size.height())
            y += size.height() + GRID
        if not self._says.isHidden():
            size = self._says.fit(inner)
            self._says.setGeometry(2 * GRID, y, inner, size.height())
            y += size.height() + GRID
        return QSize(width, max(self._cover or _CLOSED_HEIGHT, y + GRID))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, or the ground it will stand on."""
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), CORNER - 1, CORNER - 1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipPath(shape)
            image = self.image
            if image is not None:
                painter.drawImage(self.rect(), image, self._part_of(image))
                return
            paint_place(painter, self.rect())

    def _part_of(self, image: QImage) -> QRect:
        """The part of the picture that is seen."""
        if not self._cover:
            return image.rect()
        seen = QSize(self.size()).scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (image.width() - seen.width()) // 2, (image.height() - seen.height()) // 2
        return QRect(left, top, max(1, seen.width()), max(1, seen.height()))
