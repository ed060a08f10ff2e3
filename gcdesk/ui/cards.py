"""Cards and carousels."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gcdesk.guest.content import Card, CardAction
from gcdesk.guest.message import Message
from gcdesk.guest.replies import card_action
from gcdesk.ui import style
from gcdesk.ui.link_strip import LinkStrip, host_of
from gcdesk.ui.panel import PANEL_MARGIN, heading, paint_panel, quiet, small
from gcdesk.ui.parts import ChoiceButton, Flow, Hub, Part, Pick
from gcdesk.ui.picture_view import PictureView, paint_place
from gcdesk.ui.pictures import PictureWish
from gcdesk.ui.plain_text import address, plain_tooltip
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

CARD_WIDTH: Final = 190
_PICTURE_HEIGHT: Final = 96
_LINK: Final = "link"


def _is_link(action: CardAction) -> bool:
    return action.kind.lower() == _LINK


class CardView(Part):
    """One card. Its picture is fetched only where that is wished for."""

    def __init__(
        self, card: Card, place: str, message: Message, hub: Hub, pick: Pick | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._message = message
        self._hub = hub
        self._picture = self._make_picture(card)
        self._title = heading(card.title, self)
        self._description = quiet(card.description, self) if card.description else None
        self._strip = LinkStrip(hub, self)
        self._links: list[ChoiceButton] = []
        self._postbacks: list[ChoiceButton] = []
        self._buttons: list[ChoiceButton] = []
        for index, action in enumerate(self._all_actions(card)):
            self._add_button(action, f"{place}.{index}", pick)
        self.setAccessibleName(card.title)

    def _make_picture(self, card: Card) -> Part | None:
        if card.image:
            where = translate("Content", "Picture at {address}").format(address=address(card.image))
            ratio = self.devicePixelRatioF()
            wish = PictureWish(card.image, round(CARD_WIDTH * ratio), round(_PICTURE_HEIGHT * 2 * ratio))
            return PictureView(wish, host_of(card.image), where, self._hub, self, cover=_PICTURE_HEIGHT)
        if card.video:
            where = translate("Content", "Video at {address}, not loaded")
            return _VideoPlace(host_of(card.video), where.format(address=address(card.video)), self)
        return None

    def _all_actions(self, card: Card) -> list[CardAction]:
        actions = list(card.actions)
        default = card.default_action
        if default is not None and (default.url, default.payload) not in [
            (a.url, a.payload) for a in actions
        ]:
            actions.append(default)
        return actions

    def _add_button(self, action: CardAction, place: str, pick: Pick | None) -> None:
        if _is_link(action):
            words = translate("Content", "Open {host}").format(host=host_of(action.url))
            button = ChoiceButton(action.text or words, self, role="action")
            button.setToolTip(plain_tooltip(address(action.url)))
            button.setAccessibleDescription(address(action.url))
            button.clicked.connect(partial(self._follow, action.url))
            self._links.append(button)
        else:
            named = action.but(text=action.text or self._title.text() or action.payload)
            button = ChoiceButton(named.text, self, role="action")
            button.clicked.connect(partial(self._choose, place, named))
            self._postbacks.append(button)
            if pick is not None and pick.place == place:
                button.mark_chosen()
        self._buttons.append(button)

    def _follow(self, url: str, _checked: bool = False) -> None:
        self._strip.toggle(url)

    def _choose(self, place: str, action: CardAction, _checked: bool = False) -> None:
        self._hub.answer(self._message.key, place, card_action(action, self._message.id))

    def set_usable(self, usable: bool) -> None:
        """Links always work; answers only while the chat takes them."""
        for button in self._postbacks:
            button.setEnabled(usable)

    def fit(self, width: int) -> QSize:
        """As wide as a card is, or less where there is no room."""
        width = min(CARD_WIDTH, width)
        inner = width - 2 * PANEL_MARGIN
        y = PANEL_MARGIN
        if self._picture is not None:
            size = self._picture.fit(width - 2)
            self._picture.setGeometry(1, 1, width - 2, size.height())
            y = size.height() + PANEL_MARGIN - 2
        for text in (self._title, self._description):
            if text is not None:
                size = text.fit(inner)
                text.setGeometry(PANEL_MARGIN, y, inner, size.height())
                y += size.height() + GRID
        self._text_ends = y + GRID
        return QSize(width, self._fit_foot(width))

    def _fit_foot(self, width: int) -> int:
        y = self._text_ends
        for button in self._buttons:
            size = button.fit(width - 2 * GRID)
            button.setGeometry(GRID, y + 3, width - 2 * GRID, size.height())
            y += size.height() + 6
        if not self._strip.isHidden():
            size = self._strip.fit(width - 2 * PANEL_MARGIN)
            self._strip.setGeometry(PANEL_MARGIN, y + GRID, width - 2 * PANEL_MARGIN, size.height())
            y += size.height() + PANEL_MARGIN
        return y

    def level(self, height: int) -> None:
        """Become as high as the neighbours; the buttons stay at the foot."""
        spare = height - self._fit_foot(self.width())
        if spare > 0:
            self._text_ends += spare
            self._fit_foot(self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the place for a picture, and a line above each button."""
        look = style.tokens()
        with QPainter(self) as painter:
            paint_panel(painter, QRectF(self.rect()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QColor(look.line))
            for button in self._buttons:
                y = button.y() - 3
                painter.drawLine(1, y, self.width() - 2, y)


class _VideoPlace(Part):
    """Where a video would be: it is not fetched, and says where it lies."""

    def __init__(self, host: str, describe: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._says = small(host, self)
        self._says.setToolTip(plain_tooltip(describe))
        self._says.setAccessibleName(describe)

    def fit(self, width: int) -> QSize:
        """The words at the foot of a picture's room."""
        size = self._says.fit(width - 2 * PANEL_MARGIN)
        self._says.setGeometry(
            PANEL_MARGIN, _PICTURE_HEIGHT - size.height() - GRID, size.width(), size.height()
        )
        return QSize(width, _PICTURE_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        with QPainter(self) as painter:
            paint_place(painter, self.rect())


class CardFlow(Flow):
    """Cards side by side, in as many lines as they need, so that none hides from the keyboard."""

    def __init__(
        self,
        cards: tuple[Card, ...],
        place: str,
        message: Message,
        hub: Hub,
        pick: Pick | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=PANEL_MARGIN - 2)
        self.items = [
            CardView(card, f"{place}.{index}", message, hub, pick, self) for index, card in enumerate(cards)
        ]
