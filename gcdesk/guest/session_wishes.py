"""What a person may want of a session. A wish out of place raises and changes nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

from gcdesk.errors import MessageInputError, WishError
from gcdesk.guest import frames
from gcdesk.guest.attributes import check_attributes
from gcdesk.guest.message import Delivery
from gcdesk.guest.moment import Moment
from gcdesk.guest.replies import Reply
from gcdesk.guest.states import ENDED, LIVE, State

if TYPE_CHECKING:
    from gcdesk.guest.budget import WaitingMessage
    from gcdesk.guest.budgeting import Budgeting
    from gcdesk.guest.connecting import Connecting
    from gcdesk.guest.ending import Ending
    from gcdesk.guest.history import History
    from gcdesk.guest.identity import SignIn
    from gcdesk.guest.pulse import Pulse
    from gcdesk.guest.renewing import Renewing
    from gcdesk.guest.sending import Sending
    from gcdesk.guest.sign_in import SigningIn
    from gcdesk.guest.transcript import Transcript
    from gcdesk.guest.upload import OutgoingFile
    from gcdesk.guest.uploads import Uploads


class SessionWishes(ABC):
    """The wishes of a session, each handed to the part that it concerns, and what is possible now."""

    state: State
    wants_check: bool
    attribute_limit: int
    transcript: Transcript
    sending: Sending
    connecting: Connecting
    pulse: Pulse
    ending: Ending
    sign_in: SigningIn
    budget: Budgeting
    history: History
    renewing: Renewing

    @property
    @abstractmethod
    def uploads(self) -> Uploads:
        """The customer's files."""

    # What is possible now

    @property
    def can_say(self) -> bool:
        """Whether messages and replies are taken; before the session is configured they wait."""
        return self.state in LIVE and self.state is not State.READ_ONLY

    @property
    def resumable(self) -> bool:
        """Whether the service has taken the token and would, as far as is known, go on with its conversation."""
        return self.connecting.configured_once and not self.ending.token_spent

    @property
    def can_join(self) -> bool:
        """Whether joining makes sense: configured, and not joined yet."""
        return self.state is State.CONFIGURED and not self.sending.joined and not self.sending.join_id

    @property
    def can_clear(self) -> bool:
        """Whether the conversation may be ended from here, as far as the deployment says."""
        return self.ending.can_clear

    def waiting(self, now: Moment) -> tuple[WaitingMessage, ...]:
        """The own messages that wait, in order, each with its earliest time."""
        return self.budget.waiting(now)

    # Wishes

    def say(self, text: str, now: Moment, *, attachment: str = "") -> str:
        """Send a text as the customer; returns the message's key.

        Args:
            text: What to say; may be empty with a file.
            now: The time.
            attachment: The ID of an attached file that the message carries and, if need be, waits for.

        Raises:
            MessageInputError: The text is empty or over the limit; nothing was sent.
            WishError: The session takes no messages now, or there is no such file to send.
        """
        if not text.strip() and not attachment:
            raise MessageInputError("The message is empty.", "Write something to send.")
        text = text if text.strip() else ""
        self.sending.check(frames.text_message(text), text)
        self._must_take_messages()
        if not attachment:
            return self.sending.queue(text, None, now)
        file, held = self.uploads.claim(attachment), self.uploads.holds(attachment)
        return self.sending.queue(text, None, now, file=file, held=held)

    def attach(self, file: OutgoingFile, now: Moment) -> str:
        """Begin to upload a file; returns its attachment ID. Raises FileInputError and WishError."""
        return self.uploads.attach(file, now)

    def attach_again(self, attachment_id: str, now: Moment) -> None:
        """Upload a failed file once more. Raises FileInputError and WishError."""
        self.uploads.attach_again(attachment_id, now)

    def detach(self, attachment_id: str, now: Moment) -> None:
        """Take a file back that is not sent yet. Raises WishError."""
        self.uploads.detach(attachment_id, now)

    def refresh_link(self, attachment_id: str, now: Moment) -> None:
        """Ask for a fresh link to a file; LinkRefreshed follows. Raises WishError."""
        self.uploads.links.refresh(attachment_id, now)

    def reply(self, reply: Reply, now: Moment) -> str:
        """Answer a button, card, date, list or form; returns the message's key.

        Raises:
            MessageInputError: The answer's text is over the limit or cannot be sent; nothing was sent.
            WishError: The session takes no messages now.
        """
        self.sending.check(frames.structured_message(reply), reply.label)
        self._must_take_messages()
        return self.sending.queue(reply.label, reply, now)

    def join(self, now: Moment) -> None:
        """Join the conversation now. Raises WishError out of place."""
        if not self.can_join:
            raise WishError("The conversation cannot be joined right now.")
        self.sending.join_owed = True
        self.sending.send_waiting(now)

    def typing(self, now: Moment) -> bool:
        """Tell that the customer types; False if the cooldown, the state or the deployment says no."""
        return self.pulse.typing(now)

    def clear(self, now: Moment) -> None:
        """End the conversation from the customer's side. Raises WishError where that is not allowed."""
        self.ending.clear(now)

    def echo(self, now: Moment) -> bool:
        """Ask for a sign of life; False if the last one is too recent or the session is not configured."""
        return self.pulse.echo(now)

    def set_attributes(self, attributes: Mapping[str, str], now: Moment) -> None:
        """Take another set of custom attributes; the next message carries it.

        Raises:
            CustomAttributeError: It cannot be sent, or is over the limit; the earlier set stays.
            WishError: The session is over.
        """
        if self.state in ENDED or self.state is State.CLOSING:
            raise WishError
        check_attributes(attributes, self.attribute_limit)
        if self.sending.delivery.replace(attributes):
            self.sending.report_attributes(now, even_none=True)

    def resend(self, key: str, now: Moment) -> None:
        """Send a failed message again. Raises WishError if there is none of that key or none can be sent."""
        self._must_take_messages()
        file = self.sending.outbox.failed_file(key)
        if file and self.uploads.prepare_again(file, now):
            return
        outgoing = self.sending.outbox.revive(key)
        if outgoing is None:
            raise WishError("That message is not waiting to be sent again.")
        self.transcript.changed(outgoing.become(Delivery.QUEUED), now)
        self.sending.send_waiting(now)

    def withdraw(self, key: str, now: Moment) -> None:
        """Take a waiting message back. Raises WishError if it is on its way already."""
        outgoing = self.sending.outbox.withdraw(key)
        if outgoing is None:
            raise WishError("That message is on its way already.", "Look at the transcript for its fate.")
        self.transcript.withdrawn(outgoing.message, now)
        self.budget.look(now)

    def load_history(self, now: Moment) -> None:
        """Read earlier messages; HistoryChanged tells how far it has come.

        Raises:
            WishError: The session is not configured.
        """
        self.history.load(now)

    def new_chat(self, now: Moment) -> None:
        """Begin a new conversation where this one can only be read; SessionRenewed tells when it has begun.

        Raises:
            WishError: The conversation goes on, or the chat is not connected.
        """
        self.renewing.begin(now)

    def retry_now(self, now: Moment) -> bool:
        """Try a broken connection again without waiting any longer; whether that is done.

        For when the network is back, or the person does not want to wait. A wait the service asked for is kept.
        """
        return self.connecting.retry_now(now)

    def suspect(self, now: Moment) -> None:
        """The connection may be dead without a sign, as after sleep: have it checked, or dial if it is broken."""
        if self.state is State.RECONNECTING:
            self.connecting.retry_now(now)
        elif self.state in (State.CONNECTED, State.CONFIGURED, State.READ_ONLY):
            self.wants_check = True

    def step_up(self, sign_in: SignIn, now: Moment) -> None:
        """Turn a guest's chat into that of a signed-in customer. Raises WishError out of place."""
        self.sign_in.step_up(sign_in, now)

    def signed_in(self, sign_in: SignIn, now: Moment) -> None:
        """Go on with a fresh sign-in, as SignInNeeded asks for it. Raises WishError if none is needed."""
        self.sign_in.signed_in(sign_in, now)

    def log_out(self, now: Moment) -> None:
        """Log the signed-in customer out, which closes the chat. Raises WishError out of place."""
        self.sign_in.log_out(now)

    def leave(self, now: Moment, reason: str = "") -> None:
        """Close the connection; the conversation stays open for the agent. Does nothing after the end."""
        self.ending.leave(now, reason)

    def _must_take_messages(self) -> None:
        if self.state is State.READ_ONLY:
            raise WishError(
                "This conversation has ended and can only be read.", "Start a new chat to write again."
            )
        if not self.can_say:
            raise WishError("Messages cannot be sent in this chat right now.")
