"""Times to choose from, as buttons under their days."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QWidget

from gcdesk.guest.content import DatePicker, TimeSlot
from gcdesk.guest.message import Message
from gcdesk.guest.replies import time_slot
from gcdesk.ui.link_strip import host_of
from gcdesk.ui.panel import Panel, heading, quiet, small
from gcdesk.ui.parts import ChoiceButton, Flow, Hub, Pick
from gcdesk.ui.picture_view import PictureView
from gcdesk.ui.pictures import PictureWish
from gcdesk.ui.plain_text import address
from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

_PICTURE_WIDTH, _PICTURE_HEIGHT = 320, 160


def day_words(moment: datetime) -> str:
    """The local day, such as "Mon 6 Jul"."""
    local = moment.astimezone()
    day = QDate(local.year, local.month, local.day)
    return QLocale().toString(day, translate("Content", "ddd d MMM"))


def time_words(moment: datetime) -> str:
    """The local time, such as "09:00"."""
    return moment.astimezone().strftime("%H:%M")


def slot_words(slot: TimeSlot) -> str:
    """What is sent as the answer's text: day and time, or the service's own text where it is no time."""
    return slot.payload if slot.time is None else f"{day_words(slot.time)} {time_words(slot.time)}"


def _day(slot: TimeSlot) -> str:
    return "" if slot.time is None else day_words(slot.time)


def _length(slot: TimeSlot) -> str:
    if not slot.seconds:
        return ""
    return translate("Content", "{count} minutes").format(count=f"{slot.seconds / 60:g}")


class DatePickerView(Panel):
    """A date picker: one button for each time that is offered, in local time."""

    def __init__(
        self,
        picker: DatePicker,
        place: str,
        message: Message,
        hub: Hub,
        pick: Pick | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._message = message
        self._hub = hub
        self._buttons: list[ChoiceButton] = []
        if picker.title and picker.title != message.text:
            self.items.append(heading(picker.title, self))
        if picker.subtitle:
            self.items.append(quiet(picker.subtitle, self))
        if picker.image:
            where = translate("Content", "Picture at {address}").format(address=address(picker.image))
            wish = PictureWish(picker.image, _PICTURE_WIDTH, _PICTURE_HEIGHT)
            self.items.append(PictureView(wish, host_of(picker.image), where, hub, self))
        slots = list(enumerate(picker.slots))
        for day, of_day in groupby(slots, key=lambda numbered: _day(numbered[1])):
            if day:
                self.items.append(small(day, self))
            self.items.append(self._times(list(of_day), place, pick))
        if not slots:
            self.items.append(quiet(translate("Content", "No times are offered."), self))

    def _times(self, slots: list[tuple[int, TimeSlot]], place: str, pick: Pick | None) -> Flow:
        flow = Flow(self, gap=GRID)
        for index, slot in slots:
            button = ChoiceButton(slot.payload if slot.time is None else time_words(slot.time), flow)
            button.setAccessibleName(slot_words(slot))
            button.setToolTip(_length(slot))
            here = f"{place}.{index}"
            button.clicked.connect(partial(self._choose, here, slot))
            if pick is not None and pick.place == here:
                button.mark_chosen()
            flow.items.append(button)
            self._buttons.append(button)
        return flow

    def _choose(self, place: str, slot: TimeSlot, _checked: bool = False) -> None:
        self._hub.answer(self._message.key, place, time_slot(slot, slot_words(slot), self._message.id))

    def set_usable(self, usable: bool) -> None:
        """Times can be chosen as long as the chat takes answers."""
        for button in self._buttons:
            button.setEnabled(usable)
