"""Quick replies: buttons that answer with their own text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from gcdesk.guest.content import QuickReply
from gcdesk.guest.message import Message
from gcdesk.guest.replies import quick_reply
from gcdesk.ui.parts import ChoiceButton, Flow, Hub, Pick
from gcdesk.ui.thumbs import show_icon


class QuickReplies(Flow):
    """The quick replies of one message. They expire with the customer's next message, as in the messenger."""

    expires = True

    def __init__(
        self,
        replies: Sequence[tuple[str, QuickReply]],
        message: Message,
        hub: Hub,
        pick: Pick | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._message = message
        self._hub = hub
        for place, reply in replies:
            # One without a text still has to be called something, here and in the answer.
            named = reply if reply.text.strip() else reply.but(text=reply.payload)
            button = ChoiceButton(named.text, self)
            button.clicked.connect(partial(self._choose, place, named))
            if pick is not None and pick.place == place:
                button.mark_chosen()
            if reply.image:
                show_icon(button, reply.image, hub)
            self.items.append(button)

    def _choose(self, place: str, reply: QuickReply, _checked: bool = False) -> None:
        self._hub.answer(self._message.key, place, quick_reply(reply, self._message.id))
