"""What a person may want of a chat. Each wish is the session's of the same name, which says what it does and raises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from gcdesk.chat.clock import Clock
from gcdesk.guest.budget import Budget, WaitingMessage
from gcdesk.guest.deployment import DeploymentConfig
from gcdesk.guest.masking import Secret
from gcdesk.guest.moment import Moment
from gcdesk.guest.replies import Reply
from gcdesk.guest.session import Session
from gcdesk.guest.states import State

if TYPE_CHECKING:
    from gcdesk.chat.errands import Renew
    from gcdesk.guest.identity import SignIn


class Wishes(ABC):
    """The wishes of a chat, and what is possible now."""

    _session: Session
    _clock: Clock
    _renew: Renew | None

    @abstractmethod
    def _wish(self) -> AbstractContextManager[Moment]:
        """The moment of a wish; afterwards what the session gives back is dealt with."""

    # What is possible now

    @property
    def state(self) -> State:
        """The session's state."""
        return self._session.state

    @property
    def deployment(self) -> DeploymentConfig | None:
        """The deployment's configuration, None as long as it is not read."""
        return self._session.deployment

    @property
    def token(self) -> Secret:
        """The guest's identity, to resume this chat with; whoever holds it can."""
        return Secret(self._session.options.token)

    @property
    def resumable(self) -> bool:
        """Whether this chat can be resumed with its token; ask again at its end."""
        return self._session.resumable

    @property
    def budget(self) -> Budget:
        """What is used of the limits, and what waits, at this moment."""
        return self._session.budget.state(self._clock.now())

    @property
    def waiting(self) -> tuple[WaitingMessage, ...]:
        """The own messages that wait, in order, each with its earliest time; `withdraw` takes one back."""
        return self._session.waiting(self._clock.now())

    @property
    def can_say(self) -> bool:
        """Whether messages and replies are taken; before the session is configured they wait."""
        return self._session.can_say

    @property
    def can_join(self) -> bool:
        """Whether joining makes sense."""
        return self._session.can_join

    @property
    def can_clear(self) -> bool:
        """Whether the conversation may be ended from here."""
        return self._session.can_clear

    @property
    def can_step_up(self) -> bool:
        """Whether a guest's chat may become a signed-in customer's."""
        return self._session.sign_in.can_step_up

    @property
    def can_log_out(self) -> bool:
        """Whether there is a signed-in customer to log out."""
        return self._session.sign_in.can_log_out

    @property
    def waits_for_sign_in(self) -> bool:
        """Whether the chat goes on only after `signed_in`."""
        return self._session.sign_in.waiting

    @property
    def can_begin_new(self) -> bool:
        """Whether a new conversation can begin here: this one is over and can only be read."""
        return self._session.renewing.possible

    @property
    def can_load_history(self) -> bool:
        """Whether earlier messages may be asked for."""
        return self._session.history.can_load

    # Wishes

    def say(self, text: str, *, attachment: str = "") -> str:
        """Send a text as the customer, and an attached file by its ID; returns the message's key.

        Raises MessageInputError and WishError.
        """
        with self._wish() as now:
            return self._session.say(text, now, attachment=attachment)

    def reply(self, reply: Reply) -> str:
        """Answer a button, card, date, list or form; returns the message's key. Raises WishError."""
        with self._wish() as now:
            return self._session.reply(reply, now)

    def join(self) -> None:
        """Join the conversation. Raises WishError."""
        with self._wish() as now:
            self._session.join(now)

    def typing(self) -> bool:
        """Tell that the customer types; whether it was told."""
        with self._wish() as now:
            return self._session.typing(now)

    def clear(self) -> None:
        """End the conversation from the customer's side. Raises WishError."""
        with self._wish() as now:
            self._session.clear(now)

    def echo(self) -> bool:
        """Ask the service for a sign of life; whether it was asked."""
        with self._wish() as now:
            return self._session.echo(now)

    def set_attributes(self, attributes: Mapping[str, str]) -> None:
        """Take another set of custom attributes. Raises WishError."""
        with self._wish() as now:
            self._session.set_attributes(attributes, now)

    def resend(self, key: str) -> None:
        """Send a failed message again. Raises WishError."""
        with self._wish() as now:
            self._session.resend(key, now)

    def withdraw(self, key: str) -> None:
        """Take a waiting message back. Raises WishError."""
        with self._wish() as now:
            self._session.withdraw(key, now)

    def load_history(self) -> None:
        """Read earlier messages. Raises WishError."""
        with self._wish() as now:
            self._session.load_history(now)

    def step_up(self, sign_in: SignIn, renew: Renew | None = None) -> None:
        """Turn a guest's chat into that of a signed-in customer; `renew` renews the sign-in. Raises WishError."""
        with self._wish() as now:
            self._session.step_up(sign_in, now)
            self._renew = renew or self._renew

    def signed_in(self, sign_in: SignIn, renew: Renew | None = None) -> None:
        """Go on with a fresh sign-in, as SignInNeeded asks for it; `renew` renews it. Raises WishError."""
        with self._wish() as now:
            self._session.signed_in(sign_in, now)
            self._renew = renew or self._renew

    def log_out(self) -> None:
        """Log the signed-in customer out, which closes the chat. Raises WishError."""
        with self._wish() as now:
            self._session.log_out(now)

    def new_chat(self) -> None:
        """Begin a new conversation where this one can only be read. Raises WishError."""
        with self._wish() as now:
            self._session.new_chat(now)

    def retry_now(self) -> bool:
        """Try a broken connection again without waiting any longer; whether that is done."""
        with self._wish() as now:
            return self._session.retry_now(now)

    def suspect(self) -> None:
        """The connection may be dead without a sign, as after sleep: have it checked."""
        with self._wish() as now:
            self._session.suspect(now)

    def leave(self) -> None:
        """Close the chat; the iteration goes on to its end."""
        with self._wish() as now:
            self._session.leave(now)
