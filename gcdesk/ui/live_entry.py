"""A chat of this window as a row of the chat list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from gcdesk.desk.history_search import fold
from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.states import State
from gcdesk.ui.chat_entry import DotColour, Section, section_of
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.step import Step, StepStatus
from gcdesk.ui.words import listed

translate = QCoreApplication.translate

# The newest characters of a chat that can be found here; all of it can be found in the history.
_MOST_TEXT: Final = 256_000
# Joined into blocks, so that fifty long chats are searched between two frames of the screen.
_BLOCK: Final = 4_000


def _today() -> date:
    return datetime.now().astimezone().date()


class LiveEntry:
    """A chat that was started in this window, whether it still goes on or has ended.

    Args:
        chat: The chat.
        today: Gives today's date in this desk's time zone.
    """

    def __init__(self, chat: LiveChat, today: Callable[[], date] = _today) -> None:
        self.chat = chat
        self._today = today
        self._names = fold(f"{chat.crm_id}\n{chat.item.name}")
        self._said: list[str] = []
        self._attempt = 0
        # Qt holds a method's object weakly, and nobody else need hold the entry.
        chat.happened.connect(lambda event: self._listen(event))  # noqa: PLW0108

    @property
    def title(self) -> str:
        """The CRM customer ID as one line."""
        return self.chat.title

    @property
    def environment(self) -> str:
        """The name of its environment."""
        return self.chat.item.name

    @property
    def line(self) -> str:
        """What was said last; while it reconnects, the attempt; once it is over, what failed or why it ended."""
        if self.chat.live and self.chat.standing.broken and self._attempt:
            return translate("States", "Reconnecting, try {number}").format(number=self._attempt)
        failed = None if self.chat.live or self.chat.error is not None else self._failed_step()
        if failed is not None:
            return failed.title
        return self.chat.last_line or self.chat.look.words

    @property
    def at(self) -> datetime:
        """When something happened last."""
        return self.chat.changed_at

    @property
    def dot(self) -> DotColour:
        """Red once something failed, green while it is active, amber on the way there, grey when it is over."""
        if self.chat.error is not None or self._failed_step() is not None:
            return "red"
        if not self.chat.live:
            return "grey"
        return "green" if self.chat.state is State.CONFIGURED else "amber"

    @property
    def unread(self) -> int:
        """How many messages came while another chat was shown."""
        return self.chat.unread

    @property
    def section(self) -> Section:
        """Live while it goes on, then the day on which it ended."""
        return Section.LIVE if self.chat.live else section_of(self.at, self._today())

    def words(self) -> str:
        """The whole row for screen readers."""
        failed = self._failed_step()
        parts = [
            self.title,
            self.environment,
            self.chat.pill[0],
            failed.title if failed is not None else "",
            unread_words(self.unread),
            self.line,
            f"{self.at.astimezone():%H:%M}",
        ]
        # The line may say once more what was said before it.
        return listed(list(dict.fromkeys(parts)))

    def contains(self, words: Sequence[str]) -> bool:
        """Whether each of the folded words is in the ID, the environment's name or what was said."""
        return all(word in self._names or any(word in said for said in self._said) for word in words)

    def _failed_step(self) -> Step | None:
        return next((step for step in self.chat.steps if step.status is StepStatus.FAILED), None)

    def _listen(self, event: Event) -> None:
        if isinstance(event, events.ReconnectPlanned):
            self._attempt = event.attempt
        elif isinstance(event, events.MessageAdded) and event.message.text:
            self._keep(fold(event.message.text))

    def _keep(self, said: str) -> None:
        if self._said and len(self._said[-1]) < _BLOCK:
            self._said[-1] += "\n" + said
            return
        self._said.append(said)
        while len(self._said) > 1 and sum(map(len, self._said)) > _MOST_TEXT:
            del self._said[0]


def unread_words(unread: int) -> str:
    """How many messages nobody has seen, in words; empty for none."""
    if unread == 1:
        return translate("ChatList", "1 unread message")
    return translate("ChatList", "{count} unread messages").format(count=unread) if unread else ""
