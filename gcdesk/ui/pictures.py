"""Pictures in messages: fetched only when the person asks, or has allowed them for the environment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gcdesk.errors import GcdeskError

_MOST_BYTES = 64 * 1024 * 1024
"""Bytes of decoded pictures that one chat keeps."""


@dataclass(frozen=True, slots=True)
class PictureWish:
    """A picture that shall be shown: where it lies, and the most pixels it is shown with.

    `attachment_id` names an attachment, whose link can be renewed; `local` is a file of the customer's own, a path or
    its bytes, which needs no fetching.
    """

    url: str = field(repr=False)
    width: int
    height: int
    attachment_id: str = ""
    size: int | None = None
    local: object = field(default=None, repr=False, compare=False, hash=False)

    @property
    def key(self) -> str:
        """What the picture is known by; links of attachments change, their IDs do not."""
        return f"{self.attachment_id or self.url} {self.width}x{self.height}"


class Pictures(QObject):
    """The pictures of one chat."""

    wanted = Signal(object)
    """A `PictureWish`; answer with `show` or `fail`."""

    changed = Signal(str)
    """The key of a picture that came, or did not."""

    allowed_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._allowed = False
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._errors: dict[str, GcdeskError] = {}
        self._under_way: set[str] = set()
        self._asked: set[str] = set()

    @property
    def allowed(self) -> bool:
        """Whether pictures are shown without asking."""
        return self._allowed

    def allow(self, allowed: bool) -> None:
        """Show pictures without asking from now on, or not."""
        if allowed != self._allowed:
            self._allowed = allowed
            self.allowed_changed.emit()

    def image(self, wish: PictureWish) -> QImage | None:
        """The picture, where it is here."""
        found = self._images.get(wish.key)
        if found is not None:
            self._images.move_to_end(wish.key)
        return found

    def error(self, wish: PictureWish) -> GcdeskError | None:
        """Why it is not here, where it was tried."""
        return self._errors.get(wish.key)

    def is_loading(self, wish: PictureWish) -> bool:
        """Whether it is on its way."""
        return wish.key in self._under_way

    def may_show(self, wish: PictureWish) -> bool:
        """Whether the person asked for it, allowed all, or has it here anyway."""
        return self._allowed or wish.local is not None or wish.key in self._asked

    def ask(self, wish: PictureWish) -> None:
        """The person wants to see it."""
        self._asked.add(wish.key)
        self.load(wish)

    def load(self, wish: PictureWish) -> None:
        """Fetch it, unless it is here or on its way."""
        if wish.key in self._images or wish.key in self._under_way:
            return
        self._errors.pop(wish.key, None)
        self._under_way.add(wish.key)
        self.changed.emit(wish.key)
        self.wanted.emit(wish)

    def show(self, wish: PictureWish, image: QImage) -> None:
        """It came."""
        self._under_way.discard(wish.key)
        self._images[wish.key] = image
        while len(self._images) > 1 and sum(one.sizeInBytes() for one in self._images.values()) > _MOST_BYTES:
            self._images.popitem(last=False)
        self.changed.emit(wish.key)

    def fail(self, wish: PictureWish, error: GcdeskError) -> None:
        """It did not come."""
        self._under_way.discard(wish.key)
        self._errors[wish.key] = error
        self.changed.emit(wish.key)
